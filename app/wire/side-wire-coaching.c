/* side-wire-coaching.c - coaching notes as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <math.h>

static void
append_clip (GString        *out,
             const SideClip *clip)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "call", clip->call);
  side_json_int (out, "from_ms", clip->from_ms);
  if (clip->to_ms >= 0)
    side_json_int (out, "to_ms", clip->to_ms);
  side_json_boolean (out, "good", clip->good);
  side_json_string_maybe (out, "text", clip->text);
  side_json_close (out, '}');
}

/**
 * side_wire_coaching_to_json:
 * @coaching: a note about an operator
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_coaching_to_json (const SideCoaching *coaching)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", coaching->id);
  side_json_string (out, "project", coaching->project);
  side_json_string (out, "operator", coaching->operator_id);
  side_json_string_maybe (out, "text", coaching->text);
  side_json_string_maybe (out, "script", coaching->script);
  side_json_string_maybe (out, "criterion", coaching->criterion);
  if (coaching->target >= 0)
    side_json_double (out, "target", coaching->target);
  side_json_string_maybe (out, "goal", coaching->goal);
  side_json_string_maybe (out, "author", coaching->author);
  side_json_int (out, "created_ms", coaching->created_ms);
  side_json_int_maybe (out, "changed_ms", coaching->changed_ms);
  side_json_int_maybe (out, "due_ms", coaching->due_ms);
  side_json_int_maybe (out, "done_ms", coaching->done_ms);
  if (coaching->shared)
    side_json_boolean (out, "shared", TRUE);
  if (coaching->clips->len > 0)
    {
      side_json_open (out, "clips", '[');
      for (guint i = 0; i < coaching->clips->len; i++)
        append_clip (out, coaching->clips->pdata[i]);
      side_json_close (out, ']');
    }
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_clip (SideCoaching  *coaching,
           JsonNode      *node,
           GError       **error)
{
  JsonObject *object = side_json_as_object (node, "clips", error);
  g_autofree char *call = NULL, *text = NULL;
  gint64 from_ms = 0, to_ms = -1;
  gboolean good = FALSE;

  if (object == NULL
      || !side_json_read_needed (object, "call", &call, error)
      || !side_json_read_ms (object, "from_ms", 0, &from_ms, error)
      || !side_json_read_ms (object, "to_ms", 0, &to_ms, error)
      || !side_json_read_boolean (object, "good", &good, error)
      || !side_json_read_string (object, "text", &text, error))
    return FALSE;
  if (to_ms >= 0 && to_ms < from_ms)
    return _side_wire_bad ("a clip ends before it begins", error);
  side_coaching_add_clip (coaching, call, from_ms, to_ms, good, text);
  return TRUE;
}

static gboolean
read_goal (SideCoaching  *coaching,
           JsonObject    *object,
           GError       **error)
{
  double target = NAN;

  if (!side_json_read_string (object, "script", &coaching->script, error)
      || !side_json_read_string (object, "criterion", &coaching->criterion, error)
      || !side_json_read_double (object, "target", &target, error)
      || !side_json_read_string (object, "goal", &coaching->goal, error))
    return FALSE;
  if (isnan (target))
    return TRUE;
  if (!(target >= 0 && target <= 1))
    return _side_wire_bad ("\"target\" is no share from 0 to 1", error);
  coaching->target = target;
  return TRUE;
}

static gboolean
read_clips (SideCoaching  *coaching,
            JsonObject    *object,
            GError       **error)
{
  JsonArray *clips = NULL;

  if (!side_json_read_array (object, "clips", &clips, error))
    return FALSE;
  if (clips != NULL && json_array_get_length (clips) > SIDE_COACHING_MAX_CLIPS)
    return _side_wire_bad ("a note has too many clips", error);
  for (guint i = 0; clips != NULL && i < json_array_get_length (clips); i++)
    if (!read_clip (coaching, json_array_get_element (clips, i), error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_coaching_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the note
 */
SideCoaching *
side_wire_coaching_from_json (const char  *text,
                              gssize       len,
                              GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideCoaching) coaching = NULL;

  if (object == NULL)
    return NULL;
  coaching = side_coaching_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &coaching->id, error)
      || !side_json_read_needed (object, "project", &coaching->project, error)
      || !side_json_read_needed (object, "operator", &coaching->operator_id, error)
      || !side_json_read_string (object, "text", &coaching->text, error)
      || !read_goal (coaching, object, error)
      || !side_json_read_string (object, "author", &coaching->author, error)
      || !side_json_read_ms (object, "created_ms", 0, &coaching->created_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &coaching->changed_ms, error)
      || !side_json_read_ms (object, "due_ms", 0, &coaching->due_ms, error)
      || !side_json_read_ms (object, "done_ms", 0, &coaching->done_ms, error)
      || !side_json_read_boolean (object, "shared", &coaching->shared, error)
      || !read_clips (coaching, object, error))
    return NULL;
  return g_steal_pointer (&coaching);
}
