/* test-metrics.c - the published vectors of docs/metrics.md
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-billing.h"
#include "side-indicators.h"
#include "side-score.h"
#include "side-stats.h"
#include "side-time.h"

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon ((a), (b), (tolerance))

static SideCall *
leg (const char *id,
     gint64      joined_ms,
     gint64      wait_ms,
     SideOutcome outcome,
     gint64      talk_ms)
{
  SideCall *call = side_call_new (id);

  call->joined_ms = joined_ms;
  call->wait_ms = wait_ms;
  call->outcome = outcome;
  call->talk_ms = talk_ms;
  if (outcome == SIDE_OUTCOME_ANSWERED)
    call->answered_ms = joined_ms + wait_ms;
  call->ended_ms = joined_ms + wait_ms + talk_ms;
  return call;
}

static void
add_legs (SideCounts *counts,
          guint       n,
          gint64      wait_ms,
          SideOutcome outcome)
{
  g_autoptr (SideCall) call = leg ("x", 1000, wait_ms, outcome, 60000);

  for (guint i = 0; i < n; i++)
    side_counts_add (counts, call, 20000, 5000);
}

static void
test_service_levels (void)
{
  static const double wanted[] = { 83.02, 86.00, 81.13, 82.69, 82.08, 81.90 };
  SideCounts counts = { 0 };

  add_legs (&counts, 860, 20000, SIDE_OUTCOME_ANSWERED); /* T is inclusive */
  add_legs (&counts, 140, 20001, SIDE_OUTCOME_ANSWERED);
  add_legs (&counts, 10, 5000, SIDE_OUTCOME_ABANDONED);
  add_legs (&counts, 10, 20000, SIDE_OUTCOME_ABANDONED);
  add_legs (&counts, 40, 20001, SIDE_OUTCOME_ABANDONED);
  g_assert_cmpint (counts.answered, ==, 1000);
  g_assert_cmpint (counts.abandoned, ==, 60);
  g_assert_cmpint (counts.short_abandoned, ==, 10);
  for (int i = 0; i < 6; i++)
    assert_near (side_counts_service_level (&counts, SIDE_FORMULA_F1 + i) * 100, wanted[i], 0.005);
}

static void
test_empty_is_nan (void)
{
  SideCounts counts = { 0 };

  for (int f = SIDE_FORMULA_UNKNOWN; f <= SIDE_FORMULA_F6; f++)
    g_assert_true (isnan (side_counts_service_level (&counts, f)));
  g_assert_true (isnan (side_ratio (0, 0)));
}

static void
test_test_calls_count_nowhere (void)
{
  g_autoptr (SideCall) call = leg ("t", 1000, 1000, SIDE_OUTCOME_ANSWERED, 5000);
  SideCounts counts = { 0 };

  call->test = TRUE;
  side_counts_add (&counts, call, 20000, 5000);
  g_assert_cmpint (counts.offered, ==, 0);
  g_assert_cmpint (counts.test, ==, 1);
}

static void
test_withdrawn_in_no_service_level (void)
{
  SideCounts counts = { 0 };

  add_legs (&counts, 10, 10000, SIDE_OUTCOME_ANSWERED);
  add_legs (&counts, 5, 60000, SIDE_OUTCOME_WITHDRAWN);
  assert_near (side_counts_service_level (&counts, SIDE_FORMULA_F3), 1.0, 1e-9);
  add_legs (&counts, 10, 30000, SIDE_OUTCOME_TIMED_OUT);
  assert_near (side_counts_service_level (&counts, SIDE_FORMULA_F3), 0.5, 1e-9);
  g_assert_cmpint (counts.abandoned, ==, 0);
  g_assert_cmpint (counts.lost, ==, 15);
}

