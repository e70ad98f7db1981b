/* side-sqlite-read.c - the archive's answers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every query that returns rows of projects has the asker's projects in its
 * WHERE. Pages go by key, never by OFFSET: the cursor of the newest-first
 * order is "joined_ms:id" of the last row, that of the order of changes is
 * its number. What an operator may see of the projects is in
 * side-sqlite-scope.c.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"

typedef struct {
  GString   *sql;
  GPtrArray *texts;      /* parameters, all bound as text or as numbers */
  GArray    *numbers;
  GString   *kinds;      /* 't' or 'n', in the order of the parameters */
} Query;

static void
query_init (Query      *query,
            const char *sql)
{
  query->sql = g_string_new (sql);
  query->texts = g_ptr_array_new_with_free_func (g_free);
  query->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  query->kinds = g_string_new (NULL);
}

static void
query_clear (Query *query)
{
  g_string_free (query->sql, TRUE);
  g_ptr_array_unref (query->texts);
  g_array_unref (query->numbers);
  g_string_free (query->kinds, TRUE);
}

static void
add_text (Query      *query,
          const char *sql,
          const char *value)
{
  g_string_append (query->sql, sql);
  g_ptr_array_add (query->texts, g_strdup (value));
  g_string_append_c (query->kinds, 't');
}

static void
add_number (Query      *query,
            const char *sql,
            gint64      value)
{
  g_string_append (query->sql, sql);
  g_array_append_val (query->numbers, value);
  g_string_append_c (query->kinds, 'n');
}

/* Without a project this is "IN ()", which is true of nothing. */
static void
add_scope (Query             *query,
           const char        *column,
           const char *const *projects)
{
  g_string_append_printf (query->sql, " %s IN (", column);
  for (gsize i = 0; projects[i] != NULL; i++)
    add_text (query, i > 0 ? ", ?" : "?", projects[i]);
  g_string_append (query->sql, ")");
}

/* @own: what an operator may see of them; "@" stands for the operator's id */
static void
add_asker (Query           *query,
           const char      *column,
           const SideScope *scope,
           const char      *own)
{
  g_auto (GStrv) parts = g_strsplit (own, "@", -1);

  add_scope (query, column, scope->projects);
  if (scope->only_operator == NULL)
    return;
  g_string_append (query->sql, parts[0]);
  for (gsize i = 1; parts[i] != NULL; i++)
    {
      add_text (query, "?", scope->only_operator);
      g_string_append (query->sql, parts[i]);
    }
}

static sqlite3_stmt *
query_prepare (Query    *query,
               sqlite3  *db,
               GError  **error)
{
  sqlite3_stmt *statement = side_sqlite_prepare (db, query->sql->str, error);
  guint text = 0;
  guint number = 0;

  for (gsize i = 0; statement != NULL && i < query->kinds->len; i++)
    {
      if (query->kinds->str[i] == 't')
        side_sqlite_bind_text (statement, (int) i + 1, g_ptr_array_index (query->texts, text++));
      else
        sqlite3_bind_int64 (statement, (int) i + 1, g_array_index (query->numbers, gint64, number++));
    }
  query_clear (query);
  return statement;
}

static void
set_not_found (GError     **error,
               const char  *what)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such %s, or it is not for you", what);
}

/* Calls */

static SideCall *
read_call (sqlite3_stmt *statement,
           gint64       *change)
{
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  SideCall *call = side_call_new (NULL);

  side_sqlite_read_fields (statement, 0, fields, n, call);
  if (change != NULL)
    *change = sqlite3_column_int64 (statement, (int) n);
  return call;
}

static char *
select_calls (void)
{
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  g_autofree char *names = side_sqlite_names (fields, n);

  return g_strdup_printf ("SELECT %s, \"change\" FROM call WHERE", names);
}

static gboolean
parse_number (const char *text,
              gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL);
}

