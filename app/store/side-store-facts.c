/* side-store-facts.c - all that a cache knows of one operator's work
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reviews come from the derived tables, workload and sound from the columns in
 * memory, which are there for the lists anyway. The functions named run_… are
 * jobs, in the database's thread.
 */
#include "side-store-facts.h"

#include <math.h>

#include "side-facts-sql.h"
#include "side-store-private.h"

/* The statements name them by number. */
G_STATIC_ASSERT (SIDE_SELECTION_RANDOM == 1 && SIDE_CAUSE_NONE == 0 && SIDE_CAUSE_CUSTOMER == 4);

typedef struct {
  char   *project;
  char   *operator_id;
  char   *script;
  char   *criterion;
  gint64  from_ms;
  gint64  to_ms;
} FactsInput;

static void
free_facts_input (gpointer data)
{
  FactsInput *input = data;

  g_free (input->project);
  g_free (input->operator_id);
  g_free (input->script);
  g_free (input->criterion);
  g_free (input);
}

/**
 * side_operator_facts_free:
 * @self: (transfer full): what is known of an operator
 */
void
side_operator_facts_free (SideOperatorFacts *self)
{
  g_array_unref (self->reviews);
  g_array_unref (self->criteria);
  g_free (self);
}

static SideOperatorFacts *
new_facts (void)
{
  SideOperatorFacts *self = g_new0 (SideOperatorFacts, 1);

  self->reviews = g_array_new (FALSE, TRUE, sizeof (SideReviewFact));
  g_array_set_clear_func (self->reviews, (GDestroyNotify) side_review_fact_clear);
  self->criteria = g_array_new (FALSE, TRUE, sizeof (SideCriterionFact));
  g_array_set_clear_func (self->criteria, (GDestroyNotify) side_criterion_fact_clear);
  return self;
}

/* A word that no call and no review has is nobody's number. */
static gboolean
find_number (SideDb      *db,
             const char  *text,
             gint64      *number,
             GError     **error)
{
  *number = 0;
  return text == NULL || side_db_get_int (db, number, error, "SELECT n FROM names WHERE text = ?1", "t", text);
}

static sqlite3_stmt *
prepare (SideDb            *db,
         const char        *sql,
         const FactsInput  *input,
         GError           **error)
{
  gint64 project, operator_id;
  sqlite3_stmt *stmt;

  if (!find_number (db, input->project, &project, error) || !find_number (db, input->operator_id, &operator_id, error))
    return NULL;
  stmt = side_db_prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, project);
  if (sqlite3_bind_parameter_count (stmt) >= 2)
    sqlite3_bind_int64 (stmt, 2, operator_id);
  if (sqlite3_bind_parameter_count (stmt) >= 4)
    {
      sqlite3_bind_int64 (stmt, 3, input->from_ms);
      sqlite3_bind_int64 (stmt, 4, input->to_ms != 0 ? input->to_ms : G_MAXINT64);
    }
  return stmt;
}

static double
known_column (sqlite3_stmt *stmt,
              int           column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double (stmt, column);
}

static gboolean
read_reviews (SideDb             *db,
              const FactsInput   *input,
              SideOperatorFacts  *facts,
              GError            **error)
{
  sqlite3_stmt *stmt = prepare (db, SIDE_FACTS_REVIEWS_SQL, input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      SideReviewFact fact = {
        .review = g_strdup (side_db_column_text (stmt, 0)),
        .call = g_strdup (side_db_column_text (stmt, 1)),
        .script = g_intern_string (side_db_column_text (stmt, 2)),
        .queue = g_intern_string (side_db_column_text (stmt, 3)),
        .reviewer = g_intern_string (side_db_column_text (stmt, 4)),
        .version = sqlite3_column_int (stmt, 5),
        .revision = sqlite3_column_int (stmt, 6),
        .selection = (SideSelection) sqlite3_column_int (stmt, 7),
        .joined_ms = sqlite3_column_int64 (stmt, 8),
        .finished_ms = sqlite3_column_int64 (stmt, 9),
        .score = known_column (stmt, 10),
        .would_be = known_column (stmt, 11),
        .critical = sqlite3_column_int (stmt, 12) != 0,
        .test = sqlite3_column_int (stmt, 13) != 0,
        .counts = sqlite3_column_int (stmt, 14) != 0,
      };

      g_array_append_val (facts->reviews, fact);
    }
  return rc == SQLITE_DONE;
}

