/* side-sqlite.c - SQLite's C interface in our terms of errors and records
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database file is ours when its application_id says so; its user_version
 * is the number of the last migration applied. A migration and the new number
 * are one transaction, so a power cut leaves the old version or the new one.
 */
#include "side-sqlite-private.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "side-archive-sql.h"
#include "side-error.h"
#include "side-sqlite-store.h"

#define BUSY_MS 5000

/* SQLite names a full disk by its own code. A quota, a limit on file sizes and
 * a disk that takes no more are all a failed write to it: those have to wait
 * for somebody as well, and can be read meanwhile. */
static SideError
code_of (sqlite3 *db)
{
  int result = sqlite3_extended_errcode (db);

  if (result == SQLITE_IOERR_WRITE || result == SQLITE_IOERR_SHMSIZE)
    return SIDE_ERROR_FULL;
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SIDE_ERROR_BUSY;
    case SQLITE_FULL:
      return SIDE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return SIDE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SIDE_ERROR_CORRUPT;
    case SQLITE_CANTOPEN:
      return SIDE_ERROR_NOT_FOUND;
    default:
      return SIDE_ERROR_FAILED;
    }
}

/**
 * side_sqlite_fail:
 * @db: the connection on which something failed
 * @path: (nullable): the file, where the connection does not know it
 * @error: return location
 *
 * Returns: %FALSE, always
 */
gboolean
side_sqlite_fail (sqlite3     *db,
                  const char  *path,
                  GError     **error)
{
  const char *name = path != NULL ? path : sqlite3_db_filename (db, "main");

  g_set_error (error, SIDE_ERROR, code_of (db), "archive “%s”: %s", name != NULL ? name : "?", sqlite3_errmsg (db));
  return FALSE;
}

gboolean
side_sqlite_exec (sqlite3     *db,
                  const char  *sql,
                  GError     **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return side_sqlite_fail (db, NULL, error);
}

sqlite3_stmt *
side_sqlite_prepare (sqlite3     *db,
                     const char  *sql,
                     GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    side_sqlite_fail (db, NULL, error);
  return statement;
}

/**
 * side_sqlite_step:
 * @statement: a statement
 * @error: return location
 *
 * Returns: 1 for a row, 0 at the end, -1 with @error
 */
int
side_sqlite_step (sqlite3_stmt  *statement,
                  GError       **error)
{
  switch (sqlite3_step (statement))
    {
    case SQLITE_ROW:
      return 1;
    case SQLITE_DONE:
      return 0;
    default:
      side_sqlite_fail (sqlite3_db_handle (statement), NULL, error);
      return -1;
    }
}

/* Runs a statement that gives no rows and makes it ready to be used again. */
gboolean
side_sqlite_run (sqlite3_stmt  *statement,
                 GError       **error)
{
  int result = side_sqlite_step (statement, error);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return result >= 0;
}

/* The number in the first column of the first row; -1 with an error. */
gint64
side_sqlite_get_number (sqlite3     *db,
                        const char  *sql,
                        GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, sql, error);
  int result = statement != NULL ? side_sqlite_step (statement, error) : -1;

  return result == 1 ? sqlite3_column_int64 (statement, 0) : result;
}

/* Rows as records */

