/* side-job.c - long work in a thread, with progress
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-job.h"

/* Shared by the worker and the main context; either may be the last to hold it. */
typedef struct {
  gatomicrefcount  ref_count;
  GMainContext    *context;
  SideJobProgress  progress;
  gpointer         progress_data;
  GCancellable    *cancellable;
  GMutex           lock;
  double           fraction;   /* under lock */
  gboolean         queued;     /* under lock: a source waits to tell it */
  gboolean         closed;     /* under lock: the result is there */
} Teller;

typedef struct {
  SideJobWork     work;
  gpointer        data;
  GDestroyNotify  free_data;
  GDestroyNotify  free_result;
  Teller         *teller;
} Job;

static Teller *
teller_ref (Teller *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
teller_unref (gpointer data)
{
  Teller *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_main_context_unref (self->context);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  teller_unref (job->teller);
  g_free (job);
}

static gboolean
tell_cb (gpointer data)
{
  Teller *self = data;
  double fraction;
  gboolean closed;

  g_mutex_lock (&self->lock);
  self->queued = FALSE;
  closed = self->closed;
  fraction = self->fraction;
  g_mutex_unlock (&self->lock);
  if (!closed && !g_cancellable_is_cancelled (self->cancellable))
    self->progress (fraction, self->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell (double   fraction,
      gpointer data)
{
  Teller *self = data;
  g_autoptr (GSource) source = NULL;
  gboolean was_queued;

  if (self->progress == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->fraction = fraction;
  was_queued = self->queued;
  self->queued = TRUE;
  g_mutex_unlock (&self->lock);
  if (was_queued)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, tell_cb, teller_ref (self), teller_unref);
  g_source_attach (source, self->context);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gpointer result = job->work (job->data, tell, job->teller, cancellable, &error);

  g_mutex_lock (&job->teller->lock);
  job->teller->closed = TRUE;
  g_mutex_unlock (&job->teller->lock);
  if (result != NULL)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, error);
}

/**
 * side_job_run_async:
 * @work: the work
 * @data: (transfer full): what it works on
 * @free_data: (nullable): frees @data, in any thread
 * @free_result: (nullable): frees the result if nobody takes it
 * @progress: (nullable): called on this main context while the work goes on
 * @progress_data: for @progress; must live until @callback or until cancelled
 * @cancellable: (nullable): ends the work; @progress is not called after it
 * @callback: called when done
 * @user_data: for @callback
 */
void
side_job_run_async (SideJobWork          work,
                    gpointer             data,
                    GDestroyNotify       free_data,
                    GDestroyNotify       free_result,
                    SideJobProgress      progress,
                    gpointer             progress_data,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (work != NULL);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_job_run_async);
  job = g_new0 (Job, 1);
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->teller = g_new0 (Teller, 1);
  g_atomic_ref_count_init (&job->teller->ref_count);
  g_mutex_init (&job->teller->lock);
  job->teller->context = g_main_context_ref (g_task_get_context (task));
  job->teller->progress = progress;
  job->teller->progress_data = progress_data;
  g_set_object (&job->teller->cancellable, cancellable);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

/**
 * side_job_run_finish:
 * @result: what the callback was given
 * @error: whatever the work failed with; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the work returned
 */
gpointer
side_job_run_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
