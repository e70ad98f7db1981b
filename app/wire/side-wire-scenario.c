/* side-wire-scenario.c - scenarios of test calls as bodies of documents
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a scenario makes sense is not asked here: a half-written one is kept
 * and sent like any other. side_scenario_check() tells what is wrong with it.
 */
#include "side-wire-private.h"

static void
append_steps (GString            *out,
              const SideScenario *scenario,
              gboolean            pinned)
{
  side_json_open (out, "steps", '[');
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      const SideScenarioStep *step = scenario->steps->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "id", step->id);
      side_json_string_maybe (out, "say", step->say);
      side_json_string_maybe (out, "must_not", step->must_not);
      side_json_string_maybe (out, "expect", step->expect);
      side_json_string_maybe (out, "branch", step->branch);
      side_json_string_maybe (out, "recording", step->recording);
      if (!pinned)
        side_json_string_maybe (out, "sound", step->sound);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_facts (GString            *out,
              const SideScenario *scenario)
{
  side_json_open (out, "facts", '[');
  for (guint i = 0; i < scenario->facts->len; i++)
    {
      const SideScenarioFact *fact = scenario->facts->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "id", fact->id);
      side_json_string_maybe (out, "question", fact->question);
      side_json_string_maybe (out, "answer", fact->answer);
      side_json_string_maybe (out, "note", fact->note);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_menu (GString            *out,
             const SideScenario *scenario,
             gboolean            pinned)
{
  side_json_open (out, "prompts", '[');
  for (guint i = 0; i < scenario->prompts->len; i++)
    {
      const SideScenarioPrompt *prompt = scenario->prompts->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "name", prompt->name);
      side_json_string_maybe (out, "text", prompt->text);
      side_json_string_maybe (out, "recording", prompt->recording);
      if (!pinned)
        side_json_string_maybe (out, "sound", prompt->sound);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_open (out, "keys", '[');
  for (guint i = 0; i < scenario->keys->len; i++)
    {
      const SideScenarioKey *key = scenario->keys->pdata[i];

      side_json_open (out, NULL, '{');
      side_json_string (out, "keys", key->keys);
      side_json_string_maybe (out, "prompt", key->prompt);
      side_json_int_maybe (out, "after_ms", key->after_ms);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_limits (GString                  *out,
               const SideScenarioLimits *limits)
{
  side_json_open (out, "limits", '{');
  side_json_int_maybe (out, "ring_ms", limits->ring_ms);
  side_json_int_maybe (out, "menu_ms", limits->menu_ms);
  side_json_int_maybe (out, "queue_ms", limits->queue_ms);
  side_json_int_maybe (out, "talk_ms", limits->talk_ms);
  side_json_close (out, '}');
}

/* Writes a scenario at the end of @out as it is; or as the member @name, pinned by a test
 * call, without the sound of its steps and prompts: each of them would be there again for every call. */
void
_side_wire_append_scenario (GString            *out,
                            const char         *name,
                            const SideScenario *scenario)
{
  side_json_open (out, name, '{');
  side_json_string (out, "id", scenario->id);
  side_json_string (out, "project", scenario->project);
  side_json_string_maybe (out, "title", scenario->title);
  side_json_int (out, "version", scenario->version);
  side_json_string_maybe (out, "language", scenario->language);
  side_json_string_maybe (out, "note", scenario->note);
  side_json_string_maybe (out, "persona", scenario->persona);
  side_json_string_maybe (out, "history", scenario->history);
  side_json_string_maybe (out, "number", scenario->number);
  side_json_string_maybe (out, "queue", scenario->queue);
  _side_wire_append_hours (out, "hours", &scenario->hours);
  side_json_string_maybe (out, "time_zone", scenario->time_zone);
  side_json_string_maybe (out, "goal", scenario->goal);
  append_steps (out, scenario, name != NULL);
  append_facts (out, scenario);
  append_menu (out, scenario, name != NULL);
  side_json_string_maybe (out, "script", scenario->script);
  side_json_int_maybe (out, "script_version", scenario->script_version);
  side_json_string_maybe (out, "ready_script", scenario->ready_script);
  append_limits (out, &scenario->limits);
  side_json_int_maybe (out, "callback_ms", scenario->callback_ms);
  if (scenario->robot)
    side_json_boolean (out, "robot", TRUE);
  side_json_string_maybe (out, "author", scenario->author);
  side_json_int_maybe (out, "created_ms", scenario->created_ms);
  side_json_int_maybe (out, "changed_ms", scenario->changed_ms);
  side_json_close (out, '}');
}

/**
 * side_wire_scenario_to_json:
 * @scenario: a scenario
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_scenario_to_json (const SideScenario *scenario)
{
  GString *out = g_string_new (NULL);

  _side_wire_append_scenario (out, NULL, scenario);
  return _side_wire_take (out);
}

static gboolean
read_step (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  SideScenarioStep *step = side_scenario_add_step (owner, NULL, NULL);

  return side_json_read_needed (object, "id", &step->id, error)
         && side_json_read_string (object, "say", &step->say, error)
         && side_json_read_string (object, "must_not", &step->must_not, error)
         && side_json_read_string (object, "expect", &step->expect, error)
         && side_json_read_string (object, "branch", &step->branch, error)
         && side_json_read_string (object, "recording", &step->recording, error)
         && side_json_read_string (object, "sound", &step->sound, error);
}

static gboolean
read_fact (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  SideScenarioFact *fact = side_scenario_add_fact (owner, NULL, NULL, NULL);

  return side_json_read_needed (object, "id", &fact->id, error)
         && side_json_read_string (object, "question", &fact->question, error)
         && side_json_read_string (object, "answer", &fact->answer, error)
         && side_json_read_string (object, "note", &fact->note, error);
}

static gboolean
read_prompt (gpointer     owner,
             JsonObject  *object,
             GError     **error)
{
  SideScenarioPrompt *prompt = side_scenario_add_prompt (owner, NULL, NULL);

  return side_json_read_needed (object, "name", &prompt->name, error)
         && side_json_read_string (object, "text", &prompt->text, error)
         && side_json_read_string (object, "recording", &prompt->recording, error)
         && side_json_read_string (object, "sound", &prompt->sound, error);
}

static gboolean
read_key (gpointer     owner,
          JsonObject  *object,
          GError     **error)
{
  SideScenarioKey *key = side_scenario_add_key (owner, NULL, NULL, 0);

  return side_json_read_needed (object, "keys", &key->keys, error)
         && side_json_read_string (object, "prompt", &key->prompt, error)
         && side_json_read_ms (object, "after_ms", 0, &key->after_ms, error);
}

static gboolean
read_limits (SideScenarioLimits  *limits,
             JsonObject          *object,
             GError             **error)
{
  JsonNode *node = NULL;

  if (!side_json_read_object (object, "limits", &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  object = json_node_get_object (node);
  return side_json_read_ms (object, "ring_ms", 0, &limits->ring_ms, error)
         && side_json_read_ms (object, "menu_ms", 0, &limits->menu_ms, error)
         && side_json_read_ms (object, "queue_ms", 0, &limits->queue_ms, error)
         && side_json_read_ms (object, "talk_ms", 0, &limits->talk_ms, error);
}

static gboolean
read_hours (SideScenario  *scenario,
            JsonObject    *object,
            GError       **error)
{
  JsonNode *node = NULL;

  return side_json_read_object (object, "hours", &node, error)
         && (node == NULL || _side_wire_read_hours (json_node_get_object (node), &scenario->hours, error))
         && side_json_read_string (object, "time_zone", &scenario->time_zone, error);
}

static gboolean
read_script (SideScenario  *scenario,
             JsonObject    *object,
             GError       **error)
{
  return side_json_read_string (object, "script", &scenario->script, error)
         && (scenario->script == NULL || side_json_read_id (object, "script", &scenario->script, error))
         && side_json_read_int (object, "script_version", 0, &scenario->script_version, error)
         && side_json_read_string (object, "ready_script", &scenario->ready_script, error);
}

static gboolean
read_caller (SideScenario  *scenario,
             JsonObject    *object,
             GError       **error)
{
  return side_json_read_string (object, "language", &scenario->language, error)
         && side_json_read_string (object, "note", &scenario->note, error)
         && side_json_read_string (object, "persona", &scenario->persona, error)
         && side_json_read_string (object, "history", &scenario->history, error)
         && side_json_read_string (object, "number", &scenario->number, error)
         && side_json_read_string (object, "queue", &scenario->queue, error)
         && side_json_read_string (object, "goal", &scenario->goal, error);
}

/* Returns: (transfer full): the scenario that @object is */
SideScenario *
_side_wire_read_scenario (JsonObject  *object,
                          GError     **error)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (NULL, NULL, NULL);

  if (!side_json_read_id (object, "id", &scenario->id, error)
      || !side_json_read_needed (object, "project", &scenario->project, error)
      || !side_json_read_string (object, "title", &scenario->title, error)
      || !side_json_read_int (object, "version", 1, &scenario->version, error)
      || !read_caller (scenario, object, error)
      || !read_hours (scenario, object, error)
      || !_side_wire_each_object (object, "steps", SIDE_SCENARIO_MAX_STEPS, read_step, scenario, error)
      || !_side_wire_each_object (object, "facts", SIDE_SCENARIO_MAX_FACTS, read_fact, scenario, error)
      || !_side_wire_each_object (object, "prompts", SIDE_SCENARIO_MAX_PROMPTS, read_prompt, scenario, error)
      || !_side_wire_each_object (object, "keys", SIDE_SCENARIO_MAX_KEYS, read_key, scenario, error)
      || !read_script (scenario, object, error)
      || !read_limits (&scenario->limits, object, error)
      || !side_json_read_ms (object, "callback_ms", 0, &scenario->callback_ms, error)
      || !side_json_read_boolean (object, "robot", &scenario->robot, error)
      || !side_json_read_string (object, "author", &scenario->author, error)
      || !side_json_read_ms (object, "created_ms", 0, &scenario->created_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &scenario->changed_ms, error))
    return NULL;
  return g_steal_pointer (&scenario);
}

/**
 * side_wire_scenario_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the scenario
 */
SideScenario *
side_wire_scenario_from_json (const char  *text,
                              gssize       len,
                              GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object_once (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? _side_wire_read_scenario (json_node_get_object (node), error) : NULL;
}
