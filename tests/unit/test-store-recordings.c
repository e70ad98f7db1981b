/* test-store-recordings.c - which recordings stay on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "test-store-kit.h"

static char *
make_recording (Kit        *kit,
                const char *id,
                gsize       bytes)
{
  g_autofree char *data = g_malloc0 (bytes);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (kit->dir, id, NULL);

  g_file_set_contents (path, data, (gssize) bytes, &error);
  g_assert_no_error (error);
  KIT_WAIT (kit->store, side_store_add_recording, &error, id, "call-1", "abc", path);
  g_assert_no_error (error);
  side_clock_shift_ms (kit->clock, 1000);
  return path;
}

static gboolean
has_recording (Kit        *kit,
               const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = KIT_WAIT (kit->store, side_store_find_recording, &error, id);

  g_assert_no_error (error);
  side_clock_shift_ms (kit->clock, 1000);
  return path != NULL;
}

static void
test_recordings (void)
{
  Kit kit;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;
  g_autofree char *d = NULL;
  g_autofree char *derived = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  side_store_set_recordings_limit (kit.store, 250);
  a = make_recording (&kit, "a", 100);
  b = make_recording (&kit, "b.wav", 100);
  derived = g_strconcat (b, ".peaks", NULL);
  g_assert_true (g_file_set_contents (derived, "peaks", -1, NULL));
  g_assert_true (has_recording (&kit, "a"));
  /* b is the longest unused now; there is room for two. */
  c = make_recording (&kit, "c", 100);
  g_assert_false (g_file_test (b, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (derived, G_FILE_TEST_EXISTS));
  g_assert_false (has_recording (&kit, "b.wav"));
  g_assert_true (has_recording (&kit, "a"));
  g_assert_true (has_recording (&kit, "c"));
  /* a is the longest unused, but open twice. */
  side_store_pin_recording (kit.store, "a");
  side_store_pin_recording (kit.store, "a");
  side_store_unpin_recording (kit.store, "a");
  d = make_recording (&kit, "d", 100);
  g_assert_true (g_file_test (a, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (c, G_FILE_TEST_EXISTS));
  side_store_unpin_recording (kit.store, "a");
  side_store_set_recordings_limit (kit.store, 100);
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_evict_recordings, &error), ==, 100);
  g_assert_false (g_file_test (a, G_FILE_TEST_EXISTS));
  g_assert_true (has_recording (&kit, "d"));
  /* One that was cut short behind our back is as good as none. */
  g_assert_true (g_file_set_contents (d, "x", 1, NULL));
  g_assert_false (has_recording (&kit, "d"));
  KIT_WAIT (kit.store, side_store_add_recording, &error, "e", NULL, NULL, "/nowhere/e.wav");
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  kit_clear (&kit);
}

/* After a cache was lost, its recordings are nobody's. */
static void
test_sweep (void)
{
#define KNOWN "0123456789abcdef0123456789abcdef.wav"
#define LOST  "fedcba9876543210fedcba9876543210.wav"
  static const struct { const char *name; gboolean stays; } files[] = {
    { KNOWN, TRUE }, { KNOWN ".peaks", TRUE }, { LOST, FALSE }, { LOST ".peaks", FALSE },
    { "somebody's.wav", TRUE }, { "fedcba98.wav", TRUE },
  };
  Kit kit;
  g_autofree char *known = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  known = make_recording (&kit, KNOWN, 100);
  for (gsize i = 1; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (kit.dir, files[i].name, NULL);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    }
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_sweep_recordings, &error, kit.dir), ==, 2);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (kit.dir, files[i].name, NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == files[i].stays);
    }
  kit_clear (&kit);
#undef KNOWN
#undef LOST
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/recordings", test_recordings);
  g_test_add_func ("/store/recordings-sweep", test_sweep);
  return g_test_run ();
}
