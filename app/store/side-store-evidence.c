/* side-store-evidence.c - pieces of calls that show what an answer was given for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Also single calls with their marks, for whoever has a list of pieces of its
 * own to play. The functions named run_… are jobs, in the database's thread.
 */
#include "side-store-evidence.h"

#include "side-store-private.h"
#include "side-veil-sql.h"
#include "side-wire.h"

#define MAX_PIECES 200

/* Answers in what speaks of an operator, to one criterion or to any. */
#define ANSWERS_SQL(which) \
  "FROM review_facts f CROSS JOIN answer_facts a ON a.review = f.n AND " which " " \
  "WHERE f.project = (SELECT n FROM names WHERE text = ?1) AND f.operator = (SELECT n FROM names WHERE text = ?2) " \
  "AND f.counts = 1 AND f.test = 0 AND f.about NOT IN " SIDE_VEIL_SQL " "

#define CRITERION_SQL \
  "a.criterion = (SELECT n FROM names WHERE text = ?5) AND f.script = (SELECT n FROM names WHERE text = ?4)"

/* There is nothing to hear in a bonus that was not earned. */
#define EVIDENCE_SQL(which) \
  "SELECT f.about, a.value, f.joined_ms, a.position_ms, a.to_ms, (SELECT text FROM names WHERE n = f.script), " \
  "(SELECT text FROM names WHERE n = a.criterion) " ANSWERS_SQL (which) \
  "AND f.joined_ms >= ?3 AND a.position_ms >= 0 AND (a.bonus = 0 OR a.value >= 1) ORDER BY f.joined_ms DESC, f.n DESC LIMIT ?6"

#define PROGRESS_SQL \
  "SELECT f.joined_ms >= ?3, f.selection = 1, count(*), 100 * sum (a.value), 10000 * sum (a.value * a.value) " \
  ANSWERS_SQL (CRITERION_SQL) "GROUP BY 1, 2"

/**
 * side_evidence_piece_free:
 * @self: (transfer full): a piece
 */
void
side_evidence_piece_free (SideEvidencePiece *self)
{
  g_free (self->call);
  g_free (self->script);
  g_free (self->criterion);
  g_free (self);
}

typedef struct {
  char   *project;
  char   *operator_id;
  char   *script;
  char   *criterion;
  gint64  from_ms;
} EvidenceInput;

static void
free_evidence_input (gpointer data)
{
  EvidenceInput *input = data;

  g_free (input->project);
  g_free (input->operator_id);
  g_free (input->script);
  g_free (input->criterion);
  g_free (input);
}

static EvidenceInput *
new_input (const char *project,
           const char *operator_id,
           const char *script,
           const char *criterion,
           gint64      from_ms)
{
  EvidenceInput *input = g_new0 (EvidenceInput, 1);

  input->project = g_strdup (project);
  input->operator_id = g_strdup (operator_id);
  input->script = g_strdup (script);
  input->criterion = g_strdup (criterion);
  input->from_ms = from_ms;
  return input;
}

static sqlite3_stmt *
prepare (SideDb               *db,
         const char           *sql,
         const EvidenceInput  *input,
         GError              **error)
{
  sqlite3_stmt *stmt = side_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, input->project, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, input->operator_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 3, input->from_ms);
  sqlite3_bind_text (stmt, 4, input->script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 5, input->criterion, -1, SQLITE_TRANSIENT);
  return stmt;
}

static gboolean
run_list_evidence (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) side_evidence_piece_free);
  const EvidenceInput *input = job->input;
  sqlite3_stmt *stmt = prepare (worker->db, input->criterion != NULL ? EVIDENCE_SQL (CRITERION_SQL) : EVIDENCE_SQL ("TRUE"), input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 6, MAX_PIECES);
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      SideEvidencePiece *piece = g_new0 (SideEvidencePiece, 1);

      piece->call = g_strdup (side_db_column_text (stmt, 0));
      piece->value = sqlite3_column_double (stmt, 1);
      piece->joined_ms = sqlite3_column_int64 (stmt, 2);
      piece->from_ms = sqlite3_column_int64 (stmt, 3);
      piece->to_ms = sqlite3_column_int64 (stmt, 4);
      piece->script = g_strdup (side_db_column_text (stmt, 5));
      piece->criterion = g_strdup (side_db_column_text (stmt, 6));
      g_ptr_array_add (pieces, piece);
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&pieces);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_list_evidence_async:
 * @self: an open store
 * @project: a project's id
 * @operator_id: an operator's id
 * @script: (nullable): a script's id; %NULL for all criteria of all scripts
 * @criterion: (nullable): one of its criteria
 * @from_ms: of calls that came at or after; 0 for no bound
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_evidence_async (SideStore           *self,
                                const char          *project,
                                const char          *operator_id,
                                const char          *script,
                                const char          *criterion,
                                gint64               from_ms,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL && operator_id != NULL && !script == !criterion);
  side_store_start (self, side_store_list_evidence_async,
                    side_job_new (run_list_evidence, SIDE_JOB_READS, SIDE_JOB_POINTER,
                                  new_input (project, operator_id, script, criterion, from_ms), free_evidence_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_evidence_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideEvidencePiece) (nullable): where
 *   it was answered in reviews that speak of the operator, the newest call
 *   first, at most 200
 */
GPtrArray *
side_store_list_evidence_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_evidence_async, error);
}

