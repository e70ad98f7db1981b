/* side-quality.c - what an operator's reviews say, and how far it can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-quality.h"

#include <math.h>

#include "side-time.h"

/* Few scores that lie close together do not prove that the next ones will. */
#define LEAST_DEVIATION 10.0

/**
 * side_scores_add:
 * @self: scores
 * @score: one more, 0..100, above only with bonus points; NaN is left out
 */
void
side_scores_add (SideScores *self,
                 double      score)
{
  if (isnan (score))
    return;
  self->n++;
  self->sum += score;
  self->squares += score * score;
}

/**
 * side_scores_join:
 * @self: scores
 * @other: added to them
 */
void
side_scores_join (SideScores       *self,
                  const SideScores *other)
{
  self->n += other->n;
  self->sum += other->sum;
  self->squares += other->squares;
}

/**
 * side_scores_take_away:
 * @self: scores
 * @other: some of them
 *
 * Leaves those that are not in @other.
 */
void
side_scores_take_away (SideScores       *self,
                       const SideScores *other)
{
  g_return_if_fail (other->n <= self->n);
  self->n -= other->n;
  self->sum -= other->sum;
  self->squares -= other->squares;
}

/**
 * side_scores_get_mean:
 * @self: scores
 *
 * Returns: their mean; NaN when there are none
 */
double
side_scores_get_mean (const SideScores *self)
{
  return self->n > 0 ? self->sum / self->n : NAN;
}

/**
 * side_scores_get_deviation:
 * @self: scores
 *
 * Returns: their standard deviation, with n - 1; NaN below two
 */
double
side_scores_get_deviation (const SideScores *self)
{
  double n = self->n;

  if (self->n < 2)
    return NAN;
  /* Equal scores leave a rounding error behind. */
  return sqrt (MAX (0.0, (self->squares - self->sum * self->sum / n) / (n - 1)));
}

/**
 * side_scores_get_interval:
 * @self: scores
 *
 * Student's t, of a deviation of at least 10 points: so equal scores, or nearly
 * equal ones, are not certain however few they are, and a score that moves by a
 * point moves the interval by little.
 *
 * Returns: the 95 % interval of their mean, within 0..100 unless the mean is
 *   above; NaN below two
 */
SideInterval
side_scores_get_interval (const SideScores *self)
{
  double mean = side_scores_get_mean (self);
  double deviation = side_scores_get_deviation (self);
  SideInterval interval;

  if (self->n < 2)
    return (SideInterval) { NAN, NAN };
  interval = side_stats_mean (mean, MAX (deviation, LEAST_DEVIATION), self->n);
  interval.low = MAX (interval.low, 0);
  if (mean <= 100)
    interval.high = MIN (interval.high, 100);
  return interval;
}

/**
 * side_scores_get_share_interval:
 * @self: answers to one criterion, 0..100 percent of its mark
 *
 * Wilson's interval of the mean as a share: most criteria are met or not, and
 * what lies between 0 and 1 never varies more than yes and no do.
 *
 * Returns: the 95 % interval, 0..100; NaN below two
 */
SideInterval
side_scores_get_share_interval (const SideScores *self)
{
  SideInterval interval;

  if (self->n < 2)
    return (SideInterval) { NAN, NAN };
  interval = side_stats_wilson_share (CLAMP (side_scores_get_mean (self) / 100, 0, 1), self->n);
  return (SideInterval) { interval.low * 100, interval.high * 100 };
}

/**
 * side_interval_compare:
 * @a: an interval
 * @b: another one
 *
 * Returns: what can be said of the two
 */
SideDifference
side_interval_compare (SideInterval a,
                       SideInterval b)
{
  if (isnan (a.low) || isnan (b.low))
    return SIDE_DIFFERENCE_UNKNOWN;
  if (a.high < b.low)
    return SIDE_DIFFERENCE_LOWER;
  return a.low > b.high ? SIDE_DIFFERENCE_HIGHER : SIDE_DIFFERENCE_NONE;
}

