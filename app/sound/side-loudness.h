/* side-loudness.h - how loud a channel is, and where it is cut off
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * EBU R128 by libebur128 and runs of samples at the ceiling, block by block.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SideLoudness SideLoudness;

/**
 * SideLoudnessResult:
 * @lufs: integrated loudness; NaN when nothing is above the gate of -70 LUFS
 * @clipped_runs: runs of three samples or more at the channel's ceiling
 * @clipped_at: first sample of the first run
 */
typedef struct {
  double  lufs;
  guint   clipped_runs;
  guint64 clipped_at;
} SideLoudnessResult;

SideLoudness       *side_loudness_new  (guint rate);
void                side_loudness_free (SideLoudness *self);
void                side_loudness_feed (SideLoudness *self, const float *samples, gsize n);
SideLoudnessResult  side_loudness_end  (SideLoudness *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideLoudness, side_loudness_free)

G_END_DECLS
