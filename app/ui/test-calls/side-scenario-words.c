/* side-scenario-words.c - scenarios and what was found in them, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-scenario-words.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-text.h"

/**
 * side_scenario_words_title:
 * @scenario: a scenario
 *
 * Returns: (transfer none): its title, or that it has none
 */
const char *
side_scenario_words_title (const SideScenario *scenario)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  return scenario->title != NULL && *scenario->title != '\0' ? scenario->title : _("Scenario without a title");
}

/**
 * side_scenario_words_row:
 * @item: a scenario
 * @project: (nullable): its project
 * @now_ms: the present instant
 *
 * Returns: (transfer full): "Orders · 18 Nov", "never called"
 */
char *
side_scenario_words_row (SideScenarioItem  *item,
                         const SideProject *project,
                         gint64             now_ms)
{
  const SideScenario *scenario = side_scenario_item_get (item);
  const SideTestCall *last = side_scenario_item_get_last (item, NULL);
  g_autofree char *when = last != NULL && project != NULL ? side_format_when (project->time_zone, last->dialled_ms, now_ms) : NULL;
  const char *queue = scenario->queue != NULL && project != NULL ? side_format_queue_name (project, scenario->queue) : NULL;
  g_autofree char *number = scenario->number != NULL ? side_text_phone (scenario->number, FALSE) : NULL;
  const char *where = queue != NULL ? queue : number;

  if (where == NULL)
    return g_strdup (when != NULL ? when : _("never called"));
  return g_strdup_printf ("%s · %s", where, when != NULL ? when : _("never called"));
}

/**
 * side_scenario_words_hours:
 * @hours: when it may be called
 *
 * Returns: (transfer full): "Mon, Tue 09:00–18:00", "at any time"
 */
char *
side_scenario_words_hours (const SideHours *hours)
{
  g_autoptr (GString) days = g_string_new (NULL);

  if (hours->weekdays == SIDE_HOURS_EVERY_DAY && hours->from_minute == 0 && hours->to_minute == SIDE_HOURS_DAY)
    return g_strdup (_("at any time"));
  if (side_hours_is_empty (hours))
    return g_strdup (_("never"));
  for (guint i = 0; hours->weekdays != SIDE_HOURS_EVERY_DAY && i < 7; i++)
    if (hours->weekdays & (1u << i))
      g_string_append_printf (days, "%s%s", days->len > 0 ? ", " : "", side_format_weekday (i));
  return g_strdup_printf ("%s %02d:%02d–%02d:%02d", days->len > 0 ? days->str : _("every day"), hours->from_minute / 60,
                          hours->from_minute % 60, hours->to_minute / 60, hours->to_minute % 60);
}

/**
 * side_scenario_words_limit:
 * @ms: of a limit; 0 for none
 *
 * Returns: (transfer full) (nullable): "0:20"
 */
char *
side_scenario_words_limit (gint64 ms)
{
  return ms > 0 ? side_text_duration (ms) : NULL;
}

/* ---- what was found ---- */

static const char *
about_scenario (SideScenarioFault code)
{
  switch (code)
    {
    case SIDE_SCENARIO_NO_TITLE:
      return _("It has no title.");
    case SIDE_SCENARIO_NO_GOAL:
      return _("It does not say what the caller wants to have in the end.");
    case SIDE_SCENARIO_NO_PERSONA:
      return _("It does not say who the caller is.");
    case SIDE_SCENARIO_NO_NUMBER:
      return _("It has no number to call.");
    case SIDE_SCENARIO_BAD_NUMBER:
      return _("What is to be called is neither a number nor a SIP address.");
    case SIDE_SCENARIO_NO_STEPS:
      return _("There is nothing to say, and nothing the computer could find out without.");
    case SIDE_SCENARIO_NO_LIMITS:
      return _("No limit says what is too long.");
    case SIDE_SCENARIO_NO_HOURS:
      return _("There is no minute it may be called at.");
    case SIDE_SCENARIO_BAD_ZONE:
      return _("Its time zone is none.");
    case SIDE_SCENARIO_NO_SCRIPT:
      return _("No script is chosen to score the call with.");
    case SIDE_SCENARIO_SCRIPT_MISSING:
      return _("The script to score with is not here.");
    case SIDE_SCENARIO_CALLBACK:
      return _("Within that time nobody calls back.");
    default:
      return NULL;
    }
}

static const char *
about_limit (const char *limit)
{
  return g_strcmp0 (limit, "ring") == 0 ? _("ringing") : g_strcmp0 (limit, "menu") == 0 ? _("the menu")
         : g_strcmp0 (limit, "queue") == 0 ? _("waiting") : _("talking");
}

static guint
find_step (const SideScenario *scenario,
           const char         *id)
{
  for (guint i = 0; i < scenario->steps->len; i++)
    if (g_strcmp0 (((const SideScenarioStep *) scenario->steps->pdata[i])->id, id) == 0)
      return i + 1;
  return 0;
}

static guint
find_fact (const SideScenario *scenario,
           const char         *id)
{
  for (guint i = 0; i < scenario->facts->len; i++)
    if (g_strcmp0 (((const SideScenarioFact *) scenario->facts->pdata[i])->id, id) == 0)
      return i + 1;
  return 0;
}

