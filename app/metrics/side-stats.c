/* side-stats.c - how far a figure can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-stats.h"

#include <math.h>

#define Z95 1.959963984540054

/**
 * side_stats_wilson_share:
 * @share: what was found, 0..1
 * @n: among how many, 0 or more
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and
 * statistical inference, JASA 22 (1927).
 *
 * Returns: the 95 % interval of the share, 0..1; NaN for @n 0
 */
SideInterval
side_stats_wilson_share (double share,
                         double n)
{
  double centre, half, scale;

  g_return_val_if_fail (share >= 0 && share <= 1 + 1e-9, ((SideInterval) { NAN, NAN }));
  if (!(n > 0))
    return (SideInterval) { NAN, NAN };
  scale = 1.0 + Z95 * Z95 / n;
  centre = (share + Z95 * Z95 / (2.0 * n)) / scale;
  half = Z95 * sqrt (MAX (0.0, share * (1.0 - share)) / n + Z95 * Z95 / (4.0 * n * n)) / scale;
  /* At the ends it reaches them exactly, which rounding would miss by a hair. */
  return (SideInterval) { share <= 0 ? 0.0 : CLAMP (centre - half, 0.0, share), share >= 1 ? 1.0 : MIN (1.0, centre + half) };
}

/**
 * side_stats_wilson:
 * @successes: how many had the mark, up to @n
 * @n: how many there were
 *
 * Returns: as side_stats_wilson_share()
 */
SideInterval
side_stats_wilson (guint successes,
                   guint n)
{
  g_return_val_if_fail (successes <= n, ((SideInterval) { NAN, NAN }));
  return side_stats_wilson_share (n > 0 ? (double) successes / n : 0, n);
}

/**
 * side_stats_t95:
 * @degrees: degrees of freedom
 *
 * Source: Student's table to 30; above it the expansion of Fisher and Cornish
 * (1960), which is right to four digits there.
 *
 * Returns: within how many standard errors 95 % lie; NaN for 0
 */
double
side_stats_t95 (guint degrees)
{
  static const double table[] = {
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
    2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
  };
  double z = Z95, v = degrees;

  if (degrees == 0)
    return NAN;
  if (degrees <= G_N_ELEMENTS (table))
    return table[degrees - 1];
  return z + (pow (z, 3) + z) / (4 * v) + (5 * pow (z, 5) + 16 * pow (z, 3) + 3 * z) / (96 * v * v)
         + (3 * pow (z, 7) + 19 * pow (z, 5) + 17 * pow (z, 3) - 15 * z) / (384 * v * v * v);
}

/**
 * side_stats_mean:
 * @mean: of @n scores
 * @deviation: their standard deviation, with n - 1
 * @n: how many
 *
 * Returns: the 95 % interval of the mean by Student's t; NaN below two
 */
SideInterval
side_stats_mean (double mean,
                 double deviation,
                 guint  n)
{
  double half = n > 1 ? side_stats_t95 (n - 1) * deviation / sqrt (n) : NAN;

  return (SideInterval) { mean - half, mean + half };
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
 * Returns: how many to draw; G_MAXUINT for that many and more
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
  return n < G_MAXUINT ? (guint) ceil (n) : G_MAXUINT;
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
