/* test-sound-export.c - cutting, blanking and writing recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-export.h"
#include "side-test.h"
#include "tone-file.h"

#define RATE 8000

typedef struct {
  char *folder;
  char *source;   /* 10 s, stereo, 440 Hz left, 1000 Hz right */
  char *target;
} Fixture;

static const double tones[] = { 440, 1000 };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("sidetone-export-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->source = g_build_filename (fixture->folder, "call.wav", NULL);
  fixture->target = g_build_filename (fixture->folder, "part.wav", NULL);
  tone_file_write (fixture->source, SF_FORMAT_WAV | SF_FORMAT_PCM_16, RATE, 2, 10, tones, 0.5);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->source);
  g_free (fixture->target);
}

static float *
read_all (const char *path,
          SF_INFO    *info)
{
  SNDFILE *file;
  float *samples;

  *info = (SF_INFO) { 0 };
  file = sf_open (path, SFM_READ, info);
  g_assert_nonnull (file);
  samples = g_new0 (float, (gsize) info->frames * (gsize) info->channels);
  g_assert_cmpint (sf_readf_float (file, samples, info->frames), ==, info->frames);
  sf_close (file);
  return samples;
}

static SideExported *
write_it (SideExport *export,
          const char *path)
{
  g_autoptr (GError) error = NULL;
  SideExported *exported = side_export_write (export, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (exported);
  return exported;
}

/* To the sample, bit for bit. */
static void
test_cut_is_exact (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExported) exported = NULL;
  g_autofree float *whole = NULL;
  g_autofree float *part = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  SF_INFO info;
  gsize n;

  side_export_add (export, fixture->source, 1500, 4250);
  exported = write_it (export, fixture->target);
  g_assert_cmpint (exported->length_ms, ==, 2750);
  whole = read_all (fixture->source, &info);
  part = read_all (fixture->target, &info);
  g_assert_cmpint (info.frames, ==, 2750 * RATE / 1000);
  g_assert_cmpint (memcmp (part, whole + 1500 * RATE / 1000 * 2, (gsize) info.frames * 2 * sizeof (float)), ==, 0);
  g_assert_true (g_file_get_contents (fixture->target, &bytes, &n, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, n);
  g_assert_cmpstr (hash, ==, exported->sha256);
}

static void
test_every_format (Fixture       *fixture,
                   gconstpointer  data)
{
  for (int format = SIDE_EXPORT_WAV; format <= SIDE_EXPORT_OPUS; format++)
    {
      g_autofree char *path = g_strdup_printf ("%s/part.%s", fixture->folder, side_export_format_suffix (format));
      g_autoptr (SideExport) export = side_export_new (format);
      g_autoptr (SideExported) exported = NULL;
      g_autofree float *part = NULL;
      SideExportFormat found;
      gsize second = RATE;
      SF_INFO info;

      g_assert_true (side_export_format_of (path, &found));
      g_assert_cmpint (found, ==, format);
      side_export_add (export, fixture->source, 1000, 5000);
      exported = write_it (export, path);
      part = read_all (path, &info);
      /* MP3 frames round the length up. */
      g_assert_cmpfloat (fabs ((double) info.frames / info.samplerate - 4.0), <, format == SIDE_EXPORT_MP3 ? 0.25 : 0.001);
      second = (gsize) info.samplerate;
      g_assert_cmpfloat (tone_level (part + second * 2, second, 2, 0, info.samplerate, 440), >, 0.2);
      g_assert_cmpfloat (tone_level (part + second * 2, second, 2, 1, info.samplerate, 1000), >, 0.2);
      g_assert_cmpfloat (tone_level (part + second * 2, second, 2, 0, info.samplerate, 1000), <, 0.05);
    }
}

/* A-law of the telephone line is neither blown up nor coded twice. */
static void
test_alaw_stays (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "alaw.wav", NULL);
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExported) exported = NULL;
  g_autofree float *part = NULL;
  SF_INFO info;

  tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_ALAW, RATE, 2, 2, tones, 0.5);
  side_export_add (export, path, 0, 0);
  exported = write_it (export, fixture->target);
  part = read_all (fixture->target, &info);
  g_assert_cmphex ((guint) info.format & SF_FORMAT_SUBMASK, ==, SF_FORMAT_ALAW);
  g_assert_cmpint (exported->length_ms, ==, 2000);
}

