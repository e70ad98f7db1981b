/* test-sound-peaks.c - peaks of every kind of file, kept and asked for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <utime.h>

#include "side-test.h"
#include "side-error.h"
#include "side-peaks.h"
#include "tone-file.h"

#define WAV16 (SF_FORMAT_WAV | SF_FORMAT_PCM_16)

typedef struct {
  char *dir;
  char *path;
  char *cache;
} Fixture;

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "call.wav", NULL);
  f->cache = g_build_filename (f->dir, "call.peaks", NULL);
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
  g_free (f->cache);
}

/* Two seconds: a tone, then silence on the left; a tone all through on the right. */
static void
write_half_silent (const char *path)
{
  SF_INFO info = { .samplerate = 8000, .channels = 2, .format = WAV16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  gint16 samples[2 * 16000];

  for (int i = 0; i < 16000; i++)
    {
      samples[2 * i] = i < 8000 ? (gint16) (16000 * sin (2 * G_PI * 500 * i / 8000.0)) : 0;
      samples[2 * i + 1] = (gint16) (8000 * sin (2 * G_PI * 250 * i / 8000.0));
    }
  g_assert_cmpint (sf_writef_short (file, samples, 16000), ==, 16000);
  sf_close (file);
}

static void
test_values (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePeaks) peaks = NULL;
  SidePeak at[4];

  write_half_silent (f->path);
  peaks = side_peaks_new_from_file (f->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (side_peaks_get_n_channels (peaks), ==, 2);
  g_assert_cmpuint (side_peaks_get_rate (peaks), ==, 8000);
  g_assert_cmpint (side_peaks_get_duration_ms (peaks), ==, 2000);
  side_peaks_query (peaks, 0, 0, 2000, 4, at);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpint (at[i].max, ==, 16000);
      g_assert_cmpint (at[i].min, ==, -16000);
      g_assert_cmpint (ABS (at[i].rms - 11314), <=, 5);
    }
  for (int i = 2; i < 4; i++)
    g_assert_true (at[i].min == 0 && at[i].max == 0 && at[i].rms == 0);
  side_peaks_query (peaks, 1, 0, 2000, 4, at);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (ABS (at[i].rms - 5657), <=, 5);
}

/* What the finest cells say, computed the slow way. */
static SidePeak
slow_peak (const gint16 *samples,
           gsize         from,
           gsize         to,
           guint         n_channels,
           guint         channel)
{
  SidePeak peak = { G_MAXINT16, G_MININT16, 0 };
  double squares = 0;

  for (gsize i = from; i < to; i++)
    {
      gint16 v = samples[i * n_channels + channel];

      peak.min = MIN (peak.min, v);
      peak.max = MAX (peak.max, v);
      squares += (double) v * v;
    }
  peak.rms = (gint16) MIN (sqrt (squares / (double) (to - from)) + 0.5, 32767);
  return peak;
}

static void
check_against_slow (Fixture *f,
                    int      rate,
                    guint    n_channels)
{
  SF_INFO info = { .samplerate = rate, .channels = (int) n_channels, .format = WAV16 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17 + n_channels);
  gsize n = (gsize) rate * 3 + 77;
  g_autofree gint16 *samples = g_new (gint16, n * n_channels);
  g_autoptr (SidePeaks) peaks = NULL;
  SNDFILE *file = sf_open (f->path, SFM_WRITE, &info);

  for (gsize i = 0; i < n * n_channels; i++)
    samples[i] = (gint16) g_rand_int_range (rand, G_MININT16, G_MAXINT16 + 1);
  g_assert_cmpint (sf_writef_short (file, samples, (sf_count_t) n), ==, n);
  sf_close (file);
  peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  g_assert_nonnull (peaks);
  for (guint c = 0; c < n_channels; c++)
    for (gsize cell = 0; cell < 300; cell++)
      {
        SidePeak slow = slow_peak (samples, cell * (gsize) rate / 100, (cell + 1) * (gsize) rate / 100, n_channels, c);
        SidePeak got;

        side_peaks_query (peaks, c, (gint64) cell * 10, (gint64) cell * 10 + 10, 1, &got);
        g_assert_cmpint (got.min, ==, slow.min);
        g_assert_cmpint (got.max, ==, slow.max);
        g_assert_cmpint (ABS (got.rms - slow.rms), <=, 1);
      }
}

