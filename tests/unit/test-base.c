/* test-base.c - clocks, days, texts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-clock.h"
#include "side-error.h"
#include "side-file.h"
#include "side-test.h"
#include "side-text.h"
#include "side-time.h"

static gint64
instant (const char *iso)
{
  g_autoptr (GError) error = NULL;
  gint64 at = side_time_from_iso (iso, NULL, &error);

  g_assert_no_error (error);
  return at;
}

static void
test_day_of_25_hours (void)
{
  g_autoptr (GTimeZone) berlin = side_time_zone_new ("Europe/Berlin", NULL);
  gint64 start = side_time_day_start (berlin, instant ("2026-10-25T12:00:00Z"));

  g_assert_cmpint (start, ==, instant ("2026-10-24T22:00:00Z"));
  g_assert_cmpint (side_time_day_add (berlin, start, 1) - start, ==, 25 * SIDE_HOUR_MS);
  start = side_time_day_start (berlin, instant ("2026-03-29T12:00:00Z"));
  g_assert_cmpint (side_time_day_add (berlin, start, 1) - start, ==, 23 * SIDE_HOUR_MS);
}

/* Where clocks go back at midnight, it comes twice. */
static void
test_midnight_comes_twice (void)
{
  static const struct { const char *zone, *at, *start; } days[] = {
    { "Atlantic/Azores", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z" },
    { "Atlantic/Azores", "2026-10-25T12:00:00Z", "2026-10-25T00:00:00Z" },
    { "America/Havana", "2026-11-01T04:30:00Z", "2026-11-01T04:00:00Z" },
    { "America/Havana", "2026-11-01T20:00:00Z", "2026-11-01T04:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GTimeZone) zone = side_time_zone_new (days[i].zone, NULL);

      g_assert_cmpint (side_time_day_start (zone, instant (days[i].at)), ==, instant (days[i].start));
    }
}

static void
put (SideNewFile *file,
     const char  *text)
{
  g_assert_cmpint (write (side_new_file_get_fd (file), text, strlen (text)), ==, (gssize) strlen (text));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A new file is there when it is complete, and not a byte of it before. */
static void
test_new_file (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "new", NULL);
  g_autofree char *inside = g_build_filename (path, "inside", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SideNewFile *file = side_new_file_open (path, 0600, &error);
  GStatBuf info;
  gsize len;

  g_assert_no_error (error);
  put (file, "one");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (side_new_file_finish (file, FALSE, &error));
  side_new_file_free (file);
  g_assert_true (side_file_read (path, 3, &text, &len, &error));
  g_assert_cmpstr (text, ==, "one");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  file = side_new_file_open (path, 0600, &error);
  put (file, "two");
  g_assert_false (side_new_file_finish (file, FALSE, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (side_new_file_finish (file, TRUE, &error));
  side_new_file_free (file);
  g_clear_pointer (&text, g_free);
  g_assert_true (side_file_write (path, "three", 5, 0600, &error));
  g_assert_true (side_file_read (path, 5, &text, &len, &error));
  g_assert_cmpstr (text, ==, "three");
  g_clear_pointer (&text, g_free);
  g_assert_true (side_file_write (path, "two", 3, 0600, &error));
  file = side_new_file_open (path, 0600, &error);
  put (file, "given up");
  side_new_file_free (file);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_clear_pointer (&text, g_free);
  g_assert_true (side_file_read (path, 3, &text, &len, &error));
  g_assert_cmpstr (text, ==, "two");

  g_assert_null (side_new_file_open (folder, 0600, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (side_new_file_open (inside, 0600, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  side_test_rm_rf (folder);
}

/* Nothing is waited for, and no more read than is wanted. */
static void
test_read_file (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "pipe", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_true (side_file_is_odd (path));
  g_assert_false (side_file_read (path, 10, &text, &len, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (side_file_is_odd (plain));
  g_assert_false (side_file_read (plain, 10, &text, &len, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (plain, "0123456789", -1, NULL));
  g_assert_false (side_file_read (plain, 9, &text, &len, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_true (side_file_read (plain, 10, &text, &len, &error));
  g_assert_cmpuint (len, ==, 10);
  side_test_rm_rf (folder);
}

static void
test_iso (void)
{
  g_autofree char *text = side_time_to_iso (instant ("2026-11-21T14:32:05.123Z"));
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, "2026-11-21T14:32:05.123Z");
  g_assert_cmpint (side_time_from_iso ("the 5th", NULL, &error), ==, -1);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (side_time_zone_new ("Mars/Olympus", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_clock (void)
{
  g_autoptr (SideClock) manual = side_clock_new_manual (5);
  g_autoptr (SideClock) fast = side_clock_new_scaled (1000, 1000.0);

  side_clock_set_ms (manual, 70);
  side_clock_shift_ms (manual, 7);
  g_assert_cmpint (side_clock_now_ms (manual), ==, 77);
  g_usleep (20000);
  g_assert_cmpint (side_clock_now_ms (fast), >=, 1000 + 19000);
  g_assert_finalize_object (g_steal_pointer (&fast));
}

static void
assert_text (char       *got,
             const char *wanted)
{
  g_assert_cmpstr (got, ==, wanted);
  g_free (got);
}

static void
test_texts (void)
{
  assert_text (side_text_duration (11999), "0:11");
  assert_text (side_text_duration (3862000), "1:04:22");
  assert_text (side_text_duration (-1), "–");
  assert_text (side_text_duration_tenths (118400), "1:58.4");
  assert_text (side_text_percent (0.8302, 0), "83\302\240%");
  assert_text (side_text_percent (NAN, 0), "–");
  assert_text (side_text_phone ("79031231244", TRUE), "+7 903 •••-12-44");
  assert_text (side_text_phone ("88001232011", TRUE), "8 800 •••-20-11");
  assert_text (side_text_phone ("79031231244", FALSE), "+7 903 123-12-44");
  assert_text (side_text_phone ("441144960698", FALSE), "+44 114 496-06-98");
  assert_text (side_text_phone ("441144960698", TRUE), "+44 114 •••-06-98");
  assert_text (side_text_phone ("+35725123456", FALSE), "+357 2 512-34-56");
  assert_text (side_text_phone ("12025550143", FALSE), "+1 202 555-01-43");
  assert_text (side_text_phone ("9031231244", FALSE), "903 123-12-44");
  assert_text (side_text_phone ("201", TRUE), "201");
  assert_text (side_text_phone ("", TRUE), "–");
  assert_text (side_text_phone ("anonymous", TRUE), "anonymous");
  assert_text (side_text_money (748000, "RUB"), "7\302\240480\302\240₽");
  assert_text (side_text_money (-12345, "EUR"), "−123,45\302\240€");
  assert_text (side_text_money (132050, "GBP"), "£1,320.50");
  assert_text (side_text_money (G_MININT64, "USD"), "−$92,233,720,368,547,758.08");
  assert_text (side_text_money (500, "XTS"), "5\302\240XTS");
  assert_text (side_text_fold ("ЁЛКА и Ещё"), "елка и еще");
  assert_text (side_text_initials ("Анна Смирнова"), "АС");
}

static void
test_parse_duration (void)
{
  static const struct { const char *text; gint64 ms; } good[] = {
    { "0", 0 }, { "75", 75000 }, { "75.25", 75250 }, { "1:15,5", 75500 }, { "0:01:15.250", 75250 }, { "1.", 1000 },
    { "12:34:56.7899", 45296789 }, { "90:00", 5400000 },
  };
  static const char *const bad[] = {
    "", ":", "1:", ":5", "1:60", "1:2:3:4", "-1", "1.5x", "x", "1e3", "99999999", "1 ", "9999:00:00", ".5",
  };
  gint64 ms;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (side_text_parse_duration (good[i].text, &ms));
      g_assert_cmpint (ms, ==, good[i].ms);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (side_text_parse_duration (bad[i], &ms));
}

static void
test_redact (void)
{
  g_autofree char *one = side_redact ("Authorization: Bearer abc.def-123 next");
  g_autofree char *two = side_redact ("password=hunter2&x=1 {\"token\": \"s3cret\"}");
  g_autofree char *three = side_redact ("api_key: hunter1 key=hunter2 {\"key\":\"hunter3\"} secret-key: hunter4");
  g_autofree char *four = side_redact ("TLS certificate or key: No PEM-encoded private key found");

  g_assert_null (strstr (one, "abc.def"));
  g_assert_nonnull (strstr (one, "next"));
  g_assert_null (strstr (two, "hunter2"));
  g_assert_null (strstr (two, "s3cret"));
  g_assert_null (strstr (three, "hunter"));
  g_assert_cmpstr (four, ==, "TLS certificate or key: No PEM-encoded private key found");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day-of-25-hours", test_day_of_25_hours);
  g_test_add_func ("/base/midnight-comes-twice", test_midnight_comes_twice);
  g_test_add_func ("/base/new-file", test_new_file);
  g_test_add_func ("/base/read-file", test_read_file);
  g_test_add_func ("/base/iso", test_iso);
  g_test_add_func ("/base/clock", test_clock);
  g_test_add_func ("/base/texts", test_texts);
  g_test_add_func ("/base/parse-duration", test_parse_duration);
  g_test_add_func ("/base/redact", test_redact);
  return g_test_run ();
}
