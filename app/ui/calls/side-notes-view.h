/* side-notes-view.h - the notes of a call as a list that can be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   seek-requested (gint64 ms)   a note's time was clicked
 *   done (const char *words)     a note was removed, or many imported; it can be undone
 *   toast (const char *words)    something did not work
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-notes.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_NOTES_VIEW (side_notes_view_get_type ())
G_DECLARE_FINAL_TYPE (SideNotesView, side_notes_view, SIDE, NOTES_VIEW, GtkWidget)

GtkWidget *side_notes_view_new          (void);
void       side_notes_view_set_notes    (SideNotesView *self, SideCallNotes *notes, SideDesk *desk);
void       side_notes_view_set_script   (SideNotesView *self, const SideScript *script);
void       side_notes_view_set_length   (SideNotesView *self, gint64 length_ms);
void       side_notes_view_set_call     (SideNotesView *self, const SideCall *call);
void       side_notes_view_flush        (SideNotesView *self);
void       side_notes_view_set_recorded (SideNotesView *self, gboolean recorded);
void       side_notes_view_begin        (SideNotesView *self, gint64 from_ms, gint64 to_ms);
void       side_notes_view_edit         (SideNotesView *self, const char *id);

G_END_DECLS
