/* side-sqlite-wal.c - whether the log beside a database is that database's own
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a crash left in the WAL belongs to the file that was there then: laid over
 * a copy that was put in its place, it makes a mixture of both, and SQLite does
 * not notice. So the server counts, in the row "wal" of the table meta: before
 * each checkpoint, and first in each new log. The row in the log tells the number
 * (BASE) the database had when that log was begun; a database with a smaller one
 * is older than the log, one with a greater number than the log's is younger. The
 * row also has the number of the schema, which VACUUM changes.
 */
#include "side-sqlite-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "side-error.h"

#define CHECKPOINT_PAGES 1000
#define GET_SCHEMA       "SELECT schema_version FROM pragma_schema_version"

struct _SideSqliteWal
{
  sqlite3  *db;
  gint64    base;      /* the number of the file when its log was begun */
  gint64    number;
  int       n_pages;   /* in the log after the last commit */
  gboolean  due;       /* the next commit may begin a new log */
};

typedef struct {
  gint64 base;
  gint64 number;
  gint64 schema;   /* as it is */
  gint64 noted;    /* as the row tells */
} Row;

/* A file without the row is one that was never counted in. */
static gboolean
read_row (sqlite3  *db,
          Row      *row,
          GError  **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gint64 has_meta;

  *row = (Row) { 0 };
  row->schema = side_sqlite_get_number (db, GET_SCHEMA, error);
  has_meta = row->schema >= 0 ? side_sqlite_get_number (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", error) : -1;
  if (has_meta <= 0)
    return has_meta == 0;
  statement = side_sqlite_prepare (db, "SELECT coalesce(max(value), '') FROM meta WHERE key = 'wal'", error);
  if (statement == NULL || side_sqlite_step (statement, error) != 1)
    return FALSE;
  sscanf ((const char *) sqlite3_column_text (statement, 0), "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
          &row->base, &row->number, &row->noted);
  return TRUE;
}

/* Writing it */

static int
committed_cb (void       *data,
              sqlite3    *db,
              const char *name,
              int         n_pages)
{
  ((SideSqliteWal *) data)->n_pages = n_pages;
  return SQLITE_OK;
}

static gboolean
write_row (SideSqliteWal  *self,
           GError        **error)
{
  g_autofree char *sql =
      g_strdup_printf ("INSERT OR REPLACE INTO meta (key, value) SELECT 'wal', '%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                       " ' || schema_version FROM pragma_schema_version", self->base, self->number + 1);

  return side_sqlite_exec (self->db, sql, error);
}

/* Where all the log has is in the file then, the next commit begins a new one. */
static void
checkpoint (SideSqliteWal *self,
            int            mode)
{
  int n_log = 0;
  int n_done = 0;

  if (sqlite3_wal_checkpoint_v2 (self->db, "main", mode, &n_log, &n_done) != SQLITE_OK || n_log != n_done)
    return;
  self->base = self->number;
  self->due = TRUE;
}

/**
 * side_sqlite_wal_new:
 * @db: (transfer none): the connection all that is counted is written with
 * @error: return location
 *
 * Takes over from SQLite when the log is brought into the file.
 *
 * Returns: (transfer full) (nullable): the count
 */
SideSqliteWal *
side_sqlite_wal_new (sqlite3  *db,
                     GError  **error)
{
  SideSqliteWal *self = g_new0 (SideSqliteWal, 1);
  Row row;

  self->db = db;
  sqlite3_wal_hook (db, committed_cb, self);
  if (read_row (db, &row, error))
    {
      self->base = row.base;
      self->number = row.number;
      checkpoint (self, SQLITE_CHECKPOINT_FULL);
      if (write_row (self, error))
        {
          self->number++;
          self->due = FALSE;
          return self;
        }
    }
  side_sqlite_wal_free (self);
  return NULL;
}

void
side_sqlite_wal_free (SideSqliteWal *self)
{
  if (self == NULL)
    return;
  sqlite3_wal_hook (self->db, NULL, NULL);
  g_free (self);
}

/**
 * side_sqlite_wal_begin:
 * @self: the count
 * @error: return location
 *
 * To be called in each transaction.
 *
 * Returns: whether it could be counted, where that was due
 */
gboolean
side_sqlite_wal_begin (SideSqliteWal  *self,
                       GError        **error)
{
  return !self->due || write_row (self, error);
}

/**
 * side_sqlite_wal_committed:
 * @self: the count
 *
 * To be called after each transaction that was committed.
 */
void
side_sqlite_wal_committed (SideSqliteWal *self)
{
  if (self->due)
    self->number++;
  self->due = FALSE;
  if (self->n_pages < CHECKPOINT_PAGES || !write_row (self, NULL))
    return;
  self->number++;
  checkpoint (self, SQLITE_CHECKPOINT_PASSIVE);
}

/* Looking at it */

/**
 * side_sqlite_is_in_use:
 * @path: a database file
 *
 * Returns: whether a server has it now, this process included
 */
gboolean
side_sqlite_is_in_use (const char *path)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  int fd = open (lock, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean in_use = fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) != 0;

  if (fd >= 0)
    close (fd);
  return in_use;
}

/* Reads and changes nothing, not even where it closes last. */
static gboolean
look_at (const char  *path,
         const char  *how,
         Row         *row,
         GError     **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, how, NULL);
  sqlite3 *db = NULL;
  gboolean ok;

  ok = sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
  if (ok)
    {
      sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      ok = read_row (db, row, error);
    }
  else
    {
      side_sqlite_fail (db, path, error);
    }
  sqlite3_close (db);
  return ok;
}

/**
 * side_sqlite_check_wal:
 * @path: a database file that no server has now
 * @error: return location
 *
 * Returns: whether what lies beside it can be its own log; SIDE_ERROR_CONFLICT
 *   if not. What cannot be read at all is for whoever opens it to tell.
 */
gboolean
side_sqlite_check_wal (const char  *path,
                       GError     **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) reason = NULL;
  GStatBuf database, log;
  Row file, all;

  if (g_stat (path, &database) != 0 || g_stat (wal, &log) != 0 || database.st_size == 0 || log.st_size == 0
      || !look_at (path, "?immutable=1", &file, NULL))
    return TRUE;
  if (look_at (path, "", &all, &reason))
    {
      /* Without a number there is nothing to go by: the log of an older server, or of none. */
      if (all.number == 0 || (file.number >= all.base && file.number <= all.number && file.schema == all.noted))
        return TRUE;
    }
  else if (!g_error_matches (reason, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    {
      return TRUE;
    }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT,
               "“%s” is of another database than “%s”: a server that crashed left it behind, and the database was put back from a "
               "copy since. Remove “%s-wal”, “%s-shm” and “%s.lock”, if that is so, and start again",
               wal, path, path, path, path);
  return FALSE;
}
