/* side-db-documents.c - scripts, reviews and annotations, ours and the server's
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document is dirty while an edit of ours is not on the server; it has a
 * row in the outbox exactly then. A version from the server never replaces a
 * dirty document: it is put beside it as a conflict.
 */
#include "side-db.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "side-plan-rule.h"
#include "side-wire.h"

#define DOCUMENT_SQL \
  "SELECT kind, id, project, call, revision, change, changed_ms, author, body, deleted, dirty, edit FROM documents "

static SideDocument *
document_from_row (sqlite3_stmt *stmt)
{
  SideDocument *document = side_document_new (side_db_column_text (stmt, 0), side_db_column_text (stmt, 1),
                                              side_db_column_text (stmt, 2));

  document->call = g_strdup (side_db_column_text (stmt, 3));
  document->revision = sqlite3_column_int64 (stmt, 4);
  document->change = sqlite3_column_int64 (stmt, 5);
  document->changed_ms = sqlite3_column_int64 (stmt, 6);
  document->author = g_strdup (side_db_column_text (stmt, 7));
  document->body = g_strdup (side_db_column_text (stmt, 8));
  document->deleted = sqlite3_column_int (stmt, 9) != 0;
  return document;
}

/**
 * side_db_get_document:
 * @self: the database
 * @kind: its kind
 * @id: its UUID
 * @dirty: (out) (optional): whether it has unsent edits
 * @edit: (out) (optional): count of edits made here
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the document, also one that is marked
 *   deleted; %NULL without an error when there is none
 */
SideDocument *
side_db_get_document (SideDb      *self,
                      const char  *kind,
                      const char  *id,
                      gboolean    *dirty,
                      gint64      *edit,
                      GError     **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, DOCUMENT_SQL "WHERE kind = ?1 AND id = ?2", error);
  SideDocument *document;

  if (dirty != NULL)
    *dirty = FALSE;
  if (edit != NULL)
    *edit = 0;
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, kind, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, id, -1, SQLITE_TRANSIENT);
  if (side_db_step (self, stmt, error) != SQLITE_ROW)
    return NULL;
  document = document_from_row (stmt);
  if (dirty != NULL)
    *dirty = sqlite3_column_int (stmt, 10) != 0;
  if (edit != NULL)
    *edit = sqlite3_column_int64 (stmt, 11);
  sqlite3_reset (stmt);
  return document;
}

/**
 * side_db_list_documents:
 * @self: the database
 * @kind: (nullable): only that kind
 * @project: (nullable): only of that project
 * @call: (nullable): only about that call
 * @error: (out): the error
 *
 * Returns: (transfer full) (element-type SideDocument) (nullable): what is
 *   not deleted, the oldest change first
 */
GPtrArray *
side_db_list_documents (SideDb      *self,
                        const char  *kind,
                        const char  *project,
                        const char  *call,
                        GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  sqlite3_stmt *stmt;
  int rc;

#define REST "(?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR project = ?3) AND deleted = 0 ORDER BY changed_ms, id"
  if (call != NULL)
    stmt = side_db_prepare (self, DOCUMENT_SQL "WHERE call = ?1 AND " REST, error);
  else
    stmt = side_db_prepare (self, DOCUMENT_SQL "WHERE ?1 IS NULL AND " REST, error);
#undef REST
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, call, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, kind, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, project, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (list, document_from_row (stmt));
  return rc == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/* What follows from a document: script versions, scores, words to find. */
static gboolean
follow_up (SideDb              *self,
           const SideDocument  *document,
           GError             **error)
{
  gboolean is_review = g_str_equal (document->kind, "review");
  SideCallRow row;

  if (g_str_equal (document->kind, "script"))
    {
      g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);

      if (!side_db_keep_script (self, document, error)
          || !side_db_calls_of_script (self, document->id, calls, error))
        return FALSE;
      for (guint i = 0; i < calls->len; i++)
        if (!side_db_score_call (self, calls->pdata[i], error))
          return FALSE;
      return TRUE;
    }
  if (is_review && !side_db_facts_of_review (self, document, error))
    return FALSE;
  if (document->call == NULL)
    return TRUE;
  if (is_review && !side_db_score_call (self, document->call, error))
    return FALSE;
  if (!side_db_find_call (self, document->call, &row, error))
    return FALSE;
  return row.n == 0 || side_db_index_call (self, row.n, error);
}