static gboolean
add_cursor (Query                *sql,
            const SideArchiveQuery  *query,
            GError              **error)
{
  g_autofree char *joined = NULL;
  const char *colon;
  gint64 number;

  if (query->cursor == NULL)
    return TRUE;
  colon = strchr (query->cursor, ':');
  joined = colon != NULL ? g_strndup (query->cursor, (gsize) (colon - query->cursor)) : NULL;
  if (joined == NULL || !parse_number (joined, &number))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“cursor” is not one this server gave");
      return FALSE;
    }
  add_number (sql, " AND (joined_ms, id) < (?", number);
  add_text (sql, ", ?)", colon + 1);
  return TRUE;
}

static void
add_filters (Query               *sql,
             const SideArchiveQuery *query)
{
  if (query->from_ms != 0)
    add_number (sql, " AND joined_ms >= ?", query->from_ms);
  if (query->to_ms != 0)
    add_number (sql, " AND joined_ms < ?", query->to_ms);
  if (query->queue != NULL)
    add_text (sql, " AND queue = ?", query->queue);
  if (query->operator_id != NULL)
    add_text (sql, " AND operator = ?", query->operator_id);
  if (query->journey != NULL)
    add_text (sql, " AND journey = ?", query->journey);
  if (query->outcome != SIDE_OUTCOME_NONE)
    add_text (sql, " AND outcome = ?", side_outcome_to_string (query->outcome));
  if (query->number != NULL)
    {
      add_text (sql, " AND (instr(caller, ?) > 0", query->number);
      add_text (sql, " OR instr(dialled, ?) > 0)", query->number);
    }
}

static sqlite3_stmt *
prepare_calls (sqlite3              *db,
               const SideArchiveQuery  *query,
               GError              **error)
{
  g_autofree char *select = select_calls ();
  const SideScope scope = { (const char *const *) query->projects, query->only_operator, NULL };
  Query sql;
  gint64 after = query->changed_after;

  query_init (&sql, select);
  add_asker (&sql, "project", &scope, SIDE_SQLITE_OWN_CALL);
  add_filters (&sql, query);
  if (query->changed_after >= 0)
    {
      if (query->cursor != NULL && !parse_number (query->cursor, &after))
        {
          query_clear (&sql);
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“cursor” is not one this server gave");
          return NULL;
        }
      add_number (&sql, " AND change > ? ORDER BY change", after);
    }
  else if (!add_cursor (&sql, query, error))
    {
      query_clear (&sql);
      return NULL;
    }
  else
    {
      g_string_append (sql.sql, " ORDER BY joined_ms DESC, id DESC");
    }
  add_number (&sql, " LIMIT ?", (gint64) query->limit + 1);
  return query_prepare (&sql, db, error);
}

/* A place in an order of changes that this archive never came to is another's,
 * or its own of before it was put back. */
static gboolean
check_place (sqlite3     *db,
             const char  *newest_sql,
             gint64       place,
             GError     **error)
{
  gint64 newest = side_sqlite_get_number (db, newest_sql, error);

  if (newest >= 0 && newest < place)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT,
                 "the newest change is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, newest, place);
  return newest >= place;
}

SideCallPage *
side_sqlite_find_calls (sqlite3              *db,
                        const SideArchiveQuery  *query,
                        GError              **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_calls (db, query, error);
  g_autoptr (SideCallPage) page = side_call_page_new ();
  int result = statement != NULL ? 1 : -1;

  while (result == 1 && (result = side_sqlite_step (statement, error)) == 1)
    {
      gint64 change;
      SideCall *call;

      if ((int) page->calls->len == query->limit)
        {
          const SideCall *last = g_ptr_array_index (page->calls, page->calls->len - 1);

          page->cursor = query->changed_after >= 0
                             ? g_strdup_printf ("%" G_GINT64_FORMAT, side_call_page_get_change (page, page->calls->len - 1))
                             : g_strdup_printf ("%" G_GINT64_FORMAT ":%s", last->joined_ms, last->id);
          result = 0;
          break;
        }
      call = read_call (statement, &change);
      side_call_page_add (page, call, change);
    }
  if (result == 0 && page->calls->len == 0 && query->changed_after > 0
      && !check_place (db, "SELECT coalesce(max(change), 0) FROM call", query->changed_after, error))
    return NULL;
  return result < 0 ? NULL : g_steal_pointer (&page);
}