static gboolean
count_hidden (SideDb             *db,
              const FactsInput   *input,
              SideOperatorFacts  *facts,
              GError            **error)
{
  sqlite3_stmt *stmt = prepare (db, SIDE_FACTS_HIDDEN_SQL, input, error);

  if (stmt == NULL || side_db_step (db, stmt, error) != SQLITE_ROW)
    return FALSE;
  facts->hidden = (guint) sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
read_criteria (SideDb             *db,
               const FactsInput   *input,
               SideOperatorFacts  *facts,
               GArray             *versions,
               GError            **error)
{
  sqlite3_stmt *stmt = prepare (db, SIDE_FACTS_CRITERIA_SQL, input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      int version = sqlite3_column_int (stmt, 3);
      SideCriterionFact fact = {
        .script = g_intern_string (side_db_column_text (stmt, 0)),
        .criterion = g_intern_string (side_db_column_text (stmt, 1)),
        .random = sqlite3_column_int (stmt, 2) != 0,
        .n = (guint) sqlite3_column_int (stmt, 4),
        .full = (guint) sqlite3_column_int (stmt, 5),
        .sum = sqlite3_column_double (stmt, 6),
        .bonus = sqlite3_column_int (stmt, 12) != 0,
      };

      for (int i = 0; i <= SIDE_CAUSE_CUSTOMER; i++)
        fact.causes[i] = (guint) sqlite3_column_int (stmt, 7 + i);
      g_array_append_val (facts->criteria, fact);
      g_array_append_val (versions, version);
    }
  return rc == SQLITE_DONE;
}

/* Each criterion by the number and in the words of the newest version that was answered. */
static gboolean
read_wordings (SideDb             *db,
               SideOperatorFacts  *facts,
               const GArray       *versions,
               GError            **error)
{
  g_autoptr (GHashTable) scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_script_unref);

  for (guint i = 0; i < facts->criteria->len; i++)
    {
      SideCriterionFact *fact = &g_array_index (facts->criteria, SideCriterionFact, i);
      int version = g_array_index (versions, int, i);
      g_autofree char *key = g_strdup_printf ("%s %d", fact->script, version);
      SideScript *script = g_hash_table_lookup (scripts, key);
      GError *failure = NULL;

      if (script == NULL)
        {
          script = side_db_get_script (db, fact->script, version, &failure);
          if (failure != NULL)
            {
              g_propagate_error (error, failure);
              return FALSE;
            }
          if (script == NULL)
            continue;
          g_hash_table_insert (scripts, g_steal_pointer (&key), script);
        }
      fact->title = g_intern_string (script->title);
      fact->text = side_script_name_criterion (script, fact->criterion);
    }
  return TRUE;
}

