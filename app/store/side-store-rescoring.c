/* side-store-rescoring.c - the reviews of a script's earlier versions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which reviews count the derived tables tell; calls that are reviewed blind
 * are not among them. The functions named run_… are jobs, in the database's
 * thread.
 */
#include "side-store-rescoring.h"

#include "side-store-private.h"
#include "side-veil-sql.h"

#define ITS_SQL \
  "FROM review_facts f WHERE f.script = (SELECT n FROM names WHERE text = ?1) AND f.version < ?2 AND f.test = ?3 " \
  "AND f.counts = 1 AND f.finished_ms >= ?4 AND f.about NOT IN " SIDE_VEIL_SQL

typedef struct {
  char     *script;
  int       before_version;
  gboolean  test;
  gint64    from_ms;
} PlacesInput;

static void
free_places_input (gpointer data)
{
  PlacesInput *input = data;

  g_free (input->script);
  g_free (input);
}

/**
 * side_review_places_free:
 * @self: (transfer full): reviews
 */
void
side_review_places_free (SideReviewPlaces *self)
{
  g_array_unref (self->places);
  g_ptr_array_unref (self->scripts);
  g_free (self);
}

static sqlite3_stmt *
prepare (SideDb             *db,
         const char         *sql,
         const PlacesInput  *input,
         GError            **error)
{
  sqlite3_stmt *stmt = side_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, input->script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, input->before_version);
  sqlite3_bind_int (stmt, 3, input->test);
  sqlite3_bind_int64 (stmt, 4, input->from_ms);
  return stmt;
}

static gboolean
read_versions (SideDb             *db,
               const PlacesInput  *input,
               SideReviewPlaces   *places,
               GError            **error)
{
  sqlite3_stmt *stmt;
  int rc;

  stmt = prepare (db, "SELECT body FROM script_versions WHERE script = ?1 AND version IN (SELECT DISTINCT f.version " ITS_SQL ")",
                  input, error);
  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (db, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (places->scripts, g_strdup (side_db_column_text (stmt, 0)));
  return rc == SQLITE_DONE;
}

static gboolean
run_list_places (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  const PlacesInput *input = job->input;
  g_autoptr (SideReviewPlaces) places = g_new0 (SideReviewPlaces, 1);
  sqlite3_stmt *stmt;
  int rc;

  places->places = g_array_new (FALSE, FALSE, sizeof (SideReviewPlace));
  places->scripts = g_ptr_array_new_with_free_func (g_free);
  stmt = prepare (worker->db, "SELECT f.n, (SELECT o.text FROM calls c JOIN names o ON o.n = c.operator_name WHERE c.n = f.call), f.joined_ms "
                  ITS_SQL, input, error);
  if (stmt == NULL)
    return FALSE;
  while ((rc = side_db_step (worker->db, stmt, error)) == SQLITE_ROW)
    {
      SideReviewPlace place = { sqlite3_column_int64 (stmt, 0), g_intern_string (side_db_column_text (stmt, 1)),
                                sqlite3_column_int64 (stmt, 2) };

      g_array_append_val (places->places, place);
    }
  if (rc != SQLITE_DONE || !read_versions (worker->db, input, places, error))
    return FALSE;
  job->result = g_steal_pointer (&places);
  job->free_result = (GDestroyNotify) side_review_places_free;
  return TRUE;
}

/**
 * side_store_list_review_places_async:
 * @self: an open store
 * @script: UUID of a script
 * @before_version: reviews made with versions below this one
 * @test: those of test calls, and no others
 * @from_ms: finished then or later; 0 for no bound
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_list_review_places_async (SideStore           *self,
                                     const char          *script,
                                     int                  before_version,
                                     gboolean             test,
                                     gint64               from_ms,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  PlacesInput *input;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (script != NULL);

  input = g_new0 (PlacesInput, 1);
  input->script = g_strdup (script);
  input->before_version = before_version;
  input->test = test != FALSE;
  input->from_ms = from_ms;
  side_store_start (self, side_store_list_review_places_async,
                    side_job_new (run_list_places, SIDE_JOB_READS, SIDE_JOB_POINTER, input, free_places_input),
                    cancellable, callback, user_data);
}

/**
 * side_store_list_review_places_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the finished reviews that count
 */
SideReviewPlaces *
side_store_list_review_places_finish (SideStore     *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_list_review_places_async, error);
}

static gboolean
run_read_reviews (SideWorker  *worker,
                  SideJob     *job,
                  GError     **error)
{
  const GArray *numbers = job->input;
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < numbers->len; i++)
    {
      sqlite3_stmt *stmt = side_db_prepare (worker->db, "SELECT body FROM documents WHERE n = ?1 AND deleted = 0", error);
      int rc;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, g_array_index (numbers, gint64, i));
      rc = side_db_step (worker->db, stmt, error);
      g_ptr_array_add (bodies, rc == SQLITE_ROW ? g_strdup (side_db_column_text (stmt, 0)) : NULL);
      sqlite3_reset (stmt);
      if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return FALSE;
    }
  job->result = g_steal_pointer (&bodies);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

/**
 * side_store_read_reviews_async:
 * @self: an open store
 * @places: which reviews
 * @n: how many
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 */
void
side_store_read_reviews_async (SideStore             *self,
                               const SideReviewPlace *places,
                               guint                  n,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  GArray *numbers;

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (places != NULL || n == 0);

  numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (numbers, places[i].n);
  side_store_start (self, side_store_read_reviews_async,
                    side_job_new (run_read_reviews, SIDE_JOB_READS, SIDE_JOB_POINTER, numbers, (GDestroyNotify) g_array_unref),
                    cancellable, callback, user_data);
}

/**
 * side_store_read_reviews_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type utf8) (nullable): their JSON, in the
 *   same order; %NULL in it for one that is gone meanwhile
 */
GPtrArray *
side_store_read_reviews_finish (SideStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return side_store_finish_pointer (self, result, side_store_read_reviews_async, error);
}
