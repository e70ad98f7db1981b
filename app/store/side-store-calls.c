/* side-store-calls.c - calls and their events in a store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each pair of functions puts its arguments into a job and reads the result
 * back; the functions named run_… are the jobs, in the database's thread.
 */
#include "side-store-private.h"

#include <string.h>

#include "side-event.h"

/* What a job about calls may need; unused members stay empty. */
typedef struct {
  GPtrArray       *calls;
  GArray          *changes;
  char            *id;
  SideCallQuery   *query;
  guint            limit;
  SideCallGroupBy  by;
  gint64           before_ms;
} CallsInput;

static void
free_calls_input (gpointer data)
{
  CallsInput *input = data;

  g_clear_pointer (&input->calls, g_ptr_array_unref);
  g_clear_pointer (&input->changes, g_array_unref);
  g_clear_pointer (&input->query, side_call_query_free);
  g_free (input->id);
  g_free (input);
}

static gboolean
run_put_calls (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  CallsInput *input = job->input;

  for (guint i = 0; i < input->calls->len; i++)
    {
      const SideCall *call = input->calls->pdata[i];
      gint64 change = input->changes != NULL ? g_array_index (input->changes, gint64, i) : 0;
      guint32 free_row = side_columns_get_free_row (worker->columns);
      gboolean written;
      gint64 row = side_db_put_call (worker->db, call, change, free_row, &written, error);

      if (row == 0)
        return FALSE;
      if (row == free_row)
        side_columns_take_free_row (worker->columns);
      if (!written)
        continue;
      side_worker_touch (worker, row);
      g_ptr_array_add (worker->news->call_ids, g_strdup (call->id));
    }
  return TRUE;
}

/**
 * side_store_put_calls_async:
 * @self: an open store
 * @calls: (element-type SideCall): calls, known or new; they must not be
 *   changed any more. A thousand at a time is a good number: the thread does
 *   nothing else meanwhile
 * @changes: (nullable) (element-type gint64): for each call the server's
 *   count of changes; one that is older than what the cache has is left out
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when all are written, in one transaction
 * @user_data: its argument
 */
void
side_store_put_calls_async (SideStore           *self,
                            GPtrArray           *calls,
                            GArray              *changes,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (changes == NULL || changes->len == calls->len);
  /* An array of the job's own, so that the caller may go on with theirs. */
  input->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  for (guint i = 0; i < calls->len; i++)
    g_ptr_array_add (input->calls, side_call_ref (calls->pdata[i]));
  input->changes = changes != NULL ? g_array_copy (changes) : NULL;
  side_store_start (self, side_store_put_calls_async,
                    side_job_new (run_put_calls, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_calls_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL, CANCELLED...; then none of them was written
 *
 * Returns: %TRUE when the calls are written
 */
gboolean
side_store_put_calls_finish (SideStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_calls_async, error);
}

static gboolean
run_get_call (SideWorker  *worker,
              SideJob     *job,
              GError     **error)
{
  CallsInput *input = job->input;
  SideCallRow row;

  if (!side_db_find_call (worker->db, input->id, &row, error))
    return FALSE;
  if (row.n == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "call %s is not in the cache", input->id);
      return FALSE;
    }
  job->result = side_db_get_call (worker->db, row.n, error);
  job->free_result = (GDestroyNotify) side_call_unref;
  return job->result != NULL;
}

/**
 * side_store_get_call_async:
 * @self: an open store
 * @id: a call's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_call_async (SideStore           *self,
                           const char          *id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->id = g_strdup (id);
  side_store_start (self, side_store_get_call_async,
                    side_job_new (run_get_call, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_calls_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_call_finish:
 * @self: the store
 * @result: the result
 * @error: (out): NOT_FOUND...
 *
 * Returns: (transfer full) (nullable): the call, with its score
 */
SideCall *
side_store_get_call_finish (SideStore     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_call_async, error);
}

static void
start_query (SideStore           *self,
             gpointer             tag,
             SideJobFunc          run,
             SideJobReturns       returns,
             const SideCallQuery *query,
             guint                number,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->query = side_call_query_copy (query);
  input->limit = number;
  input->by = (SideCallGroupBy) number;
  side_store_start (self, tag, side_job_new (run, SIDE_JOB_READS, returns, input, free_calls_input),
                    cancellable, callback, user_data);
}