/**
 * side_db_put_document:
 * @self: the database, in a transaction
 * @document: its content from now on
 * @dirty: whether it has unsent edits
 * @edit: count of edits made here
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_document (SideDb              *self,
                      const SideDocument  *document,
                      gboolean             dirty,
                      gint64               edit,
                      GError             **error)
{
  return side_db_run (self, error,
                      "INSERT INTO documents (kind, id, project, call, revision, change, changed_ms, author, body, deleted, dirty, edit) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
                      "ON CONFLICT (kind, id) DO UPDATE SET project = ?3, call = ?4, revision = ?5, change = ?6, "
                      "changed_ms = ?7, author = ?8, body = ?9, deleted = ?10, dirty = ?11, edit = ?12",
                      "ttttiiittiii", document->kind, document->id, document->project, document->call,
                      document->revision, document->change, document->changed_ms, document->author, document->body,
                      (gint64) document->deleted, (gint64) dirty, edit)
         && follow_up (self, document, error);
}

/* Without what the server alone says in a review: nobody writes it, and nobody chooses it. */
static JsonNode *
parse_choice (const char *body)
{
  JsonNode *node = json_from_string (body, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_remove_member (json_node_get_object (node), "timing");
      json_object_remove_member (json_node_get_object (node), "replaced");
    }
  return node;
}

/* The server may write the same JSON with other spaces or another order. */
static gboolean
same_json (const char *a,
           const char *b)
{
  g_autoptr (JsonNode) left = NULL;
  g_autoptr (JsonNode) right = NULL;

  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  if (a == NULL || b == NULL)
    return FALSE;
  left = parse_choice (a);
  right = parse_choice (b);
  return left != NULL && right != NULL && json_node_equal (left, right);
}

/**
 * side_db_same_content:
 * @a: a document
 * @b: another version of it
 *
 * Returns: whether there is nothing to choose between them
 */
gboolean
side_db_same_content (const SideDocument *a,
                      const SideDocument *b)
{
  return !a->deleted == !b->deleted && (a->deleted || same_json (a->body, b->body));
}

/* Keeps @known, which @document would overwrite, unless it was in sight. An
 * edit made here has no place among the server's versions, so the newer one
 * is refused instead; whoever wrote it still has it. */
static gboolean
keep_unseen (SideDb              *self,
             const SideDocument  *known,
             gboolean             dirty,
             const SideDocument  *document,
             const SideDocument  *base,
             GError             **error)
{
  if (base == NULL || side_db_same_content (known, base) || side_db_same_content (known, document))
    return TRUE;
  if (!dirty)
    return side_db_put_conflict (self, known, error);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "%s %s was changed here meanwhile", known->kind, known->id);
  return FALSE;
}

/* What is written about a call that no server knows of stays here: it is never
 * dirty, has no row in the outbox, and nothing of it is left when it goes. */
static gboolean
put_unshared (SideDb              *self,
              const SideDocument  *known,
              const SideDocument  *document,
              const SideDocument  *base,
              gint64               edit,
              GError             **error)
{
  if (known != NULL && !keep_unseen (self, known, TRUE, document, base, error))
    return FALSE;
  if (!side_db_put_document (self, document, FALSE, edit + 1, error))
    return FALSE;
  return !document->deleted
         || side_db_run (self, error, "DELETE FROM documents WHERE kind = ?1 AND id = ?2", "tt", document->kind, document->id);
}

/* What an edit is made from, as far as the server had it; NULL where it had nothing. */
static const char *
body_before (const SideDocument *known,
             const SideDocument *base)
{
  const SideDocument *before = base != NULL ? base : known;

  return known == NULL || known->revision == 0 || before->deleted ? NULL : before->body;
}

static gboolean
was_given_up (SideDb           *self,
              const SideReview *review)
{
  g_autoptr (SideDocument) document = side_db_get_document (self, "plan", review->plan, NULL, NULL, NULL);
  g_autoptr (SidePlan) plan = document != NULL && document->body != NULL ? side_wire_plan_from_json (document->body, -1, NULL) : NULL;

  return plan != NULL && side_plan_gave_up (plan, review->call);
}

/* What is finished first after its plan had another call stand in is no result of
 * the draw: said here as the server says it, which goes before this. */
static void
judge (SideDb             *self,
       const SideDocument *known,
       SideDocument       *document)
{
  g_autoptr (SideReview) review = NULL;
  g_autoptr (SideReview) old = NULL;
  gboolean replaced;
  char *judged;

  if (!g_str_equal (document->kind, "review") || document->deleted || document->body == NULL || strstr (document->body, "\"random\"") == NULL)
    return;
  review = side_wire_review_from_json (document->body, -1, NULL);
  if (review == NULL || review->plan == NULL || review->selection != SIDE_SELECTION_RANDOM || side_review_get_first (review, NULL, NULL) == NULL)
    return;
  old = known != NULL && known->body != NULL ? side_wire_review_from_json (known->body, -1, NULL) : NULL;
  replaced = old != NULL && side_review_get_first (old, NULL, NULL) != NULL ? old->replaced : was_given_up (self, review);
  judged = replaced != review->replaced ? side_wire_review_with_verdict (document->body, review->timing, replaced) : NULL;
  if (judged == NULL)
    return;
  g_free (document->body);
  document->body = judged;
}

