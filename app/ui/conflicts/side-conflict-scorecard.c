/* side-conflict-scorecard.c - two versions of one scorecard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * People choose between answers and words. Whose it is and which version of the
 * form it is made with follows: a scorecard bears the name of who wrote it last,
 * or the server does not take it, and goes on with the newer form.
 */
#include "side-conflict-scorecard.h"

#include <json-glib/json-glib.h>

#include "side-conflict-merge.h"

/**
 * side_conflict_scorecard_list_fields:
 * @mine: JSON of the version here
 * @theirs: JSON of the server's version
 * @base: (nullable): JSON of what both were made from
 *
 * Returns: (transfer full) (element-type SideConflictField): where they differ,
 *   of what can be chosen
 */
GPtrArray *
side_conflict_scorecard_list_fields (const char *mine,
                                     const char *theirs,
                                     const char *base)
{
  static const char *const followed[] = { "author", "created_ms", "script_version", NULL };
  GPtrArray *fields = side_conflict_list_fields (mine, theirs, base);

  for (guint i = fields->len; i-- > 0;)
    if (g_strv_contains (followed, ((const SideConflictField *) fields->pdata[i])->member))
      g_ptr_array_remove_index (fields, i);
  return fields;
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * side_conflict_scorecard_merge:
 * @mine: JSON of the version here
 * @theirs: JSON of the server's version
 * @fields: (element-type SideConflictField): what was chosen
 *
 * Returns: (transfer full) (nullable): JSON of what was chosen of both, written
 *   by who decides; %NULL when that is what the server has
 */
char *
side_conflict_scorecard_merge (const char *mine,
                               const char *theirs,
                               GPtrArray  *fields)
{
  g_autofree char *merged = side_conflict_merge (mine, theirs, fields);
  g_autoptr (JsonNode) node = json_from_string (merged, NULL), here = json_from_string (mine, NULL);
  JsonObject *object = object_of (node), *ours = object_of (here);
  gboolean takes = FALSE;

  for (guint i = 0; i < fields->len; i++)
    takes = takes || ((const SideConflictField *) fields->pdata[i])->take_mine;
  if (!takes)
    return NULL;
  if (object == NULL || ours == NULL)
    return g_steal_pointer (&merged);
  if (json_object_has_member (ours, "author"))
    json_object_set_member (object, "author", json_node_copy (json_object_get_member (ours, "author")));
  if (json_object_get_int_member_with_default (ours, "script_version", 0)
      > json_object_get_int_member_with_default (object, "script_version", 0))
    json_object_set_member (object, "script_version", json_node_copy (json_object_get_member (ours, "script_version")));
  return json_to_string (node, FALSE);
}
