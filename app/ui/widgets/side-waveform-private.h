/* side-waveform-private.h - what the waveform's parts share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-waveform.c holds the state, side-waveform-input.c takes keys and
 * pointer, side-waveform-draw.c makes the picture.
 */
#pragma once

#include "side-waveform.h"

G_BEGIN_DECLS

typedef struct {
  char    *id;
  char    *label;
  gint64   from_ms;
  gint64   to_ms;         /* from_ms for a point */
  GdkRGBA  colour;
  /* Where the drawing put the label; width 0 where there was no room. */
  guint    row;
  double   x;
  double   width;
} SideWaveformMark;

/* Where things are, in the widget's coordinates. */
typedef struct {
  double width;
  double row_height;      /* of a row of labels */
  double top;             /* of the lanes */
  double bottom;          /* of the lanes; the ruler is below */
  guint  n_lanes;
} SideWaveformFrame;

struct _SideWaveform
{
  GtkWidget          parent_instance;

  SidePeaks         *peaks;
  gint64             duration_ms;    /* as set; 0 takes that of the peaks */
  gint64             position_ms;
  GPtrArray         *marks;          /* of SideWaveformMark, by from_ms */
  gint64             view_from_ms;   /* what is seen of the recording */
  gint64             view_to_ms;

  gboolean           has_selection;
  gint64             selected_from_ms;
  gint64             selected_to_ms;
  double             drag_x;         /* where a drag began */
  gboolean           dragging;       /* further than a click */
  double             pointer_x;

  GskRenderNode     *still;          /* all that does not move with the sound */
  SideWaveformFrame  frame;          /* of @still */
  double             drawn_x;        /* of the playhead in the last frame */
  gint64             told_second;    /* told to screen readers */
};

gint64  side_waveform_total_ms   (SideWaveform *self);
double  side_waveform_x_of       (SideWaveform *self,
                                  gint64        ms);
gint64  side_waveform_ms_at      (SideWaveform *self,
                                  double        x);
void    side_waveform_forget     (SideWaveform *self);
void    side_waveform_set_view   (SideWaveform *self,
                                  gint64        from_ms,
                                  gint64        span_ms);
void    side_waveform_add_keys   (GtkWidgetClass *klass);
void    side_waveform_add_controllers (SideWaveform *self);
void    side_waveform_draw       (SideWaveform *self,
                                  GtkSnapshot  *snapshot);
int     side_waveform_text_height (SideWaveform *self);
gint64  side_waveform_ruler_step (gint64        span_ms,
                                  double        width);

G_END_DECLS
