/* side-sample-size.c - how many reviews are enough, and what so many are worth
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in people's way is not the formula but what it means, so the
 * answer is a range of scores: "with 12 reviews a score of 84 means 71 to 92".
 */
#include "side-sample-size.h"

#include <math.h>

#define FULL_MARK 100.0
#define Z95       1.959963984540054
/* A score of 0 or 100 has no logit: half a point from the end stands for it. */
#define EDGE      0.005

/* What is drawn without putting back from few calls says more about them. */
static double
finite_correction (guint n,
                   guint population)
{
  if (population == 0)
    return 1.0;
  return n >= population ? 0.0 : sqrt ((double) (population - n) / (population - 1));
}

static double
logistic (double x)
{
  return 1.0 / (1.0 + exp (-x));
}

/**
 * side_sample_size_interval:
 * @score: a mean score, 0 to 100
 * @deviation: how far single scores lie from it, in points, with n - 1
 * @n: how many reviews
 * @population: calls they were drawn from, 0 for no end of them
 *
 * Student's interval of the logit of the mean (its standard error by the delta
 * method, times the finite population correction), turned back into points:
 * unlike the plain one it never leaves 0 to 100, which it would just where
 * scores are good and reviews few. 84 with a deviation of 16 from 12 reviews:
 * 71.1 to 91.8. Source of the correction: Cochran, Sampling Techniques.
 *
 * Returns: the 95 % interval in points; 0 to 100 below two reviews, unless these are all there are
 */
SideInterval
side_sample_size_interval (double score,
                           double deviation,
                           guint  n,
                           guint  population)
{
  double share = CLAMP (score / FULL_MARK, EDGE, 1.0 - EDGE);
  double centre = log (share / (1.0 - share));
  double half;

  if (n > 0 && n == population)
    return (SideInterval) { score, score };
  if (n < 2)
    return (SideInterval) { 0, FULL_MARK };
  half = side_stats_t95 (n - 1) * deviation / FULL_MARK / sqrt (n) / (share * (1.0 - share)) * finite_correction (n, population);
  return (SideInterval) { FULL_MARK * logistic (centre - half), FULL_MARK * logistic (centre + half) };
}

/**
 * side_sample_size_describe:
 * @n: how many reviews
 * @population: calls they are drawn from, 0 for no end of them
 * @score: a mean score one may find
 * @deviation: how far single scores lie from it, in points
 * @out: (out): what they tell
 */
void
side_sample_size_describe (guint           n,
                           guint           population,
                           double          score,
                           double          deviation,
                           SideSampleSize *out)
{
  out->n = n;
  out->population = population;
  out->score = score;
  out->interval = side_sample_size_interval (score, deviation, n, population);
  out->margin = n > 0 ? MIN (0.5, Z95 * 0.5 / sqrt (n) * finite_correction (n, population)) : 0.5;
  out->unseen = n > 0 && n >= population && population > 0 ? 0.0 : side_stats_zero_upper_bound (n);
}

/**
 * side_sample_result_compute:
 * @scores: (array length=n): the scores of the reviews that fell to a random draw
 * @n: how many
 * @out: (out): what they come to
 */
void
side_sample_result_compute (const double     *scores,
                            guint             n,
                            SideSampleResult *out)
{
  SideScores sums = { 0 };

  *out = (SideSampleResult) { .n = n, .few = n < SIDE_QUALITY_ENOUGH };
  for (guint i = 0; i < n; i++)
    {
      side_scores_add (&sums, scores[i]);
      out->full += scores[i] >= FULL_MARK - 1e-9;
    }
  out->mean = side_scores_get_mean (&sums);
  out->deviation = side_scores_get_deviation (&sums);
  out->interval = side_scores_get_interval (&sums);
  out->full_interval = side_stats_wilson (out->full, n);
}
