/* bench-calls.c - a million calls: opening, sorting, scrolling, searching
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints ratios to a limit measured in the same run: the simplest C program
 * over SQLite that does the irreducible work, or a bare radix sort of the same
 * number of keys. Usage: bench-calls [CALLS [DATABASE]]; the database is made
 * when there is none and used again.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-calls-data.h"
#include "side-call-list.h"
#include "side-test.h"

#define PAGE  200
#define QUIET 0.1    /* of both sides the quiet rounds are compared: where other
                      * programs run, a median measures those */

static guint n_calls = 1000000;
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
quantile (double *values,
          guint   n,
          double  q)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[MIN (n - 1, (guint) (q * n))];
}

static void
report (const char *what,
        double      ours,
        const char *peer,
        double      limit,
        double      allowed)
{
  printf ("%-44s %9.2f ms   %-26s %8.3f ms   ratio %6.2f", what, ours, peer, limit, ours / limit);
  if (allowed > 0)
    printf ("   (at most %.0f: %s)", allowed, ours / limit <= allowed ? "ok" : "MISSED");
  printf ("\n");
}

/* The limits. */

static sqlite3 *
open_bare (void)
{
  sqlite3 *handle = NULL;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (handle, "PRAGMA mmap_size = 8589934592", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (handle));
  return handle;
}

/* Reads all columns of all rows and copies the texts out. */
static guint
read_rows (sqlite3_stmt *stmt)
{
  guint rows = 0;

  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        if (sqlite3_column_type (stmt, i) == SQLITE_TEXT)
          g_free (g_strdup ((const char *) sqlite3_column_text (stmt, i)));
        else
          (void) sqlite3_column_int64 (stmt, i);
      rows++;
    }
  return rows;
}

static double
bare_first_page (void)
{
  double start = now_ms ();
  sqlite3 *handle = open_bare ();
  sqlite3_stmt *stmt;
  double spent;

  sqlite3_prepare_v2 (handle, "SELECT * FROM calls ORDER BY joined_ms DESC, n DESC LIMIT 200", -1, &stmt, NULL);
  if (read_rows (stmt) == 0)
    g_error ("%s has no calls", path);
  spent = now_ms () - start;
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return spent;
}

