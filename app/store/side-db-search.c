/* side-db-search.c - the words a call can be found by
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table search holds one folded text for each call: its number, order
 * number, operator, caller, topic and note, and what people wrote about it.
 * Text and query are folded by the same function of ours, because SQLite
 * keeps ё apart from е.
 */
#include "side-db.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "side-text.h"

#define MAX_TEXT_CHARS 20000   /* of one call; what is beyond cannot be found */

static void
append_text (GString    *out,
             const char *text)
{
  if (text != NULL && *text != '\0' && out->len < MAX_TEXT_CHARS * 4)
    {
      g_string_append (out, text);
      g_string_append_c (out, '\n');
    }
}

static void collect_texts (JsonNode *node, const char *name, GString *out);

static void
collect_member (JsonObject *object,
                const char *name,
                JsonNode   *node,
                gpointer    out)
{
  collect_texts (node, name, out);
}

static void
collect_element (JsonArray *array,
                 guint      index,
                 JsonNode  *node,
                 gpointer   out)
{
  collect_texts (node, NULL, out);
}

/* What a person typed stands in members of these names, at any depth. */
static void
collect_texts (JsonNode   *node,
               const char *name,
               GString    *out)
{
  static const char *const typed[] = { "text", "comment", "tag", NULL };

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), collect_member, out);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), collect_element, out);
  else if (name != NULL && g_strv_contains (typed, name) && json_node_get_value_type (node) == G_TYPE_STRING)
    append_text (out, json_node_get_string (node));
}

static gboolean
append_documents (SideDb      *self,
                  const char  *call,
                  gboolean     reviews,
                  GString     *out,
                  GError     **error)
{
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT body FROM documents WHERE call = ?1 AND deleted = 0 AND (?2 OR kind <> 'review') "
                                "ORDER BY kind, id", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, call, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, reviews);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (JsonNode) node = NULL;

      if (side_db_column_text (stmt, 0) != NULL)
        node = json_from_string (side_db_column_text (stmt, 0), NULL);
      if (node != NULL)
        collect_texts (node, NULL, out);
    }
  return rc == SQLITE_DONE;
}

/**
 * side_db_call_text:
 * @self: the database
 * @n: the row's number
 * @reviews: whether it can be found by what its reviews say
 * @text: (out) (nullable): the words it is found by, folded; unchanged when
 *   there is no such row
 * @error: (out): the error
 *
 * Columns of the caller, its name, the order, the note; names by number; what
 * people wrote.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_call_text (SideDb    *self,
                   gint64     n,
                   gboolean   reviews,
                   char     **text,
                   GError   **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *id = NULL;
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT id, caller, caller_name, order_id, note, operator_name, topic "
                                "FROM calls WHERE n = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  rc = side_db_step (self, stmt, error);
  if (rc != SQLITE_ROW)
    return rc == SQLITE_DONE;
  id = g_strdup (side_db_column_text (stmt, 0));
  for (int i = 1; i <= 4; i++)
    append_text (out, side_db_column_text (stmt, i));
  for (int i = 5; i <= 6; i++)
    append_text (out, side_db_name_text (self, sqlite3_column_int64 (stmt, i)));
  sqlite3_reset (stmt);
  if (!append_documents (self, id, reviews, out, error))
    return FALSE;
  *text = side_text_fold (out->str);
  return TRUE;
}

static gboolean
write_text (SideDb  *self,
            gint64   n,
            GError **error)
{
  g_autofree char *text = NULL;
  sqlite3_stmt *stmt;
  gboolean same;
  int rc;

  if (!side_db_call_text (self, n, TRUE, &text, error))
    return FALSE;
  stmt = side_db_prepare (self, "SELECT body FROM search WHERE rowid = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  rc = side_db_step (self, stmt, error);
  if (rc == SQLITE_DONE)
    return text == NULL
           || side_db_run (self, error, "INSERT INTO search (rowid, body) VALUES (?1, ?2)", "it", n, text);
  if (rc != SQLITE_ROW)
    return FALSE;
  same = g_strcmp0 (side_db_column_text (stmt, 0), text) == 0;
  sqlite3_reset (stmt);
  return same || side_db_run (self, error, "UPDATE search SET body = ?2 WHERE rowid = ?1", "it", n, text);
}

static gboolean
write_veil_text (SideDb  *self,
                 gint64   n,
                 GError **error)
{
  g_autofree char *id = NULL;
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT id FROM calls WHERE n = ?1", error);
  int rc;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  rc = side_db_step (self, stmt, error);
  if (rc != SQLITE_ROW)
    return rc == SQLITE_DONE;
  id = g_strdup (side_db_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return !side_db_is_veiled (self, id) || side_db_veil_text (self, id, error);
}

/**
 * side_db_index_call:
 * @self: the database, in a transaction
 * @n: the row's number
 * @error: (out): the error
 *
 * Brings the search text of a call up to date.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_index_call (SideDb  *self,
                    gint64   n,
                    GError **error)
{
  return write_text (self, n, error)
         && (self->veil == NULL || self->veil[0] == NULL || write_veil_text (self, n, error));
}

/**
 * side_db_match_expression:
 * @folded_word: a word as side_text_fold() left it
 *
 * Returns: (transfer full) (nullable): what FTS5 finds words with that begin
 *   so; %NULL when there is nothing in it to look for
 */
char *
side_db_match_expression (const char *folded_word)
{
  g_autoptr (GString) out = g_string_new ("\"");
  gboolean anything = FALSE;

  for (const char *p = folded_word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      anything = anything || g_unichar_isalnum (c);
      g_string_append_unichar (out, c == '"' ? ' ' : c);
    }
  g_string_append (out, "\"*");
  return anything ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
