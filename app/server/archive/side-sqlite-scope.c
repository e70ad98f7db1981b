/* side-sqlite-scope.c - what operators and clients are shown of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queries find what concerns an operator's own calls; here it is looked
 * at whether it is for them as it stands, and what others' it holds is taken
 * out. What is blind is for nobody but its reviewer. A kind nobody thought of is not shown. Clients see the results of
 * reviewing, by alias, and not how the reviewers come to them: those documents
 * name operators and users. What they heard and exported themselves is theirs,
 * and test calls they read without the names of who answered. When a campaign
 * calls next is for nobody but those who make its calls.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-wire-operator.h"
#include "side-wire.h"

/* What stood in a document before it was deleted, which decides who may know. */
static char *
last_body (sqlite3             *db,
           const SideDocument  *document,
           GError             **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = ? AND id = ? AND body IS NOT NULL "
                               "ORDER BY revision DESC LIMIT 1", error);

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, document->kind);
  side_sqlite_bind_text (statement, 2, document->id);
  return side_sqlite_step (statement, error) == 1 ? side_sqlite_column_text (statement, 0) : NULL;
}

static gboolean
is_for_clients (const SideDocument *document,
                const char         *user)
{
  static const char *const own[] = { "listening", "export", NULL };
  static const char *const inner[] = { "draft", "plan", "calibration", "dispute", "acknowledgement", "coaching", "scorecard", NULL };

  if (g_strv_contains (own, document->kind))
    return user != NULL && g_strcmp0 (document->author, user) == 0;
  return !g_strv_contains (inner, document->kind);
}

typedef struct {
  sqlite3         *db;
  const SideScope *scope;
  const char      *project;
} Asker;

static gboolean
is_own_call (const char *id,
             gpointer    data)
{
  const Asker *asker = data;
  g_autoptr (SideCall) call = side_sqlite_load_call (asker->db, id, NULL);

  return call != NULL && call->answered_ms != 0 && g_strcmp0 (call->operator_id, asker->scope->only_operator) == 0
         && g_strcmp0 (call->project, asker->project) == 0;
}

/* Whether the operator was shown it once and is to be told to let go of it. */
static gboolean
was_shown (sqlite3             *db,
           const SideScope     *scope,
           const SideDocument  *document,
           GError             **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (scope->only_operator == NULL || strcmp (document->kind, "coaching") != 0)
    return FALSE;
  statement = side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = ? AND id = ? AND body IS NOT NULL "
                                       "ORDER BY revision DESC", error);
  if (statement == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, document->kind);
  side_sqlite_bind_text (statement, 2, document->id);
  while (side_sqlite_step (statement, error) == 1)
    {
      g_autofree char *shown = side_wire_body_for_operator (document->kind, (const char *) sqlite3_column_text (statement, 0),
                                                            scope->only_operator, scope->user);

      if (shown != NULL)
        return TRUE;
    }
  return FALSE;
}

static char *
as_shown (sqlite3            *db,
          const SideDocument *document,
          const char         *body,
          const SideScope    *scope)
{
  Asker asker = { db, scope, document->project };
  g_autofree char *shown = NULL;

  if (body == NULL)
    return NULL;
  if (scope->only_operator == NULL)
    return side_wire_body_for_client (document->kind, body);
  shown = side_wire_body_for_operator (document->kind, body, scope->only_operator, scope->user);
  return shown != NULL && strcmp (document->kind, "coaching") == 0 ? side_wire_coaching_for_calls (shown, is_own_call, &asker)
                                                                   : g_steal_pointer (&shown);
}

/* What was shared and is not any more, as if it were deleted. */
static void
take_away (SideDocument *document)
{
  document->deleted = TRUE;
  g_clear_pointer (&document->body, g_free);
  g_clear_pointer (&document->author, g_free);
}

/* Whoever made a test call knows what they heard. */
static gboolean
is_own_test_call (const SideDocument *document,
                  const char         *user)
{
  return strcmp (document->kind, "test-call") == 0 && user != NULL && g_strcmp0 (document->author, user) == 0;
}

/* The envelope of a test call names the call centre's own call no more than its body does. */
static void
forget_call (SideDocument *document,
             const char   *shown)
{
  g_autoptr (SideTestCall) call = NULL;

  if (strcmp (document->kind, "test-call") != 0 || document->call == NULL)
    return;
  call = side_wire_test_call_from_json (shown, -1, NULL);
  if (call == NULL || call->call == NULL)
    g_clear_pointer (&document->call, g_free);
}

/* @owed: (nullable): what the same person was found to owe for the document before.
 * Returns: whether @document is for who asks; it is then as they may see it. */
gboolean
side_sqlite_show (sqlite3          *db,
                  const SideScope  *scope,
                  SideSqliteOwed   *owed,
                  SideDocument     *document,
                  GError          **error)
{
  static const char *const looked_into[] = { "review", "dispute", "test-call", "campaign", NULL };
  g_autofree char *body = NULL;
  char *shown;

  if (scope->client && !is_for_clients (document, scope->user))
    return FALSE;
  if (scope->only_operator == NULL && !g_strv_contains (looked_into, document->kind))
    return TRUE;
  body = document->deleted ? last_body (db, document, error) : g_strdup (document->body);
  if (side_sqlite_hides (db, document, body, scope->user, error) || side_sqlite_is_secret (document, body, scope->user))
    return FALSE;
  if (scope->only_operator == NULL && (!scope->client || is_own_test_call (document, scope->user)))
    return !side_sqlite_is_owed (db, owed, document, scope->user, error);
  shown = as_shown (db, document, body, scope);
  if (shown == NULL)
    {
      if (!was_shown (db, scope, document, error))
        return FALSE;
      take_away (document);
      return TRUE;
    }
  forget_call (document, shown);
  if (document->deleted)
    g_free (shown);
  else
    {
      g_free (document->body);
      document->body = shown;
    }
  if (scope->only_operator != NULL && g_strcmp0 (document->author, scope->user) != 0)
    g_clear_pointer (&document->author, g_free);
  return TRUE;
}
