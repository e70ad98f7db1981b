/* side-db.c - statements, transactions and errors of a cache's database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements are prepared once and kept by the address of their SQL, which is
 * therefore always a literal. A statement is reset before it is used, not
 * after: whoever reads a row may do so until the same SQL is run again - but
 * one that was left in the middle would hold its read open, so
 * side_db_step() resets at the end and at a failure.
 */
#include "side-db.h"

#include <errno.h>
#include <stdarg.h>

void
side_db_assert_thread (SideDb *self)
{
  g_assert (self->thread == g_thread_self ());
}

/* A write that failed for want of room is told as an I/O error unless it was
 * plain ENOSPC; a quota and a file size limit are the same to a person. SQLite
 * keeps the reason of a failed statement, but not of a failed commit: then
 * @last is all there is. */
static gboolean
is_want_of_room (sqlite3 *handle,
                 int      rc,
                 int      last)
{
  int err = handle != NULL ? sqlite3_system_errno (handle) : 0;

  if ((rc & 0xff) == SQLITE_FULL)
    return TRUE;
  if (err == 0 && rc == SQLITE_IOERR_WRITE)
    err = last;
  return (rc & 0xff) == SQLITE_IOERR && (err == ENOSPC || err == EDQUOT || err == EFBIG);
}

static SideError
error_code (sqlite3 *handle,
            int      rc,
            int      last)
{
  if (is_want_of_room (handle, rc, last))
    return SIDE_ERROR_FULL;
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SIDE_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return SIDE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SIDE_ERROR_CORRUPT;
    case SQLITE_INTERRUPT:
      return SIDE_ERROR_CANCELLED;
    case SQLITE_TOOBIG:
      return SIDE_ERROR_TOO_LARGE;
    case SQLITE_CANTOPEN:
      if (handle != NULL && (sqlite3_system_errno (handle) == EACCES || sqlite3_system_errno (handle) == EROFS))
        return SIDE_ERROR_READ_ONLY;
      return SIDE_ERROR_FAILED;
    default:
      return SIDE_ERROR_FAILED;
    }
}

static const char *
error_words (SideError code)
{
  switch (code)
    {
    case SIDE_ERROR_FULL:
      return "no room left on the disk";
    case SIDE_ERROR_BUSY:
      return "the file is in use by another process";
    case SIDE_ERROR_READ_ONLY:
      return "the file cannot be written";
    case SIDE_ERROR_CORRUPT:
      return "the file is damaged";
    default:
      return "the database failed";
    }
}

/**
 * side_db_set_error:
 * @handle: (nullable): the connection
 * @rc: what SQLite returned
 * @doing: what was being done: "opening the cache"
 * @error: (out): the error
 */
void
side_db_set_error (sqlite3     *handle,
                   int          rc,
                   const char  *doing,
                   GError     **error)
{
  SideError code = error_code (handle, rc, errno);

  g_set_error (error, SIDE_ERROR, code, "%s: %s (%s, SQLite %d)", doing, error_words (code),
               handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (rc), rc);
}

/**
 * side_db_prepare:
 * @self: the database
 * @sql: (not nullable): a literal, see above
 * @error: (out): FULL, CORRUPT, BUSY...
 *
 * Returns: (nullable) (transfer none): the statement, ready to be bound
 */
