/* side-conflict-versions.h - two versions of a script with one number
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-document.h"
#include "side-script.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_CONFLICT_MINE_NEXT,      /* mine is put in use after theirs */
  SIDE_CONFLICT_MINE_AS_DRAFT,  /* theirs is in use, mine a draft */
  SIDE_CONFLICT_THEIRS,         /* mine goes */
} SideConflictVersion;

typedef void (*SideConflictVersionFunc) (SideConflictVersion choice, gpointer user_data);

gboolean      side_conflict_versions_read  (const SideDocument *mine, const SideDocument *theirs, const char *base,
                                            SideScript **my_script, SideScript **their_script);
void          side_conflict_versions_add   (AdwPreferencesGroup *group, const SideScript *mine, const SideScript *theirs,
                                            SideConflictVersionFunc chosen, gpointer user_data);
SideDocument *side_conflict_versions_draft (const SideDocument *mine, const SideDocument *theirs, gint64 now_ms);

G_END_DECLS
