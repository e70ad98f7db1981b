/* side-wire-test-call.c - test calls as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#define MAX_CODE 999

static void
append_heard (GString            *out,
              const SideTestCall *call)
{
  side_json_open (out, "segments", '[');
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "kind", side_segment_kind_to_string (segment->kind));
      side_json_int (out, "from_ms", segment->from_ms);
      side_json_int (out, "to_ms", segment->to_ms);
      side_json_double (out, "certainty", segment->certainty);
      if (segment->by_hand)
        side_json_boolean (out, "by_hand", TRUE);
      if (segment->told_certainty >= 0)
        {
          side_json_string (out, "told", side_segment_kind_to_string (segment->told));
          side_json_double (out, "told_certainty", segment->told_certainty);
        }
      side_json_string_maybe (out, "label", segment->label);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "notes", '[');
  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string_maybe (out, "id", note->id);
      side_json_int (out, "at_ms", note->at_ms);
      if (note->to_ms > note->at_ms)
        side_json_int (out, "to_ms", note->to_ms);
      side_json_string_maybe (out, "tag", note->tag);
      side_json_string (out, "text", note->text);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_done (GString            *out,
             const SideTestCall *call)
{
  side_json_open (out, "keys", '[');
  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "keys", key->keys);
      side_json_int (out, "at_ms", key->at_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "steps", '[');
  for (guint i = 0; i < call->steps->len; i++)
    {
      const SideTestStep *step = call->steps->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "step", step->step);
      side_json_int (out, "at_ms", step->at_ms);
      side_json_string (out, "by", side_test_said_by_to_string (step->by));
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "facts", '[');
  for (guint i = 0; i < call->facts->len; i++)
    {
      const SideTestFact *fact = call->facts->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "fact", fact->fact);
      side_json_string (out, "state", side_test_fact_state_to_string (fact->state));
      side_json_string_maybe (out, "heard", fact->heard);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_prompts (GString            *out,
                const SideTestCall *call)
{
  if (call->prompts->len == 0)
    return;
  side_json_open (out, "prompts", '[');
  for (guint i = 0; i < call->prompts->len; i++)
    {
      const SideTestPrompt *prompt = call->prompts->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", prompt->name);
      side_json_string (out, "state", side_test_prompt_state_to_string (prompt->state));
      side_json_double (out, "likeness", prompt->likeness);
      side_json_double (out, "judged", prompt->judged);
      if (prompt->from_ms >= 0)
        side_json_int (out, "from_ms", prompt->from_ms);
      if (prompt->to_ms >= 0)
        side_json_int (out, "to_ms", prompt->to_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_known (GString    *out,
              const char *name,
              double      value)
{
  if (value >= 0)
    side_json_double (out, name, value);
}

static void
append_end (GString            *out,
            const SideTestCall *call)
{
  side_json_open (out, "end", '{');
  side_json_string (out, "by", side_test_end_to_string (call->end));
  side_json_int_maybe (out, "code", call->end_code);
  side_json_string_maybe (out, "phrase", call->end_phrase);
  side_json_string_maybe (out, "reason", call->end_reason);
  side_json_close (out, '}');
  side_json_open (out, "quality", '{');
  side_json_string_maybe (out, "codec", call->quality.codec);
  if (call->quality.encrypted)
    side_json_boolean (out, "encrypted", TRUE);
  append_known (out, "loss", call->quality.loss);
  append_known (out, "jitter_ms", call->quality.jitter_ms);
  append_known (out, "round_trip_ms", call->quality.round_trip_ms);
  append_known (out, "mos", call->quality.mos);
  side_json_string_maybe (out, "assumptions", call->quality.assumptions);
  side_json_close (out, '}');
  if (call->callback == SIDE_TEST_CALLBACK_NONE && call->callback_due_ms == 0 && call->callback_came_ms == 0)
    return;
  side_json_open (out, "callback", '{');
  side_json_string (out, "state", side_test_callback_to_string (call->callback));
  side_json_int_maybe (out, "due_ms", call->callback_due_ms);
  side_json_int_maybe (out, "came_ms", call->callback_came_ms);
  side_json_close (out, '}');
}

static void
append_head (GString            *out,
             const SideTestCall *call)
{
  const SideReview *review = call->review;

  side_json_string (out, "id", review->id);
  side_json_string (out, "project", review->project);
  side_json_string_maybe (out, "call", call->call);
  if (call->match != SIDE_TEST_MATCH_NONE)
    side_json_string (out, "match", side_test_match_to_string (call->match));
  side_json_string_maybe (out, "scenario", call->scenario);
  if (call->pinned != NULL)
    _side_wire_append_scenario (out, "pinned", call->pinned);
  side_json_string_maybe (out, "campaign", call->campaign);
  if (call->robot)
    side_json_boolean (out, "robot", TRUE);
  side_json_string_maybe (out, "author", review->reviewer);
  side_json_string_maybe (out, "account", call->account);
  side_json_string_maybe (out, "caller", call->caller);
  side_json_string (out, "number", call->number);
  side_json_string_maybe (out, "vendor", call->vendor);
  side_json_string_maybe (out, "sip_call_id", call->sip_call_id);
  side_json_int (out, "dialled_ms", call->dialled_ms);
  side_json_int_maybe (out, "ringing_ms", call->ringing_ms);
  side_json_int_maybe (out, "early_ms", call->early_ms);
  side_json_int_maybe (out, "answered_ms", call->answered_ms);
  side_json_int_maybe (out, "ended_ms", call->ended_ms);
  side_json_int_maybe (out, "recorded_ms", call->recorded_ms);
}

static void
append_rules (GString            *out,
              const SideTestCall *call)
{
  if (call->rules_version == 0)
    return;
  side_json_open (out, "rules", '{');
  side_json_int (out, "version", call->rules_version);
  side_json_string_maybe (out, "by", call->rules_by);
  side_json_int_maybe (out, "at_ms", call->rules_ms);
  side_json_close (out, '}');
}

/**
 * side_wire_test_call_to_json:
 * @call: a test call
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_test_call_to_json (const SideTestCall *call)
{
  GString *out = g_string_new (NULL);
  const SideReview *review = call->review;

  side_json_open (out, NULL, '{');
  append_head (out, call);
  append_heard (out, call);
  append_done (out, call);
  append_prompts (out, call);
  append_end (out, call);
  side_json_string_maybe (out, "recording", call->recording);
  side_json_string_maybe (out, "recording_sha256", call->recording_sha256);
  side_json_string_maybe (out, "operator_name", call->operator_name);
  if (call->names_shown)
    side_json_boolean (out, "names_shown", TRUE);
  append_rules (out, call);
  side_json_string_maybe (out, "script", review->script);
  side_json_int_maybe (out, "script_version", review->script_version);
  side_json_int_maybe (out, "created_ms", review->started_ms);
  side_json_int_maybe (out, "changed_ms", review->changed_ms);
  side_json_string_maybe (out, "comment", review->comment);
  _side_wire_append_answers (out, review->answers);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_segment (gpointer     owner,
              JsonObject  *object,
              GError     **error)
{
  SideTestSegment *segment = side_test_call_add_segment (owner, SIDE_SEGMENT_OTHER, 0, 0, 1);
  const char *kind = NULL, *told = NULL;
  double told_certainty = 1;

  if (!side_json_read_text (object, "kind", SIDE_JSON_MAX_INTERN, &kind, error)
      || !side_json_read_ms (object, "from_ms", 0, &segment->from_ms, error)
      || !side_json_read_ms (object, "to_ms", 0, &segment->to_ms, error)
      || !side_json_read_double (object, "certainty", &segment->certainty, error)
      || !side_json_read_boolean (object, "by_hand", &segment->by_hand, error)
      || !side_json_read_text (object, "told", SIDE_JSON_MAX_INTERN, &told, error)
      || !side_json_read_double (object, "told_certainty", &told_certainty, error)
      || !side_json_read_string (object, "label", &segment->label, error))
    return FALSE;
  segment->kind = side_segment_kind_from_string (kind);
  if (!(segment->certainty >= 0 && segment->certainty <= 1))
    return _side_wire_bad ("\"certainty\" is not from 0 to 1", error);
  if (!(told_certainty >= 0 && told_certainty <= 1))
    return _side_wire_bad ("\"told_certainty\" is not from 0 to 1", error);
  if (told != NULL)
    {
      segment->told = side_segment_kind_from_string (told);
      segment->told_certainty = told_certainty;
    }
  return segment->to_ms >= segment->from_ms || _side_wire_bad ("a segment ends before it begins", error);
}

/* A UUID that may be missing. */
static gboolean
read_id_maybe (JsonObject  *object,
               const char  *name,
               char       **value,
               GError     **error)
{
  return side_json_read_string (object, name, value, error)
         && (*value == NULL || side_json_read_id (object, name, value, error));
}

