/* side-plan-work.c - who of a plan's reviewers has which call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here follows from the plan and the reviews that name it, on
 * whichever computer. Whoever drew the calls shares them out once; after that
 * only tasks that a person moved change hands.
 */
#include "side-plan.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
/* A repeat comes when the first time is half forgotten, but in time to be done. */
#define REPEAT_AFTER_MS (7 * DAY_MS)

/* Whose turn it is: the one furthest behind their share. Ties go down the list. */
static guint
whose_turn (const SidePlan *self,
            const guint    *given,
            int             not_this)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->reviewers->len; i++)
    {
      const SidePlanReviewer *one = self->reviewers->pdata[i];
      const SidePlanReviewer *other = best != G_MAXUINT ? self->reviewers->pdata[best] : NULL;

      if ((int) i == not_this)
        continue;
      if (other == NULL || (guint64) given[i] * (guint) MAX (1, other->share) < (guint64) given[best] * (guint) MAX (1, one->share))
        best = i;
    }
  return best;
}

static gint64
repeat_from (const SidePlan *self,
             gint64          now_ms)
{
  gint64 half_ms = self->due_ms > now_ms ? (self->due_ms - now_ms) / 2 : REPEAT_AFTER_MS;

  return now_ms + MIN (half_ms, REPEAT_AFTER_MS);
}

/**
 * side_plan_deal:
 * @self: a plan with calls and reviewers, without tasks
 * @now_ms: the present instant
 *
 * Shares the drawn calls out. The second reviewer of a call is never its first
 * one, and of a plan with one reviewer there is none.
 */
void
side_plan_deal (SidePlan *self,
                gint64    now_ms)
{
  g_autofree guint *given = g_new0 (guint, MAX (1, self->reviewers->len));
  g_autofree int *firsts = g_new0 (int, MAX (1, self->reviewers->len));
  g_autofree int *owed = g_new0 (int, MAX (1, self->reviewers->len));
  SideSelection first = self->kind == SIDE_PLAN_RANDOM ? SIDE_SELECTION_RANDOM : SIDE_SELECTION_CHOSEN;
  int n = 0;

  g_return_if_fail (self->tasks->len == 0);
  for (guint i = 0; self->reviewers->len > 0 && i < self->items->len; i++)
    {
      const SidePlanItem *item = self->items->pdata[i];
      gboolean twice;
      guint reviewer, second;

      if (!item->drawn)
        continue;
      n++;
      twice = self->second_every > 0 && n % self->second_every == 0 && self->reviewers->len > 1;
      reviewer = whose_turn (self, given, -1);
      given[reviewer]++;
      side_plan_add_task (self, item->call, ((SidePlanReviewer *) self->reviewers->pdata[reviewer])->name, first);
      if (twice)
        {
          second = whose_turn (self, given, (int) reviewer);
          given[second]++;
          side_plan_add_task (self, item->call, ((SidePlanReviewer *) self->reviewers->pdata[second])->name,
                              SIDE_SELECTION_SECOND);
        }
      /* So many of each reviewer's own, else they might all be one's. Not the same calls as above while there are
         others: one call in two hands is enough. */
      if (self->repeat_every > 0 && firsts[reviewer]++ % self->repeat_every == 0)
        owed[reviewer]++;
      if (owed[reviewer] > 0 && (!twice || self->second_every == 1))
        {
          owed[reviewer]--;
          given[reviewer]++;
          side_plan_add_task (self, item->call, ((SidePlanReviewer *) self->reviewers->pdata[reviewer])->name,
                              SIDE_SELECTION_REPEAT)->from_ms = repeat_from (self, now_ms);
        }
    }
}

/**
 * side_plan_find_item:
 * @self: a plan
 * @call: id of a call
 *
 * Returns: (transfer none) (nullable): its item
 */
SidePlanItem *
side_plan_find_item (const SidePlan *self,
                     const char     *call)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((SidePlanItem *) self->items->pdata[i])->call, call) == 0)
      return self->items->pdata[i];
  return NULL;
}

