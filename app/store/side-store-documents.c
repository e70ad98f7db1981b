/* side-store-documents.c - scripts, reviews and annotations in a store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions named run_… are jobs, in the database's thread.
 */
#include "side-store-private.h"

typedef struct {
  SideDocument *document;
  SideDocument *base;
  GPtrArray    *documents;
  gint64        change;
  char         *kind;
  char         *id;
  char         *project;
  char         *call;
} DocumentsInput;

static void
free_documents_input (gpointer data)
{
  DocumentsInput *input = data;

  g_clear_pointer (&input->document, side_document_unref);
  g_clear_pointer (&input->base, side_document_unref);
  g_clear_pointer (&input->documents, g_ptr_array_unref);
  g_free (input->kind);
  g_free (input->id);
  g_free (input->project);
  g_free (input->call);
  g_free (input);
}

/* A document can change its call's score and what it is found by; a script
 * the scores of many. */
static gboolean
touch_calls_of (SideWorker          *worker,
                const SideDocument  *document,
                GError             **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);

  side_news_add_document (worker->news, document);
  worker->outbox_touched = TRUE;
  if (document->call != NULL)
    g_ptr_array_add (calls, g_strdup (document->call));
  else if (g_str_equal (document->kind, "script")
           && !side_db_calls_of_script (worker->db, document->id, calls, error))
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      SideCallRow row;

      if (!side_db_find_call (worker->db, calls->pdata[i], &row, error))
        return FALSE;
      if (row.n != 0)
        side_worker_touch (worker, row.n);
    }
  return TRUE;
}

static gboolean
put_remote (SideWorker          *worker,
            const SideDocument  *document,
            GError             **error)
{
  gboolean changed;

  if (!side_db_put_remote (worker->db, document, &changed, error))
    return FALSE;
  return !changed || touch_calls_of (worker, document, error);
}

static gboolean
run_put_local (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  DocumentsInput *input = job->input;

  return side_db_put_local (worker->db, input->document, input->base, job->now_ms, error)
         && touch_calls_of (worker, input->document, error);
}

static gboolean
run_put_remote (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  DocumentsInput *input = job->input;

  return put_remote (worker, input->document, error);
}

/**
 * side_store_put_document_async:
 * @self: an open store
 * @document: the document; it is copied. Set deleted to take it away
 * @local: %TRUE for what a person wrote here: it goes into the outbox in the
 *   same transaction. %FALSE for a version from the server: it is applied
 *   unless it is older than what the cache has or an unsent edit of ours
 *   stands in its way, which makes a conflict
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when it is safely on the disk
 * @user_data: its argument
 */
