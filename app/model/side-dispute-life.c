/* side-dispute-life.c - who may dispute what, and who may judge it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same rules for the app, which offers only what is allowed, and for the
 * server, which takes nothing else. Each says in its error why not.
 */
#include "side-dispute.h"

#include "side-error.h"
#include "side-time.h"
#include "side-words.h"

static const char *const states[] = { "open", "upheld", "rejected", "withdrawn" };

/* A state decides what may be done. */
SIDE_DEFINE_STRICT_WORDS (SideDisputeState, side_dispute_state, states)

static gboolean
refuse (GError     **error,
        SideError    code,
        const char  *why)
{
  g_set_error_literal (error, SIDE_ERROR, code, why);
  return FALSE;
}

/**
 * side_review_get_sealed:
 * @self: a review
 * @revision: which of its revisions
 * @reviewer: (out) (optional) (nullable) (transfer none): whose it is
 *
 * Returns: (transfer none) (nullable) (element-type SideAnswer): the answers
 *   of that revision; %NULL when it was never sealed
 */
const GPtrArray *
side_review_get_sealed (const SideReview  *self,
                        int                revision,
                        const char       **reviewer)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->history->len; i++)
    {
      const SideReviewRevision *sealed = g_ptr_array_index (self->history, i);

      if (sealed->revision != revision)
        continue;
      if (reviewer != NULL)
        *reviewer = sealed->reviewer;
      return sealed->answers;
    }
  if (self->revision != revision || self->finished_ms == 0)
    return NULL;
  if (reviewer != NULL)
    *reviewer = self->reviewer;
  return self->answers;
}

/**
 * side_review_is_of:
 * @self: a review
 * @user: (nullable): a user
 *
 * Returns: whether they have it, or sealed one of its revisions
 */
gboolean
side_review_is_of (const SideReview *self,
                   const char       *user)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->history->len; i++)
    if (g_strcmp0 (((SideReviewRevision *) self->history->pdata[i])->reviewer, user) == 0)
      return TRUE;
  return g_strcmp0 (self->reviewer, user) == 0;
}

/**
 * side_answers_get:
 * @answers: (element-type SideAnswer): answers
 * @criterion: a criterion's id
 *
 * Returns: share of a full mark, SIDE_ANSWER_NA or SIDE_ANSWER_NONE
 */
double
side_answers_get (const GPtrArray *answers,
                  const char      *criterion)
{
  g_return_val_if_fail (answers != NULL, SIDE_ANSWER_NONE);

  for (guint i = 0; i < answers->len; i++)
    {
      const SideAnswer *answer = g_ptr_array_index (answers, i);

      if (g_strcmp0 (answer->criterion, criterion) == 0)
        return answer->value;
    }
  return SIDE_ANSWER_NONE;
}

/**
 * side_dispute_due:
 * @zone: (nullable): the project's; UTC without one
 * @created_ms: when the dispute was made
 * @working_days: how many there are to judge it, from 1; Monday to Friday
 *
 * The day it was made does not count; the last one counts to its end.
 *
 * Returns: until when it should be judged
 */
gint64
side_dispute_due (GTimeZone *zone,
                  gint64     created_ms,
                  int        working_days)
{
  g_autoptr (GTimeZone) own = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  gint64 day_ms = side_time_day_start (own, created_ms);

  for (int left = MAX (working_days, 1); left > 0;)
    {
      g_autoptr (GDateTime) day = NULL;

      day_ms = side_time_day_add (own, day_ms, 1);
      day = side_time_to_local (own, day_ms);
      left -= g_date_time_get_day_of_week (day) <= 5;
    }
  return side_time_day_add (own, day_ms, 1);
}

/**
 * side_dispute_same_matter:
 * @self: a dispute
 * @other: another state of it, or another dispute
 *
 * Returns: whether both are about the same criterion of the same revision
 */
gboolean
side_dispute_same_matter (const SideDispute *self,
                          const SideDispute *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_strcmp0 (self->review, other->review) == 0 && self->review_revision == other->review_revision
         && g_strcmp0 (self->criterion, other->criterion) == 0;
}

/**
 * side_dispute_may_make:
 * @self: a dispute that nobody has seen yet
 * @review: the review as it is now
 * @others: (nullable) (element-type SideDispute): disputes there are already
 * @error: SIDE_ERROR_INVALID, SIDE_ERROR_CONFLICT, SIDE_ERROR_EXISTS
 *
 * It may be about a revision that has been followed by another: who wrote it
 * offline did not know.
 *
 * Returns: whether it may be made
 */
