/* side-series.c - figures along the day: sparklines and half-hours
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-indicators.h"
#include "side-time.h"

#define ROLLING_MS (15 * SIDE_MINUTE_MS)

/* When a call stopped waiting; never, for one that still waits. */
static gint64
left_at (const SideCall *call)
{
  gint64 left_ms = call->answered_ms != 0 ? call->answered_ms : call->ended_ms;

  return left_ms != 0 ? left_ms : G_MAXINT64;
}

/* Whether a call waited at some moment after @from_ms and up to @to_ms. */
static gboolean
waited_within (const SideCall *call,
               const char     *queue,
               gint64          from_ms,
               gint64          to_ms)
{
  return !call->test && call->joined_ms != 0 && (queue == NULL || call->queue == queue)
         && call->joined_ms <= to_ms && left_at (call) > from_ms + 1;
}

/* The longest that anybody had waited within a stretch: each until it was over
 * for them, or until the stretch's end. */
static double
longest_within (SideBoardProject *project,
                const char       *queue,
                gint64            from_ms,
                gint64            to_ms)
{
  gint64 max_ms = 0;

  for (guint i = 0; i < project->calls->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->calls, i);

      if (waited_within (call, queue, from_ms, to_ms))
        max_ms = MAX (max_ms, MIN (left_at (call), to_ms) - call->joined_ms);
    }
  return (double) max_ms;
}

/* The most that waited at one moment of a stretch. Their number grows only when
 * one joins, so it is greatest at a joining or at the stretch's beginning. */
static double
most_within (SideBoardProject *project,
             const char       *queue,
             gint64            from_ms,
             gint64            to_ms)
{
  g_autoptr (GPtrArray) there = g_ptr_array_new ();
  guint most = 0;

  for (guint i = 0; i < project->calls->len; i++)
    {
      SideCall *call = g_ptr_array_index (project->calls, i);

      if (waited_within (call, queue, from_ms, to_ms))
        g_ptr_array_add (there, call);
    }
  for (guint i = 0; i < there->len; i++)
    {
      const SideCall *joining = g_ptr_array_index (there, i);
      gint64 at_ms = MAX (joining->joined_ms, from_ms + 1);
      guint n = 0;

      for (guint k = 0; k < there->len; k++)
        {
          const SideCall *call = g_ptr_array_index (there, k);

          n += call->joined_ms <= at_ms && left_at (call) > at_ms;
        }
      most = MAX (most, n);
    }
  return most;
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

/* On whole minutes, the last one now: samples that move with the seconds would
 * make the past flicker. */
static gint64
sample_ms (gint64 now_ms,
           guint  back)
{
  return back == 0 ? now_ms : (now_ms - (gint64) back * SIDE_MINUTE_MS) / SIDE_MINUTE_MS * SIDE_MINUTE_MS;
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
 * How many wait and how long is the greatest since the sample before, so that
 * no peak falls between two. Operators and call-backs are taken at each whole
 * minute. What is counted over a period is taken over the quarter of an hour
 * before it, since a single minute has too few calls to show anything. NaN
 * where there is no value.
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
      gint64 at_ms = sample_ms (now_ms, n_minutes - 1 - i);
      gint64 before_ms = sample_ms (now_ms, n_minutes - i);
      SideReach reach = { queue, at_ms - ROLLING_MS, at_ms };
      SideIndicators figures;

      switch (indicator)
        {
        case SIDE_INDICATOR_WAITING:
          values[i] = most_within (project, queue, before_ms, at_ms);
          break;
        case SIDE_INDICATOR_LONGEST_WAIT:
          values[i] = longest_within (project, queue, before_ms, at_ms);
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
          side_indicators_compute (project, &reach, &figures);
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
