/* test-recording-name.c - names of recordings as exchanges write them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-error.h"
#include "side-recording-name.h"
#include "side-time.h"

/* 2026-01-31 14:25:30 in Moscow, three hours before UTC. */
#define AT_MS G_GINT64_CONSTANT (1769858730000)

static void
check_said (const SideRecordingName *said,
            gint64                   at_ms,
            const char              *number,
            const char              *agent,
            const char              *queue,
            SideDirection            direction)
{
  g_assert_nonnull (said);
  g_assert_cmpint (said->at_ms, ==, at_ms);
  g_assert_cmpstr (said->number, ==, number);
  g_assert_cmpstr (said->agent, ==, agent);
  g_assert_cmpstr (said->queue, ==, queue);
  g_assert_cmpint (said->direction, ==, direction);
}

static void
test_exchanges (void)
{
  static const struct {
    const char *name, *number, *agent, *queue;
    SideDirection direction;
    gint64 at_ms;
  } names[] = {
    { "q-600-79161234567-20260131-142530-1769858730.123", "79161234567", NULL, "600", SIDE_DIRECTION_INCOMING, AT_MS },
    { "q-sneakers-orders-79161234567-20260131-142530-1769858730.123", "79161234567", NULL, "sneakers-orders",
      SIDE_DIRECTION_INCOMING, AT_MS },
    { "q-600-anonymous-20260131-142530-1769858730.123", NULL, NULL, "600", SIDE_DIRECTION_INCOMING, AT_MS },
    { "rg-601-+79161234567-20260131-142530-1769858730.123", "+79161234567", NULL, "601", SIDE_DIRECTION_INCOMING, AT_MS },
    { "in-74951234567-79161234567-20260131-142530-1769858730.5", "79161234567", NULL, NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "external-201-79161234567-20260131-142530-1769858730.5", "79161234567", "201", NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "out-89161234567-201-20260131-142530-1769858730.5", "89161234567", "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "exten-202-201-20260131-142530-1769858730.5", "201", "202", NULL, SIDE_DIRECTION_INTERNAL, AT_MS },
    { "exten-201-79161234567-20260131-142530-1769858730.5", "79161234567", "201", NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "force-79161234567-201-20260131-142530-1769858730.5", "79161234567", "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "force-201-79161234567-20260131-142530-1769858730.5", "79161234567", "201", NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "q-600-unknown-20260131-142530-1769858730.123", NULL, NULL, "600", SIDE_DIRECTION_INCOMING, AT_MS },
    { "internal-202-201-20260131-142530-1769858730.5", "201", "202", NULL, SIDE_DIRECTION_INTERNAL, AT_MS },
    { "OUT201-20260131-142530-1769858730.44", NULL, "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "mikopbx-1769858730.3_NGlxLC", NULL, NULL, NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "mix_79161234567_201__2026_01_31__14_25_30_123", "79161234567", "201", NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "mix_201_79161234567__2026_01_31__14_25_30_123", "79161234567", "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "[Anna Smirnova]_79161234567-201_20260131142530(8)", "79161234567", "201", NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "[]_201-79161234567_20260131142530(2)", "79161234567", "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "[79161234567]_79161234567-201_20260131142530(3)", "79161234567", "201", NULL, SIDE_DIRECTION_INCOMING, AT_MS },
    { "[Anna Smirnova]_201-79161234567_20260131142530(8)", "79161234567", "201", NULL, SIDE_DIRECTION_OUTGOING, AT_MS },
    { "20260131-142530-79161234567-201-1769858730.123", "79161234567", "201", NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "20260131-142530-79161234567-201", "79161234567", "201", NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "2026-01-31_14-25-30_79161234567_201", "79161234567", "201", NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "31.01.2026_14.25.30_79161234567", "79161234567", NULL, NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "1769858730.123", NULL, NULL, NULL, SIDE_DIRECTION_NONE, AT_MS },
    { "20260131-142530-1769858730.123", NULL, NULL, NULL, SIDE_DIRECTION_NONE, AT_MS },
  };
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SideRecordingName) said = side_recording_name_guess (names[i].name, zone);

      g_test_message ("%s", names[i].name);
      check_said (said, names[i].at_ms, names[i].number, names[i].agent, names[i].queue, names[i].direction);
    }
}

static void
test_strangers (void)
{
  static const char *const names[] = {
    "", "call", "Запись разговора", "q-600", "q-600-79161234567-20261331-142530-1", "q-600-79161234567-20260230-142530-1",
    "out-1-2-3-4-5", "\xff\xfe", "2026-01.31_14-25-30_79161234567",
  };
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  g_autofree char *endless = g_strnfill (4000, '-');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_null (side_recording_name_guess (names[i], zone));
    }
  g_assert_null (side_recording_name_guess (endless, zone));
}

