/* side-agreement-alpha.c - Krippendorff's alpha
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).
 * alpha = 1 - Do / De: the distance there is between the answers to the same
 * units over that between all answers. The interval is the middle 95 % of what
 * comes when as many units are drawn anew from those there are; units, since
 * the pairs within one are not independent of each other.
 */
#include "side-agreement-private.h"

#include <math.h>

#include "side-stats.h"

#define DRAWS     2000
#define MIN_DRAWS 200
#define MAX_WORK  400e6     /* steps in all draws together */
#define SEED      20110125  /* the same table always has the same interval */

/* Squared distance of two answers. @below: how many answers stand before each. */
static inline double
distance (const SideCounted *counted,
          SideScale          level,
          const double      *below,
          guint              a,
          guint              b)
{
  double x, y;

  if (a == b)
    return 0;
  switch (level)
    {
    case SIDE_SCALE_ORDINAL:
      /* All between them, and half of their own. */
      x = (below[a] + below[a + 1]) / 2;
      y = (below[b] + below[b + 1]) / 2;
      return (x - y) * (x - y);
    case SIDE_SCALE_INTERVAL:
    case SIDE_SCALE_RATIO:
      x = g_array_index (counted->values, double, a);
      y = g_array_index (counted->values, double, b);
      return level == SIDE_SCALE_INTERVAL ? (x - y) * (x - y) : pow ((x - y) / (x + y), 2);
    case SIDE_SCALE_NOMINAL:
    default:
      return 1;
    }
}

/* Where an answer stands on the scale whose distance is a squared difference. */
static inline double
place_on (const SideCounted *counted,
          SideScale          level,
          const double      *below,
          guint              a)
{
  return level == SIDE_SCALE_ORDINAL ? (below[a] + below[a + 1]) / 2 : g_array_index (counted->values, double, a);
}

/* The distances between all answers, every two of them once. Every pair is
 * only gone through where there is no shorter sum: a table whose answers are
 * nearly all different would take minutes else. */
static double
expected_of (const SideCounted *counted,
             SideScale          level,
             const double      *totals,
             const double      *below)
{
  guint n_values = counted->values->len;
  double n = below[n_values];
  double sum = 0, mean = 0;

  if (level == SIDE_SCALE_RATIO)
    {
      for (guint i = 0; i < n_values; i++)
        for (guint k = i + 1; totals[i] > 0 && k < n_values; k++)
          sum += distance (counted, level, below, i, k) * totals[i] * totals[k];
      return sum;
    }
  if (level == SIDE_SCALE_NOMINAL)
    {
      for (guint i = 0; i < n_values; i++)
        sum += totals[i] * (n - totals[i]);
      return sum / 2;
    }
  /* Of squared differences it is n times the squared deviations from the mean. */
  for (guint i = 0; i < n_values; i++)
    if (totals[i] > 0)
      mean += place_on (counted, level, below, i) * (totals[i] / n);
  for (guint i = 0; i < n_values; i++)
    if (totals[i] > 0 && totals[i] < n)
      sum += totals[i] * pow (place_on (counted, level, below, i) - mean, 2);
  return n * sum;
}

/* Of the units at the places @drawn, as many as have two answers or more; NaN
 * where they all have the same answer. */
