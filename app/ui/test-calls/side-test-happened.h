/* side-test-happened.h - what was said, pressed and noted in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: seek (gint64 at_ms): that moment, from when the call was dialled, is to be heard
 */
#pragma once

#include "side-draft-keeper.h"
#include "side-tags.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_HAPPENED (side_test_happened_get_type ())
G_DECLARE_FINAL_TYPE (SideTestHappened, side_test_happened, SIDE, TEST_HAPPENED, GtkBox)

GtkWidget *side_test_happened_new          (void);
void       side_test_happened_open         (SideTestHappened *self, SideDraftKeeper *keeper, SideTags *tags, gboolean editable);
GtkWidget *side_test_happened_get_line     (SideTestHappened *self);
void       side_test_happened_set_position (SideTestHappened *self, gint64 at_ms);
void       side_test_happened_begin_note   (SideTestHappened *self, gint64 from_ms, gint64 to_ms);
void       side_test_happened_move_note    (SideTestHappened *self, guint index, gint64 from_ms, gint64 to_ms);
gboolean   side_test_happened_mark         (SideTestHappened *self, const char *tag, gint64 from_ms, gint64 to_ms);
void       side_test_happened_show_note    (SideTestHappened *self, guint index);

G_END_DECLS