void
side_sqlite_bind_text (sqlite3_stmt *statement,
                       int           index,
                       const char   *text)
{
  if (text == NULL)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

char *
side_sqlite_column_text (sqlite3_stmt *statement,
                         int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
bind_field (sqlite3_stmt    *statement,
            int              index,
            const SideField *field,
            gconstpointer    record)
{
  gconstpointer member = (const guint8 *) record + field->offset;

  switch (field->type)
    {
    case SIDE_FIELD_STRING:
    case SIDE_FIELD_INTERNED:
      side_sqlite_bind_text (statement, index, *(const char *const *) member);
      break;
    case SIDE_FIELD_INT:
    case SIDE_FIELD_BOOLEAN:
      sqlite3_bind_int (statement, index, *(const int *) member);
      break;
    case SIDE_FIELD_INT64:
    case SIDE_FIELD_UINT64:
      sqlite3_bind_int64 (statement, index, *(const gint64 *) member);
      break;
    case SIDE_FIELD_DOUBLE:
      sqlite3_bind_double (statement, index, *(const double *) member);
      break;
    case SIDE_FIELD_WORD:
    default:
      side_sqlite_bind_text (statement, index, field->to_string (*(const int *) member));
      break;
    }
}

void
side_sqlite_bind_fields (sqlite3_stmt    *statement,
                         int              first,
                         const SideField *fields,
                         gsize            n,
                         gconstpointer    record)
{
  for (gsize i = 0; i < n; i++)
    bind_field (statement, first + (int) i, &fields[i], record);
}

static void
read_field (sqlite3_stmt    *statement,
            int              column,
            const SideField *field,
            gpointer         record)
{
  gpointer member = (guint8 *) record + field->offset;
  const char *text;

  switch (field->type)
    {
    case SIDE_FIELD_STRING:
      g_free (*(char **) member);
      *(char **) member = side_sqlite_column_text (statement, column);
      break;
    case SIDE_FIELD_INTERNED:
      *(const char **) member = g_intern_string ((const char *) sqlite3_column_text (statement, column));
      break;
    case SIDE_FIELD_INT:
    case SIDE_FIELD_BOOLEAN:
      *(int *) member = sqlite3_column_int (statement, column);
      break;
    case SIDE_FIELD_INT64:
    case SIDE_FIELD_UINT64:
      *(gint64 *) member = sqlite3_column_int64 (statement, column);
      break;
    case SIDE_FIELD_DOUBLE:
      *(double *) member = sqlite3_column_double (statement, column);
      break;
    case SIDE_FIELD_WORD:
    default:
      text = (const char *) sqlite3_column_text (statement, column);
      *(int *) member = text != NULL ? field->from_string (text) : 0;
      break;
    }
}

void
side_sqlite_read_fields (sqlite3_stmt    *statement,
                         int              first,
                         const SideField *fields,
                         gsize            n,
                         gpointer         record)
{
  for (gsize i = 0; i < n; i++)
    read_field (statement, first + (int) i, &fields[i], record);
}

/* The columns of such a table, "\"id\", \"journey\", …" */
char *
side_sqlite_names (const SideField *fields,
                   gsize            n)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? ", " : "", fields[i].name);
  return g_string_free (out, FALSE);
}

/**
 * side_sqlite_read_bodies:
 * @statement: a question whose first column is a text, with what it asks for bound; it is reset
 * @reader: makes what such a text says; what it cannot read is left out
 * @free_func: lets go of that
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what all of the texts say, in their order;
 *   %NULL when it could not be asked to the end
 */
GPtrArray *
side_sqlite_read_bodies (sqlite3_stmt      *statement,
                         SideSqliteReader   reader,
                         GDestroyNotify     free_func,
                         GError           **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_func);
  int result = statement != NULL ? 1 : -1;

  while (result == 1 && (result = side_sqlite_step (statement, error)) == 1)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);
      gpointer one = text != NULL ? reader (text, -1, NULL) : NULL;

      if (one != NULL)
        g_ptr_array_add (all, one);
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  return result == 0 ? g_steal_pointer (&all) : NULL;
}

/* Opening */

static gboolean
apply_migration (sqlite3  *db,
                 int       version,
                 GError  **error)
{
  g_autofree char *path = g_strdup_printf ("/org/sidetone/server/archive/%d.sql", version);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                           SIDE_SQLITE_APPLICATION_ID, version);
  g_autoptr (GBytes) sql = g_resource_lookup_data (side_archive_sql_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return sql != NULL
         && side_sqlite_exec (db, g_bytes_get_data (sql, NULL), error)
         && side_sqlite_exec (db, mark, error);
}

/* Returns: the file's version, 0 for an empty file; -1 when it is none of ours */
static gint64
judge_version (sqlite3     *db,
               const char  *path,
               GError     **error)
{
  gint64 version = side_sqlite_get_number (db, "PRAGMA user_version", error);
  gint64 application = version >= 0 ? side_sqlite_get_number (db, "PRAGMA application_id", error) : -1;
  gint64 tables = application >= 0 ? side_sqlite_get_number (db, "SELECT count(*) FROM sqlite_schema", error) : -1;

  if (tables < 0)
    return -1;
  if (application != SIDE_SQLITE_APPLICATION_ID && tables > 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is another program's database", path);
      return -1;
    }
  if (version > SIDE_SQLITE_VERSION)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NEWER,
                   "“%s” was written by a newer version of the server (%d; this one knows %d)",
                   path, (int) version, SIDE_SQLITE_VERSION);
      return -1;
    }
  return version;
}

