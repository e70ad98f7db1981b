/* side-notes-filter.h - which of a call's notes are shown
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bar of choosers and what they let through, as a list of its own. An answer
 * is shown with the note it answers.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-notes.h"

G_BEGIN_DECLS

#define SIDE_TYPE_NOTES_FILTER (side_notes_filter_get_type ())
G_DECLARE_FINAL_TYPE (SideNotesFilter, side_notes_filter, SIDE, NOTES_FILTER, GtkWidget)

/* Signals: changed (): other notes are let through */
GtkWidget  *side_notes_filter_new       (void);
GListModel *side_notes_filter_set_notes (SideNotesFilter *self, SideCallNotes *notes);
gboolean    side_notes_filter_is_set    (SideNotesFilter *self);
void        side_notes_filter_clear     (SideNotesFilter *self);
void        side_notes_filter_add       (SideNotesFilter *self, GtkWidget *widget);

G_END_DECLS
