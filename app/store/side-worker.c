/* side-worker.c - the thread that owns a cache's database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While there is nothing else to do the thread reads the columns lists are
 * made of, a step at a time, and finishes what was answered in part. It ends with a job that closes, or with one that
 * the store leaves behind when it goes; either way what was queued before is
 * done first.
 */
#include "side-worker.h"


void
side_worker_assert (SideWorker *self)
{
  g_assert (self->thread == g_thread_self ());
}

static SideWorker *
side_worker_ref (SideWorker *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_worker_unref (SideWorker *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_async_queue_unref (self->jobs);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->store);
  g_free (self->path);
  g_free (self);
}

SideJob *
side_job_new (SideJobFunc     run,
              int             kind,
              SideJobReturns  returns,
              gpointer        input,
              GDestroyNotify  free_input)
{
  SideJob *job = g_new0 (SideJob, 1);

  job->run = run;
  job->kind = kind;
  job->returns = returns;
  job->input = input;
  job->free_input = free_input;
  return job;
}

void
side_job_free (SideJob *job)
{
  g_clear_object (&job->task);
  if (job->input != NULL && job->free_input != NULL)
    job->free_input (job->input);
  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_clear_pointer (&job->news, side_news_free);
  g_clear_error (&job->error);
  g_free (job);
}

/* What travels to the store's context. */
typedef struct {
  SideWorker *worker;
  SideJob    *job;
} Parcel;

static gboolean
deliver_parcel (gpointer data)
{
  Parcel *parcel = data;
  g_autoptr (GObject) store = g_weak_ref_get (&parcel->worker->store);

  parcel->worker->deliver (parcel->job, store);
  return G_SOURCE_REMOVE;
}

static void
free_parcel (gpointer data)
{
  Parcel *parcel = data;

  side_job_free (parcel->job);
  side_worker_unref (parcel->worker);
  g_free (parcel);
}

static void
send_back (SideWorker *self,
           SideJob    *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->worker = side_worker_ref (self);
  parcel->job = job;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_parcel, parcel, free_parcel);
  g_source_attach (source, self->context);
}

/**
 * side_worker_touch:
 * @self: the worker, in a job that writes
 * @row: a row that was written or removed
 */
void
side_worker_touch (SideWorker *self,
                   gint64      row)
{
  guint32 narrow = (guint32) row;

  side_worker_assert (self);
  g_array_append_val (self->changed, narrow);
}

static void
forget_news (SideWorker *self)
{
  g_clear_pointer (&self->news, side_news_free);
  self->news = side_news_new ();
  g_array_set_size (self->changed, 0);
  self->outbox_touched = FALSE;
}

static gboolean
run_write (SideWorker  *self,
           SideJob     *job,
           GError     **error)
{
  if (!side_db_begin (self->db, job->kind == SIDE_JOB_WRITES_DURABLY, error))
    return FALSE;
  if (job->run (self, job, error))
    {
      if (side_db_commit (self->db, error))
        return TRUE;
    }
  else
    {
      side_db_rollback (self->db);
    }
  forget_news (self);
  return FALSE;
}

static void
count_outbox (SideWorker *self)
{
  SideNews *news = self->news;

  news->counted = self->db != NULL && side_db_count_outbox (self->db, &news->unsent, &news->conflicts, &news->refused, NULL);
}

/* A file that turns out to be damaged is replaced on the spot; the job that
 * found out fails and says so, the next one works again. */
static void
replace_damaged (SideWorker *self)
{
  g_autoptr (GError) error = NULL;

  forget_news (self);
  side_worker_reset_views (self);
  if (side_db_recover (self->db, self->now_ms, &error))
    {
      self->news->damaged = g_strdup (self->db->damaged_path);
      self->news->salvaged = self->db->salvaged;
      count_outbox (self);
      return;
    }
  g_message ("the damaged cache could not be replaced: %s", error->message);
  /* Nor can it be read: trying again and again would lead nowhere. */
  self->wants_columns = FALSE;
  side_worker_tell_views (self, error);
  if (!self->db->read_only)
    {
      g_clear_pointer (&self->db, side_db_close);
      self->open_error = g_steal_pointer (&error);
    }
}

static gboolean
run_any (SideWorker  *self,
         SideJob     *job,
         GError     **error)
{
  if (job->kind != SIDE_JOB_ANYTIME && self->db == NULL)
    {
      if (self->open_error != NULL)
        g_propagate_error (error, g_error_copy (self->open_error));
      else
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the cache is not open");
      return FALSE;
    }
  if (job->kind == SIDE_JOB_WRITES || job->kind == SIDE_JOB_WRITES_DURABLY)
    return run_write (self, job, error);
  return job->run (self, job, error);
}

