/* side-note-editor.h - where a note is written: tag, text, Enter
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds one draft at a time. Words go to the call on which they were begun,
 * and stay in sight until they are on the disk.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-notes.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_NOTE_EDITOR (side_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (SideNoteEditor, side_note_editor, SIDE, NOTE_EDITOR, GtkWidget)

/* Signals: toast (const char *words): a note of another call could not be written */
GtkWidget *side_note_editor_new       (void);
void       side_note_editor_set_notes (SideNoteEditor *self, SideCallNotes *notes);
void       side_note_editor_set_script (SideNoteEditor *self, const SideScript *script);
void       side_note_editor_open      (SideNoteEditor *self, SideNoteDraft *draft);
void       side_note_editor_drop      (SideNoteEditor *self, const char *id);
void       side_note_editor_leave     (SideNoteEditor *self);
void       side_note_editor_flush     (SideNoteEditor *self);
void       side_note_editor_arrive    (SideNoteEditor *self);

G_END_DECLS