/**
 * side_scores_compare:
 * @a: scores
 * @b: others, of the same kind of selection
 *
 * Returns: what can be said of their means; nothing, where either are fewer
 *   than #SIDE_QUALITY_LEAST
 */
SideDifference
side_scores_compare (const SideScores *a,
                     const SideScores *b)
{
  if (a->n < SIDE_QUALITY_LEAST || b->n < SIDE_QUALITY_LEAST)
    return SIDE_DIFFERENCE_UNKNOWN;
  return side_interval_compare (side_scores_get_interval (a), side_scores_get_interval (b));
}

void
side_review_fact_clear (SideReviewFact *self)
{
  g_clear_pointer (&self->review, g_free);
  g_clear_pointer (&self->call, g_free);
}

void
side_criterion_fact_clear (SideCriterionFact *self)
{
  g_clear_pointer (&self->text, g_free);
}

/**
 * side_review_fact_is_random:
 * @self: a review
 *
 * Returns: whether its call was drawn by lot
 */
gboolean
side_review_fact_is_random (const SideReviewFact *self)
{
  return self->selection == SIDE_SELECTION_RANDOM;
}

/**
 * side_review_fact_speaks:
 * @self: a review
 *
 * Returns: whether it counts for the operator: test calls never do
 */
gboolean
side_review_fact_speaks (const SideReviewFact *self)
{
  return self->counts && !self->test && !isnan (self->score);
}

/**
 * side_quality_sum:
 * @facts: (element-type SideReviewFact): reviews of one operator
 * @from_ms: of calls that came at or after
 * @to_ms: and before
 * @random: (out caller-allocates): scores of random reviews
 * @chosen: (out caller-allocates): of all others
 */
void
side_quality_sum (const GArray *facts,
                  gint64        from_ms,
                  gint64        to_ms,
                  SideScores   *random,
                  SideScores   *chosen)
{
  *random = *chosen = (SideScores) { 0 };
  for (guint i = 0; i < facts->len; i++)
    {
      const SideReviewFact *fact = &g_array_index (facts, SideReviewFact, i);

      if (side_review_fact_speaks (fact) && fact->joined_ms >= from_ms && fact->joined_ms < to_ms)
        side_scores_add (side_review_fact_is_random (fact) ? random : chosen, fact->score);
    }
}

/* When the week or month of an instant begins, or a later one. */
static gint64
step_start (GTimeZone       *zone,
            gint64           at_ms,
            SideQualityStep  step,
            int              later)
{
  g_autoptr (GDateTime) local = side_time_to_local (zone, at_ms);
  g_autoptr (GDateTime) moved = NULL;
  g_autoptr (GDate) from = NULL;
  g_autoptr (GDate) to = NULL;

  if (step == SIDE_STEP_WEEK)
    return side_time_day_add (zone, at_ms, 1 - g_date_time_get_day_of_week (local) + 7 * later);
  from = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                         (GDateYear) g_date_time_get_year (local));
  to = g_date_new_dmy (1, g_date_get_month (from), g_date_get_year (from));
  g_date_add_months (to, (guint) later);
  return side_time_day_add (zone, at_ms, g_date_days_between (from, to));
}

static SideQualityPoint *
find_point (GArray *points,
            gint64  at_ms)
{
  guint low = 0, high = points->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (points, SideQualityPoint, middle).to_ms <= at_ms)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == points->len || g_array_index (points, SideQualityPoint, low).from_ms > at_ms)
    return NULL;
  return &g_array_index (points, SideQualityPoint, low);
}

/**
 * side_quality_series:
 * @facts: (element-type SideReviewFact): reviews of one operator
 * @zone: whose weeks and months they are
 * @from_ms: the first one is that of this instant
 * @to_ms: the last one that of the instant before this
 * @step: weeks or months
 *
 * A review belongs to the week of its call, not of the day it was written.
 *
 * Returns: (transfer full) (element-type SideQualityPoint): one after the
 *   other without gaps; those without reviews are there with n = 0
 */
