/* side-sqlite-events.c - pages of the log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages go by number. A period is asked for by time, and the numbers follow
 * time except where an event was told late. So a page is read in two steps:
 * first the stretch of numbers that ends with the period's newest event, row
 * by row; then what was told after it, which the index on time finds. Neither
 * reads what lies before the period or long after it.
 */
#include "side-sqlite-private.h"

#define FIRST_PROJECT 6   /* number of the parameter */

/* Without a project this is "IN ()", which is true of nothing. */
static char *
write_sql (const char           *from,
           const SideEventQuery *query)
{
  GString *sql = g_string_new ("SELECT seq, body FROM event ");

  g_string_append (sql, from);
  g_string_append (sql, " AND project IN (");
  for (int i = 0; query->projects[i] != NULL; i++)
    g_string_append_printf (sql, i > 0 ? ", ?%d" : "?%d", FIRST_PROJECT + i);
  g_string_append (sql, ") ORDER BY seq LIMIT ?5");
  return g_string_free (sql, FALSE);
}

/* Adds the events with numbers in (@after, @last]. Returns: whether it worked;
 * @n_rows grows, and is over the limit when there is more. */
static gboolean
read_rows (sqlite3               *db,
           const char            *from,
           const SideEventQuery  *query,
           gint64                 after,
           gint64                 last,
           SideEventPage         *page,
           int                   *n_rows,
           GError               **error)
{
  g_autofree char *sql = write_sql (from, query);
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, after);
  sqlite3_bind_int64 (statement, 2, last);
  sqlite3_bind_int64 (statement, 3, query->from_ms);
  sqlite3_bind_int64 (statement, 4, query->to_ms != 0 ? query->to_ms : G_MAXINT64);
  sqlite3_bind_int (statement, 5, query->limit + 1 - *n_rows);
  for (int i = 0; query->projects[i] != NULL; i++)
    side_sqlite_bind_text (statement, FIRST_PROJECT + i, query->projects[i]);
  while ((result = side_sqlite_step (statement, error)) == 1)
    {
      SideEvent *event;

      if (++*n_rows > query->limit)
        return TRUE;
      page->next = (guint64) sqlite3_column_int64 (statement, 0);
      event = side_wire_event_from_json ((const char *) sqlite3_column_text (statement, 1), -1, NULL);
      if (event != NULL)
        g_ptr_array_add (page->events, event);
    }
  return result == 0;
}

/* Number of the newest event before @to_ms, by time; 0 for none, -1 for an error. */
static gint64
find_last (sqlite3  *db,
           gint64    to_ms,
           GError  **error)
{
  g_autofree char *sql = NULL;

  if (to_ms == 0)
    return G_MAXINT64;
  sql = g_strdup_printf ("SELECT coalesce((SELECT seq FROM event WHERE at_ms < %" G_GINT64_FORMAT
                         " ORDER BY at_ms DESC, seq DESC LIMIT 1), 0)", to_ms);
  return side_sqlite_get_number (db, sql, error);
}

/* Leaps over what lies before the period. Returns: a number behind which all
 * of it is found, -1 for an error. */
static gint64
find_start (sqlite3               *db,
            const SideEventQuery  *query,
            GError               **error)
{
  g_autofree char *next = g_strdup_printf (
    "SELECT coalesce((SELECT at_ms < %" G_GINT64_FORMAT " FROM event WHERE seq > %" G_GINT64_FORMAT
    " ORDER BY seq LIMIT 1), 0)", query->from_ms, query->after_seq);
  g_autofree char *first = g_strdup_printf (
    "SELECT coalesce((SELECT min(seq) - 1 FROM event INDEXED BY event_by_time WHERE at_ms >= %" G_GINT64_FORMAT
    " AND at_ms < %" G_GINT64_FORMAT " AND +seq > %" G_GINT64_FORMAT "), %" G_GINT64_FORMAT ")",
    query->from_ms, query->to_ms != 0 ? query->to_ms : G_MAXINT64, query->after_seq, G_MAXINT64);
  gint64 is_before;

  if (query->from_ms == 0)
    return query->after_seq;
  is_before = side_sqlite_get_number (db, next, error);
  if (is_before <= 0)
    return is_before < 0 ? -1 : query->after_seq;
  return side_sqlite_get_number (db, first, error);
}

SideEventPage *
side_sqlite_find_events (sqlite3               *db,
                         const SideEventQuery  *query,
                         GError               **error)
{
  g_autoptr (SideEventPage) page = side_event_page_new ();
  gint64 last = find_last (db, query->to_ms, error);
  gint64 start = last >= 0 ? find_start (db, query, error) : -1;
  int n_rows = 0;

  if (start < 0)
    return NULL;
  /* The plus keeps SQLite from sorting the whole period for each page. */
  if (!read_rows (db, "WHERE seq > ?1 AND seq <= ?2 AND +at_ms >= ?3 AND +at_ms < ?4", query, start, last,
                  page, &n_rows, error))
    return NULL;
  if (n_rows <= query->limit && query->to_ms != 0
      && !read_rows (db, "INDEXED BY event_by_time WHERE +seq > ?1 AND +seq <= ?2 AND at_ms >= ?3 AND at_ms < ?4", query,
                     MAX (start, last), G_MAXINT64, page, &n_rows, error))
    return NULL;
  if (n_rows <= query->limit)
    page->next = 0;
  return g_steal_pointer (&page);
}
