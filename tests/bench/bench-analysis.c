/* bench-analysis.c - how many times faster than it plays a recording is heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes an hour of a two-sided call, made of a spoken dialogue with a little
 * line noise, and analyses it some times over; then three hours of it once, and
 * looks how the memory grows. Times are processor time. Prints the median ratio
 * of the hour to what it took; fails when that is under 300, or when the memory
 * grew by more than 40 MB.
 */
#include <glib.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "side-analyse.h"
#include "side-test.h"
#include "sound-corpus.h"

#define ROUNDS   5
#define MINUTES  60
#define PIECE_MS 120000
#define LIMIT    300.0
#define LIMIT_MB 40.0

static double
now (void)
{
  struct timespec at;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double) at.tv_sec + (double) at.tv_nsec / 1e9;
}

/* Megabytes, of @field: "VmHWM" or "VmRSS". */
static double
memory (const char *field)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, field);
  return line != NULL ? g_ascii_strtod (line + strlen (field) + 1, NULL) / 1024 : 0;
}

static void
write_call (const char *path,
            int         minutes)
{
  g_autoptr (SoundCorpus) corpus = sound_corpus_new ("en", 1, PIECE_MS);
  g_autofree float *mix = sound_corpus_mix (corpus, SOUND_NOISE_WHITE, 35, 1);
  SF_INFO info = { .samplerate = SOUND_CORPUS_RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);

  g_assert_nonnull (file);
  for (int i = 0; i < minutes * 60000 / PIECE_MS; i++)
    g_assert_cmpint (sf_writef_float (file, mix, (sf_count_t) corpus->n), ==, (sf_count_t) corpus->n);
  sf_close (file);
}

static double
analyse (const char *path,
         int         minutes)
{
  double started = now ();
  g_autoptr (SideAnalysis) analysis = side_analyse_file (path, NULL, NULL, NULL, NULL, NULL);

  g_assert_nonnull (analysis);
  g_assert_cmpint (analysis->duration_ms, ==, minutes * 60000);
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

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "call.wav", NULL);
  double took[ROUNDS];
  double ratio, before, grown;
  FILE *clear;

  write_call (path, MINUTES);
  for (int i = 0; i < ROUNDS; i++)
    took[i] = analyse (path, MINUTES);
  qsort (took, ROUNDS, sizeof *took, compare);
  ratio = MINUTES * 60 / took[ROUNDS / 2];
  g_print ("analysis of %d min stereo WAV: %.2f s on one core, %.0f x real time (at least %.0f): %s\n",
           MINUTES, took[ROUNDS / 2], ratio, LIMIT, ratio >= LIMIT ? "ok" : "TOO SLOW");

  write_call (path, 3 * MINUTES);
  /* proc(5): 5 sets the greatest size there was to the present one. */
  clear = fopen ("/proc/self/clear_refs", "w");
  if (clear != NULL)
    {
      fputs ("5", clear);
      fclose (clear);
    }
  before = memory ("VmRSS");
  analyse (path, 3 * MINUTES);
  grown = memory ("VmHWM") - before;
  g_print ("memory for three hours: %.1f MB more (under %.0f): %s\n", grown, LIMIT_MB, grown < LIMIT_MB ? "ok" : "TOO MUCH");
  side_test_rm_rf (dir);
  return ratio >= LIMIT && grown < LIMIT_MB ? EXIT_SUCCESS : EXIT_FAILURE;
}
