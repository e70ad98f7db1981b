/* side-db-outbox.c - the order in which unsent documents go, and conflicts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row stays until the server has taken the very edit it stands for. A
 * program that dies between the server's answer and side_db_mark_sent() sends
 * the same again; the server then answers with a newer revision of the same
 * content, which is not a conflict.
 */
#include "side-db.h"

#include "side-wire.h"

/* Set aside; one that is in conflict besides is decided about as such. */
#define REFUSED_ALONE \
  "o.refused = 1 AND NOT EXISTS (SELECT 1 FROM conflicts AS c WHERE c.kind = o.kind AND c.document = o.document)"

/**
 * side_db_count_outbox:
 * @self: the database
 * @unsent: (out): documents with unsent edits, those in conflict too
 * @conflicts: (out): how many are in conflict
 * @refused: (out): how many others the server does not take
 * @error: (out): the error
 *
 * On the way it touches every table whose loss would hurt, so that damage
 * shows when a file is opened; in one statement, because preparing each is
 * most of what opening costs.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_count_outbox (SideDb  *self,
                      guint   *unsent,
                      guint   *conflicts,
                      guint   *refused,
                      GError **error)
{
  sqlite3_stmt *stmt;

  stmt = side_db_prepare (self, "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM conflicts), "
                                "(SELECT count(*) FROM outbox AS o WHERE " REFUSED_ALONE "), "
                                "(SELECT max(n) FROM documents), (SELECT max(n) FROM calls), "
                                "(SELECT max(joined_ms) FROM calls)", error);
  if (stmt == NULL || side_db_step (self, stmt, error) != SQLITE_ROW)
    return FALSE;
  *unsent = (guint) sqlite3_column_int64 (stmt, 0);
  *conflicts = (guint) sqlite3_column_int64 (stmt, 1);
  *refused = (guint) sqlite3_column_int64 (stmt, 2);
  sqlite3_reset (stmt);
  return TRUE;
}

#define ITEM_SQL "SELECT o.id, o.kind, o.document, o.base_revision, o.attempts, o.error FROM outbox AS o "

/* The row of ITEM_SQL that @stmt stands on. */
static SideOutboxItem *
item_from_row (SideDb        *self,
               sqlite3_stmt  *stmt,
               GError       **error)
{
  g_autoptr (SideOutboxItem) item = g_new0 (SideOutboxItem, 1);
  g_autofree char *kind = NULL;
  g_autofree char *id = NULL;

  item->id = sqlite3_column_int64 (stmt, 0);
  kind = g_strdup (side_db_column_text (stmt, 1));
  id = g_strdup (side_db_column_text (stmt, 2));
  item->base_revision = sqlite3_column_int64 (stmt, 3);
  item->attempts = (guint) sqlite3_column_int64 (stmt, 4) + 1;
  item->error = g_strdup (side_db_column_text (stmt, 5));
  item->document = side_db_get_document (self, kind, id, NULL, &item->edit, error);
  if (item->document == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the outbox names %s %s, which is not there", kind, id);
      return NULL;
    }
  if (!side_db_hand_out_version (self, item, error))
    return NULL;
  return g_steal_pointer (&item);
}

/* A new document made with a version of a script that the server has not got:
 * it may get another number, or have it for another content. */
#define NAMES_UNSENT \
  "o.base_revision = 0 AND EXISTS (SELECT 1 FROM documents AS d, unsent_versions AS v WHERE d.kind = o.kind AND d.id = o.document " \
  "AND v.script = " SIDE_DB_MEMBER ("d.body", "script") " AND v.version = " SIDE_DB_MEMBER ("d.body", "script_version") ")"

/* What a person has to decide about waits; the server has some version of it,
 * so that nothing else has to wait for it but what is made with a script. */
