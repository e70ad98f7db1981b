/* side-test-note-line.h - where a note on a test call is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"
#include "side-tags.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_NOTE_LINE (side_test_note_line_get_type ())
G_DECLARE_FINAL_TYPE (SideTestNoteLine, side_test_note_line, SIDE, TEST_NOTE_LINE, GtkBox)

GtkWidget *side_test_note_line_new          (void);
void       side_test_note_line_open         (SideTestNoteLine *self, SideDraftKeeper *keeper, SideTags *tags);
void       side_test_note_line_set_position (SideTestNoteLine *self, gint64 at_ms);
void       side_test_note_line_begin        (SideTestNoteLine *self, gint64 from_ms, gint64 to_ms);
void       side_test_note_line_edit         (SideTestNoteLine *self, guint index);

G_END_DECLS
