/* side-hub-acts.c - which source does what a supervisor asks for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An operator may stand in queues of several PBXs, and a pause is one only
 * when none of them rings; so an action goes to each source that knows its
 * aim, one after another, and is done when all have done it. Whatever happens,
 * whoever asked is answered in time.
 */
#include "side-hub-private.h"

#include "side-error.h"

#define ACT_MS 27000   /* before the asker gives up, at 30 s */

typedef struct {
  SideAct      *act;
  GPtrArray    *sources;      /* of SideSource: who knows the aim */
  guint         next;
  GCancellable *cancellable;
  guint         timeout;
  gboolean      over;         /* it was told how it ended */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timeout, g_source_remove);
  side_act_free (job->act);
  g_ptr_array_unref (job->sources);
  g_object_unref (job->cancellable);
  g_free (job);
}

/**
 * side_hub_get_hurdle:
 * @self: the hub
 * @project: id of a project
 * @kind: an action
 *
 * Returns: what is in its way at the source where it is easiest; of the
 *   asker's own hurdles (role, telephone) the hub knows nothing
 */
SideHurdle
side_hub_get_hurdle (SideHub        *self,
                     const char     *project,
                     SideActionKind  kind)
{
  SideHurdle least = SIDE_HURDLE_SOURCE;

  g_return_val_if_fail (SIDE_IS_HUB (self), SIDE_HURDLE_SOURCE);
  for (guint i = 0; i < self->sources->len; i++)
    least = MIN (least, side_source_get_hurdle (g_ptr_array_index (self->sources, i), project, kind));
  return least;
}

static void
finish (GTask  *task,
        GError *error)
{
  Job *job = g_task_get_task_data (task);

  if (job->over)
    {
      g_clear_error (&error);
      return;
    }
  job->over = TRUE;
  g_clear_handle_id (&job->timeout, g_source_remove);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void act_at_next (GTask *task);

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (!side_source_act_finish (SIDE_SOURCE (source), result, &error))
    {
      if (job->next > 1)
        g_prefix_error (&error, "done at %u of %u PBXs, then: ", job->next - 1, job->sources->len);
      finish (task, error);
    }
  else if (!job->over)
    {
      act_at_next (task);
    }
}

static void
act_at_next (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->next == job->sources->len)
    {
      finish (task, NULL);
      return;
    }
  side_source_act_async (g_ptr_array_index (job->sources, job->next++), job->act, job->cancellable, acted_cb,
                         g_object_ref (task));
}

static gboolean
late_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Job *job = g_task_get_task_data (task);

  job->timeout = 0;
  finish (task, side_act_doubt (SIDE_ERROR_TIMED_OUT, "the PBX did not answer in time"));
  g_cancellable_cancel (job->cancellable);
  return G_SOURCE_REMOVE;
}

/* Who knows the aim; the last hurdle of one that knows it and cannot is told. */
static void
find_sources (SideHub    *self,
              Job        *job,
              SideHurdle *hurdle)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      SideSource *source = g_ptr_array_index (self->sources, i);
      SideHurdle here;

      if (!side_source_has_aim (source, job->act))
        continue;
      here = side_source_get_hurdle (source, job->act->project, job->act->kind);
      *hurdle = MAX (*hurdle, here);
      g_ptr_array_add (job->sources, g_object_ref (source));
    }
}

/**
 * side_hub_act_async:
 * @self: the hub
 * @act: what is to be done; copied
 * @callback: called once, within 27 s
 * @user_data: its argument
 *
 * Fails with %SIDE_ERROR_FORBIDDEN where a source may not, with
 * %SIDE_ERROR_CONFLICT where the call or the operator is not in a state for
 * it, with %SIDE_ERROR_FAILED when the PBX refuses, and with
 * %SIDE_ERROR_TIMED_OUT or %SIDE_ERROR_DISCONNECTED when it does not answer;
 * see side_act_is_in_doubt().
 */
void
side_hub_act_async (SideHub             *self,
                    const SideAct       *act,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SideHurdle hurdle = SIDE_HURDLE_NONE;
  Job *job;

  g_return_if_fail (SIDE_IS_HUB (self) && act != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  job = g_new0 (Job, 1);
  g_task_set_source_tag (task, side_hub_act_async);
  job->act = side_act_copy (act);
  job->sources = g_ptr_array_new_with_free_func (g_object_unref);
  job->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, job, job_free);
  find_sources (self, job, &hurdle);
  if (job->sources->len == 0)
    hurdle = side_hub_get_hurdle (self, act->project, act->kind);
  if (hurdle != SIDE_HURDLE_NONE)
    {
      finish (task, side_hurdle_error (hurdle, act->kind));
      return;
    }
  if (job->sources->len == 0)
    {
      finish (task, g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT,
                                         act->call != NULL ? "the PBX does not know the call any more"
                                                           : "the operator is in none of these queues now"));
      return;
    }
  job->timeout = g_timeout_add (ACT_MS, late_cb, task);
  act_at_next (task);
}

/**
 * side_hub_act_finish:
 * @self: the hub
 * @result: of side_hub_act_async()
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
side_hub_act_finish (SideHub       *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
