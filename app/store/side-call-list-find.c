/* side-call-list-find.c - where a call stands in a list of calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The database's thread knows the row of an id, the list the place of a row.
 */
#include "side-store-private.h"

static gboolean
run_find (SideWorker  *worker,
          SideJob     *job,
          GError     **error)
{
  SideCallRow row;

  if (!side_db_find_call (worker->db, job->input, &row, error))
    return FALSE;
  job->number = (gssize) row.n;
  return TRUE;
}

static void
found (SideJob  *job,
       gpointer  store,
       gpointer  user_data)
{
  g_autoptr (GTask) task = user_data;
  SideCallList *self = g_task_get_source_object (task);
  guint position = 0;

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else if (job->number > 0 && side_call_list_find_row (self, (guint32) job->number, &position))
    g_task_return_int (task, position);
  else
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "call %s is not in the list", (const char *) job->input);
}

/**
 * side_call_list_find_async:
 * @self: a list
 * @call: a call's id
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: its argument
 *
 * Looks where a call stands, to select it and to scroll there.
 */
void
side_call_list_find_async (SideCallList        *self,
                           const char          *call,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SideJob *job;

  g_return_if_fail (SIDE_IS_CALL_LIST (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_call_list_find_async);
  job = side_job_new (run_find, SIDE_JOB_READS, SIDE_JOB_INT, g_strdup (call), g_free);
  if (side_store_start_plain (side_call_list_get_store (self), job, found, task))
    g_object_ref (task);
  else
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "the cache is not open");
}

/**
 * side_call_list_find_finish:
 * @self: the list
 * @result: the result
 * @position: (out): where it stands
 * @error: (out): NOT_FOUND when it is not in the list
 *
 * Returns: %TRUE when it is there
 */
gboolean
side_call_list_find_finish (SideCallList  *self,
                            GAsyncResult  *result,
                            guint         *position,
                            GError       **error)
{
  gssize found_at;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  found_at = g_task_propagate_int (G_TASK (result), error);
  if (found_at < 0)
    return FALSE;
  *position = (guint) found_at;
  return TRUE;
}
