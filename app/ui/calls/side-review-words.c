/* side-review-words.c - what is said of a review as a whole
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose it is, how far it is, what was heard for it. Nothing here changes
 * anything.
 */
#include "side-review-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-assignments.h"
#include "side-format.h"
#include "side-text.h"

/**
 * side_review_words_when:
 * @desk: for the time zone
 * @at_ms: an instant
 *
 * Returns: (transfer full): the time, with the date on another day
 */
char *
side_review_words_when (SideDesk *desk,
                        gint64    at_ms)
{
  const SideProject *project = side_desk_get_project (desk);

  return project != NULL ? side_format_when (project->time_zone, at_ms, side_desk_get_write_ms (desk)) : g_strdup ("");
}

/**
 * side_review_words_choice:
 * @desk: whose person reads it
 * @review: a review
 *
 * Returns: (transfer full): whose it is and of when, in one line
 */
char *
side_review_words_choice (SideDesk         *desk,
                          const SideReview *review)
{
  g_autofree char *at = side_review_words_when (desk, review->finished_ms != 0 ? review->finished_ms : review->changed_ms);
  gboolean mine = g_strcmp0 (review->reviewer, side_desk_get_user (desk)) == 0;
  const char *who = mine ? _("My review") : review->reviewer != NULL ? review->reviewer : C_("review", "Released");

  if (review->finished_ms != 0 || mine)
    return g_strdup_printf ("%s · %s", who, at);
  return g_strdup_printf (_("%s · unfinished"), who);
}

/* "Vera has begun this review, 4 of 9 answered" */
static char *
draft_words (const SideReview *review,
             const SideScore  *score)
{
  const char *last = review->holders->len > 0 ? g_ptr_array_index (review->holders, review->holders->len - 1) : NULL;

  if (review->reviewer != NULL)
    /* Translators: who, how many answers, of how many questions */
    return g_strdup_printf (_("%s has begun this review, %u of %u answered"), review->reviewer, score->answered, score->total);
  if (last != NULL)
    return g_strdup_printf (_("Released by %s, %u of %u answered"), last, score->answered, score->total);
  return g_strdup_printf (_("Nobody's yet, %u of %u answered"), score->answered, score->total);
}

static char *
finished_words (SideReviewKeeper *keeper,
                SideDesk         *desk,
                const SideReview *review)
{
  const SideProject *project = side_desk_get_project (desk);
  gboolean own = side_review_keeper_is_own (keeper);
  g_autofree char *at = own && project != NULL ? side_format_time (project->time_zone, review->finished_ms)
                                               : side_review_words_when (desk, review->finished_ms);
  /* Translators: who, and a date or a time */
  g_autofree char *words = own ? g_strdup_printf (_("Finished %s"), at)
                               : g_strdup_printf (_("Scored by %s · %s"), review->reviewer, at);

  if (review->revision <= 1)
    return g_steal_pointer (&words);
  /* Translators: the state of a review, and which revision of it: "Finished 14:50 · revision 2" */
  return g_strdup_printf (_("%s · revision %d"), words, review->revision);
}

/**
 * side_review_words_state:
 * @keeper: a keeper with a script
 * @desk: its desk
 *
 * Returns: (transfer full): how far the review is, or whose it is
 */
char *
side_review_words_state (SideReviewKeeper *keeper,
                         SideDesk         *desk)
{
  const SideReview *review = side_review_keeper_get_review (keeper);
  const SideProject *project = side_desk_get_project (desk);
  gint64 saved_ms = side_review_keeper_get_saved_ms (keeper);
  g_autofree char *at = NULL;
  SideScore score;

  if (side_review_keeper_is_unsaved (keeper))
    return g_strdup (_("Not saved yet. It is tried again by itself; what you answered stays here."));
  if (side_review_keeper_is_finished (keeper))
    return finished_words (keeper, desk, review);
  if (!side_review_keeper_is_own (keeper))
    {
      side_review_keeper_get_score (keeper, &score);
      return draft_words (review, &score);
    }
  if (project != NULL && saved_ms != 0)
    {
      at = side_format_time (project->time_zone, saved_ms);
      if (review != NULL && review->revision > 1)
        return g_strdup_printf (_("Revision %d, saved %s"), review->revision, at);
      return g_strdup_printf (_("Draft saved %s"), at);
    }
  return g_strdup (side_review_keeper_may_write (keeper) ? "" : _("Not scored yet. Your role can read scores, not give them."));
}

