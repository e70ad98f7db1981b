/* side-plan-rule.c - who may write what over a plan
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever made a plan and supervisors manage it: they replace calls, give tasks
 * to somebody else, move its date and close it. The draw itself nobody changes.
 */
#include "side-plan-rule.h"

#include "side-rule-private.h"

static gboolean
same_draw (const SidePlan *self,
           const SidePlan *old)
{
  return self->kind == old->kind && self->from_ms == old->from_ms && self->to_ms == old->to_ms
         && self->frame_calls == old->frame_calls && self->size == old->size && self->strata == old->strata
         && self->shares == old->shares
         && _side_rule_same (self->filters, old->filters) && _side_rule_same (self->frame_sha256, old->frame_sha256)
         && _side_rule_same (self->frame, old->frame)
         && _side_rule_same (self->seed, old->seed);
}

static gboolean
same_origin (const SidePlan *self,
             const SidePlan *old)
{
  return _side_rule_same (self->project, old->project) && _side_rule_same (self->author, old->author)
         && self->created_ms == old->created_ms && _side_rule_same (self->script, old->script)
         && self->script_version == old->script_version && self->second_every == old->second_every
         && self->repeat_every == old->repeat_every;
}

/* What fell to it by lot or was chosen, in its place; and why something could
 * not be reviewed. */
static gboolean
check_items (const SidePlan  *self,
             const SidePlan  *old,
             GError         **error)
{
  for (guint i = 0; i < old->items->len; i++)
    {
      const SidePlanItem *before = old->items->pdata[i];
      const SidePlanItem *after = side_plan_find_item (self, before->call);

      if (after == NULL || after->place != before->place || after->drawn != before->drawn || after->rule != before->rule
          || !_side_rule_same (after->stratum, before->stratum))
        break;
      if (before->reason != NULL && _side_rule_is_blank (after->reason))
        return _side_rule_refuse (error, "why a call of the plan could not be reviewed stays on record");
      if (i + 1 == old->items->len && self->items->len == old->items->len)
        return TRUE;
    }
  return (old->items->len == 0 && self->items->len == 0)
         || _side_rule_refuse (error, "the calls of a plan stay those that were drawn or chosen: to draw others is to make another plan");
}

static gboolean
stands_in (const SidePlan *self,
           const char     *call)
{
  for (guint i = 0; i < self->items->len; i++)
    if (_side_rule_same (((const SidePlanItem *) self->items->pdata[i])->replaced_by, call))
      return TRUE;
  return FALSE;
}

/* Nothing is slipped in beside what fell to it. */
static gboolean
check_tasks (const SidePlan  *self,
             GError         **error)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const SidePlanTask *task = self->tasks->pdata[i];
      const SidePlanItem *item = side_plan_find_item (self, task->call);

      if (item == NULL || (!item->drawn && !stands_in (self, task->call)))
        return _side_rule_refuse (error, "a task of the plan is about a call that was not drawn or chosen, and stands in for none");
      if (_side_rule_is_blank (task->reviewer))
        return _side_rule_refuse (error, "a task of the plan names no reviewer");
    }
  return TRUE;
}

/**
 * side_plan_drew:
 * @self: a plan
 * @call: id of a call
 *
 * Returns: whether the plan drew the call by lot, or has it stand in for one it drew
 */
gboolean
side_plan_drew (const SidePlan *self,
                const char     *call)
{
  const SidePlanItem *item;

  g_return_val_if_fail (self != NULL && call != NULL, FALSE);

  item = self->kind == SIDE_PLAN_RANDOM ? side_plan_find_item (self, call) : NULL;
  return item != NULL && (item->drawn || stands_in (self, call));
}

/**
 * side_plan_gave_up:
 * @self: a plan
 * @call: (nullable): id of a call
 *
 * Returns: whether the plan says of a call it drew that it could not be reviewed:
 *   then another stands in for it, or none
 */
gboolean
side_plan_gave_up (const SidePlan *self,
                   const char     *call)
{
  const SidePlanItem *item;

  g_return_val_if_fail (self != NULL, FALSE);

  item = call != NULL ? side_plan_find_item (self, call) : NULL;
  return item != NULL && item->reason != NULL;
}

/**
 * side_plan_keeps_result:
 * @self: what somebody wants to write
 * @old: the plan as it stands
 * @reviewed: set of ids of the calls that have a sealed review made for it
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * A draw from which calls go once it is known how they were scored says nothing
 * of the calls it was drawn from.
 *
 * Returns: whether no call is replaced or left out that was reviewed, nor any
 *   after the plan was closed
 */
gboolean
side_plan_keeps_result (const SidePlan  *self,
                        const SidePlan  *old,
                        GHashTable      *reviewed,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && old != NULL && reviewed != NULL, FALSE);

  for (guint i = 0; i < old->items->len; i++)
    {
      const SidePlanItem *before = old->items->pdata[i];
      const SidePlanItem *after = side_plan_find_item (self, before->call);

      if (after == NULL || (_side_rule_same (after->reason, before->reason) && _side_rule_same (after->replaced_by, before->replaced_by)))
        continue;
      if (old->closed_ms != 0)
        return _side_rule_refuse (error, "the plan is closed: no call of it is replaced any more");
      if (g_hash_table_contains (reviewed, before->call))
        return _side_rule_refuse (error, "a call that was reviewed for the plan is not replaced: its result stays");
    }
  return TRUE;
}

/**
 * side_plan_may_manage:
 * @self: a plan
 * @user: somebody of the staff
 * @supervisor: whether they are one
 *
 * Returns: whether they may change it
 */
gboolean
side_plan_may_manage (const SidePlan *self,
                      const char     *user,
                      gboolean        supervisor)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);
  return supervisor || _side_rule_same (self->author, user);
}

static gboolean
check_manages (const SidePlan  *self,
               const char      *user,
               gboolean         supervisor,
               GError         **error)
{
  return side_plan_may_manage (self, user, supervisor)
         || _side_rule_refuse (error, "%s made the plan: only they and supervisors change it", self->author != NULL ? self->author : "somebody else");
}

/**
 * side_plan_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the plan as it stands; %NULL for a new one
 * @user: who writes
 * @supervisor: whether they are one
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_plan_may_follow (const SidePlan  *self,
                      const SidePlan  *old,
                      const char      *user,
                      gboolean         supervisor,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (old == NULL)
    return (_side_rule_same (self->author, user) || _side_rule_refuse (error, "“author” is not you: nobody makes a plan in somebody else's name"))
           && check_tasks (self, error);
  if (!check_manages (old, user, supervisor, error))
    return FALSE;
  if (!same_origin (self, old))
    return _side_rule_refuse (error, "who made a plan, when and with which script stays: another one is another plan");
  if (!same_draw (self, old))
    return _side_rule_refuse (error, "what a plan was drawn from stays (period, filters, size, seed): to draw anew is to make another plan");
  return check_items (self, old, error) && check_tasks (self, error);
}

/**
 * side_plan_may_delete:
 * @self: a plan
 * @user: who wants to
 * @supervisor: whether they are one
 * @reviewed: whether there is a review that was made for it
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_plan_may_delete (const SidePlan  *self,
                      const char      *user,
                      gboolean         supervisor,
                      gboolean         reviewed,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);
  return check_manages (self, user, supervisor, error)
         && (!reviewed || _side_rule_refuse (error, "reviews were made for the plan, and name it: close it instead"));
}
