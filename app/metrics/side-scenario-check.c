/* side-scenario-check.c - what is wrong with a scenario before anybody calls by it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-scenario-check.h"

#include <string.h>

#include "side-script-check-private.h"
#include "side-time.h"

#define DAY_MS (24 * SIDE_HOUR_MS)

static const char *const codes[] = {
  "no-title", "no-goal", "no-persona", "no-number", "bad-number", "no-steps", "empty-step", "duplicate-step", "no-question",
  "no-answer", "duplicate-fact", "bad-key", "key-prompt", "duplicate-prompt", "empty-prompt", "limit-short", "limit-long",
  "no-limits", "no-hours", "bad-zone", "no-script", "script-missing", "callback",
  "line-no-words", "line-long", "line-damaged", "nameless-prompt",
};

/**
 * side_scenario_fault_to_string:
 * @code: what is wrong
 *
 * Returns: the word programs read
 */
const char *
side_scenario_fault_to_string (SideScenarioFault code)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (codes) == SIDE_SCENARIO_NAMELESS_PROMPT + 1);
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (codes), "");
  return codes[code];
}

/**
 * side_scenario_finding_free:
 * @self: (transfer full): a finding
 */
void
side_scenario_finding_free (SideScenarioFinding *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->id);
  g_free (self);
}

static void
finding_free (gpointer data)
{
  side_scenario_finding_free (data);
}

/* @part: (nullable): which part @id is of */
static SideScenarioFinding *
tell (GPtrArray         *findings,
      SideScenarioFault  code,
      SideSeverity       severity,
      const char        *part,
      const char        *id)
{
  SideScenarioFinding *finding = g_new0 (SideScenarioFinding, 1);

  finding->code = code;
  finding->severity = severity;
  finding->part = part;
  finding->id = g_strdup (id);
  g_ptr_array_add (findings, finding);
  return finding;
}

/* "+7 (495) 120-00-07", "105#", "sip:orders@shop.example" */
static gboolean
can_be_dialled (const char *number)
{
  if (g_ascii_strncasecmp (number, "sip:", 4) == 0 || g_ascii_strncasecmp (number, "sips:", 5) == 0)
    return strpbrk (number, " \t\r\n") == NULL && strchr (number, ':')[1] != '\0';
  return strpbrk (number, "0123456789") != NULL && number[strspn (number, "+0123456789*#() -.")] == '\0';
}

static void
check_whole (const SideScenario *self,
             GPtrArray          *findings)
{
  g_autoptr (GTimeZone) zone = self->time_zone != NULL ? side_time_zone_new (self->time_zone, NULL) : NULL;

  if (_side_check_is_blank (self->title))
    tell (findings, SIDE_SCENARIO_NO_TITLE, SIDE_SEVERITY_WARNING, NULL, NULL);
  if (_side_check_is_blank (self->goal))
    tell (findings, SIDE_SCENARIO_NO_GOAL, SIDE_SEVERITY_ERROR, NULL, NULL);
  if (_side_check_is_blank (self->persona) && !self->robot)
    tell (findings, SIDE_SCENARIO_NO_PERSONA, SIDE_SEVERITY_WARNING, NULL, NULL);
  if (_side_check_is_blank (self->number))
    tell (findings, SIDE_SCENARIO_NO_NUMBER, SIDE_SEVERITY_HINT, NULL, NULL);
  else if (!can_be_dialled (self->number))
    tell (findings, SIDE_SCENARIO_BAD_NUMBER, SIDE_SEVERITY_ERROR, NULL, NULL);
  if (side_hours_is_empty (&self->hours))
    tell (findings, SIDE_SCENARIO_NO_HOURS, SIDE_SEVERITY_ERROR, NULL, NULL);
  if (self->time_zone != NULL && zone == NULL)
    tell (findings, SIDE_SCENARIO_BAD_ZONE, SIDE_SEVERITY_ERROR, NULL, self->time_zone);
  if (self->callback_ms != 0 && (self->callback_ms < SIDE_MINUTE_MS || self->callback_ms > 31 * DAY_MS))
    tell (findings, SIDE_SCENARIO_CALLBACK, SIDE_SEVERITY_WARNING, NULL, NULL)->number = self->callback_ms;
}