static SideOutboxItem *
head_of_outbox (SideDb  *self,
                GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, ITEM_SQL "WHERE o.refused = 0 AND NOT EXISTS (SELECT 1 FROM conflicts AS c "
                                        "WHERE c.kind = o.kind AND c.document = o.document) AND NOT (" NAMES_UNSENT ") "
                                        "ORDER BY o.id LIMIT 1", error);
  SideOutboxItem *item;

  if (stmt == NULL || side_db_step (self, stmt, error) != SQLITE_ROW)
    return NULL;
  item = item_from_row (self, stmt, error);
  sqlite3_reset (stmt);
  return item;
}

/**
 * side_db_next_outbox:
 * @self: the database, in a transaction
 * @error: (out): the error
 *
 * Hands out the oldest unsent document and counts the attempt. Those in
 * conflict and those the server refused wait for a person and let others pass.
 *
 * Returns: (transfer full) (nullable): it; %NULL without an error when there
 *   is none to be sent
 */
SideOutboxItem *
side_db_next_outbox (SideDb  *self,
                     GError **error)
{
  g_autoptr (SideOutboxItem) item = head_of_outbox (self, error);

  if (item == NULL
      || !side_db_run (self, error, "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1", "i", item->id))
    return NULL;
  return g_steal_pointer (&item);
}

/* Where the document stands after the server took @item as @revision. */
static gboolean
settle (SideDb                *self,
        const SideOutboxItem  *item,
        gint64                 revision,
        gint64                 change,
        GError               **error)
{
  const SideDocument *sent = item->document;
  gint64 edit = -1;

  if (!side_db_get_int (self, &edit, error, "SELECT edit FROM documents WHERE kind = ?1 AND id = ?2", "tt", sent->kind, sent->id)
      || !side_db_run (self, error, "UPDATE documents SET revision = ?3, change = ?4, dirty = (edit <> ?5) "
                       "WHERE kind = ?1 AND id = ?2", "ttiii", sent->kind, sent->id, revision, change, item->edit)
      /* Somebody's still newer version stays in dispute. */
      || !side_db_run (self, error, "DELETE FROM conflicts WHERE kind = ?1 AND document = ?2 AND revision <= ?3", "tti",
                       sent->kind, sent->id, revision)
      || !side_db_forget_versions (self, sent, error))
    return FALSE;
  if (edit == item->edit)
    return side_db_run (self, error, "DELETE FROM outbox WHERE id = ?1", "i", item->id);
  /* It was edited again while this edit was under way. */
  return side_db_run (self, error, "UPDATE outbox SET base_revision = ?2, base = ?3, attempts = 0, error = NULL WHERE id = ?1",
                      "iit", item->id, revision, sent->deleted ? NULL : sent->body);
}

/**
 * side_db_mark_sent:
 * @self: the database, in a transaction
 * @item: what side_db_next_outbox() gave
 * @revision: the document's revision on the server now
 * @change: the server's count of changes for it
 * @error: (out): the error
 *
 * Returns: %TRUE on success, also when the feed of changes told of it first
 *   and it is settled already
 */
gboolean
side_db_mark_sent (SideDb                *self,
                   const SideOutboxItem  *item,
                   gint64                 revision,
                   gint64                 change,
                   GError               **error)
{
  gint64 rows = 0;

  if (!side_db_get_int (self, &rows, error, "SELECT count(*) FROM outbox WHERE id = ?1 AND kind = ?2 AND document = ?3", "itt",
                        item->id, item->document->kind, item->document->id))
    return FALSE;
  return rows == 0 || settle (self, item, revision, change, error);
}

