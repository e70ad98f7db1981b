/* side-agreement-whole.c - Krippendorff's alpha of all criteria of a script at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A unit is a criterion of a call, an answer its share of a full mark. At the
 * level of intervals all of alpha follows from sums: each call is added up
 * once, and whole calls are drawn for the interval, because the answers about
 * one call hang together.
 */
#include "side-agreement-sheet.h"

#include <math.h>

#define DRAWS 2000
#define SEED  20112011   /* the same table has the same interval each time */

/* Of answers that can agree with another. */
typedef struct {
  double n;
  double sum;
  double squares;
  double apart;     /* sum over units of the squared distances of all pairs, over their answers less one */
} Sums;

static void
add_sums (Sums       *to,
          const Sums *from)
{
  to->n += from->n;
  to->sum += from->sum;
  to->squares += from->squares;
  to->apart += from->apart;
}

static void
add_unit (Sums                *sums,
          const SideSheetCall *call,
          guint                place,
          SideAgreement       *out)
{
  Sums unit = { 0 };

  for (guint i = 0; i < call->entries->len; i++)
    {
      double value = ((SideEntry *) call->entries->pdata[i])->values[place];

      if (value < 0)
        continue;
      unit.n++;
      unit.sum += value;
      unit.squares += value * value;
    }
  if (unit.n < 2)
    return;
  unit.apart = 2 * (unit.n * unit.squares - unit.sum * unit.sum) / (unit.n - 1);
  add_sums (sums, &unit);
  out->units++;
  out->answers += (guint) unit.n;
}

/* How far two answers lie apart that have nothing to do with one another. */
static double
expected_of (const Sums *all)
{
  return all->n > 1 ? 2 * (all->n * all->squares - all->sum * all->sum) / (all->n * (all->n - 1)) : 0;
}

static double
alpha_of (const Sums *all)
{
  double expected = expected_of (all);

  return expected > 1e-12 ? 1 - all->apart / all->n / expected : NAN;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
find_interval (const GArray    *calls,
               SideCoefficient *alpha)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < DRAWS; i++)
    {
      Sums all = { 0 };
      double value;

      for (guint k = 0; k < calls->len; k++)
        add_sums (&all, &g_array_index (calls, Sums, (guint) g_rand_int_range (rand, 0, (gint32) calls->len)));
      value = alpha_of (&all);
      if (!isnan (value))
        g_array_append_val (drawn, value);
    }
  if (drawn->len == 0)
    return;
  g_array_sort (drawn, compare_doubles);
  /* Calls that do not vary say nothing of others. */
  if (g_array_index (drawn, double, drawn->len - 1) - g_array_index (drawn, double, 0) < 1e-9)
    return;
  alpha->low = MIN (alpha->value, g_array_index (drawn, double, (guint) (0.025 * (drawn->len - 1))));
  alpha->high = MAX (alpha->value, g_array_index (drawn, double, (guint) ceil (0.975 * (drawn->len - 1))));
}

static guint
count_reviewers (const SideSheet *sheet)
{
  guint n = 0;

  for (guint i = 0; i < sheet->names->len; i++)
    for (guint k = 0; k < sheet->calls->len; k++)
      if (side_sheet_find_entry (sheet->calls->pdata[k], i) != NULL)
        {
          n++;
          break;
        }
  return n;
}

/**
 * side_agreement_whole:
 * @sheet: the reviews
 *
 * Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011);
 * the interval is the middle 95 % of 2000 draws of as many calls. Where all
 * agree, see side-agreement.c.
 *
 * Returns: units, reviewers, answers and alpha; the other coefficients are not
 *   asked for
 */
SideAgreement
side_agreement_whole (const SideSheet *sheet)
{
  const SideCoefficient undefined = { NAN, NAN, NAN };
  SideAgreement out = { .observed = undefined, .kappa = undefined, .ac1 = undefined, .alpha = undefined };
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (Sums));
  Sums all = { 0 };

  for (guint i = 0; i < sheet->calls->len; i++)
    {
      Sums sums = { 0 };

      for (guint k = 0; k < sheet->criteria->len; k++)
        add_unit (&sums, sheet->calls->pdata[i], k, &out);
      if (sums.n == 0)
        continue;
      add_sums (&all, &sums);
      g_array_append_val (calls, sums);
    }
  out.reviewers = count_reviewers (sheet);
  out.alpha.value = alpha_of (&all);
  if (isnan (out.alpha.value))
    return out;
  if (1 - out.alpha.value < 1e-12)
    {
      out.alpha.low = MAX (-1.0, 1 - (1 - side_stats_wilson_share (1.0, calls->len).low) / expected_of (&all));
      out.alpha.high = 1;
    }
  else if (calls->len > 1)
    find_interval (calls, &out.alpha);
  return out;
}
