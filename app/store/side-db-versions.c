/* side-db-versions.c - versions of scripts that the server has not got yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Edits of one document that wait are sent as one, but reviews name the version
 * they were made with: each version that was put in use is kept and goes to the
 * server by itself. When somebody else took its number first, it gets the next
 * free one, together with what was made with it here and nobody else has seen;
 * or that has to be looked through again.
 */
#include "side-db.h"

#include <json-glib/json-glib.h>

typedef struct {
  gint64  version;
  char   *body;
} Version;

static void
version_free (gpointer data)
{
  Version *version = data;

  g_free (version->body);
  g_free (version);
}

static JsonNode *
parse (const char *body)
{
  g_autoptr (JsonNode) node = body != NULL ? json_from_string (body, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* 0 where it says none. */
static gint64
version_of (const SideDocument *script)
{
  g_autoptr (JsonNode) node = parse (script->body);
  JsonNode *member = node != NULL ? json_object_get_member (json_node_get_object (node), "version") : NULL;

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_int (member) : 0;
}

/* Returns: (transfer full): @body as another version */
static char *
renumber (const char *body,
          gint64      version)
{
  g_autoptr (JsonNode) node = parse (body);

  if (node == NULL)
    return g_strdup (body);
  json_object_set_int_member (json_node_get_object (node), "version", version);
  return json_to_string (node, FALSE);
}

static gboolean
is_script (const SideDocument *document)
{
  return g_str_equal (document->kind, "script");
}

/**
 * side_db_note_version:
 * @self: the database, in a transaction
 * @known: (nullable): the script as it is
 * @document: what it is from now on, by a person's doing; any kind
 * @error: (out): the error
 *
 * A version that was not there before is to reach the server by itself.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_note_version (SideDb              *self,
                      const SideDocument  *known,
                      const SideDocument  *document,
                      GError             **error)
{
  gint64 version = is_script (document) ? version_of (document) : 0;

  if (version <= 0)
    return TRUE;
  if (known != NULL && version_of (known) == version)
    return side_db_run (self, error, "UPDATE unsent_versions SET body = ?3 WHERE script = ?1 AND version = ?2", "tit",
                        document->id, version, document->body);
  return side_db_run (self, error, "INSERT OR REPLACE INTO unsent_versions (script, version, body) VALUES (?1, ?2, ?3)", "tit",
                      document->id, version, document->body);
}

/* The lowest first. */
static GPtrArray *
list_versions (SideDb      *self,
               const char  *script,
               GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (version_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT version, body FROM unsent_versions WHERE script = ?1 ORDER BY version", error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, script, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      Version *version = g_new0 (Version, 1);

      version->version = sqlite3_column_int64 (stmt, 0);
      version->body = g_strdup (side_db_column_text (stmt, 1));
      g_ptr_array_add (list, version);
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * side_db_hand_out_version:
 * @self: the database
 * @item: what is about to be sent
 * @error: (out): the error
 *
 * Puts the version that must go first in the place of the script as it is now.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_hand_out_version (SideDb          *self,
                          SideOutboxItem  *item,
                          GError         **error)
{
  g_autoptr (GPtrArray) versions = NULL;
  const Version *first;

  if (!is_script (item->document))
    return TRUE;
  versions = list_versions (self, item->document->id, error);
  if (versions == NULL)
    return FALSE;
  first = versions->len > 0 ? versions->pdata[0] : NULL;
  if (first == NULL || (!item->document->deleted && first->version >= version_of (item->document)))
    return TRUE;
  g_free (item->document->body);
  item->document->body = g_strdup (first->body);
  item->document->deleted = FALSE;
  item->edit = 0;   /* no edit is: the script stays in the outbox */
  return TRUE;
}

/**
 * side_db_forget_versions:
 * @self: the database, in a transaction
 * @document: what the server has now; any kind
 * @error: (out): the error
 *
 * Returns: %TRUE on success: neither this version nor one before it is sent any more
 */
gboolean
side_db_forget_versions (SideDb              *self,
                         const SideDocument  *document,
                         GError             **error)
{
  if (!is_script (document))
    return TRUE;
  if (document->deleted)
    return side_db_run (self, error, "DELETE FROM unsent_versions WHERE script = ?1", "t", document->id);
  return side_db_run (self, error, "DELETE FROM unsent_versions WHERE script = ?1 AND version <= ?2", "ti", document->id,
                      version_of (document));
}

/**
 * side_db_take_echo:
 * @self: the database, in a transaction
 * @theirs: the server's version of a document with unsent edits; any kind
 * @taken: (out): whether it is one of ours that has arrived: then the rest
 *   goes on from it, and there is no conflict
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_take_echo (SideDb              *self,
                   const SideDocument  *theirs,
                   gboolean            *taken,
                   GError             **error)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (SideDocument) own = side_document_copy (theirs);

  *taken = FALSE;
  if (!is_script (theirs) || theirs->deleted)
    return TRUE;
  versions = list_versions (self, theirs->id, error);
  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < versions->len && !*taken; i++)
    {
      g_free (own->body);
      own->body = g_strdup (((Version *) versions->pdata[i])->body);
      *taken = side_db_same_content (own, theirs);
    }
  if (!*taken)
    return TRUE;
  return side_db_forget_versions (self, theirs, error)
         && side_db_drop_conflict (self, theirs->kind, theirs->id, error)
         && side_db_run (self, error, "UPDATE documents SET revision = ?2, change = ?3 WHERE kind = 'script' AND id = ?1", "tii",
                         theirs->id, theirs->revision, theirs->change)
         && side_db_run (self, error, "UPDATE outbox SET base_revision = ?2, base = ?3, attempts = 0, error = NULL "
                         "WHERE kind = 'script' AND document = ?1", "tit", theirs->id, theirs->revision, theirs->body);
}

/* ---- another has the number ---- */

/* A finished review was counted with words that nobody else will ever read. */
static void
open_again (JsonObject *review)
{
  static const char *const sealed[] = { "finished_ms", "history", "revision", "reason", NULL };

  for (int i = 0; sealed[i] != NULL; i++)
    if (json_object_has_member (review, sealed[i]))
      json_object_remove_member (review, sealed[i]);
}

static gboolean
pin_one (SideDb      *self,
         const char  *kind,
         const char  *id,
         gint64       version,
         gboolean     again,
         GError     **error)
{
  gboolean dirty;
  gint64 edit;
  g_autoptr (SideDocument) document = side_db_get_document (self, kind, id, &dirty, &edit, error);
  g_autoptr (JsonNode) node = document != NULL ? parse (document->body) : NULL;

  if (node == NULL)
    return document != NULL;
  json_object_set_int_member (json_node_get_object (node), "script_version", version);
  if (again && g_str_equal (kind, "review"))
    open_again (json_node_get_object (node));
  g_free (document->body);
  document->body = json_to_string (node, FALSE);
  return side_db_put_document (self, document, dirty, edit + 1, error);
}

/* What was made here with @from and that nobody else has seen, which is what the
 * server never took, names @to. @again: and is no longer finished. */
static gboolean
pin_to (SideDb      *self,
        const char  *script,
        gint64       from,
        gint64       to,
        gboolean     again,
        GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT kind, id FROM documents WHERE kind IN ('review', 'calibration', 'plan') AND revision = 0 "
                                "AND deleted = 0 AND " SIDE_DB_MEMBER ("body", "script") " = ?1 "
                                "AND " SIDE_DB_MEMBER ("body", "script_version") " = ?2", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, from);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    for (int i = 0; i < 2; i++)
      g_ptr_array_add (names, g_strdup (side_db_column_text (stmt, i)));
  for (guint i = 0; rc == SQLITE_DONE && i < names->len; i += 2)
    if (!pin_one (self, names->pdata[i], names->pdata[i + 1], to, again, error))
      return FALSE;
  return rc == SQLITE_DONE;
}

/* The cache keeps a version of a script by its number alone. */
static gboolean
put_version (SideDb              *self,
             const SideDocument  *script,
             gint64               version,
             const char          *body,
             GError             **error)
{
  g_autoptr (SideDocument) kept = side_document_copy (script);

  g_free (kept->body);
  kept->body = g_strdup (body);
  return side_db_keep_script (self, kept, error)
         && side_db_run (self, error, "INSERT OR REPLACE INTO unsent_versions (script, version, body) VALUES (?1, ?2, ?3)", "tit",
                         script->id, version, body);
}

/* Nothing that is ours stands under a number that is not ours. */
static gboolean
drop_versions (SideDb              *self,
               GPtrArray           *versions,
               const SideDocument  *theirs,
               GError             **error)
{
  for (guint i = 0; i < versions->len; i++)
    if (!side_db_run (self, error, "DELETE FROM script_versions WHERE script = ?1 AND version = ?2", "ti", theirs->id,
                      ((Version *) versions->pdata[i])->version))
      return FALSE;
  return side_db_run (self, error, "DELETE FROM unsent_versions WHERE script = ?1", "t", theirs->id)
         && side_db_keep_script (self, theirs, error);
}

static gboolean
move_behind (SideDb        *self,
             SideConflict  *conflict,
             GPtrArray     *versions,
             GError       **error)
{
  const Version *lowest = versions->pdata[0];
  gint64 shift = MAX (version_of (conflict->theirs) + 1 - lowest->version, 0);
  g_autofree char *body = renumber (conflict->mine->body, version_of (conflict->mine) + shift);

  if (!drop_versions (self, versions, conflict->theirs, error))
    return FALSE;
  /* From behind, so that no number is met twice. */
  for (guint i = versions->len; i-- > 0;)
    {
      const Version *each = versions->pdata[i];
      g_autofree char *moved = renumber (each->body, each->version + shift);

      if (!put_version (self, conflict->mine, each->version + shift, moved, error)
          || (shift > 0 && !pin_to (self, conflict->mine->id, each->version, each->version + shift, FALSE, error)))
        return FALSE;
    }
  g_free (conflict->mine->body);
  conflict->mine->body = g_steal_pointer (&body);
  return TRUE;
}

/* What was made with ours is to be looked through with @version. */
static gboolean
give_up (SideDb              *self,
         const SideDocument  *theirs,
         GPtrArray           *versions,
         gint64               version,
         GError             **error)
{
  if (!drop_versions (self, versions, theirs, error))
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    if (!pin_to (self, theirs->id, ((Version *) versions->pdata[i])->version, version, TRUE, error))
      return FALSE;
  return TRUE;
}

static gboolean
mix (SideDb        *self,
     SideConflict  *conflict,
     GPtrArray     *versions,
     char         **merged,
     GError       **error)
{
  g_autoptr (SideDocument) both = side_document_copy (conflict->mine);
  gint64 version;

  g_free (both->body);
  both->body = g_strdup (*merged);
  if (side_db_same_content (both, conflict->theirs))
    return give_up (self, conflict->theirs, versions, version_of (conflict->theirs), error);
  version = MAX (version_of (both), version_of (conflict->theirs) + 1);
  g_free (*merged);
  *merged = renumber (both->body, version);
  return give_up (self, conflict->theirs, versions, version, error)
         && put_version (self, conflict->mine, version, *merged, error);
}

/**
 * side_db_resolve_versions:
 * @self: the database, in a transaction
 * @conflict: what a person decided about; any kind. The body that is @mine gets
 *   the version it will have
 * @how: what they decided
 * @merged: (inout) (nullable): a merged body
 * @error: (out): the error
 *
 * What becomes of versions that the server has not got, when it has another.
 * Ours that stay get the numbers after its newest, and so does what was made
 * with them. With ours gone, that names what is in use and is a draft again.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_resolve_versions (SideDb        *self,
                          SideConflict  *conflict,
                          SideResolve    how,
                          char         **merged,
                          GError       **error)
{
  g_autoptr (GPtrArray) versions = NULL;

  if (!is_script (conflict->mine))
    return TRUE;
  versions = list_versions (self, conflict->mine->id, error);
  if (versions == NULL)
    return FALSE;
  if (versions->len == 0 || conflict->mine->deleted || conflict->theirs->deleted)
    return how != SIDE_RESOLVE_TAKE_THEIRS || side_db_forget_versions (self, conflict->theirs, error);
  if (how == SIDE_RESOLVE_TAKE_THEIRS)
    return give_up (self, conflict->theirs, versions, version_of (conflict->theirs), error);
  return how == SIDE_RESOLVE_MERGED ? mix (self, conflict, versions, merged, error)
                                    : move_behind (self, conflict, versions, error);
}

/**
 * side_db_discard_versions:
 * @self: the database, in a transaction
 * @script: UUID of a script whose unsent versions are given up
 * @theirs: (nullable): what the server has instead
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_discard_versions (SideDb              *self,
                          const char          *script,
                          const SideDocument  *theirs,
                          GError             **error)
{
  g_autoptr (GPtrArray) versions = NULL;

  if (theirs == NULL || theirs->body == NULL)
    return side_db_run (self, error, "DELETE FROM unsent_versions WHERE script = ?1", "t", script);
  versions = list_versions (self, script, error);
  return versions != NULL && (versions->len == 0 || give_up (self, theirs, versions, version_of (theirs), error));
}
