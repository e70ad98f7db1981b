/* test-hash.c - the SHA-256 of recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Held against FIPS 180-4's examples and against GLib's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "side-hash.h"
#include "side-test.h"

static void
test_known (void)
{
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree char *nothing = side_hash_get_hex (hash);
  g_autofree char *abc = NULL;
  g_autofree char *long_one = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpstr (nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  side_hash_update (hash, "abc", 3);
  abc = side_hash_get_hex (hash);
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  side_hash_reset (hash);
  for (int i = 0; i < 1000000; i++)
    side_hash_update (hash, "a", 1);
  long_one = side_hash_get_hex (hash);
  g_assert_cmpstr (long_one, ==, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  side_hash_update (hash, NULL, 0);
  again = side_hash_get_hex (hash);
  g_assert_cmpstr (again, ==, long_one);
}

/* Asked midway it goes on, whatever the pieces. */
static void
test_pieces (void)
{
  for (int round = 0; round < 50; round++)
    {
      g_autoptr (SideHash) hash = side_hash_new ();
      gsize len = (gsize) g_test_rand_int_range (0, 5000);
      g_autofree guint8 *data = g_malloc (len + 1);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      for (gsize i = 0; i < len; i++)
        data[i] = (guint8) g_test_rand_int_range (0, 256);
      for (gsize at = 0; at < len;)
        {
          gsize n = (gsize) g_test_rand_int_range (0, (gint32) MIN (300, len - at) + 1);
          g_autofree char *midway = NULL;
          g_autofree char *wanted = NULL;

          side_hash_update (hash, data + at, n);
          at += n;
          midway = side_hash_get_hex (hash);
          wanted = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, at);
          g_assert_cmpstr (midway, ==, wanted);
        }
      expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, len);
      found = side_hash_get_hex (hash);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_file (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "sound", NULL);
  g_autofree char *text = g_strnfill (700001, 'x');
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *found = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int fd, folder;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (lseek (fd, 17, SEEK_SET), ==, 17);
  found = side_hash_of_fd (fd, cancellable);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 17);
  g_cancellable_cancel (cancellable);
  g_assert_null (side_hash_of_fd (fd, cancellable));
  g_assert_cmpint (errno, ==, ECANCELED);
  close (fd);
  folder = g_open (dir, O_RDONLY | O_CLOEXEC, 0);
  g_assert_null (side_hash_of_fd (folder, NULL));
  g_assert_cmpint (errno, ==, EISDIR);
  close (folder);
  side_test_rm_rf (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/known", test_known);
  g_test_add_func ("/hash/pieces", test_pieces);
  g_test_add_func ("/hash/file", test_file);
  return g_test_run ();
}
