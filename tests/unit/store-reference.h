/* store-reference.h - which calls a list holds and in what order, naively
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-list.h"
#include "side-sound-figures.h"

G_BEGIN_DECLS

typedef struct {
  SideCall *call;
  guint     place;     /* the order in which calls came first */
  char     *said;      /* what people wrote about it */
  SideSoundFigures *sound;   /* what its recording sounded like, if it is still that */
} StoreEntry;

void       store_entry_free     (gpointer entry);

/* A figure of the recording it has; NaN where it is not known. */
double     store_entry_sound    (const StoreEntry *entry, guint figure);

/* Those of @entries that @query asks for, in its order; the entries stay theirs. */
GPtrArray *store_reference_list (GPtrArray *entries, SideCallQuery *query);

G_END_DECLS
