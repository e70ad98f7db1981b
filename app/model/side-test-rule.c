/* side-test-rule.c - who may write what over scenarios, test calls and campaigns
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Those who are called and those who call use one server. What a caller's clock
 * saw is therefore nobody else's to change, supervisors included, and when the
 * next call comes is told to nobody but those who make it.
 */
#include "side-test-rule.h"

#include "side-rule-private.h"

#define CLOCKS_MS G_GINT64_CONSTANT (3600000)   /* two computers' clocks may differ by so much */

/**
 * side_scenario_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the scenario as it stands; %NULL for a new one
 * @user: who writes
 * @supervisor: whether they are one
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_scenario_may_follow (const SideScenario  *self,
                          const SideScenario  *old,
                          const char          *user,
                          gboolean             supervisor,
                          GError             **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (old == NULL)
    return _side_rule_same (self->author, user)
           || _side_rule_refuse (error, "“author” is not you: nobody writes a scenario in somebody else's name");
  if (!supervisor && !_side_rule_same (old->author, user))
    return _side_rule_refuse (error, "%s wrote the scenario: only they and supervisors change it", old->author != NULL ? old->author : "somebody else");
  if (!_side_rule_same (self->project, old->project) || !_side_rule_same (self->author, old->author) || self->created_ms != old->created_ms)
    return _side_rule_refuse (error, "who wrote a scenario, and when, stays");
  return self->version > old->version
         || _side_rule_refuse (error, "a changed scenario has a higher “version”: test calls name the one they went by");
}

/**
 * side_scenario_may_delete:
 * @self: a scenario
 * @user: who wants to
 * @supervisor: whether they are one
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Test calls keep the scenario as it was then, so nothing is lost by it.
 *
 * Returns: whether they may
 */
gboolean
side_scenario_may_delete (const SideScenario  *self,
                          const char          *user,
                          gboolean             supervisor,
                          GError             **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);
  return supervisor || _side_rule_same (self->author, user)
         || _side_rule_refuse (error, "only who wrote a scenario and supervisors delete it");
}

static gboolean
same_clock (const SideTestCall *self,
            const SideTestCall *old)
{
  return self->dialled_ms == old->dialled_ms && self->ringing_ms == old->ringing_ms && self->early_ms == old->early_ms
         && self->answered_ms == old->answered_ms && self->ended_ms == old->ended_ms;
}

static gboolean
same_event (const SideTestCall *self,
            const SideTestCall *old)
{
  return _side_rule_same (self->number, old->number) && _side_rule_same (self->scenario, old->scenario)
         && _side_rule_same (self->campaign, old->campaign) && _side_rule_same (self->sip_call_id, old->sip_call_id)
         && self->robot == old->robot && self->end == old->end && self->end_code == old->end_code
         && self->rules_version == old->rules_version && self->rules_ms == old->rules_ms && _side_rule_same (self->rules_by, old->rules_by);
}

/**
 * side_test_call_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the test call as it stands; %NULL for a new one
 * @user: who writes
 * @now_ms: the present instant
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Once it is over, what happened stays; what is heard in it, the answers, the
 * facts and the matching call may follow for ever.
 *
 * Returns: whether they may
 */
gboolean
side_test_call_may_follow (const SideTestCall  *self,
                           const SideTestCall  *old,
                           const char          *user,
                           gint64               now_ms,
                           GError             **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (!_side_rule_same (self->review->reviewer, user))
    return _side_rule_refuse (error, "“author” of a test call is who made it, and that is not you");
  if (self->dialled_ms > now_ms + CLOCKS_MS || self->ended_ms > now_ms + CLOCKS_MS)
    return _side_rule_refuse (error, "the test call is still to come: it is written down when it was made");
  if (old == NULL)
    return TRUE;
  if (!_side_rule_same (old->review->reviewer, user))
    return _side_rule_refuse (error, "somebody else made the test call: nobody changes what they found");
  if (!_side_rule_same (self->review->project, old->review->project))
    return _side_rule_refuse (error, "a test call stays in its project");
  return old->ended_ms == 0 || (same_clock (self, old) && same_event (self, old))
         || _side_rule_refuse (error, "the test call is over: when it rang, was answered and ended, and how, stays, and who acknowledged the rules before it");
}

/**
 * side_test_call_may_delete:
 * @self: a test call
 * @user: who wants to
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_test_call_may_delete (const SideTestCall  *self,
                           const char          *user,
                           GError             **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);
  return _side_rule_same (self->review->reviewer, user)
         || _side_rule_refuse (error, "somebody else made the test call: nobody deletes what they found");
}

static gboolean
is_caller (const SideCampaign *self,
           const char         *user)
{
  for (guint i = 0; i < self->callers->len; i++)
    if (_side_rule_same (self->callers->pdata[i], user))
      return TRUE;
  return FALSE;
}

/**
 * side_campaign_may_read:
 * @self: a campaign
 * @user: (nullable): who asks
 *
 * Returns: whether it is for them: those who make the calls, and once it is
 *   closed everybody who sees the project's test calls
 */
