/* test-analysis.c - what is known of recordings of every kind, and what is not claimed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-analyse.h"
#include "side-conversation.h"
#include "side-error.h"
#include "side-telephone.h"
#include "side-test.h"
#include "side-wire.h"
#include "sound-corpus.h"

#define RATE   SOUND_CORPUS_RATE
#define WAV16  (SF_FORMAT_WAV | SF_FORMAT_PCM_16)
#define ALAW   (SF_FORMAT_WAV | SF_FORMAT_ALAW)
#define TALK_MS 60000

static char *dir;
static char *path;
static SoundCorpus *corpus;

static SideAnalysis *
hear (const SideAnalyseOptions *options)
{
  g_autoptr (GError) error = NULL;
  SideAnalysis *analysis = side_analyse_file (path, options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (analysis->version, ==, side_analyse_version ());
  return analysis;
}

static const SideSoundFlag *
find_flag (const SideAnalysis *analysis,
           SideSoundCode       code)
{
  for (guint i = 0; i < analysis->flags->len; i++)
    if (g_array_index (analysis->flags, SideSoundFlag, i).code == code)
      return &g_array_index (analysis->flags, SideSoundFlag, i);
  return NULL;
}

/* The corpus with a little noise, to be worked on. */
static float *
dialogue (void)
{
  return sound_corpus_mix (corpus, SOUND_NOISE_WHITE, 35, 1);
}

static void
test_two_sides (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (SideAnalysis) analysis = NULL;

  sound_corpus_write (path, WAV16, 2, mix, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_MEASURED);
  g_assert_cmpint (analysis->duration_ms, ==, TALK_MS);
  g_assert_cmpuint (analysis->channels, ==, 2);
  g_assert_cmpuint (analysis->rate, ==, RATE);
  g_assert_cmpuint (analysis->tones->len, ==, 0);
  g_assert_cmpfloat (analysis->conversation.talk_share[0] + analysis->conversation.talk_share[1], ==, 1);
  g_assert_cmpint (analysis->conversation.greeting_ms, ==,
                   g_array_index (side_analysis_get_side (analysis, 0)->speech, SideSpan, 0).from_ms);
  for (guint side = 0; side < 2; side++)
    {
      const SideOfCall *figures = side_analysis_get_side (analysis, side);

      g_assert_true (figures->has_signal && !figures->one_way);
      g_assert_cmpint (figures->echo_ms, ==, 0);
      /* espeak-ng says some 4 to 7 syllables a second at the corpus' speeds. */
      g_assert_cmpfloat (figures->pace, >, 3.5);
      g_assert_cmpfloat (figures->pace, <, 8);
      g_assert_cmpint (figures->longest_monologue.to_ms, >, figures->longest_monologue.from_ms);
      g_assert_cmpuint (figures->clipped_runs, ==, 0);
    }
  g_assert_null (find_flag (analysis, SIDE_SOUND_NOISY));
}

static void
test_mono (void)
{
  g_autofree float *mix = dialogue ();
  g_autofree float *mono = g_new (float, corpus->n);
  g_autoptr (SideAnalysis) analysis = NULL;
  g_autoptr (GArray) anybody = side_spans_join (corpus->speech[0], corpus->speech[1]);
  const SideOfCall *side;

  for (gsize i = 0; i < corpus->n; i++)
    mono[i] = mix[2 * i] + mix[2 * i + 1];
  sound_corpus_write (path, ALAW, 1, mono, corpus->n);
  analysis = hear (NULL);
  side = side_analysis_get_side (analysis, 0);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_MONO);
  g_assert_cmpuint (analysis->sides->len, ==, 1);
  g_assert_cmpint (ABS (side_spans_length (side->speech) - side_spans_length (anybody)), <, 1500);
  g_assert_cmpuint (analysis->conversation.talk_over->len, ==, 0);
  g_assert_true (isnan (analysis->conversation.latency[0].median_ms));
  g_assert_true (isnan (analysis->conversation.talk_share[0]));
  g_assert_cmpint (side->longest_monologue.to_ms, ==, 0);
  g_assert_cmpint (analysis->conversation.greeting_ms, ==, SIDE_ANALYSIS_UNKNOWN);
  g_assert_cmpuint (analysis->conversation.dead_air->len, >, 0);
}