/* Not a bit of either side is left in the span, in any format, whichever way
 * it is looked at. */
static void
test_blank (Fixture       *fixture,
            gconstpointer  data)
{
  for (int format = SIDE_EXPORT_WAV; format <= SIDE_EXPORT_OPUS; format++)
    {
      g_autofree char *path = g_strdup_printf ("%s/blank.%s", fixture->folder, side_export_format_suffix (format));
      g_autoptr (SideExport) export = side_export_new (format);
      g_autoptr (SideExported) exported = NULL;
      g_autofree float *part = NULL;
      double allowed = format == SIDE_EXPORT_MP3 || format == SIDE_EXPORT_OPUS ? 0.002 : 0;
      gsize rate;
      SF_INFO info;

      side_export_add (export, fixture->source, 1000, 9000);
      side_export_blank (export, 4000, 5003);
      side_export_blank (export, 3000, 4000);
      exported = write_it (export, path);
      part = read_all (path, &info);
      rate = (gsize) info.samplerate;
      /* Lossy codecs ring a little into a span's edges; the middle is silent. */
      for (int side = 0; side < 2; side++)
        {
          gsize from = format == SIDE_EXPORT_WAV || format == SIDE_EXPORT_FLAC ? rate * 2 : rate * 22 / 10;
          gsize to = format == SIDE_EXPORT_WAV || format == SIDE_EXPORT_FLAC ? rate * 4003 / 1000 : rate * 38 / 10;
          g_assert_cmpfloat (tone_rms (part + from * 2, to - from, 2, (guint) side), <=, allowed);
        }
      g_assert_cmpfloat (tone_rms (part, rate, 2, 0), >, 0.2);
      g_assert_cmpfloat (tone_rms (part + rate * 5 * 2, rate, 2, 1), >, 0.2);
    }
}

/* The edge goes down within 5 ms, outside of the span. */
static void
test_soft_edge (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExported) exported = NULL;
  g_autofree float *whole = NULL;
  g_autofree float *part = NULL;
  SF_INFO info;

  side_export_add (export, fixture->source, 0, 0);
  side_export_blank (export, 2000, 3000);
  exported = write_it (export, fixture->target);
  whole = read_all (fixture->source, &info);
  part = read_all (fixture->target, &info);
  for (gsize i = 0; i < (gsize) info.frames * 2; i++)
    {
      gint64 frame = (gint64) i / 2;

      if (frame >= 2 * RATE && frame < 3 * RATE)
        g_assert_cmpfloat (part[i], ==, 0);
      else if (frame < 2 * RATE - RATE * 5 / 1000 || frame >= 3 * RATE + RATE * 5 / 1000)
        g_assert_cmpfloat (part[i], ==, whole[i]);
      else
        g_assert_cmpfloat (fabsf (part[i]), <=, fabsf (whole[i]) + 1e-4f);
    }
}

/* Pieces of different rates and channels, one after the other. */
static void
test_playlist (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *mono = g_build_filename (fixture->folder, "mono.wav", NULL);
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_FLAC);
  g_autoptr (SideExported) exported = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "list.flac", NULL);
  g_autofree float *part = NULL;
  gint64 second;
  SF_INFO info;

  tone_file_write (mono, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, 4, tones, 0.5);
  side_export_add (export, fixture->source, 0, 2000);
  side_export_add (export, mono, 1000, 3000);
  exported = write_it (export, path);
  g_assert_cmpuint (exported->starts_ms->len, ==, 2);
  second = g_array_index (exported->starts_ms, gint64, 1);
  g_assert_cmpint (second, ==, 2000 + SIDE_EXPORT_GAP_MS);
  g_assert_cmpint (exported->length_ms, ==, second + 2000);
  part = read_all (path, &info);
  g_assert_cmpint (info.channels, ==, 2);
  g_assert_cmpint (info.samplerate, ==, RATE);
  /* The mono piece is heard on both sides, at its own pitch. */
  for (guint side = 0; side < 2; side++)
    g_assert_cmpfloat (tone_level (part + (second + 500) * RATE / 1000 * 2, RATE, 2, side, RATE, 440), >, 0.2);
  g_assert_cmpfloat (tone_rms (part + (2000 + 100) * RATE / 1000 * 2, RATE / 2, 2, 0), ==, 0);
}

