/* side-conflict-choice.c - what of a conflict is left to a person
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kinds of documents have rules of their own: a dispute that is closed stays
 * so, a plan hangs together, reviews and scorecards have files of their own. The rest is
 * compared place by place.
 */
#include "side-conflict-choice.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "side-conflict-review.h"
#include "side-conflict-scorecard.h"
#include "side-wire.h"

static gboolean
is_one_deleted (const SideConflict *conflict)
{
  return conflict->mine->deleted || conflict->theirs->deleted;
}

/**
 * side_conflict_choice_say:
 * @conflict: any
 *
 * Returns: (transfer none) (nullable): why theirs stands, where nobody may
 *   change it any more
 */
const char *
side_conflict_choice_say (const SideConflict *conflict)
{
  g_autoptr (SideDispute) theirs = NULL;
  g_autoptr (SideDispute) mine = NULL;

  if (!g_str_equal (conflict->theirs->kind, "dispute") || is_one_deleted (conflict))
    return NULL;
  theirs = side_wire_dispute_from_json (conflict->theirs->body, -1, NULL);
  if (theirs == NULL || theirs->state == SIDE_DISPUTE_OPEN)
    return NULL;
  mine = side_wire_dispute_from_json (conflict->mine->body, -1, NULL);
  if (mine != NULL && mine->judge != NULL)
    return theirs->state == SIDE_DISPUTE_WITHDRAWN ? _("The dispute was withdrawn meanwhile; that stands. Your ruling on it does not count.")
                                                   : _("Somebody else judged the dispute meanwhile; that stands. Your ruling on it does not count.");
  return theirs->state == SIDE_DISPUTE_WITHDRAWN ? _("The dispute was withdrawn meanwhile; that stands.")
                                                 : _("The dispute was judged meanwhile; that stands.");
}

/**
 * side_conflict_choice_list:
 * @conflict: any
 *
 * A document deleted on one side differs in one thing: whether it is there.
 *
 * Returns: (transfer full) (element-type SideConflictField): where the two differ
 */
GPtrArray *
side_conflict_choice_list (const SideConflict *conflict)
{
  const char *mine = conflict->mine->body;
  const char *theirs = conflict->theirs->body;
  GPtrArray *fields;

  if (is_one_deleted (conflict))
    return side_conflict_list_fields (conflict->mine->deleted ? "{\"text\":null}" : "{\"text\":\"\"}",
                                      conflict->theirs->deleted ? "{}" : "{\"text\":\"-\"}", NULL);
  if (g_str_equal (conflict->mine->kind, "review"))
    return side_conflict_review_list_fields (mine, theirs, conflict->base);
  if (g_str_equal (conflict->mine->kind, "scorecard"))
    return side_conflict_scorecard_list_fields (mine, theirs, conflict->base);
  fields = side_conflict_list_fields (mine, theirs, conflict->base);
  for (guint i = 0; side_conflict_choice_say (conflict) != NULL && i < fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      field->settled = TRUE;
      field->take_mine = FALSE;
    }
  return fields;
}

/**
 * side_conflict_choice_is_left:
 * @fields: (element-type SideConflictField): where two versions differ
 *
 * Returns: whether there is anything to choose
 */
gboolean
side_conflict_choice_is_left (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    if (!((const SideConflictField *) g_ptr_array_index (fields, i))->settled)
      return TRUE;
  return FALSE;
}

/**
 * side_conflict_choice_needs_nobody:
 * @conflict: any
 *
 * Returns: whether it can be put in order without asking: each side changed
 *   something else, or theirs stands anyhow. What somebody writes or finishes
 *   for long, a script or a review, is not put together behind their back.
 */
gboolean
side_conflict_choice_needs_nobody (const SideConflict *conflict)
{
  static const char *const asked[] = { "review", "script", "draft", NULL };
  g_autoptr (GPtrArray) fields = NULL;

  if (side_conflict_choice_say (conflict) != NULL)
    return TRUE;
  if (is_one_deleted (conflict) || conflict->base == NULL || g_strv_contains (asked, conflict->mine->kind))
    return FALSE;
  fields = side_conflict_choice_list (conflict);
  return !side_conflict_choice_is_left (fields);
}