/* They never entered a queue: neither its share nor its waits are made of them. */
static void
test_refused_were_not_offered (void)
{
  SideCounts counts = { 0 };

  add_legs (&counts, 6, 10000, SIDE_OUTCOME_ANSWERED);
  add_legs (&counts, 2, 45000, SIDE_OUTCOME_ABANDONED);
  add_legs (&counts, 2, 0, SIDE_OUTCOME_REFUSED);
  g_assert_cmpint (counts.offered, ==, 8);
  g_assert_cmpint (counts.refused, ==, 2);
  g_assert_cmpint (counts.lost, ==, 4);
  assert_near (side_ratio ((double) counts.abandoned, (double) counts.offered), 0.25, 1e-9);
  assert_near (side_ratio ((double) counts.wait_all_ms, (double) counts.offered), 18750, 1e-9);
  assert_near (side_counts_service_level (&counts, SIDE_FORMULA_F1), 0.75, 1e-9);
}

static void
put_leg (SideBoard        *board,
         SideBoardProject *project,
         SideCall         *call)
{
  side_board_restore_call (board, project, call);
  side_call_unref (call);
}

/* The calls listed behind the service level are those its formula divides by. */
static void
test_calls_behind_service_level (void)
{
  static const guint wanted[] = { 4, 1, 4, 2, 4, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (SideBoard) board = side_board_new ();
      g_autoptr (SideProject) config = side_project_new ("shop", "Shop", "Europe/Moscow", NULL);
      SideReach reach = { NULL, 0, 10 * SIDE_MINUTE_MS };
      SideBoardProject *project;
      g_autoptr (GPtrArray) calls = NULL;

      config->formula = (SideFormula) (SIDE_FORMULA_F1 + (int) i);
      side_board_add_project (board, config);
      project = side_board_get_project (board, "shop");
      put_leg (board, project, leg ("answered", 1000, 5000, SIDE_OUTCOME_ANSWERED, 1000));
      put_leg (board, project, leg ("short", 1000, 5000, SIDE_OUTCOME_ABANDONED, 0));
      put_leg (board, project, leg ("within", 1000, 20000, SIDE_OUTCOME_ABANDONED, 0));
      put_leg (board, project, leg ("after", 1000, 20001, SIDE_OUTCOME_ABANDONED, 0));
      put_leg (board, project, leg ("withdrawn", 1000, 30000, SIDE_OUTCOME_WITHDRAWN, 0));
      calls = side_indicators_list_calls (project, &reach, SIDE_INDICATOR_SERVICE_LEVEL);
      g_assert_cmpuint (calls->len, ==, wanted[i]);
    }
}

/* Half a minute later the past is as it was: only the last sample is of the present. */
static void
test_series_stands_on_minutes (void)
{
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideProject) config = side_project_new ("shop", "Shop", "Europe/Moscow", NULL);
  const gint64 minute = 20 * SIDE_MINUTE_MS;
  double early[4], late[4];
  SideBoardProject *project;

  side_board_add_project (board, config);
  project = side_board_get_project (board, "shop");
  /* Waited from 0:50 before the whole minute until 0:10 after it. */
  put_leg (board, project, leg ("a", minute - 50000, 60000, SIDE_OUTCOME_ABANDONED, 0));
  side_indicators_series (project, NULL, SIDE_INDICATOR_WAITING, minute + 5000, early, 4);
  side_indicators_series (project, NULL, SIDE_INDICATOR_WAITING, minute + 35000, late, 4);
  for (guint i = 0; i < 3; i++)
    assert_near (early[i], late[i], 1e-9);
  assert_near (early[3], 1, 1e-9);
  assert_near (late[3], 1, 1e-9);
  /* A minute on, the whole minute is one of the past; two on, the call is not of the present any more. */
  side_indicators_series (project, NULL, SIDE_INDICATOR_WAITING, minute + 95000, late, 4);
  assert_near (late[2], 1, 1e-9);
  assert_near (late[1], 0, 1e-9);
  side_indicators_series (project, NULL, SIDE_INDICATOR_WAITING, minute + 125000, late, 4);
  assert_near (late[3], 0, 1e-9);
}