static gboolean
read_others (SideDb             *db,
             const FactsInput   *input,
             SideOperatorFacts  *facts,
             GError            **error)
{
  sqlite3_stmt *stmt = prepare (db, SIDE_FACTS_OTHERS_SQL, input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    {
      SideScores *scores = sqlite3_column_int (stmt, 0) != 0 ? &facts->others_random : &facts->others_chosen;

      scores->n = (guint) sqlite3_column_int (stmt, 1);
      scores->sum = sqlite3_column_double (stmt, 2);
      scores->squares = sqlite3_column_double (stmt, 3);
      facts->others = MAX (facts->others, (guint) sqlite3_column_int (stmt, 4));
    }
  return rc == SQLITE_DONE;
}

static GArray *
select_calls (SideWorker        *worker,
              const FactsInput  *input,
              gboolean           own,
              gboolean           test,
              GError           **error)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();

  query->project = g_strdup (input->project);
  query->from_ms = input->from_ms;
  query->to_ms = input->to_ms;
  query->test = test ? SIDE_CALL_MATCH_YES : SIDE_CALL_MATCH_NO;
  if (own)
    {
      query->operators = g_new0 (char *, 2);
      query->operators[0] = g_strdup (input->operator_id);
      query->outcomes = 1u << SIDE_OUTCOME_ANSWERED;
    }
  else
    {
      query->analysed = SIDE_CALL_MATCH_YES;
    }
  return side_view_select (query, worker->columns, worker->db, NULL, NULL, error);
}

static gboolean
sum_times (SideDb             *db,
           const GArray       *rows,
           SideOperatorFacts  *facts,
           GError            **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      sqlite3_stmt *stmt = side_db_prepare (db, SIDE_FACTS_TIMES_SQL, error);
      int rc;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, g_array_index (rows, guint32, i));
      rc = side_db_step (db, stmt, error);
      if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return FALSE;
      if (rc != SQLITE_ROW)
        continue;
      facts->handled++;
      facts->talk_ms += sqlite3_column_int64 (stmt, 0);
      facts->hold_ms += sqlite3_column_int64 (stmt, 1);
      facts->wrap_ms += sqlite3_column_int64 (stmt, 2);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/* One read transaction around them all saves each its own. */
static gboolean
read_workload (SideWorker         *worker,
               const FactsInput   *input,
               SideOperatorFacts  *facts,
               GError            **error)
{
  g_autoptr (GArray) rows = select_calls (worker, input, TRUE, FALSE, error);
  g_autoptr (GArray) tests = rows != NULL ? select_calls (worker, input, TRUE, TRUE, error) : NULL;
  gboolean good;

  if (tests == NULL || !side_db_run (worker->db, error, "BEGIN", ""))
    return FALSE;
  facts->test_calls = tests->len;
  good = sum_times (worker->db, rows, facts, error);
  return side_db_run (worker->db, good ? error : NULL, "COMMIT", "") && good;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median_of (GArray *values)
{
  guint half = values->len / 2;

  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_doubles);
  if (values->len % 2 == 1)
    return g_array_index (values, double, half);
  return (g_array_index (values, double, half - 1) + g_array_index (values, double, half)) / 2;
}

/* One figure of all operators: who has enough calls gives a median. */
static void
take_range (const SideColumns *columns,
            const GArray      *rows,
            SideSoundFigure    figure,
            guint32            own,
            SideSoundRange    *range)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  GHashTableIter iter;
  gpointer key, array;

  *range = (SideSoundRange) { .median = NAN, .low = NAN, .high = NAN };
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      guint32 who = columns->operator_id[row];
      double value = side_columns_sound_value (side_columns_get_sound (columns, row)->keys[figure]);
      GArray *list = g_hash_table_lookup (values, GUINT_TO_POINTER (who));

      if (who == SIDE_COLUMNS_NO_NUMBER || isnan (value))
        continue;
      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (double));
          g_hash_table_insert (values, GUINT_TO_POINTER (who), list);
        }
      g_array_append_val (list, value);
    }
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &array))
    {
      double median = median_of (array);

      if (GPOINTER_TO_UINT (key) == own)
        {
          range->n = ((GArray *) array)->len;
          range->median = median;
        }
      else if (((GArray *) array)->len >= SIDE_OPERATOR_SOUND_ENOUGH)
        {
          range->low = range->others == 0 ? median : MIN (range->low, median);
          range->high = range->others == 0 ? median : MAX (range->high, median);
          range->others++;
        }
    }
}

