/* side-store-answers.c - reviews with what the operators answered to them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All disputes of a project and its newest reviews are brought together in the
 * database's thread: call, review, script, disputes, acknowledgement. The
 * functions named run_… are jobs, in that thread.
 */
#include "side-store-answers.h"

#include "side-store-private.h"
#include "side-veil-sql.h"
#include "side-wire.h"

typedef struct {
  char   *project;
  gint64  since_ms;
  guint   limit;
} AnsweredInput;

static void
free_answered_input (gpointer data)
{
  AnsweredInput *input = data;

  g_free (input->project);
  g_free (input);
}

/**
 * side_answered_ref:
 * @self: a review with its answers
 *
 * Returns: (transfer full): @self
 */
SideAnswered *
side_answered_ref (SideAnswered *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_answered_unref:
 * @self: (transfer full): a review with its answers
 */
void
side_answered_unref (SideAnswered *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->read, side_acknowledgement_unref);
  g_clear_pointer (&self->document, side_document_unref);
  g_ptr_array_unref (self->disputes);
  g_ptr_array_unref (self->papers);
  g_free (self);
}

/**
 * side_answered_find_paper:
 * @self: a review with its answers
 * @id: UUID of one of its disputes
 *
 * Returns: (transfer none) (nullable): the dispute as it is kept
 */
SideDocument *
side_answered_find_paper (SideAnswered *self,
                          const char   *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->papers->len; i++)
    if (g_strcmp0 (((SideDocument *) self->papers->pdata[i])->id, id) == 0)
      return self->papers->pdata[i];
  return NULL;
}

/* Which calls: those in dispute, and those that were reviewed last. */
static GPtrArray *
list_call_ids (SideDb               *db,
               const AnsweredInput  *input,
               GError              **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = side_db_prepare (db,
    "SELECT call FROM documents WHERE kind = 'dispute' AND deleted = 0 AND project = ?1 AND call IS NOT NULL "
    "AND call NOT IN " SIDE_VEIL_SQL " "
    "UNION SELECT about FROM (SELECT f.about FROM review_facts AS f WHERE f.project = (SELECT n FROM names WHERE text = ?1) "
    "AND f.countable AND f.finished_ms >= ?2 AND f.about NOT IN " SIDE_VEIL_SQL " ORDER BY f.finished_ms DESC LIMIT ?3)", error);
  int rc;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, input->project, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, input->since_ms);
  sqlite3_bind_int64 (stmt, 3, input->limit);
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (calls, g_strdup (side_db_column_text (stmt, 0)));
  return rc == SQLITE_DONE ? g_steal_pointer (&calls) : NULL;
}

static int
compare_made (gconstpointer a,
              gconstpointer b)
{
  const SideDispute *x = *(SideDispute *const *) a, *y = *(SideDispute *const *) b;

  if (x->created_ms != y->created_ms)
    return x->created_ms > y->created_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

static void
add_disputes (SideAnswered    *self,
              const GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];
      SideDispute *dispute = document->body != NULL ? side_wire_dispute_from_json (document->body, -1, NULL) : NULL;

      if (dispute == NULL)
        continue;
      if (g_strcmp0 (dispute->review, self->review->id) == 0)
        {
          g_ptr_array_add (self->disputes, dispute);
          g_ptr_array_add (self->papers, side_document_ref (document));
        }
      else
        {
          side_dispute_unref (dispute);
        }
    }
  g_ptr_array_sort (self->disputes, compare_made);
}

static void
add_read (SideAnswered    *self,
          const GPtrArray *documents)
{
  for (guint i = 0; i < documents->len && self->read == NULL; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideAcknowledgement) read = document->body != NULL ? side_wire_acknowledgement_from_json (document->body, -1, NULL) : NULL;

      if (read != NULL && g_strcmp0 (read->review, self->review->id) == 0 && read->review_revision == self->review->revision)
        self->read = g_steal_pointer (&read);
    }
}

static gboolean
add_call (SideDb      *db,
          const char  *id,
          GPtrArray   *found,
          GError     **error)
{
  SideCallRow row;
  g_autoptr (SideCall) call = NULL;
  g_autoptr (GPtrArray) reviews = NULL;
  g_autoptr (GPtrArray) disputes = NULL;
  g_autoptr (GPtrArray) reads = NULL;

  if (!side_db_find_call (db, id, &row, error))
    return FALSE;
  if (row.n == 0)
    return TRUE;   /* it is not here yet, or was let go of */
  if ((call = side_db_get_call (db, row.n, error)) == NULL
      || (reviews = side_db_list_documents (db, "review", NULL, id, error)) == NULL
      || (disputes = side_db_list_documents (db, "dispute", NULL, id, error)) == NULL
      || (reads = side_db_list_documents (db, "acknowledgement", NULL, id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < reviews->len; i++)
    {
      SideDocument *document = reviews->pdata[i];
      g_autoptr (SideReview) review = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
      g_autoptr (SideReview) sealed = review != NULL ? side_review_dup_sealed (review) : NULL;
      g_autoptr (SideAnswered) answered = NULL;

      if (sealed == NULL)
        continue;
      answered = g_new0 (SideAnswered, 1);
      g_atomic_ref_count_init (&answered->ref_count);
      answered->disputes = g_ptr_array_new_with_free_func ((GDestroyNotify) side_dispute_unref);
      answered->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
      answered->call = side_call_ref (call);
      answered->review = side_review_ref (review);
      answered->document = side_document_ref (document);
      answered->script = side_db_get_script (db, review->script, review->script_version, NULL);
      add_disputes (answered, disputes);
      add_read (answered, reads);
      if (side_review_counts (sealed) || answered->disputes->len > 0)
        g_ptr_array_add (found, g_steal_pointer (&answered));
    }
  return TRUE;
}

static int
compare_finished (gconstpointer a,
                  gconstpointer b)
{
  const SideReview *x = (*(SideAnswered *const *) a)->review, *y = (*(SideAnswered *const *) b)->review;

  if (x->finished_ms != y->finished_ms)
    return x->finished_ms > y->finished_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

static gboolean
run_list_answered (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  g_autoptr (GPtrArray) calls = list_call_ids (worker->db, job->input, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) side_answered_unref);

  if (calls == NULL)
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    if (!add_call (worker->db, calls->pdata[i], found, error))
      return FALSE;
  g_ptr_array_sort (found, compare_finished);
  job->result = g_steal_pointer (&found);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_answered_async:
 * @self: an open store
 * @project: id of a project
 * @since_ms: how far back reviews without a dispute go; 0 for any
 * @limit: how many of these at most, the newest first
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_answered_async (SideStore           *self,
                                const char          *project,
                                gint64               since_ms,
                                guint                limit,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AnsweredInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL);

  input = g_new0 (AnsweredInput, 1);
  input->project = g_strdup (project);
  input->since_ms = since_ms;
  input->limit = limit;
  side_store_start (self, side_store_list_answered_async,
                    side_job_new (run_list_answered, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_answered_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_answered_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideAnswered) (nullable): those with a
 *   dispute, and the newest of the others, the last finished first
 */
GPtrArray *
side_store_list_answered_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_answered_async, error);
}
