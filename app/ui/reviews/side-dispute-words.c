/* side-dispute-words.c - reviews, disputes and rulings in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-dispute-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-criterion-parts.h"
#include "side-format.h"
#include "side-score.h"
#include "side-settings.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_dispute_words_when:
 * @desk: whose project says what time it is
 * @at_ms: an instant
 *
 * On a printed page nobody knows what day it was printed: the day stands there
 * also when it is today.
 *
 * Returns: (transfer full): "20 November, 14:02"
 */
char *
side_dispute_words_when (SideDesk *desk,
                         gint64    at_ms)
{
  const SideProject *project = side_desk_get_project (desk);
  GTimeZone *zone = project != NULL ? project->time_zone : NULL;
  g_autofree char *date = side_format_date (zone, at_ms, side_desk_get_write_ms (desk));
  g_autofree char *time = side_format_time (zone, at_ms);

  /* Translators: a date and a time: "20 November, 14:02" */
  return g_strdup_printf (C_("date", "%s, %s"), date, time);
}

/**
 * side_dispute_words_call:
 * @desk: whose project says what time it is
 * @answered: a review
 *
 * Tells the call from all others. An operator is not told their own name.
 *
 * Returns: (transfer full): "20 November, 14:02 · 8 903 123-45-67 · Orders · Anna Petrova"
 */
char *
side_dispute_words_call (SideDesk           *desk,
                         const SideAnswered *answered)
{
  const SideProject *project = side_desk_get_project (desk);
  const SideCall *call = answered->call;
  g_autofree char *when = side_dispute_words_when (desk, call->joined_ms);
  g_autofree char *number = side_text_phone (call->caller, side_settings_get_masked ());
  const char *queue = project != NULL && call->queue != NULL ? side_format_queue_name (project, call->queue) : call->queue;
  GString *out = g_string_new (when);

  if (number != NULL && *number != '\0')
    g_string_append_printf (out, " · %s", number);
  if (queue != NULL && *queue != '\0')
    g_string_append_printf (out, " · %s", queue);
  if (side_desk_get_role (desk) != SIDE_ROLE_OPERATOR && call->operator_name != NULL)
    g_string_append_printf (out, " · %s", call->operator_name);
  return g_string_free (out, FALSE);
}

/**
 * side_dispute_words_score:
 * @answered: a review
 *
 * Returns: (transfer full): its score as a number; "–" where it cannot be told
 */
char *
side_dispute_words_score (const SideAnswered *answered)
{
  g_autoptr (SideReview) sealed = NULL;
  SideScore score;

  if (answered->script == NULL)
    return g_strdup ("–");
  /* While somebody changes it, what was sealed last is its score. */
  sealed = side_review_dup_sealed (answered->review);
  if (sealed == NULL)
    return g_strdup ("–");
  side_score_compute (answered->script, sealed, &score);
  return isnan (score.score) ? g_strdup ("–") : g_strdup_printf ("%.0f", score.score);
}

/**
 * side_dispute_words_review:
 * @desk: whose project says what time it is
 * @answered: a review
 *
 * Returns: (transfer full): "Order by phone · reviewed by olga, 20 November, 15:10"
 */
char *
side_dispute_words_review (SideDesk           *desk,
                           const SideAnswered *answered)
{
  const SideReview *review = answered->review;
  const char *title = answered->script != NULL ? answered->script->title : _("Script that is not here yet");
  g_autofree char *when = NULL;

  if (review->finished_ms == 0)
    return g_strdup_printf (_("%s · being changed now"), title);
  when = side_dispute_words_when (desk, review->finished_ms);
  /* Translators: script, reviewer, time: "Order by phone · reviewed by olga, 20 November, 15:10" */
  return g_strdup_printf (_("%s · reviewed by %s, %s"), title, review->reviewer != NULL ? review->reviewer : "–", when);
}

/**
 * side_dispute_words_answer:
 * @script: (nullable): the version of the script
 * @criterion: a criterion's id
 * @value: share of a full mark, or one of SIDE_ANSWER_…
 *
 * Returns: (transfer full): "Partly", "N/A", "2 of 3"
 */
char *
side_dispute_words_answer (const SideScript *script,
                           const char       *criterion,
                           double            value)
{
  const SideCriterion *found = script != NULL ? side_script_find_criterion (script, criterion) : NULL;
  SideCriterion plain = { .answers = SIDE_ANSWERS_YES_PARTLY_NO };

  if (found != NULL && found->answers == SIDE_ANSWERS_SCALE && value >= 0)
    return g_strdup_printf (C_("answer", "%.0f of %d"), value * found->scale_max, found->scale_max);
  return side_criterion_answer_words (found != NULL ? found : &plain, value);
}