static double
bare_keyset_page (void)
{
  sqlite3 *handle = open_bare ();
  sqlite3_stmt *stmt;
  double spent[101];

  sqlite3_prepare_v2 (handle, "SELECT * FROM calls WHERE (joined_ms, n) < (?1, ?2) ORDER BY joined_ms DESC, n DESC LIMIT 200", -1, &stmt, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
    {
      double start = now_ms ();

      sqlite3_reset (stmt);
      sqlite3_bind_int64 (stmt, 1, BENCH_START_MS + (gint64) g_random_int_range (PAGE, (int) n_calls) * BENCH_STEP_MS);
      sqlite3_bind_int64 (stmt, 2, G_MAXINT64);
      read_rows (stmt);
      spent[i] = now_ms () - start;
    }
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return quantile (spent, G_N_ELEMENTS (spent), QUIET);
}

/* The newest 200 hits by row number: what FTS5 gives for nothing. */
static double
bare_search (const char *expression)
{
  sqlite3 *handle = open_bare ();
  sqlite3_stmt *stmt;
  double spent[11];

  sqlite3_prepare_v2 (handle, "SELECT * FROM calls WHERE n IN (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 200)",
                      -1, &stmt, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
    {
      double start = now_ms ();

      sqlite3_reset (stmt);
      sqlite3_bind_text (stmt, 1, expression, -1, SQLITE_STATIC);
      read_rows (stmt);
      spent[i] = now_ms () - start;
    }
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return quantile (spent, G_N_ELEMENTS (spent), QUIET);
}

/* All hits, which is what a list with a total and a scroll bar needs. */
static double
bare_search_all (const char *expression)
{
  sqlite3 *handle = open_bare ();
  sqlite3_stmt *stmt;
  double start;

  sqlite3_prepare_v2 (handle, "SELECT rowid FROM search WHERE search MATCH ?1", -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, expression, -1, SQLITE_STATIC);
  read_rows (stmt);
  sqlite3_reset (stmt);
  start = now_ms ();
  read_rows (stmt);
  start = now_ms () - start;
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return start;
}

static void
radix_pass (const guint32 *keys,
            const guint32 *ids,
            guint32       *to_keys,
            guint32       *to_ids,
            guint          shift)
{
  guint counts[2049] = { 0 };

  for (guint i = 0; i < n_calls; i++)
    counts[(keys[i] >> shift & 2047) + 1]++;
  for (guint d = 1; d < 2049; d++)
    counts[d] += counts[d - 1];
  for (guint i = 0; i < n_calls; i++)
    {
      guint place = counts[keys[i] >> shift & 2047]++;

      to_keys[place] = keys[i];
      to_ids[place] = ids[i];
    }
}

/* (key, id) pairs of 32 bits each, keys over the full range. */
static double
bare_radix (void)
{
  g_autofree guint32 *keys = g_new (guint32, n_calls);
  g_autofree guint32 *ids = g_new (guint32, n_calls);
  g_autofree guint32 *spare_keys = g_new (guint32, n_calls);
  g_autofree guint32 *spare_ids = g_new (guint32, n_calls);
  double spent[7];

  for (guint round = 0; round < G_N_ELEMENTS (spent); round++)
    {
      double start;

      for (guint i = 0; i < n_calls; i++)
        {
          keys[i] = g_random_int ();
          ids[i] = i;
        }
      start = now_ms ();
      radix_pass (keys, ids, spare_keys, spare_ids, 0);
      radix_pass (spare_keys, spare_ids, keys, ids, 11);
      radix_pass (keys, ids, spare_keys, spare_ids, 22);
      spent[round] = now_ms () - start;
    }
  return quantile (spent, G_N_ELEMENTS (spent), QUIET);
}

/* Ours. */

typedef struct {
  SideCallList *list;
  GPtrArray    *items;
} Page;

static gboolean
page_is_filled (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < page->items->len; i++)
    if (side_call_item_get_call (page->items->pdata[i]) == NULL)
      return FALSE;
  return page->items->len > 0;
}

static gboolean
give_up (gpointer what)
{
  g_error ("waited in vain for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Unlike side_test_wait_until() it wakes for nothing but what happens: a poll
 * every few milliseconds would be measured. */
static void
wait_until (SideTestCondition  condition,
            gpointer           data,
            const char        *what)
{
  guint bound = g_timeout_add (BENCH_TIMEOUT_MS, give_up, (gpointer) what);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
}

static void
show_page (SideCallList *list,
           guint         position)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint total = side_call_list_get_total (list);
  Page page = { list, items };

  for (guint i = position; i < MIN (position + PAGE, total); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (list), i));
  if (items->len > 0)
    wait_until (page_is_filled, &page, "a page");
}

static gboolean
has_rows (gpointer list)
{
  return side_call_list_get_total (list) > 0;
}

static gboolean
is_complete (gpointer list)
{
  return !side_call_list_get_loading (list);
}

static double
our_first_page (void)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  double start = now_ms ();
  SideStore *store = side_store_new (path, clock);
  SideCallList *list;
  g_autoptr (GAsyncResult) result = NULL;
  double spent;

  side_store_open_async (store, NULL, side_test_async_cb, &result);
  list = side_call_list_new (store);
  wait_until (has_rows, list, "the first page");
  show_page (list, 0);
  spent = now_ms () - start;
  side_test_wait_result (&result, BENCH_TIMEOUT_MS, "the store to open");
  g_clear_object (&result);
  g_object_unref (list);
  bench_close_store (store);
  return spent;
}

static void
measure_opening (void)
{
  double ours[61];
  double bare[61];

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      bare[i] = bare_first_page ();
      ours[i] = our_first_page ();
    }
  report ("open and first page", quantile (ours, G_N_ELEMENTS (ours), QUIET), "bare SQLite",
          quantile (bare, G_N_ELEMENTS (bare), QUIET), 2);
}

static double
change_query (SideCallList  *list,
              SideCallQuery *query)
{
  double start = now_ms ();

  side_call_list_set_query (list, query);
  wait_until (is_complete, list, "the list");
  show_page (list, 0);
  return now_ms () - start;
}

