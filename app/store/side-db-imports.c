/* side-db-imports.c - rows of recordings that were imported from the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the call itself there is a row that says where its file lies and what
 * it was made of. Both are written in one transaction and go in one.
 */
#include "side-db.h"

#include "side-wire.h"

/**
 * side_db_put_import:
 * @self: the database, in a transaction
 * @call: an imported call with a recording
 * @sha256: of what it was made of
 * @path: its file
 * @bytes: the file's size
 * @imported_ms: when
 * @error: (out): the error
 *
 * Writes the row beside the call, not the call.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_import (SideDb          *self,
                    const SideCall  *call,
                    const char      *sha256,
                    const char      *path,
                    gint64           bytes,
                    gint64           imported_ms,
                    GError         **error)
{
  g_autofree char *body = side_wire_call_to_json (call);

  return side_db_run (self, error,
                      "INSERT INTO imports (call, recording, sha256, path, bytes, imported_ms, body) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "ttttiit",
                      call->id, call->recording, sha256, path, bytes, imported_ms, body);
}

/**
 * side_db_is_imported:
 * @self: the database
 * @call: (nullable): a call's id
 * @imported: (out): whether it is of this computer alone
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_is_imported (SideDb      *self,
                     const char  *call,
                     gboolean    *imported,
                     GError     **error)
{
  gint64 rows = 0;
  gboolean good;

  *imported = FALSE;
  if (call == NULL)
    return TRUE;
  good = side_db_get_int (self, &rows, error, "SELECT 1 FROM imports WHERE call = ?1", "t", call);
  *imported = rows > 0;
  return good;
}

static char *
get_text (SideDb        *self,
          const char    *sql,
          const char    *key,
          GError       **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, sql, error);
  char *text;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  if (side_db_step (self, stmt, error) != SQLITE_ROW)
    return NULL;
  text = g_strdup (side_db_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return text;
}

/**
 * side_db_find_import:
 * @self: the database
 * @sha256: of what a recording is made of
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): id of the call that was imported from
 *   it; %NULL without an error when none was
 */
char *
side_db_find_import (SideDb      *self,
                     const char  *sha256,
                     GError     **error)
{
  return get_text (self, "SELECT call FROM imports WHERE sha256 = ?1", sha256, error);
}

/**
 * side_db_import_path:
 * @self: the database
 * @call: a call's id
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): its file; %NULL without an error when
 *   it is no imported call
 */
char *
side_db_import_path (SideDb      *self,
                     const char  *call,
                     GError     **error)
{
  return get_text (self, "SELECT path FROM imports WHERE call = ?1", call, error);
}
