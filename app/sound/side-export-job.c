/* side-export-job.c - recordings cut and written in a thread
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side_export_write() and side_export_hold() for those who must not wait.
 */
#include "side-export.h"

typedef struct {
  SideExport *export;
  char       *path;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  side_export_free (work->export);
  g_free (work->path);
  g_free (work);
}

static gpointer
write_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Work *work = data;

  return side_export_write (work->export, work->path, progress, job, cancellable, error);
}

static void
start (SideJobWork          work,
       SideExport          *self,
       const char          *path,
       SideJobProgress      progress,
       gpointer             progress_data,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  Work *data = g_new0 (Work, 1);

  data->export = self;
  data->path = g_strdup (path);
  side_job_run_async (work, data, work_free, (GDestroyNotify) side_exported_free, progress, progress_data, cancellable,
                      callback, user_data);
}

/**
 * side_export_write_async:
 * @self: (transfer full): an export
 * @path: the file to write
 * @progress: (nullable): called on this main context
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the work; nothing is left behind
 * @callback: called when done
 * @user_data: for @callback
 *
 * side_export_write() in a thread.
 */
void
side_export_write_async (SideExport          *self,
                         const char          *path,
                         SideJobProgress      progress,
                         gpointer             progress_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (self != NULL && path != NULL);
  start (write_work, self, path, progress, progress_data, cancellable, callback, user_data);
}

static gpointer
hold_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  Work *work = data;

  return side_export_hold (work->export, work->path, progress, job, cancellable, error);
}

/**
 * side_export_hold_async:
 * @self: (transfer full): an export
 * @path: what the file is to be called
 * @progress: (nullable): called on this main context
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the work; nothing is left behind
 * @callback: called when done
 * @user_data: for @callback
 *
 * As side_export_write_async(), but the file has no name yet: it gets that by
 * side_exported_place(), or is gone with what side_export_write_finish() returns.
 */
void
side_export_hold_async (SideExport          *self,
                        const char          *path,
                        SideJobProgress      progress,
                        gpointer             progress_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (self != NULL && path != NULL);
  start (hold_work, self, path, progress, progress_data, cancellable, callback, user_data);
}

/**
 * side_export_write_finish:
 * @result: what the callback was given
 * @error: as of side_export_write()
 *
 * Returns: (transfer full): what was written
 */
SideExported *
side_export_write_finish (GAsyncResult  *result,
                          GError       **error)
{
  return side_job_run_finish (result, error);
}
