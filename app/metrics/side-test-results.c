/* side-test-results.c - what many test calls say, over time and of several lines
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-results.h"

#include <math.h>

#include "side-test-verdict.h"
#include "side-time.h"

/**
 * side_test_result_free:
 * @self: (transfer full): a result
 */
void
side_test_result_free (SideTestResult *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->line);
  g_free (self->scenario);
  g_free (self->title);
  g_free (self);
}

static void
result_free (gpointer data)
{
  side_test_result_free (data);
}

static gint64
period_of (gint64     at_ms,
           guint      groups,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;
  int back;

  if ((groups & (SIDE_TEST_BY_WEEK | SIDE_TEST_BY_MONTH)) == 0)
    return 0;
  local = side_time_to_local (zone, at_ms);
  back = (groups & SIDE_TEST_BY_MONTH) != 0 ? g_date_time_get_day_of_month (local) - 1 : g_date_time_get_day_of_week (local) - 1;
  return side_time_day_add (zone, at_ms, -back);
}

static SideTestResult *
find_result (GPtrArray          *results,
             const SideTestCall *call,
             guint               groups,
             GTimeZone          *zone)
{
  const char *line = (groups & SIDE_TEST_BY_LINE) == 0 ? NULL : call->vendor != NULL ? call->vendor : call->number;
  const char *scenario = (groups & SIDE_TEST_BY_SCENARIO) != 0 ? call->scenario : NULL;
  gint64 from_ms = period_of (call->dialled_ms, groups, zone);
  SideTestResult *result;

  for (guint i = 0; i < results->len; i++)
    {
      result = results->pdata[i];
      if (result->from_ms == from_ms && g_strcmp0 (result->line, line) == 0 && g_strcmp0 (result->scenario, scenario) == 0)
        return result;
    }
  result = g_new0 (SideTestResult, 1);
  result->line = g_strdup (line);
  result->scenario = g_strdup (scenario);
  result->from_ms = from_ms;
  g_ptr_array_add (results, result);
  return result;
}

static void
add_call (SideTestResult     *self,
          const SideTestCall *call,
          double              score)
{
  self->n++;
  self->answered += call->answered_ms != 0;
  self->sound += side_test_call_faults (call) == 0;
  if (side_test_call_reached (call))
    {
      gint64 wait_ms = side_test_call_first_of (call, SIDE_SEGMENT_PERSON);

      self->reached++;
      if (wait_ms >= 0)
        side_scores_add (&self->waits, (double) wait_ms);
    }
  side_scores_add (&self->scores, score);
  if (self->scenario != NULL && call->pinned != NULL && call->pinned->title != NULL)
    {
      g_free (self->title);
      self->title = g_strdup (call->pinned->title);
    }
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  gint64 left = (*(const SideTestCall *const *) a)->dialled_ms;
  gint64 right = (*(const SideTestCall *const *) b)->dialled_ms;

  return (left > right) - (left < right);
}

static int
by_group (gconstpointer a,
          gconstpointer b)
{
  const SideTestResult *left = *(const SideTestResult *const *) a;
  const SideTestResult *right = *(const SideTestResult *const *) b;
  int order = g_strcmp0 (left->line, right->line);

  if (order == 0)
    order = g_strcmp0 (left->title, right->title);
  if (order == 0)
    order = g_strcmp0 (left->scenario, right->scenario);
  return order != 0 ? order : (left->from_ms > right->from_ms) - (left->from_ms < right->from_ms);
}

/* A wait is never below nought, however few calls it is known from. */
static void
conclude (SideTestResult *self)
{
  self->reached_share = side_stats_wilson (self->reached, self->n);
  self->sound_share = side_stats_wilson (self->sound, self->n);
  self->wait = side_stats_mean (side_scores_get_mean (&self->waits), side_scores_get_deviation (&self->waits), self->waits.n);
  if (self->waits.n < 2)
    self->wait = (SideInterval) { NAN, NAN };
  else
    self->wait.low = MAX (self->wait.low, 0);
}

/**
 * side_test_results:
 * @calls: (element-type SideTestCall): test calls, in any order; those that go on and
 *   those that do not count are left out
 * @groups: set of SideTestGroups
 * @zone: the project's, where weeks and months begin
 * @score: (nullable): tells what the answers of a call come to
 * @data: for @score
 *
 * Returns: (transfer full) (element-type SideTestResult): by line, title and time; a group
 *   without calls is not there
 */
GPtrArray *
side_test_results (GPtrArray         *calls,
                   guint              groups,
                   GTimeZone         *zone,
                   SideTestScoreFunc  score,
                   gpointer           data)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (result_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  g_return_val_if_fail (calls != NULL && zone != NULL, results);

  for (guint i = 0; i < calls->len; i++)
    if (((const SideTestCall *) calls->pdata[i])->ended_ms != 0 && side_test_call_counts (calls->pdata[i]))
      g_ptr_array_add (sorted, calls->pdata[i]);
  g_ptr_array_sort (sorted, by_time);
  for (guint i = 0; i < sorted->len; i++)
    {
      const SideTestCall *call = sorted->pdata[i];

      add_call (find_result (results, call, groups, zone), call, score != NULL ? score (call, data) : NAN);
    }
  for (guint i = 0; i < results->len; i++)
    conclude (results->pdata[i]);
  g_ptr_array_sort (results, by_group);
  return results;
}