sqlite3_stmt *
side_db_prepare (SideDb      *self,
                 const char  *sql,
                 GError     **error)
{
  sqlite3_stmt *stmt;
  int rc;

  side_db_assert_thread (self);
  stmt = g_hash_table_lookup (self->statements, sql);
  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  rc = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (rc != SQLITE_OK)
    {
      side_db_set_error (self->handle, rc, "preparing a statement", error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, stmt);
  return stmt;
}

/**
 * side_db_drop_statements:
 * @self: the database
 *
 * Finalizes what was prepared: before closing, and after the schema changed.
 */
void
side_db_drop_statements (SideDb *self)
{
  g_hash_table_remove_all (self->statements);
}

/**
 * side_db_step:
 * @self: the database
 * @stmt: a bound statement
 * @error: (out): the error
 *
 * Returns: SQLITE_ROW, SQLITE_DONE, or another code with @error set
 */
int
side_db_step (SideDb        *self,
              sqlite3_stmt  *stmt,
              GError       **error)
{
  int rc = sqlite3_step (stmt);

  if (rc == SQLITE_ROW)
    return rc;
  if (rc != SQLITE_DONE)
    side_db_set_error (self->handle, rc, "using the cache", error);
  sqlite3_reset (stmt);
  return rc;
}

/**
 * side_db_step_done:
 * @self: the database
 * @stmt: a bound statement that gives no rows
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_step_done (SideDb        *self,
                   sqlite3_stmt  *stmt,
                   GError       **error)
{
  int rc = side_db_step (self, stmt, error);

  if (rc == SQLITE_ROW)
    sqlite3_reset (stmt);
  return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

/* @types: t text (nullable), i gint64, d double, v gint64 where 0 is NULL. */
static void
bind_arguments (sqlite3_stmt *stmt,
                const char   *types,
                va_list       args)
{
  for (int i = 1; *types != '\0'; types++, i++)
    {
      const char *text;
      gint64 value;

      switch (*types)
        {
        case 't':
          text = va_arg (args, const char *);
          sqlite3_bind_text (stmt, i, text, -1, SQLITE_TRANSIENT);
          break;
        case 'i':
          sqlite3_bind_int64 (stmt, i, va_arg (args, gint64));
          break;
        case 'v':
          value = va_arg (args, gint64);
          if (value != 0)
            sqlite3_bind_int64 (stmt, i, value);
          break;
        case 'd':
          sqlite3_bind_double (stmt, i, va_arg (args, double));
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/**
 * side_db_run:
 * @self: the database
 * @error: (out): the error
 * @sql: a literal
 * @types: one letter an argument: t text, i gint64, v gint64 with 0 as NULL, d double
 *
 * Runs a statement that gives no rows.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_run (SideDb      *self,
             GError     **error,
             const char  *sql,
             const char  *types,
             ...)
{
  sqlite3_stmt *stmt = side_db_prepare (self, sql, error);
  va_list args;

  if (stmt == NULL)
    return FALSE;
  va_start (args, types);
  bind_arguments (stmt, types, args);
  va_end (args);
  return side_db_step_done (self, stmt, error);
}

/**
 * side_db_get_int:
 * @self: the database
 * @value: (out): the first column of the first row; left alone without a row
 * @error: (out): the error
 * @sql: a literal
 * @types: as for side_db_run()
 *
 * Returns: %TRUE on success, also when there was no row
 */
gboolean
side_db_get_int (SideDb      *self,
                 gint64      *value,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  sqlite3_stmt *stmt = side_db_prepare (self, sql, error);
  va_list args;
  int rc;

  if (stmt == NULL)
    return FALSE;
  va_start (args, types);
  bind_arguments (stmt, types, args);
  va_end (args);
  rc = side_db_step (self, stmt, error);
  if (rc == SQLITE_ROW)
    {
      *value = sqlite3_column_int64 (stmt, 0);
      sqlite3_reset (stmt);
    }
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/**
 * side_db_script:
 * @self: the database
 * @sql: any number of statements without arguments
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_script (SideDb      *self,
                const char  *sql,
                GError     **error)
{
  int rc;

  side_db_assert_thread (self);
  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    side_db_set_error (self->handle, rc, "using the cache", error);
  return rc == SQLITE_OK;
}

/**
 * side_db_begin:
 * @self: the database
 * @durable: whether it must outlive a power cut once committed: what a
 *   person wrote must, what the server can tell again need not
 * @error: (out): READ_ONLY, BUSY, FULL...
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_begin (SideDb    *self,
               gboolean   durable,
               GError   **error)
{
  g_assert (!self->in_transaction);
  if (self->read_only)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY, "%s may be read, but not written", self->path);
      return FALSE;
    }
  if (!side_db_script (self, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error)
      || !side_db_run (self, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  self->in_transaction = TRUE;
  return TRUE;
}

/**
 * side_db_commit:
 * @self: the database, in a transaction
 * @error: (out): FULL...; then everything is as before side_db_begin()
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_commit (SideDb  *self,
                GError **error)
{
  g_assert (self->in_transaction);
  if (!side_db_run (self, error, "COMMIT", ""))
    {
      side_db_rollback (self);
      return FALSE;
    }
  self->in_transaction = FALSE;
  return TRUE;
}

/**
 * side_db_rollback:
 * @self: the database, in a transaction
 *
 * Undoes everything since side_db_begin().
 */
void
side_db_rollback (SideDb *self)
{
  side_db_assert_thread (self);
  self->in_transaction = FALSE;
  /* SQLite may have rolled back by itself, when the disk was full. */
  if (sqlite3_get_autocommit (self->handle) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  /* Names that were new in it are gone. */
  side_db_forget_names (self);
}
