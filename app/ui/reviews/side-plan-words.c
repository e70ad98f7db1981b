/* side-plan-words.c - plans and what is to be done for them, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-plan-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-blind.h"
#include "side-format.h"
#include "side-score.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_plan_words_until:
 * @desk: whose project says what day it is
 * @due_ms: the instant its last day is over; 0 for none
 * @overdue: (out) (optional): whether it is
 *
 * Returns: (transfer full) (nullable): until when something is to be done
 */
char *
side_plan_words_until (SideDesk *desk,
                       gint64    due_ms,
                       gboolean *overdue)
{
  const SideProject *project = side_desk_get_project (desk);
  gint64 now_ms = side_desk_get_write_ms (desk);
  g_autofree char *date = NULL;

  if (overdue != NULL)
    *overdue = due_ms != 0 && due_ms <= now_ms;
  if (project == NULL || due_ms == 0)
    return NULL;
  /* It ends with the day before. */
  date = side_format_date (project->time_zone, due_ms - 1, now_ms);
  if (due_ms <= now_ms)
    /* Translators: %s is a date */
    return g_strdup_printf (_("overdue since %s"), date);
  /* Translators: %s is the last day on which it may be done */
  return g_strdup_printf (_("due by %s"), date);
}

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
  g_autofree char *date = NULL;

  if (plan->closed_ms == 0)
    return side_plan_words_until (desk, plan->due_ms, overdue);
  if (overdue != NULL)
    *overdue = FALSE;
  if (project == NULL)
    return NULL;
  date = side_format_date (project->time_zone, plan->closed_ms, side_desk_get_write_ms (desk));
  /* Translators: of a plan; %s is a date */
  return g_strdup_printf (_("closed on %s"), date);
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

/* @project: (nullable)
 * Returns: (transfer full) (nullable): "22.11.2026 14:05 · olga" */
static char *
tell_made (const SideProject *project,
           gint64             made_ms,
           const char        *author)
{
  g_autoptr (GDateTime) made = project != NULL && made_ms != 0 ? side_time_to_local (project->time_zone, made_ms) : NULL;
  /* Translators: a day and a time, short: "22.11.2026 14:05" */
  g_autofree char *when = made != NULL ? g_date_time_format (made, _("%d.%m.%Y %H:%M")) : NULL;

  return when != NULL && author != NULL ? g_strdup_printf ("%s · %s", when, author) : g_steal_pointer (&when);
}

/**
 * side_plan_words_which:
 * @plans: all plans
 * @plan: one of them
 *
 * Returns: (transfer full) (nullable): when it was made and by whom, where
 *   another is called the same
 */
char *
side_plan_words_which (SidePlans      *plans,
                       const SidePlan *plan)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (plans));
  GPtrArray *list = side_plans_list (plans);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += g_strcmp0 (((const SidePlan *) list->pdata[i])->title, plan->title) == 0;
  return n > 1 ? tell_made (side_desk_get_project (desk), plan->created_ms, plan->author) : NULL;
}

/**
 * side_plan_words_title:
 * @plans: all plans
 * @plan: one of them
 *
 * Returns: (transfer full): what it is called, with side_plan_words_which()
 */
char *
side_plan_words_title (SidePlans      *plans,
                       const SidePlan *plan)
{
  g_autofree char *which = side_plan_words_which (plans, plan);
  const char *title = plan->title != NULL ? plan->title : "";

  return which != NULL ? g_strdup_printf ("%s · %s", title, which) : g_strdup (title);
}

/**
 * side_plan_words_calibration:
 * @calibrations: all calibrations
 * @calibration: one of them
 *
 * Returns: (transfer full): what it is called, likewise
 */
char *
side_plan_words_calibration (SideCalibrations      *calibrations,
                             const SideCalibration *calibration)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (calibrations));
  GPtrArray *list = side_calibrations_list (calibrations);
  const char *title = calibration->title != NULL ? calibration->title : _("Calibration");
  g_autofree char *which = NULL;
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += g_strcmp0 (((const SideCalibration *) list->pdata[i])->title, calibration->title) == 0;
  which = n > 1 ? tell_made (side_desk_get_project (desk), calibration->made_ms, calibration->author) : NULL;
  return which != NULL ? g_strdup_printf ("%s · %s", title, which) : g_strdup (title);
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
  if (side_blind_hides (side_blind_get (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (plans))), work->review))
    /* Translators: a finished review whose score this person may not see yet */
    return g_strdup (C_("review", "Done: hidden"));
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
