/* side-db-calls.c - rows of calls and their events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * COLUMNS is the one list of what of a SideCall stands in which column and
 * how; reading, inserting and updating are made from it.
 */
#include "side-db.h"

#include "side-event.h"
#include "side-veil-sql.h"
#include "side-wire.h"

typedef enum { COLUMN_INT, COLUMN_INT64, COLUMN_NAME, COLUMN_TEXT } ColumnType;

#define COLUMNS(X)                             \
  X (joined_ms, joined_ms, INT64)              \
  X (project, project, NAME)                   \
  X (queue, queue, NAME)                       \
  X (operator, operator_id, NAME)              \
  X (operator_name, operator_name, NAME)       \
  X (outcome, outcome, INT)                    \
  X (wait_ms, wait_ms, INT64)                  \
  X (talk_ms, talk_ms, INT64)                  \
  X (hold_ms, hold_ms, INT64)                  \
  X (callback, callback, INT)                  \
  X (test, test, INT)                          \
  X (spam, spam, INT)                          \
  X (caller, caller, TEXT)                     \
  X (recording, recording, TEXT)               \
  X (id, id, TEXT)                             \
  X (journey, journey, TEXT)                   \
  X (caller_name, caller_name, TEXT)           \
  X (dialled, dialled, TEXT)                   \
  X (source, source, NAME)                     \
  X (answered_ms, answered_ms, INT64)          \
  X (ended_ms, ended_ms, INT64)                \
  X (held_since_ms, held_since_ms, INT64)      \
  X (ring_ms, ring_ms, INT64)                  \
  X (wrap_ms, wrap_ms, INT64)                  \
  X (position, position, INT)                  \
  X (rings, rings, INT)                        \
  X (ended_by, ended_by, INT)                  \
  X (transfer, transfer, INT)                  \
  X (target, target, TEXT)                     \
  X (order_id, order_id, TEXT)                 \
  X (amount_minor, amount_minor, INT64)        \
  X (currency, currency, NAME)                 \
  X (topic, topic, NAME)                       \
  X (note, note, TEXT)                         \
  X (recording_ms, recording_ms, INT64)        \
  X (channels, channels, INT)                  \
  X (sha256, sha256, TEXT)                     \
  X (imported, imported, INT)

#define AS_ENTRY(column, member, TYPE) { G_STRUCT_OFFSET (SideCall, member), COLUMN_##TYPE },
#define AS_NAME(column, member, TYPE)  ", " #column
#define AS_MARK(column, member, TYPE)  ", ?"
#define AS_SET(column, member, TYPE)   ", " #column " = ?"

/* In all statements the list comes after two columns of the cache's own. */
#define FIRST 2

static const struct {
  gsize      offset;
  ColumnType type;
} columns[] = { COLUMNS (AS_ENTRY) };

#define SCORE_SQL "CASE WHEN score IS NOT NULL AND id NOT IN " SIDE_VEIL_SQL " THEN score END"

static const char select_sql[] = "SELECT n, " SCORE_SQL COLUMNS (AS_NAME) " FROM calls WHERE n = ?1";
static const char insert_sql[] = "INSERT INTO calls (n, change" COLUMNS (AS_NAME) ") VALUES (?, ?" COLUMNS (AS_MARK) ")";
static const char update_sql[] = "UPDATE calls SET n = ?, change = ?" COLUMNS (AS_SET) " WHERE n = ?1";

G_STATIC_ASSERT (sizeof (SideOutcome) == sizeof (int) && sizeof (gboolean) == sizeof (int));

#define PAGE_OF(condition)                                                         \
  "SELECT n, " SCORE_SQL COLUMNS (AS_NAME) " FROM calls WHERE joined_ms >= ?1 AND joined_ms < ?2 " condition \
  "ORDER BY joined_ms DESC, n DESC LIMIT ?3"

/**
 * side_db_page_sql:
 *
 * Returns: the newest ?3 calls that joined from ?1 until before ?2, for
 *   side_db_call_from_row()
 */
const char *
side_db_page_sql (void)
{
  return PAGE_OF ("");
}

/**
 * side_db_page_of_project_sql:
 *
 * Returns: likewise, those of the project with the number ?4
 */
const char *
side_db_page_of_project_sql (void)
{
  return PAGE_OF ("AND project = ?4 ");
}