static void
test_every_layout (Fixture       *f,
                   gconstpointer  data)
{
  /* One, two and four channels go eight samples at a time, three do not;
   * 11025 and 22050 Hz have cells of changing length. */
  check_against_slow (f, 8000, 1);
  check_against_slow (f, 8000, 2);
  check_against_slow (f, 11025, 1);
  check_against_slow (f, 22050, 3);
  check_against_slow (f, 44100, 4);
}

static void
test_levels (Fixture       *f,
             gconstpointer  data)
{
  SF_INFO info = { .samplerate = 8000, .channels = 1, .format = WAV16 };
  g_autofree gint16 *samples = g_new0 (gint16, 8000 * 600);
  g_autoptr (SidePeaks) peaks = NULL;
  SidePeak wide[10];
  SidePeak all;
  SNDFILE *file = sf_open (f->path, SFM_WRITE, &info);

  /* Ten minutes of silence with one click in the seventh: no level may lose it. */
  samples[8000 * 385] = 30000;
  samples[8000 * 386] = -20000;
  sf_writef_short (file, samples, 8000 * 600);
  sf_close (file);
  peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  side_peaks_query (peaks, 0, 0, 600000, 10, wide);
  for (int i = 0; i < 10; i++)
    {
      g_assert_cmpint (wide[i].max, ==, i == 6 ? 30000 : 0);
      g_assert_cmpint (wide[i].min, ==, i == 6 ? -20000 : 0);
    }
  side_peaks_query (peaks, 0, 0, 600000, 1, &all);
  g_assert_cmpint (all.max, ==, 30000);
  /* Outside the recording there is nothing. */
  side_peaks_query (peaks, 0, 600000, 660000, 1, &all);
  g_assert_cmpint (all.max, ==, 0);
  side_peaks_query (peaks, 0, -5000, -1000, 1, &all);
  g_assert_cmpint (all.max, ==, 0);
}

