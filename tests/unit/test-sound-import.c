/* test-sound-import.c - recordings from the disk: looked at, joined, copied
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-import.h"
#include "side-test.h"
#include "tone-file.h"

#define WAV16 (SF_FORMAT_WAV | SF_FORMAT_PCM_16)

typedef struct {
  char *dir;
  char *left;     /* the operator: 440 Hz, 2 s */
  char *right;    /* the customer: 1000 Hz, 3 s */
  char *folder;   /* of what is taken over */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const double left_hz[] = { 440 };
  const double right_hz[] = { 1000 };

  f->dir = side_test_tmp_dir ();
  f->left = g_build_filename (f->dir, "call-t.wav", NULL);
  f->right = g_build_filename (f->dir, "call-r.wav", NULL);
  f->folder = g_build_filename (f->dir, "data", "imports", NULL);
  tone_file_write (f->left, WAV16, 8000, 1, 2, left_hz, 0.5);
  tone_file_write (f->right, SF_FORMAT_WAV | SF_FORMAT_ALAW, 8000, 1, 3, right_hz, 0.25);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->left);
  g_free (f->right);
  g_free (f->folder);
}

static SideImportFacts *
look (const char *first,
      const char *second)
{
  const char *paths[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  SideImportFacts *facts = side_import_look (paths, NULL, &error);

  g_assert_no_error (error);
  return facts;
}

static void
test_one (Fixture       *f,
          gconstpointer  data)
{
  const char *paths[] = { f->right, NULL };
  g_autoptr (SideImportFacts) facts = look (f->right, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *sum = NULL;
  gsize length;

  g_assert_cmpint (facts->length_ms, ==, 3000);
  g_assert_cmpuint (facts->n_channels, ==, 1);
  g_assert_cmpuint (facts->rate, ==, 8000);
  g_assert_cmpstr (facts->format, ==, "WAV, A-law");
  path = side_import_take (paths, facts->sha256, f->folder, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (path, f->folder));
  g_assert_true (g_str_has_suffix (path, ".wav"));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
  g_assert_cmpstr (sum, ==, facts->sha256);
}

/* The operator is on the left, and the shorter side ends in silence. */
static void
test_pair (Fixture       *f,
           gconstpointer  data)
{
  const char *paths[] = { f->left, f->right, NULL };
  g_autoptr (SideImportFacts) facts = look (f->left, f->right);
  g_autoptr (SideImportFacts) turned = look (f->right, f->left);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_import_take (paths, facts->sha256, f->folder, NULL, NULL, NULL, &error);
  g_autofree float *samples = g_new (float, 2 * 24000);
  SF_INFO info = { 0 };
  SNDFILE *file;

  g_assert_no_error (error);
  g_assert_cmpint (facts->length_ms, ==, 3000);
  g_assert_cmpuint (facts->n_channels, ==, 2);
  /* The same recording, whichever side is whose. */
  g_assert_cmpstr (facts->sha256, ==, turned->sha256);
  file = sf_open (path, SFM_READ, &info);
  g_assert_nonnull (file);
  g_assert_cmpint (info.channels, ==, 2);
  g_assert_cmpint (sf_readf_float (file, samples, 24000), ==, 24000);
  sf_close (file);
  g_assert_cmpfloat_with_epsilon (tone_level (samples, 16000, 2, 0, 8000, 440), 0.5, 0.01);
  g_assert_cmpfloat_with_epsilon (tone_level (samples, 24000, 2, 1, 8000, 1000), 0.25, 0.01);
  g_assert_cmpfloat (tone_rms (samples + 2 * 16000, 8000, 2, 0), ==, 0);
}

static void
test_halves_that_do_not_fit (Fixture       *f,
                             gconstpointer  data)
{
  const double hertz[] = { 440, 440 };
  g_autofree char *fast = g_build_filename (f->dir, "fast.wav", NULL);
  g_autofree char *stereo = g_build_filename (f->dir, "stereo.wav", NULL);
  const char *rates[] = { f->left, fast, NULL };
  const char *channels[] = { f->left, stereo, NULL };
  g_autoptr (GError) error = NULL;

  tone_file_write (fast, WAV16, 16000, 1, 1, hertz, 0.5);
  tone_file_write (stereo, WAV16, 8000, 2, 1, hertz, 0.5);
  g_assert_null (side_import_look (rates, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (side_import_look (channels, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Changed since it was looked at, gone, taken back: nothing stays. */
static void
test_nothing_stays (Fixture       *f,
                    gconstpointer  data)
{
  const char *paths[] = { f->left, NULL };
  const char *both[] = { f->left, f->right, NULL };
  const double hertz[] = { 500 };
  g_autoptr (SideImportFacts) facts = look (f->left, NULL);
  g_autoptr (SideImportFacts) pair = look (f->left, f->right);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancelled);
  g_assert_null (side_import_take (both, pair->sha256, f->folder, NULL, NULL, cancelled, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (side_import_take (paths, facts->sha256, f->folder, NULL, NULL, cancelled, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
  g_clear_error (&error);
  tone_file_write (f->left, WAV16, 8000, 1, 2, hertz, 0.5);
  g_assert_null (side_import_take (paths, facts->sha256, f->folder, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (side_import_take (both, pair->sha256, f->folder, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_unlink (f->left);
  g_assert_null (side_import_take (paths, facts->sha256, f->folder, NULL, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
}

static void
write_text (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "text", 4, NULL));
}

static void
test_find (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *deep = g_build_filename (f->dir, "2026", "01", "31", "14", "deep.MP3", NULL);
  g_autofree char *text = g_build_filename (f->dir, "readme.txt", NULL);
  g_autofree char *hidden = g_build_filename (f->dir, ".hidden.wav", NULL);
  g_autofree char *circle = g_build_filename (f->dir, "2026", "circle", NULL);
  const char *folder[] = { f->dir, NULL };
  const char *named[] = { text, f->left, f->dir, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) with_text = NULL;

  write_text (deep);
  write_text (text);
  write_text (hidden);
  g_assert_cmpint (symlink (f->dir, circle), ==, 0);
  found = side_import_find (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (found->pdata[0], ==, deep);
  g_assert_cmpstr (found->pdata[1], ==, f->right);
  g_assert_cmpstr (found->pdata[2], ==, f->left);
  /* Named by a person, it is taken whatever it is, and once. */
  with_text = side_import_find (named, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (with_text->len, ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sound/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("one", test_one);
  ADD ("pair", test_pair);
  ADD ("halves-that-do-not-fit", test_halves_that_do_not_fit);
  ADD ("nothing-stays", test_nothing_stays);
  ADD ("find", test_find);
#undef ADD
  return g_test_run ();
}
