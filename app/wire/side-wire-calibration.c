/* side-wire-calibration.c - calibrations as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is agreed on is found by walking it, so its number is bounded. Who has
 * finished a blind one is no document: the server counts it when it is asked.
 */
#include "side-wire-private.h"

#include <math.h>

#define MAX_CALLS     200
#define MAX_REVIEWERS 200
#define MAX_CONSENSUS 5000

static void
append_consensus (GString             *out,
                  const SideConsensus *consensus)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "call", consensus->call);
  side_json_string (out, "criterion", consensus->criterion);
  if (consensus->value == SIDE_ANSWER_NA)
    side_json_boolean (out, "na", TRUE);
  else
    side_json_double (out, "value", consensus->value);
  side_json_string_maybe (out, "author", consensus->author);
  side_json_string_maybe (out, "reason", consensus->reason);
  side_json_int_maybe (out, "at_ms", consensus->at_ms);
  side_json_close (out, '}');
}

/**
 * side_wire_calibration_to_json:
 * @calibration: a calibration
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_calibration_to_json (const SideCalibration *calibration)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", calibration->id);
  side_json_string (out, "project", calibration->project);
  side_json_string_maybe (out, "title", calibration->title);
  side_json_string (out, "script", calibration->script);
  side_json_int (out, "script_version", calibration->script_version);
  _side_wire_append_texts (out, "calls", calibration->calls);
  _side_wire_append_texts (out, "reviewers", calibration->reviewers);
  side_json_string_maybe (out, "expert", calibration->expert);
  side_json_string (out, "state", side_calibration_state_to_string (calibration->state));
  side_json_int_maybe (out, "due_ms", calibration->due_ms);
  side_json_int_maybe (out, "discussed_ms", calibration->discussed_ms);
  side_json_string_maybe (out, "author", calibration->author);
  side_json_int_maybe (out, "made_ms", calibration->made_ms);
  side_json_int_maybe (out, "changed_ms", calibration->changed_ms);
  if (calibration->consensus->len > 0)
    {
      side_json_open (out, "consensus", '[');
      for (guint i = 0; i < calibration->consensus->len; i++)
        append_consensus (out, g_ptr_array_index (calibration->consensus, i));
      side_json_close (out, ']');
    }
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_words (JsonObject  *object,
            const char  *name,
            GPtrArray   *words,
            guint        max,
            GError     **error)
{
  if (!_side_wire_read_texts (object, name, max, words, error))
    return FALSE;
  for (guint i = 1; i < words->len; i++)
    for (guint k = 0; k < i; k++)
      if (g_str_equal (words->pdata[i], words->pdata[k]))
        return _side_wire_bad ("a calibration names a call or a reviewer twice", error);
  return TRUE;
}

static gboolean
read_consensus (SideCalibration  *calibration,
                JsonNode         *node,
                GError          **error)
{
  JsonObject *object = side_json_as_object (node, "consensus", error);
  g_autofree char *call = NULL, *criterion = NULL, *author = NULL, *reason = NULL;
  double value = NAN;
  gboolean na = FALSE;
  gint64 at_ms = 0;

  if (object == NULL
      || !side_json_read_needed (object, "call", &call, error)
      || !side_json_read_needed (object, "criterion", &criterion, error)
      || !side_json_read_double (object, "value", &value, error)
      || !side_json_read_boolean (object, "na", &na, error)
      || !side_json_read_string (object, "author", &author, error)
      || !side_json_read_string (object, "reason", &reason, error)
      || !side_json_read_ms (object, "at_ms", 0, &at_ms, error))
    return FALSE;
  if (na && !isnan (value))
    return _side_wire_bad ("a consensus is both a share and \"na\"", error);
  if (!na && !(value >= 0 && value <= 1))
    return _side_wire_bad ("a consensus is neither a share from 0 to 1 nor \"na\"", error);
  if (side_calibration_find_consensus (calibration, call, criterion) != NULL)
    return _side_wire_bad ("two answers were agreed on for one criterion of one call", error);
  side_calibration_agree (calibration, call, criterion, na ? SIDE_ANSWER_NA : value, author, reason, at_ms);
  return TRUE;
}

static gboolean
read_lists (SideCalibration  *calibration,
            JsonObject       *object,
            GError          **error)
{
  JsonArray *agreed = NULL;

  if (!read_words (object, "calls", calibration->calls, MAX_CALLS, error)
      || !read_words (object, "reviewers", calibration->reviewers, MAX_REVIEWERS, error)
      || !side_json_read_array (object, "consensus", &agreed, error))
    return FALSE;
  if (agreed != NULL && json_array_get_length (agreed) > MAX_CONSENSUS)
    return _side_wire_bad ("too much was agreed on", error);
  for (guint i = 0; agreed != NULL && i < json_array_get_length (agreed); i++)
    if (!read_consensus (calibration, json_array_get_element (agreed, i), error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_calibration_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the calibration
 */
