/* side-recording-cache.c - which recordings lie on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row without its file is worthless and goes when it is met. A file without
 * its row is left by a cache that was lost or by a program that died; it is
 * swept away when the cache is opened. What is derived from a recording lies
 * beside it under its name with another ending, and goes with it. The
 * functions named run_… are jobs, in the database's thread, which also counts
 * who has a recording open.
 */
#include "side-recording-cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "side-store-private.h"

#define PART_KEPT_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))   /* a transfer broken off may be gone on with */

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

/* What the names of a recording's files have in common, the dot included. */
static char *
stem_of (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strchr (name, '.');

  return dot != NULL ? g_strndup (name, (gsize) (dot - name) + 1) : g_strconcat (name, ".", NULL);
}

static void
remove_siblings (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = stem_of (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, stem))
      {
        g_autofree char *sibling = g_build_filename (folder, name, NULL);

        if (g_remove (sibling) != 0)
          g_debug ("removing %s: %s", sibling, g_strerror (errno));
      }
}

/* A recording and all that is derived from it. */
gboolean
side_store_remove_recording_files (const char *path)
{
  if (g_remove (path) != 0 && errno != ENOENT)
    return FALSE;
  remove_siblings (path);
  return TRUE;
}

/* Takes one recording away, unless its file cannot be removed. */
static gboolean
evict (SideWorker  *worker,
       const char  *id,
       const char  *path,
       gboolean    *gone,
       GError     **error)
{
  *gone = side_store_remove_recording_files (path);
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

/* Down to @limit bytes, the longest unused first; @keep was just added. What is
 * in use stays, however much that is. */
static gboolean
evict_down_to (SideWorker  *worker,
               guint64      limit,
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
  if ((guint64) total <= limit)
    return TRUE;
  if (!list_oldest (worker, list, sizes, error))
    return FALSE;
  for (guint i = 0; i < list->len && (guint64) (total - *freed) > limit; i++)
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
evict_over_limit (SideWorker  *worker,
                  const char  *keep,
                  gint64      *freed,
                  GError     **error)
{
  return evict_down_to (worker, worker->recordings_limit, keep, freed, error);
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
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT path, bytes FROM recordings WHERE id = ?1 "
                                        "UNION ALL SELECT path, bytes FROM imports WHERE recording = ?1", error);
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
  if (g_stat (path, &info) == 0 && info.st_size == bytes)
    {
      job->result = g_steal_pointer (&path);
      job->free_result = g_free;
    }
  return TRUE;
}

/* Follows run_find(): the row of a file that is not there, or not whole, goes. */
static gboolean
run_note_use (SideWorker  *worker,
              SideJob     *job,
              GError     **error)
{
  RecordingInput *input = job->input;

  if (!run_find (worker, job, error))
    return FALSE;
  if (job->result == NULL)
    return side_db_run (worker->db, error, "DELETE FROM recordings WHERE id = ?1", "t", input->id);
  return side_db_run (worker->db, error, "UPDATE recordings SET last_used_ms = ?2 WHERE id = ?1", "ti", input->id, job->now_ms);
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
  /* That it was used is not worth failing for, so it is a job of its own. */
  if (!side_store_is_read_only (self))
    side_store_start_plain (self, side_job_new (run_note_use, SIDE_JOB_WRITES, SIDE_JOB_POINTER,
                                                recording_input_new (id), free_recording_input), NULL, NULL);
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

/* A file of ours: thirty-two hex digits and an ending. What else lies in the
 * folder is nobody's business. */
static gboolean
is_our_name (const char *name)
{
  return strspn (name, "0123456789abcdef") == 32 && g_str_has_prefix (name + 32, ".wav");
}

static gboolean
may_be_gone_on_with (const char *path,
                     gint64      now_ms)
{
  GStatBuf info;

  return g_str_has_suffix (path, ".part") && g_stat (path, &info) == 0
         && now_ms - (gint64) info.st_mtime * 1000 < PART_KEPT_MS;
}

static gboolean
run_sweep (SideWorker  *worker,
           SideJob     *job,
           GError     **error)
{
  RecordingInput *input = job->input;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (input->path, 0, NULL);
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT path FROM recordings", error);
  const char *name;
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    g_hash_table_add (known, stem_of (side_db_column_text (stmt, 0)));
  if (rc != SQLITE_DONE)
    return FALSE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (input->path, name, NULL);
      g_autofree char *stem = stem_of (name);

      if (is_our_name (name) && !g_hash_table_contains (known, stem) && !may_be_gone_on_with (path, job->now_ms)
          && g_remove (path) == 0)
        job->number++;
    }
  return TRUE;
}

/**
 * side_store_sweep_recordings_async:
 * @self: an open store
 * @folder: where recordings lie, before any of them is fetched
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Removes files of recordings that the store knows nothing of.
 */
void
side_store_sweep_recordings_async (SideStore           *self,
                                   const char          *folder,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  RecordingInput *input = g_new0 (RecordingInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->path = g_strdup (folder);
  side_store_start (self, side_store_sweep_recordings_async,
                    side_job_new (run_sweep, SIDE_JOB_READS, SIDE_JOB_INT, input, free_recording_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_sweep_recordings_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: how many files were removed, or -1
 */
gint64
side_store_sweep_recordings_finish (SideStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return side_store_finish_int (self, result, side_store_sweep_recordings_async, error);
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

static gboolean
run_clear (SideWorker  *worker,
           SideJob     *job,
           GError     **error)
{
  gint64 freed;

  if (!evict_down_to (worker, 0, NULL, &freed, error))
    return FALSE;
  job->number = (gssize) freed;
  return TRUE;
}

/**
 * side_store_clear_recordings_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Removes all recordings from this computer but those in use. Nothing that a
 * person wrote lies with them.
 */
void
side_store_clear_recordings_async (SideStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_clear_recordings_async,
                    side_job_new (run_clear, SIDE_JOB_WRITES, SIDE_JOB_INT, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_clear_recordings_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: bytes freed, or -1
 */
gint64
side_store_clear_recordings_finish (SideStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return side_store_finish_int (self, result, side_store_clear_recordings_async, error);
}

static gboolean
run_measure (SideWorker  *worker,
             SideJob     *job,
             GError     **error)
{
  gint64 total = 0;

  if (!side_db_get_int (worker->db, &total, error, "SELECT coalesce (sum (bytes), 0) FROM recordings", ""))
    return FALSE;
  job->number = (gssize) total;
  return TRUE;
}

/**
 * side_store_measure_recordings_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_measure_recordings_async (SideStore           *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_measure_recordings_async,
                    side_job_new (run_measure, SIDE_JOB_READS, SIDE_JOB_INT, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_measure_recordings_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: bytes that recordings take on this computer, or -1
 */
gint64
side_store_measure_recordings_finish (SideStore     *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  return side_store_finish_int (self, result, side_store_measure_recordings_async, error);
}