static gboolean
run_get_progress (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  g_autofree SideProgress *progress = g_new0 (SideProgress, 1);
  sqlite3_stmt *stmt = prepare (worker->db, PROGRESS_SQL, job->input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      gboolean after = sqlite3_column_int (stmt, 0) != 0, random = sqlite3_column_int (stmt, 1) != 0;
      SideScores *scores = after ? (random ? &progress->random_after : &progress->chosen_after)
                                 : (random ? &progress->random_before : &progress->chosen_before);

      scores->n = (guint) sqlite3_column_int (stmt, 2);
      scores->sum = sqlite3_column_double (stmt, 3);
      scores->squares = sqlite3_column_double (stmt, 4);
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&progress);
  job->free_result = g_free;
  return TRUE;
}

/**
 * side_store_get_progress_async:
 * @self: an open store
 * @project: a project's id
 * @operator_id: an operator's id
 * @script: a script's id
 * @criterion: one of its criteria
 * @at_ms: calls that came before and since are told apart
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_progress_async (SideStore           *self,
                               const char          *project,
                               const char          *operator_id,
                               const char          *script,
                               const char          *criterion,
                               gint64               at_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL && operator_id != NULL && script != NULL && criterion != NULL);
  side_store_start (self, side_store_get_progress_async,
                    side_job_new (run_get_progress, SIDE_JOB_READS, SIDE_JOB_POINTER,
                                  new_input (project, operator_id, script, criterion, at_ms), free_evidence_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_progress_finish:
 * @self: the store
 * @result: the result
 * @progress: (out caller-allocates): answers before and after
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_store_get_progress_finish (SideStore     *self,
                                GAsyncResult  *result,
                                SideProgress  *progress,
                                GError       **error)
{
  g_autofree SideProgress *found = side_store_finish_pointer (self, result, side_store_get_progress_async, error);

  if (found == NULL)
    return FALSE;
  *progress = *found;
  return TRUE;
}

static gboolean
read_marks (SideDb          *db,
            SideMarkedCall  *call,
            GError         **error)
{
  g_autoptr (GPtrArray) documents = side_db_list_documents (db, "annotation", NULL, call->call->id, error);

  if (documents == NULL)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideAnnotation *mark = document->body != NULL ? side_wire_annotation_from_json (document->body, -1, NULL) : NULL;

      if (mark != NULL)
        g_ptr_array_add (call->marks, mark);
    }
  return TRUE;
}

static gboolean
run_get_marked (SideWorker  *worker,
                SideJob     *job,
                GError     **error)
{
  char **ids = job->input;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_marked_call_unref);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      SideMarkedCall *call;
      SideCallRow row;

      if (!side_db_find_call (worker->db, ids[i], &row, error))
        return FALSE;
      if (row.n == 0)
        continue;
      call = g_new0 (SideMarkedCall, 1);
      g_atomic_ref_count_init (&call->ref_count);
      call->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);
      g_ptr_array_add (calls, call);
      call->call = side_db_get_call (worker->db, row.n, error);
      if (call->call == NULL || !read_marks (worker->db, call, error))
        return FALSE;
    }
  job->result = g_steal_pointer (&calls);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_get_marked_calls_async:
 * @self: an open store
 * @ids: (array zero-terminated=1): ids of calls
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_marked_calls_async (SideStore           *self,
                                   const char *const   *ids,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (ids != NULL);
  side_store_start (self, side_store_get_marked_calls_async,
                    side_job_new (run_get_marked, SIDE_JOB_READS, SIDE_JOB_POINTER, g_strdupv ((char **) ids),
                                  (GDestroyNotify) g_strfreev),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_marked_calls_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideMarkedCall) (nullable): those of
 *   the calls that are here, in the order asked for; where their recordings
 *   lie is not looked up
 */
GPtrArray *
side_store_get_marked_calls_finish (SideStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_marked_calls_async, error);
}
