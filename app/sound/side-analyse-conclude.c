/* side-analyse-conclude.c - from what was heard to what is known
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order matters: tones and music first, because every speech detector
 * takes them for speech; then speech; then echo, which is speech of the other
 * side; then whether it can be told at all who spoke; and at last the
 * conversation.
 */
#include "side-analyse-private.h"

#include <math.h>

#include "side-conversation.h"
#include "side-speech-track.h"
#include "side-tones.h"

#define SAME_LIKENESS   0.98    /* two channels more alike than that hold the same mix */
#define NO_SIGNAL_DBFS  (-66.0) /* the coder's own noise on an idle line */
#define TONE_MARGIN_MS  60
#define ONE_WAY_MS      5000    /* so long one speaks before the other's silence means something */

static const SideFrame *
frames_of (const SideHeard *heard,
           guint            channel,
           gsize           *n)
{
  return side_track_get_frames (g_ptr_array_index (heard->tracks, channel), n);
}

static int
compare_tones (const void *a,
               const void *b)
{
  const SideTone *x = a;
  const SideTone *y = b;

  if (x->from_ms != y->from_ms)
    return x->from_ms < y->from_ms ? -1 : 1;
  return x->channel - y->channel;
}

/* Music is looked for last: a long tone is steady, too. */
static void
find_tones (const SideHeard *heard,
            SideAnalysis    *analysis)
{
  for (guint c = 0; c < heard->channels; c++)
    {
      gsize n;
      const SideFrame *frames = frames_of (heard, c, &n);

      side_tones_find (frames, n, (int) c, analysis->tones);
      side_tones_find_music (frames, n, (int) c, analysis->tones);
    }
  g_array_sort (analysis->tones, compare_tones);
  for (guint i = 0; i < analysis->tones->len; i++)
    {
      SideTone *tone = &g_array_index (analysis->tones, SideTone, i);

      tone->from_ms = MIN (tone->from_ms, analysis->duration_ms);
      tone->to_ms = MIN (tone->to_ms, analysis->duration_ms);
    }
}

/* The mask of one channel, or of all: what the caller takes out, and the tones,
 * in one channel with @margin_ms around them, since an edge of a tone is no speech. */
static GArray *
mask_of (const SideAnalysis       *analysis,
         const SideAnalyseOptions *options,
         int                       channel,
         gint64                    margin_ms)
{
  g_autoptr (GArray) tones = side_spans_new ();

  for (guint i = 0; i < analysis->tones->len; i++)
    {
      const SideTone *tone = &g_array_index (analysis->tones, SideTone, i);

      if (channel == SIDE_CHANNEL_NONE || tone->channel == channel)
        side_spans_add (tones, MAX (tone->from_ms - margin_ms, 0), MIN (tone->to_ms + margin_ms, analysis->duration_ms));
    }
  return side_spans_join (tones, options->masked);
}

static void
measure_side (const SideHeard          *heard,
              const SideAnalyseOptions *options,
              SideAnalysis             *analysis,
              guint                     channel)
{
  SideOfCall *side = side_analysis_get_side (analysis, channel);
  g_autoptr (GArray) masked = mask_of (analysis, options, (int) channel, TONE_MARGIN_MS);
  const SideLoudnessResult *loudness = &heard->loudness[channel];
  gsize n;
  const SideFrame *frames = frames_of (heard, channel, &n);
  g_autoptr (GArray) speech = side_speech_track_find (frames, n, masked);
  guint loud = 0;

  for (guint i = 0; i < speech->len; i++)
    {
      const SideSpan *span = &g_array_index (speech, SideSpan, i);

      side_spans_add (side->speech, span->from_ms, MIN (span->to_ms, analysis->duration_ms));
    }
  for (gsize i = 0; i < n; i++)
    loud += frames[i].raw > NO_SIGNAL_DBFS * 100;
  /* Half a second of clicks is no signal, but a line that was cut after one word is. */
  side->has_signal = loud > 50 || side->speech->len > 0;
  side->loudness_lufs = loudness->lufs;
  side->clipped_runs = loudness->clipped_runs;
  if (loudness->clipped_runs > 0)
    side->clipped_at_ms = (gint64) (loudness->clipped_at * 1000 / heard->rate);
  side->noise_floor_dbfs = side_speech_track_floor (frames, n);
  side->snr_db = side_speech_track_snr (frames, n, side->speech, masked);
  side->pace = side_speech_track_pace (frames, n, side->speech);
  side->digital_silence_ms = side_speech_track_empty (frames, n);
}

static void
decide_attribution (const SideHeard *heard,
                    SideAnalysis    *analysis)
{
  const SideOfCall *left, *right;

  if (analysis->channels != 2)
    return;
  left = side_analysis_get_side (analysis, 0);
  right = side_analysis_get_side (analysis, 1);
  if (!left->has_signal || !right->has_signal)
    analysis->attribution = SIDE_ATTRIBUTION_ONE_SIDED;
  else if (heard->likeness > SAME_LIKENESS || heard->likeness < -SAME_LIKENESS)
    analysis->attribution = SIDE_ATTRIBUTION_SAME;
}

static void
decide_one_way (SideAnalysis *analysis)
{
  for (guint c = 0; c < 2 && analysis->channels == 2; c++)
    {
      SideOfCall *side = side_analysis_get_side (analysis, c);

      side->one_way = side->speech->len == 0
                      && side_spans_length (side_analysis_get_side (analysis, 1 - c)->speech) >= ONE_WAY_MS;
    }
}

static void
measure_conversation (const SideAnalyseOptions *options,
                      SideAnalysis             *analysis)
{
  g_autoptr (GArray) masked = mask_of (analysis, options, SIDE_CHANNEL_NONE, 0);
  g_autoptr (GArray) anybody = side_spans_new ();
  SideConversationInput input = { { anybody, NULL }, masked, analysis->duration_ms, options->answered_ms };

  if (side_analysis_is_measured (analysis))
    {
      for (guint c = 0; c < 2; c++)
        input.speech[c] = side_analysis_get_side (analysis, c)->speech;
      for (guint c = 0; c < 2; c++)
        side_conversation_monologue (&input, c, &side_analysis_get_side (analysis, c)->longest_monologue);
    }
  else
    {
      for (guint c = 0; c < analysis->channels; c++)
        {
          GArray *more = side_spans_join (anybody, side_analysis_get_side (analysis, c)->speech);

          g_array_unref (anybody);
          anybody = more;
        }
      input.speech[0] = anybody;
    }
  side_conversation_measure (&analysis->conversation, &input);
}

SideAnalysis *
_side_analyse_conclude (const SideHeard          *heard,
                        const SideAnalyseOptions *options)
{
  SideAnalysis *analysis = side_analysis_new (heard->channels);

  g_free (analysis->version);
  analysis->version = g_strdup (side_analyse_version ());
  analysis->rate = heard->rate;
  analysis->duration_ms = (gint64) (heard->frames / heard->rate * 1000 + heard->frames % heard->rate * 1000 / heard->rate);
  find_tones (heard, analysis);
  for (guint c = 0; c < heard->channels; c++)
    measure_side (heard, options, analysis, c);
  decide_attribution (heard, analysis);
  decide_one_way (analysis);
  if (side_analysis_is_measured (analysis))
    _side_analyse_echo (heard, analysis);
  measure_conversation (options, analysis);
  _side_analyse_flags (analysis);
  return analysis;
}
