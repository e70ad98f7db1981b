/* side-store-marked.c - the calls of a query that there is something to hear of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks and fetched recordings are few beside the calls, so that they are read
 * first and the query only says which of their calls belong to the answer. The
 * functions named run_… are jobs, in the database's thread.
 */
#include "side-marked-calls.h"

#include "side-store-private.h"
#include "side-wire.h"

/**
 * side_marked_call_ref:
 * @self: a call and its marks
 *
 * Returns: (transfer full): @self
 */
SideMarkedCall *
side_marked_call_ref (SideMarkedCall *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_marked_call_unref:
 * @self: (transfer full): a call and its marks
 */
void
side_marked_call_unref (SideMarkedCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->call, side_call_unref);
  g_ptr_array_unref (self->marks);
  g_free (self->path);
  g_free (self);
}

static SideMarkedCall *
get_entry (GHashTable *entries,
           gint64      row)
{
  SideMarkedCall *entry = g_hash_table_lookup (entries, GUINT_TO_POINTER ((guint) row));

  if (entry == NULL)
    {
      entry = g_new0 (SideMarkedCall, 1);
      g_atomic_ref_count_init (&entry->ref_count);
      entry->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
      g_hash_table_insert (entries, GUINT_TO_POINTER ((guint) row), entry);
    }
  return entry;
}

static gboolean
collect_marks (SideDb      *db,
               GHashTable  *entries,
               GError     **error)
{
  sqlite3_stmt *stmt = side_db_prepare (db, "SELECT calls.n, documents.body FROM documents JOIN calls ON calls.id = documents.call "
                                        "WHERE documents.kind = 'annotation' AND documents.deleted = 0", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      const char *body = side_db_column_text (stmt, 1);
      g_autoptr (SideAnnotation) mark = body != NULL ? side_wire_annotation_from_json (body, -1, NULL) : NULL;

      /* One that cannot be read is told of where its call is opened. */
      if (mark != NULL && mark->parent == NULL)
        g_ptr_array_add (get_entry (entries, sqlite3_column_int64 (stmt, 0))->marks, g_steal_pointer (&mark));
    }
  return rc == SQLITE_DONE;
}

static gboolean
collect_recordings (SideDb      *db,
                    GHashTable  *entries,
                    GError     **error)
{
  sqlite3_stmt *stmt = side_db_prepare (db, "SELECT calls.n, recordings.path FROM recordings JOIN calls ON calls.id = recordings.call",
                                        error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      SideMarkedCall *entry = get_entry (entries, sqlite3_column_int64 (stmt, 0));

      g_free (entry->path);
      entry->path = g_strdup (side_db_column_text (stmt, 1));
    }
  return rc == SQLITE_DONE;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const SideAnnotation *x = *(SideAnnotation *const *) a;
  const SideAnnotation *y = *(SideAnnotation *const *) b;

  if (x->from_ms != y->from_ms)
    return x->from_ms < y->from_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* Of @entries those that @query lets through, in its order. */
static GPtrArray *
choose (SideWorker           *worker,
        const SideCallQuery  *query,
        GHashTable           *entries,
        GError              **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) side_marked_call_unref);
  g_autoptr (GArray) rows = NULL;

  if (!side_worker_need_columns (worker, error))
    return NULL;
  rows = side_view_select (query, worker->columns, worker->db, NULL, NULL, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      SideMarkedCall *entry = g_hash_table_lookup (entries, GUINT_TO_POINTER (row));

      if (entry == NULL)
        continue;
      entry->call = side_db_get_call (worker->db, row, error);
      if (entry->call == NULL)
        return NULL;
      g_ptr_array_sort (entry->marks, compare_marks);
      g_ptr_array_add (chosen, side_marked_call_ref (entry));
    }
  return g_steal_pointer (&chosen);
}

static gboolean
run_list_marked (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) side_marked_call_unref);

  if (!collect_marks (worker->db, entries, error) || !collect_recordings (worker->db, entries, error))
    return FALSE;
  job->result = choose (worker, job->input, entries, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_list_marked_calls_async:
 * @self: an open store
 * @query: which calls, and in what order
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_marked_calls_async (SideStore           *self,
                                    const SideCallQuery *query,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self) && query != NULL);
  side_store_start (self, side_store_list_marked_calls_async,
                    side_job_new (run_list_marked, SIDE_JOB_READS, SIDE_JOB_POINTER, side_call_query_copy (query),
                                  (GDestroyNotify) side_call_query_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_marked_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideMarkedCall) (nullable): the calls
 *   of the query with a mark or with their recording on this computer
 */
GPtrArray *
side_store_list_marked_calls_finish (SideStore     *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_marked_calls_async, error);
}
