/* test-analysis-corpus.c - how right the analysis is about dialogues it can be checked on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two dialogues, English and Russian, through four kinds of noise from 40 dB to
 * none above the noise, as A-law. Down to 10 dB, in every noise that does not
 * change, the speech, the counts and the latency must be right; below that, and
 * among other voices, only the share of right frames is watched.
 */
#include <math.h>
#include <sndfile.h>

#include "side-analyse.h"
#include "side-conversation.h"
#include "side-test.h"
#include "sound-corpus.h"

#define LENGTH_MS  150000
#define ALAW       (SF_FORMAT_WAV | SF_FORMAT_ALAW)

static const char *const languages[2] = { "en", "ru" };

typedef struct {
  char        *dir;
  char        *path;
  SoundCorpus *corpora[2];
} Fixture;

static Fixture fixture;

static void
fixture_init (void)
{
  fixture.dir = side_test_tmp_dir ();
  fixture.path = g_build_filename (fixture.dir, "call.wav", NULL);
  for (guint i = 0; i < 2; i++)
    fixture.corpora[i] = sound_corpus_new (languages[i], 36 + i, LENGTH_MS);
}

static void
fixture_clear (void)
{
  for (guint i = 0; i < 2; i++)
    sound_corpus_free (fixture.corpora[i]);
  side_test_rm_rf (fixture.dir);
  g_free (fixture.dir);
  g_free (fixture.path);
}

/* Both dialogues, one behind the other, and again with the parts changed, so
 * that the operator's latency is that of all answers: as they are and as they
 * were heard. */
typedef struct {
  GArray          *speech[2][2];   /* truth and heard, by side */
  SideConversation talk[2];
} Score;

static SideAnalysis *
analyse (const SoundCorpus *corpus,
         SoundNoise         noise,
         double             snr_db)
{
  g_autofree float *mix = sound_corpus_mix (corpus, noise, snr_db, 3);
  g_autoptr (GError) error = NULL;
  SideAnalysis *analysis;

  sound_corpus_write (fixture.path, ALAW, 2, mix, corpus->n);
  analysis = side_analyse_file (fixture.path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (analysis->duration_ms, ==, LENGTH_MS);
  return analysis;
}

static void
append_later (GArray       *spans,
              const GArray *more,
              gint64        later_ms)
{
  for (guint i = 0; i < more->len; i++)
    {
      const SideSpan *span = &g_array_index (more, SideSpan, i);

      side_spans_add (spans, span->from_ms + later_ms, span->to_ms + later_ms);
    }
}

static Score
measure (SoundNoise noise,
         double     snr_db)
{
  Score score = { 0 };
  SideAnalysis *heard[2];

  for (guint i = 0; i < 4; i++)
    score.speech[i / 2][i % 2] = side_spans_new ();
  for (guint i = 0; i < 2; i++)
    heard[i] = analyse (fixture.corpora[i], noise, snr_db);
  for (guint part = 0; part < 4; part++)
    for (guint side = 0; side < 2; side++)
      {
        guint i = part % 2, whose = part < 2 ? side : 1 - side;

        append_later (score.speech[0][side], fixture.corpora[i]->speech[whose], part * LENGTH_MS);
        append_later (score.speech[1][side], side_analysis_get_side (heard[i], whose)->speech, part * LENGTH_MS);
      }
  for (guint i = 0; i < 2; i++)
    {
      SideConversationInput input = { { score.speech[i][0], score.speech[i][1] }, NULL, 4 * LENGTH_MS, 0 };

      side_conversation_init (&score.talk[i]);
      side_conversation_measure (&score.talk[i], &input);
      side_analysis_unref (heard[i]);
    }
  return score;
}

static double
f1_of (const Score *score)
{
  gint64 common_ms = 0, all_ms = 0;

  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (GArray) common = side_spans_common (score->speech[0][side], score->speech[1][side]);

      common_ms += side_spans_length (common);
      all_ms += side_spans_length (score->speech[0][side]) + side_spans_length (score->speech[1][side]);
    }
  return 2.0 * (double) common_ms / (double) all_ms;
}

static void
score_clear (Score *score)
{
  for (guint i = 0; i < 4; i++)
    g_array_unref (score->speech[i / 2][i % 2]);
  side_conversation_clear (&score->talk[0]);
  side_conversation_clear (&score->talk[1]);
}

