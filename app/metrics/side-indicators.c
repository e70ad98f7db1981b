/* side-indicators.c - the numbers of the Live page and of any period
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A day of a large centre is some ten thousand legs, so each figure is one
 * plain pass over them; nothing is kept between calls and nothing can drift.
 */
#include "side-indicators.h"

#include <math.h>

#include "side-time.h"

static gboolean
in_reach (const SideCall  *call,
          const SideReach *reach)
{
  return call->joined_ms >= reach->from_ms && call->joined_ms < reach->to_ms
         && (reach->queue == NULL || call->queue == reach->queue);
}

/* Legs come nearly in order of arrival; backfilled ones may be far out of it,
 * so the whole array is looked at. */
static void
count_legs (SideBoardProject *project,
            const SideReach  *reach,
            SideCounts       *counts)
{
  gint64 threshold_ms = project->config != NULL ? project->config->threshold_ms : 20 * SIDE_SECOND_MS;
  gint64 short_ms = project->config != NULL ? project->config->short_abandon_ms : 5 * SIDE_SECOND_MS;

  for (guint i = 0; i < project->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->calls, i);
      if (in_reach (call, reach))
        side_counts_add (counts, call, threshold_ms, short_ms);
    }
}

static SideFormula
formula_of (const SideBoardProject *project)
{
  return project->config != NULL ? project->config->formula : SIDE_FORMULA_F4;
}

static int
compare_int64 (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Nearest-rank percentiles of the waits of answered legs. */
static void
compute_waits (SideBoardProject *project,
               const SideReach  *reach,
               SideIndicators   *out)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < project->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->calls, i);
      if (call->answered_ms != 0 && !call->test && in_reach (call, reach))
        g_array_append_val (waits, call->wait_ms);
    }
  out->asa_p50_ms = out->asa_p90_ms = out->asa_max_ms = NAN;
  if (waits->len == 0)
    return;
  g_array_sort (waits, compare_int64);
  out->asa_p50_ms = (double) g_array_index (waits, gint64, (guint) ceil (0.5 * waits->len) - 1);
  out->asa_p90_ms = (double) g_array_index (waits, gint64, (guint) ceil (0.9 * waits->len) - 1);
  out->asa_max_ms = (double) g_array_index (waits, gint64, waits->len - 1);
}

static void
compute_waiting (SideBoardProject *project,
                 const SideReach  *reach,
                 SideIndicators   *out)
{
  out->longest_wait_ms = -1;
  for (guint i = 0; i < project->live->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->live, i);

      if (!side_call_is_waiting (call) || call->test
          || (reach->queue != NULL && call->queue != reach->queue))
        continue;
      out->waiting++;
      out->longest_wait_ms = MAX (out->longest_wait_ms, side_call_get_wait_ms (call, reach->to_ms));
    }
}

static gboolean
operator_in_reach (const SideOperator *op,
                   const char         *queue)
{
  return queue == NULL || g_ptr_array_find (op->queues, queue, NULL);
}

/**
 * side_operator_add_times:
 * @op: an operator on a board
 * @from_ms: beginning of the period
 * @to_ms: its end, the present instant for what still lasts
 * @busy_ms: (inout): grows by the time in talk, hold and after-call work
 * @ready_ms: (inout): grows by the time ready for calls or being rung
 *
 * What the occupancy is made of. An operator of several projects is as busy
 * with a call of another one.
 */
void
side_operator_add_times (const SideOperator *op,
                         gint64              from_ms,
                         gint64              to_ms,
                         gint64             *busy_ms,
                         gint64             *ready_ms)
{
  for (guint i = op->spans->len; i-- > 0;)
    {
      const SideStateSpan *span = &g_array_index (op->spans, SideStateSpan, i);
      gint64 end = span->to_ms != 0 ? span->to_ms : to_ms;
      gint64 part = MIN (end, to_ms) - MAX (span->from_ms, from_ms);

      if (end <= from_ms)
        break;
      if (part <= 0)
        continue;
      if (span->state == SIDE_OPERATOR_TALKING || span->state == SIDE_OPERATOR_WRAP_UP)
        *busy_ms += part;
      else if (span->state == SIDE_OPERATOR_READY || span->state == SIDE_OPERATOR_RINGING)
        *ready_ms += part;
    }
}

static void
compute_operators (SideBoardProject *project,
                   const SideReach  *reach,
                   SideIndicators   *out)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);
      gint64 before_ms = out->busy_ms + out->ready_ms;

      if (!operator_in_reach (op, reach->queue))
        continue;
      out->by_state[op->state]++;
      if (op->state != SIDE_OPERATOR_OFF && op->state != SIDE_OPERATOR_UNKNOWN)
        out->logged_in++;
      side_operator_add_times (op, reach->from_ms, reach->to_ms, &out->busy_ms, &out->ready_ms);
      if (out->busy_ms + out->ready_ms > before_ms)
        out->present++;
    }
  out->occupancy = side_ratio ((double) out->busy_ms, (double) (out->busy_ms + out->ready_ms));
}

