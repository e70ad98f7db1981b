/* side-marks-saver.h - marks on a recording to a file of another program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   done (const char *words)   what became of it, in a sentence
 */
#pragma once

#include <gtk/gtk.h>

#include "side-marks.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MARKS_SAVER (side_marks_saver_get_type ())
G_DECLARE_FINAL_TYPE (SideMarksSaver, side_marks_saver, SIDE, MARKS_SAVER, GObject)

SideMarksSaver *side_marks_saver_new         (GtkWindow *parent, SideMarkList *list, const char *name);
void            side_marks_saver_ask         (SideMarksSaver *self);
void            side_marks_saver_write_to    (SideMarksSaver *self, GFile *file);
void            side_marks_saver_add_filters (GtkFileChooser *chooser, gboolean all_first);

G_END_DECLS