/* A mix written as two channels, one of them weaker: still a mix. */
static void
test_same_channels (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (SideAnalysis) analysis = NULL;

  for (gsize i = 0; i < corpus->n; i++)
    {
      mix[2 * i] += mix[2 * i + 1];
      mix[2 * i + 1] = mix[2 * i] / 2;
    }
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_SAME);
  g_assert_cmpuint (analysis->conversation.talk_over->len, ==, 0);
  g_assert_true (isnan (analysis->conversation.latency[0].median_ms));
}

static void
test_one_sided (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (SideAnalysis) analysis = NULL;

  for (gsize i = 0; i < corpus->n; i++)
    mix[2 * i + 1] = 0;
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_ONE_SIDED);
  g_assert_false (side_analysis_get_side (analysis, 1)->has_signal);
  g_assert_true (side_analysis_get_side (analysis, 1)->one_way);
  g_assert_false (side_analysis_get_side (analysis, 0)->one_way);
  g_assert_nonnull (find_flag (analysis, SIDE_SOUND_ONE_WAY));
  g_assert_cmpint (find_flag (analysis, SIDE_SOUND_ONE_WAY)->channel, ==, SIDE_CHANNEL_CUSTOMER);
  g_assert_true (isnan (analysis->conversation.latency[0].median_ms));
}

/* A line that hums and says nothing is measured, and told of. */
static void
test_one_way (void)
{
  g_autofree float *mix = sound_corpus_mix (corpus, SOUND_NOISE_WHITE, 20, 1);
  g_autoptr (SideAnalysis) analysis = NULL;

  for (gsize i = 0; i < corpus->n; i++)
    mix[2 * i + 1] -= corpus->samples[1][i];
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_MEASURED);
  g_assert_true (side_analysis_get_side (analysis, 1)->has_signal);
  g_assert_true (side_analysis_get_side (analysis, 1)->one_way);
  g_assert_cmpuint (side_analysis_get_side (analysis, 1)->speech->len, ==, 0);
}