/* A rush that is over before the minute is: its peak is there all the same. */
static void
test_series_keeps_peaks (void)
{
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideProject) config = side_project_new ("shop", "Shop", "Europe/Moscow", NULL);
  const gint64 minute = 20 * SIDE_MINUTE_MS;
  double values[4];
  SideBoardProject *project;

  side_board_add_project (board, config);
  project = side_board_get_project (board, "shop");
  /* Two wait at once at most: the third joins as the first hangs up. */
  put_leg (board, project, leg ("a", minute + 10000, 20000, SIDE_OUTCOME_ABANDONED, 0));
  put_leg (board, project, leg ("b", minute + 20000, 30000, SIDE_OUTCOME_ANSWERED, 60000));
  put_leg (board, project, leg ("c", minute + 30000, 15000, SIDE_OUTCOME_ABANDONED, 0));
  side_indicators_series (project, NULL, SIDE_INDICATOR_WAITING, minute + 2 * SIDE_MINUTE_MS + 1000, values, 4);
  assert_near (values[1], 0, 1e-9);
  assert_near (values[2], 2, 1e-9);
  assert_near (values[3], 0, 1e-9);
  side_indicators_series (project, NULL, SIDE_INDICATOR_LONGEST_WAIT, minute + 2 * SIDE_MINUTE_MS + 1000, values, 4);
  assert_near (values[1], 0, 1e-9);
  assert_near (values[2], 30000, 1e-9);
  assert_near (values[3], 0, 1e-9);
}

static void
test_journey (void)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  const gint64 ten = 36000000;
  SideJourneys out;
  SideCall *call;

  call = leg ("q3", ten + 120000, 30000, SIDE_OUTCOME_ANSWERED, 30000);
  g_ptr_array_add (calls, call);
  g_ptr_array_add (calls, leg ("q1", ten, 59000, SIDE_OUTCOME_TIMED_OUT, 0));
  g_ptr_array_add (calls, leg ("q2", ten + 60000, 59000, SIDE_OUTCOME_TIMED_OUT, 0));
  for (guint i = 0; i < calls->len; i++)
    ((SideCall *) g_ptr_array_index (calls, i))->journey = g_strdup ("j");
  side_journeys_compute (calls, &out);
  g_assert_cmpint (out.legs, ==, 3);
  g_assert_cmpint (out.journeys, ==, 1);
  g_assert_cmpint (out.answered, ==, 1);
  g_assert_cmpint (out.lost, ==, 0);
  g_assert_cmpint (out.wait_ms, ==, 148000);
}

static void
test_wilson (void)
{
  static const struct { guint k, n; double low, high; } rows[] = {
    { 5, 5, 56.6, 100 }, { 9, 10, 59.6, 98.2 }, { 27, 30, 74.4, 96.5 }, { 45, 50, 78.6, 95.7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SideInterval interval = side_stats_wilson (rows[i].k, rows[i].n);
      assert_near (interval.low * 100, rows[i].low, 0.05);
      assert_near (interval.high * 100, rows[i].high, 0.05);
    }
  g_assert_true (isnan (side_stats_wilson (0, 0).low));
}

static void
test_samples (void)
{
  g_assert_cmpuint (side_stats_sample_size (0.05, 0.5, 1000), ==, 278);
  assert_near (side_stats_zero_upper_bound (10) * 100, 25.9, 0.05);
  assert_near (side_stats_zero_upper_bound (60) * 100, 4.9, 0.05);
}

/* Student's table, and n scores with the mean 80 and the deviation 10. */
static void
test_means (void)
{
  SideInterval interval = side_stats_mean (80, 10, 5);

  assert_near (side_stats_t95 (4), 2.7764, 0.00005);
  assert_near (side_stats_t95 (30), 2.0423, 0.00005);
  assert_near (side_stats_t95 (31), 2.0395, 0.00005);
  assert_near (side_stats_t95 (120), 1.9799, 0.00005);
  assert_near (interval.low, 80 - 12.4164, 0.001);
  assert_near (interval.high, 80 + 12.4164, 0.001);
  g_assert_true (isnan (side_stats_mean (80, 0, 1).low));
}

static double
billed_minutes (gint64 increment,
                gint64 free_up_to)
{
  static const gint64 talk[] = { 15, 29, 31, 60, 61, 85, 125, 300, 7, 200 };
  gint64 sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (talk); i++)
    sum += side_billing_round_seconds (talk[i], increment, increment, free_up_to);
  return (double) sum / 60.0;
}