static gboolean
read_note (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  SideTestNote *note = side_test_call_add_note (owner, 0, NULL);

  g_clear_pointer (&note->id, g_free);
  if (!read_id_maybe (object, "id", &note->id, error)
      || !side_json_read_ms (object, "at_ms", 0, &note->at_ms, error))
    return FALSE;
  note->to_ms = note->at_ms;
  if (!side_json_read_ms (object, "to_ms", 0, &note->to_ms, error)
      || !side_json_read_string (object, "tag", &note->tag, error)
      || !side_json_read_needed (object, "text", &note->text, error))
    return FALSE;
  return note->to_ms >= note->at_ms || _side_wire_bad ("a note ends before it begins", error);
}

static gboolean
read_key (gpointer     owner,
          JsonObject  *object,
          GError     **error)
{
  SideTestKey *key = side_test_call_add_key (owner, NULL, 0);

  if (!side_json_read_needed (object, "keys", &key->keys, error)
      || !side_json_read_ms (object, "at_ms", 0, &key->at_ms, error))
    return FALSE;
  return side_keys_are_keys (key->keys) || _side_wire_bad ("\"keys\" holds what is no key of a telephone", error);
}

static gboolean
read_step (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  SideTestStep *step = side_test_call_add_step (owner, NULL, 0, SIDE_TEST_SAID_BY_CALLER);
  const char *by = NULL;

  if (!side_json_read_needed (object, "step", &step->step, error)
      || !side_json_read_ms (object, "at_ms", 0, &step->at_ms, error)
      || !side_json_read_text (object, "by", SIDE_JSON_MAX_INTERN, &by, error))
    return FALSE;
  step->by = side_test_said_by_from_string (by);
  return TRUE;
}

