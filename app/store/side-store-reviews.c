/* side-store-reviews.c - reviews that are held against one another
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies are handed out as they are kept: reading them is somebody else's
 * work, so that this thread is free for the next question. The functions named
 * run_… are jobs, in the database's thread.
 */
#include "side-store-reviews.h"

#include "side-store-private.h"
#include "side-veil-sql.h"

typedef struct {
  char *script;
  int   version;
} SharedInput;

static void
free_shared_input (gpointer data)
{
  SharedInput *input = data;

  g_free (input->script);
  g_free (input);
}

/**
 * side_shared_script_free:
 * @self: (transfer full): a version of a script
 */
void
side_shared_script_free (SideSharedScript *self)
{
  g_free (self->script);
  g_free (self);
}

static gboolean
run_list_scripts (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_shared_script_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (worker->db,
                          "SELECT s.text, g.version, count(*), max (g.newest) FROM "
                          "(SELECT script, version, count(*) AS n, max (finished_ms) AS newest FROM review_facts "
                          "WHERE project = (SELECT n FROM names WHERE text = ?1) AND about NOT IN " SIDE_VEIL_SQL " "
                          "GROUP BY script, version, about) g "
                          "JOIN names s ON s.n = g.script WHERE g.n > 1 GROUP BY g.script, g.version ORDER BY 4 DESC", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, job->input, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      SideSharedScript *script = g_new0 (SideSharedScript, 1);

      script->script = g_strdup (side_db_column_text (stmt, 0));
      script->version = sqlite3_column_int (stmt, 1);
      script->calls = (guint) sqlite3_column_int (stmt, 2);
      script->newest_ms = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (scripts, script);
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&scripts);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_shared_scripts_async:
 * @self: an open store
 * @project: a project's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_shared_scripts_async (SideStore           *self,
                                      const char          *project,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL);
  side_store_start (self, side_store_list_shared_scripts_async,
                    side_job_new (run_list_scripts, SIDE_JOB_READS, SIDE_JOB_POINTER, g_strdup (project), g_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_shared_scripts_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideSharedScript) (nullable): versions of
 *   scripts with which a call was reviewed more than once, last used first
 */
GPtrArray *
side_store_list_shared_scripts_finish (SideStore     *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_shared_scripts_async, error);
}

static gboolean
run_list_shared (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  const SharedInput *input = job->input;
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (worker->db,
                          "WITH its AS (SELECT n, about FROM review_facts "
                          "WHERE script = (SELECT n FROM names WHERE text = ?1) AND version = ?2 "
                          "AND about NOT IN " SIDE_VEIL_SQL ") "
                          "SELECT d.body FROM its CROSS JOIN documents d ON d.n = its.n "
                          "WHERE its.about IN (SELECT about FROM its GROUP BY about HAVING count(*) > 1) AND d.deleted = 0", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, input->script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, input->version);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    if (side_db_column_text (stmt, 0) != NULL)
      g_ptr_array_add (bodies, g_strdup (side_db_column_text (stmt, 0)));
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&bodies);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_shared_reviews_async:
 * @self: an open store
 * @script: UUID of a script
 * @version: one of its versions
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_shared_reviews_async (SideStore           *self,
                                      const char          *script,
                                      int                  version,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  SharedInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (script != NULL);

  input = g_new0 (SharedInput, 1);
  input->script = g_strdup (script);
  input->version = version;
  side_store_start (self, side_store_list_shared_reviews_async,
                    side_job_new (run_list_shared, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_shared_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_shared_reviews_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): JSON of the finished
 *   reviews made with that version of calls that were reviewed with it more than once
 */
GPtrArray *
side_store_list_shared_reviews_finish (SideStore     *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_shared_reviews_async, error);
}

static gboolean
run_list_of_calls (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  const char *const *calls = job->input;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);

  for (gsize i = 0; calls[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) list = side_db_list_documents (worker->db, "review", NULL, calls[i], error);

      if (list == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&list));
    }
  job->result = g_steal_pointer (&all);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_reviews_of_calls_async:
 * @self: an open store
 * @calls: ids of calls, each once
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_reviews_of_calls_async (SideStore           *self,
                                        const char *const   *calls,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (calls != NULL);
  side_store_start (self, side_store_list_reviews_of_calls_async,
                    side_job_new (run_list_of_calls, SIDE_JOB_READS, SIDE_JOB_POINTER, g_strdupv ((char **) calls),
                                  (GDestroyNotify) g_strfreev),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_reviews_of_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideDocument) (nullable): their reviews,
 *   drafts too
 */
GPtrArray *
side_store_list_reviews_of_calls_finish (SideStore     *self,
                                         GAsyncResult  *result,
                                         GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_reviews_of_calls_async, error);
}
