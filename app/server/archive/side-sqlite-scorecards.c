/* side-sqlite-scorecards.c - whether a scorecard may be written or deleted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction. What it answers must be on the form, as in a
 * review; it is never sealed, and so the staff may change each other's. To take
 * one away is for its maker and for supervisors, whoever wrote in it last.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"
#include "side-review-check.h"

/* Returns: (transfer full) (nullable): who made it */
static char *
load_maker (sqlite3            *db,
            const SideDocument *document)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT author FROM document_revision WHERE kind = 'scorecard' AND id = ? AND revision = 1", NULL);

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, document->id);
  return side_sqlite_step (statement, NULL) == 1 ? side_sqlite_column_text (statement, 0) : NULL;
}

static gboolean
refuse_removal (sqlite3            *db,
                SideArchiveItem    *item,
                const SideDocument *current)
{
  g_autofree char *maker = current != NULL && !item->supervisor ? load_maker (db, current) : NULL;

  if (maker == NULL || g_str_equal (maker, item->document->author))
    return FALSE;
  g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                       "somebody else made the scorecard: only they and supervisors delete it");
  return TRUE;
}

/**
 * side_sqlite_refuse_scorecard:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 * @current: (nullable): what stands there
 *
 * Returns: whether it is a scorecard that cannot be stored as asked
 */
gboolean
side_sqlite_refuse_scorecard (sqlite3            *db,
                              SideArchiveItem    *item,
                              const SideDocument *current)
{
  const SideDocument *document = item->document;
  g_autoptr (SideScorecard) card = NULL;
  g_autoptr (SideScript) script = NULL;

  if (strcmp (document->kind, "scorecard") != 0 || item->own || document->author == NULL)
    return FALSE;
  if (document->deleted || document->body == NULL)
    return refuse_removal (db, item, current);
  card = side_wire_scorecard_from_json (document->body, -1, &item->refusal);
  if (card == NULL)
    return TRUE;
  if (g_strcmp0 (card->review->reviewer, document->author) != 0)
    {
      g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                           "“author” of a scorecard is who writes it, and that is not you");
      return TRUE;
    }
  script = side_sqlite_load_script (db, card->review->project, card->review->script, card->review->script_version);
  return !side_review_check_content (card->review, NULL, script, NULL, item->at_ms, &item->refusal);
}
