/* test-alerts.c - alerts: hysteresis, lasting, hours, silence
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-alerts.h"
#include "side-error.h"
#include "side-test.h"
#include "side-time.h"

/* Monday, 16 November 2026, 12:00 in Moscow. */
#define NOON G_GINT64_CONSTANT (1794819600000)

typedef struct {
  SideBoard     *board;
  SideAlertRule *rule;
  GPtrArray     *rules;
  SideAlerts    *alerts;
  GString       *told;
} Place;

static void
told_cb (const SideAlert *alert,
         SideAlertLevel   before,
         gpointer         data)
{
  g_string_append_printf (data, "%s>%s%s ", side_alert_level_to_string (before), side_alert_level_to_string (alert->level),
                          alert->ended_ms != 0 ? ">over" : "");
}

static void
set_up (Place         *place,
        gconstpointer  zone)
{
  g_autoptr (SideProject) project = side_project_new ("tea", "Tea", zone != NULL ? zone : "Europe/Moscow", NULL);

  side_project_add_queue (project, "tea-orders", "Orders", 30000);
  place->board = side_board_new ();
  side_board_add_project (place->board, project);
  place->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  place->rule = side_alert_rule_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", SIDE_ALERT_WAITING);
  g_ptr_array_add (place->rules, place->rule);
  place->alerts = side_alerts_new (place->rules);
  place->told = g_string_new (NULL);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  side_alerts_free (place->alerts);
  g_ptr_array_unref (place->rules);
  g_object_unref (place->board);
  g_string_free (place->told, TRUE);
}

static SideBoardProject *
tea (Place *place)
{
  return side_board_get_project (place->board, "tea");
}

static void
look (Place  *place,
      gint64  at_ms)
{
  side_alerts_look (place->alerts, tea (place), side_board_project_get_gap_ms (tea (place), NULL), at_ms, told_cb, place->told);
}

static void
expect (Place      *place,
        const char *told)
{
  g_assert_cmpstr (place->told->str, ==, told);
  g_string_truncate (place->told, 0);
}

static void
call (Place         *place,
      SideEventKind  kind,
      const char    *id,
      gint64         at_ms)
{
  g_autoptr (SideEvent) event = side_event_new (kind, at_ms, "tea");

  event->queue = g_intern_static_string ("tea-orders");
  event->call = g_strdup (id);
  event->outcome = kind == SIDE_EVENT_CALL_ENDED ? SIDE_OUTCOME_ABANDONED : SIDE_OUTCOME_NONE;
  side_board_apply (place->board, event);
}

static void
state (Place             *place,
       const char        *operator_id,
       SideOperatorState  state,
       gint64             at_ms)
{
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_OPERATOR_STATE, at_ms, "tea");

  event->operator_id = g_intern_string (operator_id);
  event->state = state;
  side_board_apply (place->board, event);
}

/* Limit 5, back 2: 6 begins it, 5 and 4 keep it, 3 ends it. */
static void
test_hysteresis (Place         *place,
                 gconstpointer  data)
{
  place->rule->warning = 5;
  place->rule->alarm = 7;
  place->rule->back = 2;
  for (int i = 1; i <= 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);

      call (place, SIDE_EVENT_CALL_JOINED, id, NOON + i);
      look (place, NOON + i);
    }
  expect (place, "none>warning warning>alarm ");
  for (int i = 8; i >= 1; i--)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);

      call (place, SIDE_EVENT_CALL_ENDED, id, NOON + 100 - i);
      look (place, NOON + 100 - i);
      /* i - 1 wait: the alarm ends at 5, the warning at 3. */
      if (i - 1 == 6)
        expect (place, "");
      if (i - 1 == 5)
        expect (place, "alarm>warning ");
      if (i - 1 == 4)
        expect (place, "");
      if (i - 1 == 3)
        expect (place, "warning>warning>over ");
    }
  expect (place, "");
  g_assert_cmpuint (side_alerts_get_active (place->alerts)->len, ==, 0);
}

