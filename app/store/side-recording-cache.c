/* side-recording-cache.c - which recordings lie on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row without its file is worthless and goes when it is met; a file without
 * its row cannot come about, because the row goes after the file. The
 * functions named run_… are jobs, in the database's thread, which also counts
 * who has a recording open.
 */
#include "side-recording-cache.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "side-store-private.h"

typedef struct {
  char *id;
  char *call;
  char *sha256;
  char *path;
} RecordingInput;

static void
free_recording_input (gpointer data)
{
  RecordingInput *input = data;

  g_free (input->id);
  g_free (input->call);
  g_free (input->sha256);
  g_free (input->path);
  g_free (input);
}

static RecordingInput *
recording_input_new (const char *id)
{
  RecordingInput *input = g_new0 (RecordingInput, 1);

  input->id = g_strdup (id);
  return input;
}

/* Takes one recording away, unless its file cannot be removed. */
static gboolean
evict (SideWorker  *worker,
       const char  *id,
       const char  *path,
       gboolean    *gone,
       GError     **error)
{
  *gone = g_remove (path) == 0 || errno == ENOENT;
  return !*gone || side_db_run (worker->db, error, "DELETE FROM recordings WHERE id = ?1", "t", id);
}

static gboolean
list_oldest (SideWorker  *worker,
             GPtrArray   *list,
             GArray      *sizes,
             GError     **error)
{
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT id, path, bytes FROM recordings ORDER BY last_used_ms, id", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      RecordingInput *entry = recording_input_new (side_db_column_text (stmt, 0));
      gint64 bytes = sqlite3_column_int64 (stmt, 2);

      entry->path = g_strdup (side_db_column_text (stmt, 1));
      g_ptr_array_add (list, entry);
      g_array_append_val (sizes, bytes);
    }
  return rc == SQLITE_DONE;
}

/* Down to the limit, the longest unused first; @keep was just added. */
static gboolean
evict_over_limit (SideWorker  *worker,
                  const char  *keep,
                  gint64      *freed,
                  GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_recording_input);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 total = 0;

  *freed = 0;
  if (!side_db_get_int (worker->db, &total, error, "SELECT coalesce (sum (bytes), 0) FROM recordings", ""))
    return FALSE;
  if ((guint64) total <= worker->recordings_limit)
    return TRUE;
  if (!list_oldest (worker, list, sizes, error))
    return FALSE;
  for (guint i = 0; i < list->len && (guint64) (total - *freed) > worker->recordings_limit; i++)
    {
      RecordingInput *entry = list->pdata[i];
      gboolean gone;

      if (g_strcmp0 (entry->id, keep) == 0 || g_hash_table_contains (worker->pins, entry->id))
        continue;
      if (!evict (worker, entry->id, entry->path, &gone, error))
        return FALSE;
      if (gone)
        *freed += g_array_index (sizes, gint64, i);
    }
  return TRUE;
}

static gboolean
run_add (SideWorker  *worker,
         SideJob     *job,
         GError     **error)
{
  RecordingInput *input = job->input;
  GStatBuf info;
  gint64 freed;

  if (g_stat (input->path, &info) != 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s: %s", input->path, g_strerror (errno));
      return FALSE;
    }
  return side_db_run (worker->db, error,
                      "INSERT OR REPLACE INTO recordings (id, call, sha256, path, bytes, last_used_ms) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ttttii",
                      input->id, input->call, input->sha256, input->path, (gint64) info.st_size, job->now_ms)
         && evict_over_limit (worker, input->id, &freed, error);
}

/**
 * side_store_add_recording_async:
 * @self: an open store
 * @id: the recording's id
 * @call: (nullable): the call it is of
 * @sha256: (nullable): the hash it was checked against, hex
 * @path: its file, complete
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Others go when there is no room for it within the limit.
 */
