/* side-store-searches.c - searches that have a name
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They belong to the person whose cache this is and to a project. What a view
 * says is the calls page's affair. The functions named run_… are jobs, in the
 * database's thread.
 */
#include "side-store-searches.h"

#include "side-store-private.h"

/**
 * side_search_new:
 * @id: a UUID
 * @project: the project it is for
 * @name: what the person calls it
 * @view: the calls page's text
 *
 * Returns: (transfer full): a search
 */
SideSearch *
side_search_new (const char *id,
                 const char *project,
                 const char *name,
                 const char *view)
{
  SideSearch *self = g_new0 (SideSearch, 1);

  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->name = g_strdup (name);
  self->view = g_strdup (view);
  return self;
}

/**
 * side_search_copy:
 * @self: a search
 *
 * Returns: (transfer full): the same once more
 */
SideSearch *
side_search_copy (const SideSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return side_search_new (self->id, self->project, self->name, self->view);
}

/**
 * side_search_free:
 * @self: (transfer full): a search
 */
void
side_search_free (SideSearch *self)
{
  g_free (self->id);
  g_free (self->project);
  g_free (self->name);
  g_free (self->view);
  g_free (self);
}

static gboolean
run_put_search (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  const SideSearch *search = job->input;

  return side_db_run (worker->db, error, "INSERT OR REPLACE INTO searches (id, project, name, view) VALUES (?1, ?2, ?3, ?4)",
                      "tttt", search->id, search->project, search->name, search->view);
}

/**
 * side_store_put_search_async:
 * @self: an open store
 * @search: a new one, or one with another name or view
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_put_search_async (SideStore           *self,
                             const SideSearch    *search,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (search != NULL);
  side_store_start (self, side_store_put_search_async,
                    side_job_new (run_put_search, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, side_search_copy (search),
                                  (GDestroyNotify) side_search_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_search_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL…
 *
 * Returns: %TRUE when it is written
 */
gboolean
side_store_put_search_finish (SideStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_search_async, error);
}

static gboolean
run_delete_search (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  return side_db_run (worker->db, error, "DELETE FROM searches WHERE id = ?1", "t", job->input);
}

/**
 * side_store_delete_search_async:
 * @self: an open store
 * @id: a search's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_delete_search_async (SideStore           *self,
                                const char          *id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (id != NULL);
  side_store_start (self, side_store_delete_search_async,
                    side_job_new (run_delete_search, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, g_strdup (id), g_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_delete_search_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL…
 *
 * Returns: %TRUE when it is gone
 */
gboolean
side_store_delete_search_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_delete_search_async, error);
}

static int
compare_searches (gconstpointer a,
                  gconstpointer b)
{
  const SideSearch *left = *(SideSearch *const *) a;
  const SideSearch *right = *(SideSearch *const *) b;
  int order = g_utf8_collate (left->name, right->name);

  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

static gboolean
run_list_searches (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) side_search_free);
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT id, project, name, view FROM searches WHERE project = ?1", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, job->input, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (found, side_search_new (side_db_column_text (stmt, 0), side_db_column_text (stmt, 1),
                                             side_db_column_text (stmt, 2), side_db_column_text (stmt, 3)));
  if (rc != SQLITE_DONE)
    return FALSE;
  g_ptr_array_sort (found, compare_searches);
  job->result = g_steal_pointer (&found);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_searches_async:
 * @self: an open store
 * @project: whose
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_searches_async (SideStore           *self,
                                const char          *project,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_list_searches_async,
                    side_job_new (run_list_searches, SIDE_JOB_READS, SIDE_JOB_POINTER,
                                  g_strdup (project != NULL ? project : ""), g_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_searches_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideSearch) (nullable): the project's
 *   searches by name
 */
GPtrArray *
side_store_list_searches_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_searches_async, error);
}
