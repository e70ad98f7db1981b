/* side-waveform.h - a recording drawn: operator above, customer below
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows peaks, a time ruler, notes as coloured bands, and where the player is.
 * It plays nothing itself: a click, a key or a drag becomes a signal. Bind
 * "position-ms" and "duration-ms" to a player's properties of those names.
 *
 * Signals:
 *   seek-requested (gint64 ms)             a click or a key asks for that position
 *   span-selected  (gint64 from, gint64 to)  a span was dragged, from < to
 *   mark-activated (const char *id)        the label of a mark was clicked
 */
#pragma once

#include <gtk/gtk.h>

#include "side-peaks.h"

G_BEGIN_DECLS

/**
 * SideWaveMark:
 * @id: names the mark in "mark-activated"
 * @from_ms: where it starts
 * @to_ms: where it ends; @from_ms or less for a point
 * @label: the words on it
 * @colour: of the band and label
 */
typedef struct {
  const char *id;
  gint64      from_ms;
  gint64      to_ms;
  const char *label;
  GdkRGBA     colour;
} SideWaveMark;

#define SIDE_TYPE_WAVEFORM (side_waveform_get_type ())
G_DECLARE_FINAL_TYPE (SideWaveform, side_waveform, SIDE, WAVEFORM, GtkWidget)

GtkWidget *side_waveform_new             (void);
void       side_waveform_set_peaks       (SideWaveform       *self,
                                          SidePeaks          *peaks);
SidePeaks *side_waveform_get_peaks       (SideWaveform       *self);
void       side_waveform_set_position    (SideWaveform       *self,
                                          gint64              position_ms);
gint64     side_waveform_get_position    (SideWaveform       *self);
void       side_waveform_set_duration    (SideWaveform       *self,
                                          gint64              duration_ms);
gint64     side_waveform_get_duration    (SideWaveform       *self);
void       side_waveform_set_marks       (SideWaveform       *self,
                                          const SideWaveMark *marks,
                                          gsize               n_marks);
gboolean   side_waveform_get_selection   (SideWaveform       *self,
                                          gint64             *from_ms,
                                          gint64             *to_ms);
void       side_waveform_clear_selection (SideWaveform       *self);

G_END_DECLS
