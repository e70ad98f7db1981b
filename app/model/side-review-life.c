/* side-review-life.c - who has a review, and how a finished one changes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A review passes from hand to hand until it is finished, which seals it. A
 * change after that is a new revision with a reason, and what was sealed
 * before is kept with it.
 */
#include "side-review.h"

#include "side-words.h"

static const char *const causes[] = { "none", "operator", "script", "system", "customer" };
static const char *const timings[] = { "unknown", "blind", "late" };
static const char *const selections[] = { "none", "random", "chosen", "second", "repeat", "calibration" };

/* Who has it now becomes one who had it. */
static void
hand_back (SideReview *self)
{
  if (self->reviewer != NULL)
    g_ptr_array_add (self->holders, g_steal_pointer (&self->reviewer));
}

static void
hand_to (SideReview *self,
         const char *reviewer)
{
  if (g_strcmp0 (self->reviewer, reviewer) == 0)
    return;
  hand_back (self);
  self->reviewer = g_strdup (reviewer);
}

/**
 * side_review_claim:
 * @self: a draft
 * @reviewer: who takes it
 * @now_ms: the instant
 *
 * One that somebody else has is taken over; its answers stay.
 */
void
side_review_claim (SideReview *self,
                   const char *reviewer,
                   gint64      now_ms)
{
  g_return_if_fail (self != NULL && reviewer != NULL && self->finished_ms == 0);

  hand_to (self, reviewer);
  if (self->started_ms == 0)
    self->started_ms = now_ms;
  self->changed_ms = now_ms;
}

/**
 * side_review_release:
 * @self: a draft
 * @now_ms: the instant
 *
 * Gives it back, for anybody to claim; its answers stay.
 */
void
side_review_release (SideReview *self,
                     gint64      now_ms)
{
  g_return_if_fail (self != NULL && self->finished_ms == 0);

  hand_back (self);
  self->changed_ms = now_ms;
}

/**
 * side_review_finish:
 * @self: a draft
 * @heard: share of the recording its reviewer has heard, 0 to 1; -1 for not known
 * @now_ms: the instant
 *
 * Seals it: from here on it changes by side_review_reopen() alone.
 */
void
side_review_finish (SideReview *self,
                    double      heard,
                    gint64      now_ms)
{
  g_return_if_fail (self != NULL && self->finished_ms == 0 && now_ms != 0);

  self->heard = heard < 0.0 ? -1.0 : MIN (heard, 1.0);
  self->finished_ms = now_ms;
  self->changed_ms = now_ms;
}

/**
 * side_review_reopen:
 * @self: a finished review
 * @reviewer: who changes it
 * @reason: (nullable): why
 * @now_ms: the instant
 *
 * The sealed state goes into its history as it stands; @self is a draft of
 * the next revision, with the same answers.
 */
void
side_review_reopen (SideReview *self,
                    const char *reviewer,
                    const char *reason,
                    gint64      now_ms)
{
  SideReviewRevision *sealed;

  g_return_if_fail (self != NULL && reviewer != NULL && self->finished_ms != 0);

  sealed = side_review_add_revision (self);
  sealed->revision = self->revision;
  sealed->finished_ms = self->finished_ms;
  sealed->reviewer = g_strdup (self->reviewer);
  sealed->reason = g_steal_pointer (&self->reason);
  sealed->comment = g_strdup (self->comment);
  for (guint i = 0; i < self->answers->len; i++)
    g_ptr_array_add (sealed->answers, side_answer_copy (g_ptr_array_index (self->answers, i)));

  hand_to (self, reviewer);
  self->revision++;
  self->reason = g_strdup (reason);
  self->heard = -1.0;
  self->finished_ms = 0;
  self->changed_ms = now_ms;
}

/**
 * side_review_counts:
 * @self: a review
 *
 * Second, repeated and calibration reviews measure the reviewers.
 *
 * Returns: whether it is finished and speaks of the operator
 */
gboolean
side_review_counts (const SideReview *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->finished_ms != 0
         && (self->selection == SIDE_SELECTION_NONE || self->selection == SIDE_SELECTION_RANDOM
             || self->selection == SIDE_SELECTION_CHOSEN);
}

/**
 * side_review_get_counted:
 * @self: a review
 *
 * What fell to a random draw and could not be reviewed has another call stand in
 * for it. A review of it that was finished after that all the same is no part of
 * the draw any more, else the draw would count both.
 *
 * Returns: among which reviews its score is counted: its selection, or
 *   SIDE_SELECTION_NONE for a random one whose call was replaced before
 */
SideSelection
side_review_get_counted (const SideReview *self)
{
  g_return_val_if_fail (self != NULL, SIDE_SELECTION_NONE);
  return self->selection == SIDE_SELECTION_RANDOM && self->replaced ? SIDE_SELECTION_NONE : self->selection;
}

/**
 * side_review_dup_sealed:
 * @self: a review
 *
 * While a new revision is being written, what was sealed last goes on counting.
 * How much of the recording had been heard for that is not known any more.
 *
 * Returns: (transfer full) (nullable): the review as it was sealed last, with
 *   what was sealed before in its history; %NULL when it never was
 */
SideReview *
side_review_dup_sealed (const SideReview *self)
{
  SideReview *copy;
  const SideReviewRevision *last;

  g_return_val_if_fail (self != NULL, NULL);
  if (self->finished_ms == 0 && self->history->len == 0)
    return NULL;
  copy = side_review_copy (self);
  if (self->finished_ms != 0)
    return copy;
  last = g_ptr_array_index (copy->history, copy->history->len - 1);
  g_free (copy->reviewer);
  copy->reviewer = g_strdup (last->reviewer);
  copy->revision = last->revision;
  copy->finished_ms = copy->changed_ms = last->finished_ms;
  g_free (copy->reason);
  copy->reason = g_strdup (last->reason);
  g_free (copy->comment);
  copy->comment = g_strdup (last->comment);
  g_ptr_array_unref (copy->answers);
  copy->answers = g_ptr_array_ref (last->answers);
  copy->heard = -1.0;
  g_ptr_array_set_size (copy->history, (int) copy->history->len - 1);
  return copy;
}

SIDE_DEFINE_WORDS (SideCause, side_cause, causes)
SIDE_DEFINE_WORDS (SideSelection, side_selection, selections)
SIDE_DEFINE_WORDS (SideTiming, side_timing, timings)