static char *
about_part (const SideScenario        *scenario,
            const SideScenarioFinding *finding)
{
  switch (finding->code)
    {
    case SIDE_SCENARIO_EMPTY_STEP:
      return g_strdup_printf (_("Step %u says nothing."), find_step (scenario, finding->id));
    case SIDE_SCENARIO_DUPLICATE_STEP:
      return g_strdup_printf (_("Step %u is there twice."), find_step (scenario, finding->id));
    case SIDE_SCENARIO_NO_QUESTION:
      return g_strdup_printf (_("Fact %u has no question."), find_fact (scenario, finding->id));
    case SIDE_SCENARIO_NO_ANSWER:
      return g_strdup_printf (_("Fact %u has no right answer."), find_fact (scenario, finding->id));
    case SIDE_SCENARIO_DUPLICATE_FACT:
      return g_strdup_printf (_("Fact %u is there twice."), find_fact (scenario, finding->id));
    case SIDE_SCENARIO_BAD_KEY:
      return g_strdup_printf (_("“%s” are not keys of a telephone: 0 to 9, *, #, A to D."), finding->id);
    case SIDE_SCENARIO_KEY_PROMPT:
      return g_strdup_printf (_("The keys “%s” wait for an announcement that is not there."), finding->id);
    case SIDE_SCENARIO_DUPLICATE_PROMPT:
      return g_strdup_printf (_("There are two announcements “%s”."), finding->id);
    case SIDE_SCENARIO_EMPTY_PROMPT:
      return g_strdup_printf (_("The announcement “%s” has no words: it cannot be told from another."), finding->id);
    case SIDE_SCENARIO_LIMIT_SHORT:
      return g_strdup_printf (_("The limit for %s is over before anybody can keep it."), about_limit (finding->id));
    case SIDE_SCENARIO_LIMIT_LONG:
      return g_strdup_printf (_("The limit for %s is too long to be one."), about_limit (finding->id));
    case SIDE_SCENARIO_LINE_NO_WORDS:
      return g_strdup_printf (_("Step %u has a recorded line and no words: nobody can read what is said."), find_step (scenario, finding->id));
    case SIDE_SCENARIO_LINE_LONG:
      return g_strdup_printf (_("The recorded line of step %u is longer than 30 seconds."), find_step (scenario, finding->id));
    case SIDE_SCENARIO_LINE_DAMAGED:
      return g_strdup_printf (_("The recorded line of step %u is damaged, or was left behind in another scenario."), find_step (scenario, finding->id));
    case SIDE_SCENARIO_NAMELESS_PROMPT:
      return g_strdup (_("An announcement has no name."));
    default:
      return NULL;
    }
}

/**
 * side_scenario_words_finding:
 * @scenario: what was checked
 * @finding: what was found
 *
 * Returns: (transfer full): a sentence
 */
char *
side_scenario_words_finding (const SideScenario        *scenario,
                             const SideScenarioFinding *finding)
{
  const char *whole = about_scenario (finding->code);
  char *words = whole != NULL ? g_strdup (whole) : about_part (scenario, finding);

  /* A newer checker's word is better than none. */
  return words != NULL ? words : g_strdup (side_scenario_fault_to_string (finding->code));
}

/* ---- as text ---- */

static void
add_line (GString    *out,
          const char *title,
          const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (out, "%s: %s\n", title, text);
}

/**
 * side_scenario_words_line:
 * @step: a step
 *
 * Returns: (transfer full) (nullable): that it has a recorded line, and how long that is; %NULL
 *   where it has none that can be played
 */
char *
side_scenario_words_line (const SideScenarioStep *step)
{
  gint64 length_ms;
  g_autofree char *length = NULL;

  g_return_val_if_fail (step != NULL, NULL);

  length_ms = side_scenario_sound_length_ms (step->sound);
  if (length_ms < 0)
    return NULL;
  length = side_text_duration_tenths ((length_ms + 50) / 100 * 100);
  return g_strdup_printf (_("Recorded line, %s"), length);
}

/**
 * side_scenario_words_text:
 * @scenario: a scenario
 * @project: (nullable): its project
 *
 * Returns: (transfer full): all of it to be read or printed, in lines; the right
 *   answers too
 */
char *
side_scenario_words_text (const SideScenario *scenario,
                          const SideProject  *project)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *hours = side_scenario_words_hours (&scenario->hours);

  g_string_append_printf (out, "%s\n\n", side_scenario_words_title (scenario));
  add_line (out, _("Who you are"), scenario->persona);
  add_line (out, _("What happened before"), scenario->history);
  add_line (out, _("What you want"), scenario->goal);
  add_line (out, _("Number"), scenario->number);
  if (scenario->queue != NULL && project != NULL)
    add_line (out, _("Queue"), side_format_queue_name (project, scenario->queue));
  add_line (out, _("When to call"), hours);
  add_line (out, _("In the time zone"), scenario->time_zone);
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      const SideScenarioStep *step = scenario->steps->pdata[i];

      g_string_append_printf (out, "\n%u. %s\n", i + 1, step->say != NULL ? step->say : "");
      add_line (out, _("When"), step->branch);
      add_line (out, _("Do not say"), step->must_not);
      add_line (out, _("Expected"), step->expect);
    }
  for (guint i = 0; i < scenario->facts->len; i++)
    {
      const SideScenarioFact *fact = scenario->facts->pdata[i];

      g_string_append_printf (out, "\n%s\n", fact->question != NULL ? fact->question : "");
      add_line (out, _("Right answer"), fact->answer);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
