/* side-peaks-private.h - how peaks are kept in memory
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the computing, the keeping on disk and the asking. A SidePeaks
 * never changes once it is handed out, so it may be read from any thread.
 */
#pragma once

#include "side-peaks.h"

G_BEGIN_DECLS

#define SIDE_PEAKS_MAX_LEVELS 8
#define SIDE_PEAKS_STEP       8   /* cells of one level in a cell of the next */

struct _SidePeaks
{
  GObject      parent_instance;

  guint        n_channels;
  guint        rate;                          /* frames a second */
  gboolean     turned;                        /* asked for with the two channels exchanged */
  guint64      frames;                        /* frames of the recording */
  guint64      source_size;                   /* stamp of the file they were made of */
  gint64       source_mtime_us;
  guint        n_levels;
  gsize        n_cells[SIDE_PEAKS_MAX_LEVELS];
  SidePeak    *cells[SIDE_PEAKS_MAX_LEVELS];  /* [cell * n_channels + channel] */
  GMappedFile *mapped;                        /* nullable: holds the finest level, never written to */
};

SidePeaks *side_peaks_new_take (guint        n_channels,
                                guint        rate,
                                guint64      frames,
                                SidePeak    *cells,
                                gsize        n_cells,
                                GMappedFile *mapped);
void       side_peaks_scan     (const gint16 *samples,
                                gsize         n_cells,
                                gsize         n_frames,
                                guint         n_channels,
                                SidePeak     *out);

G_END_DECLS
