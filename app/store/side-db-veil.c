/* side-db-veil.c - calls whose reviews are hidden from who looks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A veil lies over everything that is derived from the reviews of a call: its
 * score, the words it is found by, what it adds to an operator's figures. It is
 * this connection's alone and never on the disk: what is kept stays as it is,
 * and shows again when the veil is taken away. The documents themselves are
 * handed out as ever.
 */
#include "side-db.h"

#include "side-text.h"
#include "side-veil-sql.h"

#define TEXTS_SQL \
  "CREATE VIRTUAL TABLE temp.veil_search USING fts5 (call UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 0')"

/**
 * side_db_make_veil:
 * @self: the database, just opened
 * @error: (out): the error
 *
 * Lays the veil that was there before, or none.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_make_veil (SideDb  *self,
                   GError **error)
{
  if (!side_db_script (self, SIDE_VEIL_TABLE_SQL ";" TEXTS_SQL, error))
    return FALSE;
  for (guint i = 0; self->veil != NULL && self->veil[i] != NULL; i++)
    if (!side_db_run (self, error, "INSERT OR IGNORE INTO temp.veil (call) VALUES (?1)", "t", self->veil[i])
        || !side_db_veil_text (self, self->veil[i], error))
      return FALSE;
  return TRUE;
}

/**
 * side_db_is_veiled:
 * @self: the database
 * @call: a call's id
 *
 * Returns: whether its reviews are hidden
 */
gboolean
side_db_is_veiled (SideDb     *self,
                   const char *call)
{
  return self->veil != NULL && g_strv_contains ((const char *const *) self->veil, call);
}

/**
 * side_db_veil_text:
 * @self: the database
 * @call: id of a call that is veiled
 * @error: (out): the error
 *
 * Brings up to date what it is found by meanwhile: all but its reviews.
 *
 * Returns: %TRUE on success, also when the call is not here
 */
gboolean
side_db_veil_text (SideDb      *self,
                   const char  *call,
                   GError     **error)
{
  g_autofree char *text = NULL;
  SideCallRow row;

  if (!side_db_find_call (self, call, &row, error)
      || !side_db_run (self, error, "DELETE FROM temp.veil_search WHERE call = ?1", "t", call))
    return FALSE;
  if (row.n == 0)
    return TRUE;
  return side_db_call_text (self, row.n, FALSE, &text, error)
         && (text == NULL || side_db_run (self, error, "INSERT INTO temp.veil_search (call, body) VALUES (?1, ?2)", "tt", call, text));
}

static gboolean
lay (SideDb             *self,
     const char *const  *calls,
     GPtrArray          *changed,
     GError            **error)
{
  for (guint i = 0; self->veil != NULL && self->veil[i] != NULL; i++)
    if (!g_strv_contains (calls, self->veil[i]))
      {
        if (!side_db_run (self, error, "DELETE FROM temp.veil WHERE call = ?1", "t", self->veil[i])
            || !side_db_run (self, error, "DELETE FROM temp.veil_search WHERE call = ?1", "t", self->veil[i]))
          return FALSE;
        g_ptr_array_add (changed, g_strdup (self->veil[i]));
      }
  for (guint i = 0; calls[i] != NULL; i++)
    if (!side_db_is_veiled (self, calls[i]))
      {
        if (!side_db_run (self, error, "INSERT OR IGNORE INTO temp.veil (call) VALUES (?1)", "t", calls[i])
            || !side_db_veil_text (self, calls[i], error))
          return FALSE;
        g_ptr_array_add (changed, g_strdup (calls[i]));
      }
  return TRUE;
}

/**
 * side_db_set_veil:
 * @self: the database, not in a transaction
 * @calls: ids of the calls whose reviews are hidden from now on, and no others
 * @changed: (element-type utf8): where those are added that were not, or are
 *   not any more
 * @error: (out): the error; then all is as it was
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_set_veil (SideDb             *self,
                  const char *const  *calls,
                  GPtrArray          *changed,
                  GError            **error)
{
  if (!side_db_run (self, error, "BEGIN", ""))
    return FALSE;
  if (!lay (self, calls, changed, error))
    {
      side_db_run (self, NULL, "ROLLBACK", "");
      return FALSE;
    }
  if (!side_db_run (self, error, "COMMIT", ""))
    return FALSE;
  g_strfreev (self->veil);
  self->veil = g_strdupv ((char **) calls);
  return TRUE;
}

/**
 * side_db_veil_hits:
 * @self: the database
 * @expression: of side_db_match_expression()
 * @hits: flags by row: calls that a word was found in
 * @size: how many
 * @error: (out): the error
 *
 * Sets right what was found in calls that are veiled.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_veil_hits (SideDb      *self,
                   const char  *expression,
                   guint8      *hits,
                   guint        size,
                   GError     **error)
{
  static const char *const questions[] = {
    "SELECT c.n, 0 FROM temp.veil v CROSS JOIN calls c ON c.id = v.call",
    "SELECT c.n, 1 FROM temp.veil_search s CROSS JOIN calls c ON c.id = s.call WHERE s.veil_search MATCH ?1",
  };

  for (guint i = 0; self->veil != NULL && self->veil[0] != NULL && i < G_N_ELEMENTS (questions); i++)
    {
      sqlite3_stmt *stmt = side_db_prepare (self, questions[i], error);
      int rc;

      if (stmt == NULL)
        return FALSE;
      if (i == 1)
        sqlite3_bind_text (stmt, 1, expression, -1, SQLITE_TRANSIENT);
      while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
        if (sqlite3_column_int64 (stmt, 0) < size)
          hits[sqlite3_column_int64 (stmt, 0)] = (guint8) sqlite3_column_int (stmt, 1);
      if (rc != SQLITE_DONE)
        return FALSE;
    }
  return TRUE;
}
