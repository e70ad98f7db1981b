/* side-counts.c - sums over legs and the ratios made of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A period's ratio is the sum of numerators over the sum of denominators, so
 * everything is counted first and divided once.
 */
#include <math.h>

#include "side-indicators.h"
#include "side-time.h"

/**
 * side_ratio:
 * @numerator: a sum
 * @denominator: a sum
 *
 * Returns: the ratio, NaN when the denominator is 0
 */
double
side_ratio (double numerator,
            double denominator)
{
  return denominator > 0 ? numerator / denominator : NAN;
}

/**
 * side_period_start:
 * @period: which
 * @zone: the project's zone
 * @now_ms: the present instant
 *
 * Returns: the instant at which the period that ends now began
 */
gint64
side_period_start (SidePeriod  period,
                   GTimeZone  *zone,
                   gint64      now_ms)
{
  switch (period)
    {
    case SIDE_PERIOD_15_MIN:
      return now_ms - 15 * SIDE_MINUTE_MS;
    case SIDE_PERIOD_HOUR:
      return now_ms - SIDE_HOUR_MS;
    case SIDE_PERIOD_TODAY:
    default:
      return side_time_day_start (zone, now_ms);
    }
}

static void
add_lost (SideCounts     *counts,
          const SideCall *call,
          gint64          threshold_ms,
          gint64          short_ms)
{
  counts->lost++;
  if (call->outcome == SIDE_OUTCOME_ABANDONED)
    {
      counts->abandoned++;
      counts->wait_abandoned_ms += call->wait_ms;
      if (call->wait_ms <= short_ms)
        counts->short_abandoned++;
    }
  else if (call->outcome == SIDE_OUTCOME_LOST)
    {
      counts->lost_unknown++;
    }
  /* Taken out by ourselves, or never let in: no caller's patience was tried. */
  if (call->outcome == SIDE_OUTCOME_WITHDRAWN || call->outcome == SIDE_OUTCOME_REFUSED)
    counts->not_counted++;
  else if (call->wait_ms <= threshold_ms)
    counts->lost_in_t++;
  else
    counts->lost_after_t++;
}

/**
 * side_counts_add:
 * @counts: sums, zeroed before the first
 * @call: a leg
 * @threshold_ms: T of the service level, inclusive
 * @short_ms: up to here an abandoned call is a short one
 *
 * Counts one leg. An answered leg counts as soon as it is connected; a test
 * call counts as nothing but a test call, one that was refused at the door
 * only as lost and refused.
 */
void
side_counts_add (SideCounts     *counts,
                 const SideCall *call,
                 gint64          threshold_ms,
                 gint64          short_ms)
{
  if (call->test)
    {
      counts->test++;
      return;
    }
  if (call->outcome == SIDE_OUTCOME_REFUSED && call->answered_ms == 0)
    {
      /* Lost to the shop, but never in a queue: in no ratio to what entered one. */
      counts->refused++;
      add_lost (counts, call, threshold_ms, short_ms);
      return;
    }
  counts->offered++;
  if (call->answered_ms != 0)
    {
      counts->answered++;
      counts->wait_answered_ms += call->wait_ms;
      counts->max_wait_ms = MAX (counts->max_wait_ms, call->wait_ms);
      if (call->wait_ms <= threshold_ms)
        counts->answered_in_t++;
      if (call->ended_ms != 0)
        {
          counts->handled++;
          counts->talk_ms += call->talk_ms;
          counts->hold_ms += call->hold_ms;
          counts->wrap_ms += call->wrap_ms;
        }
      if (call->transfer != SIDE_TRANSFER_NONE)
        counts->transferred++;
    }
  else if (call->ended_ms == 0)
    {
      counts->waiting++;
      return;
    }
  else
    {
      add_lost (counts, call, threshold_ms, short_ms);
    }
  counts->wait_all_ms += call->wait_ms;
  if (call->order_id != NULL)
    {
      counts->orders++;
      counts->order_minor += call->amount_minor;
    }
}

/**
 * side_counts_service_level:
 * @counts: sums of a period
 * @formula: the contract's way of counting
 *
 * "ab" of the six formulas is every leg that entered and ended unanswered but
 * for withdrawn and refused ones: otherwise a short queue time-out would make
 * the service level better. Source: docs/metrics.md, F1 to F6.
 *
 * Returns: 0..1, or NaN when nothing was offered
 */
double
side_counts_service_level (const SideCounts *counts,
                           SideFormula       formula)
{
  double ans = (double) counts->answered;
  double ans_t = (double) counts->answered_in_t;
  double ab_t = (double) counts->lost_in_t;
  double ab_after = (double) counts->lost_after_t;
  double ab = ab_t + ab_after;
  double ab_short = (double) counts->short_abandoned;

  switch (formula)
    {
    case SIDE_FORMULA_F1:
      return side_ratio (ans_t + ab_t, ans + ab);
    case SIDE_FORMULA_F2:
      return side_ratio (ans_t, ans);
    case SIDE_FORMULA_F3:
      return side_ratio (ans_t, ans + ab);
    case SIDE_FORMULA_F5:
      return side_ratio (ans_t + ab_short, ans + ab);
    case SIDE_FORMULA_F6:
      return side_ratio (ans_t, ans + ab - ab_short);
    case SIDE_FORMULA_F4:
    case SIDE_FORMULA_UNKNOWN:
    default:
      return side_ratio (ans_t, ans + ab_after);
    }
}

static int
compare_legs (gconstpointer a,
              gconstpointer b)
{
  const SideCall *x = *(const SideCall *const *) a;
  const SideCall *y = *(const SideCall *const *) b;

  return (x->joined_ms > y->joined_ms) - (x->joined_ms < y->joined_ms);
}

typedef struct {
  gint64   wait_ms;
  gint64   talk_ms;
  gboolean answered;
} Journey;

/**
 * side_journeys_compute:
 * @calls: (element-type SideCall): ended legs, in any order
 * @out: (out caller-allocates): the journeys they make
 *
 * Legs with one journey id are one journey: answered if its last leg was,
 * its wait the sum of its legs' waits, talk that of the last answered leg.
 */
void
side_journeys_compute (GPtrArray    *calls,
                       SideJourneys *out)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer value;

  *out = (SideJourneys) { 0 };
  for (guint i = 0; i < calls->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (calls, i));
  g_ptr_array_sort (sorted, compare_legs);
  for (guint i = 0; i < sorted->len; i++)
    {
      const SideCall *call = g_ptr_array_index (sorted, i);
      const char *id = call->journey != NULL ? call->journey : call->id;
      Journey *journey = g_hash_table_lookup (by_id, id);

      out->legs++;
      if (journey == NULL)
        {
          journey = g_new0 (Journey, 1);
          g_hash_table_insert (by_id, (gpointer) id, journey);
        }
      journey->wait_ms += call->wait_ms;
      journey->answered = call->answered_ms != 0;
      if (journey->answered)
        journey->talk_ms = call->talk_ms;
    }
  g_hash_table_iter_init (&iter, by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Journey *journey = value;
      out->journeys++;
      if (journey->answered)
        {
          out->answered++;
          out->wait_ms += journey->wait_ms;
          out->talk_ms += journey->talk_ms;
        }
      else
        {
          out->lost++;
        }
    }
}
