/* side-sqlite-epoch.c - which archive it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers keep numbers of events and changes, which mean something with the
 * archive they are of. "epoch" in the table meta is a random id of it. A backup
 * has its original's, so a mark outside the file (epoch, number of the start,
 * whether it ended in order) tells an archive that went on from one that was
 * put back: a backup was taken at an earlier start, or before the end.
 */
#include "side-sqlite-private.h"

#define NEW_EPOCH "lower (hex (randomblob (16)))"
#define GET(key) "(SELECT value FROM meta WHERE key = '" key "')"

static char *
get_text (sqlite3     *db,
          const char  *sql,
          GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, sql, error);

  if (statement == NULL || side_sqlite_step (statement, error) != 1)
    return NULL;
  return side_sqlite_column_text (statement, 0);
}

/* Archives of before there were epochs get one when they are opened. */
gboolean
side_sqlite_ensure_epoch (sqlite3  *db,
                          GError  **error)
{
  return side_sqlite_exec (db, "INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', " NEW_EPOCH ")", error);
}

gboolean
side_sqlite_read_epoch (sqlite3  *db,
                        char      epoch[SIDE_ARCHIVE_EPOCH_BYTES],
                        GError  **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = get_text (db, "SELECT " GET ("epoch"), &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  g_strlcpy (epoch, text != NULL ? text : "", SIDE_ARCHIVE_EPOCH_BYTES);
  return TRUE;
}

/* Returns: (transfer full) (nullable): "EPOCH STARTS ENDED" */
char *
side_sqlite_make_mark (sqlite3  *db,
                       GError  **error)
{
  return get_text (db, "SELECT " GET ("epoch") " || ' ' || coalesce (" GET ("starts") ", '0') || ' ' || "
                       "coalesce (" GET ("ended") ", '0')", error);
}

char *
side_sqlite_begin_epoch (sqlite3     *db,
                         const char  *mark,
                         GError     **error)
{
  gboolean ok = side_sqlite_exec (db, "BEGIN IMMEDIATE", error);
  g_autofree char *own = ok ? side_sqlite_make_mark (db, error) : NULL;
  gint64 starts = own != NULL ? side_sqlite_get_number (db, "SELECT CAST (coalesce (" GET ("starts") ", 0) AS INTEGER)", error) : -1;
  g_autofree char *began = NULL;

  if (!ok)
    return NULL;
  /* One that never counted its starts is new, or of an older server. */
  if (starts > 0 && g_strcmp0 (own, mark) != 0)
    {
      g_message ("the archive is not the one of the last start: readers begin anew");
      ok = side_sqlite_exec (db, "UPDATE meta SET value = " NEW_EPOCH " WHERE key = 'epoch'", error);
    }
  ok = ok && starts >= 0
       && side_sqlite_exec (db, "INSERT OR REPLACE INTO meta (key, value) VALUES ('starts', "
                                "CAST (coalesce (" GET ("starts") ", 0) AS INTEGER) + 1), ('ended', '0')", error);
  began = ok ? side_sqlite_make_mark (db, error) : NULL;
  if (began != NULL && side_sqlite_exec (db, "COMMIT", error))
    return g_steal_pointer (&began);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return NULL;
}