static void
read_column (SideDb       *self,
             sqlite3_stmt *stmt,
             int           index,
             ColumnType    type,
             gpointer      member)
{
  switch (type)
    {
    case COLUMN_INT:
      *(int *) member = sqlite3_column_int (stmt, index);
      break;
    case COLUMN_INT64:
      *(gint64 *) member = sqlite3_column_int64 (stmt, index);
      break;
    case COLUMN_NAME:
      *(const char **) member = side_db_name_text (self, sqlite3_column_int64 (stmt, index));
      break;
    case COLUMN_TEXT:
      g_free (*(char **) member);
      *(char **) member = g_strdup (side_db_column_text (stmt, index));
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * side_db_call_from_row:
 * @self: the database
 * @stmt: a statement of side_db_page_sql() that stands on a row
 *
 * Returns: (transfer full): the call
 */
SideCall *
side_db_call_from_row (SideDb       *self,
                       sqlite3_stmt *stmt)
{
  SideCall *call = side_call_new (NULL);

  call->score = sqlite3_column_type (stmt, 1) == SQLITE_NULL ? -1.0 : sqlite3_column_double (stmt, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    read_column (self, stmt, FIRST + (int) i, columns[i].type, (guint8 *) call + columns[i].offset);
  return call;
}

/**
 * side_db_get_call:
 * @self: the database
 * @n: the row's number
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the call; %NULL without an error when
 *   there is no such row
 */
SideCall *
side_db_get_call (SideDb  *self,
                  gint64   n,
                  GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, select_sql, error);
  SideCall *call = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, n);
  if (side_db_step (self, stmt, error) == SQLITE_ROW)
    {
      call = side_db_call_from_row (self, stmt);
      sqlite3_reset (stmt);
    }
  return call;
}

static void
free_call (gpointer call)
{
  if (call != NULL)
    side_call_unref (call);
}

static gboolean
read_calls (SideDb        *self,
            const GArray  *rows,
            guint          n,
            GPtrArray     *calls,
            GError       **error)
{
  for (guint i = 0; i < n; i++)
    {
      GError *failure = NULL;

      g_ptr_array_add (calls, side_db_get_call (self, g_array_index (rows, guint32, i), &failure));
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * side_db_get_calls:
 * @self: the database, not in a transaction
 * @rows: (element-type guint32): rows' numbers
 * @n: how many of them to read
 * @error: (out): the error
 *
 * One read transaction around them all saves each its own.
 *
 * Returns: (transfer full) (element-type SideCall) (nullable): the calls;
 *   %NULL in place of one that is not there
 */
GPtrArray *
side_db_get_calls (SideDb        *self,
                   const GArray  *rows,
                   guint          n,
                   GError       **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_full (n, free_call);
  gboolean good;

  if (!side_db_run (self, error, "BEGIN", ""))
    return NULL;
  good = read_calls (self, rows, n, calls, error);
  good = side_db_run (self, good ? error : NULL, "COMMIT", "") && good;
  return good ? g_steal_pointer (&calls) : NULL;
}

/**
 * side_db_find_call:
 * @self: the database
 * @id: a call's id
 * @row: (out): what is known of its row; n is 0 when there is none
 * @error: (out): the error
 *
 * Returns: %TRUE on success, also when there is no such call
 */
gboolean
side_db_find_call (SideDb       *self,
                   const char   *id,
                   SideCallRow  *row,
                   GError      **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT n, change, score, imported FROM calls WHERE id = ?1", error);
  int rc;

  *row = (SideCallRow) { .score = -1.0 };
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
  rc = side_db_step (self, stmt, error);
  if (rc == SQLITE_ROW)
    {
      row->n = sqlite3_column_int64 (stmt, 0);
      row->change = sqlite3_column_int64 (stmt, 1);
      if (sqlite3_column_type (stmt, 2) != SQLITE_NULL)
        row->score = sqlite3_column_double (stmt, 2);
      row->imported = sqlite3_column_int (stmt, 3) != 0;
      sqlite3_reset (stmt);
    }
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* @call outlives the statement's run, so its texts need not be copied. */
static gboolean
bind_column (SideDb        *self,
             sqlite3_stmt  *stmt,
             int            index,
             ColumnType     type,
             gconstpointer  member,
             GError       **error)
{
  gint64 number;

  switch (type)
    {
    case COLUMN_INT:
      sqlite3_bind_int (stmt, index, *(const int *) member);
      return TRUE;
    case COLUMN_INT64:
      sqlite3_bind_int64 (stmt, index, *(const gint64 *) member);
      return TRUE;
    case COLUMN_TEXT:
      sqlite3_bind_text (stmt, index, *(char *const *) member, -1, SQLITE_STATIC);
      return TRUE;
    case COLUMN_NAME:
      number = side_db_name_number (self, *(const char *const *) member, error);
      if (number > 0)
        sqlite3_bind_int64 (stmt, index, number);
      return number >= 0;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
write_row (SideDb          *self,
           const char      *sql,
           const SideCall  *call,
           gint64           n,
           gint64           change,
           GError         **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  if (n != 0)
    sqlite3_bind_int64 (stmt, 1, n);
  sqlite3_bind_int64 (stmt, 2, change);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!bind_column (self, stmt, FIRST + 1 + (int) i, columns[i].type,
                      (const guint8 *) call + columns[i].offset, error))
      return FALSE;
  return side_db_step_done (self, stmt, error);
}

/**
 * side_db_put_call:
 * @self: the database, in a transaction
 * @call: a call, known or not
 * @change: the server's count when it said so; 0 when it has none
 * @free_n: a free row number for a new call, or 0 for the next
 * @written: (out): %FALSE when the cache has it from a later change, or it is
 *   this computer's own
 * @error: (out): the error
 *
 * Returns: the row's number, 0 on failure
 */
gint64
side_db_put_call (SideDb          *self,
                  const SideCall  *call,
                  gint64           change,
                  gint64           free_n,
                  gboolean        *written,
                  GError         **error)
{
  SideCallRow row;

  *written = FALSE;
  if (!side_db_find_call (self, call->id, &row, error))
    return 0;
  if (row.n != 0 && ((change != 0 && row.change > change) || (row.imported && !call->imported)))
    return row.n;
  if (row.n == 0)
    {
      if (!write_row (self, insert_sql, call, free_n, change, error))
        return 0;
      row.n = sqlite3_last_insert_rowid (self->handle);
      /* Its reviews may have come before it. */
      if (!side_db_score_call (self, call->id, error))
        return 0;
    }
  else if (!write_row (self, update_sql, call, row.n, MAX (change, row.change), error))
    {
      return 0;
    }
  *written = TRUE;
  return side_db_facts_of_call (self, call->id, error) && side_db_index_call (self, row.n, error) ? row.n : 0;
}

/**
 * side_db_put_events:
 * @self: the database, in a transaction
 * @call: a call's id
 * @events: (element-type SideEvent): all its events, oldest first
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_events (SideDb      *self,
                    const char  *call,
                    GPtrArray   *events,
                    GError     **error)
{
  if (!side_db_run (self, error, "DELETE FROM call_events WHERE call = ?1", "t", call))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *body = side_wire_event_to_json (events->pdata[i]);

      if (!side_db_run (self, error, "INSERT INTO call_events (call, place, body) VALUES (?1, ?2, ?3)", "tit",
                        call, (gint64) i, body))
        return FALSE;
    }
  return TRUE;
}

/**
 * side_db_get_events:
 * @self: the database
 * @call: a call's id
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideEvent) (nullable): its events,
 *   oldest first; empty when none were put
 */
GPtrArray *
side_db_get_events (SideDb      *self,
                    const char  *call,
                    GError     **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT body FROM call_events WHERE call = ?1 ORDER BY place", error);
  int rc;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, call, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      SideEvent *event = side_wire_event_from_json (side_db_column_text (stmt, 0), -1, error);

      if (event == NULL)
        {
          g_prefix_error (error, "an event of call %s in the cache: ", call);
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_add (events, event);
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&events) : NULL;
}

/**
 * side_db_forget_call:
 * @self: the database, in a transaction
 * @n: the row's number
 * @id: the call's id
 * @error: (out): the error
 *
 * Removes the call, its events and what was written about it. The caller has
 * made sure that nothing of that is unsent.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_forget_call (SideDb      *self,
                     gint64       n,
                     const char  *id,
                     GError     **error)
{
  return side_db_run (self, error, "DELETE FROM search WHERE rowid = ?1", "i", n)
         && side_db_run (self, error, "DELETE FROM sounds WHERE n = ?1", "i", n)
         && side_db_run (self, error, "DELETE FROM call_events WHERE call = ?1", "t", id)
         && side_db_forget_facts (self, id, error)
         && side_db_run (self, error, "DELETE FROM documents WHERE call = ?1 AND dirty = 0", "t", id)
         && side_db_run (self, error, "DELETE FROM calls WHERE n = ?1", "i", n);
}
