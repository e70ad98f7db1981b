/* side-wire-plan.c - sampling plans as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <string.h>

#define MAX_TASKS     (3 * SIDE_PLAN_MAX_SIZE)
#define MAX_REVIEWERS 200
#define MAX_SHARE     1000
#define FRAME_PART    60000   /* characters of a packed frame in one text */
#define MAX_PARTS     8
#define SYSTEMATIC    "systematic"   /* the one word of "shares"; without it the largest remainders */

static const struct { const char *word; guint stratum; } strata_words[] = {
  { "operator", SIDE_PLAN_BY_OPERATOR }, { "queue", SIDE_PLAN_BY_QUEUE }, { "hour", SIDE_PLAN_BY_HOUR },
};

static void
append_items (GString        *out,
              const SidePlan *plan)
{
  side_json_open (out, "items", '[');
  for (guint i = 0; i < plan->items->len; i++)
    {
      const SidePlanItem *item = plan->items->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "call", item->call);
      if (*item->stratum != '\0')
        side_json_string (out, "stratum", item->stratum);
      if (item->rule != SIDE_PLAN_RULE_NONE)
        side_json_string (out, "rule", side_plan_rule_to_string (item->rule));
      side_json_int (out, "place", item->place);
      side_json_boolean (out, "drawn", item->drawn);
      side_json_string_maybe (out, "replaced_by", item->replaced_by);
      side_json_string_maybe (out, "reason", item->reason);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_work (GString        *out,
             const SidePlan *plan)
{
  side_json_open (out, "reviewers", '[');
  for (guint i = 0; i < plan->reviewers->len; i++)
    {
      const SidePlanReviewer *reviewer = plan->reviewers->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", reviewer->name);
      side_json_int (out, "share", reviewer->share);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "tasks", '[');
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "call", task->call);
      side_json_string (out, "reviewer", task->reviewer);
      side_json_string (out, "selection", side_selection_to_string (task->selection));
      side_json_int_maybe (out, "from_ms", task->from_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

/* A text holds 64 KiB, a packed list of calls more. */
static void
append_kept (GString        *out,
             const SidePlan *plan)
{
  gsize length = plan->frame != NULL ? strlen (plan->frame) : 0;

  if (plan->frame == NULL)
    return;
  side_json_open (out, "frame", '[');
  for (gsize at = 0; at < length; at += FRAME_PART)
    {
      g_autofree char *part = g_strndup (plan->frame + at, FRAME_PART);

      side_json_string (out, NULL, part);
    }
  side_json_close (out, ']');
}

static void
append_frame (GString        *out,
              const SidePlan *plan)
{
  side_json_int_maybe (out, "from_ms", plan->from_ms);
  side_json_int_maybe (out, "to_ms", plan->to_ms);
  side_json_string_maybe (out, "filters", plan->filters);
  side_json_int (out, "frame_calls", plan->frame_calls);
  side_json_string_maybe (out, "frame_sha256", plan->frame_sha256);
  append_kept (out, plan);
  if (plan->frame_partial)
    side_json_boolean (out, "frame_partial", TRUE);
  side_json_int (out, "size", plan->size);
  side_json_string_maybe (out, "seed", plan->seed);
  side_json_open (out, "strata", '[');
  for (gsize i = 0; i < G_N_ELEMENTS (strata_words); i++)
    if ((plan->strata & strata_words[i].stratum) != 0)
      side_json_string (out, NULL, strata_words[i].word);
  side_json_close (out, ']');
  if (plan->shares == SIDE_PLAN_SHARES_SYSTEMATIC)
    side_json_string (out, "shares", SYSTEMATIC);
}

/**
 * side_wire_plan_to_json:
 * @plan: a plan
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_plan_to_json (const SidePlan *plan)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", plan->id);
  side_json_string (out, "project", plan->project);
  side_json_string_maybe (out, "title", plan->title);
  side_json_string (out, "script", plan->script);
  side_json_int_maybe (out, "script_version", plan->script_version);
  side_json_string (out, "selected", side_plan_kind_to_string (plan->kind));
  append_frame (out, plan);
  append_items (out, plan);
  append_work (out, plan);
  side_json_int_maybe (out, "due_ms", plan->due_ms);
  side_json_int_maybe (out, "second_every", plan->second_every);
  side_json_int_maybe (out, "repeat_every", plan->repeat_every);
  side_json_string_maybe (out, "author", plan->author);
  side_json_int_maybe (out, "created_ms", plan->created_ms);
  side_json_int_maybe (out, "changed_ms", plan->changed_ms);
  side_json_int_maybe (out, "closed_ms", plan->closed_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_item (SidePlan    *plan,
           JsonObject  *object,
           GError     **error)
{
  SidePlanItem *item = side_plan_add_item (plan, NULL, NULL, 1, FALSE);
  const char *rule = NULL;
  g_autofree char *stratum = NULL;

  if (!side_json_read_needed (object, "call", &item->call, error)
      || !side_json_read_string (object, "stratum", &stratum, error)
      || !side_json_read_text (object, "rule", SIDE_JSON_MAX_INTERN, &rule, error)
      || !side_json_read_int (object, "place", 1, &item->place, error)
      || !side_json_read_boolean (object, "drawn", &item->drawn, error)
      || !side_json_read_string (object, "replaced_by", &item->replaced_by, error)
      || !side_json_read_string (object, "reason", &item->reason, error))
    return FALSE;
  item->rule = side_plan_rule_from_string (rule);
  if (stratum != NULL)
    {
      g_free (item->stratum);
      item->stratum = g_steal_pointer (&stratum);
    }
  return TRUE;
}

static gboolean
read_reviewer (SidePlan    *plan,
               JsonObject  *object,
               GError     **error)
{
  SidePlanReviewer *reviewer = side_plan_add_reviewer (plan, NULL, 1);

  if (!side_json_read_needed (object, "name", &reviewer->name, error)
      || !side_json_read_int (object, "share", 1, &reviewer->share, error))
    return FALSE;
  return reviewer->share <= MAX_SHARE || _side_wire_bad ("\"share\" is not 1 to 1000", error);
}

static gboolean
read_task (SidePlan    *plan,
           JsonObject  *object,
           GError     **error)
{
  SidePlanTask *task = side_plan_add_task (plan, NULL, NULL, SIDE_SELECTION_NONE);
  const char *selection = NULL;

  if (!side_json_read_needed (object, "call", &task->call, error)
      || !side_json_read_needed (object, "reviewer", &task->reviewer, error)
      || !side_json_read_text (object, "selection", SIDE_JSON_MAX_INTERN, &selection, error)
      || !side_json_read_ms (object, "from_ms", 0, &task->from_ms, error))
    return FALSE;
  task->selection = side_selection_from_string (selection);
  switch (task->selection)
    {
    case SIDE_SELECTION_RANDOM:
      return plan->kind == SIDE_PLAN_RANDOM || _side_wire_bad ("a chosen plan has a task for a random review", error);
    case SIDE_SELECTION_CHOSEN:
      return plan->kind == SIDE_PLAN_CHOSEN || _side_wire_bad ("a random plan has a task for a chosen review", error);
    case SIDE_SELECTION_SECOND:
    case SIDE_SELECTION_REPEAT:
      return TRUE;
    case SIDE_SELECTION_NONE:
    case SIDE_SELECTION_CALIBRATION:
    default:
      return _side_wire_bad ("\"selection\" is not a word we know", error);
    }
}

typedef gboolean (*ReadFunc) (SidePlan *plan, JsonObject *object, GError **error);

static gboolean
read_list (SidePlan    *plan,
           JsonObject  *object,
           const char  *name,
           guint        max,
           ReadFunc     read,
           GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, name, &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > max)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "\"%s\" holds more than %u", name, max);
      return FALSE;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *member = side_json_as_object (json_array_get_element (array, i), name, error);

      if (member == NULL || !read (plan, member, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_strata (SidePlan    *plan,
             JsonObject  *object,
             GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "strata", &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      guint found = 0;

      for (gsize k = 0; k < G_N_ELEMENTS (strata_words); k++)
        if (g_strcmp0 (word, strata_words[k].word) == 0)
          found = strata_words[k].stratum;
      if (found == 0)
        return _side_wire_bad ("\"strata\" holds a word we don't know", error);
      plan->strata |= found;
    }
  return TRUE;
}

static gboolean
read_shares (SidePlan    *plan,
             JsonObject  *object,
             GError     **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, "shares", SIDE_JSON_MAX_INTERN, &word, error))
    return FALSE;
  plan->shares = word != NULL ? SIDE_PLAN_SHARES_SYSTEMATIC : SIDE_PLAN_SHARES_REMAINDERS;
  return word == NULL || g_str_equal (word, SYSTEMATIC) || _side_wire_bad ("\"shares\" is not a word we know", error);
}

static gboolean
read_kept (SidePlan    *plan,
           JsonObject  *object,
           GError     **error)
{
  JsonArray *array = NULL;
  g_autoptr (GString) packed = NULL;

  if (!side_json_read_array (object, "frame", &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > MAX_PARTS)
    return _side_wire_bad ("\"frame\" holds more than 8 texts", error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *part = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

      if (part == NULL || strlen (part) > SIDE_JSON_MAX_TEXT)
        return _side_wire_bad ("\"frame\" holds what is no text, or too long a one", error);
      if (packed == NULL)
        packed = g_string_new (NULL);
      g_string_append (packed, part);
    }
  if (packed != NULL)
    plan->frame = g_string_free (g_steal_pointer (&packed), FALSE);
  return TRUE;
}

static gboolean
read_frame (SidePlan    *plan,
            JsonObject  *object,
            GError     **error)
{
  return side_json_read_ms (object, "from_ms", 0, &plan->from_ms, error)
         && side_json_read_ms (object, "to_ms", 0, &plan->to_ms, error)
         && side_json_read_string (object, "filters", &plan->filters, error)
         && side_json_read_int (object, "frame_calls", 0, &plan->frame_calls, error)
         && side_json_read_string (object, "frame_sha256", &plan->frame_sha256, error)
         && read_kept (plan, object, error)
         && side_json_read_boolean (object, "frame_partial", &plan->frame_partial, error)
         && side_json_read_int (object, "size", 0, &plan->size, error)
         && side_json_read_string (object, "seed", &plan->seed, error)
         && read_strata (plan, object, error)
         && read_shares (plan, object, error);
}

static gboolean
read_kind (SidePlan    *plan,
           JsonObject  *object,
           GError     **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, "selected", SIDE_JSON_MAX_INTERN, &word, error)
      || !side_json_need (word != NULL, "selected", error))
    return FALSE;
  return side_plan_kind_from_string (word, &plan->kind) || _side_wire_bad ("\"selected\" is not a word we know", error);
}

/**
 * side_wire_plan_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the plan
 */
SidePlan *
side_wire_plan_from_json (const char  *text,
                          gssize       len,
                          GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SidePlan) plan = NULL;

  if (object == NULL)
    return NULL;
  plan = side_plan_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &plan->id, error)
      || !side_json_read_needed (object, "project", &plan->project, error)
      || !side_json_read_string (object, "title", &plan->title, error)
      || !side_json_read_id (object, "script", &plan->script, error)
      || !side_json_read_int (object, "script_version", 0, &plan->script_version, error)
      || !read_kind (plan, object, error)
      || !read_frame (plan, object, error)
      || !read_list (plan, object, "items", SIDE_PLAN_MAX_ITEMS, read_item, error)
      || !read_list (plan, object, "reviewers", MAX_REVIEWERS, read_reviewer, error)
      || !read_list (plan, object, "tasks", MAX_TASKS, read_task, error)
      || !side_json_read_ms (object, "due_ms", 0, &plan->due_ms, error)
      || !side_json_read_int (object, "second_every", 0, &plan->second_every, error)
      || !side_json_read_int (object, "repeat_every", 0, &plan->repeat_every, error)
      || !side_json_read_string (object, "author", &plan->author, error)
      || !side_json_read_ms (object, "created_ms", 0, &plan->created_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &plan->changed_ms, error)
      || !side_json_read_ms (object, "closed_ms", 0, &plan->closed_ms, error))
    return NULL;
  return g_steal_pointer (&plan);
}