static GArray *
select_rows (SideWorker           *worker,
             const SideCallQuery  *query,
             GError              **error)
{
  if (!side_worker_need_columns (worker, error))
    return NULL;
  return side_view_select (query, worker->columns, worker->db, NULL, NULL, error);
}

static gboolean
run_list_calls (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  CallsInput *input = job->input;
  g_autoptr (GArray) rows = select_rows (worker, input->query, error);

  if (rows == NULL)
    return FALSE;
  job->result = side_db_get_calls (worker->db, rows, input->limit != 0 ? MIN (input->limit, rows->len) : rows->len, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_list_calls_async:
 * @self: an open store
 * @query: which calls, in which order
 * @limit: how many at most, 0 for all
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * For figures and reports over a period; for a list on screen use SideCallList.
 */
void
side_store_list_calls_async (SideStore           *self,
                             const SideCallQuery *query,
                             guint                limit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  start_query (self, side_store_list_calls_async, run_list_calls, SIDE_JOB_POINTER, query, limit,
               cancellable, callback, user_data);
}

/**
 * side_store_list_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideCall) (nullable): the calls
 */
GPtrArray *
side_store_list_calls_finish (SideStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_calls_async, error);
}

static gboolean
run_count_calls (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  CallsInput *input = job->input;
  g_autoptr (GArray) rows = NULL;

  /* The order does not matter, and by time costs nothing. */
  input->query->sort = SIDE_CALL_SORT_TIME;
  rows = select_rows (worker, input->query, error);
  if (rows == NULL)
    return FALSE;
  job->number = rows->len;
  return TRUE;
}

/**
 * side_store_count_calls_async:
 * @self: an open store
 * @query: which calls
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_count_calls_async (SideStore           *self,
                              const SideCallQuery *query,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  start_query (self, side_store_count_calls_async, run_count_calls, SIDE_JOB_INT, query, 0,
               cancellable, callback, user_data);
}

/**
 * side_store_count_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: how many calls, or -1
 */
gssize
side_store_count_calls_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return (gssize) side_store_finish_int (self, result, side_store_count_calls_async, error);
}

/**
 * side_call_group_free:
 * @self: (transfer full): a group
 */
void
side_call_group_free (SideCallGroup *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static guint32
group_of (const SideColumns *columns,
          SideCallGroupBy    by,
          guint32            row)
{
  switch (by)
    {
    case SIDE_CALL_GROUP_QUEUE:
      return columns->queue[row];
    case SIDE_CALL_GROUP_OPERATOR:
      return columns->operator_id[row];
    case SIDE_CALL_GROUP_OUTCOME:
    default:
      return columns->outcome[row];
    }
}

static SideCallGroup *
make_group (SideWorker      *worker,
            SideCallGroupBy  by,
            guint32          value,
            guint32          row,
            guint            calls)
{
  SideCallGroup *group = g_new0 (SideCallGroup, 1);
  const char *id = by == SIDE_CALL_GROUP_OUTCOME ? side_outcome_to_string ((SideOutcome) value)
                                                 : side_db_name_text (worker->db, value);
  const char *name = by == SIDE_CALL_GROUP_OPERATOR
                     ? side_db_name_text (worker->db, worker->columns->operator_name[row]) : id;

  group->id = g_strdup (id != NULL ? id : "");
  group->name = g_strdup (name != NULL ? name : group->id);
  group->calls = calls;
  return group;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const SideCallGroup *left = *(SideCallGroup *const *) a;
  const SideCallGroup *right = *(SideCallGroup *const *) b;
  int order = g_utf8_collate (left->name, right->name);

  return order != 0 ? order : strcmp (left->id, right->id);
}

static gboolean
run_group_calls (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  CallsInput *input = job->input;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_group_free);
  g_autofree guint *counts = NULL;
  g_autofree guint32 *newest = NULL;
  guint size;

  input->query->sort = SIDE_CALL_SORT_TIME;
  input->query->descending = TRUE;
  rows = select_rows (worker, input->query, error);
  if (rows == NULL)
    return FALSE;
  size = MAX (worker->db->names->len, 32);
  counts = g_new0 (guint, size);
  newest = g_new0 (guint32, size);
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      guint32 value = group_of (worker->columns, input->by, row);

      if (value >= size)
        continue;
      if (counts[value]++ == 0)
        newest[value] = row;
    }
  for (guint value = 0; value < size; value++)
    if (counts[value] > 0)
      g_ptr_array_add (groups, make_group (worker, input->by, value, newest[value], counts[value]));
  g_ptr_array_sort (groups, compare_groups);
  job->result = g_steal_pointer (&groups);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_group_calls_async:
 * @self: an open store
 * @query: which calls
 * @by: what to group them by
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_group_calls_async (SideStore           *self,
                              const SideCallQuery *query,
                              SideCallGroupBy      by,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  start_query (self, side_store_group_calls_async, run_group_calls, SIDE_JOB_POINTER, query, by,
               cancellable, callback, user_data);
}

