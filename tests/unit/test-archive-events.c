/* test-archive-events.c - the log of events is given whole, in order, in scope
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of random questions about a random log are put together and compared
 * with what a plain look at every event says.
 */
#include "side-archive-store.h"
#include "side-sqlite-store.h"
#include "side-test.h"

#define DAY      G_GINT64_CONSTANT (1795219200000)   /* 2026-11-21T00:00:00Z */
#define N_EVENTS 3000
#define SECOND   G_GINT64_CONSTANT (1000)

static const char *const tea[] = { "tea", NULL };
static const char *const both[] = { "toys", "tea", NULL };
static const char *const other[] = { "books", NULL };
static const char *const nothing[] = { NULL };
static const char *const *const scopes[] = { tea, both, other, nothing };

typedef struct {
  char             *dir;
  SideArchiveStore *store;
  GPtrArray        *log;      /* of SideEvent, in the order of their numbers */
} Fixture;

/* Most events follow time; some were told late, a few come from a clock that
 * was wrong, and some numbers were never given. */
static GPtrArray *
random_log (GRand *rand)
{
  GPtrArray *log = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  guint64 seq = 0;
  gint64 now_ms = DAY;

  for (int i = 0; i < N_EVENTS; i++)
    {
      gint64 at_ms = now_ms += g_rand_int_range (rand, 0, 10000);
      SideEvent *event;

      if (g_rand_int_range (rand, 0, 20) == 0)
        at_ms -= g_rand_int_range (rand, 0, 5 * 3600) * SECOND;
      else if (g_rand_int_range (rand, 0, 500) == 0)
        at_ms += g_rand_int_range (rand, 0, 3 * 3600) * SECOND;
      event = side_event_new (SIDE_EVENT_CALL_JOINED, at_ms, g_rand_boolean (rand) ? "tea" : "toys");
      seq += g_rand_int_range (rand, 0, 100) == 0 ? 1000 : 1;
      event->seq = seq;
      event->backfilled = at_ms < now_ms;
      g_ptr_array_add (log, event);
    }
  return log;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) side_archive_item_free);

  f->dir = side_test_tmp_dir ();
  path = g_build_filename (f->dir, "archive.db", NULL);
  f->store = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  f->log = random_log (rand);
  for (guint i = 0; i < f->log->len; i++)
    {
      SideEvent *event = g_ptr_array_index (f->log, i);
      SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_EVENT, event->at_ms);

      item->event = side_event_ref (event);
      g_ptr_array_add (items, item);
    }
  g_assert_true (side_archive_store_write (f->store, (SideArchiveItem *const *) items->pdata, items->len, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->store);
  g_ptr_array_unref (f->log);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
}

static SideEventPage *
ask (Fixture              *f,
     const SideEventQuery *query)
{
  g_autoptr (GError) error = NULL;
  SideEventPage *page = side_archive_store_find_events (f->store, query, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  g_assert_cmpuint (page->events->len, <=, (guint) query->limit);
  return page;
}

/* Turns page after page and compares with the log. Returns: how many events. */
static guint
check (Fixture        *f,
       SideEventQuery *query)
{
  g_autoptr (SideEventPage) page = ask (f, query);
  guint at = 0;
  guint n = 0;

  for (guint i = 0; i < f->log->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (f->log, i);

      if (!g_strv_contains ((const char *const *) query->projects, event->project) || event->seq <= (guint64) query->after_seq
          || event->at_ms < query->from_ms || (query->to_ms != 0 && event->at_ms >= query->to_ms))
        continue;
      if (at == page->events->len)
        {
          g_assert_cmpuint (page->next, !=, 0);
          query->after_seq = (gint64) page->next;
          side_event_page_free (page);
          page = ask (f, query);
          at = 0;
        }
      g_assert_true (side_event_equal (g_ptr_array_index (page->events, at), event));
      at++;
      n++;
    }
  g_assert_cmpuint (at, ==, page->events->len);
  g_assert_cmpuint (page->next, ==, 0);
  return n;
}

static void
test_all (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr (SideEventQuery) query = side_event_query_new (both);
  g_autoptr (SideEventQuery) whole = side_event_query_new (both);

  query->limit = 7;
  g_assert_cmpuint (check (f, query), ==, N_EVENTS);
  whole->limit = 1000;
  g_assert_cmpuint (check (f, whole), ==, N_EVENTS);
}

static void
test_periods (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint found = 0;

  for (int i = 0; i < 150; i++)
    {
      g_autoptr (SideEventQuery) query = side_event_query_new (scopes[g_rand_int_range (rand, 0, 2)]);
      gint64 length = N_EVENTS * 5 * SECOND;

      query->limit = g_rand_int_range (rand, 1, 300);
      if (g_rand_int_range (rand, 0, 4) != 0)
        query->from_ms = DAY + (gint64) (g_rand_double_range (rand, -0.3, 1.3) * (double) length);
      if (g_rand_int_range (rand, 0, 4) != 0)
        query->to_ms = MAX (query->from_ms, DAY) + (gint64) (g_rand_double_range (rand, 0, 0.6) * (double) length);
      if (g_rand_boolean (rand))
        query->after_seq = g_rand_int_range (rand, 0, N_EVENTS);
      found += check (f, query);
    }
  g_assert_cmpuint (found, >, 5000);
}

static void
test_scope (Fixture       *f,
            gconstpointer  data)
{
  for (gsize i = 2; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (SideEventQuery) query = side_event_query_new (scopes[i]);
      g_autoptr (SideEventQuery) period = side_event_query_new (scopes[i]);

      g_assert_cmpuint (check (f, query), ==, 0);
      period->from_ms = DAY;
      period->to_ms = DAY + 3600 * SECOND;
      g_assert_cmpuint (check (f, period), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/archive-events/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/archive-events/periods", Fixture, NULL, set_up, test_periods, tear_down);
  g_test_add ("/archive-events/scope", Fixture, NULL, set_up, test_scope, tear_down);
  return g_test_run ();
}
