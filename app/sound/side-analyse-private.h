/* side-analyse-private.h - what the files of the analysis share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-analyse.h"
#include "side-loudness.h"
#include "side-track.h"

G_BEGIN_DECLS

/**
 * SideHeard: all that reading the file gave, before anything is concluded.
 * @tracks: (element-type SideTrack): one a channel
 * @loudness: one a channel
 * @likeness: correlation of the first two channels' samples, -1..1
 */
typedef struct {
  guint              channels;
  guint              rate;
  guint64            frames;
  GPtrArray         *tracks;
  SideLoudnessResult loudness[SIDE_ANALYSIS_MAX_SIDES];
  double             likeness;
} SideHeard;

SideAnalysis *_side_analyse_conclude (const SideHeard *heard, const SideAnalyseOptions *options);
void          _side_analyse_echo     (const SideHeard *heard, SideAnalysis *analysis);
void          _side_analyse_flags    (SideAnalysis *analysis);

G_END_DECLS
