/* side-sound-figures.c - the few figures of a recording that calls are found by
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-sound-figures.h"

#include <math.h>

#define LONG_DEAD_AIR_MS 10000

/**
 * side_sound_figures_new:
 * @call: the call's id
 * @recording: the recording's id
 * @version: of the algorithm that was asked
 *
 * Returns: (transfer full): figures of which none is known
 */
SideSoundFigures *
side_sound_figures_new (const char *call,
                        const char *recording,
                        const char *version)
{
  SideSoundFigures *self = g_new0 (SideSoundFigures, 1);

  self->call = g_strdup (call);
  self->recording = g_strdup (recording);
  self->version = g_strdup (version);
  self->attribution = SIDE_ATTRIBUTION_MONO;
  self->dead_air = self->long_dead_air = self->longest_dead_air_ms = SIDE_ANALYSIS_UNKNOWN;
  self->talk_over = self->monologue_ms = SIDE_ANALYSIS_UNKNOWN;
  self->talk_over_share = self->talk_share = NAN;
  self->latency_median_ms = self->latency_p90_ms = NAN;
  for (guint i = 0; i < 2; i++)
    {
      self->sides[i].loudness_lufs = self->sides[i].snr_db = NAN;
      self->sides[i].clipped_runs = self->sides[i].speech_ms = SIDE_ANALYSIS_UNKNOWN;
    }
  return self;
}

static void
take_conversation (SideSoundFigures   *self,
                   const SideAnalysis *analysis)
{
  guint count = 0;
  gint64 over_ms;

  side_analysis_get_dead_air_ms (analysis, 0, &count);
  self->dead_air = count;
  side_analysis_get_dead_air_ms (analysis, LONG_DEAD_AIR_MS, &count);
  self->long_dead_air = count;
  self->longest_dead_air_ms = 0;
  for (guint i = 0; i < analysis->conversation.dead_air->len; i++)
    {
      const SideSpan *span = &g_array_index (analysis->conversation.dead_air, SideSpan, i);

      self->longest_dead_air_ms = MAX (self->longest_dead_air_ms, span->to_ms - span->from_ms);
    }
  over_ms = side_analysis_get_talk_over_ms (analysis, SIDE_CHANNEL_NONE, &count);
  self->talk_over = count;
  if (analysis->duration_ms > 0)
    self->talk_over_share = (double) over_ms / (double) analysis->duration_ms;
  self->talk_share = analysis->conversation.talk_share[SIDE_CHANNEL_OPERATOR];
  self->latency_median_ms = analysis->conversation.latency[SIDE_CHANNEL_OPERATOR].median_ms;
  self->latency_p90_ms = analysis->conversation.latency[SIDE_CHANNEL_OPERATOR].p90_ms;
  self->monologue_ms = 0;
  for (guint i = 0; i < 2; i++)
    {
      SideSpan longest = side_analysis_get_side (analysis, i)->longest_monologue;

      self->monologue_ms = MAX (self->monologue_ms, longest.to_ms - longest.from_ms);
    }
}

/**
 * side_sound_figures_of:
 * @call: the call's id
 * @recording: the recording's id
 * @analysis: what was found by listening to it
 *
 * Returns: (transfer full): its figures; those that need to know who spoke are
 *   unknown where that cannot be told
 */
SideSoundFigures *
side_sound_figures_of (const char         *call,
                       const char         *recording,
                       const SideAnalysis *analysis)
{
  SideSoundFigures *self;

  g_return_val_if_fail (analysis != NULL, NULL);
  self = side_sound_figures_new (call, recording, analysis->version);
  self->attribution = analysis->attribution;
  self->duration_ms = analysis->duration_ms;
  for (guint i = 0; i < 2 && i < analysis->sides->len; i++)
    {
      const SideOfCall *side = side_analysis_get_side (analysis, i);

      self->sides[i].loudness_lufs = side->loudness_lufs;
      self->sides[i].snr_db = side->snr_db;
      self->sides[i].clipped_runs = side->clipped_runs;
      self->sides[i].speech_ms = side_spans_length (side->speech);
      self->sides[i].one_way = side->one_way || (analysis->channels == 2 && !side->has_signal);
    }
  if (side_analysis_is_measured (analysis))
    take_conversation (self, analysis);
  return self;
}

/**
 * side_sound_figures_copy:
 * @self: figures
 *
 * Returns: (transfer full): the same once more
 */
SideSoundFigures *
side_sound_figures_copy (const SideSoundFigures *self)
{
  SideSoundFigures *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->call = g_strdup (self->call);
  copy->recording = g_strdup (self->recording);
  copy->version = g_strdup (self->version);
  copy->problem = g_strdup (self->problem);
  return copy;
}

/**
 * side_sound_figures_free:
 * @self: (transfer full): figures
 */
void
side_sound_figures_free (SideSoundFigures *self)
{
  g_free (self->call);
  g_free (self->recording);
  g_free (self->version);
  g_free (self->problem);
  g_free (self);
}

static double
known_ms (gint64 ms)
{
  return ms == SIDE_ANALYSIS_UNKNOWN ? NAN : (double) ms;
}

/**
 * side_sound_figures_get:
 * @self: figures
 * @figure: which one
 *
 * Returns: the figure in its own unit; NaN when it is not known
 */
double
side_sound_figures_get (const SideSoundFigures *self,
                        SideSoundFigure         figure)
{
  gboolean apart;

  g_return_val_if_fail (self != NULL, NAN);
  /* What is said of the operator's line needs a line of their own. */
  apart = self->attribution == SIDE_ATTRIBUTION_MEASURED || self->attribution == SIDE_ATTRIBUTION_ONE_SIDED;
  switch (figure)
    {
    case SIDE_SOUND_FIGURE_DEAD_AIR:
      return known_ms (self->longest_dead_air_ms);
    case SIDE_SOUND_FIGURE_TALK_OVER:
      return self->talk_over_share;
    case SIDE_SOUND_FIGURE_TALK_SHARE:
      return self->talk_share;
    case SIDE_SOUND_FIGURE_LATENCY:
      return self->latency_median_ms;
    case SIDE_SOUND_FIGURE_MONOLOGUE:
      return known_ms (self->monologue_ms);
    case SIDE_SOUND_FIGURE_SNR:
      return apart ? self->sides[SIDE_CHANNEL_OPERATOR].snr_db : NAN;
    case SIDE_SOUND_FIGURE_LOUDNESS:
      return apart ? self->sides[SIDE_CHANNEL_OPERATOR].loudness_lufs : NAN;
    default:
      g_return_val_if_reached (NAN);
    }
}

/**
 * side_sound_figures_silent_side:
 * @self: figures
 *
 * Returns: the channel on which nothing is heard, the operator's if neither
 *   is; %SIDE_CHANNEL_NONE when both are heard or it cannot be told
 */
int
side_sound_figures_silent_side (const SideSoundFigures *self)
{
  g_return_val_if_fail (self != NULL, SIDE_CHANNEL_NONE);
  if (self->problem != NULL
      || (self->attribution != SIDE_ATTRIBUTION_MEASURED && self->attribution != SIDE_ATTRIBUTION_ONE_SIDED))
    return SIDE_CHANNEL_NONE;
  for (int i = 0; i < 2; i++)
    if (self->sides[i].one_way)
      return i;
  return SIDE_CHANNEL_NONE;
}
