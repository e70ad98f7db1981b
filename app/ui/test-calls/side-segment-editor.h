/* side-segment-editor.h - what a test call was made of, told and corrected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: seek (gint64 at_ms): that moment, from when the call was dialled, is to be heard
 */
#pragma once

#include "side-draft-keeper.h"
#include "side-segment-strip.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SEGMENT_EDITOR (side_segment_editor_get_type ())
G_DECLARE_FINAL_TYPE (SideSegmentEditor, side_segment_editor, SIDE, SEGMENT_EDITOR, GtkBox)

GtkWidget        *side_segment_editor_new          (void);
void              side_segment_editor_open         (SideSegmentEditor *self, SideDraftKeeper *keeper, gboolean editable);
void              side_segment_editor_set_view     (SideSegmentEditor *self, gint64 from_ms, gint64 to_ms);
void              side_segment_editor_set_position (SideSegmentEditor *self, gint64 at_ms);
SideSegmentStrip *side_segment_editor_get_strip    (SideSegmentEditor *self);

G_END_DECLS
