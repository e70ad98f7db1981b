/* side-campaign-watch.c - when failed test calls are worth a notification
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One failed call may be chance; n of the last m at one number with one
 * scenario are told of, once, when they become so many.
 */
#include <string.h>

#include "side-campaign-draw.h"
#include "side-test-call.h"
#include "side-test-verdict.h"

static int
count_failed (const gboolean *failed,
              guint           n_failed,
              int             m)
{
  int count = 0;

  for (guint i = n_failed > (guint) m ? n_failed - (guint) m : 0; i < n_failed; i++)
    count += failed[i] != FALSE;
  return count;
}

/**
 * side_campaign_is_failing:
 * @failed: which calls failed, oldest first
 * @n_failed: how many there are
 * @n: so many failures…
 * @m: …among the last so many; 0 for never
 *
 * Returns: whether it is so; also before there were @m calls, when @n have failed already
 */
gboolean
side_campaign_is_failing (const gboolean *failed,
                          guint           n_failed,
                          int             n,
                          int             m)
{
  g_return_val_if_fail (failed != NULL || n_failed == 0, FALSE);
  return n > 0 && m >= n && count_failed (failed, n_failed, m) >= n;
}

static void
alarm_free (gpointer data)
{
  SideCampaignAlarm *alarm = data;

  g_free (alarm->scenario);
  g_free (alarm->number);
  g_free (alarm);
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  const SideTestCall *left = *(const SideTestCall *const *) a;
  const SideTestCall *right = *(const SideTestCall *const *) b;

  if (left->dialled_ms != right->dialled_ms)
    return left->dialled_ms < right->dialled_ms ? -1 : 1;
  return g_strcmp0 (left->review->id, right->review->id);
}

static gboolean
is_of_line (const SideTestCall *a,
            const SideTestCall *b)
{
  return g_strcmp0 (a->scenario, b->scenario) == 0 && g_strcmp0 (a->number, b->number) == 0;
}

static void
watch_line (const SideCampaign *self,
            GPtrArray          *calls,
            guint               last,
            GPtrArray          *alarms)
{
  const SideTestCall *newest = calls->pdata[last];
  g_autoptr (GArray) failed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  SideCampaignAlarm *alarm;

  for (guint i = 0; i <= last; i++)
    if (is_of_line (calls->pdata[i], newest))
      {
        gboolean bad = side_test_call_faults (calls->pdata[i]) != 0;

        g_array_append_val (failed, bad);
      }
  if (!side_campaign_is_failing ((const gboolean *) (void *) failed->data, failed->len, self->fail_n, self->fail_m))
    return;
  alarm = g_new0 (SideCampaignAlarm, 1);
  alarm->scenario = g_strdup (newest->scenario);
  alarm->number = g_strdup (newest->number);
  alarm->of = MIN ((int) failed->len, self->fail_m);
  alarm->failed = count_failed ((const gboolean *) (void *) failed->data, failed->len, self->fail_m);
  alarm->raised = !side_campaign_is_failing ((const gboolean *) (void *) failed->data, failed->len - 1, self->fail_n, self->fail_m);
  g_ptr_array_add (alarms, alarm);
}

/**
 * side_campaign_alarms:
 * @self: a campaign
 * @calls: (element-type SideTestCall): its test calls, in any order; those that go on or do
 *   not count say nothing
 *
 * Returns: (transfer full) (element-type SideCampaignAlarm): the lines that fail now, a
 *   line being a number and a scenario; the one called last comes first
 */
GPtrArray *
side_campaign_alarms (const SideCampaign *self,
                      GPtrArray          *calls)
{
  GPtrArray *alarms = g_ptr_array_new_with_free_func (alarm_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && calls != NULL, alarms);

  for (guint i = 0; i < calls->len; i++)
    if (((const SideTestCall *) calls->pdata[i])->ended_ms != 0 && side_test_call_counts (calls->pdata[i]))
      g_ptr_array_add (sorted, calls->pdata[i]);
  g_ptr_array_sort (sorted, by_time);
  for (guint i = sorted->len; i-- > 0;)
    {
      gboolean newest = TRUE;

      for (guint k = i + 1; newest && k < sorted->len; k++)
        newest = !is_of_line (sorted->pdata[i], sorted->pdata[k]);
      if (newest)
        watch_line (self, sorted, i, alarms);
    }
  return alarms;
}