/**
 * side_store_group_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideCallGroup) (nullable): the
 *   groups with any call in them, by name
 */
GPtrArray *
side_store_group_calls_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_group_calls_async, error);
}

/* Calls before the instant about which nobody wrote anything. */
static gboolean
collect_forgettable (SideWorker  *worker,
                     gint64       before_ms,
                     GArray      *rows,
                     GPtrArray   *ids,
                     GError     **error)
{
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (worker->db, "SELECT n, id FROM calls WHERE joined_ms < ?1 AND imported = 0 AND NOT EXISTS "
                          "(SELECT 1 FROM documents WHERE call = calls.id AND (dirty = 1 OR (deleted = 0 "
                          "AND kind IN ('review', 'annotation'))))", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, before_ms);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (rows, row);
      g_ptr_array_add (ids, g_strdup (side_db_column_text (stmt, 1)));
    }
  return rc == SQLITE_DONE;
}

static gboolean
run_forget_calls (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  CallsInput *input = job->input;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!collect_forgettable (worker, input->before_ms, rows, ids, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      if (!side_db_forget_call (worker->db, g_array_index (rows, gint64, i), ids->pdata[i], error))
        return FALSE;
      side_worker_touch (worker, g_array_index (rows, gint64, i));
      g_ptr_array_add (worker->news->call_ids, g_strdup (ids->pdata[i]));
    }
  job->number = rows->len;
  return TRUE;
}

/**
 * side_store_forget_calls_async:
 * @self: an open store
 * @before_ms: calls that joined before this go, with their events and
 *   documents
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * The server still has them. A call about which something is unsent stays, one
 * that has a review or a note, and one that was imported here.
 */
void
side_store_forget_calls_async (SideStore           *self,
                               gint64               before_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->before_ms = before_ms;
  side_store_start (self, side_store_forget_calls_async,
                    side_job_new (run_forget_calls, SIDE_JOB_WRITES, SIDE_JOB_INT, input, free_calls_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_forget_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: how many calls went, or -1
 */
gssize
side_store_forget_calls_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return (gssize) side_store_finish_int (self, result, side_store_forget_calls_async, error);
}

static gboolean
run_put_events (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  CallsInput *input = job->input;

  return side_db_put_events (worker->db, input->id, input->calls, error);
}

/**
 * side_store_put_call_events_async:
 * @self: an open store
 * @call: a call's id
 * @events: (element-type SideEvent): all its events, oldest first; they must
 *   not be changed any more. They replace what was there
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_put_call_events_async (SideStore           *self,
                                  const char          *call,
                                  GPtrArray           *events,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->id = g_strdup (call);
  input->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (input->calls, side_event_ref (events->pdata[i]));
  side_store_start (self, side_store_put_call_events_async,
                    side_job_new (run_put_events, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_calls_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_call_events_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the events are written
 */
gboolean
side_store_put_call_events_finish (SideStore     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_call_events_async, error);
}

static gboolean
run_get_events (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  CallsInput *input = job->input;

  job->result = side_db_get_events (worker->db, input->id, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_get_call_events_async:
 * @self: an open store
 * @call: a call's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_call_events_async (SideStore           *self,
                                  const char          *call,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  CallsInput *input = g_new0 (CallsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->id = g_strdup (call);
  side_store_start (self, side_store_get_call_events_async,
                    side_job_new (run_get_events, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_calls_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_call_events_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideEvent) (nullable): the events,
 *   oldest first; empty when none were put
 */
GPtrArray *
side_store_get_call_events_finish (SideStore     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_call_events_async, error);
}