/* Nothing happens, and a caller's time runs out: the next look is due right then. */
static void
test_waits (Place         *place,
            gconstpointer  data)
{
  place->rule->watch = SIDE_ALERT_LONGEST_WAIT;
  place->rule->warning = 45;
  place->rule->alarm = 90;
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, NOON), ==, G_MAXINT64);
  call (place, SIDE_EVENT_CALL_JOINED, "c1", NOON);
  look (place, NOON);
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, NOON), ==, NOON + 45001);
  look (place, NOON + 45000);
  expect (place, "");
  look (place, NOON + 45001);
  expect (place, "none>warning ");
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, NOON + 45001), ==, NOON + 90001);
  look (place, NOON + 90001);
  expect (place, "warning>alarm ");
  call (place, SIDE_EVENT_CALL_ENDED, "c1", NOON + 95000);
  look (place, NOON + 95000);
  expect (place, "alarm>alarm>over ");
}

static void
test_lasts (Place         *place,
            gconstpointer  data)
{
  const SideAlert *alert;

  place->rule->warning = 0;
  place->rule->hold_s = 10;
  call (place, SIDE_EVENT_CALL_JOINED, "c1", NOON);
  look (place, NOON);
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, NOON), ==, NOON + 10000);
  look (place, NOON + 9999);
  expect (place, "");
  call (place, SIDE_EVENT_CALL_ENDED, "c1", NOON + 9999);
  look (place, NOON + 9999);
  /* It was not so for a moment: it counts from the beginning. */
  call (place, SIDE_EVENT_CALL_JOINED, "c2", NOON + 10000);
  look (place, NOON + 10000);
  look (place, NOON + 19999);
  expect (place, "");
  look (place, NOON + 20000);
  expect (place, "none>warning ");
  alert = g_ptr_array_index (side_alerts_get_active (place->alerts), 0);
  g_assert_cmpint (alert->began_ms, ==, NOON + 10000);
  g_assert_cmpint (alert->level_ms, ==, NOON + 20000);
}

/* Each operator for themselves, and the fewer are free the worse; nobody there is no figure. */
static void
test_operators (Place         *place,
                gconstpointer  data)
{
  SideAlertRule *free_rule = side_alert_rule_new ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12", "tea", SIDE_ALERT_FREE_OPERATORS);

  place->rule->watch = SIDE_ALERT_OPERATOR_STATE;
  place->rule->state = SIDE_OPERATOR_BREAK;
  place->rule->alarm = 600;
  free_rule->warning = 1;
  g_ptr_array_add (place->rules, free_rule);
  look (place, NOON);
  expect (place, "");
  state (place, "anna", SIDE_OPERATOR_READY, NOON);
  state (place, "boris", SIDE_OPERATOR_READY, NOON);
  look (place, NOON);
  expect (place, "");
  state (place, "anna", SIDE_OPERATOR_BREAK, NOON + 1000);
  state (place, "boris", SIDE_OPERATOR_BREAK, NOON + 2000);
  look (place, NOON + 2000);
  expect (place, "none>warning ");
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, NOON + 2000), ==, NOON + 601001);
  look (place, NOON + 601001);
  expect (place, "none>alarm ");
  look (place, NOON + 602001);
  expect (place, "none>alarm ");
  state (place, "anna", SIDE_OPERATOR_TALKING, NOON + 603000);
  look (place, NOON + 603000);
  expect (place, "alarm>alarm>over ");
  g_assert_cmpuint (side_alerts_get_active (place->alerts)->len, ==, 2);
}

