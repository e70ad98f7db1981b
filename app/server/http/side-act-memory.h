/* side-act-memory.h - what was asked to be done, and what became of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the HTTP layer. Whoever lost an answer asks again with the same
 * id, and must get that answer instead of a second deed.
 */
#pragma once

#include "side-http-private.h"

G_BEGIN_DECLS

typedef struct _SideActMemory SideActMemory;
typedef struct _SideActEntry  SideActEntry;

/**
 * SideActRecall: what is known of a request's id.
 * @SIDE_ACT_NEW: nothing
 * @SIDE_ACT_OTHER: something else was asked for with it
 * @SIDE_ACT_SAME: it was asked for before, and is or will be answered alike
 * @SIDE_ACT_CROWDED: nothing, and there is no room to remember it
 */
typedef enum {
  SIDE_ACT_NEW,
  SIDE_ACT_OTHER,
  SIDE_ACT_SAME,
  SIDE_ACT_CROWDED,
} SideActRecall;

SideActMemory *side_act_memory_new    (void);
void           side_act_memory_free   (SideActMemory *self);
SideActRecall  side_act_memory_recall (SideActMemory *self, SideHttpRequest *request, const char *id, const char *what, gint64 now_ms);
SideActEntry  *side_act_memory_begin  (SideActMemory *self, SideHttpRequest *request, const char *id, const char *what, gint64 now_ms);
void           side_act_memory_forget (SideActMemory *self, SideActEntry *entry);
void           side_act_memory_end    (SideActEntry *entry, guint status, const char *type, char *body);

G_END_DECLS
