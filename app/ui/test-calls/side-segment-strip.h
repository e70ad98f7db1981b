/* side-segment-strip.h - what a test call was made of, drawn along its time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands below a waveform and shows the same stretch of time. All times are
 * from the moment the call was dialled.
 *
 * Signals:
 *   selected (int index)                                   another stretch was chosen here
 *   moved (guint index, gint64 from_ms, gint64 to_ms)      its edges are wanted there
 *   seek (gint64 at_ms)                                    that moment was pointed at
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SEGMENT_STRIP (side_segment_strip_get_type ())
G_DECLARE_FINAL_TYPE (SideSegmentStrip, side_segment_strip, SIDE, SEGMENT_STRIP, GtkWidget)

GtkWidget *side_segment_strip_new          (void);
void       side_segment_strip_set_call     (SideSegmentStrip *self, const SideTestCall *call, gboolean editable);
void       side_segment_strip_set_view     (SideSegmentStrip *self, gint64 from_ms, gint64 to_ms);
void       side_segment_strip_set_position (SideSegmentStrip *self, gint64 at_ms);
void       side_segment_strip_select       (SideSegmentStrip *self, int index);
int        side_segment_strip_get_selected (SideSegmentStrip *self);
void       side_segment_strip_colour       (SideSegmentKind kind, GdkRGBA *colour);

G_END_DECLS
