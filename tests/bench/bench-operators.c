/* bench-operators.c - an operator's page over a hundred thousand reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints how long the store takes for all that an operator's page shows, beside
 * the bare SQL: the same statements put to SQLite without the store, every
 * column read. The bare side is told which calls are the operator's, and does
 * nothing for the figures of the sound. Usage: bench-operators [REVIEWS [DATABASE]];
 * the database is made when there is none and used again.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-calls-data.h"
#include "side-facts-sql.h"
#include "side-store-facts.h"
#include "side-test.h"

#define OPERATORS 50
#define CRITERIA  20
#define ROUNDS    40
#define QUIET     0.1    /* of both sides the quiet rounds are compared */
#define PROJECT   1
#define FIRST_OP  2      /* numbers of names */

static guint n_reviews = 100000;
static char *path;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
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
quiet_of (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[(guint) (QUIET * ROUNDS)];
}

static void
run_sql (sqlite3    *handle,
         const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static sqlite3 *
open_bare (void)
{
  sqlite3 *handle = NULL;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (handle));
  run_sql (handle, "PRAGMA mmap_size = 8589934592; PRAGMA temp_store = MEMORY; " SIDE_VEIL_TABLE_SQL);
  return handle;
}

#define NUMBERS "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %u) "

/* One call a review; every fifth one's recording was listened to. */
static void
fill (void)
{
  SideStore *store = bench_open_store (path);
  sqlite3 *handle;
  g_autofree char *sql = NULL;

  bench_close_store (store);
  handle = open_bare ();
  sql = g_strdup_printf (
    "BEGIN; INSERT INTO names (n, text) VALUES (1, 'shop');"
    "INSERT INTO names (n, text) " NUMBERS "SELECT i + 1, printf ('op-%%02d', i) FROM c;"
    "INSERT INTO names (n, text) " NUMBERS "SELECT i + 1000, printf ('criterion-%%02d', i) FROM c;"
    "INSERT INTO names (n, text) VALUES (2000, '00000000-0000-4000-8000-000000000002');"
    "INSERT INTO calls (n, joined_ms, project, operator, outcome, wait_ms, talk_ms, hold_ms, callback, test, spam, recording, id, "
    "answered_ms, ended_ms, held_since_ms, ring_ms, wrap_ms, position, rings, ended_by, transfer, amount_minor, recording_ms, channels) "
    NUMBERS "SELECT i, 1760000000000 + i * 30000, 1, 2 + (i * 7919) %% 50, 1, 5000, 120000, 3000, 0, 0, 0, 'rec-' || i, 'call-' || i, "
    "1760000000000, 1760000000000, 0, 0, 20000, 0, 0, 0, 0, 0, 120000, 2 FROM c;"
    "INSERT INTO sounds " NUMBERS "SELECT i * 5, 'rec-' || (i * 5), '1', NULL, 1, 120000, 2, 1, 5000 + i %% 4000, 2, 0.02, "
    "(i %% 100) / 100.0, 400 + i %% 700, 900, 30000, -23, -24, 20, 20, 0, 0, 50000, 50000, 0, 0 FROM c;"
    "INSERT INTO documents (n, kind, id, project, call, revision, change, changed_ms, author, body, deleted, dirty) "
    NUMBERS "SELECT i, 'review', printf ('00000000-0000-4000-8000-%%012d', i), 'shop', 'call-' || i, 1, i, 1760000000000, 'olga', "
    "printf ('%%01800d', i), 0, 0 FROM c;"
    "INSERT INTO review_facts " NUMBERS "SELECT i, 'call-' || i, i, 1, 2 + (i * 7919) %% 50, NULL, 0, 1760000000000 + i * 30000, "
    "1760000000000 + i * 30000, 2000, 1 + i %% 3, (i * 31) %% 3, 1, 50 + (i * 17) %% 51, 60, 0, 1, 1, NULL FROM c;"
    "INSERT INTO answer_facts SELECT n, 1000 + i, (n * i %% 3) / 2.0, n %% 5, 1000, 2000, 0 FROM review_facts, "
    "(" NUMBERS "SELECT i FROM c); COMMIT",
    OPERATORS, CRITERIA, n_reviews, n_reviews / 5, n_reviews, n_reviews, CRITERIA);
  run_sql (handle, sql);
  sqlite3_close (handle);
}