static void
test_voices_change (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExported) exported = NULL;
  g_autofree float *part = NULL;
  SF_INFO info;

  side_export_add (export, fixture->source, 0, 0);
  side_export_blank (export, 4000, 6000);
  side_export_change_voices (export, 4);
  exported = write_it (export, fixture->target);
  part = read_all (fixture->target, &info);
  g_assert_cmpint (info.frames, ==, 10 * RATE);
  g_assert_cmpfloat (tone_level (part + RATE * 2, RATE, 2, 0, RATE, 440 * pow (2, 4 / 12.0)), >, 0.15);
  g_assert_cmpfloat (tone_level (part + RATE * 2, RATE, 2, 0, RATE, 440), <, 0.05);
  g_assert_cmpfloat (tone_rms (part + RATE * 45 / 10 * 2, RATE, 2, 0), <, 0.001);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SideExport) empty = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExport) over = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExport) missing = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExport) late = side_export_new (SIDE_EXPORT_WAV);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "folder.wav", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (side_export_write (empty, fixture->target, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);

  side_export_add (over, fixture->source, 0, 0);
  g_assert_null (side_export_write (over, fixture->source, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (side_export_write (over, nowhere, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  g_clear_error (&error);

  side_export_add (missing, nowhere, 0, 0);
  g_assert_null (side_export_write (missing, fixture->target, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  side_export_add (late, fixture->source, 10000, 0);
  g_assert_null (side_export_write (late, fixture->target, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
}

static void
cancel_cb (double   fraction,
           gpointer data)
{
  g_cancellable_cancel (data);
}

/* What was there stays, and nothing half-written is left beside it. */
static void
test_cancel_leaves_nothing (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *content = NULL;
  guint n = 0;

  g_assert_true (g_file_set_contents (fixture->target, "before", -1, NULL));
  side_export_add (export, fixture->source, 0, 0);
  g_assert_null (side_export_write (export, fixture->target, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (fixture->target, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
test_in_a_thread (Fixture       *fixture,
                  gconstpointer  data)
{
  SideExport *export = side_export_new (SIDE_EXPORT_FLAC);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideExported) exported = NULL;
  g_autoptr (GError) error = NULL;
  double last = 0;

  side_export_add (export, fixture->source, 0, 0);
  side_export_write_async (export, fixture->target, progress_cb, &last, NULL, side_test_async_cb, &slot);
  result = side_test_wait_result (&slot, 30000, "the export");
  exported = side_export_write_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (exported->length_ms, ==, 10000);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* It is all there and has no name; it gets that, or is gone. */
static void
test_held (Fixture       *fixture,
           gconstpointer  data)
{
  for (int placed = 0; placed < 2; placed++)
    {
      SideExport *export = side_export_new (SIDE_EXPORT_WAV);
      GAsyncResult *slot = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideExported) exported = NULL;
      g_autoptr (GError) error = NULL;
      guint before = count_files (fixture->folder);

      side_export_add (export, fixture->source, 0, 0);
      side_export_hold_async (export, fixture->target, NULL, NULL, NULL, side_test_async_cb, &slot);
      result = side_test_wait_result (&slot, 30000, "the export");
      exported = side_export_write_finish (result, &error);
      g_assert_no_error (error);
      g_assert_nonnull (exported->sha256);
      g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
      if (placed)
        g_assert_true (side_exported_place (exported, &error));
      g_clear_pointer (&exported, side_exported_free);
      g_assert_cmpint (g_file_test (fixture->target, G_FILE_TEST_EXISTS), ==, placed);
      g_assert_cmpuint (count_files (fixture->folder), ==, before + (guint) placed);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sound/export/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("held", test_held);
  ADD ("cut", test_cut_is_exact);
  ADD ("formats", test_every_format);
  ADD ("alaw", test_alaw_stays);
  ADD ("blank", test_blank);
  ADD ("soft-edge", test_soft_edge);
  ADD ("playlist", test_playlist);
  ADD ("voices", test_voices_change);
  ADD ("refusals", test_refusals);
  ADD ("cancel", test_cancel_leaves_nothing);
  ADD ("thread", test_in_a_thread);
  return g_test_run ();
}
