/* side-job.h - long work in a thread, with progress
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every long job over a file needs beside its GTask: it tells how far it
 * is, on the main context that asked, as often as that has time for it and
 * never after the result.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideJobProgress:
 * @fraction: how much is done, 0..1
 * @data: what was given with the function
 */
typedef void (*SideJobProgress) (double   fraction,
                                 gpointer data);

/**
 * SideJobWork: the work, run in a thread.
 * @data: what it works on; nothing of the main context's may hang on it
 * @progress: to be called with @job from the work
 * @job: for @progress
 * @cancellable: (nullable): to be looked at now and then
 * @error: return location
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
typedef gpointer (*SideJobWork) (gpointer         data,
                                 SideJobProgress  progress,
                                 gpointer         job,
                                 GCancellable    *cancellable,
                                 GError         **error);

void     side_job_run_async  (SideJobWork          work,
                              gpointer             data,
                              GDestroyNotify       free_data,
                              GDestroyNotify       free_result,
                              SideJobProgress      progress,
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gpointer side_job_run_finish (GAsyncResult        *result,
                              GError             **error);

G_END_DECLS