static void
test_formats (Fixture       *f,
              gconstpointer  data)
{
  static const struct { const char *name; int format; int channels; int rate; int slack_ms; } kinds[] = {
    { "pcm16.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, 8000, 0 },
    { "pcm24.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 1, 16000, 0 },
    { "float.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 2, 48000, 0 },
    { "alaw.wav", SF_FORMAT_WAV | SF_FORMAT_ALAW, 2, 8000, 0 },
    { "mulaw.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 1, 8000, 0 },
    { "gsm.wav", SF_FORMAT_WAV | SF_FORMAT_GSM610, 1, 8000, 40 },
    { "call.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 2, 8000, 0 },
    { "call.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 2, 16000, 5 },
    { "call.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 2, 16000, 5 },
    { "call.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 2, 16000, 150 },
  };
  static const double hertz[] = { 400, 400 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (f->dir, kinds[i].name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SidePeaks) peaks = NULL;
      SidePeak middle;

      g_test_message ("%s", kinds[i].name);
      tone_file_write (path, kinds[i].format, kinds[i].rate, kinds[i].channels, 2, hertz, 0.5);
      peaks = side_peaks_new_from_file (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (side_peaks_get_n_channels (peaks), ==, (guint) kinds[i].channels);
      g_assert_cmpint (ABS (side_peaks_get_duration_ms (peaks) - 2000), <=, kinds[i].slack_ms);
      side_peaks_query (peaks, (guint) kinds[i].channels - 1, 500, 1500, 1, &middle);
      /* Half of full scale: 16384, and 11585 RMS; lossy coders may miss by a tenth. */
      g_assert_cmpint (ABS (middle.rms - 11585), <, 1200);
      g_assert_cmpint (ABS (middle.max - 16384), <, 2500);
    }
}

static void
test_unreadable (Fixture       *f,
                 gconstpointer  data)
{
  static const struct { const char *content; gssize len; int code; } kinds[] = {
    { "Dear colleague, this is a text and no recording.\n", -1, SIDE_ERROR_INVALID },
    { "", 0, SIDE_ERROR_CORRUPT },
    { "RIFF\x24\0\0\0WAVEfmt ", 16, SIDE_ERROR_CORRUPT },
    { "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0", 44, SIDE_ERROR_CORRUPT },
  };
  g_autofree char *fifo = g_build_filename (f->dir, "fifo.wav", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SidePeaks) peaks = NULL;

      g_assert_true (g_file_set_contents (f->path, kinds[i].content, kinds[i].len, NULL));
      peaks = side_peaks_new_from_file (f->path, NULL, &error);
      g_assert_null (peaks);
      g_assert_error (error, SIDE_ERROR, kinds[i].code);
      g_assert_nonnull (strstr (error->message, "call.wav"));
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (side_peaks_new_from_file ("/nonexistent/call.wav", NULL, &error));
    g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  }
  {
    g_autoptr (GError) error = NULL;

    /* Opening a FIFO would wait for ever. */
    g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
    g_assert_null (side_peaks_new_from_file (fifo, NULL, &error));
    g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  }
}

static void
test_cut_off (Fixture       *f,
              gconstpointer  data)
{
  static const double hertz[] = { 400, 700 };
  g_autofree char *flac = g_build_filename (f->dir, "call.flac", NULL);
  g_autofree char *bytes = NULL;
  gsize len;
  g_autoptr (SidePeaks) wav_peaks = NULL;
  g_autoptr (SidePeaks) flac_peaks = NULL;

  /* A file cut in the middle shows what it holds. */
  tone_file_write (f->path, WAV16, 8000, 2, 4, hertz, 0.5);
  g_assert_true (g_file_get_contents (f->path, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) (44 + 32000 + 1), NULL));
  wav_peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  g_assert_nonnull (wav_peaks);
  g_assert_cmpint (side_peaks_get_duration_ms (wav_peaks), ==, 1000);
  g_clear_pointer (&bytes, g_free);

  tone_file_write (flac, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000, 2, 8, hertz, 0.5);
  g_assert_true (g_file_get_contents (flac, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (flac, bytes, (gssize) len / 2, NULL));
  flac_peaks = side_peaks_new_from_file (flac, NULL, NULL);
  g_assert_nonnull (flac_peaks);
  g_assert_cmpint (side_peaks_get_duration_ms (flac_peaks), >, 1000);
  g_assert_cmpint (side_peaks_get_duration_ms (flac_peaks), <, 7000);
}

static SidePeaks *
load (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SidePeaks *peaks;

  side_peaks_load_async (f->path, f->cache, NULL, NULL, NULL, side_test_async_cb, &result);
  peaks = side_peaks_load_finish (side_test_wait_result (&result, 10000, "the peaks"), &error);
  g_assert_no_error (error);
  return peaks;
}

static void
assert_same (SidePeaks *a,
             SidePeaks *b)
{
  SidePeak of_a[200];
  SidePeak of_b[200];

  g_assert_cmpuint (side_peaks_get_n_channels (a), ==, side_peaks_get_n_channels (b));
  g_assert_cmpint (side_peaks_get_duration_ms (a), ==, side_peaks_get_duration_ms (b));
  for (guint c = 0; c < side_peaks_get_n_channels (a); c++)
    {
      side_peaks_query (a, c, 0, side_peaks_get_duration_ms (a), 200, of_a);
      side_peaks_query (b, c, 0, side_peaks_get_duration_ms (b), 200, of_b);
      g_assert_cmpmem (of_a, sizeof of_a, of_b, sizeof of_b);
    }
}

static void
test_cache (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SidePeaks) computed = NULL;
  g_autoptr (SidePeaks) kept = NULL;
  g_autoptr (SidePeaks) loaded = NULL;
  g_autoptr (GError) error = NULL;

  write_half_silent (f->path);
  computed = load (f);
  g_assert_true (g_file_test (f->cache, G_FILE_TEST_EXISTS));
  kept = side_peaks_new_from_cache (f->cache, f->path, &error);
  g_assert_no_error (error);
  assert_same (computed, kept);
  loaded = load (f);
  assert_same (computed, loaded);
}

static void
test_cache_stale (Fixture       *f,
                  gconstpointer  data)
{
  static const double hertz[] = { 400 };
  struct utimbuf past = { 1000000000, 1000000000 };
  g_autoptr (SidePeaks) first = NULL;
  g_autoptr (SidePeaks) second = NULL;
  g_autoptr (GError) error = NULL;

  write_half_silent (f->path);
  first = load (f);
  tone_file_write (f->path, WAV16, 8000, 1, 3, hertz, 0.5);
  g_assert_null (side_peaks_new_from_cache (f->cache, f->path, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  second = load (f);
  g_assert_cmpuint (side_peaks_get_n_channels (second), ==, 1);
  g_assert_cmpint (side_peaks_get_duration_ms (second), ==, 3000);
  /* The same length at another time is another file, too. */
  g_assert_cmpint (utime (f->path, &past), ==, 0);
  g_clear_error (&error);
  g_assert_null (side_peaks_new_from_cache (f->cache, f->path, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
}

static void
test_cache_damaged (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (SidePeaks) good = NULL;
  g_autoptr (SidePeaks) again = NULL;
  g_autoptr (SidePeaks) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize len;

  write_half_silent (f->path);
  good = load (f);
  g_assert_true (g_file_get_contents (f->cache, &bytes, &len, NULL));
  /* Every length short of the whole, and one flipped bit in every 13th byte. */
  for (gsize cut = 0; cut < len; cut += 97)
    {
      g_assert_true (g_file_set_contents (f->cache, bytes, (gssize) cut, NULL));
      g_assert_null (side_peaks_new_from_cache (f->cache, f->path, NULL));
    }
  for (gsize at = 0; at < len; at += 13)
    {
      bytes[at] ^= 4;
      g_assert_true (g_file_set_contents (f->cache, bytes, (gssize) len, NULL));
      g_assert_null (side_peaks_new_from_cache (f->cache, f->path, NULL));
      bytes[at] ^= 4;
    }
  again = load (f);
  assert_same (good, again);
  kept = side_peaks_new_from_cache (f->cache, f->path, NULL);
  g_assert_nonnull (kept);
  bytes[8] = 9;
  g_assert_true (g_file_set_contents (f->cache, bytes, (gssize) len, NULL));
  g_assert_null (side_peaks_new_from_cache (f->cache, f->path, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NEWER);
}

static void
test_cache_not_writable (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (SidePeaks) peaks = NULL;
  g_autoptr (GError) error = NULL;

  write_half_silent (f->path);
  g_free (f->cache);
  f->cache = g_build_filename (f->dir, "no-such-folder", "call.peaks", NULL);
  peaks = load (f);
  g_assert_nonnull (peaks);
  g_assert_false (side_peaks_save (peaks, f->cache, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == SIDE_ERROR);
}

typedef struct {
  guint         calls;
  double        last;
  gboolean      finished;
  GCancellable *cancel_at_first;
} Progress;

static void
progress_cb (double   fraction,
             gpointer data)
{
  Progress *progress = data;

  g_assert_false (progress->finished);
  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1);
  progress->last = fraction;
  progress->calls++;
  if (progress->cancel_at_first != NULL)
    g_cancellable_cancel (progress->cancel_at_first);
}

static void
write_long (const char *path)
{
  SF_INFO info = { .samplerate = 8000, .channels = 2, .format = WAV16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autofree gint16 *minute = g_new0 (gint16, 2 * 8000 * 60);

  for (int i = 0; i < 60; i++)
    sf_writef_short (file, minute, 8000 * 60);
  sf_close (file);
}

static void
test_progress (Fixture       *f,
               gconstpointer  data)
{
  Progress progress = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SidePeaks) peaks = NULL;

  write_long (f->path);
  side_peaks_load_async (f->path, NULL, progress_cb, &progress, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the peaks of an hour");
  progress.finished = TRUE;
  peaks = side_peaks_load_finish (result, NULL);
  g_assert_cmpint (side_peaks_get_duration_ms (peaks), ==, 3600000);
  g_assert_cmpuint (progress.calls, >, 0);
  side_test_run_for (20);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Progress progress = { .cancel_at_first = cancellable };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  write_long (f->path);
  side_peaks_load_async (f->path, f->cache, progress_cb, &progress, cancellable, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the cancelled peaks");
  g_assert_null (side_peaks_load_finish (result, &error));
  g_assert_true (side_error_is_cancelled (error));
  g_assert_cmpuint (progress.calls, ==, 1);
  g_assert_false (g_file_test (f->cache, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sound/peaks/" name, Fixture, NULL, setup, func, teardown)
  ADD ("values", test_values);
  ADD ("every-layout", test_every_layout);
  ADD ("levels", test_levels);
  ADD ("formats", test_formats);
  ADD ("unreadable", test_unreadable);
  ADD ("cut-off", test_cut_off);
  ADD ("cache", test_cache);
  ADD ("cache-stale", test_cache_stale);
  ADD ("cache-damaged", test_cache_damaged);
  ADD ("cache-not-writable", test_cache_not_writable);
  ADD ("progress", test_progress);
  ADD ("cancel", test_cancel);
#undef ADD
  return g_test_run ();
}