/**
 * side_db_put_local:
 * @self: the database, in a transaction
 * @document: what a person wrote; its revision and change are not looked at
 *   when the document is known already
 * @base: (nullable): the version the person had in sight while writing; %NULL
 *   for whatever is known now
 * @now_ms: the present instant
 * @error: (out): CONFLICT when another edit made here was not in sight
 *
 * Writes the document and its row in the outbox. Edits before the first one
 * is sent are one: they keep its place and its base; but each version of a
 * script that was put in use goes by itself. What was made and
 * deleted again before anybody was told of it leaves nothing behind. A
 * server's version that was not in sight is not overwritten: both are kept,
 * in conflict. About an imported call nothing goes into the outbox: the server
 * does not know it.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_put_local (SideDb              *self,
                   const SideDocument  *document,
                   const SideDocument  *base,
                   gint64               now_ms,
                   GError             **error)
{
  g_autoptr (SideDocument) merged = side_document_copy (document);
  g_autoptr (SideDocument) known = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean dirty, imported;
  gint64 attempts = 0;
  gint64 edit;

  known = side_db_get_document (self, document->kind, document->id, &dirty, &edit, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!side_db_is_imported (self, document->call, &imported, error))
    return FALSE;
  judge (self, known, merged);
  if (imported)
    return put_unshared (self, known, merged, base, edit, error);
  if (known != NULL)
    {
      merged->revision = known->revision;
      merged->change = known->change;
      if (!keep_unseen (self, known, dirty, document, base, error))
        return FALSE;
    }
  if (!side_db_get_int (self, &attempts, error, "SELECT attempts FROM outbox WHERE kind = ?1 AND document = ?2", "tt",
                        document->kind, document->id))
    return FALSE;
  if (!side_db_put_document (self, merged, TRUE, edit + 1, error)
      || !side_db_note_version (self, known, merged, error))
    return FALSE;
  if (merged->deleted && merged->revision == 0 && attempts == 0)
    return side_db_forget_versions (self, merged, error)
           && side_db_run (self, error, "DELETE FROM outbox WHERE kind = ?1 AND document = ?2", "tt", merged->kind, merged->id)
           && side_db_run (self, error, "DELETE FROM documents WHERE kind = ?1 AND id = ?2", "tt", merged->kind, merged->id);
  return side_db_run (self, error,
                      "INSERT INTO outbox (kind, document, base_revision, attempts, created_ms, base) VALUES (?1, ?2, ?3, 0, ?4, ?5) "
                      /* What the server would not take is another thing now. */
                      "ON CONFLICT (kind, document) DO UPDATE SET attempts = attempts * (refused = 0), "
                      "error = CASE refused WHEN 0 THEN error END, refused = 0", "ttiit",
                      merged->kind, merged->id, merged->revision, now_ms, body_before (known, base));
}

/* Whether an echo says otherwise what the server knows best of a review: how it
 * came, and whether its call was replaced. */
static gboolean
tells_verdict (const SideDocument *known,
               const SideDocument *echo)
{
  g_autoptr (SideReview) mine = NULL;
  g_autoptr (SideReview) theirs = NULL;

  if (!g_str_equal (echo->kind, "review") || echo->body == NULL || known->body == NULL
      || (!side_wire_review_has_verdict (echo->body) && !side_wire_review_has_verdict (known->body)))
    return FALSE;
  mine = side_wire_review_from_json (known->body, -1, NULL);
  theirs = side_wire_review_from_json (echo->body, -1, NULL);
  return mine != NULL && theirs != NULL && (mine->timing != theirs->timing || mine->replaced != theirs->replaced);
}

/**
 * side_db_put_remote:
 * @self: the database, in a transaction
 * @document: the server's version
 * @changed: (out): whether what is shown of it changed
 * @error: (out): the error
 *
 * Returns: %TRUE on success, also when an unsent edit kept it from being
 *   applied: then there is a conflict
 */
gboolean
side_db_put_remote (SideDb              *self,
                    const SideDocument  *document,
                    gboolean            *changed,
                    GError             **error)
{
  g_autoptr (SideDocument) known = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean dirty;
  gint64 edit;

  *changed = FALSE;
  known = side_db_get_document (self, document->kind, document->id, &dirty, &edit, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* An old version that comes late, or the echo of what we sent, which may say more than that did. */
  if (known != NULL && (document->revision < known->revision || (document->revision == known->revision && (dirty || !tells_verdict (known, document)))))
    return TRUE;
  *changed = TRUE;
  if (known == NULL || !dirty)
    return side_db_put_document (self, document, FALSE, edit, error);
  if (!side_db_same_content (known, document))
    {
      gboolean taken;

      return side_db_take_echo (self, document, &taken, error) && (taken || side_db_take_course (self, known, document, &taken, error))
             && (taken || side_db_put_conflict (self, document, error));
    }
  return side_db_run (self, error, "DELETE FROM outbox WHERE kind = ?1 AND document = ?2", "tt", document->kind, document->id)
         && side_db_forget_versions (self, document, error)
         && side_db_drop_conflict (self, document->kind, document->id, error)
         && side_db_put_document (self, document, FALSE, edit, error);
}
