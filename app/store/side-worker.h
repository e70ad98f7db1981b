/* side-worker.h - the thread that owns a cache's database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * THREADS: the worker's members below "the thread's own" are touched by the
 * thread alone, and so is everything reached through them. Work goes in
 * through a queue as a SideJob, in order; a job comes back to the store's main
 * context with its result and its news, in the same order. A job belongs to
 * whichever side holds it.
 */
#pragma once

#include "side-news.h"

G_BEGIN_DECLS

typedef struct _SideWorker SideWorker;
typedef struct _SideJob SideJob;

/* Runs in the thread. Returns %TRUE, or %FALSE with @error set. */
typedef gboolean (*SideJobFunc)    (SideWorker *worker, SideJob *job, GError **error);
/* Runs in the store's context. @store is NULL when nobody has it any more. */
typedef void     (*SideJobDeliver) (SideJob *job, gpointer store);
typedef void     (*SideJobDone)    (SideJob *job, gpointer store, gpointer user_data);

typedef enum {
  SIDE_JOB_BOOLEAN,
  SIDE_JOB_INT,        /* job->number */
  SIDE_JOB_POINTER,    /* job->result */
} SideJobReturns;

/**
 * SideJob:
 * @run: what to do
 * @writes: how: see SideJobWrites
 * @task: (nullable): gets the result, or
 * @done: (nullable): is called with the result
 * @input: its argument, copied from what the caller gave
 * @now_ms: when it was asked for
 */
struct _SideJob
{
  SideJobFunc     run;
  enum {
    SIDE_JOB_READS,
    SIDE_JOB_WRITES,           /* in one transaction */
    SIDE_JOB_WRITES_DURABLY,   /* likewise, and it must outlive a power cut */
    SIDE_JOB_ANYTIME,          /* needs no open database */
  }               kind;
  SideJobReturns  returns;
  GTask          *task;
  SideJobDone     done;
  gpointer        done_data;
  gpointer        input;
  GDestroyNotify  free_input;
  gint64          now_ms;
  /* out */
  GError         *error;
  gssize          number;
  gpointer        result;
  GDestroyNotify  free_result;
  SideNews       *news;
};

struct _SideWorker
{
  gatomicrefcount  ref_count;
  GAsyncQueue     *jobs;
  GMainContext    *context;
  GWeakRef         store;
  SideJobDeliver   deliver;
  char            *path;
  guint            busy_timeout_ms;

  /* the thread's own */
  GThread         *thread;
  SideDb          *db;
  GError          *open_error;      /* why there is no db */
  SideColumns     *columns;
  gboolean         wants_columns;
  gboolean         pending;         /* a view is not answered in full yet */
  GHashTable      *views;           /* id -> SideView */
  GHashTable      *pins;            /* recording id -> count */
  guint64          recordings_limit;
  SideNews        *news;            /* of the job that runs */
  GArray          *changed;         /* of guint32: rows written by it */
  gboolean         outbox_touched;
  gint64           now_ms;          /* of the job that runs */
  gboolean         over;
};

/* side-worker.c: the store's side */
SideWorker *side_worker_start   (const char *path, guint busy_timeout_ms, guint64 recordings_limit,
                                 GObject *store, SideJobDeliver deliver);
void        side_worker_unref   (SideWorker *self);
SideJob    *side_job_new        (SideJobFunc run, int kind, SideJobReturns returns, gpointer input, GDestroyNotify free_input);
void        side_job_free       (SideJob *job);
void        side_worker_push    (SideWorker *self, SideJob *job);

/* side-worker.c: the thread's side */
gboolean    side_worker_open    (SideWorker *self, SideJob *job, GError **error);
gboolean    side_worker_close   (SideWorker *self, SideJob *job, GError **error);
void        side_worker_touch   (SideWorker *self, gint64 row);
void        side_worker_assert  (SideWorker *self);

/* side-worker-views.c: the thread's side */

/* Input of the jobs about views. */
typedef struct {
  guint           id;
  int             generation;
  SideViewTicket *ticket;
  SideCallQuery  *query;
} SideViewRequest;

void        side_view_request_free      (SideViewRequest *self);
gboolean    side_worker_set_view        (SideWorker *self, SideJob *job, GError **error);
gboolean    side_worker_drop_view       (SideWorker *self, SideJob *job, GError **error);
gboolean    side_worker_need_columns    (SideWorker *self, GError **error);
gboolean    side_worker_load_some       (SideWorker *self, GError **error);
void        side_worker_follow_changes  (SideWorker *self);
void        side_worker_tell_views      (SideWorker *self, const GError *error);
void        side_worker_reset_views     (SideWorker *self);

G_END_DECLS