void
side_store_add_recording_async (SideStore           *self,
                                const char          *id,
                                const char          *call,
                                const char          *sha256,
                                const char          *path,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RecordingInput *input = recording_input_new (id);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->call = g_strdup (call);
  input->sha256 = g_strdup (sha256);
  input->path = g_strdup (path);
  side_store_start (self, side_store_add_recording_async,
                    side_job_new (run_add, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_recording_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_add_recording_finish:
 * @self: the store
 * @result: the result
 * @error: (out): NOT_FOUND when there is no such file...
 *
 * Returns: %TRUE on success
 */
gboolean
side_store_add_recording_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_add_recording_async, error);
}

static gboolean
run_find (SideWorker  *worker,
          SideJob     *job,
          GError     **error)
{
  RecordingInput *input = job->input;
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT path, bytes FROM recordings WHERE id = ?1", error);
  g_autofree char *path = NULL;
  gint64 bytes;
  GStatBuf info;
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, input->id, -1, SQLITE_TRANSIENT);
  rc = side_db_step (worker->db, stmt, error);
  if (rc != SQLITE_ROW)
    return rc == SQLITE_DONE;
  path = g_strdup (side_db_column_text (stmt, 0));
  bytes = sqlite3_column_int64 (stmt, 1);
  sqlite3_reset (stmt);
  if (g_stat (path, &info) != 0 || info.st_size != bytes)
    return worker->db->read_only || side_db_run (worker->db, error, "DELETE FROM recordings WHERE id = ?1", "t", input->id);
  /* That it was used is not worth failing for. */
  if (!worker->db->read_only)
    side_db_run (worker->db, NULL, "UPDATE recordings SET last_used_ms = ?2 WHERE id = ?1", "ti", input->id, job->now_ms);
  job->result = g_steal_pointer (&path);
  job->free_result = g_free;
  return TRUE;
}

/**
 * side_store_find_recording_async:
 * @self: an open store
 * @id: the recording's id
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Pin it first when it is going to be opened.
 */
void
side_store_find_recording_async (SideStore           *self,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_find_recording_async,
                    side_job_new (run_find, SIDE_JOB_READS, SIDE_JOB_POINTER, recording_input_new (id), free_recording_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_find_recording_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the file's path; %NULL without an
 *   error when it is not here, or not whole
 */
char *
side_store_find_recording_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_find_recording_async, error);
}

static gboolean
run_pin (SideWorker  *worker,
         SideJob     *job,
         GError     **error)
{
  RecordingInput *input = job->input;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (worker->pins, input->id));

  g_hash_table_insert (worker->pins, g_steal_pointer (&input->id), GUINT_TO_POINTER (count + 1));
  return TRUE;
}

static gboolean
run_unpin (SideWorker  *worker,
           SideJob     *job,
           GError     **error)
{
  RecordingInput *input = job->input;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (worker->pins, input->id));

  if (count <= 1)
    g_hash_table_remove (worker->pins, input->id);
  else
    g_hash_table_insert (worker->pins, g_steal_pointer (&input->id), GUINT_TO_POINTER (count - 1));
  return TRUE;
}

/**
 * side_store_pin_recording:
 * @self: an open store
 * @id: a recording's id, in the cache or not yet
 *
 * It is in use and stays until side_store_unpin_recording() was called as
 * often as this, or the store is closed.
 */
void
side_store_pin_recording (SideStore  *self,
                          const char *id)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start_plain (self, side_job_new (run_pin, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN,
                                              recording_input_new (id), free_recording_input), NULL, NULL);
}

/**
 * side_store_unpin_recording:
 * @self: an open store
 * @id: a recording's id
 *
 * It is not in use any more.
 */
void
side_store_unpin_recording (SideStore  *self,
                            const char *id)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start_plain (self, side_job_new (run_unpin, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN,
                                              recording_input_new (id), free_recording_input), NULL, NULL);
}

static gboolean
run_evict (SideWorker  *worker,
           SideJob     *job,
           GError     **error)
{
  gint64 freed;

  if (!evict_over_limit (worker, NULL, &freed, error))
    return FALSE;
  job->number = (gssize) freed;
  return TRUE;
}

/**
 * side_store_evict_recordings_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Brings the recordings down to the limit now, after it was lowered.
 */
void
side_store_evict_recordings_async (SideStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_evict_recordings_async,
                    side_job_new (run_evict, SIDE_JOB_WRITES, SIDE_JOB_INT, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_evict_recordings_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: bytes freed, or -1
 */
gint64
side_store_evict_recordings_finish (SideStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return side_store_finish_int (self, result, side_store_evict_recordings_async, error);
}
