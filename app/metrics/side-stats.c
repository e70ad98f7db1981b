/* side-stats.c - how far a figure can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-stats.h"

#include <math.h>

#define Z95 1.959963984540054

/**
 * side_stats_wilson:
 * @successes: how many had the mark, up to @n
 * @n: how many there were
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and
 * statistical inference, JASA 22 (1927).
 *
 * Returns: the 95 % interval of the share, 0..1; NaN for @n 0
 */
SideInterval
side_stats_wilson (guint successes,
                   guint n)
{
  double p, centre, half, scale;

  g_return_val_if_fail (successes <= n, ((SideInterval) { NAN, NAN }));
  if (n == 0)
    return (SideInterval) { NAN, NAN };
  p = (double) successes / n;
  scale = 1.0 + Z95 * Z95 / n;
  centre = (p + Z95 * Z95 / (2.0 * n)) / scale;
  half = Z95 * sqrt (p * (1.0 - p) / n + Z95 * Z95 / (4.0 * n * (double) n)) / scale;
  return (SideInterval) { MAX (0.0, centre - half), MIN (1.0, centre + half) };
}

/**
 * side_stats_sample_size:
 * @margin: half the width of the interval, 0.05 for 5 points
 * @share: the share expected; 0.5 asks for the most
 * @population: how many there are, 0 for no end of them
 *
 * n0 = z² p (1 - p) / e², corrected for a finite population:
 * n = n0 / (1 + (n0 - 1) / N); 95 %. Source: Cochran, Sampling Techniques.
 *
 * Returns: how many to draw
 */
guint
side_stats_sample_size (double margin,
                        double share,
                        guint  population)
{
  double n;

  g_return_val_if_fail (margin > 0 && margin < 1 && share >= 0 && share <= 1, 0);
  n = Z95 * Z95 * share * (1.0 - share) / (margin * margin);
  if (population > 0)
    n = n / (1.0 + (n - 1.0) / population);
  return (guint) ceil (n);
}

/**
 * side_stats_zero_upper_bound:
 * @n: calls heard, none of which failed
 *
 * Returns: up to which share of failures that is no surprise, 95 %:
 *   1 - 0.05^(1/n)
 */
double
side_stats_zero_upper_bound (guint n)
{
  return n > 0 ? 1.0 - pow (0.05, 1.0 / n) : 1.0;
}

/**
 * side_stats_agreement:
 * @both_yes: calls both marked "yes"
 * @first_only: calls only the first marked "yes"
 * @second_only: calls only the second did
 * @both_no: calls both marked "no"
 *
 * Sources: Cohen 1960 (kappa), Gwet 2008 (AC1), Krippendorff 2004 (alpha,
 * nominal, two observers, small-sample correction).
 *
 * Returns: the four measures; NaN where there were no calls
 */
SideAgreement
side_stats_agreement (guint both_yes,
                      guint first_only,
                      guint second_only,
                      guint both_no)
{
  double n = (double) both_yes + first_only + second_only + both_no;
  SideAgreement out = { NAN, NAN, NAN, NAN, NAN };
  double first, second, mean, chance, values, expected;

  if (n <= 0)
    return out;
  first = (both_yes + (double) first_only) / n;
  second = (both_yes + (double) second_only) / n;
  out.po = (both_yes + (double) both_no) / n;
  out.pe = first * second + (1 - first) * (1 - second);
  out.kappa = out.pe < 1 ? (out.po - out.pe) / (1 - out.pe) : NAN;
  mean = (first + second) / 2;
  chance = 2 * mean * (1 - mean);
  out.ac1 = (out.po - chance) / (1 - chance);
  values = 2 * n;
  expected = 2 * (mean * values) * ((1 - mean) * values) / (values * (values - 1));
  out.alpha = expected > 0 ? 1 - (1 - out.po) / expected : NAN;
  return out;
}