/* A recorded line: somebody has to read what it says, on the form and in the result. */
static void
check_line (const SideScenarioStep *step,
            GPtrArray              *findings)
{
  gint64 length_ms = side_scenario_sound_length_ms (step->sound);

  if (step->sound == NULL && _side_check_is_blank (step->recording))
    return;
  if (length_ms < 0)
    tell (findings, SIDE_SCENARIO_LINE_DAMAGED, SIDE_SEVERITY_ERROR, "step", step->id);
  else if (_side_check_is_blank (step->say))
    tell (findings, SIDE_SCENARIO_LINE_NO_WORDS, SIDE_SEVERITY_WARNING, "step", step->id);
  /* Opus codes in frames of 20 ms, and fills the last one up. */
  if (length_ms > SIDE_SCENARIO_MAX_LINE_MS + 100)
    tell (findings, SIDE_SCENARIO_LINE_LONG, SIDE_SEVERITY_ERROR, "step", step->id)->number = length_ms;
}

/* The computer needs no words to hear whether anybody answers. */
static void
check_steps (const SideScenario *self,
             GPtrArray          *findings)
{
  if (self->steps->len == 0 && !self->robot)
    tell (findings, SIDE_SCENARIO_NO_STEPS, SIDE_SEVERITY_ERROR, NULL, NULL);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SideScenarioStep *step = self->steps->pdata[i];

      if (_side_check_is_blank (step->say) && step->sound == NULL && _side_check_is_blank (step->recording))
        tell (findings, SIDE_SCENARIO_EMPTY_STEP, SIDE_SEVERITY_ERROR, "step", step->id);
      check_line (step, findings);
      if (side_scenario_find_step (self, step->id) != step)
        tell (findings, SIDE_SCENARIO_DUPLICATE_STEP, SIDE_SEVERITY_ERROR, "step", step->id);
    }
}

static void
check_facts (const SideScenario *self,
             GPtrArray          *findings)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      const SideScenarioFact *fact = self->facts->pdata[i];

      if (_side_check_is_blank (fact->question))
        tell (findings, SIDE_SCENARIO_NO_QUESTION, SIDE_SEVERITY_ERROR, "fact", fact->id);
      if (_side_check_is_blank (fact->answer))
        tell (findings, SIDE_SCENARIO_NO_ANSWER, SIDE_SEVERITY_ERROR, "fact", fact->id);
      if (side_scenario_find_fact (self, fact->id) != fact)
        tell (findings, SIDE_SCENARIO_DUPLICATE_FACT, SIDE_SEVERITY_ERROR, "fact", fact->id);
    }
}

static void
check_menu (const SideScenario *self,
            GPtrArray          *findings)
{
  for (guint i = 0; i < self->prompts->len; i++)
    {
      const SideScenarioPrompt *prompt = self->prompts->pdata[i];

      if (_side_check_is_blank (prompt->name))
        tell (findings, SIDE_SCENARIO_NAMELESS_PROMPT, SIDE_SEVERITY_ERROR, "prompt", prompt->name);
      if (_side_check_is_blank (prompt->text) && _side_check_is_blank (prompt->recording))
        tell (findings, SIDE_SCENARIO_EMPTY_PROMPT, SIDE_SEVERITY_WARNING, "prompt", prompt->name);
      if (side_scenario_find_prompt (self, prompt->name) != prompt)
        tell (findings, SIDE_SCENARIO_DUPLICATE_PROMPT, SIDE_SEVERITY_ERROR, "prompt", prompt->name);
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      const SideScenarioKey *key = self->keys->pdata[i];

      if (!side_keys_are_keys (key->keys))
        tell (findings, SIDE_SCENARIO_BAD_KEY, SIDE_SEVERITY_ERROR, "key", key->keys);
      if (key->prompt != NULL && side_scenario_find_prompt (self, key->prompt) == NULL)
        tell (findings, SIDE_SCENARIO_KEY_PROMPT, SIDE_SEVERITY_ERROR, "key", key->keys);
    }
}