static void
test_own_pattern (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideNamePattern) pattern = side_name_pattern_new ("{operator} ({direction}) {number} [{date} {time}].{any}",
                                                               &error);
  g_autoptr (SideRecordingName) said = NULL;
  g_autoptr (SideRecordingName) evening = NULL;

  g_assert_no_error (error);
  said = side_name_pattern_match (pattern, "Анна Смирнова (ВХ) 89161234567 [31-01-2026 14:25:30].v2", zone);
  check_said (said, AT_MS, "89161234567", "Анна Смирнова", NULL, SIDE_DIRECTION_INCOMING);
  g_assert_null (side_name_pattern_match (pattern, "Анна Смирнова 89161234567 [31-01-2026 14:25:30].v2", zone));
  /* Brackets, dots and stars mean themselves. */
  g_clear_pointer (&pattern, side_name_pattern_free);
  pattern = side_name_pattern_new ("a.b*[c]{date}", &error);
  g_assert_no_error (error);
  g_assert_null (side_name_pattern_match (pattern, "axb*[c]20260131", zone));
  evening = side_name_pattern_match (pattern, "A.B*[C]20260131", zone);
  g_assert_cmpint (evening->at_ms, ==, AT_MS - ((14 * 60 + 25) * 60 + 30) * 1000);
}

static void
test_bad_patterns (void)
{
  static const char *const texts[] = {
    "", "{", "{date", "{dates}", "{}", "{number}-{number}", "{any}{any}{any}{any}{any}{any}{any}{any}{any}", "\xff",
  };
  g_autofree char *endless = g_strnfill (300, 'a');
  g_autoptr (GError) too_long = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (side_name_pattern_new (texts[i], &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  g_assert_null (side_name_pattern_new (endless, &too_long));
  g_assert_error (too_long, SIDE_ERROR, SIDE_ERROR_INVALID);
}

/* As many places that take anything as may stand in one, and a name that only
 * fails at its last letter: an answer comes all the same. */
static void
test_no_endless_trying (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (SideNamePattern) pattern = side_name_pattern_new ("{any}-{any}-{any}-{any}-{any}-{any}-{operator}-{queue}!", NULL);
  g_autofree char *name = g_strnfill (255, '-');
  gint64 began_us = g_get_monotonic_time ();

  g_assert_null (side_name_pattern_match (pattern, name, zone));
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 20 * G_USEC_PER_SEC);
}

static void
test_halves (void)
{
  static const struct { const char *name, *common; SideNameHalf half; } names[] = {
    { "q-600-7916-r", "q-600-7916", SIDE_NAME_HALF_RECEIVED }, { "q-600-7916-t", "q-600-7916", SIDE_NAME_HALF_SENT },
    { "call_IN", "call", SIDE_NAME_HALF_RECEIVED }, { "call_out", "call", SIDE_NAME_HALF_SENT },
    { "call-rx", "call", SIDE_NAME_HALF_RECEIVED }, { "call-tx", "call", SIDE_NAME_HALF_SENT },
    { "call", "call", SIDE_NAME_HALF_NONE }, { "-r", "-r", SIDE_NAME_HALF_NONE }, { "", "", SIDE_NAME_HALF_NONE },
    { "quarter", "quarter", SIDE_NAME_HALF_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *common = NULL;

      g_assert_cmpint (side_recording_name_half (names[i].name, &common), ==, names[i].half);
      g_assert_cmpstr (common, ==, names[i].common);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-name/exchanges", test_exchanges);
  g_test_add_func ("/recording-name/strangers", test_strangers);
  g_test_add_func ("/recording-name/own-pattern", test_own_pattern);
  g_test_add_func ("/recording-name/bad-patterns", test_bad_patterns);
  g_test_add_func ("/recording-name/no-endless-trying", test_no_endless_trying);
  g_test_add_func ("/recording-name/halves", test_halves);
  return g_test_run ();
}
