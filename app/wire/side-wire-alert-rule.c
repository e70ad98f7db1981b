/* side-wire-alert-rule.c - rules of alerts, as a body and as a file of several; what was done about alerts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire-private.h"

#include <math.h>
#include <string.h>

static gboolean
read_watch (SideAlertRule  *rule,
            JsonObject     *object,
            GError        **error)
{
  const char *watch = NULL, *state = NULL;

  if (!side_json_read_text (object, "watch", SIDE_JSON_MAX_INTERN, &watch, error)
      || !side_json_need (watch != NULL, "watch", error)
      || !side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error))
    return FALSE;
  if (!side_alert_watch_from_string (watch, &rule->watch))
    return _side_wire_bad ("\"watch\" is not a word we know", error);
  rule->state = state != NULL ? side_operator_state_from_string (state) : SIDE_OPERATOR_UNKNOWN;
  return TRUE;
}

static gboolean
read_hours (SideAlertRule  *rule,
            JsonObject     *object,
            GError        **error)
{
  JsonNode *node = NULL;

  return side_json_read_object (object, "hours", &node, error)
         && (node == NULL || _side_wire_read_hours (json_node_get_object (node), &rule->hours, error));
}

static SideAlertRule *
read_rule (JsonObject  *object,
           GError     **error)
{
  g_autoptr (SideAlertRule) rule = side_alert_rule_new (NULL, NULL, SIDE_ALERT_WAITING);

  if (!side_json_read_id (object, "id", &rule->id, error)
      || !side_json_read_needed (object, "project", &rule->project, error)
      || !side_json_read_string (object, "queue", &rule->queue, error)
      || !side_json_read_string (object, "title", &rule->title, error)
      || !read_watch (rule, object, error)
      || !side_json_read_int (object, "minutes", 0, &rule->minutes, error)
      || !side_json_read_int (object, "least", 0, &rule->least, error)
      || !side_json_read_double (object, "warning", &rule->warning, error)
      || !side_json_read_double (object, "alarm", &rule->alarm, error)
      || !side_json_read_double (object, "back", &rule->back, error)
      || !side_json_read_int (object, "hold_s", 0, &rule->hold_s, error)
      || !read_hours (rule, object, error)
      || !side_json_read_boolean (object, "off", &rule->off, error)
      || !side_alert_rule_check (rule, error))
    return NULL;
  return g_steal_pointer (&rule);
}

static gboolean
take_rule (gpointer     owner,
           JsonObject  *object,
           GError     **error)
{
  GPtrArray *rules = owner;
  SideAlertRule *rule = read_rule (object, error);

  if (rule == NULL)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    if (g_str_equal (((const SideAlertRule *) rules->pdata[i])->id, rule->id))
      {
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "it has the id of number %u", i + 1);
        side_alert_rule_unref (rule);
        return FALSE;
      }
  g_ptr_array_add (rules, rule);
  return TRUE;
}

static void
append_limit (GString    *out,
              const char *name,
              double      value)
{
  if (isfinite (value))
    side_json_double (out, name, value);
}

/**
 * side_wire_alert_rule_to_json:
 * @rule: a rule
 *
 * Returns: (transfer full): its JSON, without what is as it is for a rule that does not say
 */
char *
side_wire_alert_rule_to_json (const SideAlertRule *rule)
{
  const SideHours always = side_hours_always ();
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", rule->id);
  side_json_string (out, "project", rule->project);
  side_json_string_maybe (out, "queue", rule->queue);
  side_json_string_maybe (out, "title", rule->title);
  side_json_string (out, "watch", side_alert_watch_to_string (rule->watch));
  if (rule->state != SIDE_OPERATOR_UNKNOWN)
    side_json_string (out, "state", side_operator_state_to_string (rule->state));
  side_json_int_maybe (out, "minutes", rule->minutes);
  side_json_int_maybe (out, "least", rule->least);
  append_limit (out, "warning", rule->warning);
  append_limit (out, "alarm", rule->alarm);
  if (rule->back != 0)
    append_limit (out, "back", rule->back);
  side_json_int_maybe (out, "hold_s", rule->hold_s);
  if (memcmp (&rule->hours, &always, sizeof always) != 0)
    _side_wire_append_hours (out, "hours", &rule->hours);
  if (rule->off)
    side_json_boolean (out, "off", TRUE);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_alert_rule_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the rule
 */
SideAlertRule *
side_wire_alert_rule_from_json (const char  *text,
                                gssize       len,
                                GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);

  return node != NULL ? read_rule (json_node_get_object (node), error) : NULL;
}

/**
 * side_wire_alert_act_to_json:
 * @act: what somebody did about an alert
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_alert_act_to_json (const SideAlertAct *act)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", act->id);
  side_json_string (out, "project", act->project);
  side_json_string (out, "rule", act->rule);
  side_json_string_maybe (out, "operator", act->operator_id);
  side_json_string_maybe (out, "author", act->author);
  side_json_string_maybe (out, "note", act->note);
  side_json_int (out, "at_ms", act->at_ms);
  side_json_int_maybe (out, "until_ms", act->until_ms);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_alert_act_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): what somebody did about an alert
 */
SideAlertAct *
side_wire_alert_act_from_json (const char  *text,
                               gssize       len,
                               GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  g_autoptr (SideAlertAct) act = side_alert_act_new (NULL, NULL, NULL, 0);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

  if (object == NULL
      || !side_json_read_id (object, "id", &act->id, error)
      || !side_json_read_needed (object, "project", &act->project, error)
      || !side_json_read_id (object, "rule", &act->rule, error)
      || !side_json_read_string (object, "operator", &act->operator_id, error)
      || !side_json_read_string (object, "author", &act->author, error)
      || !side_json_read_string (object, "note", &act->note, error)
      || !side_json_read_ms (object, "at_ms", 0, &act->at_ms, error)
      || !side_json_read_ms (object, "until_ms", 0, &act->until_ms, error))
    return NULL;
  if (act->until_ms != 0 && (act->until_ms <= act->at_ms || act->until_ms - act->at_ms > SIDE_ALERT_MAX_SNOOZE_MS))
    {
      _side_wire_bad ("\"until_ms\" is not within a day after \"at_ms\"", error);
      return NULL;
    }
  return g_steal_pointer (&act);
}

/**
 * side_wire_alert_rules_from_json:
 * @text: JSON, an object with "rules"
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE, saying which rule is wrong
 *
 * Returns: (transfer full) (element-type SideAlertRule): the rules, in their order
 */
GPtrArray *
side_wire_alert_rules_from_json (const char  *text,
                                 gssize       len,
                                 GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_rule_unref);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

  if (object == NULL || !side_json_need (json_object_has_member (object, "rules"), "rules", error)
      || !_side_wire_each_object (object, "rules", SIDE_WIRE_MAX_ALERT_RULES, take_rule, rules, error))
    return NULL;
  return g_steal_pointer (&rules);
}