/* Within 5 % of what is there; of less than twenty that is all. */
static void
assert_count (const GArray *truth,
              const GArray *heard,
              const char   *what)
{
  g_test_message ("%s: %u of %u", what, heard->len, truth->len);
  g_assert_cmpuint (truth->len, >=, 6);
  g_assert_cmpuint ((guint) ABS ((int) heard->len - (int) truth->len) * 20, <=, truth->len);
}

static void
test_stationary (gconstpointer data)
{
  SoundNoise noise = (SoundNoise) GPOINTER_TO_INT (data);

  for (double snr = 40; snr >= 10; snr /= 2)
    {
      Score score = measure (noise, snr);
      double f1 = f1_of (&score);

      g_test_message ("%s noise, %.0f dB: F1 %.1f %%", sound_noise_name (noise), snr, f1 * 100);
      g_assert_cmpfloat (f1, >=, 0.97);
      assert_count (score.talk[0].dead_air, score.talk[1].dead_air, "dead air");
      assert_count (score.talk[0].talk_over, score.talk[1].talk_over, "talk-over");
      g_test_message ("median of %u latencies: %.0f ms for %.0f", score.talk[0].latency[0].n,
                      score.talk[1].latency[0].median_ms, score.talk[0].latency[0].median_ms);
      g_assert_cmpfloat_with_epsilon (score.talk[1].latency[0].median_ms, score.talk[0].latency[0].median_ms, 50);
      score_clear (&score);
    }
}

/* What is no longer promised must not get worse either. */
static void
assert_f1 (SoundNoise noise,
           double     snr_db,
           double     least)
{
  Score score = measure (noise, snr_db);

  g_test_message ("%s noise, %.0f dB: F1 %.1f %%", sound_noise_name (noise), snr_db, f1_of (&score) * 100);
  g_assert_cmpfloat (f1_of (&score), >=, least);
  score_clear (&score);
}

static void
test_loud_noise (void)
{
  assert_f1 (SOUND_NOISE_WHITE, 5, 0.95);
  assert_f1 (SOUND_NOISE_WHITE, 0, 0.90);
  assert_f1 (SOUND_NOISE_PINK, 0, 0.92);
  assert_f1 (SOUND_NOISE_HUM, 0, 0.95);
}

static void
test_other_voices (void)
{
  assert_f1 (SOUND_NOISE_BABBLE, 20, 0.97);
  assert_f1 (SOUND_NOISE_BABBLE, 10, 0.95);
  assert_f1 (SOUND_NOISE_BABBLE, 5, 0.85);
}

/* Speech-to-noise and the loudness follow what was mixed. */
static void
test_levels (void)
{
  for (double snr = 30; snr >= 0; snr -= 15)
    {
      g_autoptr (SideAnalysis) analysis = analyse (fixture.corpora[0], SOUND_NOISE_PINK, snr);

      for (guint side = 0; side < 2; side++)
        {
          const SideOfCall *figures = side_analysis_get_side (analysis, side);

          g_test_message ("%.0f dB: %.1f dB", snr, figures->snr_db);
          g_assert_cmpfloat_with_epsilon (figures->snr_db, snr, 2);
          /* The noise is a little under its mean most of the time. */
          g_assert_cmpfloat_with_epsilon (figures->noise_floor_dbfs, 20 * log10 (fixture.corpora[0]->level[side]) - snr, 4);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  fixture_init ();
  g_test_add_data_func ("/analysis-corpus/white", GINT_TO_POINTER (SOUND_NOISE_WHITE), test_stationary);
  g_test_add_data_func ("/analysis-corpus/pink", GINT_TO_POINTER (SOUND_NOISE_PINK), test_stationary);
  g_test_add_data_func ("/analysis-corpus/hum", GINT_TO_POINTER (SOUND_NOISE_HUM), test_stationary);
  g_test_add_func ("/analysis-corpus/loud-noise", test_loud_noise);
  g_test_add_func ("/analysis-corpus/other-voices", test_other_voices);
  g_test_add_func ("/analysis-corpus/levels", test_levels);
  rc = g_test_run ();
  fixture_clear ();
  return rc;
}
