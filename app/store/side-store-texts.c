/* side-store-texts.c - board snapshots and settings in a store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that the store keeps and does not look into. The functions named
 * run_… are jobs, in the database's thread.
 */
#include "side-store-private.h"

typedef struct {
  char      *key;
  char      *text;
  guint64    seq;
  gint64     taken_ms;
} TextInput;

static void
free_text_input (gpointer data)
{
  TextInput *input = data;

  g_free (input->key);
  g_free (input->text);
  g_free (input);
}

static gboolean
run_put_snapshot (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  TextInput *input = job->input;

  return side_db_run (worker->db, error, "INSERT OR REPLACE INTO snapshots (project, seq, taken_ms, body) VALUES (?1, ?2, ?3, ?4)",
                      "tiit", input->key, (gint64) input->seq, input->taken_ms, input->text);
}

/**
 * side_store_put_snapshot_async:
 * @self: an open store
 * @project: the project's id, or "" for the board of all of the session's
 * @body: the board as JSON
 * @seq: number of the last event in it
 * @taken_ms: how old it is: the instant it shows
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Keeps the last board, so that it can be shown, as stale, without a network.
 */
void
side_store_put_snapshot_async (SideStore           *self,
                               const char          *project,
                               const char          *body,
                               guint64              seq,
                               gint64               taken_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  TextInput *input = g_new0 (TextInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->key = g_strdup (project);
  input->text = g_strdup (body);
  input->seq = seq;
  input->taken_ms = taken_ms;
  side_store_start (self, side_store_put_snapshot_async,
                    side_job_new (run_put_snapshot, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_text_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_snapshot_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the board is written
 */
gboolean
side_store_put_snapshot_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_snapshot_async, error);
}

static gboolean
run_get_snapshot (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  TextInput *input = job->input;
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT seq, taken_ms, body FROM snapshots WHERE project = ?1", error);
  TextInput *found;
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, input->key, -1, SQLITE_TRANSIENT);
  rc = side_db_step (worker->db, stmt, error);
  if (rc == SQLITE_DONE)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "no board of \"%s\" is in the cache", input->key);
  if (rc != SQLITE_ROW)
    return FALSE;
  found = g_new0 (TextInput, 1);
  found->seq = (guint64) sqlite3_column_int64 (stmt, 0);
  found->taken_ms = sqlite3_column_int64 (stmt, 1);
  found->text = g_strdup (side_db_column_text (stmt, 2));
  sqlite3_reset (stmt);
  job->result = found;
  job->free_result = free_text_input;
  return TRUE;
}

/**
 * side_store_get_snapshot_async:
 * @self: an open store
 * @project: as for side_store_put_snapshot_async()
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_snapshot_async (SideStore           *self,
                               const char          *project,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  TextInput *input = g_new0 (TextInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->key = g_strdup (project);
  side_store_start (self, side_store_get_snapshot_async,
                    side_job_new (run_get_snapshot, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_text_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_snapshot_finish:
 * @self: the store
 * @result: the result
 * @seq: (out) (optional): number of the last event in it
 * @taken_ms: (out) (optional): the instant it shows
 * @error: (out): NOT_FOUND...
 *
 * Returns: (transfer full) (nullable): the board as JSON
 */
char *
side_store_get_snapshot_finish (SideStore     *self,
                                GAsyncResult  *result,
                                guint64       *seq,
                                gint64        *taken_ms,
                                GError       **error)
{
  TextInput *found = side_store_finish_pointer (self, result, side_store_get_snapshot_async, error);
  char *body;

  if (found == NULL)
    return NULL;
  if (seq != NULL)
    *seq = found->seq;
  if (taken_ms != NULL)
    *taken_ms = found->taken_ms;
  body = g_steal_pointer (&found->text);
  free_text_input (found);
  return body;
}

static gboolean
run_put_setting (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  TextInput *input = job->input;

  if (input->text == NULL)
    return side_db_run (worker->db, error, "DELETE FROM settings WHERE key = ?1", "t", input->key);
  return side_db_run (worker->db, error, "INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", "tt",
                      input->key, input->text);
}

/**
 * side_store_put_setting_async:
 * @self: an open store
 * @key: a word; those that begin with "store." are the store's own
 * @value: (nullable): the text, or %NULL to take it away
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_put_setting_async (SideStore           *self,
                              const char          *key,
                              const char          *value,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TextInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (key != NULL && !g_str_has_prefix (key, "store."));
  input = g_new0 (TextInput, 1);
  input->key = g_strdup (key);
  input->text = g_strdup (value);
  side_store_start (self, side_store_put_setting_async,
                    side_job_new (run_put_setting, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_text_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_setting_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the setting is written
 */
gboolean
side_store_put_setting_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_setting_async, error);
}

static gboolean
run_get_setting (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  TextInput *input = job->input;
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT value FROM settings WHERE key = ?1", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, input->key, -1, SQLITE_TRANSIENT);
  rc = side_db_step (worker->db, stmt, error);
  if (rc != SQLITE_ROW)
    return rc == SQLITE_DONE;
  job->result = g_strdup (side_db_column_text (stmt, 0));
  job->free_result = g_free;
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * side_store_get_setting_async:
 * @self: an open store
 * @key: a word
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_setting_async (SideStore           *self,
                              const char          *key,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TextInput *input = g_new0 (TextInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->key = g_strdup (key);
  side_store_start (self, side_store_get_setting_async,
                    side_job_new (run_get_setting, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_text_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_setting_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the text; %NULL without an error when
 *   nothing was put
 */
char *
side_store_get_setting_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_setting_async, error);
}