static double
alpha_of (const SideCounted *counted,
          SideScale          level,
          const guint       *drawn,
          double            *totals,
          double            *below)
{
  guint n_values = counted->values->len;
  double n = 0, found = 0, expected;

  for (guint i = 0; i < n_values; i++)
    totals[i] = 0;
  for (guint u = 0; u < counted->n_pairable; u++)
    {
      const SideUnit *unit = &g_array_index (counted->units, SideUnit, drawn[u]);

      n += unit->n;
      for (guint i = unit->first; i < unit->first + unit->n_tallies; i++)
        totals[g_array_index (counted->tallies, SideTally, i).answer] += g_array_index (counted->tallies, SideTally, i).n;
    }
  below[0] = 0;
  for (guint i = 0; i < n_values; i++)
    below[i + 1] = below[i] + totals[i];
  for (guint u = 0; u < counted->n_pairable; u++)
    {
      const SideUnit *unit = &g_array_index (counted->units, SideUnit, drawn[u]);

      for (guint i = unit->first; i < unit->first + unit->n_tallies; i++)
        for (guint k = i + 1; k < unit->first + unit->n_tallies; k++)
          {
            const SideTally *a = &g_array_index (counted->tallies, SideTally, i);
            const SideTally *b = &g_array_index (counted->tallies, SideTally, k);

            found += distance (counted, level, below, a->answer, b->answer) * a->n * b->n / (unit->n - 1);
          }
    }
  expected = expected_of (counted, level, totals, below);
  return expected > 0 ? 1 - found * (n - 1) / expected : NAN;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* How far apart two answers are by chance when all that counts is that they differ. */
static double
expected_nominal (const double *totals,
                  guint         n_values)
{
  double n = 0, same = 0;

  for (guint i = 0; i < n_values; i++)
    {
      n += totals[i];
      same += totals[i] * (totals[i] - 1);
    }
  return 1 - same / (n * (n - 1));
}

static void
find_interval (const SideCounted *counted,
               SideScale          level,
               const guint       *all,
               double            *totals,
               double            *below,
               SideCoefficient   *out)
{
  guint n_units = counted->n_pairable;
  guint n_values = counted->values->len;
  double work = (double) counted->tallies->len * 2 + (level == SIDE_SCALE_RATIO ? (double) n_values * n_values / 2 : n_values * 3.0);
  guint n_draws = (guint) CLAMP (MAX_WORK / work, MIN_DRAWS, DRAWS);
  g_autofree double *alphas = g_new (double, n_draws);
  g_autofree guint *drawn = g_new (guint, n_units);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint n = 0;

  for (guint i = 0; i < n_draws; i++)
    {
      double alpha;

      for (guint u = 0; u < n_units; u++)
        drawn[u] = all[g_rand_int_range (rand, 0, (gint32) n_units)];
      alpha = alpha_of (counted, level, drawn, totals, below);
      /* Drawn were only units that all have the same answer: nothing to tell. */
      if (!isnan (alpha))
        alphas[n++] = alpha;
    }
  if (n < n_draws / 2)
    return;
  qsort (alphas, n, sizeof *alphas, compare);
  /* Whatever is drawn is the same: the units do not vary, which says nothing of others. */
  if (alphas[n - 1] - alphas[0] < 1e-9)
    return;
  out->low = MIN (out->value, alphas[(guint) floor (0.025 * (n - 1))]);
  out->high = MAX (out->value, alphas[(guint) ceil (0.975 * (n - 1))]);
}

void
side_agreement_alpha (const SideCounted *counted,
                      SideScale          level,
                      gboolean           interval,
                      SideCoefficient   *out)
{
  guint n_units = 0;
  g_autofree double *totals = g_new (double, counted->values->len + 1);
  g_autofree double *below = g_new (double, counted->values->len + 1);
  g_autofree guint *all = g_new (guint, counted->n_pairable + 1);

  *out = (SideCoefficient) { NAN, NAN, NAN };
  for (guint i = 0; i < counted->units->len; i++)
    if (g_array_index (counted->units, SideUnit, i).n > 1)
      all[n_units++] = i;
  out->value = alpha_of (counted, level, all, totals, below);
  if (isnan (out->value) || !interval)
    return;
  if (1 - out->value < 1e-12)
    {
      /* All agree: as if the share that may yet disagree did so as far as by chance. */
      out->low = 1 - (1 - side_stats_wilson_share (1.0, n_units).low) / expected_nominal (totals, counted->values->len);
      out->low = MAX (-1.0, out->low);
      out->high = 1;
      return;
    }
  if (n_units > 1)
    find_interval (counted, level, all, totals, below, out);
}