/* From nine to nine by the wall clock, on the day the clocks go back too: 07:00 UTC before, 08:00 after. */
static void
test_hours (Place         *place,
            gconstpointer  data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (data);
  g_autoptr (GDateTime) nine = g_date_time_new (zone, 2026, 10, 25, 9, 0, 0);
  gint64 nine_ms = g_date_time_to_unix (nine) * 1000;

  place->rule->warning = 0;
  place->rule->hours.from_minute = 9 * 60;
  place->rule->hours.to_minute = 21 * 60;
  g_assert_cmpint (nine_ms % (24 * SIDE_HOUR_MS), ==, 8 * SIDE_HOUR_MS);
  call (place, SIDE_EVENT_CALL_JOINED, "c1", nine_ms - SIDE_HOUR_MS);
  look (place, nine_ms - SIDE_HOUR_MS);
  expect (place, "");
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, nine_ms - 30000), ==, nine_ms);
  look (place, nine_ms - 1);
  expect (place, "");
  look (place, nine_ms);
  expect (place, "none>warning ");
  look (place, nine_ms + 12 * SIDE_HOUR_MS - 1);
  expect (place, "");
  look (place, nine_ms + 12 * SIDE_HOUR_MS);
  expect (place, "warning>warning>over ");
  place->rule->off = TRUE;
  look (place, nine_ms + SIDE_HOUR_MS);
  expect (place, "");
}

/* While the exchange is not heard only that is judged. */
static void
test_silence (Place         *place,
              gconstpointer  data)
{
  SideAlertRule *stale = side_alert_rule_new ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12", "tea", SIDE_ALERT_STALE);
  g_autoptr (SideEvent) gap = side_event_new (SIDE_EVENT_SOURCE_GAP, NOON + 1000, "tea");
  g_autoptr (SideEvent) back = side_event_new (SIDE_EVENT_SOURCE_GAP, NOON + 60000, "tea");

  place->rule->watch = SIDE_ALERT_LONGEST_WAIT;
  place->rule->warning = 45;
  stale->alarm = 30;
  g_ptr_array_add (place->rules, stale);
  call (place, SIDE_EVENT_CALL_JOINED, "c1", NOON);
  look (place, NOON);
  gap->from_ms = NOON + 1000;
  side_board_apply (place->board, gap);
  look (place, NOON + 1000);
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), NOON + 1000, NOON + 1000), ==, NOON + 31001);
  look (place, NOON + 50000);
  expect (place, "none>alarm ");
  back->from_ms = NOON + 1000;
  back->to_ms = NOON + 60000;
  side_board_apply (place->board, back);
  look (place, NOON + 60000);
  expect (place, "none>warning alarm>alarm>over ");
}

/* A share says nothing before there are calls enough, and is judged at the grid alone. */
static void
test_share (Place         *place,
            gconstpointer  data)
{
  gint64 grid_ms = NOON / SIDE_ALERTS_GRID_MS * SIDE_ALERTS_GRID_MS;

  place->rule->watch = SIDE_ALERT_ABANDONED;
  place->rule->warning = 50;
  place->rule->least = 3;
  place->rule->minutes = 15;
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);

      call (place, SIDE_EVENT_CALL_JOINED, id, grid_ms - 30000);
      call (place, SIDE_EVENT_CALL_ENDED, id, grid_ms - 20000);
      look (place, grid_ms + (i < 2 ? 0 : 1));
      expect (place, "");
    }
  g_assert_cmpint (side_alerts_get_next_ms (place->alerts, tea (place), 0, grid_ms + 1), ==, grid_ms + 5000);
  look (place, grid_ms + 5000);
  expect (place, "none>warning ");
  /* A quarter of an hour later those calls are not in it any more. */
  look (place, grid_ms + 15 * SIDE_MINUTE_MS);
  expect (place, "warning>warning>over ");
}