gboolean
side_campaign_may_read (const SideCampaign *self,
                        const char         *user)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->closed_ms != 0 || (user != NULL && (_side_rule_same (self->author, user) || is_caller (self, user)));
}

static gboolean
same_hours (const SideCampaign *self,
            const SideCampaign *old)
{
  if (self->windows->len != old->windows->len)
    return FALSE;
  for (guint i = 0; i < self->windows->len; i++)
    {
      const SideHours *a = &g_array_index (self->windows, SideHours, i);
      const SideHours *b = &g_array_index (old->windows, SideHours, i);

      if (a->weekdays != b->weekdays || a->from_minute != b->from_minute || a->to_minute != b->to_minute)
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_places (const SideCampaign *self,
             const SideCampaign *old)
{
  if (self->scenarios->len != old->scenarios->len || self->numbers->len != old->numbers->len)
    return FALSE;
  for (guint i = 0; i < self->scenarios->len; i++)
    if (!_side_rule_same (self->scenarios->pdata[i], old->scenarios->pdata[i]))
      return FALSE;
  for (guint i = 0; i < self->numbers->len; i++)
    {
      const SideCampaignNumber *a = self->numbers->pdata[i];
      const SideCampaignNumber *b = old->numbers->pdata[i];

      if (!_side_rule_same (a->number, b->number) || !_side_rule_same (a->vendor, b->vendor))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_draw (const SideCampaign *self,
           const SideCampaign *old)
{
  return _side_rule_same (self->seed, old->seed) && self->from_ms == old->from_ms && self->to_ms == old->to_ms
         && self->count == old->count && self->per_day == old->per_day && self->per_number == old->per_number
         && _side_rule_same (self->time_zone, old->time_zone) && same_hours (self, old) && same_places (self, old);
}

/* What fell by lot stays, and so does what came of it. */
static gboolean
same_calls (const SideCampaign *self,
            const SideCampaign *old)
{
  if (self->calls->len != old->calls->len)
    return FALSE;
  for (guint i = 0; i < old->calls->len; i++)
    {
      const SideCampaignCall *before = old->calls->pdata[i];
      const SideCampaignCall *after = self->calls->pdata[i];

      if (after->at_ms != before->at_ms || !_side_rule_same (after->scenario, before->scenario)
          || !_side_rule_same (after->number, before->number)
          || (before->test_call != NULL && !_side_rule_same (after->test_call, before->test_call)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
same_callers (const SideCampaign *self,
              const SideCampaign *old)
{
  if (self->callers->len != old->callers->len)
    return FALSE;
  for (guint i = 0; i < self->callers->len; i++)
    if (!_side_rule_same (self->callers->pdata[i], old->callers->pdata[i]))
      return FALSE;
  return TRUE;
}

/**
 * side_campaign_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the campaign as it stands; %NULL for a new one
 * @user: who writes
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Its author draws it, changes its title and callers, and closes it; who makes
 * its calls writes down which came of which. A draw stays as soon as it was
 * made: to draw anew is to make another campaign.
 *
 * Returns: whether they may
 */
gboolean
side_campaign_may_follow (const SideCampaign  *self,
                          const SideCampaign  *old,
                          const char          *user,
                          GError             **error)
{
  gboolean own;

  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (old == NULL)
    return _side_rule_same (self->author, user)
           || _side_rule_refuse (error, "“author” is not you: nobody makes a campaign in somebody else's name");
  own = _side_rule_same (old->author, user);
  if (!own && !is_caller (old, user))
    return _side_rule_refuse (error, "somebody else made the campaign: only they and its callers change it");
  if (!_side_rule_same (self->project, old->project) || !_side_rule_same (self->author, old->author) || self->created_ms != old->created_ms)
    return _side_rule_refuse (error, "who made a campaign, and when, stays");
  if (old->closed_ms != 0 && self->closed_ms != old->closed_ms)
    return _side_rule_refuse (error, "a closed campaign is not opened again: others have read when it called");
  if (!own && (self->closed_ms != old->closed_ms || !same_callers (self, old) || !_side_rule_same (self->title, old->title)))
    return _side_rule_refuse (error, "its title, its callers and when it is closed are for the campaign's author");
  return old->calls->len == 0 || (same_draw (self, old) && same_calls (self, old))
         || _side_rule_refuse (error, "the calls of a campaign were drawn, and stay: to draw others is to make another campaign");
}

/**
 * side_campaign_may_delete:
 * @self: a campaign
 * @user: who wants to
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_campaign_may_delete (const SideCampaign  *self,
                          const char          *user,
                          GError             **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (!_side_rule_same (self->author, user))
    return _side_rule_refuse (error, "somebody else made the campaign: only they delete it");
  for (guint i = 0; i < self->calls->len; i++)
    if (((const SideCampaignCall *) self->calls->pdata[i])->test_call != NULL)
      return _side_rule_refuse (error, "a campaign that has made calls is not deleted: close it");
  return TRUE;
}