static JsonNode *
parse (const char *body)
{
  g_autoptr (JsonNode) node = body != NULL ? json_from_string (body, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static void
take_member (JsonObject *to,
             JsonObject *from,
             const char *member)
{
  if (json_object_has_member (from, member))
    json_object_set_member (to, member, json_node_copy (json_object_get_member (from, member)));
}

/* Only what was put in order is written anew: the rest may say more than we know of. */
static char *
settle_plan (const SideConflict *conflict,
             char               *merged)
{
  g_autofree char *given = merged;
  g_autoptr (SidePlan) plan = side_wire_plan_from_json (merged, -1, NULL);
  g_autoptr (SidePlan) mine = side_wire_plan_from_json (conflict->mine->body, -1, NULL);
  g_autoptr (SidePlan) theirs = side_wire_plan_from_json (conflict->theirs->body, -1, NULL);
  g_autoptr (SidePlan) base = conflict->base != NULL ? side_wire_plan_from_json (conflict->base, -1, NULL) : NULL;
  const SidePlan *versions[] = { mine, theirs, base };
  g_autoptr (JsonNode) old = parse (merged);
  g_autoptr (JsonNode) new = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (plan == NULL || mine == NULL || theirs == NULL || old == NULL)
    return g_steal_pointer (&given);
  before = side_wire_plan_to_json (plan);
  side_plan_settle (plan, versions, base != NULL ? 3 : 2);
  after = side_wire_plan_to_json (plan);
  if (g_str_equal (before, after))
    return g_steal_pointer (&given);
  new = parse (after);
  take_member (json_node_get_object (old), json_node_get_object (new), "items");
  take_member (json_node_get_object (old), json_node_get_object (new), "tasks");
  return json_to_string (old, FALSE);
}

/**
 * side_conflict_choice_merge:
 * @conflict: one in which neither side is deleted
 * @fields: (element-type SideConflictField): what was chosen
 *
 * Returns: (transfer full) (nullable): JSON of what was chosen of both; %NULL
 *   when that is what the server has
 */
char *
side_conflict_choice_merge (const SideConflict *conflict,
                            GPtrArray          *fields)
{
  g_autoptr (JsonNode) chosen = NULL;
  g_autoptr (JsonNode) theirs = parse (conflict->theirs->body);
  char *merged;

  if (g_str_equal (conflict->mine->kind, "scorecard"))
    return side_conflict_scorecard_merge (conflict->mine->body, conflict->theirs->body, fields);
  merged = side_conflict_merge (conflict->mine->body, conflict->theirs->body, fields);
  if (side_conflict_choice_say (conflict) != NULL)
    g_clear_pointer (&merged, g_free);
  if (merged != NULL && g_str_equal (conflict->mine->kind, "plan"))
    merged = settle_plan (conflict, merged);
  chosen = parse (merged);
  /* Of a review more than this is kept: see side_conflict_review_settle(). */
  if (chosen != NULL && theirs != NULL && !g_str_equal (conflict->mine->kind, "review") && json_node_equal (chosen, theirs))
    g_clear_pointer (&merged, g_free);
  return merged;
}

/**
 * side_conflict_choice_describe:
 * @desk: whose user decides
 * @conflict: what is to be decided about
 * @again: whether it was changed while they looked at it
 *
 * Returns: (transfer full): who changed it, and what becomes of it, as markup
 */
char *
side_conflict_choice_describe (SideDesk           *desk,
                               const SideConflict *conflict,
                               gboolean            again)
{
  const char *author = conflict->theirs->author;
  const char *stands = side_conflict_choice_say (conflict);
  const char *more = stands != NULL ? stands : side_conflict_review_say (desk, conflict->mine, conflict->theirs);
  g_autoptr (GString) text = g_string_new (again ? _("It was changed again; look once more") : NULL);

  if (again)
    g_string_append_c (text, '\n');
  if (author == NULL)
    g_string_append (text, _("Also changed elsewhere"));
  else if (g_strcmp0 (author, side_desk_get_user (desk)) == 0)
    g_string_append (text, _("Also changed by you, on another computer"));
  else
    /* Translators: who changed the other version */
    g_string_append_printf (text, _("Also changed by %s"), author);
  if (more != NULL)
    g_string_append_printf (text, "\n%s", more);
  return g_markup_escape_text (text->str, -1);
}
