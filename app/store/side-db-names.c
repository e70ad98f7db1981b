/* side-db-names.c - words that thousands of calls share, by number
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of calls hold numbers of the table names in place of project, queue,
 * operator and the like: the file stays small and lists can be filtered and
 * sorted by integers. There are never fewer of them, so what was read once
 * stays true, except after a rollback. The first names are read together when
 * the first one is met, the others one by one.
 */
#include "side-db.h"

#define MAX_NAMES   10000000   /* more would only be read from a damaged file */
#define FIRST_NAMES 4096       /* read at once */

static const char *
remember (SideDb     *self,
          gint64      number,
          const char *text)
{
  if (self->names->len <= (guint) number)
    g_ptr_array_set_size (self->names, (int) number + 1);
  self->names->pdata[number] = (gpointer) g_intern_string (text);
  return self->names->pdata[number];
}

static void
remember_both_ways (SideDb     *self,
                    gint64      number,
                    const char *text)
{
  g_hash_table_insert (self->numbers, (gpointer) remember (self, number, text), GINT_TO_POINTER ((int) number));
}

/**
 * side_db_name_number:
 * @self: the database, in a transaction
 * @text: (nullable): a word
 * @error: (out): the error
 *
 * Returns: its number, newly given if need be; 0 for %NULL; -1 on failure
 */
gint64
side_db_name_number (SideDb      *self,
                     const char  *text,
                     GError     **error)
{
  gint64 number;

  if (text == NULL)
    return 0;
  number = GPOINTER_TO_INT (g_hash_table_lookup (self->numbers, text));
  if (number != 0)
    return number;
  if (!side_db_get_int (self, &number, error, "SELECT n FROM names WHERE text = ?1", "t", text))
    return -1;
  if (number == 0)
    {
      if (!side_db_run (self, error, "INSERT INTO names (text) VALUES (?1)", "t", text))
        return -1;
      number = sqlite3_last_insert_rowid (self->handle);
    }
  if (number < 1 || number > MAX_NAMES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the cache numbers a name %" G_GINT64_FORMAT, number);
      return -1;
    }
  remember_both_ways (self, number, text);
  return number;
}

static gboolean
read_names (SideDb  *self,
            gint64   limit,
            GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT n, text FROM names ORDER BY n LIMIT ?1", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, limit);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (stmt, 0);

      if (number >= 1 && number <= MAX_NAMES && side_db_column_text (stmt, 1) != NULL)
        remember (self, number, side_db_column_text (stmt, 1));
    }
  return rc == SQLITE_DONE;
}

/**
 * side_db_name_text:
 * @self: the database
 * @number: a number from a row
 *
 * Returns: (nullable): the interned word; %NULL for 0 and for a number that
 *   is not there
 */
const char *
side_db_name_text (SideDb *self,
                   gint64  number)
{
  sqlite3_stmt *stmt;

  if (number < 1 || number > MAX_NAMES)
    return NULL;
  if (self->names->len == 0)
    read_names (self, FIRST_NAMES, NULL);
  if ((guint) number < self->names->len && self->names->pdata[number] != NULL)
    return self->names->pdata[number];
  stmt = side_db_prepare (self, "SELECT text FROM names WHERE n = ?1", NULL);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, number);
  if (side_db_step (self, stmt, NULL) != SQLITE_ROW)
    return NULL;
  if (side_db_column_text (stmt, 0) != NULL)
    remember (self, number, side_db_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return (guint) number < self->names->len ? self->names->pdata[number] : NULL;
}

/**
 * side_db_load_names:
 * @self: the database
 * @error: (out): the error
 *
 * Reads all of them, so that filters and orders by name can be made: only
 * then are numbers complete.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_load_names (SideDb  *self,
                    GError **error)
{
  if (self->names_complete)
    return TRUE;
  if (!read_names (self, MAX_NAMES, error))
    return FALSE;
  for (guint number = 1; number < self->names->len; number++)
    if (self->names->pdata[number] != NULL)
      g_hash_table_insert (self->numbers, self->names->pdata[number], GUINT_TO_POINTER (number));
  self->names_complete = TRUE;
  return TRUE;
}

/**
 * side_db_forget_names:
 * @self: the database
 *
 * After a rollback: numbers given in it may be given again to other words.
 */
void
side_db_forget_names (SideDb *self)
{
  g_hash_table_remove_all (self->numbers);
  g_ptr_array_set_size (self->names, 0);
  self->names_complete = FALSE;
}