/**
 * side_db_mark_failed:
 * @self: the database, in a transaction
 * @item: what side_db_next_outbox() gave
 * @message: what went wrong
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_mark_failed (SideDb                *self,
                     const SideOutboxItem  *item,
                     const char            *message,
                     GError               **error)
{
  return side_db_run (self, error, "UPDATE outbox SET error = ?2 WHERE id = ?1", "it", item->id, message);
}

/**
 * side_db_mark_refused:
 * @self: the database, in a transaction
 * @item: what side_db_next_outbox() gave
 * @message: why the server will not take it
 * @error: (out): the error
 *
 * Sets it aside, unless it was edited meanwhile: that may be another matter.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_mark_refused (SideDb                *self,
                      const SideOutboxItem  *item,
                      const char            *message,
                      GError               **error)
{
  return side_db_run (self, error, "UPDATE outbox SET error = ?2, refused = (SELECT d.edit = ?3 OR ?3 = 0 FROM documents AS d "
                      "WHERE d.kind = outbox.kind AND d.id = outbox.document) WHERE id = ?1", "iti",
                      item->id, message, item->edit);
}

/**
 * side_db_list_refused:
 * @self: the database
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideOutboxItem) (nullable): what is
 *   set aside and not in conflict, the oldest first
 */
GPtrArray *
side_db_list_refused (SideDb  *self,
                      GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_outbox_item_free);
  sqlite3_stmt *stmt = side_db_prepare (self, ITEM_SQL "WHERE " REFUSED_ALONE " ORDER BY o.id", error);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      SideOutboxItem *item = item_from_row (self, stmt, error);

      if (item == NULL)
        {
          sqlite3_reset (stmt);
          return NULL;
        }
      g_ptr_array_add (list, item);
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * side_db_retry_refused:
 * @self: the database, in a transaction
 * @kind: the document's kind
 * @id: its UUID
 * @error: (out): the error
 *
 * It takes its old place among the unsent ones.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_retry_refused (SideDb      *self,
                       const char  *kind,
                       const char  *id,
                       GError     **error)
{
  return side_db_run (self, error, "UPDATE outbox SET refused = 0, attempts = 0 WHERE kind = ?1 AND document = ?2", "tt",
                      kind, id);
}

/**
 * side_db_discard:
 * @self: the database, in a transaction
 * @kind: the document's kind
 * @id: its UUID
 * @theirs: (nullable): the server's version; %NULL when it has none
 * @error: (out): the error
 *
 * Gives an unsent edit up for what the server has.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_discard (SideDb              *self,
                 const char          *kind,
                 const char          *id,
                 const SideDocument  *theirs,
                 GError             **error)
{
  g_autoptr (SideDocument) nothing = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 edit = 0;

  nothing = side_db_get_document (self, kind, id, NULL, &edit, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!side_db_run (self, error, "DELETE FROM outbox WHERE kind = ?1 AND document = ?2", "tt", kind, id)
      || !side_db_drop_conflict (self, kind, id, error)
      || (g_str_equal (kind, "script") && !side_db_discard_versions (self, id, theirs, error)))
    return FALSE;
  if (theirs != NULL)
    return side_db_put_document (self, theirs, FALSE, edit + 1, error);
  if (nothing == NULL)
    return TRUE;
  /* Marked first, so that what follows from it is undone; then it goes. */
  nothing->deleted = TRUE;
  return side_db_put_document (self, nothing, FALSE, edit + 1, error)
         && side_db_run (self, error, "DELETE FROM documents WHERE kind = ?1 AND id = ?2", "tt", kind, id);
}

/* A test call that goes on is written by the program that makes it, and by no other. */
static gboolean
is_course (const SideDocument *mine,
           const SideDocument *theirs)
{
  g_autoptr (SideTestCall) ours = NULL;
  g_autoptr (SideTestCall) there = NULL;

  if (!g_str_equal (theirs->kind, "test-call") || theirs->deleted || mine->deleted)
    return FALSE;
  ours = side_wire_test_call_from_json (mine->body, -1, NULL);
  there = side_wire_test_call_from_json (theirs->body, -1, NULL);
  return ours != NULL && there != NULL && there->ended_ms == 0 && there->dialled_ms != 0 && there->dialled_ms == ours->dialled_ms
         && g_strcmp0 (there->review->reviewer, ours->review->reviewer) == 0;
}