static void
expect_fault (SideAlertRule *rule,
              const char    *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (side_alert_rule_check (rule, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
}

/* Who looks later finds that it began when it did; new limits do not begin it anew. */
static void
test_later (Place         *place,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  SideAlertRule *other;
  const SideAlert *alert;

  place->rule->watch = SIDE_ALERT_LONGEST_WAIT;
  place->rule->warning = 20;
  place->rule->alarm = 45;
  call (place, SIDE_EVENT_CALL_JOINED, "a", NOON);
  look (place, NOON + 61234);
  expect (place, "none>alarm ");
  alert = side_alerts_get_active (place->alerts)->pdata[0];
  g_assert_cmpint (alert->began_ms, ==, NOON + 20001);
  other = side_alert_rule_copy (place->rule);
  other->alarm = 90;
  g_ptr_array_add (others, other);
  side_alerts_set_rules (place->alerts, others, NOON + 62000, told_cb, place->told);
  expect (place, "");
  look (place, NOON + 62000);
  expect (place, "alarm>warning ");
  g_assert_cmpint (alert->began_ms, ==, NOON + 20001);
  /* What is not watched any more is over. */
  g_ptr_array_set_size (others, 0);
  other = side_alert_rule_copy (place->rule);
  other->off = TRUE;
  g_ptr_array_add (others, other);
  side_alerts_set_rules (place->alerts, others, NOON + 63000, told_cb, place->told);
  expect (place, "warning>warning>over ");
  g_assert_cmpuint (side_alerts_get_active (place->alerts)->len, ==, 0);
  look (place, NOON + 64000);
  expect (place, "");
}

/* Before its hours nothing is so yet. */
static void
test_later_hours (Place         *place,
                  gconstpointer  data)
{
  const SideAlert *alert;

  place->rule->watch = SIDE_ALERT_LONGEST_WAIT;
  place->rule->alarm = 20;
  place->rule->hours.from_minute = 12 * 60 + 1;
  call (place, SIDE_EVENT_CALL_JOINED, "a", NOON);
  look (place, NOON + 59000);
  expect (place, "");
  look (place, NOON + 60000);
  expect (place, "none>alarm ");
  alert = side_alerts_get_active (place->alerts)->pdata[0];
  g_assert_cmpint (alert->began_ms, ==, NOON + 59000);
}

static void
test_faults (void)
{
  g_autoptr (SideAlertRule) rule = side_alert_rule_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", SIDE_ALERT_SERVICE_LEVEL);

  expect_fault (rule, "no limit");
  rule->warning = 101;
  expect_fault (rule, "per cent");
  rule->warning = 70;
  rule->alarm = 80;
  expect_fault (rule, "beyond that of the alarm");
  rule->alarm = 60;
  g_assert_true (side_alert_rule_check (rule, NULL));
  rule->back = -1;
  expect_fault (rule, "back");
  rule->back = 35;
  expect_fault (rule, "never be over");
  rule->back = 0;
  rule->hold_s = 3601;
  expect_fault (rule, "hold_s");
  rule->hold_s = 0;
  rule->hours.weekdays = 0;
  expect_fault (rule, "no hours");
  rule->hours = side_hours_always ();
  rule->watch = SIDE_ALERT_OPERATOR_STATE;
  rule->warning = NAN;
  expect_fault (rule, "for which");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/alerts/hysteresis", Place, NULL, set_up, test_hysteresis, tear_down);
  g_test_add ("/alerts/waits", Place, NULL, set_up, test_waits, tear_down);
  g_test_add ("/alerts/lasts", Place, NULL, set_up, test_lasts, tear_down);
  g_test_add ("/alerts/operators", Place, NULL, set_up, test_operators, tear_down);
  g_test_add ("/alerts/hours", Place, "Europe/Berlin", set_up, test_hours, tear_down);
  g_test_add ("/alerts/silence", Place, NULL, set_up, test_silence, tear_down);
  g_test_add ("/alerts/share", Place, NULL, set_up, test_share, tear_down);
  g_test_add ("/alerts/later", Place, NULL, set_up, test_later, tear_down);
  g_test_add ("/alerts/later-hours", Place, NULL, set_up, test_later_hours, tear_down);
  g_test_add_func ("/alerts/faults", test_faults);
  return g_test_run ();
}
