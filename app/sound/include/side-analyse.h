/* side-analyse.h - listens to a recording and says what can be known of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads any file the player plays, block by block, so that a recording of three
 * hours needs 30 MB, and gives a SideAnalysis: tones and music first, then
 * speech per side, levels, and the conversation that follows from them.
 */
#pragma once

#include <gio/gio.h>

#include "side-analysis.h"
#include "side-job.h"

G_BEGIN_DECLS

/**
 * SideAnalyseOptions: what the call's events know of its recording.
 * @masked: (element-type SideSpan) (nullable): in order; spans that are neither
 *   speech nor silence: on hold, paying
 * @answered_ms: when the operator came on, from the beginning of the recording
 * @turned: whether the customer is on the left and the operator on the right, as in
 *   recordings of test calls; what is found has them the usual way round
 */
typedef struct {
  const GArray *masked;
  gint64        answered_ms;
  gboolean      turned;
} SideAnalyseOptions;

const char   *side_analyse_version     (void);
SideAnalysis *side_analyse_file        (const char                *path,
                                        const SideAnalyseOptions  *options,
                                        SideJobProgress            progress,
                                        gpointer                   progress_data,
                                        GCancellable              *cancellable,
                                        GError                   **error);
void          side_analyse_file_async  (const char                *path,
                                        const SideAnalyseOptions  *options,
                                        SideJobProgress            progress,
                                        gpointer                   progress_data,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data);
SideAnalysis *side_analyse_file_finish (GAsyncResult              *result,
                                        GError                   **error);

G_END_DECLS