static void
compute_callbacks (SideBoardProject *project,
                   const SideReach  *reach,
                   SideIndicators   *out)
{
  gint64 due_ms = project->config != NULL ? project->config->callback_due_ms : 30 * SIDE_MINUTE_MS;

  for (guint i = 0; i < project->callbacks->len; i++)
    {
      const SideCallback *callback = g_ptr_array_index (project->callbacks, i);

      if (callback->closed_ms != 0 || (reach->queue != NULL && callback->queue != reach->queue))
        continue;
      out->callbacks_due++;
      if (reach->to_ms - callback->lost_ms > due_ms)
        out->callbacks_overdue++;
    }
}

static void
compute_averages (SideIndicators *out,
                  SideFormula     formula)
{
  const SideCounts *c = &out->counts;

  out->service_level = side_counts_service_level (c, formula);
  out->abandoned_ratio = side_ratio ((double) c->abandoned, (double) c->offered);
  out->asa_ms = side_ratio ((double) c->wait_answered_ms, (double) c->answered);
  out->awt_ms = side_ratio ((double) c->wait_all_ms, (double) (c->offered - c->waiting));
  out->ata_ms = side_ratio ((double) c->wait_abandoned_ms, (double) c->abandoned);
  out->talk_ms = side_ratio ((double) c->talk_ms, (double) c->handled);
  out->hold_ms = side_ratio ((double) c->hold_ms, (double) c->handled);
  out->wrap_ms = side_ratio ((double) c->wrap_ms, (double) c->handled);
  out->aht_ms = side_ratio ((double) (c->talk_ms + c->hold_ms + c->wrap_ms), (double) c->handled);
}

/**
 * side_indicators_compute:
 * @project: a project on a board
 * @reach: which legs; @reach->to_ms is also the present instant
 * @out: (out caller-allocates): the figures
 */
void
side_indicators_compute (SideBoardProject *project,
                         const SideReach  *reach,
                         SideIndicators   *out)
{
  SideReach interned = *reach;

  g_return_if_fail (project != NULL && out != NULL);

  interned.queue = g_intern_string (reach->queue);
  memset (out, 0, sizeof *out);
  count_legs (project, &interned, &out->counts);
  compute_averages (out, formula_of (project));
  compute_waits (project, &interned, out);
  compute_waiting (project, &interned, out);
  compute_operators (project, &interned, out);
  compute_callbacks (project, &interned, out);
}

/**
 * side_indicators_get_value:
 * @self: figures
 * @indicator: which
 *
 * Returns: the one number that stands for it: a count, milliseconds, or a
 *   ratio of 1; NaN where there is none
 */
double
side_indicators_get_value (const SideIndicators *self,
                           SideIndicator         indicator)
{
  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      return self->waiting;
    case SIDE_INDICATOR_LONGEST_WAIT:
      return self->longest_wait_ms < 0 ? NAN : (double) self->longest_wait_ms;
    case SIDE_INDICATOR_SERVICE_LEVEL:
      return self->service_level;
    case SIDE_INDICATOR_ABANDONED:
      return self->abandoned_ratio;
    case SIDE_INDICATOR_ANSWERED:
      return (double) self->counts.answered;
    case SIDE_INDICATOR_ASA:
      return self->asa_ms;
    case SIDE_INDICATOR_AHT:
      return self->aht_ms;
    case SIDE_INDICATOR_OCCUPANCY:
      return self->occupancy;
    case SIDE_INDICATOR_OPERATORS:
      return self->by_state[SIDE_OPERATOR_TALKING];
    case SIDE_INDICATOR_CALLBACKS:
      return self->callbacks_due;
    case SIDE_N_INDICATORS:
    default:
      g_return_val_if_reached (NAN);
    }
}

static SideLevel
level_up_to (double value,
             double good,
             double bad)
{
  if (isnan (value))
    return SIDE_LEVEL_NONE;
  return value <= good ? SIDE_LEVEL_GOOD : value <= bad ? SIDE_LEVEL_WARNING : SIDE_LEVEL_BAD;
}

/**
 * side_indicators_get_level:
 * @self: figures
 * @indicator: which
 * @config: the project's targets and limits
 *
 * The occupancy's norm is 70–75 %, its alarm is above 85 % (COPC).
 *
 * Returns: how it stands against its target
 */