static gboolean
migrate (sqlite3     *db,
         const char  *path,
         GError     **error)
{
  gint64 version = judge_version (db, path, error);
  gboolean ok;

  /* Nothing to be written: no need to wait for whoever writes. */
  if (version < 0 || version == SIDE_SQLITE_VERSION)
    return version >= 0;
  /* The lock is taken first: two programs may open a new file at once. */
  if (!side_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  version = judge_version (db, path, error);
  ok = version >= 0;
  for (int next = (int) version + 1; ok && next <= SIDE_SQLITE_VERSION; next++)
    ok = apply_migration (db, next, error);
  if (ok && side_sqlite_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* side_fold_name (TEXT): for migrations; no index or trigger may need it, or
 * other programs could not open the file. */
static void
fold_name (sqlite3_context  *context,
           int               n_values,
           sqlite3_value   **values)
{
  const char *name = (const char *) sqlite3_value_text (values[0]);

  if (name != NULL)
    sqlite3_result_text (context, side_account_fold_name (name), -1, g_free);
}

/* @path: the file, or a "file:" URI of it where @flags have SQLITE_OPEN_URI */
static sqlite3 *
open_with (const char  *path,
           int          flags,
           GError     **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    {
      sqlite3_extended_result_codes (db, 1);
      sqlite3_busy_timeout (db, BUSY_MS);
      sqlite3_create_function (db, "side_fold_name", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold_name, NULL, NULL);
      return db;
    }
  side_sqlite_fail (db, (flags & SQLITE_OPEN_URI) != 0 ? NULL : path, error);
  sqlite3_close (db);
  return NULL;
}

/**
 * side_sqlite_open:
 * @path: the database file
 * @may_create: whether to make it when it is not there
 * @error: return location
 *
 * Opens for writing and brings it to this version. When the log is brought into
 * the file is for the caller to say, or done at the close; see
 * side-sqlite-wal.c.
 *
 * Returns: (transfer full) (nullable): the connection; %NULL with
 *   SIDE_ERROR_NOT_FOUND, BUSY, FULL, READ_ONLY, CORRUPT, NEWER, INVALID, or
 *   CONFLICT when no server has it and another database's WAL lies beside it
 */
sqlite3 *
side_sqlite_open (const char  *path,
                  gboolean     may_create,
                  GError     **error)
{
  gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  sqlite3 *db = side_sqlite_is_in_use (path) || side_sqlite_check_wal (path, error)
                    ? open_with (path, SQLITE_OPEN_READWRITE | (may_create ? SQLITE_OPEN_CREATE : 0), error) : NULL;

  if (db == NULL)
    return NULL;
  /* Callers' numbers and password hashes are in it. */
  if (is_new)
    g_chmod (path, 0640);
  if (side_sqlite_exec (db, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", error)
      && migrate (db, path, error))
    return db;
  sqlite3_close (db);
  return NULL;
}

/**
 * side_sqlite_open_reader:
 * @path: a database file that was opened for writing before
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a connection that cannot write
 */
sqlite3 *
side_sqlite_open_reader (const char  *path,
                         GError     **error)
{
  sqlite3 *db = open_with (path, SQLITE_OPEN_READWRITE, error);

  if (db == NULL || side_sqlite_exec (db, "PRAGMA query_only = ON", error))
    return db;
  sqlite3_close (db);
  return NULL;
}

/**
 * side_sqlite_store_check:
 * @path: the database file; it need not be there
 * @error: return location
 *
 * Looks whether side_sqlite_store_new() would take the file, and neither makes
 * nor migrates nor changes it.
 *
 * Returns: whether it would; SIDE_ERROR_NOT_FOUND (no file that can be opened),
 *   BUSY, READ_ONLY, CORRUPT, NEWER, INVALID or CONFLICT
 */
gboolean
side_sqlite_store_check (const char  *path,
                         GError     **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = NULL;
  sqlite3 *db;
  gint64 version;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!side_sqlite_is_in_use (path) && !side_sqlite_check_wal (path, error))
    return FALSE;
  /* Nobody has it open and nobody died over it: it can be read without making
   * the files SQLite keeps beside a database in use. */
  uri = g_strconcat ("file:", escaped, g_file_test (wal, G_FILE_TEST_EXISTS) ? "" : "?immutable=1", NULL);
  db = open_with (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
  if (db == NULL)
    return FALSE;
  version = judge_version (db, path, error);
  /* Pages it needs at every start. */
  if (version > 0 && side_sqlite_get_number (db, "SELECT coalesce(max(seq), 0) + (SELECT count(*) FROM meta) FROM event", error) < 0)
    version = -1;
  sqlite3_close (db);
  return version >= 0;
}
