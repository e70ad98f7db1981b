/* side-plan.c - which calls are to be reviewed, by whom, and until when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record; what is done with it stands in side-plan-work.c.
 */
#include "side-plan.h"

#include "side-words.h"

G_DEFINE_BOXED_TYPE (SidePlan, side_plan, side_plan_ref, side_plan_unref)

static const char *const kinds[] = { "random", "chosen" };
static const char *const rules[] = { "none", "complaint", "silence", "lost-sale", "poor-sound", "test-call" };

static void
item_free (gpointer data)
{
  SidePlanItem *item = data;

  g_free (item->call);
  g_free (item->stratum);
  g_free (item->replaced_by);
  g_free (item->reason);
  g_free (item);
}

static void
reviewer_free (gpointer data)
{
  g_free (((SidePlanReviewer *) data)->name);
  g_free (data);
}

static void
task_free (gpointer data)
{
  SidePlanTask *task = data;

  g_free (task->call);
  g_free (task->reviewer);
  g_free (task);
}

/**
 * side_plan_new:
 * @id: UUID
 * @project: id of the project
 * @title: what people call it
 *
 * Returns: (transfer full): a plan without calls
 */
SidePlan *
side_plan_new (const char *id,
               const char *project,
               const char *title)
{
  SidePlan *self = g_new0 (SidePlan, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->title = g_strdup (title);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->reviewers = g_ptr_array_new_with_free_func (reviewer_free);
  self->tasks = g_ptr_array_new_with_free_func (task_free);
  return self;
}

static void
copy_lists (SidePlan       *copy,
            const SidePlan *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const SidePlanItem *item = self->items->pdata[i];
      SidePlanItem *one = side_plan_add_item (copy, item->call, item->stratum, item->place, item->drawn);

      one->rule = item->rule;
      one->replaced_by = g_strdup (item->replaced_by);
      one->reason = g_strdup (item->reason);
    }
  for (guint i = 0; i < self->reviewers->len; i++)
    {
      const SidePlanReviewer *reviewer = self->reviewers->pdata[i];

      side_plan_add_reviewer (copy, reviewer->name, reviewer->share);
    }
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const SidePlanTask *task = self->tasks->pdata[i];

      side_plan_add_task (copy, task->call, task->reviewer, task->selection)->from_ms = task->from_ms;
    }
}

/**
 * side_plan_copy:
 * @self: a plan
 *
 * Returns: (transfer full): a plan of its own with the same content
 */
SidePlan *
side_plan_copy (const SidePlan *self)
{
  SidePlan *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_plan_new (self->id, self->project, self->title);
  copy->script = g_strdup (self->script);
  copy->script_version = self->script_version;
  copy->kind = self->kind;
  copy->from_ms = self->from_ms;
  copy->to_ms = self->to_ms;
  copy->filters = g_strdup (self->filters);
  copy->frame_calls = self->frame_calls;
  copy->frame_sha256 = g_strdup (self->frame_sha256);
  copy->frame = g_strdup (self->frame);
  copy->frame_partial = self->frame_partial;
  copy->size = self->size;
  copy->seed = g_strdup (self->seed);
  copy->strata = self->strata;
  copy->shares = self->shares;
  copy->due_ms = self->due_ms;
  copy->second_every = self->second_every;
  copy->repeat_every = self->repeat_every;
  copy->author = g_strdup (self->author);
  copy->created_ms = self->created_ms;
  copy->changed_ms = self->changed_ms;
  copy->closed_ms = self->closed_ms;
  copy_lists (copy, self);
  return copy;
}

/**
 * side_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
SidePlan *
side_plan_ref (SidePlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_plan_unref:
 * @self: (transfer full): a plan
 */
void
side_plan_unref (SidePlan *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->title);
  g_free (self->script);
  g_free (self->filters);
  g_free (self->frame_sha256);
  g_free (self->frame);
  g_free (self->seed);
  g_free (self->author);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->reviewers);
  g_ptr_array_unref (self->tasks);
  g_free (self);
}

/**
 * side_plan_add_item:
 * @self: a plan
 * @call: id of a call
 * @stratum: (nullable): what it was drawn beside
 * @place: its place there, from 1
 * @drawn: whether it was drawn or chosen, and not kept to stand in
 *
 * Returns: (transfer none): the item
 */
SidePlanItem *
side_plan_add_item (SidePlan   *self,
                    const char *call,
                    const char *stratum,
                    int         place,
                    gboolean    drawn)
{
  SidePlanItem *item = g_new0 (SidePlanItem, 1);

  item->call = g_strdup (call);
  item->stratum = g_strdup (stratum != NULL ? stratum : "");
  item->place = place;
  item->drawn = drawn;
  g_ptr_array_add (self->items, item);
  return item;
}

/**
 * side_plan_add_reviewer:
 * @self: a plan
 * @name: a user's name
 * @share: 1 or more parts of the whole
 *
 * Returns: (transfer none): the reviewer
 */
SidePlanReviewer *
side_plan_add_reviewer (SidePlan   *self,
                        const char *name,
                        int         share)
{
  SidePlanReviewer *reviewer = g_new0 (SidePlanReviewer, 1);

  reviewer->name = g_strdup (name);
  reviewer->share = share;
  g_ptr_array_add (self->reviewers, reviewer);
  return reviewer;
}

/**
 * side_plan_add_task:
 * @self: a plan
 * @call: id of a call
 * @reviewer: a user's name
 * @selection: what the review will be for
 *
 * Returns: (transfer none): the task, to be done at once
 */
SidePlanTask *
side_plan_add_task (SidePlan      *self,
                    const char    *call,
                    const char    *reviewer,
                    SideSelection  selection)
{
  SidePlanTask *task = g_new0 (SidePlanTask, 1);

  task->call = g_strdup (call);
  task->reviewer = g_strdup (reviewer);
  task->selection = selection;
  g_ptr_array_add (self->tasks, task);
  return task;
}

/* Whether a plan estimates hangs on its kind. */
SIDE_DEFINE_STRICT_WORDS (SidePlanKind, side_plan_kind, kinds)
SIDE_DEFINE_WORDS (SidePlanRule, side_plan_rule, rules)