SideLevel
side_indicators_get_level (const SideIndicators *self,
                           SideIndicator         indicator,
                           const SideProject    *config)
{
  double value = side_indicators_get_value (self, indicator);

  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      return level_up_to (value, config->waiting_limit, config->waiting_limit);
    case SIDE_INDICATOR_LONGEST_WAIT:
      return level_up_to (value, (double) config->threshold_ms, (double) config->wait_limit_ms);
    case SIDE_INDICATOR_SERVICE_LEVEL:
      if (isnan (value))
        return SIDE_LEVEL_NONE;
      return value >= config->target          ? SIDE_LEVEL_GOOD
             : value >= config->target - 0.10 ? SIDE_LEVEL_WARNING
                                              : SIDE_LEVEL_BAD;
    case SIDE_INDICATOR_ABANDONED:
      return level_up_to (value, config->abandon_target, 2 * config->abandon_target);
    case SIDE_INDICATOR_ASA:
      return level_up_to (value, (double) config->answer_target_ms, 2.0 * (double) config->answer_target_ms);
    case SIDE_INDICATOR_OCCUPANCY:
      /* Below the norm nobody suffers but the payroll: neither good nor bad. */
      return value < 0.70 ? SIDE_LEVEL_NONE : level_up_to (value, 0.75, 0.85);
    case SIDE_INDICATOR_CALLBACKS:
      return self->callbacks_overdue > 0 ? SIDE_LEVEL_WARNING : SIDE_LEVEL_NONE;
    case SIDE_INDICATOR_ANSWERED:
    case SIDE_INDICATOR_AHT:
    case SIDE_INDICATOR_OPERATORS:
    case SIDE_N_INDICATORS:
    default:
      return SIDE_LEVEL_NONE;
    }
}

/* Whether the formula divides by this leg too: as side_counts_service_level(). */
static gboolean
in_service_level (const SideBoardProject *project,
                  const SideCall         *call)
{
  const SideProject *config = project->config;
  gint64 threshold_ms = config != NULL ? config->threshold_ms : 20 * SIDE_SECOND_MS;
  gint64 short_ms = config != NULL ? config->short_abandon_ms : 5 * SIDE_SECOND_MS;

  if (call->answered_ms != 0)
    return TRUE;
  if (call->ended_ms == 0 || call->outcome == SIDE_OUTCOME_WITHDRAWN || call->outcome == SIDE_OUTCOME_REFUSED)
    return FALSE;
  switch (formula_of (project))
    {
    case SIDE_FORMULA_F1:
    case SIDE_FORMULA_F3:
    case SIDE_FORMULA_F5:
      return TRUE;
    case SIDE_FORMULA_F2:
      return FALSE;
    case SIDE_FORMULA_F6:
      return call->outcome != SIDE_OUTCOME_ABANDONED || call->wait_ms > short_ms;
    case SIDE_FORMULA_F4:
    case SIDE_FORMULA_UNKNOWN:
    default:
      return call->wait_ms > threshold_ms;
    }
}

static gboolean
stands_behind (const SideBoardProject *project,
               const SideCall         *call,
               SideIndicator           indicator)
{
  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
    case SIDE_INDICATOR_LONGEST_WAIT:
      return side_call_is_waiting (call);
    case SIDE_INDICATOR_SERVICE_LEVEL:
      return in_service_level (project, call);
    case SIDE_INDICATOR_ABANDONED:
      return call->outcome == SIDE_OUTCOME_ABANDONED;
    case SIDE_INDICATOR_ANSWERED:
    case SIDE_INDICATOR_ASA:
      return call->answered_ms != 0;
    case SIDE_INDICATOR_AHT:
      return call->answered_ms != 0 && call->ended_ms != 0;
    case SIDE_INDICATOR_OCCUPANCY:
    case SIDE_INDICATOR_OPERATORS:
    case SIDE_INDICATOR_CALLBACKS:
    case SIDE_N_INDICATORS:
    default:
      return FALSE;
    }
}

/**
 * side_indicators_list_calls:
 * @project: a project on a board
 * @reach: which legs
 * @indicator: which figure
 *
 * Returns: (transfer full) (element-type SideCall): the legs it rests on,
 *   newest first; none for what is a number of operators or call-backs
 */
GPtrArray *
side_indicators_list_calls (SideBoardProject *project,
                            const SideReach  *reach,
                            SideIndicator     indicator)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  SideReach interned = *reach;
  gboolean now = indicator == SIDE_INDICATOR_WAITING || indicator == SIDE_INDICATOR_LONGEST_WAIT;

  interned.queue = g_intern_string (reach->queue);
  if (now)
    interned.from_ms = 0;
  for (guint i = project->calls->len; i-- > 0;)
    {
      SideCall *call = g_ptr_array_index (project->calls, i);
      if (in_reach (call, &interned) && !call->test && stands_behind (project, call, indicator))
        g_ptr_array_add (list, side_call_ref (call));
    }
  return list;
}