/**
 * side_db_take_course:
 * @self: the database, in a transaction
 * @mine: a document with unsent edits
 * @theirs: the server's version of it
 * @taken: (out): whether it is a test call as we told it while it went on: a
 *   program that dies may not have written down that the server took that. What
 *   is unsent goes on from it, and there is no conflict
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_take_course (SideDb              *self,
                     const SideDocument  *mine,
                     const SideDocument  *theirs,
                     gboolean            *taken,
                     GError             **error)
{
  *taken = is_course (mine, theirs);
  return !*taken
         || (side_db_drop_conflict (self, theirs->kind, theirs->id, error)
             && side_db_run (self, error, "UPDATE documents SET revision = ?3, change = ?4 WHERE kind = ?1 AND id = ?2", "ttii",
                             theirs->kind, theirs->id, theirs->revision, theirs->change)
             && side_db_run (self, error, "UPDATE outbox SET base_revision = ?3, base = ?4, attempts = 0, error = NULL "
                             "WHERE kind = ?1 AND document = ?2", "ttit", theirs->kind, theirs->id, theirs->revision, theirs->body));
}

/**
 * side_db_mark_conflict:
 * @self: the database, in a transaction
 * @item: what side_db_next_outbox() gave
 * @theirs: the server's version, newer than the item's base
 * @error: (out): the error
 *
 * Returns: %TRUE on success; when the versions say the same, @item is sent
 */
gboolean
side_db_mark_conflict (SideDb                *self,
                       const SideOutboxItem  *item,
                       const SideDocument    *theirs,
                       GError               **error)
{
  gboolean taken;

  if (side_db_same_content (item->document, theirs))
    return side_db_mark_sent (self, item, theirs->revision, theirs->change, error);
  if (!side_db_take_echo (self, theirs, &taken, error) || (!taken && !side_db_take_course (self, item->document, theirs, &taken, error)))
    return FALSE;
  return taken || side_db_put_conflict (self, theirs, error);
}

/**
 * side_db_put_conflict:
 * @self: the database, in a transaction
 * @theirs: the server's version of a document with unsent edits
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_conflict (SideDb              *self,
                      const SideDocument  *theirs,
                      GError             **error)
{
  return side_db_run (self, error,
                      "INSERT INTO conflicts (kind, document, revision, change, changed_ms, author, body, deleted) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (kind, document) DO UPDATE SET revision = ?3, "
                      "change = ?4, changed_ms = ?5, author = ?6, body = ?7, deleted = ?8 WHERE ?3 >= revision", "ttiiitti",
                      theirs->kind, theirs->id, theirs->revision, theirs->change, theirs->changed_ms,
                      theirs->author, theirs->body, (gint64) theirs->deleted);
}

/**
 * side_db_drop_conflict:
 * @self: the database, in a transaction
 * @kind: a document's kind
 * @id: its UUID
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_drop_conflict (SideDb      *self,
                       const char  *kind,
                       const char  *id,
                       GError     **error)
{
  return side_db_run (self, error, "DELETE FROM conflicts WHERE kind = ?1 AND document = ?2", "tt", kind, id);
}

static SideConflict *
conflict_of (const SideDocument *mine,
             sqlite3_stmt       *row)
{
  SideConflict *conflict = g_new0 (SideConflict, 1);
  SideDocument *theirs = side_document_copy (mine);

  theirs->revision = sqlite3_column_int64 (row, 2);
  theirs->change = sqlite3_column_int64 (row, 3);
  theirs->changed_ms = sqlite3_column_int64 (row, 4);
  g_free (theirs->author);
  theirs->author = g_strdup (side_db_column_text (row, 5));
  g_free (theirs->body);
  theirs->body = g_strdup (side_db_column_text (row, 6));
  theirs->deleted = sqlite3_column_int (row, 7) != 0;
  conflict->mine = side_document_copy (mine);
  conflict->theirs = theirs;
  conflict->base = g_strdup (side_db_column_text (row, 8));
  return conflict;
}

/**
 * side_db_list_conflicts:
 * @self: the database
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideConflict) (nullable): all of them
 */
