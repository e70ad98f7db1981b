/* side-wire-dispute.c - bodies of disputes and acknowledgements
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What operators, or somebody for them, answer to a review, and how it was
 * judged. An answer is a share of a full mark, or "na".
 */
#include "side-wire-private.h"

#include "side-error.h"

/* An answer: a number, or that the criterion does not apply; or neither. */
static void
append_value (GString    *out,
              const char *name,
              const char *name_na,
              double      value)
{
  if (value == SIDE_ANSWER_NA)
    side_json_boolean (out, name_na, TRUE);
  else if (value >= 0.0)
    side_json_double (out, name, value);
}

static gboolean
read_value (JsonObject  *object,
            const char  *name,
            const char  *name_na,
            double      *value,
            GError     **error)
{
  gboolean na = FALSE;

  if (!side_json_read_double (object, name, value, error) || !side_json_read_boolean (object, name_na, &na, error))
    return FALSE;
  if (*value != SIDE_ANSWER_NONE && (na || !(*value >= 0.0 && *value <= 1.0)))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is not 0 to 1", name);
      return FALSE;
    }
  if (na)
    *value = SIDE_ANSWER_NA;
  return TRUE;
}

/**
 * side_wire_dispute_to_json:
 * @dispute: a dispute
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_dispute_to_json (const SideDispute *dispute)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", dispute->id);
  side_json_string (out, "project", dispute->project);
  side_json_string (out, "call", dispute->call);
  side_json_string (out, "review", dispute->review);
  side_json_int (out, "review_revision", dispute->review_revision);
  side_json_string_maybe (out, "script", dispute->script);
  side_json_string (out, "criterion", dispute->criterion);
  append_value (out, "asked", "asked_na", dispute->asked);
  side_json_string (out, "reason", dispute->reason);
  side_json_string_maybe (out, "operator", dispute->operator_id);
  side_json_string_maybe (out, "author", dispute->author);
  if (dispute->on_behalf)
    side_json_boolean (out, "on_behalf", TRUE);
  side_json_int_maybe (out, "created_ms", dispute->created_ms);
  side_json_int_maybe (out, "due_ms", dispute->due_ms);
  side_json_string (out, "state", side_dispute_state_to_string (dispute->state));
  side_json_string_maybe (out, "judge", dispute->judge);
  side_json_int_maybe (out, "judged_ms", dispute->judged_ms);
  side_json_string_maybe (out, "ruling", dispute->ruling);
  append_value (out, "value", "na", dispute->value);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_state (SideDispute  *dispute,
            JsonObject   *object,
            GError      **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &word, error)
      || !side_json_need (word != NULL, "state", error))
    return FALSE;
  if (side_dispute_state_from_string (word, &dispute->state))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"state\" is not a word we know");
  return FALSE;
}

/**
 * side_wire_dispute_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the dispute
 */
SideDispute *
side_wire_dispute_from_json (const char  *text,
                             gssize       len,
                             GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideDispute) dispute = NULL;

  if (object == NULL)
    return NULL;
  dispute = side_dispute_new (NULL, NULL, NULL);
  if (!side_json_read_id (object, "id", &dispute->id, error)
      || !side_json_read_needed (object, "project", &dispute->project, error)
      || !side_json_read_needed (object, "call", &dispute->call, error)
      || !side_json_read_id (object, "review", &dispute->review, error)
      || !side_json_read_int (object, "review_revision", 1, &dispute->review_revision, error)
      || !side_json_need (dispute->review_revision > 0, "review_revision", error)
      || !side_json_read_string (object, "script", &dispute->script, error)
      || !side_json_read_needed (object, "criterion", &dispute->criterion, error)
      || !read_value (object, "asked", "asked_na", &dispute->asked, error)
      || !side_json_read_needed (object, "reason", &dispute->reason, error)
      || !side_json_read_string (object, "operator", &dispute->operator_id, error)
      || !side_json_read_string (object, "author", &dispute->author, error)
      || !side_json_read_boolean (object, "on_behalf", &dispute->on_behalf, error)
      || !side_json_read_ms (object, "created_ms", 0, &dispute->created_ms, error)
      || !side_json_read_ms (object, "due_ms", 0, &dispute->due_ms, error)
      || !read_state (dispute, object, error)
      || !side_json_read_string (object, "judge", &dispute->judge, error)
      || !side_json_read_ms (object, "judged_ms", 0, &dispute->judged_ms, error)
      || !side_json_read_string (object, "ruling", &dispute->ruling, error)
      || !read_value (object, "value", "na", &dispute->value, error))
    return NULL;
  return g_steal_pointer (&dispute);
}

/**
 * side_wire_acknowledgement_to_json:
 * @acknowledgement: an acknowledgement
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_acknowledgement_to_json (const SideAcknowledgement *acknowledgement)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", acknowledgement->id);
  side_json_string (out, "project", acknowledgement->project);
  side_json_string (out, "call", acknowledgement->call);
  side_json_string (out, "review", acknowledgement->review);
  side_json_int (out, "review_revision", acknowledgement->review_revision);
  side_json_string_maybe (out, "operator", acknowledgement->operator_id);
  side_json_string_maybe (out, "author", acknowledgement->author);
  if (acknowledgement->on_behalf)
    side_json_boolean (out, "on_behalf", TRUE);
  side_json_int_maybe (out, "at_ms", acknowledgement->at_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_acknowledgement_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the acknowledgement
 */
SideAcknowledgement *
side_wire_acknowledgement_from_json (const char  *text,
                                     gssize       len,
                                     GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideAcknowledgement) acknowledgement = NULL;

  if (object == NULL)
    return NULL;
  acknowledgement = side_acknowledgement_new (NULL, NULL, NULL, FALSE, 0);
  if (!side_json_read_id (object, "id", &acknowledgement->id, error)
      || !side_json_read_needed (object, "project", &acknowledgement->project, error)
      || !side_json_read_needed (object, "call", &acknowledgement->call, error)
      || !side_json_read_id (object, "review", &acknowledgement->review, error)
      || !side_json_read_int (object, "review_revision", 1, &acknowledgement->review_revision, error)
      || !side_json_need (acknowledgement->review_revision > 0, "review_revision", error)
      || !side_json_read_string (object, "operator", &acknowledgement->operator_id, error)
      || !side_json_read_string (object, "author", &acknowledgement->author, error)
      || !side_json_read_boolean (object, "on_behalf", &acknowledgement->on_behalf, error)
      || !side_json_read_ms (object, "at_ms", 0, &acknowledgement->at_ms, error))
    return NULL;
  return g_steal_pointer (&acknowledgement);
}
