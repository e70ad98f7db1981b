/* side-analyse-flags.c - which of the figures are worth a word
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words themselves belong to the screen. docs/sound.md lists the limits.
 */
#include "side-analyse-private.h"

#include <math.h>

#include "side-conversation.h"

#define NOISY_DB           15.0
#define QUIET_LUFS         (-35.0)
#define LOUD_LUFS          (-12.0)
#define CLIPPED_RUNS       3
#define LEVELS_DIFFER_LU   6.0
#define TALK_OVER_SHARE    0.10
#define MONOLOGUE_MS       60000
#define SLOW_ANSWER_MS     3000.0
#define LATE_GREETING_MS   5000
#define ECHO_MS            500

static void
add (SideAnalysis  *analysis,
     SideSoundCode  code,
     int            channel,
     double         value,
     gint64         at_ms)
{
  SideSoundFlag flag = { code, channel, value, at_ms };

  g_array_append_val (analysis->flags, flag);
}

static gint64
first_speech (const SideOfCall *side)
{
  return side->speech->len > 0 ? g_array_index (side->speech, SideSpan, 0).from_ms : SIDE_ANALYSIS_UNKNOWN;
}

static void
flag_side (SideAnalysis *analysis,
           int           channel)
{
  const SideOfCall *side = side_analysis_get_side (analysis, (guint) channel);

  if (side->one_way)
    {
      const SideOfCall *other = side_analysis_get_side (analysis, (guint) (1 - channel));

      add (analysis, SIDE_SOUND_ONE_WAY, channel, (double) side_spans_length (other->speech) / 1000, first_speech (other));
    }
  if (side->snr_db < NOISY_DB)
    add (analysis, SIDE_SOUND_NOISY, channel, side->snr_db, first_speech (side));
  if (side->speech->len > 0 && side->loudness_lufs < QUIET_LUFS)
    add (analysis, SIDE_SOUND_QUIET, channel, side->loudness_lufs, first_speech (side));
  if (side->speech->len > 0 && side->loudness_lufs > LOUD_LUFS)
    add (analysis, SIDE_SOUND_LOUD, channel, side->loudness_lufs, first_speech (side));
  if (side->clipped_runs >= CLIPPED_RUNS)
    add (analysis, SIDE_SOUND_CLIPPED, channel, side->clipped_runs, side->clipped_at_ms);
  if (side->echo_ms >= ECHO_MS)
    add (analysis, SIDE_SOUND_ECHO, channel, side->echo_db, side->echo_at_ms);
  if (side->longest_monologue.to_ms - side->longest_monologue.from_ms > MONOLOGUE_MS)
    add (analysis, SIDE_SOUND_MONOLOGUE, channel,
         (double) (side->longest_monologue.to_ms - side->longest_monologue.from_ms) / 1000, side->longest_monologue.from_ms);
}

static void
flag_dead_air (SideAnalysis *analysis)
{
  const GArray *spans = analysis->conversation.dead_air;
  SideSpan longest = { 0, 0 };

  for (guint i = 0; i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);

      if (span->to_ms - span->from_ms > longest.to_ms - longest.from_ms)
        longest = *span;
    }
  if (longest.to_ms - longest.from_ms > SIDE_LONG_DEAD_AIR_MS)
    add (analysis, SIDE_SOUND_DEAD_AIR, SIDE_CHANNEL_NONE, (double) (longest.to_ms - longest.from_ms) / 1000, longest.from_ms);
}

/* What needs two sides. */
static void
flag_conversation (SideAnalysis *analysis)
{
  const SideConversation *talk = &analysis->conversation;
  const SideOfCall *left = side_analysis_get_side (analysis, SIDE_CHANNEL_OPERATOR);
  const SideOfCall *right = side_analysis_get_side (analysis, SIDE_CHANNEL_CUSTOMER);
  double differ = left->loudness_lufs - right->loudness_lufs;
  double share = (double) side_analysis_get_talk_over_ms (analysis, SIDE_CHANNEL_NONE, NULL)
                 / (double) MAX (analysis->duration_ms, 1);

  if (left->speech->len > 0 && right->speech->len > 0 && fabs (differ) > LEVELS_DIFFER_LU)
    add (analysis, SIDE_SOUND_LEVELS_DIFFER, SIDE_CHANNEL_NONE, differ, first_speech (left));
  if (share > TALK_OVER_SHARE)
    add (analysis, SIDE_SOUND_TALK_OVER, SIDE_CHANNEL_NONE, share, g_array_index (talk->talk_over, SideTalkOver, 0).from_ms);
  if (talk->latency[SIDE_CHANNEL_OPERATOR].p90_ms > SLOW_ANSWER_MS)
    add (analysis, SIDE_SOUND_SLOW_ANSWERS, SIDE_CHANNEL_OPERATOR, talk->latency[SIDE_CHANNEL_OPERATOR].p90_ms / 1000,
         talk->latency[SIDE_CHANNEL_OPERATOR].longest.from_ms);
  if (talk->greeting_ms > LATE_GREETING_MS)
    add (analysis, SIDE_SOUND_LATE_GREETING, SIDE_CHANNEL_OPERATOR, (double) talk->greeting_ms / 1000, first_speech (left));
}

void
_side_analyse_flags (SideAnalysis *analysis)
{
  for (guint c = 0; c < analysis->channels; c++)
    flag_side (analysis, (int) c);
  flag_dead_air (analysis);
  if (side_analysis_is_measured (analysis))
    flag_conversation (analysis);
}
