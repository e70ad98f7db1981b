/* side-store-sound.c - what recordings sound like, and which still have to be heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures are written when an analysis is done and are read by lists, by the
 * page of a call and by reports. The functions named run_… are jobs, in the
 * database's thread.
 */
#include "side-store-sound.h"

#include "side-store-private.h"

static gboolean
run_put_sound (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  const SideSoundFigures *figures = job->input;
  gint64 n = 0;

  if (!side_db_get_int (worker->db, &n, error, "SELECT n FROM calls WHERE id = ?1", "t", figures->call))
    return FALSE;
  if (n == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no call %s", figures->call);
      return FALSE;
    }
  if (!side_db_put_sound (worker->db, n, figures, error))
    return FALSE;
  side_worker_touch (worker, n);
  return TRUE;
}

/**
 * side_store_put_sound_async:
 * @self: an open store
 * @figures: what was found by listening to a call's recording
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * They replace what was found before; lists that go by them follow.
 */
void
side_store_put_sound_async (SideStore              *self,
                            const SideSoundFigures *figures,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (figures != NULL);
  side_store_start (self, side_store_put_sound_async,
                    side_job_new (run_put_sound, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, side_sound_figures_copy (figures),
                                  (GDestroyNotify) side_sound_figures_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_sound_finish:
 * @self: the store
 * @result: the result
 * @error: (out): NOT_FOUND when the call is not here any more, READ_ONLY, FULL…
 *
 * Returns: %TRUE when they are written
 */
gboolean
side_store_put_sound_finish (SideStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_sound_async, error);
}

static void
keep_one (gint64                  n,
          const SideSoundFigures *figures,
          gpointer                data)
{
  SideSoundFigures **kept = data;

  g_clear_pointer (kept, side_sound_figures_free);
  *kept = side_sound_figures_copy (figures);
}

static gboolean
run_get_sound (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  SideSoundFigures *kept = NULL;
  gint64 n = 0;

  if (!side_db_get_int (worker->db, &n, error, "SELECT n FROM calls WHERE id = ?1", "t", job->input)
      || (n != 0 && !side_db_each_sound (worker->db, n - 1, n, 1, keep_one, &kept, error)))
    return FALSE;
  job->result = kept;
  job->free_result = (GDestroyNotify) side_sound_figures_free;
  return TRUE;
}

/**
 * side_store_get_sound_async:
 * @self: an open store
 * @call: a call's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_sound_async (SideStore           *self,
                            const char          *call,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (call != NULL);
  side_store_start (self, side_store_get_sound_async,
                    side_job_new (run_get_sound, SIDE_JOB_READS, SIDE_JOB_POINTER, g_strdup (call), g_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_sound_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the figures of the recording the call
 *   has; %NULL without an error when it was not analysed
 */
SideSoundFigures *
side_store_get_sound_finish (SideStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_sound_async, error);
}

static void
keep_all (gint64                  n,
          const SideSoundFigures *figures,
          gpointer                data)
{
  SideSoundFigures *copy = side_sound_figures_copy (figures);

  g_hash_table_insert (data, copy->call, copy);
}

static gboolean
run_list_sounds (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                        (GDestroyNotify) side_sound_figures_free);
  g_autoptr (GArray) rows = NULL;

  if (!side_worker_need_columns (worker, error))
    return FALSE;
  rows = side_view_select (job->input, worker->columns, worker->db, NULL, NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 n = g_array_index (rows, guint32, i);

      if ((side_columns_get_sound (worker->columns, (guint32) n)->flags & SIDE_ROW_ANALYSED) != 0
          && !side_db_each_sound (worker->db, n - 1, n, 1, keep_all, found, error))
        return FALSE;
    }
  job->result = g_steal_pointer (&found);
  job->free_result = (GDestroyNotify) g_hash_table_unref;
  return TRUE;
}

/**
 * side_store_list_sounds_async:
 * @self: an open store
 * @query: which calls
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_sounds_async (SideStore           *self,
                              const SideCallQuery *query,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (query != NULL);
  side_store_start (self, side_store_list_sounds_async,
                    side_job_new (run_list_sounds, SIDE_JOB_READS, SIDE_JOB_POINTER, side_call_query_copy (query),
                                  (GDestroyNotify) side_call_query_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_sounds_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type utf8 SideSoundFigures) (nullable):
 *   the figures by the id of their call; calls without any are not in it
 */
