/* side-waveform.h - a recording drawn: operator above, customer below
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows peaks, a time ruler, notes as coloured bands, what was heard, who
 * speaks, and where the player is. It plays nothing itself: a click, a key or a
 * drag becomes a signal. Bind "position-ms" and "duration-ms" to a player's
 * properties of those names; "view-from-ms" and "view-to-ms" tell what is seen.
 *
 * Signals:
 *   seek-requested (gint64 ms)             a click or a key asks for that position
 *   span-selected  (gint64 from, gint64 to)  a span was dragged or held by key, from < to
 *   selection-changed ()                   another span or mark is selected, or none any more
 *   mark-activated (const char *id)        the label of a mark was clicked
 *   answer-activated (const char *id)      the place of an answer was clicked, or chosen by Enter
 *   mark-changed   (const char *id, gint64 from, gint64 to)  an edge of it was moved, once for each drag
 *   view-changed   (gint64 from, gint64 to)  another part of the recording is seen
 */
#pragma once

#include <gtk/gtk.h>

#include "side-analysis.h"
#include "side-listening.h"
#include "side-peaks.h"

G_BEGIN_DECLS

/**
 * SideWaveMark:
 * @id: names the mark in "mark-activated"
 * @from_ms: where it starts
 * @to_ms: where it ends; @from_ms or less for a point
 * @label: the words on it
 * @colour: of the band and label
 * @movable: whether its edges may be dragged
 */
typedef struct {
  const char *id;
  gint64      from_ms;
  gint64      to_ms;
  const char *label;
  GdkRGBA     colour;
  gboolean    movable;
} SideWaveMark;

/**
 * SideWaveAnswer: where an answer of a review is heard.
 * @id: names it in "answer-activated"
 * @from_ms: where it starts
 * @to_ms: where it ends; @from_ms or less for a point
 * @share: of a full mark; 1 is no fault
 * @words: what was asked and answered
 */
typedef struct {
  const char *id;
  gint64      from_ms;
  gint64      to_ms;
  double      share;
  const char *words;
} SideWaveAnswer;

#define SIDE_TYPE_WAVEFORM (side_waveform_get_type ())
G_DECLARE_FINAL_TYPE (SideWaveform, side_waveform, SIDE, WAVEFORM, GtkWidget)

GtkWidget *side_waveform_new             (void);
void       side_waveform_set_peaks       (SideWaveform       *self,
                                          SidePeaks          *peaks);
SidePeaks *side_waveform_get_peaks       (SideWaveform       *self);
void       side_waveform_set_names       (SideWaveform       *self,
                                          const char         *operator_name,
                                          const char         *customer_name);
void       side_waveform_set_position    (SideWaveform       *self,
                                          gint64              position_ms);
gint64     side_waveform_get_position    (SideWaveform       *self);
void       side_waveform_set_duration    (SideWaveform       *self,
                                          gint64              duration_ms);
gint64     side_waveform_get_duration    (SideWaveform       *self);
void       side_waveform_set_origin      (SideWaveform       *self,
                                          gint64              origin_ms);
void       side_waveform_set_marks       (SideWaveform       *self,
                                          const SideWaveMark *marks,
                                          gsize               n_marks);
gboolean   side_waveform_get_selection   (SideWaveform       *self,
                                          gint64             *from_ms,
                                          gint64             *to_ms);
void       side_waveform_select_span     (SideWaveform       *self,
                                          gint64              from_ms,
                                          gint64              to_ms);
void       side_waveform_clear_selection (SideWaveform       *self);
void       side_waveform_select_mark     (SideWaveform       *self,
                                          const char         *id);
const char *side_waveform_get_selected_mark (SideWaveform     *self);
void       side_waveform_set_answers     (SideWaveform         *self,
                                          const SideWaveAnswer *answers,
                                          gsize                 n_answers);
void       side_waveform_select_answer   (SideWaveform       *self,
                                          const char         *id);
const char *side_waveform_get_selected_answer (SideWaveform   *self);
void       side_waveform_begin_span      (SideWaveform       *self);
gboolean   side_waveform_end_span        (SideWaveform       *self,
                                          gint64             *from_ms,
                                          gint64             *to_ms);
void       side_waveform_set_view        (SideWaveform       *self,
                                          gint64              from_ms,
                                          gint64              span_ms);
void       side_waveform_set_analysis    (SideWaveform       *self,
                                          SideAnalysis       *analysis);
void       side_waveform_set_heard       (SideWaveform       *self,
                                          const SideHeard    *spans,
                                          gsize               n_spans,
                                          const char         *words);

G_END_DECLS