static gboolean
read_sound (SideWorker         *worker,
            const FactsInput   *input,
            SideOperatorFacts  *facts,
            GError            **error)
{
  g_autoptr (GArray) rows = select_calls (worker, input, FALSE, FALSE, error);
  gint64 own;

  if (rows == NULL || !find_number (worker->db, input->operator_id, &own, error))
    return FALSE;
  for (int i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    take_range (worker->columns, rows, (SideSoundFigure) i, (guint32) own, &facts->sound[i]);
  return TRUE;
}

static gboolean
run_get_operator (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  const FactsInput *input = job->input;
  g_autoptr (SideOperatorFacts) facts = new_facts ();
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (int));

  if (!side_worker_need_columns (worker, error)
      || !read_reviews (worker->db, input, facts, error)
      || !count_hidden (worker->db, input, facts, error)
      || !read_criteria (worker->db, input, facts, versions, error)
      || !read_wordings (worker->db, facts, versions, error)
      || !read_others (worker->db, input, facts, error)
      || !read_workload (worker, input, facts, error)
      || !read_sound (worker, input, facts, error))
    return FALSE;
  job->result = g_steal_pointer (&facts);
  job->free_result = (GDestroyNotify) side_operator_facts_free;
  return TRUE;
}

static FactsInput *
new_input (const char *project,
           const char *operator_id,
           gint64      from_ms,
           gint64      to_ms)
{
  FactsInput *input = g_new0 (FactsInput, 1);

  input->project = g_strdup (project);
  input->operator_id = g_strdup (operator_id);
  input->from_ms = from_ms;
  input->to_ms = to_ms;
  return input;
}

/**
 * side_store_get_operator_async:
 * @self: an open store
 * @project: a project's id
 * @operator_id: an operator's id
 * @from_ms: calls that came at or after; 0 for no bound
 * @to_ms: and before; 0 for no bound
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_get_operator_async (SideStore           *self,
                               const char          *project,
                               const char          *operator_id,
                               gint64               from_ms,
                               gint64               to_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL && operator_id != NULL);
  side_store_start (self, side_store_get_operator_async,
                    side_job_new (run_get_operator, SIDE_JOB_READS, SIDE_JOB_POINTER,
                                  new_input (project, operator_id, from_ms, to_ms), free_facts_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_get_operator_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): what the cache knows of them; all empty
 *   for one it does not know
 */
SideOperatorFacts *
side_store_get_operator_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_get_operator_async, error);
}

static gboolean
run_count_reviews (SideWorker  *worker,
                   SideJob     *job,
                   GError     **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *stmt = prepare (worker->db, SIDE_FACTS_COUNT_SQL, job->input, error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      SideReviewCount *count = g_new0 (SideReviewCount, 1);

      count->random = (guint) sqlite3_column_int (stmt, 1);
      count->chosen = (guint) sqlite3_column_int (stmt, 2);
      g_hash_table_insert (counts, g_strdup (side_db_column_text (stmt, 0)), count);
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  job->result = g_steal_pointer (&counts);
  job->free_result = (GDestroyNotify) g_hash_table_unref;
  return TRUE;
}

/**
 * side_store_count_reviews_async:
 * @self: an open store
 * @project: a project's id
 * @from_ms: calls that came at or after; 0 for no bound
 * @to_ms: and before; 0 for no bound
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_count_reviews_async (SideStore           *self,
                                const char          *project,
                                gint64               from_ms,
                                gint64               to_ms,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (project != NULL);
  side_store_start (self, side_store_count_reviews_async,
                    side_job_new (run_count_reviews, SIDE_JOB_READS, SIDE_JOB_POINTER, new_input (project, NULL, from_ms, to_ms),
                                  free_facts_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_count_reviews_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type utf8 SideReviewCount) (nullable): by
 *   operator, how many reviews speak of them; those without any are not in it
 */
GHashTable *
side_store_count_reviews_finish (SideStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_count_reviews_async, error);
}