static void
step_all (sqlite3_stmt *stmt)
{
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      if (sqlite3_column_type (stmt, i) == SQLITE_TEXT)
        g_free (g_strdup ((const char *) sqlite3_column_text (stmt, i)));
  sqlite3_reset (stmt);
}

static GArray *
rows_of (sqlite3 *handle,
         int      operator_number)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt;

  sqlite3_prepare_v2 (handle, "SELECT n FROM calls WHERE operator = ?1", -1, &stmt, NULL);
  sqlite3_bind_int (stmt, 1, operator_number);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 n = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (rows, n);
    }
  sqlite3_finalize (stmt);
  return rows;
}

static double
measure_bare (void)
{
  static const char *const questions[] = { SIDE_FACTS_REVIEWS_SQL, SIDE_FACTS_CRITERIA_SQL, SIDE_FACTS_OTHERS_SQL };
  sqlite3 *handle = open_bare ();
  sqlite3_stmt *stmts[G_N_ELEMENTS (questions)], *times;
  double took[ROUNDS];

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (sqlite3_prepare_v2 (handle, questions[i], -1, &stmts[i], NULL) != SQLITE_OK)
      g_error ("%s", sqlite3_errmsg (handle));
  sqlite3_prepare_v2 (handle, SIDE_FACTS_TIMES_SQL, -1, &times, NULL);
  for (int round = 0; round < ROUNDS; round++)
    {
      int operator_number = FIRST_OP + round % OPERATORS;
      g_autoptr (GArray) rows = rows_of (handle, operator_number);
      double start = now_ms ();

      run_sql (handle, "BEGIN");
      for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
        {
          sqlite3_bind_int (stmts[i], 1, PROJECT);
          sqlite3_bind_int (stmts[i], 2, operator_number);
          sqlite3_bind_int64 (stmts[i], 3, 0);
          sqlite3_bind_int64 (stmts[i], 4, G_MAXINT64);
          step_all (stmts[i]);
        }
      for (guint i = 0; i < rows->len; i++)
        {
          sqlite3_bind_int64 (times, 1, g_array_index (rows, gint64, i));
          step_all (times);
        }
      run_sql (handle, "COMMIT");
      took[round] = now_ms () - start;
    }
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    sqlite3_finalize (stmts[i]);
  sqlite3_finalize (times);
  sqlite3_close (handle);
  return quiet_of (took);
}

static double
ask_store (SideStore *store,
           int        operator_number,
           guint     *reviews)
{
  g_autofree char *id = g_strdup_printf ("op-%02d", operator_number - FIRST_OP + 1);
  g_autoptr (SideOperatorFacts) facts = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double start = now_ms (), took;

  side_store_get_operator_async (store, "shop", id, 0, 0, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, BENCH_TIMEOUT_MS, "an operator's page");
  took = now_ms () - start;
  facts = side_store_get_operator_finish (store, result, &error);
  if (facts == NULL)
    g_error ("%s", error->message);
  *reviews = facts->reviews->len;
  return took;
}

int
main (int   argc,
      char *argv[])
{
  SideStore *store;
  double took[ROUNDS], first, ours, bare;
  guint reviews = 0;

  if (argc > 1)
    n_reviews = (guint) MAX (atoi (argv[1]), OPERATORS);
  path = argc > 2 ? g_strdup (argv[2]) : g_strdup_printf ("%s/sidetone-bench-operators-%u.db", g_get_tmp_dir (), n_reviews);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    fill ();
  bare = measure_bare ();
  store = bench_open_store (path);
  first = ask_store (store, FIRST_OP, &reviews);
  for (int round = 0; round < ROUNDS; round++)
    took[round] = ask_store (store, FIRST_OP + round % OPERATORS, &reviews);
  ours = quiet_of (took);
  bench_close_store (store);
  printf ("%u reviews, %u of the operator: page %.2f ms (the first one %.0f ms), bare SQL %.2f ms, ratio %.2f (at most 2: %s)\n",
          n_reviews, reviews, ours, first, bare, ours / bare, ours / bare <= 2 ? "ok" : "MISSED");
  g_free (path);
  return 0;
}
