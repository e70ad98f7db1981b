/* side-sqlite-scope.c - what operators and clients are shown of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queries find what concerns an operator's own calls; here it is looked
 * at whether it is for them as it stands, and what others' it holds is taken
 * out. A kind nobody thought of is not shown. Clients see the results of
 * reviewing, by alias, and not how the reviewers come to them: those documents
 * name operators and users.
 */
#include "side-sqlite-private.h"

#include "side-wire-operator.h"

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
is_for_clients (const SideDocument *document)
{
  static const char *const inner[] = { "draft", "plan", "calibration", "dispute", "acknowledgement", "coaching", NULL };

  return !g_strv_contains (inner, document->kind);
}

/* Returns: whether @document is for who asks; it is then as they may see it. */
gboolean
side_sqlite_show (sqlite3          *db,
                  const SideScope  *scope,
                  SideDocument     *document,
                  GError          **error)
{
  g_autofree char *body = NULL;
  char *shown;

  if (scope->client && !is_for_clients (document))
    return FALSE;
  if (scope->only_operator == NULL)
    return TRUE;
  body = document->deleted ? last_body (db, document, error) : g_strdup (document->body);
  shown = body != NULL ? side_wire_body_for_operator (document->kind, body, scope->only_operator, scope->user) : NULL;
  if (shown == NULL)
    return FALSE;
  if (document->deleted)
    g_free (shown);
  else
    {
      g_free (document->body);
      document->body = shown;
    }
  if (g_strcmp0 (document->author, scope->user) != 0)
    g_clear_pointer (&document->author, g_free);
  return TRUE;
}
