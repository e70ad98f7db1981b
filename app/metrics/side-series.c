/* side-series.c - figures along the day: sparklines and half-hours
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-indicators.h"
#include "side-time.h"

#define ROLLING_MS (15 * SIDE_MINUTE_MS)

static gboolean
waited_at (const SideCall *call,
           gint64          at_ms)
{
  gint64 left_ms = call->answered_ms != 0 ? call->answered_ms : call->ended_ms;

  return !call->test && call->joined_ms != 0 && call->joined_ms <= at_ms && (left_ms == 0 || left_ms > at_ms);
}

static double
waiting_at (SideBoardProject *project,
            const char       *queue,
            gint64            at_ms,
            gboolean          longest)
{
  double n = 0;
  gint64 max_ms = 0;

  for (guint i = 0; i < project->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->calls, i);
      if ((queue != NULL && call->queue != queue) || !waited_at (call, at_ms))
        continue;
      n++;
      max_ms = MAX (max_ms, at_ms - call->joined_ms);
    }
  return longest ? (double) max_ms : n;
}

static double
talking_at (SideBoardProject *project,
            const char       *queue,
            gint64            at_ms)
{
  double n = 0;

  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);

      if (queue != NULL && !g_ptr_array_find (op->queues, queue, NULL))
        continue;
      for (guint k = op->spans->len; k-- > 0;)
        {
          const SideStateSpan *span = &g_array_index (op->spans, SideStateSpan, k);
          if (span->from_ms > at_ms)
            continue;
          n += span->state == SIDE_OPERATOR_TALKING && (span->to_ms == 0 || span->to_ms > at_ms);
          break;
        }
    }
  return n;
}

static double
callbacks_at (SideBoardProject *project,
              const char       *queue,
              gint64            at_ms)
{
  double n = 0;

  for (guint i = 0; i < project->callbacks->len; i++)
    {
      const SideCallback *callback = g_ptr_array_index (project->callbacks, i);
      n += (queue == NULL || callback->queue == queue) && callback->lost_ms <= at_ms
           && (callback->closed_ms == 0 || callback->closed_ms > at_ms);
    }
  return n;
}

/**
 * side_indicators_series:
 * @project: a project on a board
 * @queue: (nullable): one queue's id
 * @indicator: which figure
 * @now_ms: the present instant
 * @values: (out) (array length=n_minutes): a value a minute, the last one now
 * @n_minutes: how many
 *
 * What is counted at a moment is taken at each whole minute; what is counted over a
 * period is taken over the quarter of an hour before it, since a single
 * minute has too few calls to show anything. NaN where there is no value.
 */
void
side_indicators_series (SideBoardProject *project,
                        const char       *queue,
                        SideIndicator     indicator,
                        gint64            now_ms,
                        double           *values,
                        guint             n_minutes)
{
  queue = g_intern_string (queue);
  for (guint i = 0; i < n_minutes; i++)
    {
      gint64 back_ms = (gint64) (n_minutes - 1 - i) * SIDE_MINUTE_MS;
      /* On whole minutes: samples that move with the seconds would make the past flicker. */
      gint64 at_ms = back_ms == 0 ? now_ms : (now_ms - back_ms) / SIDE_MINUTE_MS * SIDE_MINUTE_MS;
      SideScope scope = { queue, at_ms - ROLLING_MS, at_ms };
      SideIndicators figures;

      switch (indicator)
        {
        case SIDE_INDICATOR_WAITING:
        case SIDE_INDICATOR_LONGEST_WAIT:
          values[i] = waiting_at (project, queue, at_ms, indicator == SIDE_INDICATOR_LONGEST_WAIT);
          break;
        case SIDE_INDICATOR_OPERATORS:
          values[i] = talking_at (project, queue, at_ms);
          break;
        case SIDE_INDICATOR_CALLBACKS:
          values[i] = callbacks_at (project, queue, at_ms);
          break;
        case SIDE_INDICATOR_SERVICE_LEVEL:
        case SIDE_INDICATOR_ABANDONED:
        case SIDE_INDICATOR_ANSWERED:
        case SIDE_INDICATOR_ASA:
        case SIDE_INDICATOR_AHT:
        case SIDE_INDICATOR_OCCUPANCY:
        case SIDE_N_INDICATORS:
        default:
          side_indicators_compute (project, &scope, &figures);
          values[i] = side_indicators_get_value (&figures, indicator);
          break;
        }
    }
}

/**
 * side_indicators_slots:
 * @project: a project on a board
 * @queue: (nullable): one queue's id
 * @now_ms: the present instant
 * @slot_minutes: 15, 30 or 60
 *
 * Returns: (transfer full) (element-type SideSlot): the slots of today up to
 *   the present one, from the project's midnight on, empty ones too
 */
GArray *
side_indicators_slots (SideBoardProject *project,
                       const char       *queue,
                       gint64            now_ms,
                       int               slot_minutes)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const SideProject *config = project->config;
  GTimeZone *zone = config != NULL ? config->time_zone : utc;
  gint64 day_ms = side_time_day_start (zone, now_ms);
  gint64 slot_ms = slot_minutes * SIDE_MINUTE_MS;
  guint n = (guint) ((now_ms - day_ms) / slot_ms) + 1;
  GArray *slots = g_array_sized_new (FALSE, TRUE, sizeof (SideSlot), n);

  queue = g_intern_string (queue);
  g_array_set_size (slots, n);
  for (guint i = 0; i < n; i++)
    {
      SideSlot *slot = &g_array_index (slots, SideSlot, i);
      slot->from_ms = day_ms + (gint64) i * slot_ms;
      slot->to_ms = slot->from_ms + slot_ms;
    }
  for (guint i = 0; i < project->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->calls, i);
      gint64 index = (call->joined_ms - day_ms) / slot_ms;

      if (call->joined_ms < day_ms || index >= n || (queue != NULL && call->queue != queue))
        continue;
      side_counts_add (&g_array_index (slots, SideSlot, index).counts, call,
                       config != NULL ? config->threshold_ms : 20 * SIDE_SECOND_MS,
                       config != NULL ? config->short_abandon_ms : 5 * SIDE_SECOND_MS);
    }
  for (guint i = 0; i < n; i++)
    {
      SideSlot *slot = &g_array_index (slots, SideSlot, i);
      slot->service_level = side_counts_service_level (&slot->counts,
                                                       config != NULL ? config->formula : SIDE_FORMULA_F4);
    }
  return slots;
}
