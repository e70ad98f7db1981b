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
#include "side-script-check.h"

/**
 * side_sqlite_load_last_body:
 * @db: the writer's connection
 * @kind: a document's kind
 * @id: its UUID
 * @current: (nullable): what stands there; %NULL also when it was not looked up
 *
 * Returns: (transfer full) (nullable): its body as it stood last, also where it
 *   was deleted since; %NULL when there never was one
 */
char *
side_sqlite_load_last_body (sqlite3            *db,
                            const char         *kind,
                            const char         *id,
                            const SideDocument *current)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (current != NULL && current->body != NULL)
    return g_strdup (current->body);
  statement = side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = ? AND id = ? AND body IS NOT NULL "
                                       "ORDER BY revision DESC LIMIT 1", NULL);
  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, kind);
  side_sqlite_bind_text (statement, 2, id);
  return side_sqlite_step (statement, NULL) == 1 ? side_sqlite_column_text (statement, 0) : NULL;
}

/**
 * side_sqlite_load_script:
 * @db: the writer's connection
 * @project: whose it is
 * @id: (nullable): its UUID
 * @version: which version of it
 *
 * Returns: (transfer full) (nullable): that version of it, also where it was
 *   deleted since
 */
SideScript *
side_sqlite_load_script (sqlite3    *db,
                         const char *project,
                         const char *id,
                         int         version)
{
  const char *projects[] = { project, NULL };
  g_autoptr (SideDocument) document = id != NULL ? side_sqlite_get_script (db, id, version, SIDE_SCOPE (projects), NULL) : NULL;

  return document != NULL && document->body != NULL ? side_wire_script_from_json (document->body, -1, NULL) : NULL;
}

/* A form that cannot be filled in, or whose score nobody can tell, is in no use. */
static gboolean
check_form (const SideScript  *script,
            GError           **error)
{
  g_autoptr (GPtrArray) findings = script->state == SIDE_SCRIPT_IN_USE ? side_script_check (script) : NULL;

  if (findings != NULL && side_script_count_criteria (script) == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                   "version %d of the script has no criteria: a script is put in use with a form to score by", script->version);
      return FALSE;
    }
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const SideScriptFinding *finding = findings->pdata[i];

      if (finding->severity != SIDE_SEVERITY_ERROR)
        continue;
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                   "version %d of the script is not put in use: its check finds “%s” (%s)", script->version,
                   side_script_fault_to_string (finding->code),
                   finding->criterion != NULL ? finding->criterion : finding->section != NULL ? finding->section
                   : finding->step != NULL    ? finding->step
                                              : "the script");
      return FALSE;
    }
  return TRUE;
}

/* Versions follow one another: each is written apart, and a review may name it.
 * The first one here may bring its number from elsewhere. */
static gboolean
check_number (const SideScript  *old,
              const SideScript  *new,
              GError           **error)
{
  if (old == NULL || new->version == old->version + 1)
    return TRUE;
  if (new->version < old->version)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                 "the script has version %d already, and versions only grow: this one must be higher", old->version);
  else
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                 "versions of a script follow one another: the next one of this is %d, not %d", old->version + 1, new->version);
  return FALSE;
}

/**
 * side_sqlite_refuse_script:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 *
 * Returns: whether it would change what a version of a script says, or is a new
 *   one that cannot be put in use
 */
gboolean
side_sqlite_refuse_script (sqlite3         *db,
                           SideArchiveItem *item)
{
  const SideDocument *document = item->document;
  g_autoptr (SideScript) old = NULL;
  g_autoptr (SideScript) new = NULL;
  g_autofree char *last = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (strcmp (document->kind, "script") != 0 || document->deleted || document->body == NULL)
    return FALSE;
  last = side_sqlite_load_last_body (db, "script", document->id, NULL);
  old = last != NULL ? side_wire_script_from_json (last, -1, NULL) : NULL;
  new = side_wire_script_from_json (document->body, -1, NULL);
  if (new == NULL)
    return FALSE;
  if (old == NULL || new->version != old->version)
    return !check_number (old, new, &item->refusal) || !check_form (new, &item->refusal);
  before = side_wire_script_content (old);
  after = side_wire_script_content (new);
  if (g_str_equal (before, after))
    return FALSE;
  g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
               "version %d is in use, and reviews name it: what it says never changes; a change is a new version", old->version);
  return TRUE;
}
