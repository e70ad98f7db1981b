/* side-outbox.c - what was written here and is not on the server yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions named run_… are jobs, in the database's thread; what they do
 * stands in side-db-outbox.c.
 */
#include "side-outbox.h"

#include "side-store-private.h"

G_DEFINE_BOXED_TYPE (SideOutboxItem, side_outbox_item, side_outbox_item_copy, side_outbox_item_free)

/**
 * side_outbox_item_copy:
 * @self: an item
 *
 * Returns: (transfer full): one of its own
 */
SideOutboxItem *
side_outbox_item_copy (const SideOutboxItem *self)
{
  SideOutboxItem *copy = g_memdup2 (self, sizeof *self);

  copy->document = side_document_ref (self->document);
  copy->error = g_strdup (self->error);
  return copy;
}

/**
 * side_outbox_item_free:
 * @self: (transfer full): an item
 */
void
side_outbox_item_free (SideOutboxItem *self)
{
  g_clear_pointer (&self->document, side_document_unref);
  g_free (self->error);
  g_free (self);
}

/**
 * side_conflict_free:
 * @self: (transfer full): a conflict
 */
void
side_conflict_free (SideConflict *self)
{
  side_document_unref (self->mine);
  side_document_unref (self->theirs);
  g_free (self->base);
  g_free (self);
}

typedef struct {
  SideOutboxItem *item;
  gint64          revision;
  gint64          change;
  char           *text;       /* a message, or a merged body */
  SideDocument   *theirs;
  char           *kind;
  char           *id;
  SideResolve     how;
} OutboxInput;

static void
free_outbox_input (gpointer data)
{
  OutboxInput *input = data;

  g_clear_pointer (&input->item, side_outbox_item_free);
  g_clear_pointer (&input->theirs, side_document_unref);
  g_free (input->text);
  g_free (input->kind);
  g_free (input->id);
  g_free (input);
}

/* What the thread does to a document shows in its call. */
static gboolean
tell_document (SideWorker          *worker,
               const SideDocument  *document,
               GError             **error)
{
  SideCallRow row;

  side_news_add_document (worker->news, document);
  worker->outbox_touched = TRUE;
  if (document->call == NULL)
    return TRUE;
  if (!side_db_find_call (worker->db, document->call, &row, error))
    return FALSE;
  if (row.n != 0)
    side_worker_touch (worker, row.n);
  return TRUE;
}

static gboolean
run_next (SideWorker  *worker,
          SideJob     *job,
          GError     **error)
{
  GError *failure = NULL;

  job->result = side_db_next_outbox (worker->db, &failure);
  job->free_result = (GDestroyNotify) side_outbox_item_free;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * side_store_next_outbox_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_next_outbox_async (SideStore           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_next_outbox_async,
                    side_job_new (run_next, SIDE_JOB_WRITES, SIDE_JOB_POINTER, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_next_outbox_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the oldest unsent document; %NULL
 *   without an error when there is none but those that wait for a person
 */
SideOutboxItem *
side_store_next_outbox_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_next_outbox_async, error);
}

static void
start_about_item (SideStore            *self,
                  gpointer              tag,
                  SideJobFunc           run,
                  const SideOutboxItem *item,
                  OutboxInput          *input,
                  GCancellable         *cancellable,
                  GAsyncReadyCallback   callback,
                  gpointer              user_data)
{
  input->item = side_outbox_item_copy (item);
  side_store_start (self, tag,
                    side_job_new (run, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, input, free_outbox_input),
                    cancellable, callback, user_data);
}

static gboolean
run_mark_sent (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  OutboxInput *input = job->input;

  return side_db_mark_sent (worker->db, input->item, input->revision, input->change, error)
         && tell_document (worker, input->item->document, error);
}

/**
 * side_store_mark_sent_async:
 * @self: an open store
 * @item: what side_store_next_outbox_finish() gave
 * @revision: the document's revision on the server now
 * @change: the server's count of changes for it
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * The server took it. What was edited meanwhile stays in the outbox.
 */
void
side_store_mark_sent_async (SideStore            *self,
                            const SideOutboxItem *item,
                            gint64                revision,
                            gint64                change,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  OutboxInput *input = g_new0 (OutboxInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->revision = revision;
  input->change = change;
  start_about_item (self, side_store_mark_sent_async, run_mark_sent, item, input, cancellable, callback, user_data);
}

/**
 * side_store_mark_sent_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...; then it will be sent again
 *
 * Returns: %TRUE when the outbox knows
 */
gboolean
side_store_mark_sent_finish (SideStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_mark_sent_async, error);
}

static gboolean
run_mark_failed (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  OutboxInput *input = job->input;

  worker->outbox_touched = TRUE;
  return side_db_mark_failed (worker->db, input->item, input->text, error);
}

/**
 * side_store_mark_failed_async:
 * @self: an open store
 * @item: what side_store_next_outbox_finish() gave
 * @message: what went wrong, for "Details"
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * It was not sent and stays first in the outbox.
 */
void
side_store_mark_failed_async (SideStore            *self,
                              const SideOutboxItem *item,
                              const char           *message,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  OutboxInput *input = g_new0 (OutboxInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->text = g_strdup (message);
  start_about_item (self, side_store_mark_failed_async, run_mark_failed, item, input, cancellable, callback, user_data);
}

/**
 * side_store_mark_failed_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the outbox knows
 */
gboolean
side_store_mark_failed_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_mark_failed_async, error);
}

