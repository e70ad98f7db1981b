/* side-store-use.c - what reviews made with a script found, criterion by criterion
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts come from the derived tables. A line is made of the newest reviews
 * alone, so that a script with a hundred thousand of them opens as fast as one
 * with five hundred; of random ones, and of chosen ones only where there are
 * no others, for the two are never in one mean. The functions named run_… are jobs, in the database's thread.
 */
#include "side-script-use.h"

#include "side-review.h"
#include "side-store-private.h"
#include "side-veil-sql.h"

#define NEWEST 500   /* reviews a line is made of */

typedef struct {
  char *script;
  int   version;
} UseInput;

static void
free_use_input (gpointer data)
{
  UseInput *input = data;

  g_free (input->script);
  g_free (input);
}

static void
free_criterion_use (gpointer data)
{
  SideCriterionUse *use = data;

  g_free (use->criterion);
  g_free (use);
}

/**
 * side_script_use_free:
 * @self: (transfer full): what reviews found
 */
void
side_script_use_free (SideScriptUse *self)
{
  g_ptr_array_unref (self->criteria);
  g_free (self);
}

/**
 * side_script_use_find:
 * @self: what reviews found
 * @criterion: id of a criterion
 *
 * Returns: (transfer none) (nullable): what they found of it
 */
const SideCriterionUse *
side_script_use_find (const SideScriptUse *self,
                      const char          *criterion)
{
  for (guint i = 0; i < self->criteria->len; i++)
    if (g_strcmp0 (((SideCriterionUse *) g_ptr_array_index (self->criteria, i))->criterion, criterion) == 0)
      return g_ptr_array_index (self->criteria, i);
  return NULL;
}

/* As many parts of the answers as a line has points, each its mean. */
static void
add_criterion (GPtrArray  *criteria,
               const char *criterion,
               GArray     *answers)
{
  SideCriterionUse *use;
  gsize parts = MIN (answers->len, SIDE_SCRIPT_USE_VALUES);

  if (criterion == NULL || answers->len == 0)
    return;
  use = g_new0 (SideCriterionUse, 1);
  use->criterion = g_strdup (criterion);
  use->n = answers->len;
  use->n_values = parts;
  for (gsize i = 0; i < parts; i++)
    {
      gsize from = i * answers->len / parts, to = (i + 1) * answers->len / parts;

      for (gsize k = from; k < to; k++)
        {
          use->values[i] += g_array_index (answers, double, k) / (double) (to - from);
          use->mean += g_array_index (answers, double, k) / answers->len;
        }
    }
  g_ptr_array_add (criteria, use);
}

/* What speaks of operators: neither test calls nor what measures reviewers. */
#define SPEAKS_SQL \
  "script = (SELECT n FROM names WHERE text = ?1) AND countable AND test = 0 AND about NOT IN " SIDE_VEIL_SQL " "

static gboolean
read_kind (SideDb         *db,
           const char     *script,
           SideScriptUse  *use,
           GError        **error)
{
  gint64 random = 0;

  if (!side_db_get_int (db, &random, error, "SELECT EXISTS (SELECT 1 FROM review_facts WHERE " SPEAKS_SQL "AND selection = ?2)",
                        "ti", script, (gint64) SIDE_SELECTION_RANDOM))
    return FALSE;
  use->random = random != 0;
  return TRUE;
}

static gboolean
read_criteria (SideDb         *db,
               const char     *script,
               SideScriptUse  *use,
               GError        **error)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *criterion = NULL;
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (db,
                          "SELECT c.text, a.value FROM (SELECT n, finished_ms FROM review_facts "
                          "WHERE " SPEAKS_SQL "AND (selection = ?3) = ?4 ORDER BY finished_ms DESC LIMIT ?2) f "
                          "CROSS JOIN answer_facts a ON a.review = f.n JOIN names c ON c.n = a.criterion "
                          "WHERE a.value >= 0 ORDER BY a.criterion, f.finished_ms, f.n", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, NEWEST);
  sqlite3_bind_int (stmt, 3, SIDE_SELECTION_RANDOM);
  sqlite3_bind_int (stmt, 4, use->random);
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      const char *next = side_db_column_text (stmt, 0);
      double value = sqlite3_column_double (stmt, 1);

      if (g_strcmp0 (next, criterion) != 0)
        {
          add_criterion (use->criteria, criterion, answers);
          g_array_set_size (answers, 0);
          g_free (criterion);
          criterion = g_strdup (next);
        }
      g_array_append_val (answers, value);
    }
  add_criterion (use->criteria, criterion, answers);
  return rc == SQLITE_DONE;
}

static gboolean
run_get_use (SideWorker  *worker,
             SideJob     *job,
             GError     **error)
{
  UseInput *input = job->input;
  g_autoptr (SideScriptUse) use = g_new0 (SideScriptUse, 1);
  gint64 reviews = 0;

  use->criteria = g_ptr_array_new_with_free_func (free_criterion_use);
  if (!side_db_get_int (worker->db, &reviews, error,
                        "SELECT count(*) FROM review_facts WHERE script = (SELECT n FROM names WHERE text = ?1) AND version = ?2",
                        "ti", input->script, (gint64) input->version)
      || !read_kind (worker->db, input->script, use, error) || !read_criteria (worker->db, input->script, use, error))
    return FALSE;
  use->reviews = (guint) reviews;
  job->result = g_steal_pointer (&use);
  job->free_result = (GDestroyNotify) side_script_use_free;
  return TRUE;
}

/**
 * side_store_get_script_use_async:
 * @self: an open store
 * @script: UUID of a script
 * @version: the version whose reviews are counted
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_script_use_async (SideStore           *self,
                                 const char          *script,
                                 int                  version,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  UseInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (script != NULL);

  input = g_new0 (UseInput, 1);
  input->script = g_strdup (script);
  input->version = version;
  side_store_start (self, side_store_get_script_use_async,
                    side_job_new (run_get_use, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_use_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_script_use_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): what reviews found
 */
SideScriptUse *
side_store_get_script_use_finish (SideStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_script_use_async, error);
}
