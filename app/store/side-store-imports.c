/* side-store-imports.c - calls that were imported from this computer's disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions named run_… are jobs, in the database's thread.
 */
#include "side-imports.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "side-store-private.h"
#include "side-text.h"

typedef struct {
  SideCall  *call;
  char      *path;
  char      *sha256;
  char     **calls;
} ImportInput;

static void
free_import_input (gpointer data)
{
  ImportInput *input = data;

  g_clear_pointer (&input->call, side_call_unref);
  g_free (input->path);
  g_free (input->sha256);
  g_strfreev (input->calls);
  g_free (input);
}

/**
 * side_import_dup_call_id:
 * @sha256: of what a recording was made of, hex
 *
 * Returns: (transfer full): the id its call has on every computer
 */
char *
side_import_dup_call_id (const char *sha256)
{
  g_autofree char *name = side_import_dup_recording_id (sha256);

  return side_id_named (name);
}

/**
 * side_import_dup_recording_id:
 * @sha256: of what a recording was made of, hex
 *
 * Returns: (transfer full): the recording's id
 */
char *
side_import_dup_recording_id (const char *sha256)
{
  return g_strconcat ("import:", sha256, NULL);
}

static gboolean
run_add (SideWorker  *worker,
         SideJob     *job,
         GError     **error)
{
  ImportInput *input = job->input;
  guint32 free_row = side_columns_get_free_row (worker->columns);
  gboolean known, written;
  GStatBuf info;
  gint64 row;

  if (g_stat (input->path, &info) != 0)
    {
      g_set_error (error, SIDE_ERROR, errno == ENOENT ? SIDE_ERROR_NOT_FOUND : SIDE_ERROR_FAILED, "%s: %s", input->path,
                   g_strerror (errno));
      return FALSE;
    }
  if (!side_db_is_imported (worker->db, input->call->id, &known, error))
    return FALSE;
  if (known)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "%s is imported already", input->call->id);
      return FALSE;
    }
  if (!side_db_put_import (worker->db, input->call, input->call->sha256, input->path, info.st_size, job->now_ms, error))
    return FALSE;
  row = side_db_put_call (worker->db, input->call, 0, free_row, &written, error);
  if (row == 0)
    return FALSE;
  if (row == free_row)
    side_columns_take_free_row (worker->columns);
  side_worker_touch (worker, row);
  g_ptr_array_add (worker->news->call_ids, g_strdup (input->call->id));
  return TRUE;
}

/**
 * side_store_add_import_async:
 * @self: an open store
 * @call: its id and that of its recording are of its sha256, as
 *   side_import_dup_call_id() and side_import_dup_recording_id() give them; it
 *   is copied
 * @path: the recording's file, which is the store's from then on
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when it is safely on the disk
 * @user_data: its argument
 */
void
side_store_add_import_async (SideStore           *self,
                             SideCall            *call,
                             const char          *path,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  ImportInput *input = g_new0 (ImportInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (call != NULL && call->recording != NULL && call->sha256 != NULL && path != NULL);
  input->call = side_call_copy (call);
  input->call->imported = TRUE;
  input->path = g_strdup (path);
  side_store_start (self, side_store_add_import_async,
                    side_job_new (run_add, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, input, free_import_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_add_import_finish:
 * @self: the store
 * @result: the result
 * @error: (out): EXISTS, NOT_FOUND when there is no such file, READ_ONLY, FULL...
 *
 * Returns: %TRUE when the call is there
 */
gboolean
side_store_add_import_finish (SideStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_add_import_async, error);
}

static gboolean
run_find (SideWorker  *worker,
          SideJob     *job,
          GError     **error)
{
  ImportInput *input = job->input;
  g_autoptr (GError) failure = NULL;

  job->result = side_db_find_import (worker->db, input->sha256, &failure);
  job->free_result = g_free;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * side_store_find_import_async:
 * @self: an open store
 * @sha256: of what a recording is made of, hex
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_find_import_async (SideStore           *self,
                              const char          *sha256,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  ImportInput *input = g_new0 (ImportInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->sha256 = g_strdup (sha256);
  side_store_start (self, side_store_find_import_async,
                    side_job_new (run_find, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_import_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_find_import_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): id of the call imported from it; %NULL
 *   without an error when there is none
 */
char *
side_store_find_import_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_find_import_async, error);
}

/* The rows first: a file without its row is a little room, a row without its
 * file is a call that cannot be heard. */
static gboolean
remove_one (SideWorker  *worker,
            SideJob     *job,
            const char  *id,
            GError     **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *path = side_db_import_path (worker->db, id, &failure);
  SideCallRow row;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (path == NULL)
    return TRUE;
  if (!side_db_find_call (worker->db, id, &row, error)
      || !side_db_run (worker->db, error, "DELETE FROM imports WHERE call = ?1", "t", id)
      || !side_db_forget_call (worker->db, row.n, id, error))
    return FALSE;
  side_worker_touch (worker, row.n);
  g_ptr_array_add (worker->news->call_ids, g_strdup (id));
  if (!side_store_remove_recording_files (path))
    g_info ("the file of the removed call %s stays: %s", id, g_strerror (errno));
  job->number++;
  return TRUE;
}

static gboolean
run_remove (SideWorker  *worker,
            SideJob     *job,
            GError     **error)
{
  ImportInput *input = job->input;

  for (gsize i = 0; input->calls[i] != NULL; i++)
    if (!remove_one (worker, job, input->calls[i], error))
      return FALSE;
  return TRUE;
}

/**
 * side_store_remove_imports_async:
 * @self: an open store
 * @calls: (array zero-terminated=1): ids of calls; those that were not
 *   imported here are left alone
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * They go with their files and all that was written about them, for good.
 */
void
side_store_remove_imports_async (SideStore           *self,
                                 const char *const   *calls,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ImportInput *input = g_new0 (ImportInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->calls = g_strdupv ((char **) calls);
  side_store_start (self, side_store_remove_imports_async,
                    side_job_new (run_remove, SIDE_JOB_WRITES, SIDE_JOB_INT, input, free_import_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_remove_imports_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...; then none was removed
 *
 * Returns: how many went, or -1
 */
gssize
side_store_remove_imports_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return (gssize) side_store_finish_int (self, result, side_store_remove_imports_async, error);
}