static gboolean
read_fact (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  g_autofree char *fact = NULL, *heard = NULL;
  const char *state = NULL;

  if (!side_json_read_needed (object, "fact", &fact, error)
      || !side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error)
      || !side_json_read_string (object, "heard", &heard, error))
    return FALSE;
  if (side_test_call_find_fact (owner, fact) != NULL)
    return _side_wire_bad ("one fact stands there twice", error);
  side_test_call_set_fact (owner, fact, side_test_fact_state_from_string (state), heard);
  return TRUE;
}

static gboolean
read_prompt (gpointer     owner,
             JsonObject  *object,
             GError     **error)
{
  SideTestPrompt *prompt = side_test_call_add_prompt (owner, NULL);
  const char *state = NULL;

  if (!side_json_read_needed (object, "name", &prompt->name, error)
      || !side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error)
      || !side_json_read_double (object, "likeness", &prompt->likeness, error)
      || !side_json_read_double (object, "judged", &prompt->judged, error)
      || !side_json_read_ms (object, "from_ms", -1, &prompt->from_ms, error)
      || !side_json_read_ms (object, "to_ms", -1, &prompt->to_ms, error))
    return FALSE;
  prompt->state = side_test_prompt_state_from_string (state);
  return (prompt->likeness >= 0 && prompt->likeness <= 1 && prompt->judged >= 0 && prompt->judged <= 1)
         || _side_wire_bad ("\"likeness\" or \"judged\" is not from 0 to 1", error);
}