gboolean
side_dispute_may_make (const SideDispute  *self,
                       const SideReview   *review,
                       const GPtrArray    *others,
                       GError            **error)
{
  const GPtrArray *answers;
  double value;

  g_return_val_if_fail (self != NULL && review != NULL, FALSE);

  answers = side_review_get_sealed (review, self->review_revision, NULL);
  if (g_strcmp0 (self->review, review->id) != 0 || g_strcmp0 (self->call, review->call) != 0 || answers == NULL)
    return refuse (error, SIDE_ERROR_INVALID, "there is no such finished revision of the review");
  if (self->reason == NULL || *self->reason == '\0')
    return refuse (error, SIDE_ERROR_INVALID, "a dispute needs a reason");
  if (self->state != SIDE_DISPUTE_OPEN || self->judge != NULL)
    return refuse (error, SIDE_ERROR_INVALID, "a new dispute is open");
  value = side_answers_get (answers, self->criterion);
  if (value == SIDE_ANSWER_NONE || value >= 1.0)
    return refuse (error, SIDE_ERROR_INVALID, "this criterion has no mark that could be better");
  if (self->asked >= 0.0 && value >= 0.0 && self->asked < value)
    return refuse (error, SIDE_ERROR_INVALID, "a dispute does not ask for a lower mark");
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const SideDispute *other = g_ptr_array_index (others, i);

      if (other->state == SIDE_DISPUTE_OPEN && g_strcmp0 (other->id, self->id) != 0 && side_dispute_same_matter (self, other))
        return refuse (error, SIDE_ERROR_EXISTS, "this criterion is in dispute already");
    }
  return TRUE;
}

/**
 * side_dispute_may_judge:
 * @self: a dispute
 * @review: the review it is about, as it is now
 * @user: who wants to
 * @error: SIDE_ERROR_CONFLICT when it is closed, SIDE_ERROR_FORBIDDEN
 *
 * Nobody judges their own work: neither who gave the disputed answers, nor who
 * has the review now, nor the operator, nor who disputes on their behalf.
 *
 * Returns: whether they may
 */
gboolean
side_dispute_may_judge (const SideDispute  *self,
                        const SideReview   *review,
                        const char         *user,
                        GError            **error)
{
  const char *reviewer = NULL;

  g_return_val_if_fail (self != NULL && review != NULL && user != NULL, FALSE);

  if (self->state != SIDE_DISPUTE_OPEN)
    return refuse (error, SIDE_ERROR_CONFLICT, "it has been judged or withdrawn already");
  if (side_review_get_sealed (review, self->review_revision, &reviewer) == NULL)
    return refuse (error, SIDE_ERROR_INVALID, "there is no such finished revision of the review");
  if (g_strcmp0 (user, reviewer) == 0 || g_strcmp0 (user, review->reviewer) == 0)
    return refuse (error, SIDE_ERROR_FORBIDDEN, "a dispute is judged by somebody other than the reviewer");
  if (g_strcmp0 (user, self->author) == 0)
    return refuse (error, SIDE_ERROR_FORBIDDEN, "nobody judges their own dispute");
  return TRUE;
}

/**
 * side_dispute_withdraw:
 * @self: an open dispute
 * @user: who wants to
 * @now_ms: the instant
 * @error: SIDE_ERROR_CONFLICT when it is closed, SIDE_ERROR_FORBIDDEN
 *
 * Returns: whether it is withdrawn: only its author may
 */
gboolean
side_dispute_withdraw (SideDispute  *self,
                       const char   *user,
                       gint64        now_ms,
                       GError      **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (self->state != SIDE_DISPUTE_OPEN)
    return refuse (error, SIDE_ERROR_CONFLICT, "it has been judged or withdrawn already");
  if (g_strcmp0 (self->author, user) != 0)
    return refuse (error, SIDE_ERROR_FORBIDDEN, "only who wrote a dispute withdraws it");
  self->state = SIDE_DISPUTE_WITHDRAWN;
  self->judged_ms = now_ms;
  return TRUE;
}

/**
 * side_dispute_apply:
 * @self: a dispute that was upheld
 * @review: the review as it is now
 * @now_ms: the instant
 * @error: SIDE_ERROR_BUSY while somebody is changing the review
 *
 * The judge's words are the reason of the new revision; it is theirs. Where
 * the review has been changed meanwhile, a mark that is better already stays.
 *
 * Returns: (transfer full): the review's next revision, sealed
 */
SideReview *
side_dispute_apply (const SideDispute  *self,
                    const SideReview   *review,
                    gint64              now_ms,
                    GError            **error)
{
  g_autoptr (SideReview) next = NULL;
  const SideAnswer *answer;
  double heard;

  g_return_val_if_fail (self != NULL && self->state == SIDE_DISPUTE_UPHELD && self->judge != NULL, NULL);
  g_return_val_if_fail (review != NULL, NULL);

  if (review->finished_ms == 0)
    {
      refuse (error, SIDE_ERROR_BUSY, "somebody is changing the review: wait until it is finished again");
      return NULL;
    }
  next = side_review_copy (review);
  heard = next->heard;
  side_review_reopen (next, self->judge, self->ruling, now_ms);
  answer = side_review_find_answer (next, self->criterion);
  if (answer == NULL || answer->value < 0.0 || self->value < 0.0 || answer->value < self->value)
    side_review_set_answer (next, self->criterion, self->value, now_ms, answer != NULL ? answer->position_ms : -1);
  side_review_finish (next, heard, now_ms);
  return g_steal_pointer (&next);
}
