/* bench-peaks.c - what the peaks of an hour cost, beside merely reading it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes 60 minutes of two-channel 8 kHz sound, then takes turns at decoding
 * it with libsndfile alone and at making its peaks, so that whatever else the
 * machine does falls on both. Times are processor time. Prints the medians and
 * the median of the rounds' ratios; fails when that is over 2.
 */
#include <glib.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <time.h>

#include "side-peaks.h"
#include "side-test.h"

#define RATE    8000
#define MINUTES 60
#define ROUNDS  25
#define LIMIT   2.0

static double
now (void)
{
  struct timespec at;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double) at.tv_sec + (double) at.tv_nsec / 1e9;
}

static void
write_hour (const char *path)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree gint16 *minute = g_new (gint16, 2 * RATE * 60);

  g_assert_nonnull (file);
  for (int m = 0; m < MINUTES; m++)
    {
      for (int i = 0; i < RATE * 60; i++)
        {
          double loud = (i / (RATE * 5) + m) % 2 == 0 ? 9000 : 300;

          minute[2 * i] = (gint16) (loud * sin (i * 0.31) + g_rand_int_range (rand, -200, 200));
          minute[2 * i + 1] = (gint16) ((9300 - loud) * sin (i * 0.17) + g_rand_int_range (rand, -200, 200));
        }
      sf_writef_short (file, minute, RATE * 60);
    }
  sf_close (file);
}

/* Returns: seconds for reading all samples, a second at a time */
static double
bare_decode (const char *path)
{
  static gint16 samples[2 * RATE];
  double started = now ();
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  sf_count_t frames = 0;
  sf_count_t n;

  while ((n = sf_readf_short (file, samples, RATE)) > 0)
    frames += n;
  sf_close (file);
  g_assert_cmpint (frames, ==, (sf_count_t) RATE * 60 * MINUTES);
  return now () - started;
}

static double
make_peaks (const char *path)
{
  double started = now ();
  g_autoptr (SidePeaks) peaks = side_peaks_new_from_file (path, NULL, NULL);

  g_assert_nonnull (peaks);
  g_assert_cmpint (side_peaks_get_duration_ms (peaks), ==, MINUTES * 60000);
  return now () - started;
}

static double
load_kept (const char *path,
           const char *cache)
{
  double started = now ();
  g_autoptr (SidePeaks) peaks = side_peaks_new_from_cache (cache, path, NULL);

  g_assert_nonnull (peaks);
  return now () - started;
}

/* What one drawing asks for: both sides at 1500 columns. */
static double
ask (SidePeaks *peaks)
{
  static SidePeak columns[1500];
  double started = now ();

  for (guint c = 0; c < 2; c++)
    side_peaks_query (peaks, c, 0, MINUTES * 60000, G_N_ELEMENTS (columns), columns);
  return now () - started;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "hour.wav", NULL);
  g_autofree char *cache = g_build_filename (dir, "hour.peaks", NULL);
  g_autoptr (SidePeaks) peaks = NULL;
  double bare[ROUNDS];
  double made[ROUNDS];
  double kept[ROUNDS];
  double asked[ROUNDS];
  double ratios[ROUNDS];
  double ratio;

  write_hour (path);
  peaks = side_peaks_new_from_file (path, NULL, NULL);
  g_assert_true (side_peaks_save (peaks, cache, NULL));
  bare_decode (path);
  for (int i = 0; i < ROUNDS; i++)
    {
      bare[i] = bare_decode (path);
      made[i] = make_peaks (path);
      ratios[i] = made[i] / bare[i];
      kept[i] = load_kept (path, cache);
      asked[i] = ask (peaks);
    }
  side_test_rm_rf (dir);
  ratio = median (ratios);
  g_print ("peaks of %d min stereo: %.1f ms; bare libsndfile decode: %.1f ms; ratio %.2f (at most %.1f): %s\n",
           MINUTES, median (made) * 1000, median (bare) * 1000, ratio, LIMIT, ratio <= LIMIT ? "ok" : "TOO SLOW");
  g_print ("from the kept file: %.1f ms; one drawing's question (2 x 1500 columns): %.2f ms\n",
           median (kept) * 1000, median (asked) * 1000);
  return ratio <= LIMIT ? EXIT_SUCCESS : EXIT_FAILURE;
}
