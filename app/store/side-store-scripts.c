/* side-store-scripts.c - versions of scripts that reviews name and nobody sent
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's feed has each script as it is now. A cache that begins today
 * has reviews made with older versions: those are asked for one by one.
 * The functions named run_… are jobs, in the database's thread.
 */
#include "side-store-private.h"

#define MAX_MISSING 100   /* at a time; the rest the next time */

/**
 * side_script_ref_free:
 * @self: (transfer full) (nullable): a version of a script
 */
void
side_script_ref_free (SideScriptRef *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self);
}

static gboolean
run_list_missing (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_ref_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (worker->db,
                          "SELECT DISTINCT json_extract (body, '$.script'), json_extract (body, '$.script_version') FROM documents "
                          "WHERE kind = 'review' AND deleted = 0 AND json_valid (body) "
                          "AND json_type (body, '$.script') = 'text' AND json_type (body, '$.script_version') = 'integer' "
                          "AND NOT EXISTS (SELECT 1 FROM script_versions WHERE script = json_extract (documents.body, '$.script') "
                          "AND version = json_extract (documents.body, '$.script_version')) LIMIT ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, MAX_MISSING);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      SideScriptRef *ref = g_new0 (SideScriptRef, 1);

      ref->id = g_strdup (side_db_column_text (stmt, 0));
      ref->version = sqlite3_column_int (stmt, 1);
      g_ptr_array_add (missing, ref);
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&missing);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_missing_scripts_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_missing_scripts_async (SideStore           *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_list_missing_scripts_async,
                    side_job_new (run_list_missing, SIDE_JOB_READS, SIDE_JOB_POINTER, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_missing_scripts_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideScriptRef) (nullable): versions
 *   that reviews name and the store does not have, some of them if there are many
 */
GPtrArray *
side_store_list_missing_scripts_finish (SideStore     *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_missing_scripts_async, error);
}

static gboolean
run_keep_script (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  const SideDocument *document = job->input;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);

  if (!side_db_keep_script (worker->db, document, error)
      || !side_db_calls_of_script (worker->db, document->id, calls, error))
    return FALSE;
  side_news_add_document (worker->news, document);
  for (guint i = 0; i < calls->len; i++)
    {
      SideCallRow row;

      if (!side_db_score_call (worker->db, calls->pdata[i], error)
          || !side_db_find_call (worker->db, calls->pdata[i], &row, error))
        return FALSE;
      if (row.n != 0)
        side_worker_touch (worker, row.n);
    }
  return TRUE;
}

/**
 * side_store_keep_script_async:
 * @self: an open store
 * @document: a script in the version a review names; it is copied
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Keeps that version beside the script as it is now, which stays as it is, and
 * scores the calls reviewed with it.
 */
void
side_store_keep_script_async (SideStore           *self,
                              SideDocument        *document,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (g_strcmp0 (document->kind, "script") == 0);
  side_store_start (self, side_store_keep_script_async,
                    side_job_new (run_keep_script, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, side_document_copy (document),
                                  (GDestroyNotify) side_document_unref),
                    cancellable, callback, user_data);
}

/**
 * side_store_keep_script_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when it is kept
 */
gboolean
side_store_keep_script_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_keep_script_async, error);
}
