/* side-plan-words.c - plans and what is to be done for them, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-plan-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-format.h"
#include "side-score.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_plan_words_due:
 * @desk: whose project says what day it is
 * @plan: a plan
 * @overdue: (out) (optional): whether its day is over
 *
 * Returns: (transfer full) (nullable): until when it is to be done
 */
char *
side_plan_words_due (SideDesk       *desk,
                     const SidePlan *plan,
                     gboolean       *overdue)
{
  const SideProject *project = side_desk_get_project (desk);
  gint64 now_ms = side_desk_get_write_ms (desk);
  g_autofree char *date = NULL;

  if (overdue != NULL)
    *overdue = plan->closed_ms == 0 && plan->due_ms != 0 && plan->due_ms <= now_ms;
  if (project == NULL || (plan->closed_ms == 0 && plan->due_ms == 0))
    return NULL;
  if (plan->closed_ms != 0)
    {
      date = side_format_date (project->time_zone, plan->closed_ms, now_ms);
      /* Translators: of a plan; %s is a date */
      return g_strdup_printf (_("closed on %s"), date);
    }
  /* It ends with the day before. */
  date = side_format_date (project->time_zone, plan->due_ms - 1, now_ms);
  if (plan->due_ms <= now_ms)
    /* Translators: %s is a date */
    return g_strdup_printf (_("overdue since %s"), date);
  /* Translators: %s is the last day on which it may be done */
  return g_strdup_printf (_("due by %s"), date);
}

/**
 * side_plan_words_progress:
 * @progress: how far it is
 *
 * Returns: (transfer full): "7 of 20 done"
 */
char *
side_plan_words_progress (SidePlanProgress progress)
{
  /* Translators: reviews of a plan: "7 of 20 done" */
  return g_strdup_printf (ngettext ("%u of %u done", "%u of %u done", progress.total), progress.done, progress.total);
}

/**
 * side_plan_words_call:
 * @desk: whose project says what time it is
 * @call: (nullable): a call
 *
 * Returns: (transfer full): "20 November, 14:02 · Anna Petrova"
 */
char *
side_plan_words_call (SideDesk       *desk,
                      const SideCall *call)
{
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *when = NULL;

  if (call == NULL || project == NULL)
    return g_strdup (_("A call that is not on this computer yet"));
  when = side_format_when (project->time_zone, call->joined_ms, side_desk_get_write_ms (desk));
  return call->operator_name != NULL ? g_strdup_printf ("%s · %s", when, call->operator_name) : g_steal_pointer (&when);
}

/**
 * side_plan_words_about:
 * @desk: whose queues
 * @call: (nullable): a call
 *
 * Returns: (transfer full): "Orders · 3:42"
 */
char *
side_plan_words_about (SideDesk       *desk,
                       const SideCall *call)
{
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *length = NULL;

  if (call == NULL || project == NULL)
    return g_strdup ("");
  length = side_text_duration (call->talk_ms + call->hold_ms);
  return g_strdup_printf ("%s · %s", side_format_queue_name (project, call->queue), length);
}

/**
 * side_plan_words_state:
 * @plans: where the scripts are
 * @work: a task
 *
 * Returns: (transfer full): how far it is: "Draft: 4 of 9"
 */
char *
side_plan_words_state (SidePlans      *plans,
                       const SideWork *work)
{
  const SideScript *script = work->review != NULL ? side_plans_get_script (plans, work->review->script, work->review->script_version) : NULL;
  SideScore score;

  if (work->review == NULL)
    return g_strdup (C_("review", "Open"));
  if (script == NULL)
    return g_strdup (work->review->finished_ms != 0 ? C_("review", "Done") : C_("review", "Draft"));
  side_score_compute (script, work->review, &score);
  if (work->review->finished_ms == 0)
    /* Translators: a review that is not finished: so many of its questions are answered */
    return g_strdup_printf (C_("review", "Draft: %u of %u"), score.answered, score.total);
  if (isnan (score.score))
    return g_strdup (C_("review", "Done"));
  /* Translators: a finished review and its score */
  return g_strdup_printf (C_("review", "Done: %.0f"), score.score);
}

/**
 * side_plan_words_script:
 * @plans: where the scripts are
 * @plan: a plan
 *
 * Returns: (transfer full): title and version of its script
 */
char *
side_plan_words_script (SidePlans      *plans,
                        const SidePlan *plan)
{
  const SideScript *script = side_plans_get_script (plans, plan->script, plan->script_version);

  if (script == NULL)
    return g_strdup (_("A script that is not on this computer yet"));
  if (plan->script_version == 0)
    return g_strdup (script->title);
  /* Translators: a script and its version: "Order by phone, version 3" */
  return g_strdup_printf (_("%s, version %d"), script->title, script->version);
}

/**
 * side_plan_words_result:
 * @plan: a plan
 * @result: what its reviews come to
 *
 * Returns: (transfer full): the score; of what was drawn with the range it stands for
 */
char *
side_plan_words_result (const SidePlan         *plan,
                        const SideSampleResult *result)
{
  if (result->n == 0)
    return g_strdup (C_("score", "–"));
  if (plan->kind == SIDE_PLAN_CHOSEN || isnan (result->interval.low))
    /* Translators: the mean score of so many reviews: "84 · 12 reviews" */
    return g_strdup_printf (ngettext ("%.0f · %u review", "%.0f · %u reviews", result->n), result->mean, result->n);
  /* Translators: mean score, the range that it stands for, how many reviews: "84 (71–92) · 12 reviews" */
  return g_strdup_printf (ngettext ("%.0f (%.0f–%.0f) · %u review", "%.0f (%.0f–%.0f) · %u reviews", result->n),
                          result->mean, result->interval.low, result->interval.high, result->n);
}

/**
 * side_plan_words_size:
 * @size: what a number of reviews tells
 *
 * Returns: (transfer full): it in plain words
 */
char *
side_plan_words_size (const SideSampleSize *size)
{
  g_autofree char *range = NULL, *unseen = NULL;

  if (size->n == 0)
    return g_strdup (_("Without a review nothing is known."));
  if (size->population > 0 && size->n >= size->population)
    return g_strdup (_("These are all the calls: their score is exact."));
  range = g_strdup_printf (ngettext ("With %u review a score of %.0f means %.0f–%.0f.",
                                     "With %u reviews a score of %.0f means %.0f–%.0f.", size->n),
                           size->n, size->score, size->interval.low, size->interval.high);
  unseen = side_text_percent (size->unseen, 0);
  /* Translators: the sentence with the range of scores comes first; %s is a percentage */
  return g_strdup_printf (_("%s If no fault of one kind is found in them, up to %s of all calls may still have it."),
                          range, unseen);
}

/**
 * side_plan_words_rule:
 * @rule: why calls are chosen
 *
 * Returns: (transfer none): its name
 */
const char *
side_plan_words_rule (SidePlanRule rule)
{
  static const char *const names[SIDE_PLAN_N_RULES] = {
    [SIDE_PLAN_RULE_NONE] = NC_("rule", "Chosen by hand"),
    [SIDE_PLAN_RULE_COMPLAINT] = NC_("rule", "Complaint"),
    [SIDE_PLAN_RULE_SILENCE] = NC_("rule", "Long silence"),
    [SIDE_PLAN_RULE_LOST_SALE] = NC_("rule", "Lost sale"),
    [SIDE_PLAN_RULE_POOR_SOUND] = NC_("rule", "Poor sound"),
    [SIDE_PLAN_RULE_TEST_CALL] = NC_("rule", "Test call"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "rule", names[rule]);
}