static void
test_three_channels (void)
{
  g_autofree float *three = g_new0 (float, corpus->n * 3);
  g_autoptr (SideAnalysis) analysis = NULL;

  for (gsize i = 0; i < corpus->n; i++)
    three[3 * i] = corpus->samples[0][i];
  sound_corpus_write (path, WAV16, 3, three, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpint (analysis->attribution, ==, SIDE_ATTRIBUTION_CHANNELS);
  g_assert_cmpuint (analysis->sides->len, ==, 3);
}

/* The same at other rates, with the samples between drawn straight. */
static void
test_rates (void)
{
  static const int rates[] = { 16000, 44100 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    {
      SF_INFO info = { .samplerate = rates[r], .channels = 1, .format = WAV16 };
      SNDFILE *file = sf_open (path, SFM_WRITE, &info);
      g_autoptr (SideAnalysis) analysis = NULL;
      g_autoptr (GArray) common = NULL;

      for (sf_count_t i = 0; i < (sf_count_t) (20 * rates[r]); i++)
        {
          double at = (double) i * RATE / rates[r];
          gsize k = (gsize) at;
          float x = corpus->samples[0][k] + (float) (at - (double) k) * (corpus->samples[0][k + 1] - corpus->samples[0][k]);

          g_assert_cmpint (sf_write_float (file, &x, 1), ==, 1);
        }
      sf_close (file);
      analysis = hear (NULL);
      common = side_spans_common (side_analysis_get_side (analysis, 0)->speech, corpus->speech[0]);
      g_assert_cmpint (analysis->duration_ms, ==, 20000);
      g_assert_cmpint (side_spans_length (common) * 100, >=, side_spans_length (side_analysis_get_side (analysis, 0)->speech) * 95);
    }
}

/* Tones */

typedef struct {
  const char *kind;
  double      hertz[3];      /* two at a time, or three one after the other for "sit" */
  double      on, off;       /* seconds */
  guint       times;
} Cadence;

static const Cadence cadences[] = {
  { "ringback", { 425 }, 0.8, 3.2, 3 },
  { "ringback", { 425 }, 1.0, 4.0, 1 },
  { "ringback", { 440, 480 }, 2.0, 4.0, 2 },
  { "busy", { 425 }, 0.4, 0.4, 6 },
  { "busy", { 480, 620 }, 0.5, 0.5, 5 },
  { "congestion", { 425 }, 0.2, 0.2, 8 },
  { "congestion", { 480, 620 }, 0.25, 0.25, 8 },
  { "dial", { 350, 440 }, 3.0, 0, 1 },
  { "sit", { 950, 1400, 1800 }, 0.33, 0, 3 },
  { "fax", { 1100 }, 0.5, 3.0, 1 },
  { "fax", { 2100 }, 3.0, 0, 1 },
  { "dtmf:5", { 770, 1336 }, 0.1, 0, 1 },
  { "dtmf:#", { 941, 1477 }, 0.08, 0, 1 },
  { "dtmf:A", { 697, 1633 }, 0.2, 0, 1 },
};

/* After 2 s, at a fifth of full scale. Returns when it ends, in seconds. */
static double
lay_tones (float         *samples,
           gsize          n,
           const Cadence *cadence)
{
  gboolean row = g_str_equal (cadence->kind, "sit");
  double end = 0;

  for (guint t = 0; t < cadence->times; t++)
    {
      double start = 2 + t * (cadence->on + cadence->off);

      end = start + cadence->on;
      for (gsize i = (gsize) (start * RATE); i < (gsize) (end * RATE) && i < n; i++)
        for (guint k = row ? t : 0; k < (row ? t + 1 : 3); k++)
          if (cadence->hertz[k] > 0)
            samples[i] += (float) (0.1 * sin (2 * G_PI * cadence->hertz[k] * (double) i / RATE));
    }
  return end;
}

static void
test_tones (void)
{
  const gsize n = 20 * RATE;
  SideRandom random;

  side_random_init (&random, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cadences); i++)
    {
      g_autofree float *samples = g_new0 (float, n);
      g_autoptr (SideAnalysis) analysis = NULL;
      g_autofree char *kind = NULL;
      const SideTone *tone;
      double end;

      side_telephone_noise (samples, n, -45, &random);
      end = lay_tones (samples, n, &cadences[i]);
      sound_corpus_write (path, ALAW, 1, samples, n);
      analysis = hear (NULL);
      g_test_message ("%u: %s", i, cadences[i].kind);
      g_assert_cmpuint (analysis->tones->len, ==, 1);
      tone = &g_array_index (analysis->tones, SideTone, 0);
      kind = side_tone_to_string (tone);
      g_assert_cmpstr (kind, ==, cadences[i].kind);
      g_assert_cmpint (ABS (tone->from_ms - 2000), <=, 40);
      g_assert_cmpint (ABS (tone->to_ms - (gint64) (end * 1000)), <=, 40);
      g_assert_cmpuint (side_analysis_get_side (analysis, 0)->speech->len, ==, 0);
      g_assert_false (side_spans_touch (analysis->conversation.dead_air, tone->from_ms, tone->to_ms));
    }
}

/* Twelve seconds on hold, between two sentences, heard by the customer alone. */
static void
test_music (void)
{
  g_autofree float *mix = dialogue ();
  g_autofree float *music = g_new0 (float, 12 * RATE);
  g_autoptr (SideAnalysis) analysis = NULL;
  const gint64 from_ms = 20000, to_ms = 32000;
  const SideTone *tone;

  side_telephone_music (music, 12 * RATE, -22);
  for (gsize i = 0; i < 12 * RATE; i++)
    {
      mix[2 * (i + 20 * RATE)] = music[i];
      mix[2 * (i + 20 * RATE) + 1] -= corpus->samples[1][i + 20 * RATE];
    }
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  g_assert_cmpuint (analysis->tones->len, ==, 1);
  tone = &g_array_index (analysis->tones, SideTone, 0);
  g_test_message ("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " ms", tone->from_ms, tone->to_ms);
  g_assert_cmpint (tone->kind, ==, SIDE_TONE_MUSIC);
  g_assert_cmpint (tone->channel, ==, 0);
  g_assert_cmpint (ABS (tone->from_ms - from_ms), <, 1000);
  g_assert_cmpint (ABS (tone->to_ms - to_ms), <, 1000);
  g_assert_false (side_spans_touch (side_analysis_get_side (analysis, 0)->speech, from_ms + 1000, to_ms - 1000));
  g_assert_false (side_spans_touch (analysis->conversation.dead_air, from_ms + 1000, to_ms - 1000));
}

/* What the PBX's events take out is neither speech nor silence. */
static void
test_masked (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (GArray) masked = side_spans_new ();
  SideAnalyseOptions options = { masked, 15000 };
  g_autoptr (SideAnalysis) analysis = NULL;

  side_spans_add (masked, 0, 30000);
  sound_corpus_write (path, WAV16, 2, mix, corpus->n);
  analysis = hear (&options);
  for (guint side = 0; side < 2; side++)
    {
      g_assert_false (side_spans_touch (side_analysis_get_side (analysis, side)->speech, 0, 30000));
      g_assert_cmpuint (side_analysis_get_side (analysis, side)->speech->len, >, 0);
    }
  g_assert_false (side_spans_touch (analysis->conversation.dead_air, 0, 30000));
  g_assert_cmpint (analysis->conversation.greeting_ms, >=, 15000);
}

/* Levels */

static void
test_loudness (void)
{
  g_autofree float *sine = g_new (float, 10 * RATE);
  g_autoptr (SideAnalysis) analysis = NULL;

  /* EBU Tech 3341: a sine of 1 kHz reads its peak level, on both loudspeakers. */
  for (gsize i = 0; i < 10 * RATE; i++)
    sine[i] = (float) (0.1 * sin (2 * G_PI * 1000 * (double) i / RATE));
  sound_corpus_write (path, WAV16, 1, sine, 10 * RATE);
  analysis = hear (NULL);
  g_assert_cmpfloat_with_epsilon (side_analysis_get_side (analysis, 0)->loudness_lufs, -20, 0.3);
}

/* Five runs, and as many at the lower ceiling of A-law; a sine that only just
 * reaches the ceiling has none. */
static void
test_clipping (void)
{
  static const int formats[] = { WAV16, ALAW, SF_FORMAT_WAV | SF_FORMAT_ULAW };

  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      g_autofree float *samples = g_new0 (float, RATE);
      g_autoptr (SideAnalysis) analysis = NULL;
      const SideOfCall *side;

      for (guint k = 1; k <= 5; k++)
        for (gsize i = 0; i < 5; i++)
          samples[k * 1000 + i] = k % 2 == 0 ? 32767 / 32768.0f : -1.0f;
      sound_corpus_write (path, formats[f], 1, samples, RATE);
      analysis = hear (NULL);
      side = side_analysis_get_side (analysis, 0);
      g_assert_cmpuint (side->clipped_runs, ==, 5);
      g_assert_cmpint (side->clipped_at_ms, ==, 125);
      g_assert_nonnull (find_flag (analysis, SIDE_SOUND_CLIPPED));
    }
}

/* The operator's words come back on the customer's line after 120 ms, 20 dB weaker. */
static void
test_echo (void)
{
  g_autofree float *mix = g_new (float, 2 * corpus->n);
  g_autoptr (SideAnalysis) analysis = NULL;
  const SideOfCall *side;
  const gsize delay = 120 * RATE / 1000;
  SideRandom random;

  side_random_init (&random, 4);
  for (gsize i = 0; i < corpus->n; i++)
    {
      mix[2 * i] = corpus->samples[0][i] + (float) (0.0005 * side_random_normal (&random));
      mix[2 * i + 1] = (float) (0.0005 * side_random_normal (&random)) + (i >= delay ? 0.1f * corpus->samples[0][i - delay] : 0);
    }
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  side = side_analysis_get_side (analysis, 1);
  g_assert_cmpint (side->echo_ms * 10, >, side_spans_length (corpus->speech[0]) * 7);
  g_assert_cmpfloat_with_epsilon (side->echo_db, -20, 3);
  g_assert_cmpint (side->echo_at_ms, !=, SIDE_ANALYSIS_UNKNOWN);
  g_assert_cmpint (side_spans_length (side->speech) * 10, <, side_spans_length (corpus->speech[0]));
  g_assert_cmpuint (analysis->conversation.talk_over->len, ==, 0);
  g_assert_cmpint (side_analysis_get_side (analysis, 0)->echo_ms, ==, 0);
  g_assert_nonnull (find_flag (analysis, SIDE_SOUND_ECHO));
}

/* Files that are none */

static void
assert_refused (const char *contents,
                gssize      length,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  g_assert_null (side_analyse_file (path, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, code);
}

static void
test_no_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (dir, "nowhere.wav", NULL);
  g_autofree char *forged = NULL;
  gsize length;

  /* A header that says two thousand million samples a second. */
  sound_corpus_write (path, WAV16, 1, corpus->samples[0], RATE);
  g_assert_true (g_file_get_contents (path, &forged, &length, NULL));
  memcpy (forged + 24, "\xff\xff\xff\x7f", 4);
  assert_refused (forged, (gssize) length, SIDE_ERROR_UNSUPPORTED);
  assert_refused ("", 0, SIDE_ERROR_CORRUPT);
  assert_refused ("Hello, this is no sound.\n", -1, SIDE_ERROR_INVALID);
  g_assert_null (side_analyse_file (nowhere, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

/* A file cut off in the middle ends there; silence and a single sample are files, too. */
static void
test_odd_files (void)
{
  g_autofree float *mix = dialogue ();
  g_autofree float *silence = g_new0 (float, 2 * 5 * RATE);
  g_autofree char *contents = NULL;
  g_autoptr (SideAnalysis) cut = NULL;
  g_autoptr (SideAnalysis) silent = NULL;
  g_autoptr (SideAnalysis) tiny = NULL;
  gsize length;

  sound_corpus_write (path, WAV16, 2, mix, corpus->n);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, (gssize) (44 + 10 * RATE * 4 + 1), NULL));
  cut = hear (NULL);
  g_assert_cmpint (cut->duration_ms, ==, 10000);
  sound_corpus_write (path, WAV16, 2, silence, 5 * RATE);
  silent = hear (NULL);
  g_assert_cmpint (silent->attribution, ==, SIDE_ATTRIBUTION_ONE_SIDED);
  g_assert_true (isnan (side_analysis_get_side (silent, 0)->loudness_lufs));
  g_assert_true (isnan (side_analysis_get_side (silent, 0)->noise_floor_dbfs));
  g_assert_cmpint (side_analysis_get_side (silent, 0)->digital_silence_ms, ==, 5000);
  g_assert_cmpuint (silent->conversation.dead_air->len, ==, 1);
  sound_corpus_write (path, WAV16, 1, silence, 1);
  tiny = hear (NULL);
  g_assert_cmpint (tiny->duration_ms, ==, 0);
}

/* In the background */

typedef struct {
  guint         calls;
  double        last;
  GCancellable *cancel;
} Progress;

static void
progress_cb (double   fraction,
             gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1);
  progress->last = fraction;
  progress->calls++;
  if (progress->cancel != NULL)
    g_cancellable_cancel (progress->cancel);
}

static void
test_async (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideAnalysis) here = NULL;
  g_autoptr (SideAnalysis) there = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *a = NULL, *b = NULL;
  Progress progress = { 0 };

  sound_corpus_write (path, WAV16, 2, mix, corpus->n);
  here = side_analyse_file (path, NULL, progress_cb, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, ==, 1);
  g_assert_cmpuint (progress.calls, >, 10);
  progress = (Progress) { 0 };
  side_analyse_file_async (path, NULL, progress_cb, &progress, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "a recording to be heard");
  there = side_analyse_file_finish (result, &error);
  g_assert_no_error (error);
  a = side_wire_analysis_to_json (here);
  b = side_wire_analysis_to_json (there);
  g_assert_cmpstr (a, ==, b);
}

