/* side-sound-figures.h - the few figures of a recording that calls are found by
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the cache keeps of an analysis for each call, so that lists can be
 * filtered and sorted by it and reports need not open the recording again. A
 * figure that cannot be known is NaN or SIDE_ANALYSIS_UNKNOWN, never a guess.
 */
#pragma once

#include "side-analysis.h"

G_BEGIN_DECLS

/**
 * SideSoundFigure: what lists are filtered and sorted by.
 * @SIDE_SOUND_FIGURE_DEAD_AIR: ms of the longest span over 4 s in which nobody
 *   speaks; 0 when there is none
 * @SIDE_SOUND_FIGURE_TALK_OVER: how long both speak, of the recording, 0..1
 * @SIDE_SOUND_FIGURE_TALK_SHARE: the operator's part of what both speak, 0..1
 * @SIDE_SOUND_FIGURE_LATENCY: ms, median, before the operator answers
 * @SIDE_SOUND_FIGURE_MONOLOGUE: ms of the longest monologue of either
 * @SIDE_SOUND_FIGURE_SNR: dB, speech over noise on the operator's line
 * @SIDE_SOUND_FIGURE_LOUDNESS: LUFS of the operator's line
 */
typedef enum {
  SIDE_SOUND_FIGURE_DEAD_AIR,
  SIDE_SOUND_FIGURE_TALK_OVER,
  SIDE_SOUND_FIGURE_TALK_SHARE,
  SIDE_SOUND_FIGURE_LATENCY,
  SIDE_SOUND_FIGURE_MONOLOGUE,
  SIDE_SOUND_FIGURE_SNR,
  SIDE_SOUND_FIGURE_LOUDNESS,
} SideSoundFigure;

#define SIDE_SOUND_N_FIGURES (SIDE_SOUND_FIGURE_LOUDNESS + 1)

typedef struct {
  double   loudness_lufs;
  double   snr_db;
  gint64   clipped_runs;
  gint64   speech_ms;
  gboolean one_way;      /* said nothing while the other side spoke */
} SideSideFigures;

typedef struct _SideSoundFigures SideSoundFigures;

/**
 * SideSoundFigures:
 * @call: the call's id
 * @recording: of which of the call's recordings
 * @version: of the algorithm
 * @problem: (nullable): why the file cannot be played, as the sound layer said
 *   it; then nothing else is known
 * @duration_ms: of what is in the file
 * @dead_air: spans over 4 s in which nobody speaks
 * @long_dead_air: those over 10 s
 * @talk_over: how often both speak
 * @sides: operator, customer; of a mix the first one is the mix
 */
struct _SideSoundFigures
{
  char            *call;
  char            *recording;
  char            *version;
  char            *problem;
  SideAttribution  attribution;
  gint64           duration_ms;
  gint64           dead_air;
  gint64           long_dead_air;
  gint64           longest_dead_air_ms;
  gint64           talk_over;
  double           talk_over_share;
  double           talk_share;
  double           latency_median_ms;
  double           latency_p90_ms;
  gint64           monologue_ms;
  SideSideFigures  sides[2];
};

SideSoundFigures *side_sound_figures_new         (const char *call, const char *recording, const char *version);
SideSoundFigures *side_sound_figures_of          (const char *call, const char *recording, const SideAnalysis *analysis);
SideSoundFigures *side_sound_figures_copy        (const SideSoundFigures *self);
void              side_sound_figures_free        (SideSoundFigures *self);
double            side_sound_figures_get         (const SideSoundFigures *self, SideSoundFigure figure);
int               side_sound_figures_silent_side (const SideSoundFigures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSoundFigures, side_sound_figures_free)

G_END_DECLS
