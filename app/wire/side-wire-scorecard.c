/* side-wire-scorecard.c - scorecards as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

/**
 * side_wire_scorecard_to_json:
 * @card: a scorecard
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_scorecard_to_json (const SideScorecard *card)
{
  GString *out = g_string_new (NULL);
  const SideReview *review = card->review;

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", review->id);
  side_json_string (out, "project", review->project);
  side_json_string (out, "subject", card->subject);
  side_json_int_maybe (out, "at_ms", card->at_ms);
  side_json_string (out, "script", review->script);
  side_json_int (out, "script_version", review->script_version);
  side_json_string_maybe (out, "author", review->reviewer);
  side_json_int_maybe (out, "created_ms", review->started_ms);
  side_json_int_maybe (out, "changed_ms", review->changed_ms);
  side_json_string_maybe (out, "comment", review->comment);
  _side_wire_append_answers (out, review->answers);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_scorecard_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the scorecard
 */
SideScorecard *
side_wire_scorecard_from_json (const char  *text,
                               gssize       len,
                               GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object_once (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideScorecard) card = NULL;
  SideReview *review;

  if (object == NULL)
    return NULL;
  card = side_scorecard_new (NULL, NULL, NULL, NULL, 0);
  review = card->review;
  if (!side_json_read_id (object, "id", &review->id, error)
      || !side_json_read_needed (object, "project", &review->project, error)
      || !side_json_read_needed (object, "subject", &card->subject, error)
      || !side_json_read_ms (object, "at_ms", 0, &card->at_ms, error)
      || !side_json_read_id (object, "script", &review->script, error)
      || !side_json_read_int (object, "script_version", 0, &review->script_version, error)
      || !side_json_read_string (object, "author", &review->reviewer, error)
      || !side_json_read_ms (object, "created_ms", 0, &review->started_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &review->changed_ms, error)
      || !side_json_read_string (object, "comment", &review->comment, error)
      || !_side_wire_read_answers (review->answers, object, error))
    return NULL;
  return g_steal_pointer (&card);
}