static void
test_cancel (void)
{
  g_autofree float *mix = dialogue ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { .cancel = cancellable };

  sound_corpus_write (path, WAV16, 2, mix, corpus->n);
  g_assert_null (side_analyse_file (path, NULL, progress_cb, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.calls, ==, 1);
  g_clear_error (&error);
  side_analyse_file_async (path, NULL, NULL, NULL, cancellable, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the analysis to be taken back");
  g_assert_null (side_analyse_file_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* JSON */

static void
test_json (void)
{
  g_autofree float *mix = sound_corpus_mix (corpus, SOUND_NOISE_WHITE, 12, 1);
  g_autofree char *text = NULL, *again = NULL;
  g_autoptr (SideAnalysis) analysis = NULL;
  g_autoptr (SideAnalysis) copy = NULL;
  g_autoptr (GError) error = NULL;

  lay_tones (mix, 5 * RATE, &cadences[11]);
  sound_corpus_write (path, ALAW, 2, mix, corpus->n);
  analysis = hear (NULL);
  text = side_wire_analysis_to_json (analysis);
  g_assert_nonnull (strstr (text, "\"attribution\":\"measured\""));
  copy = side_wire_analysis_from_json (text, -1, &error);
  g_assert_no_error (error);
  again = side_wire_analysis_to_json (copy);
  g_assert_cmpstr (text, ==, again);
}

/* Whatever is done to the text: it is read or refused, and what was read can be written. */
static void
test_json_damaged (void)
{
  g_autofree char *text = NULL;
  g_autoptr (SideAnalysis) analysis = side_analysis_new (2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  SideTone tone = { 10, 20, SIDE_TONE_DTMF, 1, '*' };
  SideSoundFlag flag = { SIDE_SOUND_NOISY, 1, 9, 10 };
  SideTalkOver over = { 100, 900, SIDE_CHANNEL_CUSTOMER };
  gsize length;
  guint read = 0;

  g_array_append_val (analysis->tones, tone);
  g_array_append_val (analysis->flags, flag);
  g_array_append_val (analysis->conversation.talk_over, over);
  side_spans_add (analysis->conversation.dead_air, 1000, 9000);
  side_spans_add (side_analysis_get_side (analysis, 0)->speech, 100, 900);
  text = side_wire_analysis_to_json (analysis);
  length = strlen (text);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autoptr (SideAnalysis) copy = NULL;
      g_autoptr (GError) error = NULL;

      for (int k = g_rand_int_range (rand, 1, 3); k > 0; k--)
        damaged[g_rand_int_range (rand, 0, (gint32) length)] = "0123456789-.{}[]\",:nulle"[g_rand_int_range (rand, 0, 24)];
      copy = side_wire_analysis_from_json (damaged, -1, &error);
      g_assert_true ((copy == NULL) == (error != NULL));
      if (copy != NULL)
        {
          g_autofree char *again = side_wire_analysis_to_json (copy);

          g_assert_nonnull (again);
          read++;
        }
    }
  g_assert_cmpuint (read, >, 10);
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  dir = side_test_tmp_dir ();
  path = g_build_filename (dir, "call.wav", NULL);
  corpus = sound_corpus_new ("en", 30, TALK_MS);
  g_test_add_func ("/analysis/two-sides", test_two_sides);
  g_test_add_func ("/analysis/mono", test_mono);
  g_test_add_func ("/analysis/same-channels", test_same_channels);
  g_test_add_func ("/analysis/one-sided", test_one_sided);
  g_test_add_func ("/analysis/one-way", test_one_way);
  g_test_add_func ("/analysis/three-channels", test_three_channels);
  g_test_add_func ("/analysis/rates", test_rates);
  g_test_add_func ("/analysis/tones", test_tones);
  g_test_add_func ("/analysis/music", test_music);
  g_test_add_func ("/analysis/masked", test_masked);
  g_test_add_func ("/analysis/loudness", test_loudness);
  g_test_add_func ("/analysis/clipping", test_clipping);
  g_test_add_func ("/analysis/echo", test_echo);
  g_test_add_func ("/analysis/no-sound", test_no_sound);
  g_test_add_func ("/analysis/odd-files", test_odd_files);
  g_test_add_func ("/analysis/async", test_async);
  g_test_add_func ("/analysis/cancel", test_cancel);
  g_test_add_func ("/analysis/json", test_json);
  g_test_add_func ("/analysis/json-damaged", test_json_damaged);
  rc = g_test_run ();
  sound_corpus_free (corpus);
  side_test_rm_rf (dir);
  g_free (dir);
  g_free (path);
  return rc;
}