GArray *
side_quality_series (const GArray    *facts,
                     GTimeZone       *zone,
                     gint64           from_ms,
                     gint64           to_ms,
                     SideQualityStep  step)
{
  GArray *points = g_array_new (FALSE, TRUE, sizeof (SideQualityPoint));
  gint64 at_ms;

  g_return_val_if_fail (zone != NULL, points);
  if (to_ms <= from_ms)
    return points;
  for (at_ms = step_start (zone, from_ms, step, 0); at_ms < to_ms;)
    {
      SideQualityPoint point = { .from_ms = at_ms, .to_ms = step_start (zone, at_ms, step, 1) };

      g_array_append_val (points, point);
      at_ms = point.to_ms;
    }
  for (guint i = 0; i < facts->len; i++)
    {
      const SideReviewFact *fact = &g_array_index (facts, SideReviewFact, i);
      SideQualityPoint *point = side_review_fact_speaks (fact) ? find_point (points, fact->joined_ms) : NULL;

      if (point != NULL)
        side_scores_add (side_review_fact_is_random (fact) ? &point->random : &point->chosen, fact->score);
    }
  return points;
}

/**
 * side_quality_get_strength:
 * @criteria: (element-type SideCriterionFact): all of one operator
 * @place: which of them
 *
 * Compares the share of full marks with that of all other criteria together,
 * each with Wilson's interval; random and chosen reviews are not mixed, and
 * what is a bonus, or was answered less than #SIDE_QUALITY_LEAST times, is not
 * compared.
 *
 * Returns: whether it stands out
 */
SideStrength
side_quality_get_strength (const GArray *criteria,
                           guint         place)
{
  const SideCriterionFact *own = &g_array_index (criteria, SideCriterionFact, place);
  guint n = 0, full = 0;

  if (own->bonus)
    return SIDE_STRENGTH_BONUS;
  for (guint i = 0; i < criteria->len; i++)
    {
      const SideCriterionFact *fact = &g_array_index (criteria, SideCriterionFact, i);

      if (i == place || fact->bonus || !fact->random != !own->random)
        continue;
      n += fact->n;
      full += fact->full;
    }
  if (own->n < SIDE_QUALITY_LEAST || n < SIDE_QUALITY_LEAST)
    return SIDE_STRENGTH_USUAL;
  switch (side_interval_compare (side_stats_wilson (own->full, own->n), side_stats_wilson (full, n)))
    {
    case SIDE_DIFFERENCE_LOWER:
      return SIDE_STRENGTH_WEAK;
    case SIDE_DIFFERENCE_HIGHER:
      return SIDE_STRENGTH_STRONG;
    case SIDE_DIFFERENCE_UNKNOWN:
    case SIDE_DIFFERENCE_NONE:
    default:
      return SIDE_STRENGTH_USUAL;
    }
}

static SideDifference
compare_shares (const SideScores *a,
                const SideScores *b)
{
  if (a->n < SIDE_QUALITY_LEAST || b->n < SIDE_QUALITY_LEAST)
    return SIDE_DIFFERENCE_UNKNOWN;
  return side_interval_compare (side_scores_get_share_interval (a), side_scores_get_share_interval (b));
}

/**
 * side_progress_compare:
 * @self: answers before and after
 * @random: (out): whether random reviews are compared, or the chosen ones
 *
 * Like is compared with like. What there was before decides which, so that
 * later reviews never change what others are measured by: random reviews where
 * #SIDE_QUALITY_LEAST of them say how it was, else chosen ones.
 *
 * Returns: what can be said of after beside before
 */
SideDifference
side_progress_compare (const SideProgress *self,
                       gboolean           *random)
{
  *random = self->random_before.n >= SIDE_QUALITY_LEAST
            || (self->chosen_before.n < SIDE_QUALITY_LEAST && self->random_before.n >= self->chosen_before.n);
  return *random ? compare_shares (&self->random_after, &self->random_before)
                 : compare_shares (&self->chosen_after, &self->chosen_before);
}
