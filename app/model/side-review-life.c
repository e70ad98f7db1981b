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

static const char *const causes[] = { "none", "operator", "script", "system", "customer" };
static const char *const selections[] = { "none", "random", "chosen", "second", "repeat", "calibration" };

static guint
find_word (const char *const *words,
           guint              n_words,
           const char        *word)
{
  for (guint i = 0; word != NULL && i < n_words; i++)
    if (g_str_equal (words[i], word))
      return i;
  return 0;
}

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
 * side_cause_to_string:
 * @cause: whose fault it is
 *
 * Returns: the word files and protocol have for it
 */
const char *
side_cause_to_string (SideCause cause)
{
  return (guint) cause < G_N_ELEMENTS (causes) ? causes[cause] : causes[0];
}

/**
 * side_cause_from_string:
 * @word: (nullable): a word from outside
 *
 * Returns: the cause; %SIDE_CAUSE_NONE for a word of a newer peer
 */
SideCause
side_cause_from_string (const char *word)
{
  return (SideCause) find_word (causes, G_N_ELEMENTS (causes), word);
}

/**
 * side_selection_to_string:
 * @selection: why a call was reviewed
 *
 * Returns: the word files and protocol have for it
 */
const char *
side_selection_to_string (SideSelection selection)
{
  return (guint) selection < G_N_ELEMENTS (selections) ? selections[selection] : selections[0];
}

/**
 * side_selection_from_string:
 * @word: (nullable): a word from outside
 *
 * Returns: the selection; %SIDE_SELECTION_NONE for a word of a newer peer
 */
SideSelection
side_selection_from_string (const char *word)
{
  return (SideSelection) find_word (selections, G_N_ELEMENTS (selections), word);
}
