/* side-sqlite-scripts.c - what a version of a script says stays as it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reviews name a script's version, and an operator was judged by it: nobody
 * rewrites it afterwards, supervisors included. In the writer's transaction,
 * so that two who put the same version in use at once cannot both.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"

/* The script as it stood last, also where it was deleted since. */
static SideScript *
load_last (sqlite3    *db,
           const char *id)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = 'script' AND id = ? AND body IS NOT NULL "
                               "ORDER BY revision DESC LIMIT 1", NULL);
  g_autofree char *body = NULL;

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, id);
  if (side_sqlite_step (statement, NULL) == 1)
    body = side_sqlite_column_text (statement, 0);
  return body != NULL ? side_wire_script_from_json (body, -1, NULL) : NULL;
}

/* Returns: (transfer full): all that may not change while the version stays */
static char *
what_it_says (const SideScript *script)
{
  g_autoptr (SideScript) bare = side_script_copy (script);

  bare->state = SIDE_SCRIPT_IN_USE;
  bare->since_ms = 0;
  return side_wire_script_to_json (bare);
}

/**
 * side_sqlite_refuse_script:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 *
 * Returns: whether it would change what a version of a script says
 */
gboolean
side_sqlite_refuse_script (sqlite3         *db,
                           SideArchiveItem *item)
{
  const SideDocument *document = item->document;
  g_autoptr (SideScript) old = NULL;
  g_autoptr (SideScript) new = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (strcmp (document->kind, "script") != 0 || document->deleted || document->body == NULL)
    return FALSE;
  old = load_last (db, document->id);
  new = side_wire_script_from_json (document->body, -1, NULL);
  if (old == NULL || new == NULL || new->version > old->version)
    return FALSE;
  if (new->version < old->version)
    {
      g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                   "the script has version %d already, and versions only grow: this one must be higher", old->version);
      return TRUE;
    }
  before = what_it_says (old);
  after = what_it_says (new);
  if (g_str_equal (before, after))
    return FALSE;
  g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
               "version %d is in use, and reviews name it: what it says never changes; a change is a new version", old->version);
  return TRUE;
}
