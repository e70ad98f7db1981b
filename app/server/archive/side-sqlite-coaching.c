/* side-sqlite-coaching.c - whether a coaching note may be written or deleted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction. The operator reads these words as those of
 * whoever signed them: nobody else writes, changes or shows them.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"

static gboolean
refuse (SideArchiveItem *item,
        const char      *why)
{
  g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, why);
  return TRUE;
}

/**
 * side_sqlite_refuse_coaching:
 * @item: a document somebody writes, of any kind; its refusal is set
 * @current: (nullable): what stands there
 *
 * Returns: whether it is a coaching note that cannot be stored as asked
 */
gboolean
side_sqlite_refuse_coaching (SideArchiveItem    *item,
                             const SideDocument *current)
{
  const SideDocument *document = item->document;
  g_autoptr (SideCoaching) note = NULL;
  g_autoptr (SideCoaching) old = NULL;
  gboolean removes = document->deleted || document->body == NULL;

  if (strcmp (document->kind, "coaching") != 0 || item->own || document->author == NULL)
    return FALSE;
  if (current != NULL && !current->deleted && current->body != NULL)
    old = side_wire_coaching_from_json (current->body, -1, NULL);
  if (old != NULL && g_strcmp0 (old->author, document->author) != 0 && !(removes && item->supervisor))
    return refuse (item, "the coaching note is somebody else’s: only they change it, and supervisors may delete it");
  if (removes)
    return FALSE;
  note = side_wire_coaching_from_json (document->body, -1, &item->refusal);
  if (note == NULL)
    return TRUE;
  if (g_strcmp0 (note->author, document->author) != 0)
    return refuse (item, "“author” of a coaching note is who writes it, and that is not you");
  if (old != NULL && g_strcmp0 (old->operator_id, note->operator_id) != 0)
    return refuse (item, "a coaching note stays with its operator");
  return FALSE;
}