GHashTable *
side_store_list_sounds_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_sounds_async, error);
}

typedef struct {
  char          *word;      /* the version, or the reviewer, nullable */
  SideCallQuery *query;
  guint          limit;
} ListInput;

static void
free_list_input (gpointer data)
{
  ListInput *input = data;

  g_free (input->word);
  g_clear_pointer (&input->query, side_call_query_free);
  g_free (input);
}

static gboolean
give_calls (SideWorker  *worker,
            SideJob     *job,
            GArray      *rows,
            GError     **error)
{
  job->result = side_db_get_calls (worker->db, rows, rows->len, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

static gboolean
run_list_unheard (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  const ListInput *input = job->input;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (worker->db, "SELECT c.n FROM (SELECT id, call, last_used_ms FROM recordings "
                          "UNION ALL SELECT recording, call, imported_ms FROM imports) r "
                          "JOIN calls c ON c.id = r.call AND c.recording = r.id "
                          "LEFT JOIN sounds s ON s.n = c.n AND s.recording = r.id "
                          "WHERE s.n IS NULL OR s.version <> ?1 ORDER BY r.last_used_ms DESC LIMIT ?2", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, input->word, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, input->limit);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      guint32 row = (guint32) sqlite3_column_int64 (stmt, 0);

      g_array_append_val (rows, row);
    }
  return rc == SQLITE_DONE && give_calls (worker, job, rows, error);
}

/**
 * side_store_list_unheard_async:
 * @self: an open store
 * @version: of the algorithm; what an older one found is found anew
 * @limit: how many at most
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_unheard_async (SideStore           *self,
                               const char          *version,
                               guint                limit,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ListInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (version != NULL);
  input = g_new0 (ListInput, 1);
  input->word = g_strdup (version);
  input->limit = limit;
  side_store_start (self, side_store_list_unheard_async,
                    side_job_new (run_list_unheard, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_list_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_unheard_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideCall) (nullable): calls whose
 *   recording is on this computer, fetched or imported, and has no figures,
 *   the last used first
 */
GPtrArray *
side_store_list_unheard_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_unheard_async, error);
}

static gboolean
run_list_unfetched (SideWorker  *worker,
                    SideJob     *job,
                    GError     **error)
{
  const ListInput *input = job->input;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) rows = NULL;

  input->query->recorded = SIDE_CALL_MATCH_YES;
  if (!side_worker_need_columns (worker, error))
    return FALSE;
  rows = side_view_select (input->query, worker->columns, worker->db, NULL, NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && found->len < input->limit; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      gint64 wanted = 0;

      if (!side_db_get_int (worker->db, &wanted, error, "SELECT 1 FROM calls c WHERE n = ?1 "
                            "AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.id = c.recording) "
                            "AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.call = c.id) "
                            "AND (?2 IS NULL OR NOT EXISTS (SELECT 1 FROM documents d WHERE d.call = c.id "
                            "AND d.kind = 'review' AND d.deleted = 0 AND d.author = ?2))", "it", (gint64) row, input->word))
        return FALSE;
      if (wanted != 0)
        g_array_append_val (found, row);
    }
  return give_calls (worker, job, found, error);
}

/**
 * side_store_list_unfetched_async:
 * @self: an open store
 * @query: which calls, in which order
 * @reviewer: (nullable): only those of which this person made no review
 * @limit: how many at most
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_unfetched_async (SideStore           *self,
                                 const SideCallQuery *query,
                                 const char          *reviewer,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ListInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (query != NULL);
  input = g_new0 (ListInput, 1);
  input->query = side_call_query_copy (query);
  input->word = g_strdup (reviewer);
  input->limit = limit;
  side_store_start (self, side_store_list_unfetched_async,
                    side_job_new (run_list_unfetched, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_list_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_unfetched_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideCall) (nullable): calls with a
 *   recording that is not on this computer
 */
GPtrArray *
side_store_list_unfetched_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_unfetched_async, error);
}
