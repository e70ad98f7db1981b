/* side-note-items.h - the notes of a call in their order, and what changed among them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-note-item.h"

G_BEGIN_DECLS

/**
 * SideNotesChange: where two lists of notes differ.
 * @at: index of the first that differs
 * @removed: how many of the old list stood there
 * @added: how many of the new list stand there now
 */
typedef struct {
  guint at;
  guint removed;
  guint added;
} SideNotesChange;

void            side_note_items_sort (GPtrArray *items);
SideNotesChange side_note_items_keep (GPtrArray *items, GPtrArray *old);

G_END_DECLS
