/* side-waveform-private.h - what the waveform's parts share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-waveform.c holds the state, side-waveform-input.c takes keys and
 * pointer, side-waveform-edges.c moves the edges of marks, side-waveform-draw.c
 * makes the picture, side-waveform-strips.c what stands under it and
 * side-waveform-answers.c what a review says of it.
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
  gboolean movable;
  /* Where the drawing put the label; width 0 where there was no room. */
  guint    row;
  double   x;
  double   width;
} SideWaveformMark;

typedef struct {
  char   *id;
  char   *words;
  gint64  from_ms;
  gint64  to_ms;          /* from_ms for a point */
  double  share;
} SideWaveformAnswer;

/* Where things are, in the widget's coordinates. */
typedef struct {
  double width;
  double row_height;      /* of a row of labels */
  double top;             /* of the lanes */
  double bottom;          /* of the lanes; the ruler is below */
  double ruler;           /* its top; between the lanes and it the answers, where there are some */
  guint  n_lanes;
  double heard;           /* tops of the strips under the ruler; negative where there is none */
  double speech;
  double overview;
} SideWaveformFrame;

typedef struct {
  GdkRGBA operator;
  GdkRGBA customer;
  GdkRGBA both;
  GdkRGBA playhead;
  GdkRGBA accent;
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA line;
  GdkRGBA paper;
} SideWaveformPalette;

/* What the pointer is doing since it was pressed. */
typedef enum {
  SIDE_WAVEFORM_IDLE,
  SIDE_WAVEFORM_SELECTING,
  SIDE_WAVEFORM_MOVING_EDGE,
  SIDE_WAVEFORM_MOVING_VIEW,
} SideWaveformDrag;

struct _SideWaveform
{
  GtkWidget          parent_instance;

  SidePeaks         *peaks;
  char              *names[2];       /* nullable: of the lanes, other than the usual ones */
  gint64             duration_ms;    /* as set; 0 takes that of the peaks */
  gint64             position_ms;
  gint64             origin_ms;      /* added to each time that is told */
  GPtrArray         *marks;          /* of SideWaveformMark, by from_ms */
  gint64             view_from_ms;   /* what is seen of the recording */
  gint64             view_to_ms;

  gboolean           has_selection;
  gint64             selected_from_ms;
  gint64             selected_to_ms;
  SideWaveformDrag   drag;
  double             drag_x;         /* where a drag began */
  gboolean           dragging;       /* further than a click */
  gint64             drag_view_ms;   /* the view's beginning then */
  double             pointer_x;
  gint64             zoomed_span_ms; /* when a pinch began */
  gint64             zoomed_at_ms;   /* between the fingers */
  gint64             scrolled_us;    /* monotonic, when the person moved the view last */

  char              *selected_mark;
  char              *moved_mark;     /* whose edge is being moved, not told yet */
  gboolean           moved_end;      /* the end, not the start */
  gint64             moved_from_ms;  /* as it is to become */
  gint64             moved_to_ms;
  SideSpan           moved_was;      /* before */
  guint              moved_source;   /* tells it when no key came for a while */
  gboolean           holding;        /* a span begun by key */
  gint64             held_from_ms;
  gint64             held_since_us;

  GPtrArray         *answers;        /* of SideWaveformAnswer, by from_ms */
  gboolean           has_answers;    /* room is kept for them */
  char              *selected_answer;

  SideAnalysis      *analysis;
  GArray            *heard;          /* of SideHeard, apart from each other */
  char              *heard_words;

  GskRenderNode     *still;          /* all that does not move with the sound */
  GdkTexture        *overview;       /* of the whole recording, whatever is seen of it */
  double             gain;           /* of @peaks; 0 not known yet */
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
void    side_waveform_forget_all (SideWaveform *self);
gboolean side_waveform_is_zoomed (SideWaveform *self);
void    side_waveform_request_seek (SideWaveform *self,
                                  gint64        ms);
SideWaveformMark *side_waveform_find_mark (SideWaveform *self,
                                  const char   *id);
void    side_waveform_draw_lane  (SideWaveform  *self,
                                  cairo_t       *cr,
                                  guint          channel,
                                  gint64         from_ms,
                                  gint64         to_ms,
                                  double         width,
                                  double         height,
                                  const GdkRGBA *colour);
void    side_waveform_add_keys   (GtkWidgetClass *klass);
void    side_waveform_add_controllers (SideWaveform *self);
void    side_waveform_draw       (SideWaveform *self,
                                  GtkSnapshot  *snapshot);
int     side_waveform_text_height (SideWaveform *self);
SideWaveformMark *side_waveform_edge_at (SideWaveform *self,
                                  double        x,
                                  double        y,
                                  gboolean     *end);
void    side_waveform_edge_begin (SideWaveform     *self,
                                  SideWaveformMark *mark,
                                  gboolean          end);
void    side_waveform_edge_move  (SideWaveform *self,
                                  gint64        ms);
void    side_waveform_edge_finish (SideWaveform *self);
void    side_waveform_edge_forget (SideWaveform *self);
void    side_waveform_edge_reapply (SideWaveform *self);
void    side_waveform_edge_add_keys (GtkWidgetClass *klass);
double  side_waveform_answers_height (SideWaveform *self);
void    side_waveform_answers_draw (SideWaveform              *self,
                                  GtkSnapshot               *snapshot,
                                  const SideWaveformPalette *palette);
SideWaveformAnswer *side_waveform_answer_at (SideWaveform *self,
                                  double        x,
                                  double        y);
char   *side_waveform_answers_words (SideWaveform *self,
                                  double        x,
                                  double        y);
char   *side_waveform_answers_here (SideWaveform *self);
void    side_waveform_answers_choose (SideWaveform       *self,
                                  SideWaveformAnswer *answer);
void    side_waveform_answers_add_keys (GtkWidgetClass *klass);
void    side_waveform_tell_value (SideWaveform *self);
void    side_waveform_describe   (SideWaveform *self);
double  side_waveform_strips_height (SideWaveform *self);
double  side_waveform_strips_fixed_height (SideWaveform *self);
void    side_waveform_strips_place (SideWaveform      *self,
                                  SideWaveformFrame *frame,
                                  double             height);
void    side_waveform_strips_draw (SideWaveform              *self,
                                  GtkSnapshot               *snapshot,
                                  const SideWaveformPalette *palette);
void    side_waveform_strips_draw_heard (SideWaveform         *self,
                                  GtkSnapshot               *snapshot,
                                  const SideWaveformPalette *palette);
char   *side_waveform_strips_words (SideWaveform *self,
                                  double        x,
                                  double        y);
gboolean side_waveform_in_overview (SideWaveform *self,
                                  double        y);
gint64  side_waveform_ruler_step (gint64        span_ms,
                                  double        width);

G_END_DECLS