/* From another order each time, so that there is something to change. */
static double
sort_quietly (SideCallList *list,
              SideCallSort  sort,
              gboolean      descending)
{
  double spent[7];

  for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
    {
      g_autoptr (SideCallQuery) other = side_call_query_new ();
      g_autoptr (SideCallQuery) query = side_call_query_new ();

      other->sort = sort == SIDE_CALL_SORT_QUEUE ? SIDE_CALL_SORT_WAIT : SIDE_CALL_SORT_QUEUE;
      change_query (list, other);
      query->sort = sort;
      query->descending = descending;
      spent[i] = change_query (list, query);
    }
  return quantile (spent, G_N_ELEMENTS (spent), QUIET);
}

static void
measure_sorting (SideCallList *list,
                 double        radix)
{
  static const char *const names[] = { "time", "operator", "number", "queue", "wait", "talk", "score", "outcome",
                                       "dead air", "talk-over", "talk share", "latency", "monologue", "noise", "loudness" };
  double worst = 0;

  for (int round = 0; round < 2; round++)
    for (SideCallSort sort = SIDE_CALL_SORT_TIME; sort < SIDE_CALL_N_SORTS; sort++)
      {
        g_autofree char *what = g_strdup_printf ("sort by %s, %s, shown", names[sort], round == 0 ? "ascending" : "descending");
        double spent = sort_quietly (list, sort, round == 1);

        worst = MAX (worst, spent);
        report (what, spent, "bare radix sort", radix, 0);
      }
  printf ("%-44s %9.2f ms   (at most 100 ms: %s)\n", "slowest change of sort", worst, worst < 100 ? "ok" : "MISSED");
}

static void
measure_scrolling (SideCallList *list,
                   double        keyset)
{
  static const SideCallSort sorts[] = { SIDE_CALL_SORT_TIME, SIDE_CALL_SORT_WAIT, SIDE_CALL_SORT_OPERATOR, SIDE_CALL_SORT_SOUND };

  for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
    {
      g_autoptr (SideCallQuery) query = side_call_query_new ();
      g_autofree char *what = g_strdup_printf ("page at any position, sort %u", s);
      double spent[201];

      query->sort = sorts[s];
      change_query (list, query);
      for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
        {
          double start = now_ms ();
          guint total = side_call_list_get_total (list);

          show_page (list, (guint) g_random_int_range (0, (int) (total - MIN (PAGE, total - 1))));
          spent[i] = now_ms () - start;
        }
      report (what, quantile (spent, G_N_ELEMENTS (spent), QUIET), "bare keyset page, by time", keyset, 3);
    }
}

typedef struct {
  const char *typed;
  const char *expression;
  double      newest;
  double      all;
} Search;

typedef struct {
  SideCallList *list;
  guint         total;    /* of all calls */
} Waiting;

static gboolean
has_answer (gpointer data)
{
  Waiting *waiting = data;

  return !side_call_list_get_loading (waiting->list) || side_call_list_get_total (waiting->list) != waiting->total;
}

static void
measure_search (SideCallList *list,
                Search       *search)
{
  g_autoptr (SideCallQuery) all = side_call_query_new ();
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autofree char *what = NULL;
  double first[11];
  double whole[11];

  query->text = g_strdup (search->typed);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      Waiting waiting = { list, 0 };
      double start;

      change_query (list, all);
      waiting.total = side_call_list_get_total (list);
      start = now_ms ();
      side_call_list_set_query (list, query);
      wait_until (has_answer, &waiting, "the first hits");
      show_page (list, 0);
      first[i] = now_ms () - start;
      wait_until (is_complete, list, "all hits");
      whole[i] = now_ms () - start;
    }
  what = g_strdup_printf ("search \"%s\", first hits shown", search->typed);
  report (what, quantile (first, G_N_ELEMENTS (first), QUIET), "bare FTS5, 200 rows", search->newest, 0);
  g_free (what);
  what = g_strdup_printf ("  all %u", side_call_list_get_total (list));
  report (what, quantile (whole, G_N_ELEMENTS (whole), QUIET), "bare FTS5, all row numbers", search->all, 0);
}

static void
measure_filters (SideCallList *list,
                 Search       *searches,
                 guint         n)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();

  change_query (list, query);
  query->queues = g_strsplit ("queue-7", " ", -1);
  query->outcomes = 1u << SIDE_OUTCOME_ABANDONED;
  printf ("%-44s %9.2f ms\n", "filter by queue and outcome, shown", change_query (list, query));
  for (guint i = 0; i < n; i++)
    measure_search (list, &searches[i]);
}