static gboolean
read_end (SideTestCall  *call,
          JsonObject    *object,
          GError       **error)
{
  JsonNode *node = NULL;
  const char *by = NULL;

  if (!side_json_read_object (object, "end", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  object = json_node_get_object (node);
  if (!side_json_read_text (object, "by", SIDE_JSON_MAX_INTERN, &by, error)
      || !side_json_read_int (object, "code", 0, &call->end_code, error)
      || !side_json_read_string (object, "phrase", &call->end_phrase, error)
      || !side_json_read_string (object, "reason", &call->end_reason, error))
    return FALSE;
  call->end = side_test_end_from_string (by);
  return call->end_code <= MAX_CODE || _side_wire_bad ("\"code\" is no SIP code", error);
}

/* A figure of the line; it is not below 0 and not above @max. */
static gboolean
read_figure (JsonObject  *object,
             const char  *name,
             double       max,
             double      *value,
             GError     **error)
{
  double read = 0;

  if (!json_object_has_member (object, name) || json_object_get_null_member (object, name))
    return TRUE;
  if (!side_json_read_double (object, name, &read, error))
    return FALSE;
  if (!(read >= 0 && read <= max))
    return _side_wire_bad ("a figure of the line is out of its range", error);
  *value = read;
  return TRUE;
}

static gboolean
read_quality (SideTestQuality  *quality,
              JsonObject       *object,
              GError          **error)
{
  JsonNode *node = NULL;

  if (!side_json_read_object (object, "quality", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  object = json_node_get_object (node);
  return side_json_read_string (object, "codec", &quality->codec, error)
         && side_json_read_boolean (object, "encrypted", &quality->encrypted, error)
         && read_figure (object, "loss", 1, &quality->loss, error)
         && read_figure (object, "jitter_ms", (double) SIDE_JSON_MAX_MS, &quality->jitter_ms, error)
         && read_figure (object, "round_trip_ms", (double) SIDE_JSON_MAX_MS, &quality->round_trip_ms, error)
         && read_figure (object, "mos", 5, &quality->mos, error)
         && side_json_read_string (object, "assumptions", &quality->assumptions, error);
}

static gboolean
read_callback (SideTestCall  *call,
               JsonObject    *object,
               GError       **error)
{
  JsonNode *node = NULL;
  const char *state = NULL;

  if (!side_json_read_object (object, "callback", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  object = json_node_get_object (node);
  if (!side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error)
      || !side_json_read_ms (object, "due_ms", 0, &call->callback_due_ms, error)
      || !side_json_read_ms (object, "came_ms", 0, &call->callback_came_ms, error))
    return FALSE;
  call->callback = side_test_callback_from_string (state);
  return TRUE;
}

static gboolean
read_scenario (SideTestCall  *call,
               JsonObject    *object,
               GError       **error)
{
  JsonNode *node = NULL;

  if (!read_id_maybe (object, "scenario", &call->scenario, error)
      || !side_json_read_object (object, "pinned", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  call->pinned = _side_wire_read_scenario (json_node_get_object (node), error);
  if (call->pinned == NULL)
    g_prefix_error (error, "pinned: ");
  return call->pinned != NULL;
}

static gboolean
read_head (SideTestCall  *call,
           JsonObject    *object,
           GError       **error)
{
  const char *match = NULL;

  if (!side_json_read_id (object, "id", &call->review->id, error)
      || !side_json_read_needed (object, "project", &call->review->project, error)
      || !side_json_read_string (object, "call", &call->call, error)
      || !side_json_read_text (object, "match", SIDE_JSON_MAX_INTERN, &match, error)
      || !read_scenario (call, object, error)
      || !read_id_maybe (object, "campaign", &call->campaign, error)
      || !side_json_read_boolean (object, "robot", &call->robot, error)
      || !side_json_read_string (object, "author", &call->review->reviewer, error)
      || !side_json_read_string (object, "account", &call->account, error)
      || !side_json_read_string (object, "caller", &call->caller, error)
      || !side_json_read_needed (object, "number", &call->number, error)
      || !side_json_read_string (object, "vendor", &call->vendor, error)
      || !side_json_read_string (object, "sip_call_id", &call->sip_call_id, error))
    return FALSE;
  call->match = side_test_match_from_string (match);
  return TRUE;
}

static gboolean
read_rules (SideTestCall  *call,
            JsonObject    *object,
            GError       **error)
{
  JsonNode *node = NULL;

  if (!side_json_read_object (object, "rules", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  object = json_node_get_object (node);
  return side_json_read_int (object, "version", 0, &call->rules_version, error)
         && (call->rules_version >= 1 || _side_wire_bad ("\"version\" of \"rules\" is below 1", error))
         && side_json_read_string (object, "by", &call->rules_by, error)
         && side_json_read_ms (object, "at_ms", 0, &call->rules_ms, error);
}

static gboolean
read_times (SideTestCall  *call,
            JsonObject    *object,
            GError       **error)
{
  return side_json_read_ms (object, "dialled_ms", 0, &call->dialled_ms, error)
         && side_json_read_ms (object, "ringing_ms", 0, &call->ringing_ms, error)
         && side_json_read_ms (object, "early_ms", 0, &call->early_ms, error)
         && side_json_read_ms (object, "answered_ms", 0, &call->answered_ms, error)
         && side_json_read_ms (object, "ended_ms", 0, &call->ended_ms, error)
         && side_json_read_ms (object, "recorded_ms", 0, &call->recorded_ms, error);
}

static gboolean
read_lists (SideTestCall  *call,
            JsonObject    *object,
            GError       **error)
{
  return _side_wire_each_object (object, "segments", SIDE_TEST_CALL_MAX_SEGMENTS, read_segment, call, error)
         && _side_wire_each_object (object, "notes", SIDE_TEST_CALL_MAX_NOTES, read_note, call, error)
         && _side_wire_each_object (object, "keys", SIDE_TEST_CALL_MAX_KEYS, read_key, call, error)
         && _side_wire_each_object (object, "steps", SIDE_TEST_CALL_MAX_NOTES, read_step, call, error)
         && _side_wire_each_object (object, "facts", SIDE_SCENARIO_MAX_FACTS, read_fact, call, error)
         && _side_wire_each_object (object, "prompts", SIDE_SCENARIO_MAX_PROMPTS, read_prompt, call, error);
}

static gboolean
read_form (SideReview  *review,
           JsonObject  *object,
           GError     **error)
{
  return read_id_maybe (object, "script", &review->script, error)
         && side_json_read_int (object, "script_version", 0, &review->script_version, error)
         && side_json_read_ms (object, "created_ms", 0, &review->started_ms, error)
         && side_json_read_ms (object, "changed_ms", 0, &review->changed_ms, error)
         && side_json_read_string (object, "comment", &review->comment, error)
         && _side_wire_read_answers (review->answers, object, error);
}

/**
 * side_wire_test_call_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the test call
 */
SideTestCall *
side_wire_test_call_from_json (const char  *text,
                               gssize       len,
                               GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideTestCall) call = NULL;

  if (object == NULL)
    return NULL;
  call = side_test_call_new (NULL, NULL, NULL);
  if (!read_head (call, object, error)
      || !read_times (call, object, error)
      || !read_lists (call, object, error)
      || !read_end (call, object, error)
      || !read_quality (&call->quality, object, error)
      || !read_callback (call, object, error)
      || !side_json_read_string (object, "recording", &call->recording, error)
      || !side_json_read_string (object, "recording_sha256", &call->recording_sha256, error)
      || !side_json_read_string (object, "operator_name", &call->operator_name, error)
      || !side_json_read_boolean (object, "names_shown", &call->names_shown, error)
      || !read_rules (call, object, error)
      || !read_form (call->review, object, error))
    return NULL;
  return g_steal_pointer (&call);
}
