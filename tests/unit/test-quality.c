/* test-quality.c - what an operator's reviews say, and how far it can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-quality.h"
#include "side-time.h"

#define ASSERT_NEAR(value, expected) g_assert_cmpfloat_with_epsilon (value, expected, 0.05)

static SideScores
scores_of (double mean,
           double away,
           guint  n)
{
  SideScores scores = { 0 };

  for (guint i = 0; i < n; i++)
    side_scores_add (&scores, i % 2 == 0 ? mean - away : mean + away);
  return scores;
}

/* 80 ± 10 from 5 reviews → 67.6–92.4. */
static void
test_interval (void)
{
  static const double five[] = { 70, 75, 75, 85, 95 };
  SideScores scores = { 0 }, bonus = { 0 };
  SideInterval interval;

  for (guint i = 0; i < 5; i++)
    side_scores_add (&scores, five[i]);
  side_scores_add (&scores, NAN);
  g_assert_cmpuint (scores.n, ==, 5);
  ASSERT_NEAR (side_scores_get_mean (&scores), 80);
  ASSERT_NEAR (side_scores_get_deviation (&scores), 10);
  interval = side_scores_get_interval (&scores);
  ASSERT_NEAR (interval.low, 67.6);
  ASSERT_NEAR (interval.high, 92.4);
  /* No wider than scores are, unless there are some above 100. */
  scores = scores_of (95, 5, 3);
  ASSERT_NEAR (side_scores_get_interval (&scores).high, 100);
  side_scores_add (&bonus, 101);
  side_scores_add (&bonus, 105);
  g_assert_cmpfloat (side_scores_get_interval (&bonus).high, >, 105);
}

static void
test_few (void)
{
  SideScores none = { 0 }, one = { 0 }, same = scores_of (100, 0, 5), others = scores_of (60, 0, 5);

  side_scores_add (&one, 90);
  g_assert_true (isnan (side_scores_get_mean (&none)));
  g_assert_true (isnan (side_scores_get_interval (&one).low));
  g_assert_cmpint (side_scores_compare (&one, &same), ==, SIDE_DIFFERENCE_UNKNOWN);
  /* Equal scores count as 10 points apart; as shares of a mark, five times all of it is 56.6–100, as 5 of 5 is. */
  ASSERT_NEAR (side_scores_get_interval (&same).low, 87.6);
  ASSERT_NEAR (side_scores_get_interval (&same).high, 100);
  ASSERT_NEAR (side_scores_get_share_interval (&same).low, 56.55);
  ASSERT_NEAR (side_scores_get_share_interval (&same).high, 100);
  g_assert_true (isnan (side_scores_get_share_interval (&one).low));
  g_assert_cmpint (side_scores_compare (&same, &others), ==, SIDE_DIFFERENCE_HIGHER);
  /* Four are no ground for telling anybody apart, however many there are beside them. */
  for (guint n = 2; n < 5; n++)
    {
      SideScores few = scores_of (80, 0.25, n), many = scores_of (20, 5, 100);

      g_assert_cmpint (side_scores_compare (&few, &many), ==, SIDE_DIFFERENCE_UNKNOWN);
      g_assert_cmpint (side_scores_compare (&many, &few), ==, SIDE_DIFFERENCE_UNKNOWN);
    }
}

/* Whoever scores a little less never looks surer for it: the interval moves as the scores do. */
static void
test_no_cliff (void)
{
  SideScores all = scores_of (100, 0, 20), others = scores_of (82, 7, 40);
  double low = side_scores_get_interval (&all).low;

  g_assert_cmpint (side_scores_compare (&all, &others), ==, SIDE_DIFFERENCE_HIGHER);
  for (int last = 99; last >= 0; last--)
    {
      SideScores nearly = scores_of (100, 0, 19);
      double lower;

      side_scores_add (&nearly, last);
      lower = side_scores_get_interval (&nearly).low;
      g_assert_cmpfloat (lower, <, low);
      g_assert_cmpfloat (lower, >, low - 1);
      low = lower;
    }
}