static void
measure_inserting (SideStore    *store,
                   SideCallList *list)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  SideCall *call = side_call_new ("bench-new");
  double spent[51];

  query->sort = SIDE_CALL_SORT_WAIT;
  change_query (list, query);
  g_ptr_array_add (calls, call);
  for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (SideCall) changed = side_call_copy (call);
      double start = now_ms ();

      changed->joined_ms = BENCH_START_MS;
      changed->wait_ms = g_random_int_range (0, 120000);
      g_ptr_array_remove_index (calls, 0);
      g_ptr_array_add (calls, g_steal_pointer (&changed));
      bench_put_calls (store, calls);
      call = calls->pdata[0];
      spent[i] = now_ms () - start;
    }
  printf ("%-44s %9.2f ms   p99 %.2f ms\n", "one call written and moved in the list",
          quantile (spent, G_N_ELEMENTS (spent), 0.5), quantile (spent, G_N_ELEMENTS (spent), 0.99));
}

/* Memory of our own; pages of the file that are mapped are the system's. */
static guint64
private_bytes (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "RssAnon:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("RssAnon:"), NULL, 10) * 1024 : 0;
}

/* Every recording analysed: more than anybody has. */
static void
add_sounds (void)
{
  sqlite3 *handle;

  bench_close_store (bench_open_store (path));
  handle = open_bare ();
  if (sqlite3_exec (handle, "INSERT OR IGNORE INTO sounds SELECT n, recording, '1', NULL, 0, talk_ms, n % 4, n % 3, "
                    "n * 7919 % 60000, n % 11, n * 7919 % 1000 / 5000.0, n * 104729 % 1000 / 1000.0, n * 7919 % 3000 / 1.0, "
                    "n % 5000 / 1.0, n * 104729 % 200000, -23.0 - n * 7919 % 100 / 10.0, -25.0, n * 104729 % 600 / 10.0, 30.0, "
                    "0, 0, 1000, 1000, 0, n % 50 = 0 FROM calls WHERE recording IS NOT NULL AND NOT EXISTS "
                    "(SELECT 1 FROM sounds)", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  sqlite3_close (handle);
}

static void
measure_open_store (double  keyset,
                    double  radix,
                    Search *searches,
                    guint   n_searches)
{
  SideStore *store = bench_open_store (path);
  guint64 before = private_bytes ();
  SideCallList *list = side_call_list_new (store);
  double start = now_ms ();

  wait_until (is_complete, list, "all calls");
  printf ("%-44s %9.2f ms   in the background; %.1f MB, %.0f bytes a call\n", "all calls known", now_ms () - start,
          (double) (private_bytes () - before) / 1e6, (double) (private_bytes () - before) / n_calls);
  measure_sorting (list, radix);
  measure_scrolling (list, keyset);
  measure_filters (list, searches, n_searches);
  measure_inserting (store, list);
  g_object_unref (list);
  bench_close_store (store);
}

int
main (int    argc,
      char **argv)
{
  Search searches[] = {
    { "за", "\"за\"*", 0, 0 }, { "дос", "\"дос\"*", 0, 0 }, { "курьер", "\"курьер\"*", 0, 0 }, { "зака тод", NULL, 0, 0 }, { "1234", "\"1234\"*", 0, 0 },
  };
  double keyset;
  double radix;

  if (argc > 1)
    n_calls = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  if (n_calls < 2 * PAGE)
    g_error ("at least %d calls are needed", 2 * PAGE);
  path = argc > 2 ? g_strdup (argv[2]) : NULL;
  if (path == NULL)
    {
      g_autofree char *name = g_strdup_printf ("sidetone-bench-calls-%u.db", n_calls);

      path = g_build_filename (g_get_tmp_dir (), name, NULL);
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    bench_make_database (path, n_calls);
  measure_opening ();
  keyset = bare_keyset_page ();
  radix = bare_radix ();
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      const char *expression = searches[i].expression != NULL ? searches[i].expression : "\"зака\"* \"тод\"*";

      searches[i].newest = bare_search (expression);
      searches[i].all = bare_search_all (expression);
    }
  add_sounds ();
  measure_open_store (keyset, radix, searches, G_N_ELEMENTS (searches));
  g_free (path);
  return EXIT_SUCCESS;
}