SideCalibration *
side_wire_calibration_from_json (const char  *text,
                                 gssize       len,
                                 GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideCalibration) calibration = NULL;
  const char *state = NULL;

  if (object == NULL)
    return NULL;
  calibration = side_calibration_new (NULL, NULL, NULL, NULL, 0);
  if (!side_json_read_id (object, "id", &calibration->id, error)
      || !side_json_read_needed (object, "project", &calibration->project, error)
      || !side_json_read_string (object, "title", &calibration->title, error)
      || !side_json_read_id (object, "script", &calibration->script, error)
      || !side_json_read_int (object, "script_version", 0, &calibration->script_version, error)
      || !read_lists (calibration, object, error)
      || !side_json_read_string (object, "expert", &calibration->expert, error)
      || !side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error)
      || !side_json_read_ms (object, "due_ms", 0, &calibration->due_ms, error)
      || !side_json_read_ms (object, "discussed_ms", 0, &calibration->discussed_ms, error)
      || !side_json_read_string (object, "author", &calibration->author, error)
      || !side_json_read_ms (object, "made_ms", 0, &calibration->made_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &calibration->changed_ms, error))
    return NULL;
  /* Answers stay hidden by this word: one of a newer peer is not taken for another. */
  if (state != NULL && !side_calibration_state_from_string (state, &calibration->state))
    return _side_wire_bad ("\"state\" is not a word we know", error), NULL;
  if (calibration->expert != NULL && !side_calibration_asks (calibration, calibration->expert))
    return _side_wire_bad ("the expert is not among the reviewers", error), NULL;
  return g_steal_pointer (&calibration);
}

/**
 * side_wire_calibration_progress_to_json:
 * @progress: who has finished a calibration
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_calibration_progress_to_json (const SideCalibrationProgress *progress)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_int (out, "calls", progress->calls);
  side_json_open (out, "reviewers", '[');
  for (guint i = 0; i < progress->people->len; i++)
    {
      const SideCalibrationPerson *person = g_ptr_array_index (progress->people, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", person->name);
      side_json_int (out, "finished", person->finished);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_person (SideCalibrationProgress  *progress,
             JsonNode                 *node,
             GError                  **error)
{
  JsonObject *object = side_json_as_object (node, "reviewers", error);
  g_autofree char *name = NULL;
  int finished = 0;

  if (object == NULL
      || !side_json_read_needed (object, "name", &name, error)
      || !side_json_read_int (object, "finished", 0, &finished, error))
    return FALSE;
  side_calibration_progress_add (progress, name, (guint) finished);
  return TRUE;
}

/**
 * side_wire_calibration_progress_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): who has finished
 */
SideCalibrationProgress *
side_wire_calibration_progress_from_json (const char  *text,
                                          gssize       len,
                                          GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_MESSAGE, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideCalibrationProgress) progress = NULL;
  JsonArray *people = NULL;
  int calls = 0;

  if (object == NULL
      || !side_json_need (json_object_has_member (object, "reviewers"), "reviewers", error)
      || !side_json_read_int (object, "calls", 0, &calls, error)
      || !side_json_read_array (object, "reviewers", &people, error))
    return NULL;
  progress = side_calibration_progress_new ((guint) calls);
  for (guint i = 0; people != NULL && i < MIN (json_array_get_length (people), MAX_REVIEWERS); i++)
    if (!read_person (progress, json_array_get_element (people, i), error))
      return NULL;
  return g_steal_pointer (&progress);
}
