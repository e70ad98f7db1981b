/* bench-formats.c - peaks and copies of each kind of file, beside the codec alone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten minutes of two-channel sound as WAV, FLAC, MP3 and Opus. Making its
 * peaks is held against decoding it with libsndfile alone; writing a copy of
 * it, which is hashed and brought to the disk too, against decoding the source
 * and encoding it with libsndfile alone. Turns are taken, so that whatever else
 * the machine does falls on both. Times are processor time.
 */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "side-export.h"
#include "side-peaks.h"
#include "side-test.h"

#define RATE         8000
#define MINUTES      10
#define ROUNDS       7
#define PEAKS_LIMIT  2.0
#define EXPORT_LIMIT 2.0

static const char *const names[] = { "WAV", "FLAC", "MP3", "Opus" };

static double
now (void)
{
  struct timespec at;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double) at.tv_sec + (double) at.tv_nsec / 1e9;
}

/* Turns of a voice-like sound over a little noise. */
static void
write_source (const char *path)
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
          double loud = (i / (RATE * 5) + m) % 2 == 0 ? 6000 : 100;
          double voice = (1 + sin (i * 0.003)) * (sin (i * 0.11) + 0.5 * sin (i * 0.23) + 0.3 * sin (i * 0.47));

          minute[2 * i] = (gint16) (loud * voice + g_rand_int_range (rand, -60, 60));
          minute[2 * i + 1] = (gint16) ((6100 - loud) * voice + g_rand_int_range (rand, -60, 60));
        }
      g_assert_cmpint (sf_writef_short (file, minute, RATE * 60), ==, RATE * 60);
    }
  sf_close (file);
}

static double
bare_decode (const char *path)
{
  static gint16 samples[2 * 48000];
  double started = now ();
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);

  g_assert_nonnull (file);
  while (sf_readf_short (file, samples, info.samplerate) > 0)
    ;
  sf_close (file);
  return now () - started;
}

/* From one file to the other, in the other's own format. */
static double
bare_encode (const char *source,
             const char *like,
             const char *path)
{
  static float samples[2 * 48000];
  double started;
  SF_INFO info = { 0 };
  SF_INFO out = { 0 };
  SNDFILE *from, *to;
  sf_count_t n;

  from = sf_open (like, SFM_READ, &out);
  g_assert_nonnull (from);
  sf_close (from);
  out.frames = out.sections = out.seekable = 0;
  started = now ();
  from = sf_open (source, SFM_READ, &info);
  to = sf_open (path, SFM_WRITE, &out);
  g_assert_nonnull (to);
  while ((n = sf_readf_float (from, samples, RATE)) > 0)
    g_assert_cmpint (sf_writef_float (to, samples, n), ==, n);
  sf_close (from);
  sf_close (to);
  return now () - started;
}

static double
make_peaks (const char *path)
{
  double started = now ();
  g_autoptr (SidePeaks) peaks = side_peaks_new_from_file (path, NULL, NULL);

  g_assert_nonnull (peaks);
  return now () - started;
}

static double
export (const char       *source,
        SideExportFormat  format,
        const char       *path)
{
  double started = now ();
  SideExport *job = side_export_new (format);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideExported) exported = NULL;

  side_export_add (job, source, 0, 0);
  exported = side_export_write (job, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (exported->length_ms - MINUTES * 60000), <, 100);
  side_export_free (job);
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

static gboolean
measure (const char       *dir,
         const char       *source,
         SideExportFormat  format)
{
  g_autofree char *path = g_strdup_printf ("%s/copy.%s", dir, side_export_format_suffix (format));
  g_autofree char *again = g_strdup_printf ("%s/again.%s", dir, side_export_format_suffix (format));
  double decoded[ROUNDS], peaks[ROUNDS], encoded[ROUNDS], exported[ROUNDS], of_peaks[ROUNDS], of_export[ROUNDS];
  double peak_ratio, export_ratio;

  export (source, format, path);
  bare_decode (path);
  for (int i = 0; i < ROUNDS; i++)
    {
      decoded[i] = bare_decode (path);
      peaks[i] = make_peaks (path);
      of_peaks[i] = peaks[i] / decoded[i];
      encoded[i] = bare_encode (source, path, again);
      exported[i] = export (source, format, again);
      of_export[i] = exported[i] / encoded[i];
    }
  peak_ratio = median (of_peaks);
  export_ratio = median (of_export);
  g_print ("%-4s peaks of %d min: %6.1f ms, bare decode %6.1f ms, ratio %.2f (at most %.1f): %s\n", names[format], MINUTES,
           median (peaks) * 1000, median (decoded) * 1000, peak_ratio, PEAKS_LIMIT, peak_ratio <= PEAKS_LIMIT ? "ok" : "TOO SLOW");
  g_print ("%-4s copy of %d min: %7.1f ms, codec alone %7.1f ms, ratio %.2f (at most %.1f): %s\n", names[format], MINUTES,
           median (exported) * 1000, median (encoded) * 1000, export_ratio, EXPORT_LIMIT,
           export_ratio <= EXPORT_LIMIT ? "ok" : "TOO SLOW");
  return peak_ratio <= PEAKS_LIMIT && export_ratio <= EXPORT_LIMIT;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *source = g_build_filename (dir, "source.wav", NULL);
  gboolean good = TRUE;

  write_source (source);
  for (guint f = SIDE_EXPORT_WAV; f <= SIDE_EXPORT_OPUS; f++)
    good = measure (dir, source, (SideExportFormat) f) && good;
  side_test_rm_rf (dir);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