static gboolean
is_in_use (const SidePlan     *self,
           const SidePlanItem *item)
{
  if (item->drawn || item->reason != NULL)
    return TRUE;
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((SidePlanItem *) self->items->pdata[i])->replaced_by, item->call) == 0)
      return TRUE;
  return FALSE;
}

/**
 * side_plan_find_stand_in:
 * @self: a plan
 * @call: id of one of its calls
 *
 * Returns: (transfer none) (nullable): the call that would take its place: the
 *   next by lot of the same stratum
 */
const SidePlanItem *
side_plan_find_stand_in (const SidePlan *self,
                         const char     *call)
{
  const SidePlanItem *item = side_plan_find_item (self, call);
  const SidePlanItem *best = NULL;

  for (guint i = 0; item != NULL && i < self->items->len; i++)
    {
      const SidePlanItem *other = self->items->pdata[i];

      if (g_str_equal (other->stratum, item->stratum) && other->rule == item->rule && !is_in_use (self, other)
          && (best == NULL || other->place < best->place))
        best = other;
    }
  return best;
}

/**
 * side_plan_replace:
 * @self: a plan
 * @call: id of one of its calls that cannot be reviewed
 * @reason: why
 *
 * Gives its tasks to the call that stands in.
 *
 * Returns: whether there is one
 */
gboolean
side_plan_replace (SidePlan   *self,
                   const char *call,
                   const char *reason)
{
  g_autofree char *gone = g_strdup (call);
  SidePlanItem *item = side_plan_find_item (self, gone);
  const SidePlanItem *other = side_plan_find_stand_in (self, gone);

  if (item == NULL || item->reason != NULL || other == NULL)
    return FALSE;
  item->replaced_by = g_strdup (other->call);
  item->reason = g_strdup (reason);
  for (guint i = 0; i < self->tasks->len; i++)
    {
      SidePlanTask *task = self->tasks->pdata[i];

      if (!g_str_equal (task->call, gone))
        continue;
      g_free (task->call);
      task->call = g_strdup (other->call);
    }
  return TRUE;
}

/**
 * side_plan_drop:
 * @self: a plan
 * @call: id of one of its calls that cannot be reviewed, without another to stand in
 * @reason: why
 *
 * Takes its tasks away: the plan is one call shorter, and says so.
 *
 * Returns: whether it was one of the plan's
 */
gboolean
side_plan_drop (SidePlan   *self,
                const char *call,
                const char *reason)
{
  g_autofree char *gone = g_strdup (call);
  SidePlanItem *item = side_plan_find_item (self, gone);

  if (item == NULL || item->reason != NULL)
    return FALSE;
  item->reason = g_strdup (reason);
  for (guint i = self->tasks->len; i > 0; i--)
    if (g_str_equal (((SidePlanTask *) self->tasks->pdata[i - 1])->call, gone))
      g_ptr_array_remove_index (self->tasks, i - 1);
  return TRUE;
}

