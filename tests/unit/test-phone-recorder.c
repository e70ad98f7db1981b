/* test-phone-recorder.c - the recording of a test call and its time line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child that records is killed in the middle; what it leaves must be a
 * recording again, sample by sample. Another may write no more than so many
 * bytes, as on a full disk.
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <sndfile.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "side-error.h"
#include "side-phone-recorder.h"
#include "side-phone-tape.h"
#include "side-test.h"

#define RATE 16000
#define PLACE "SIDE_TEST_PHONE_FOLDER"

static void
write_numbers (SidePhoneRecorder *recorder,
               guint              from,
               guint              n)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint16 *ours = g_new (gint16, n);
  g_autofree gint16 *theirs = g_new (gint16, n);

  for (guint i = 0; i < n; i++)
    {
      ours[i] = (gint16) ((from + i) % 30000);
      theirs[i] = (gint16) -(gint16) ((from + i) % 30000);
    }
  side_phone_recorder_write (recorder, ours, theirs, n, &error);
  g_assert_no_error (error);
}

static guint
assert_numbers (const char *path)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  g_autofree short *samples = NULL;

  g_assert_nonnull (file);
  g_assert_cmpint (info.channels, ==, 2);
  g_assert_cmpint (info.samplerate, ==, RATE);
  samples = g_new (short, (gsize) info.frames * 2 + 1);
  g_assert_cmpint (sf_readf_short (file, samples, info.frames), ==, info.frames);
  for (sf_count_t i = 0; i < info.frames; i++)
    {
      g_assert_cmpint (samples[2 * i], ==, (short) (i % 30000));
      g_assert_cmpint (samples[2 * i + 1], ==, (short) -(i % 30000));
    }
  sf_close (file);
  return (guint) info.frames;
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autofree char *part = g_strconcat (path, SIDE_PHONE_RECORDER_PART, NULL);
  g_autoptr (SidePhoneRecorder) recorder = side_phone_recorder_new (path, RATE, &error);

  g_assert_no_error (error);
  for (guint at = 0; at < 3 * RATE; at += 700)
    write_numbers (recorder, at, 700);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  side_phone_recorder_finish (recorder, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (assert_numbers (path), ==, (3 * RATE + 699) / 700 * 700);

  g_assert_null (side_phone_recorder_new (path, RATE, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  side_test_rm_rf (folder);
}

/* The child: records until it is killed. */
static void
record_for_ever (void)
{
  g_autofree char *path = g_build_filename (g_getenv (PLACE), "call.wav", NULL);
  g_autofree char *sign = g_build_filename (g_getenv (PLACE), "sign", NULL);
  g_autoptr (SidePhoneRecorder) recorder = side_phone_recorder_new (path, RATE, NULL);

  g_assert_nonnull (recorder);
  for (guint at = 0; at < 10 * RATE; at += 333)
    {
      write_numbers (recorder, at, 333);
      if (at > 5 * RATE && !g_file_test (sign, G_FILE_TEST_EXISTS))
        g_file_set_contents (sign, "", 0, NULL);
    }
  for (guint i = 0; i < 600; i++)
    g_usleep (100000);
}

static gboolean
sign_is_there (gpointer sign)
{
  return g_file_test (sign, G_FILE_TEST_EXISTS);
}

static void
test_killed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autofree char *sign = g_build_filename (folder, "sign", NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) later = NULL;
  const SidePhoneRecovered *recovered;

  g_subprocess_launcher_setenv (launcher, PLACE, folder, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self, "-p", "/phone/recorder/subprocess/for-ever", "--GTestSubprocess",
                                       NULL);
  g_assert_no_error (error);
  side_test_wait_until (sign_is_there, sign, 20000, "the child to have recorded five seconds");

  /* While it lives, nobody takes its recording from it. */
  found = side_phone_recordings_recover (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 0);

  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  later = side_phone_recordings_recover (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (later->len, ==, 1);
  recovered = g_ptr_array_index (later, 0);
  g_assert_cmpstr (recovered->path, ==, path);
  g_assert_cmpint (recovered->duration_ms, >=, 5000);
  g_assert_cmpint (recovered->duration_ms, ==, (gint64) assert_numbers (path) * 1000 / RATE);
  side_test_rm_rf (folder);
}

