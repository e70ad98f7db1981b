/* side-peaks.h - what a recording looks like: its level every 10 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Smallest, greatest and RMS sample per 10 ms and channel, and the same for
 * 8, 64, 512… times as long, so that any part of any recording is drawn at
 * any width from a few values a column. Computed in a worker from whatever
 * libsndfile reads, or taken from the file kept beside the recording.
 */
#pragma once

#include "side-job.h"

G_BEGIN_DECLS

/* The length of the finest cell. */
#define SIDE_PEAKS_CELL_MS 10

/**
 * SidePeak:
 * @min: the smallest sample, -32768..32767
 * @max: the greatest sample
 * @rms: root of the mean square, 0..32767
 */
typedef struct {
  gint16 min;
  gint16 max;
  gint16 rms;
} SidePeak;

#define SIDE_TYPE_PEAKS (side_peaks_get_type ())
G_DECLARE_FINAL_TYPE (SidePeaks, side_peaks, SIDE, PEAKS, GObject)

void       side_peaks_load_async       (const char           *path,
                                        const char           *cache_path,
                                        SideJobProgress       progress,
                                        gpointer              progress_data,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
SidePeaks *side_peaks_load_finish      (GAsyncResult         *result,
                                        GError              **error);
SidePeaks *side_peaks_new_from_file    (const char           *path,
                                        GCancellable         *cancellable,
                                        GError              **error);
SidePeaks *side_peaks_new_from_cache   (const char           *cache_path,
                                        const char           *path,
                                        GError              **error);
gboolean   side_peaks_save             (SidePeaks            *self,
                                        const char           *cache_path,
                                        GError              **error);

void       side_peaks_turn             (SidePeaks            *self);
guint      side_peaks_get_n_channels   (SidePeaks            *self);
guint      side_peaks_get_rate         (SidePeaks            *self);
gint64     side_peaks_get_duration_ms  (SidePeaks            *self);
void       side_peaks_query            (SidePeaks            *self,
                                        guint                 channel,
                                        gint64                from_ms,
                                        gint64                to_ms,
                                        guint                 n_columns,
                                        SidePeak             *out);

G_END_DECLS