static void
run_job (SideWorker *self,
         SideJob    *job)
{
  gboolean done;

  self->now_ms = job->now_ms;
  forget_news (self);
  if (job->task != NULL
      && g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    {
      send_back (self, job);
      return;
    }
  done = run_any (self, job, &job->error);
  g_assert (done == (job->error == NULL));
  if (g_error_matches (job->error, SIDE_ERROR, SIDE_ERROR_CORRUPT) && self->db != NULL)
    replace_damaged (self);
  if (self->outbox_touched)
    count_outbox (self);
  if (self->changed->len > 0)
    side_worker_follow_changes (self);
  job->news = g_steal_pointer (&self->news);
  send_back (self, job);
}

/* Loading may complete views; their news has no job of its own. */
static void
load_in_between (SideWorker *self)
{
  g_autoptr (GError) error = NULL;

  forget_news (self);
  if (!side_worker_load_some (self, &error) && g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    replace_damaged (self);
  if (!side_news_is_empty (self->news))
    {
      SideJob *job = side_job_new (NULL, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN, NULL, NULL);

      job->news = g_steal_pointer (&self->news);
      send_back (self, job);
    }
}

static gpointer
run_thread (gpointer data)
{
  SideWorker *self = data;

  self->thread = g_thread_self ();
  self->columns = side_columns_new ();
  self->views = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) side_view_free);
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->changed = g_array_new (FALSE, FALSE, sizeof (guint32));
  while (!self->over)
    {
      gboolean unfinished = self->db != NULL && self->wants_columns && (!self->columns->loaded || self->pending);
      SideJob *job = unfinished ? g_async_queue_try_pop (self->jobs) : g_async_queue_pop (self->jobs);

      if (job != NULL)
        run_job (self, job);
      else
        load_in_between (self);
    }
  g_clear_pointer (&self->db, side_db_close);
  g_clear_error (&self->open_error);
  g_clear_pointer (&self->news, side_news_free);
  side_columns_free (self->columns);
  g_hash_table_unref (self->views);
  g_hash_table_unref (self->pins);
  g_array_unref (self->changed);
  side_worker_unref (self);
  return NULL;
}

/**
 * side_worker_start:
 * @path: the database's file
 * @busy_timeout_ms: how long to wait for another process
 * @recordings_limit: bytes recordings may take
 * @store: whom to deliver to, not kept alive
 * @deliver: what is called with each job that comes back
 *
 * Returns: (transfer full): a worker whose thread runs; push a job of
 *   side_worker_open() first
 */
SideWorker *
side_worker_start (const char     *path,
                   guint           busy_timeout_ms,
                   guint64         recordings_limit,
                   GObject        *store,
                   SideJobDeliver  deliver)
{
  SideWorker *self = g_new0 (SideWorker, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->jobs = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->store, store);
  self->deliver = deliver;
  self->path = g_strdup (path);
  self->busy_timeout_ms = busy_timeout_ms;
  self->recordings_limit = recordings_limit;
  g_thread_unref (g_thread_new ("side-store", run_thread, side_worker_ref (self)));
  return self;
}

void
side_worker_push (SideWorker *self,
                  SideJob    *job)
{
  g_async_queue_push (self->jobs, job);
}

/**
 * side_worker_open: a job
 */
gboolean
side_worker_open (SideWorker  *self,
                  SideJob     *job,
                  GError     **error)
{
  side_worker_assert (self);
  g_clear_error (&self->open_error);
  self->db = side_db_open (self->path, self->busy_timeout_ms, job->now_ms, &self->open_error);
  if (self->db == NULL)
    {
      g_propagate_error (error, g_error_copy (self->open_error));
      return FALSE;
    }
  job->number = self->db->read_only;
  if (self->db->damaged_path != NULL)
    {
      self->news->damaged = g_strdup (self->db->damaged_path);
      self->news->salvaged = self->db->salvaged;
    }
  count_outbox (self);
  return TRUE;
}

/**
 * side_worker_close: a job, the last one
 */
gboolean
side_worker_close (SideWorker  *self,
                   SideJob     *job,
                   GError     **error)
{
  side_worker_assert (self);
  g_clear_pointer (&self->db, side_db_close);
  self->over = TRUE;
  return TRUE;
}