static gboolean
run_mark_refused (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  OutboxInput *input = job->input;

  worker->outbox_touched = TRUE;
  return side_db_mark_refused (worker->db, input->item, input->text, error);
}

/**
 * side_store_mark_refused_async:
 * @self: an open store
 * @item: what side_store_next_outbox_finish() gave
 * @message: why the server does not take it
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Sending it again would lead to the same: it is set aside until it is edited
 * or a person has decided, and those behind it go on.
 */
void
side_store_mark_refused_async (SideStore            *self,
                               const SideOutboxItem *item,
                               const char           *message,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  OutboxInput *input = g_new0 (OutboxInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->text = g_strdup (message);
  start_about_item (self, side_store_mark_refused_async, run_mark_refused, item, input, cancellable, callback, user_data);
}

/**
 * side_store_mark_refused_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the outbox knows
 */
gboolean
side_store_mark_refused_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_mark_refused_async, error);
}

static gboolean
run_list_refused (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  job->result = side_db_list_refused (worker->db, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_list_refused_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_refused_async (SideStore           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_list_refused_async,
                    side_job_new (run_list_refused, SIDE_JOB_READS, SIDE_JOB_POINTER, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_refused_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideOutboxItem) (nullable): what is
 *   set aside, the oldest first
 */
GPtrArray *
side_store_list_refused_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_refused_async, error);
}

static gboolean
run_retry (SideWorker  *worker,
           SideJob     *job,
           GError     **error)
{
  OutboxInput *input = job->input;

  worker->outbox_touched = TRUE;
  return side_db_retry_refused (worker->db, input->kind, input->id, error);
}

static gboolean
run_discard (SideWorker  *worker,
             SideJob     *job,
             GError     **error)
{
  OutboxInput *input = job->input;
  g_autoptr (SideDocument) known = NULL;
  GError *failure = NULL;

  known = side_db_get_document (worker->db, input->kind, input->id, NULL, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return side_db_discard (worker->db, input->kind, input->id, input->theirs, error)
         && (known == NULL || tell_document (worker, known, error));
}

/**
 * side_store_decide_refused_async:
 * @self: an open store
 * @kind: the document's kind
 * @id: its UUID
 * @again: whether it is to be sent again; else it is given up
 * @theirs: (nullable): what the server has instead of what is given up; %NULL
 *   when it has nothing
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * What a person decided about a document that was set aside.
 */
void
side_store_decide_refused_async (SideStore           *self,
                                 const char          *kind,
                                 const char          *id,
                                 gboolean             again,
                                 SideDocument        *theirs,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  OutboxInput *input = g_new0 (OutboxInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->kind = g_strdup (kind);
  input->id = g_strdup (id);
  input->theirs = theirs != NULL ? side_document_copy (theirs) : NULL;
  side_store_start (self, side_store_decide_refused_async,
                    side_job_new (again ? run_retry : run_discard, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN,
                                  input, free_outbox_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_decide_refused_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE on success
 */
gboolean
side_store_decide_refused_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_decide_refused_async, error);
}

static gboolean
run_mark_conflict (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  OutboxInput *input = job->input;

  return side_db_mark_conflict (worker->db, input->item, input->theirs, error)
         && tell_document (worker, input->item->document, error);
}

/**
 * side_store_mark_conflict_async:
 * @self: an open store
 * @item: what side_store_next_outbox_finish() gave
 * @theirs: the server's version; it is copied
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * The server has a newer version: both are kept until a person settles it.
 * When they say the same, @item is sent.
 */
void
side_store_mark_conflict_async (SideStore            *self,
                                const SideOutboxItem *item,
                                SideDocument         *theirs,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  OutboxInput *input = g_new0 (OutboxInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->theirs = side_document_copy (theirs);
  start_about_item (self, side_store_mark_conflict_async, run_mark_conflict, item, input, cancellable, callback, user_data);
}

/**
 * side_store_mark_conflict_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...
 *
 * Returns: %TRUE when the both versions are kept
 */
gboolean
side_store_mark_conflict_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_mark_conflict_async, error);
}

static gboolean
run_list_conflicts (SideWorker  *worker,
                    SideJob     *job,
                    GError     **error)
{
  job->result = side_db_list_conflicts (worker->db, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_list_conflicts_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_conflicts_async (SideStore           *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_list_conflicts_async,
                    side_job_new (run_list_conflicts, SIDE_JOB_READS, SIDE_JOB_POINTER, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_conflicts_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideConflict) (nullable): documents
 *   changed both here and on the server
 */
GPtrArray *
side_store_list_conflicts_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_conflicts_async, error);
}

static gboolean
run_resolve (SideWorker  *worker,
             SideJob     *job,
             GError     **error)
{
  OutboxInput *input = job->input;
  g_autoptr (SideDocument) document = NULL;

  if (!side_db_resolve (worker->db, input->kind, input->id, input->revision, input->how, input->text, job->now_ms, error))
    return FALSE;
  document = side_db_get_document (worker->db, input->kind, input->id, NULL, NULL, error);
  return document != NULL && tell_document (worker, document, error);
}

/**
 * side_store_resolve_conflict_async:
 * @self: an open store
 * @kind: the document's kind
 * @id: its UUID
 * @shown: revision of the server's version that the person saw
 * @how: which version stays
 * @merged: (nullable): JSON body made from both, for %SIDE_RESOLVE_MERGED
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Mine and merged ones are sent next, over the server's version.
 */
void
side_store_resolve_conflict_async (SideStore           *self,
                                   const char          *kind,
                                   const char          *id,
                                   gint64               shown,
                                   SideResolve          how,
                                   const char          *merged,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  OutboxInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (how != SIDE_RESOLVE_MERGED || merged != NULL);
  input = g_new0 (OutboxInput, 1);
  input->kind = g_strdup (kind);
  input->id = g_strdup (id);
  input->revision = shown;
  input->how = how;
  input->text = g_strdup (merged);
  side_store_start (self, side_store_resolve_conflict_async,
                    side_job_new (run_resolve, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, input, free_outbox_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_resolve_conflict_finish:
 * @self: the store
 * @result: the result
 * @error: (out): NOT_FOUND when the document is not in conflict; CONFLICT
 *   when the server's version is not the one that was shown: nothing is done
 *
 * Returns: %TRUE on success
 */
gboolean
side_store_resolve_conflict_finish (SideStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_resolve_conflict_async, error);
}