SideCall *
side_sqlite_get_call (sqlite3            *db,
                      const char         *id,
                      const SideScope    *scope,
                      gint64             *change,
                      GError            **error)
{
  g_autofree char *select = select_calls ();
  g_autoptr (sqlite3_stmt) statement = NULL;
  Query sql;
  int result;

  query_init (&sql, select);
  add_asker (&sql, "project", scope, SIDE_SQLITE_OWN_CALL);
  add_text (&sql, " AND id = ?", id);
  statement = query_prepare (&sql, db, error);
  result = statement != NULL ? side_sqlite_step (statement, error) : -1;
  if (result == 1)
    return read_call (statement, change);
  if (result == 0)
    set_not_found (error, "call");
  return NULL;
}

/* Without scope, for the writer: NULL without an error when there is none. */
SideCall *
side_sqlite_load_call (sqlite3     *db,
                       const char  *id,
                       GError     **error)
{
  g_autofree char *select = select_calls ();
  g_autoptr (sqlite3_stmt) statement = NULL;
  Query sql;

  query_init (&sql, select);
  add_text (&sql, " id = ?", id);
  statement = query_prepare (&sql, db, error);
  if (statement == NULL || side_sqlite_step (statement, error) != 1)
    return NULL;
  return read_call (statement, NULL);
}

/* Events */

GPtrArray *
side_sqlite_get_call_events (sqlite3            *db,
                             const char         *id,
                             const SideScope    *scope,
                             GError            **error)
{
  g_autoptr (SideCall) call = side_sqlite_get_call (db, id, scope, NULL, error);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  Query sql;
  int result;

  if (call == NULL)
    return NULL;
  query_init (&sql, "SELECT body FROM event WHERE");
  add_scope (&sql, "project", scope->projects);
  add_text (&sql, " AND call = ?", id);
  add_number (&sql, " ORDER BY seq LIMIT ?", SIDE_WIRE_MAX_PAGE);
  statement = query_prepare (&sql, db, error);
  if (statement == NULL)
    return NULL;
  while ((result = side_sqlite_step (statement, error)) == 1)
    {
      SideEvent *event = side_wire_event_from_json ((const char *) sqlite3_column_text (statement, 0), -1, NULL);

      /* What others did, before they took it or while it rang there too, is theirs. */
      if (event != NULL && scope->only_operator != NULL && event->operator_id != NULL
          && strcmp (event->operator_id, scope->only_operator) != 0)
        g_clear_pointer (&event, side_event_unref);
      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  return result < 0 ? NULL : g_steal_pointer (&events);
}

gboolean
side_sqlite_replay (sqlite3        *db,
                    gint64          from_ms,
                    SideEventFunc   func,
                    gpointer        user_data,
                    GError        **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, "SELECT body FROM event WHERE at_ms >= ? ORDER BY seq", error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from_ms);
  while ((result = side_sqlite_step (statement, error)) == 1)
    {
      g_autoptr (SideEvent) event =
          side_wire_event_from_json ((const char *) sqlite3_column_text (statement, 0), -1, NULL);

      if (event != NULL)
        func (event, user_data);
    }
  return result == 0;
}

/* Recordings */

