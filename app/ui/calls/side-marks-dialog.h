/* side-marks-dialog.h - the marks of a call to a file of another program, and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   done (const char *words, gboolean can_undo)   what became of it, in a sentence
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-notes.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MARKS_DIALOG (side_marks_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideMarksDialog, side_marks_dialog, SIDE, MARKS_DIALOG, GObject)

SideMarksDialog *side_marks_dialog_new       (GtkWindow *parent, SideCallNotes *notes, SideDesk *desk, const SideCall *call,
                                              gint64 length_ms);
void             side_marks_dialog_export    (SideMarksDialog *self);
void             side_marks_dialog_import    (SideMarksDialog *self);
void             side_marks_dialog_write_to  (SideMarksDialog *self, GFile *file);
void             side_marks_dialog_read_from (SideMarksDialog *self, GFile *file);

G_END_DECLS
