/* side-plan-settle.c - a plan put together out of two versions hangs together again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people changed one plan apart, each in order; both together need not be:
 * one call stands in for two, a task is of a call that was replaced, somebody
 * has a call twice. Nothing is given up but what cannot stand.
 */
#include "side-plan.h"

static gboolean
same (const char *a,
      const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static const SidePlanItem *
find_replaced (const SidePlan *self,
               const char     *call)
{
  for (guint i = 0; i < self->items->len; i++)
    if (same (((const SidePlanItem *) self->items->pdata[i])->replaced_by, call))
      return self->items->pdata[i];
  return NULL;
}

/* What stands in for @item in the end; %NULL where nothing does. */
static const SidePlanItem *
find_last (const SidePlan     *self,
           const SidePlanItem *item)
{
  for (guint i = 0; item != NULL && item->reason != NULL && i < self->items->len; i++)
    item = item->replaced_by != NULL ? side_plan_find_item (self, item->replaced_by) : NULL;
  return item != NULL && item->reason == NULL ? item : NULL;
}

/* Each stands in for one. The next by lot takes the other's place, as long as there is one. */
static void
part_stand_ins (SidePlan *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      SidePlanItem *item = self->items->pdata[i];
      const SidePlanItem *other;

      if (item->replaced_by == NULL
          || (find_replaced (self, item->replaced_by) == item && side_plan_find_item (self, item->replaced_by) != NULL))
        continue;
      other = side_plan_find_stand_in (self, item->call);
      g_free (item->replaced_by);
      item->replaced_by = other != NULL ? g_strdup (other->call) : NULL;
    }
}

/* @not_this: (nullable): passed over */
static SidePlanTask *
find_task (const SidePlan     *self,
           const char         *call,
           SideSelection       selection,
           const SidePlanTask *not_this)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      SidePlanTask *task = self->tasks->pdata[i];

      if (task != not_this && same (task->call, call) && task->selection == selection)
        return task;
    }
  return NULL;
}

static gboolean
has_call (const SidePlan     *self,
          const char         *call,
          const char         *reviewer,
          const SidePlanTask *not_this)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const SidePlanTask *task = self->tasks->pdata[i];

      if (task != not_this && task->selection != SIDE_SELECTION_REPEAT && same (task->call, call) && same (task->reviewer, reviewer))
        return TRUE;
    }
  return FALSE;
}

/* A task of a call that cannot be reviewed is one of the call that stands in for it. */
static void
move_tasks (SidePlan *self)
{
  for (guint i = 0; i < self->tasks->len;)
    {
      SidePlanTask *task = self->tasks->pdata[i];
      const SidePlanItem *item = side_plan_find_item (self, task->call);
      const SidePlanItem *last = find_last (self, item);
      gboolean in_plan = last != NULL && (last->drawn || find_replaced (self, last->call) != NULL);
      SidePlanTask *there = in_plan && last != item ? find_task (self, last->call, task->selection, task) : NULL;

      /* Who has the task was decided about; the other came with the call. */
      if (there != NULL)
        {
          g_free (there->reviewer);
          there->reviewer = g_strdup (task->reviewer);
        }
      if (!in_plan || there != NULL)
        {
          g_ptr_array_remove_index (self->tasks, i);
          continue;
        }
      if (last != item)
        {
          g_free (task->call);
          task->call = g_strdup (last->call);
        }
      i++;
    }
}

static gboolean
copy_tasks (SidePlan       *self,
            const char     *call,
            const SidePlan *from,
            const char     *of)
{
  guint before = self->tasks->len;

  for (guint i = 0; i < from->tasks->len; i++)
    {
      const SidePlanTask *task = from->tasks->pdata[i];

      if (same (task->call, of))
        side_plan_add_task (self, call, task->reviewer, task->selection)->from_ms = task->from_ms;
    }
  return self->tasks->len > before;
}

/* A call of the plan that nobody has any more goes to who had it, or had the one it stands in for. */
static void
fill_in (SidePlan              *self,
         const SidePlan *const *versions,
         guint                  n_versions)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const SidePlanItem *item = self->items->pdata[i];
      const SidePlanItem *of = item;
      gboolean found = item->reason != NULL || (!item->drawn && find_replaced (self, item->call) == NULL);

      for (guint k = 0; k < self->tasks->len && !found; k++)
        found = same (((const SidePlanTask *) self->tasks->pdata[k])->call, item->call);
      for (guint steps = 0; of != NULL && steps < self->items->len && !found; steps++)
        {
          for (guint v = 0; v < n_versions && !found; v++)
            found = copy_tasks (self, item->call, versions[v], of->call);
          of = find_replaced (self, of->call);
        }
    }
}

/* Somebody of the plan's who has not got the call; %NULL for nobody. */
static const char *
find_free (const SidePlan *self,
           const char     *call)
{
  for (guint i = 0; i < self->reviewers->len; i++)
    {
      const char *name = ((const SidePlanReviewer *) self->reviewers->pdata[i])->name;

      if (!has_call (self, call, name, NULL))
        return name;
    }
  return NULL;
}

/* One reviewer for a call and a kind of task, nobody twice, and a repeat by who had it. */
static void
part_reviewers (SidePlan *self)
{
  for (guint i = 0; i < self->tasks->len;)
    {
      SidePlanTask *task = self->tasks->pdata[i];
      gboolean stands = find_task (self, task->call, task->selection, NULL) == task;
      gboolean twice = task->selection == SIDE_SELECTION_SECOND && has_call (self, task->call, task->reviewer, task);
      const char *other = stands && twice ? find_free (self, task->call) : NULL;

      if (task->selection == SIDE_SELECTION_REPEAT)
        stands = stands && has_call (self, task->call, task->reviewer, task);
      if (!stands || (twice && other == NULL))
        {
          g_ptr_array_remove_index (self->tasks, i);
          continue;
        }
      if (other != NULL)
        {
          g_free (task->reviewer);
          task->reviewer = g_strdup (other);
        }
      i++;
    }
}

/**
 * side_plan_settle:
 * @self: a plan put together out of two versions
 * @versions: (array length=n_versions): what it was put together of, and what
 *   those were made from
 * @n_versions: how many they are
 *
 * Afterwards each task is of a call that is reviewed, a call has one task of a
 * kind, nobody has a call in two hands, and a call stands in for one.
 */
void
side_plan_settle (SidePlan              *self,
                  const SidePlan *const *versions,
                  guint                  n_versions)
{
  g_return_if_fail (self != NULL && (versions != NULL || n_versions == 0));

  part_stand_ins (self);
  move_tasks (self);
  fill_in (self, versions, n_versions);
  part_reviewers (self);
}