static SideRecording *
read_recording (sqlite3_stmt *statement)
{
  SideRecording *recording = side_recording_new ((const char *) sqlite3_column_text (statement, 0),
                                                 (const char *) sqlite3_column_text (statement, 1),
                                                 (const char *) sqlite3_column_text (statement, 2),
                                                 (const char *) sqlite3_column_text (statement, 3));

  recording->size = sqlite3_column_int64 (statement, 4);
  recording->modified_ms = sqlite3_column_int64 (statement, 5);
  if (sqlite3_column_type (statement, 6) == SQLITE_BLOB)
    recording->header = g_bytes_new (sqlite3_column_blob (statement, 6), (gsize) sqlite3_column_bytes (statement, 6));
  recording->swap_bytes = sqlite3_column_int (statement, 7);
  recording->data_offset = sqlite3_column_int64 (statement, 8);
  recording->data_bytes = sqlite3_column_int64 (statement, 9);
  recording->channels = sqlite3_column_int (statement, 10);
  recording->duration_ms = sqlite3_column_int64 (statement, 11);
  recording->sha256 = side_sqlite_column_text (statement, 12);
  return recording;
}

SideRecording *
side_sqlite_get_recording (sqlite3            *db,
                           const char         *id,
                           const SideScope    *scope,
                           GError            **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  Query sql;
  int result;

  query_init (&sql, "SELECT id, project, call, path, size, modified_ms, header, swap_bytes, data_offset, data_bytes, "
                    "channels, duration_ms, sha256 FROM recording WHERE");
  add_asker (&sql, "project", scope, " AND call IN (" SIDE_SQLITE_OWN_CALLS ")");
  add_text (&sql, " AND id = ?", id);
  statement = query_prepare (&sql, db, error);
  result = statement != NULL ? side_sqlite_step (statement, error) : -1;
  if (result == 1)
    return read_recording (statement);
  if (result == 0)
    set_not_found (error, "recording");
  return NULL;
}

gboolean
side_sqlite_each_recording (sqlite3                *db,
                            SideRecordingPathFunc   func,
                            gpointer                user_data,
                            GError                **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, "SELECT path, modified_ms FROM recording", error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = side_sqlite_step (statement, error)) == 1)
    func ((const char *) sqlite3_column_text (statement, 0), sqlite3_column_int64 (statement, 1), user_data);
  return result == 0;
}

gboolean
side_sqlite_each_ended (sqlite3          *db,
                        gint64            from_ms,
                        SideCallEndFunc   func,
                        gpointer          user_data,
                        GError          **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT id, queue, answered_ms FROM call WHERE joined_ms >= ? AND ended_ms != 0", error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from_ms);
  while ((result = side_sqlite_step (statement, error)) == 1)
    func ((const char *) sqlite3_column_text (statement, 0), (const char *) sqlite3_column_text (statement, 1),
          sqlite3_column_int64 (statement, 2) != 0, user_data);
  return result == 0;
}

/* Documents */

#define SELECT_DOCUMENTS "SELECT kind, id, project, call, revision, change, changed_ms, author, body FROM document WHERE"

static SideDocument *
read_document (sqlite3_stmt *statement)
{
  SideDocument *document = side_document_new ((const char *) sqlite3_column_text (statement, 0),
                                              (const char *) sqlite3_column_text (statement, 1),
                                              (const char *) sqlite3_column_text (statement, 2));

  document->call = side_sqlite_column_text (statement, 3);
  document->revision = sqlite3_column_int64 (statement, 4);
  document->change = sqlite3_column_int64 (statement, 5);
  document->changed_ms = sqlite3_column_int64 (statement, 6);
  document->author = side_sqlite_column_text (statement, 7);
  document->body = side_sqlite_column_text (statement, 8);
  document->deleted = document->body == NULL;
  return document;
}

static SideDocument *
find_document (sqlite3            *db,
               const char         *kind,
               const char         *id,
               const SideScope    *scope,
               GError            **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  Query sql;

  query_init (&sql, SELECT_DOCUMENTS);
  add_text (&sql, " kind = ?", kind);
  add_text (&sql, " AND id = ?", id);
  if (scope != NULL)
    {
      g_string_append (sql.sql, " AND");
      add_asker (&sql, "project", scope, SIDE_SQLITE_OWN_DOCUMENT);
    }
  statement = query_prepare (&sql, db, error);
  if (statement == NULL || side_sqlite_step (statement, error) != 1)
    return NULL;
  return read_document (statement);
}