static void
test_billing (void)
{
  assert_near (billed_minutes (1, 0), 15.22, 0.005);
  assert_near (billed_minutes (6, 0), 15.70, 0.005);
  assert_near (billed_minutes (30, 0), 17.50, 0.005);
  assert_near (billed_minutes (60, 0), 21.0, 1e-9);
  assert_near (billed_minutes (60, 30), 18.0, 1e-9);
}

static SideScript *
make_script (void)
{
  SideScript *script = side_script_new ("s", "p", "Order by phone", 7);
  SideSection *greeting = side_script_add_section (script, "1", "Greeting");
  SideSection *closing = side_script_add_section (script, "2", "Closing");

  side_section_add_criterion (greeting, "a", "Names the shop", 40);
  side_section_add_criterion (greeting, "b", "Asks the name", 20);
  side_section_add_criterion (closing, "c", "Confirms", 40);
  side_section_add_criterion (closing, "d", "No rudeness", 0)->critical = SIDE_CRITICAL_SCRIPT;
  return script;
}

static void
test_score (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideReview) review = side_review_new ("r", "p", "c", "s", 7);
  SideScore score;

  side_score_compute (script, review, &score);
  g_assert_true (isnan (score.score));
  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_set_answer (review, "b", 0.5, 1, 0);
  side_review_set_answer (review, "c", SIDE_ANSWER_NA, 1, 0);
  side_score_compute (script, review, &score);
  assert_near (score.score, 50.0 / 60.0 * 100, 1e-9);
  g_assert_cmpuint (score.answered, ==, 3);
  g_assert_cmpuint (score.total, ==, 4);
  side_review_set_answer (review, "d", 0, 1, 0);
  side_score_compute (script, review, &score);
  assert_near (score.score, 0, 1e-9);
  assert_near (score.would_be, 50.0 / 60.0 * 100, 1e-9);
  g_assert_true (score.critical_failed);
  side_review_set_answer (review, "d", SIDE_ANSWER_NONE, 1, 0);
  side_score_compute (script, review, &score);
  g_assert_false (score.critical_failed);
}

static void
test_score_section_and_bonus (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideReview) review = side_review_new ("r", "p", "c", "s", 7);
  SideSection *extra = side_script_add_section (script, "3", "Extra");
  SideScore score;

  side_script_find_criterion (script, "b")->critical = SIDE_CRITICAL_SECTION;
  side_section_add_criterion (extra, "e", "Sells a brush", 10)->bonus = TRUE;
  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_set_answer (review, "b", 0, 1, 0);
  side_review_set_answer (review, "c", 1, 1, 0);
  side_score_compute (script, review, &score);
  assert_near (score.score, 40, 1e-9);
  assert_near (score.would_be, 80, 1e-9);
  side_review_set_answer (review, "b", 1, 1, 0);
  side_review_set_answer (review, "e", 1, 1, 0);
  side_score_compute (script, review, &score);
  assert_near (score.score, 100, 1e-9);
  script->above_100 = TRUE;
  side_score_compute (script, review, &score);
  assert_near (score.score, 110, 1e-9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/service-levels", test_service_levels);
  g_test_add_func ("/metrics/empty-is-nan", test_empty_is_nan);
  g_test_add_func ("/metrics/test-calls-count-nowhere", test_test_calls_count_nowhere);
  g_test_add_func ("/metrics/withdrawn", test_withdrawn_in_no_service_level);
  g_test_add_func ("/metrics/refused", test_refused_were_not_offered);
  g_test_add_func ("/metrics/calls-behind-service-level", test_calls_behind_service_level);
  g_test_add_func ("/metrics/series-on-minutes", test_series_stands_on_minutes);
  g_test_add_func ("/metrics/series-keeps-peaks", test_series_keeps_peaks);
  g_test_add_func ("/metrics/journey", test_journey);
  g_test_add_func ("/metrics/wilson", test_wilson);
  g_test_add_func ("/metrics/samples", test_samples);
  g_test_add_func ("/metrics/means", test_means);
  g_test_add_func ("/metrics/billing", test_billing);
  g_test_add_func ("/metrics/score", test_score);
  g_test_add_func ("/metrics/score-section-and-bonus", test_score_section_and_bonus);
  return g_test_run ();
}