void
side_store_put_document_async (SideStore           *self,
                               SideDocument        *document,
                               gboolean             local,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (side_document_kind_is_valid (document->kind));
  input->document = side_document_copy (document);
  side_store_start (self, side_store_put_document_async,
                    side_job_new (local ? run_put_local : run_put_remote,
                                  local ? SIDE_JOB_WRITES_DURABLY : SIDE_JOB_WRITES,
                                  SIDE_JOB_BOOLEAN, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_put_document_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...; then everything is as before
 *
 * Returns: %TRUE when the document is written
 */
gboolean
side_store_put_document_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_put_document_async, error);
}

/**
 * side_store_edit_document_async:
 * @self: an open store
 * @document: what a person wrote; it is copied
 * @base: (nullable): the version that was in sight meanwhile; it is copied.
 *   %NULL for a document that nobody else can know of
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when it is safely on the disk
 * @user_data: its argument
 *
 * As side_store_put_document_async() for what was written here, but a version
 * of the server's that is not @base is kept beside it, in conflict.
 */
void
side_store_edit_document_async (SideStore           *self,
                                SideDocument        *document,
                                SideDocument        *base,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (side_document_kind_is_valid (document->kind));
  input->document = side_document_copy (document);
  input->base = base != NULL ? side_document_copy (base) : NULL;
  side_store_start (self, side_store_edit_document_async,
                    side_job_new (run_put_local, SIDE_JOB_WRITES_DURABLY, SIDE_JOB_BOOLEAN, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_edit_document_finish:
 * @self: the store
 * @result: the result
 * @error: (out): CONFLICT when another edit made here was not in sight,
 *   READ_ONLY, FULL...; then everything is as before
 *
 * Returns: %TRUE when the document is written
 */
gboolean
side_store_edit_document_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_edit_document_async, error);
}

static gboolean
run_get_script (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  DocumentsInput *input = job->input;
  GError *failure = NULL;

  job->result = side_db_get_script (worker->db, input->id, (int) input->change, &failure);
  job->free_result = (GDestroyNotify) side_script_unref;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * side_store_get_script_async:
 * @self: an open store
 * @id: a script's UUID
 * @version: one of its versions
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_script_async (SideStore           *self,
                             const char          *id,
                             int                  version,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->id = g_strdup (id);
  input->change = version;
  side_store_start (self, side_store_get_script_async,
                    side_job_new (run_get_script, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_script_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the script in that version; %NULL
 *   without an error when it never came here
 */
SideScript *
side_store_get_script_finish (SideStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_script_async, error);
}

static gboolean
run_apply_changes (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  DocumentsInput *input = job->input;
  g_autofree char *change = g_strdup_printf ("%" G_GINT64_FORMAT, input->change);

  for (guint i = 0; i < input->documents->len; i++)
    if (!put_remote (worker, input->documents->pdata[i], error))
      return FALSE;
  return side_db_run (worker->db, error, "INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", "tt",
                      SIDE_STORE_CHANGE_KEY, change);
}

/**
 * side_store_apply_changes_async:
 * @self: an open store
 * @documents: (element-type SideDocument): versions from the server's feed of
 *   changes; they are copied
 * @change: how far the feed was read with them
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Applies each as side_store_put_document_async() does and remembers @change,
 * in one transaction.
 */
void
side_store_apply_changes_async (SideStore           *self,
                                GPtrArray           *documents,
                                gint64               change,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->change = change;
  input->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (input->documents, side_document_copy (documents->pdata[i]));
  side_store_start (self, side_store_apply_changes_async,
                    side_job_new (run_apply_changes, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_apply_changes_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...; then none of them was applied
 *
 * Returns: %TRUE when the documents are applied or in conflict
 */
gboolean
side_store_apply_changes_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_apply_changes_async, error);
}

static gboolean
run_get_change (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  gint64 change = 0;

  if (!side_db_get_int (worker->db, &change, error, "SELECT CAST (value AS INTEGER) FROM settings WHERE key = ?1", "t", SIDE_STORE_CHANGE_KEY))
    return FALSE;
  job->number = (gssize) change;
  return TRUE;
}

/**
 * side_store_get_change_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_change_async (SideStore           *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_get_change_async,
                    side_job_new (run_get_change, SIDE_JOB_READS, SIDE_JOB_INT, NULL, NULL),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_change_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: how far the feed of changes was read, 0 if never, -1 on failure
 */
gint64
side_store_get_change_finish (SideStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return side_store_finish_int (self, result, side_store_get_change_async, error);
}

static gboolean
run_get_document (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  DocumentsInput *input = job->input;
  GError *failure = NULL;
  SideDocument *document = side_db_get_document (worker->db, input->kind, input->id, NULL, NULL, &failure);

  if (document == NULL && failure == NULL)
    g_set_error (&failure, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s %s is not in the cache", input->kind, input->id);
  job->result = document;
  job->free_result = (GDestroyNotify) side_document_unref;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return document != NULL;
}

/**
 * side_store_get_document_async:
 * @self: an open store
 * @kind: its kind
 * @id: its UUID
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_document_async (SideStore           *self,
                               const char          *kind,
                               const char          *id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->kind = g_strdup (kind);
  input->id = g_strdup (id);
  side_store_start (self, side_store_get_document_async,
                    side_job_new (run_get_document, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_document_finish:
 * @self: the store
 * @result: the result
 * @error: (out): NOT_FOUND...
 *
 * Returns: (transfer full) (nullable): the document as written last, here or
 *   there; it may be marked deleted
 */
SideDocument *
side_store_get_document_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_document_async, error);
}

static gboolean
run_list_documents (SideWorker  *worker,
                    SideJob     *job,
                    GError     **error)
{
  DocumentsInput *input = job->input;

  job->result = side_db_list_documents (worker->db, input->kind, input->project, input->call, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

/**
 * side_store_list_documents_async:
 * @self: an open store
 * @kind: (nullable): only that kind
 * @project: (nullable): only of that project
 * @call: (nullable): only about that call
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_documents_async (SideStore           *self,
                                 const char          *kind,
                                 const char          *project,
                                 const char          *call,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DocumentsInput *input = g_new0 (DocumentsInput, 1);

  g_return_if_fail (SIDE_IS_STORE (self));
  input->kind = g_strdup (kind);
  input->project = g_strdup (project);
  input->call = g_strdup (call);
  side_store_start (self, side_store_list_documents_async,
                    side_job_new (run_list_documents, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_documents_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_documents_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideDocument) (nullable): what is
 *   not deleted, the oldest change first
 */
GPtrArray *
side_store_list_documents_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_documents_async, error);
}

static gboolean
run_list_authors (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  g_autoptr (GPtrArray) authors = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT DISTINCT author FROM documents WHERE author <> '' AND revision > 0", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (authors, g_strdup (side_db_column_text (stmt, 0)));
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&authors);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_authors_async:
 * @self: an open store
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_authors_async (SideStore           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_list_authors_async,
                    side_job_new (run_list_authors, SIDE_JOB_READS, SIDE_JOB_POINTER, NULL, NULL), cancellable, callback,
                    user_data);
}

/**
 * side_store_list_authors_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the users of the
 *   server who wrote anything that has come here
 */
GPtrArray *
side_store_list_authors_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_authors_async, error);
}