/* What stands under the name by now is not touched; what is no recording neither. */
static void
test_recover_others (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autofree char *second = g_build_filename (folder, "call-2.wav", NULL);
  g_autofree char *other = g_build_filename (folder, "other.wav.part", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.wav", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autofree char *text = NULL;
  SidePhoneRecorder *recorder = side_phone_recorder_new (path, RATE, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;
  guint sounding = 0;

  write_numbers (recorder, 0, 1000);
  side_phone_recorder_free (recorder);
  side_phone_recorder_free (side_phone_recorder_new (empty, RATE, NULL));
  g_file_set_contents (path, "another", -1, NULL);
  g_file_set_contents (other, "no recording of ours, but long enough to hold a whole header of one", -1, NULL);
  found = side_phone_recordings_recover (folder, &error);
  g_assert_no_error (error);
  /* One with sound, and one that was begun and has none: in the order of the folder. */
  g_assert_cmpuint (found->len, ==, 2);
  for (guint i = 0; i < found->len; i++)
    {
      const SidePhoneRecovered *recovered = g_ptr_array_index (found, i);

      g_assert_cmpstr (recovered->path, ==, recovered->duration_ms > 0 ? second : empty);
      sounding += recovered->duration_ms > 0;
      g_assert_cmpint (recovered->ended_ms, >, 0);
    }
  g_assert_cmpuint (sounding, ==, 1);
  g_assert_cmpuint (assert_numbers (second), ==, 1000);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "another");
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (empty, G_FILE_TEST_EXISTS));
  none = side_phone_recordings_recover (nowhere, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  side_test_rm_rf (folder);
}

/* The child: no file may grow beyond 100000 bytes. */
static void
record_into_little_room (void)
{
  g_autofree char *path = g_build_filename (g_getenv (PLACE), "call.wav", NULL);
  g_autoptr (SidePhoneRecorder) recorder = side_phone_recorder_new (path, RATE, NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit room = { 100000, 100000 };
  g_autofree gint16 *silence = g_new0 (gint16, RATE);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  write_numbers (recorder, 0, 20000);
  g_assert_false (side_phone_recorder_write (recorder, silence, silence, RATE, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  g_clear_error (&error);
  side_phone_recorder_finish (recorder, &error);
  g_assert_no_error (error);
}

static void
test_full (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  SF_INFO info = { 0 };
  SNDFILE *file;

  g_setenv (PLACE, folder, TRUE);
  g_test_trap_subprocess ("/phone/recorder/subprocess/little-room", 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
  file = sf_open (path, SFM_READ, &info);
  g_assert_nonnull (file);
  sf_close (file);
  g_assert_cmpint (info.frames, >=, 20000);
  g_assert_cmpint (info.frames, <=, (100000 - 44) / 4);
  side_test_rm_rf (folder);
}

/* What was laid down with gaps, out of order and wavering comes off as one time line. */
static void
test_tape (void)
{
  g_autoptr (SidePhoneTape) tape = side_phone_tape_new ();
  gint16 block[320], ours[4000], theirs[4000];

  for (guint i = 0; i < 320; i++)
    block[i] = 1000;
  for (gint64 i = 0; i < 5; i++)
    side_phone_tape_put (tape, SIDE_PHONE_OURS, i * 20000000, block, 320);
  /* 7 ms early, 9 ms late: still without a seam. */
  side_phone_tape_put (tape, SIDE_PHONE_THEIRS, 40000000, block, 320);
  side_phone_tape_put (tape, SIDE_PHONE_THEIRS, 53000000, block, 320);
  side_phone_tape_put (tape, SIDE_PHONE_THEIRS, 89000000, block, 320);
  /* 100 ms later: a gap. */
  side_phone_tape_put (tape, SIDE_PHONE_THEIRS, 200000000, block, 320);
  g_assert_cmpuint (side_phone_tape_take (tape, 250000000, ours, theirs, 4000), ==, 4000);
  for (guint i = 0; i < 4000; i++)
    {
      g_assert_cmpint (ours[i], ==, i < 1600 ? 1000 : 0);
      g_assert_cmpint (theirs[i], ==, (i >= 640 && i < 1600) || (i >= 3200 && i < 3520) ? 1000 : 0);
    }
  /* What comes after its time is counted, and harms nothing. */
  side_phone_tape_put (tape, SIDE_PHONE_THEIRS, 0, block, 320);
  g_assert_cmpuint (side_phone_tape_get_lost (tape, SIDE_PHONE_THEIRS), ==, 320);
  g_assert_cmpuint (side_phone_tape_get_lost (tape, SIDE_PHONE_OURS), ==, 0);
  g_assert_cmpuint (side_phone_tape_take (tape, 300000000, ours, theirs, 4000), ==, 800);
  g_assert_cmpint (theirs[0], ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/recorder/whole", test_whole);
  g_test_add_func ("/phone/recorder/killed", test_killed);
  g_test_add_func ("/phone/recorder/subprocess/for-ever", record_for_ever);
  g_test_add_func ("/phone/recorder/recover-others", test_recover_others);
  g_test_add_func ("/phone/recorder/full", test_full);
  g_test_add_func ("/phone/recorder/subprocess/little-room", record_into_little_room);
  g_test_add_func ("/phone/tape", test_tape);
  return g_test_run ();
}