static void
check_limits (const SideScenario *self,
              GPtrArray          *findings)
{
  const struct { const char *name; gint64 ms, least_ms, most_ms; } limits[] = {
    { "ring", self->limits.ring_ms, SIDE_SECOND_MS, 10 * SIDE_MINUTE_MS },
    { "menu", self->limits.menu_ms, SIDE_SECOND_MS, 15 * SIDE_MINUTE_MS },
    { "queue", self->limits.queue_ms, SIDE_SECOND_MS, 2 * SIDE_HOUR_MS },
    { "talk", self->limits.talk_ms, 10 * SIDE_SECOND_MS, 4 * SIDE_HOUR_MS },
  };
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      any = any || limits[i].ms != 0;
      if (limits[i].ms != 0 && limits[i].ms < limits[i].least_ms)
        tell (findings, SIDE_SCENARIO_LIMIT_SHORT, SIDE_SEVERITY_ERROR, "limit", limits[i].name)->number = limits[i].ms;
      if (limits[i].ms > limits[i].most_ms)
        tell (findings, SIDE_SCENARIO_LIMIT_LONG, SIDE_SEVERITY_WARNING, "limit", limits[i].name)->number = limits[i].ms;
    }
  if (!any)
    tell (findings, SIDE_SCENARIO_NO_LIMITS, self->robot ? SIDE_SEVERITY_WARNING : SIDE_SEVERITY_HINT, NULL, NULL);
}

static void
check_script (const SideScenario     *self,
              SideScenarioScriptFunc  has_script,
              gpointer                data,
              GPtrArray              *findings)
{
  if (self->script == NULL && self->ready_script == NULL && !self->robot)
    tell (findings, SIDE_SCENARIO_NO_SCRIPT, SIDE_SEVERITY_HINT, NULL, NULL);
  else if (self->script != NULL && has_script != NULL && !has_script (self->script, self->script_version, data))
    tell (findings, SIDE_SCENARIO_SCRIPT_MISSING, SIDE_SEVERITY_ERROR, NULL, self->script);
}

/**
 * side_scenario_check:
 * @scenario: a scenario
 * @has_script: (nullable): tells whether the script it is scored with is there; %NULL
 *   where nobody can know
 * @data: for @has_script
 *
 * Returns: (transfer full) (element-type SideScenarioFinding): what is wrong: of the
 *   whole first, then part by part; empty when nothing is
 */
GPtrArray *
side_scenario_check (const SideScenario     *scenario,
                     SideScenarioScriptFunc  has_script,
                     gpointer                data)
{
  GPtrArray *findings;

  g_return_val_if_fail (scenario != NULL, NULL);

  findings = g_ptr_array_new_with_free_func (finding_free);
  check_whole (scenario, findings);
  check_script (scenario, has_script, data, findings);
  check_limits (scenario, findings);
  check_steps (scenario, findings);
  check_facts (scenario, findings);
  check_menu (scenario, findings);
  return findings;
}

/**
 * side_scenario_findings_worst:
 * @findings: (element-type SideScenarioFinding): what was found
 *
 * Returns: the worst severity among them; %SIDE_SEVERITY_HINT for none
 */
SideSeverity
side_scenario_findings_worst (GPtrArray *findings)
{
  SideSeverity worst = SIDE_SEVERITY_HINT;

  g_return_val_if_fail (findings != NULL, SIDE_SEVERITY_HINT);

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((const SideScenarioFinding *) findings->pdata[i])->severity);
  return worst;
}