SideDocument *
side_sqlite_get_document (sqlite3            *db,
                          const char         *kind,
                          const char         *id,
                          const SideScope    *scope,
                          GError            **error)
{
  g_autoptr (GError) reason = NULL;
  SideDocument *document = find_document (db, kind, id, scope, &reason);

  if (document != NULL && !side_sqlite_show (db, scope, NULL, document, &reason))
    g_clear_pointer (&document, side_document_unref);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (document == NULL)
    set_not_found (error, "document");
  return document;
}

/* A script as it was: reviews name the version they were made with. */
SideDocument *
side_sqlite_get_script (sqlite3            *db,
                        const char         *id,
                        int                 version,
                        const SideScope    *scope,
                        GError            **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (SideDocument) document = NULL;
  Query sql;
  int result;

  query_init (&sql, "SELECT kind, id, project, call, old.revision, change, old.changed_ms, old.author, old.body FROM document "
                    "JOIN document_revision AS old USING (kind, id) WHERE kind = 'script'");
  add_text (&sql, " AND id = ?", id);
  add_number (&sql, " AND json_valid (old.body) AND json_extract (old.body, '$.version') = ?", version);
  g_string_append (sql.sql, " AND");
  add_asker (&sql, "project", scope, SIDE_SQLITE_OWN_DOCUMENT);
  g_string_append (sql.sql, " ORDER BY old.revision DESC LIMIT 1");
  statement = query_prepare (&sql, db, error);
  result = statement != NULL ? side_sqlite_step (statement, error) : -1;
  document = result == 1 ? read_document (statement) : NULL;
  if (document != NULL && side_sqlite_show (db, scope, NULL, document, error))
    return g_steal_pointer (&document);
  if (result >= 0 && (error == NULL || *error == NULL))
    set_not_found (error, "version of this script");
  return NULL;
}

/* Without scope, for the writer: NULL without an error when there is none. */
SideDocument *
side_sqlite_load_document (sqlite3     *db,
                           const char  *kind,
                           const char  *id,
                           GError     **error)
{
  return find_document (db, kind, id, NULL, error);
}

SideChangePage *
side_sqlite_find_changes (sqlite3            *db,
                          const SideScope    *scope,
                          gint64              since,
                          int                 limit,
                          GError            **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (SideChangePage) page = side_change_page_new ();
  g_auto (SideSqliteOwed) owed = { NULL };
  Query sql;
  int result = 1;

  query_init (&sql, SELECT_DOCUMENTS);
  add_asker (&sql, "project", scope, SIDE_SQLITE_OWN_DOCUMENT);
  add_number (&sql, " AND change > ?", since);
  /* Not each row that is found is shown: it is read on until there are enough. */
  g_string_append (sql.sql, " ORDER BY change");
  statement = query_prepare (&sql, db, error);
  if (statement == NULL)
    return NULL;
  page->next = since;
  while (result == 1 && (result = side_sqlite_step (statement, error)) == 1)
    {
      g_autoptr (SideDocument) document = NULL;
      g_autoptr (GError) reason = NULL;

      if ((int) page->documents->len == limit)
        {
          page->more = TRUE;
          result = 0;
          break;
        }
      document = read_document (statement);
      page->next = document->change;
      if (side_sqlite_show (db, scope, &owed, document, &reason))
        g_ptr_array_add (page->documents, g_steal_pointer (&document));
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
  if (result == 0 && page->documents->len == 0
      && !check_place (db, "SELECT coalesce(max(change), 0) FROM document", since, error))
    return NULL;
  return result < 0 ? NULL : g_steal_pointer (&page);
}