/* "Plan “November”": a repeated review, whose reviewer is not told, is one like any other. */
static char *
plan_words (SideSelection  selection,
            const char    *title,
            gboolean       blind)
{
  switch (selection)
    {
    case SIDE_SELECTION_CALIBRATION:
      if (title == NULL)
        return g_strdup (blind ? _("For a calibration, blind") : _("For a calibration"));
      return g_strdup_printf (blind ? _("For calibration “%s”, blind") : _("For calibration “%s”"), title);
    case SIDE_SELECTION_SECOND:
      return g_strdup (blind ? _("Second review, blind") : _("Second review"));
    case SIDE_SELECTION_RANDOM:
    case SIDE_SELECTION_CHOSEN:
    case SIDE_SELECTION_REPEAT:
      return title != NULL ? g_strdup_printf (_("Plan “%s”"), title) : g_strdup (_("For a plan"));
    case SIDE_SELECTION_NONE:
    default:
      return NULL;
    }
}

/**
 * side_review_words_purpose:
 * @keeper: a keeper with a script
 * @desk: its desk
 *
 * Returns: (transfer full) (nullable): what the review is made for; %NULL for
 *   one that nobody asked for
 */
char *
side_review_words_purpose (SideReviewKeeper *keeper,
                           SideDesk         *desk)
{
  const char *call = side_review_keeper_get_call (keeper);
  const char *plan = NULL;
  SideSelection selection = side_review_keeper_get_selection (keeper, &plan);
  const SideAssignment *asked = call != NULL && plan != NULL ? side_assignments_find (side_assignments_get (desk), call, plan) : NULL;
  gboolean open = side_review_keeper_is_own (keeper) && !side_review_keeper_is_finished (keeper);

  return plan_words (selection, asked != NULL ? asked->title : NULL, open);
}

/**
 * side_review_words_critical:
 * @score: what some answers come to
 *
 * Returns: (transfer full) (nullable): that a critical criterion was not met, and what
 *   the score would be without it
 */
char *
side_review_words_critical (const SideScore *score)
{
  g_return_val_if_fail (score != NULL, NULL);

  if (!score->critical_failed)
    return NULL;
  if (side_score_is_lowered (score->score, score->would_be))
    return g_strdup_printf (_("A critical criterion was not met. Without it: %.0f."), score->would_be);
  return g_strdup (_("A critical criterion was not met."));
}

/**
 * side_review_words_warning:
 * @keeper: a keeper with a script
 * @score: what its review comes to
 *
 * Returns: (transfer full) (nullable): what is to be known before the score is believed
 */
char *
side_review_words_warning (SideReviewKeeper *keeper,
                           const SideScore  *score)
{
  const SideScript *script = side_review_keeper_get_script (keeper);

  if (side_review_keeper_is_outdated (keeper))
    return g_strdup_printf (_("Scored with version %d of the script; version %d is in use now."),
                            side_review_keeper_get_review (keeper)->script_version,
                            side_review_keeper_get_version_in_use (keeper));
  if (score->critical_failed)
    return side_review_words_critical (score);
  if (script->state == SIDE_SCRIPT_RETIRED)
    return g_strdup (_("This script is retired: no new review is made with it."));
  return NULL;
}

/**
 * side_review_words_heard:
 * @review: (nullable): the review
 * @open: whether it is this person's and unfinished
 * @share: what they heard of the recording by now, 0 to 1; -1 without one
 * @length_ms: how long it is
 *
 * Returns: (transfer full) (nullable): how much was heard for it; %NULL when
 *   that is not known
 */
char *
side_review_words_heard (const SideReview *review,
                         gboolean          open,
                         double            share,
                         gint64            length_ms)
{
  g_autofree char *percent = NULL;
  g_autofree char *length = NULL;

  if (!open && review != NULL && review->finished_ms != 0 && review->heard >= 0)
    {
      percent = side_text_percent (floor (review->heard * 100) / 100, 0);
      /* Translators: a share: "83 % was heard" */
      return g_strdup_printf (_("%s was heard"), percent);
    }
  if (!open || share < 0)
    return NULL;
  percent = side_text_percent (floor (share * 100) / 100, 0);
  length = side_text_duration (length_ms);
  /* Translators: a share and a length: "Heard 83 % of 4:12" */
  return g_strdup_printf (_("Heard %s of %s"), percent, length);
}