static gboolean
has_task (const SidePlan *self,
          const char     *call,
          const char     *reviewer)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const SidePlanTask *task = self->tasks->pdata[i];

      if (g_str_equal (task->call, call) && g_strcmp0 (task->reviewer, reviewer) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * side_plan_reassign:
 * @self: a plan
 * @call: id of one of its calls
 * @from: who has it
 * @to: who is to have it
 *
 * A repeat is dropped: it is worth something with the same reviewer only.
 * Nobody gets a call that they have already.
 *
 * Returns: how many tasks changed hands
 */
guint
side_plan_reassign (SidePlan   *self,
                    const char *call,
                    const char *from,
                    const char *to)
{
  guint moved = 0;

  if (g_strcmp0 (from, to) == 0 || has_task (self, call, to))
    return 0;
  for (guint i = self->tasks->len; i > 0; i--)
    {
      SidePlanTask *task = self->tasks->pdata[i - 1];

      if (!g_str_equal (task->call, call) || g_strcmp0 (task->reviewer, from) != 0)
        continue;
      if (task->selection == SIDE_SELECTION_REPEAT)
        {
          g_ptr_array_remove_index (self->tasks, i - 1);
          continue;
        }
      g_free (task->reviewer);
      task->reviewer = g_strdup (to);
      moved++;
    }
  return moved;
}

/**
 * side_plan_is_task_of:
 * @self: a plan
 * @task: one of its tasks
 * @review: any review
 *
 * A plan asks for one review of each selection of a call, so that one which
 * somebody else took over is still the same.
 *
 * Returns: whether the review is what the task asked for
 */
gboolean
side_plan_is_task_of (const SidePlan     *self,
                      const SidePlanTask *task,
                      const SideReview   *review)
{
  return g_strcmp0 (review->plan, self->id) == 0 && g_strcmp0 (review->call, task->call) == 0
         && review->selection == task->selection;
}

/**
 * side_plan_is_task_blind:
 * @self: a plan
 * @task: one of its tasks
 *
 * Two people's reviews of a call are held against one another: neither knows
 * the other's, whoever of them comes first.
 *
 * Returns: whether it is done without knowing any other review of the call
 */
gboolean
side_plan_is_task_blind (const SidePlan     *self,
                         const SidePlanTask *task)
{
  if (task->selection == SIDE_SELECTION_SECOND || task->selection == SIDE_SELECTION_REPEAT)
    return TRUE;
  for (guint i = 0; self->second_every > 0 && i < self->tasks->len; i++)
    {
      const SidePlanTask *other = self->tasks->pdata[i];

      if (other->selection == SIDE_SELECTION_SECOND && g_strcmp0 (other->call, task->call) == 0
          && g_strcmp0 (other->reviewer, task->reviewer) != 0)
        return TRUE;
    }
  return FALSE;
}

/* The finished one before a draft, the reviewer's own before another's. */
static gboolean
goes_before (const SidePlanTask *task,
             const SideReview   *review,
             const SideReview   *other)
{
  if ((review->finished_ms != 0) != (other->finished_ms != 0))
    return review->finished_ms != 0;
  return g_strcmp0 (review->reviewer, task->reviewer) == 0 && g_strcmp0 (other->reviewer, task->reviewer) != 0;
}

/**
 * side_plan_find_review:
 * @self: a plan
 * @task: one of its tasks
 * @reviews: (nullable) (element-type SideReview): those of its call at least
 *
 * Returns: (transfer none) (nullable): the review of it
 */
const SideReview *
side_plan_find_review (const SidePlan     *self,
                       const SidePlanTask *task,
                       GPtrArray          *reviews)
{
  const SideReview *found = NULL;

  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    {
      const SideReview *review = reviews->pdata[i];

      if (side_plan_is_task_of (self, task, review) && (found == NULL || goes_before (task, review, found)))
        found = review;
    }
  return found;
}

/**
 * side_plan_is_task_open:
 * @self: a plan
 * @task: one of its tasks
 * @reviews: (nullable) (element-type SideReview): those of its call at least
 * @now_ms: the present instant
 *
 * A repeat waits for its day and for the first review of the same call.
 *
 * Returns: whether it is to be done now
 */
gboolean
side_plan_is_task_open (const SidePlan     *self,
                        const SidePlanTask *task,
                        GPtrArray          *reviews,
                        gint64              now_ms)
{
  const SideReview *review = side_plan_find_review (self, task, reviews);

  if (self->closed_ms != 0 || (review != NULL && review->finished_ms != 0))
    return FALSE;
  if (task->selection != SIDE_SELECTION_REPEAT)
    return TRUE;
  if (now_ms < task->from_ms)
    return FALSE;
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const SidePlanTask *other = self->tasks->pdata[i];
      const SideReview *first;

      if (other == task || !g_str_equal (other->call, task->call) || g_strcmp0 (other->reviewer, task->reviewer) != 0)
        continue;
      first = side_plan_find_review (self, other, reviews);
      return first != NULL && first->finished_ms != 0;
    }
  return TRUE;
}