static int
days_between (SideDesk *desk,
              gint64    from_ms,
              gint64    to_ms)
{
  return (int) MAX ((to_ms - from_ms) / (24 * SIDE_HOUR_MS), 0);
}

/**
 * side_dispute_words_due:
 * @desk: whose clock
 * @dispute: an open dispute
 * @overdue: (out) (optional): whether it should have been judged
 *
 * Returns: (transfer full): until when it should be judged
 */
char *
side_dispute_words_due (SideDesk          *desk,
                        const SideDispute *dispute,
                        gboolean          *overdue)
{
  gint64 now_ms = side_desk_get_write_ms (desk);
  gboolean late = dispute->due_ms != 0 && now_ms >= dispute->due_ms;
  int days;

  if (overdue != NULL)
    *overdue = late;
  if (dispute->due_ms == 0)
    return g_strdup (_("No due date"));
  days = late ? days_between (desk, dispute->due_ms, now_ms) : days_between (desk, now_ms, dispute->due_ms);
  if (late && days == 0)
    return g_strdup (_("Overdue since today"));
  if (late)
    return g_strdup_printf (ngettext ("Overdue by %d day", "Overdue by %d days", days), days);
  if (days == 0)
    return g_strdup (_("Due today"));
  return g_strdup_printf (ngettext ("Due in %d day", "Due in %d days", days), days);
}

/**
 * side_dispute_words_state:
 * @desk: whose project says what time it is
 * @answered: the review
 * @dispute: one of its disputes
 *
 * Returns: (transfer full): how it stands: "Upheld by olga, 20 November: No became Yes"
 */
char *
side_dispute_words_state (SideDesk           *desk,
                          const SideAnswered *answered,
                          const SideDispute  *dispute)
{
  g_autofree char *when = side_dispute_words_when (desk, dispute->judged_ms);
  g_autofree char *answer = NULL;

  switch (dispute->state)
    {
    case SIDE_DISPUTE_UPHELD:
      answer = side_dispute_words_answer (answered->script, dispute->criterion, dispute->value);
      /* Translators: when a dispute was judged, and the answer it became: "Upheld 20 November, 14:02: now “Yes”" */
      return g_strdup_printf (_("Upheld %s: now “%s”"), when, answer);
    case SIDE_DISPUTE_REJECTED:
      return g_strdup_printf (_("Rejected %s"), when);
    case SIDE_DISPUTE_WITHDRAWN:
      return g_strdup_printf (_("Withdrawn %s"), when);
    case SIDE_DISPUTE_OPEN:
    default:
      return side_dispute_words_due (desk, dispute, NULL);
    }
}

/**
 * side_dispute_words_asked:
 * @answered: the review
 * @dispute: one of its disputes
 *
 * Returns: (transfer full): "Was “No”, asked for “Yes”"
 */
char *
side_dispute_words_asked (const SideAnswered *answered,
                          const SideDispute  *dispute)
{
  const GPtrArray *answers = side_review_get_sealed (answered->review, dispute->review_revision, NULL);
  g_autofree char *was = side_dispute_words_answer (answered->script, dispute->criterion,
                                                    answers != NULL ? side_answers_get (answers, dispute->criterion) : SIDE_ANSWER_NONE);
  g_autofree char *asked = NULL;

  if (dispute->asked == SIDE_ANSWER_NONE)
    return g_strdup_printf (_("The answer was “%s”"), was);
  asked = side_dispute_words_answer (answered->script, dispute->criterion, dispute->asked);
  return g_strdup_printf (_("The answer was “%s”; asked for: “%s”"), was, asked);
}

/**
 * side_dispute_words_overturn:
 * @row: how disputes of a criterion were judged
 *
 * Returns: (transfer full): "3 of 4 upheld: 75 % (30–95 %)"
 */
char *
side_dispute_words_overturn (const SideOverturn *row)
{
  if (row->n_judged == 0)
    return g_strdup (_("None judged yet"));
  /* Translators: disputes upheld, disputes judged, share, interval: "3 of 4 upheld: 75 % (30–95 %)" */
  return g_strdup_printf (_("%u of %u upheld: %.0f %% (%.0f–%.0f %%)"), row->n_upheld, row->n_judged,
                          100.0 * row->n_upheld / row->n_judged, 100.0 * row->interval.low, 100.0 * row->interval.high);
}

/**
 * side_dispute_words_why_not:
 * @error: why somebody may not judge or dispute
 *
 * Returns: (transfer none): that in words
 */
const char *
side_dispute_words_why_not (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN))
    return _("You reviewed this call or wrote the dispute down: somebody else judges it.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    return _("It has been judged or withdrawn already.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_BUSY))
    return _("Somebody is changing the review. Judge the dispute when it is finished again.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_EXISTS))
    return _("This is in dispute already.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    return _("The script this review was made with is not on this computer yet.");
  return _("A ruling cannot lower an answer or the score.");
}