static void
test_compare (void)
{
  SideScores low = scores_of (60, 5, 20), high = scores_of (80, 5, 20), wide = scores_of (80, 40, 6), all = { 0 };

  g_assert_cmpint (side_scores_compare (&low, &high), ==, SIDE_DIFFERENCE_LOWER);
  g_assert_cmpint (side_scores_compare (&high, &low), ==, SIDE_DIFFERENCE_HIGHER);
  g_assert_cmpint (side_scores_compare (&low, &wide), ==, SIDE_DIFFERENCE_NONE);
  side_scores_join (&all, &low);
  side_scores_join (&all, &high);
  ASSERT_NEAR (side_scores_get_mean (&all), 70);
  side_scores_take_away (&all, &high);
  ASSERT_NEAR (side_scores_get_mean (&all), 60);
  g_assert_cmpuint (all.n, ==, 20);
}

static void
add_fact (GArray        *facts,
          const char    *when,
          double         score,
          SideSelection  selection,
          gboolean       counts,
          gboolean       test)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  SideReviewFact fact = { .score = score, .selection = selection, .counts = counts, .test = test };

  fact.joined_ms = side_time_from_iso (when, zone, NULL);
  g_assert_cmpint (fact.joined_ms, >, 0);
  g_array_append_val (facts, fact);
}

static GArray *
make_facts (void)
{
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (SideReviewFact));

  add_fact (facts, "2026-11-01T23:59:59", 50, SIDE_SELECTION_RANDOM, TRUE, FALSE);    /* Sunday */
  add_fact (facts, "2026-11-02T00:00:00", 80, SIDE_SELECTION_RANDOM, TRUE, FALSE);    /* Monday */
  add_fact (facts, "2026-11-08T23:00:00", 90, SIDE_SELECTION_RANDOM, TRUE, FALSE);
  add_fact (facts, "2026-11-03T12:00:00", 10, SIDE_SELECTION_CHOSEN, TRUE, FALSE);
  add_fact (facts, "2026-11-03T12:00:00", 30, SIDE_SELECTION_NONE, TRUE, FALSE);
  add_fact (facts, "2026-11-03T12:00:00", 0, SIDE_SELECTION_RANDOM, FALSE, FALSE);
  add_fact (facts, "2026-11-03T12:00:00", 0, SIDE_SELECTION_RANDOM, TRUE, TRUE);
  return facts;
}

static void
test_weeks (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  g_autoptr (GArray) facts = make_facts ();
  gint64 from_ms = side_time_from_iso ("2026-10-30T10:00:00", zone, NULL);
  gint64 to_ms = side_time_from_iso ("2026-11-16T00:00:00", zone, NULL);
  g_autoptr (GArray) points = side_quality_series (facts, zone, from_ms, to_ms, SIDE_STEP_WEEK);
  const SideQualityPoint *point = &g_array_index (points, SideQualityPoint, 1);

  /* 26 Oct, 2 Nov, 9 Nov */
  g_assert_cmpuint (points->len, ==, 3);
  g_assert_cmpuint (g_array_index (points, SideQualityPoint, 0).random.n, ==, 1);
  g_assert_cmpuint (point->random.n, ==, 2);
  ASSERT_NEAR (side_scores_get_mean (&point->random), 85);
  g_assert_cmpuint (point->chosen.n, ==, 2);
  ASSERT_NEAR (side_scores_get_mean (&point->chosen), 20);
  g_assert_cmpuint (g_array_index (points, SideQualityPoint, 2).random.n, ==, 0);
}

static void
test_months (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  g_autoptr (GArray) facts = make_facts ();
  gint64 from_ms = side_time_from_iso ("2026-08-31T10:00:00", zone, NULL);
  gint64 to_ms = side_time_from_iso ("2026-11-30T00:00:00", zone, NULL);
  g_autoptr (GArray) points = side_quality_series (facts, zone, from_ms, to_ms, SIDE_STEP_MONTH);
  SideScores random, chosen;

  g_assert_cmpuint (points->len, ==, 4);
  g_assert_cmpint (g_array_index (points, SideQualityPoint, 3).from_ms, ==, side_time_from_iso ("2026-11-01T00:00:00", zone, NULL));
  g_assert_cmpuint (g_array_index (points, SideQualityPoint, 3).random.n, ==, 3);
  side_quality_sum (facts, from_ms, to_ms, &random, &chosen);
  g_assert_cmpuint (random.n, ==, 3);
  g_assert_cmpuint (chosen.n, ==, 2);
}

