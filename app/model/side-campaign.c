/* side-campaign.c - which test calls are to be made, where to and when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-campaign.h"

G_DEFINE_BOXED_TYPE (SideCampaign, side_campaign, side_campaign_ref, side_campaign_unref)

static void
number_free (gpointer data)
{
  SideCampaignNumber *number = data;

  g_free (number->number);
  g_free (number->vendor);
  g_free (number);
}

static void
call_free (gpointer data)
{
  SideCampaignCall *call = data;

  g_free (call->scenario);
  g_free (call->number);
  g_free (call->test_call);
  g_free (call->skipped);
  g_free (call);
}

/**
 * side_campaign_new:
 * @id: (nullable): UUID
 * @project: (nullable): id of the project
 * @title: (nullable): what people call it
 *
 * Returns: (transfer full): a campaign without calls
 */
SideCampaign *
side_campaign_new (const char *id,
                   const char *project,
                   const char *title)
{
  SideCampaign *self = g_new0 (SideCampaign, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->title = g_strdup (title);
  self->scenarios = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_ptr_array_new_with_free_func (number_free);
  self->windows = g_array_new (FALSE, FALSE, sizeof (SideHours));
  self->callers = g_ptr_array_new_with_free_func (g_free);
  self->calls = g_ptr_array_new_with_free_func (call_free);
  return self;
}

static void
copy_lists (SideCampaign       *copy,
            const SideCampaign *self)
{
  for (guint i = 0; i < self->scenarios->len; i++)
    g_ptr_array_add (copy->scenarios, g_strdup (self->scenarios->pdata[i]));
  for (guint i = 0; i < self->callers->len; i++)
    g_ptr_array_add (copy->callers, g_strdup (self->callers->pdata[i]));
  for (guint i = 0; i < self->numbers->len; i++)
    {
      const SideCampaignNumber *from = self->numbers->pdata[i];

      side_campaign_add_number (copy, from->number, from->vendor);
    }
  if (self->windows->len > 0)
    g_array_append_vals (copy->windows, self->windows->data, self->windows->len);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const SideCampaignCall *from = self->calls->pdata[i];
      SideCampaignCall *to = side_campaign_add_call (copy, from->at_ms, from->scenario, from->number);

      to->test_call = g_strdup (from->test_call);
      to->skipped = g_strdup (from->skipped);
    }
}

/**
 * side_campaign_copy:
 * @self: a campaign
 *
 * Returns: (transfer full): a campaign of its own with the same content
 */
SideCampaign *
side_campaign_copy (const SideCampaign *self)
{
  SideCampaign *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = side_campaign_new (self->id, self->project, self->title);
  copy->time_zone = g_strdup (self->time_zone);
  copy->from_ms = self->from_ms;
  copy->to_ms = self->to_ms;
  copy->count = self->count;
  copy->per_day = self->per_day;
  copy->per_number = self->per_number;
  copy->seed = g_strdup (self->seed);
  copy->fail_n = self->fail_n;
  copy->fail_m = self->fail_m;
  copy->robot = self->robot;
  copy->author = g_strdup (self->author);
  copy->created_ms = self->created_ms;
  copy->changed_ms = self->changed_ms;
  copy->closed_ms = self->closed_ms;
  copy_lists (copy, self);
  return copy;
}

/**
 * side_campaign_ref:
 * @self: a campaign
 *
 * Returns: (transfer full): @self
 */
SideCampaign *
side_campaign_ref (SideCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_campaign_unref:
 * @self: (transfer full): a campaign
 */
void
side_campaign_unref (SideCampaign *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->title);
  g_free (self->time_zone);
  g_free (self->seed);
  g_free (self->author);
  g_ptr_array_unref (self->scenarios);
  g_ptr_array_unref (self->numbers);
  g_array_unref (self->windows);
  g_ptr_array_unref (self->callers);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

/**
 * side_campaign_add_number:
 * @self: a campaign
 * @number: (nullable): what to dial
 * @vendor: (nullable): whose line it is
 *
 * Returns: (transfer none): the number, the last one of @self
 */
SideCampaignNumber *
side_campaign_add_number (SideCampaign *self,
                          const char   *number,
                          const char   *vendor)
{
  SideCampaignNumber *added = g_new0 (SideCampaignNumber, 1);

  added->number = g_strdup (number);
  added->vendor = g_strdup (vendor);
  g_ptr_array_add (self->numbers, added);
  return added;
}

/**
 * side_campaign_add_call:
 * @self: a campaign
 * @at_ms: when
 * @scenario: (nullable): UUID of the scenario
 * @number: (nullable): what to dial; %NULL for the scenario's own
 *
 * Returns: (transfer none): the call, the last one of @self
 */
SideCampaignCall *
side_campaign_add_call (SideCampaign *self,
                        gint64        at_ms,
                        const char   *scenario,
                        const char   *number)
{
  SideCampaignCall *call = g_new0 (SideCampaignCall, 1);

  call->at_ms = at_ms;
  call->scenario = g_strdup (scenario);
  call->number = g_strdup (number);
  g_ptr_array_add (self->calls, call);
  return call;
}

/**
 * side_campaign_next_call:
 * @self: a campaign
 *
 * Returns: (transfer none) (nullable): the first call that was neither made nor
 *   skipped; %NULL when none is left or the campaign is closed
 */
SideCampaignCall *
side_campaign_next_call (const SideCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; self->closed_ms == 0 && i < self->calls->len; i++)
    {
      SideCampaignCall *call = self->calls->pdata[i];

      if (call->test_call == NULL && call->skipped == NULL)
        return call;
    }
  return NULL;
}

/**
 * side_campaign_find_number:
 * @self: a campaign
 * @number: (nullable): what was dialled
 *
 * Returns: (transfer none) (nullable): the line of that number
 */
const SideCampaignNumber *
side_campaign_find_number (const SideCampaign *self,
                           const char         *number)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; number != NULL && i < self->numbers->len; i++)
    if (g_strcmp0 (((const SideCampaignNumber *) self->numbers->pdata[i])->number, number) == 0)
      return self->numbers->pdata[i];
  return NULL;
}