GPtrArray *
side_db_list_conflicts (SideDb  *self,
                        GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_conflict_free);
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT c.kind, c.document, c.revision, c.change, c.changed_ms, c.author, c.body, c.deleted, o.base "
                                "FROM conflicts AS c LEFT JOIN outbox AS o ON o.kind = c.kind AND o.document = c.document "
                                "ORDER BY c.changed_ms, c.document", error);
  if (stmt == NULL)
    return NULL;
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (SideDocument) mine = NULL;

      mine = side_db_get_document (self, side_db_column_text (stmt, 0), side_db_column_text (stmt, 1), NULL, NULL, NULL);
      if (mine != NULL)
        g_ptr_array_add (list, conflict_of (mine, stmt));
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

static SideConflict *
find_conflict (SideDb      *self,
               const char  *kind,
               const char  *id,
               GError     **error)
{
  g_autoptr (GPtrArray) list = side_db_list_conflicts (self, error);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      SideConflict *conflict = list->pdata[i];

      if (g_str_equal (conflict->mine->kind, kind) && g_str_equal (conflict->mine->id, id))
        return g_ptr_array_steal_index (list, i);
    }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s %s is not in conflict", kind, id);
  return NULL;
}

/**
 * side_db_resolve:
 * @self: the database, in a transaction
 * @kind: the document's kind
 * @id: its UUID
 * @shown: revision of the server's version that the person saw
 * @how: which version stays
 * @merged: (nullable): the body for %SIDE_RESOLVE_MERGED
 * @now_ms: the present instant
 * @error: (out): NOT_FOUND when it is not in conflict; CONFLICT when the
 *   server's version is not the one that was shown: nothing is done then
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_resolve (SideDb       *self,
                 const char   *kind,
                 const char   *id,
                 gint64        shown,
                 SideResolve   how,
                 const char   *merged,
                 gint64        now_ms,
                 GError      **error)
{
  g_autoptr (SideConflict) conflict = find_conflict (self, kind, id, error);
  g_autofree char *body = g_strdup (merged);
  SideDocument *mine;
  gint64 edit = 0;

  if (conflict != NULL && conflict->theirs->revision != shown)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "%s %s was changed again: %" G_GINT64_FORMAT " is newer than %"
                   G_GINT64_FORMAT, kind, id, conflict->theirs->revision, shown);
      return FALSE;
    }
  if (conflict == NULL || !side_db_drop_conflict (self, kind, id, error)
      || !side_db_resolve_versions (self, conflict, how, &body, error)
      || !side_db_get_int (self, &edit, error, "SELECT edit FROM documents WHERE kind = ?1 AND id = ?2", "tt", kind, id))
    return FALSE;
  if (how == SIDE_RESOLVE_TAKE_THEIRS)
    return side_db_run (self, error, "DELETE FROM outbox WHERE kind = ?1 AND document = ?2", "tt", kind, id)
           && side_db_put_document (self, conflict->theirs, FALSE, edit + 1, error);
  mine = conflict->mine;
  mine->revision = conflict->theirs->revision;
  mine->change = conflict->theirs->change;
  if (how == SIDE_RESOLVE_MERGED)
    {
      g_free (mine->body);
      mine->body = g_steal_pointer (&body);
      mine->deleted = FALSE;
      mine->changed_ms = now_ms;
    }
  return side_db_put_document (self, mine, TRUE, edit + 1, error)
         && side_db_run (self, error, "UPDATE outbox SET base_revision = ?3, base = ?4, attempts = 0, error = NULL, refused = 0 "
                         "WHERE kind = ?1 AND document = ?2", "ttit", kind, id, mine->revision,
                         conflict->theirs->deleted ? NULL : conflict->theirs->body);
}