static void
test_strength (void)
{
  g_autoptr (GArray) criteria = g_array_new (FALSE, TRUE, sizeof (SideCriterionFact));
  static const SideCriterionFact facts[] = {
    { .criterion = "hello", .random = TRUE, .n = 40, .full = 40 },
    { .criterion = "name", .random = TRUE, .n = 40, .full = 28 },
    { .criterion = "total", .random = TRUE, .n = 40, .full = 8 },
    { .criterion = "rare", .random = TRUE, .n = 2, .full = 0 },
    { .criterion = "total", .random = FALSE, .n = 40, .full = 20 },
  };
  static const SideCriterionFact bonus = { .criterion = "bonus", .random = FALSE, .bonus = TRUE, .n = 22, .full = 0 };

  g_array_append_vals (criteria, facts, G_N_ELEMENTS (facts));
  g_assert_cmpint (side_quality_get_strength (criteria, 0), ==, SIDE_STRENGTH_STRONG);
  g_assert_cmpint (side_quality_get_strength (criteria, 1), ==, SIDE_STRENGTH_USUAL);
  g_assert_cmpint (side_quality_get_strength (criteria, 2), ==, SIDE_STRENGTH_WEAK);
  g_assert_cmpint (side_quality_get_strength (criteria, 3), ==, SIDE_STRENGTH_USUAL);
  /* Nothing to be compared with. */
  g_assert_cmpint (side_quality_get_strength (criteria, 4), ==, SIDE_STRENGTH_USUAL);
  /* Nobody has to earn a bonus, and it makes nothing else look strong. */
  g_array_append_val (criteria, bonus);
  g_assert_cmpint (side_quality_get_strength (criteria, 5), ==, SIDE_STRENGTH_BONUS);
  g_assert_cmpint (side_quality_get_strength (criteria, 4), ==, SIDE_STRENGTH_USUAL);
}

/* What was there before a goal was set decides for good which kind is compared. */
static void
test_progress (void)
{
  SideProgress progress = { 0 };
  gboolean random;

  progress.chosen_before = scores_of (40, 5, 20);
  progress.chosen_after = scores_of (90, 5, 20);
  progress.random_before = scores_of (60, 10, 10);
  g_assert_cmpint (side_progress_compare (&progress, &random), ==, SIDE_DIFFERENCE_UNKNOWN);
  g_assert_true (random);
  progress.random_after = scores_of (62, 10, 10);
  g_assert_cmpint (side_progress_compare (&progress, &random), ==, SIDE_DIFFERENCE_NONE);
  g_assert_true (random);
  /* Four are too few: the chosen ones are compared, whatever comes later. */
  progress.random_before = scores_of (60, 10, 4);
  g_assert_cmpint (side_progress_compare (&progress, &random), ==, SIDE_DIFFERENCE_HIGHER);
  g_assert_false (random);
  progress.chosen_before = scores_of (40, 5, 1);
  g_assert_cmpint (side_progress_compare (&progress, &random), ==, SIDE_DIFFERENCE_UNKNOWN);
  g_assert_true (random);
  progress = (SideProgress) { 0 };
  g_assert_cmpint (side_progress_compare (&progress, &random), ==, SIDE_DIFFERENCE_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/interval", test_interval);
  g_test_add_func ("/quality/few", test_few);
  g_test_add_func ("/quality/no-cliff", test_no_cliff);
  g_test_add_func ("/quality/compare", test_compare);
  g_test_add_func ("/quality/weeks", test_weeks);
  g_test_add_func ("/quality/months", test_months);
  g_test_add_func ("/quality/progress", test_progress);
  g_test_add_func ("/quality/strength", test_strength);
  return g_test_run ();
}
