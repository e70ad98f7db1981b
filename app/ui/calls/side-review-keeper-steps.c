/* side-review-keeper-steps.c - answers taken back and given again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of the keeper that remembers which answer was there before each one
 * that was given since the call was opened.
 */
#include "side-review-keeper-private.h"

/* _side_answer_step_free: a GDestroyNotify */
void
_side_answer_step_free (gpointer step)
{
  SideAnswerStep *self = step;

  g_free (self->criterion);
  g_clear_pointer (&self->answer, side_answer_free);
  g_free (self->script);
  g_free (self);
}

/* The answer that stands now. */
static SideAnswerStep *
step_of (SideReviewKeeper *self,
         const char       *criterion)
{
  const SideAnswer *answer = self->review != NULL ? side_review_find_answer (self->review, criterion) : NULL;
  SideAnswerStep *step = g_new0 (SideAnswerStep, 1);

  step->criterion = g_strdup (criterion);
  step->answer = answer != NULL ? side_answer_copy (answer) : NULL;
  step->stamp = side_steps_stamp ();
  return step;
}

/* _side_review_put_answer: what stands at @criterion is as @answer is, or nothing */
void
_side_review_put_answer (SideReview       *review,
                         const char       *criterion,
                         const SideAnswer *answer,
                         gint64            now_ms)
{
  SideAnswer *stands;

  if (answer == NULL)
    {
      side_review_set_answer (review, criterion, SIDE_ANSWER_NONE, now_ms, -1);
      return;
    }
  stands = side_review_set_answer (review, criterion, answer->value, now_ms, answer->position_ms);
  stands->to_ms = answer->to_ms;
  stands->cause = answer->cause;
  if (g_strcmp0 (stands->detail, answer->detail) != 0)
    {
      g_free (stands->detail);
      stands->detail = g_strdup (answer->detail);
    }
  if (g_strcmp0 (stands->comment, answer->comment) != 0)
    {
      g_free (stands->comment);
      stands->comment = g_strdup (answer->comment);
    }
}

/* _side_review_keeper_step: another answer to @criterion is going to be given */
void
_side_review_keeper_step (SideReviewKeeper *self,
                          const char       *criterion)
{
  g_ptr_array_add (self->undo, step_of (self, criterion));
  g_ptr_array_set_size (self->redo, 0);
  self->made = side_steps_stamp ();
}

/* _side_review_keeper_forget_steps: another review is shown */
void
_side_review_keeper_forget_steps (SideReviewKeeper *self)
{
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  self->made = 0;
}

static gboolean
go (SideReviewKeeper *self,
    GPtrArray        *from,
    GPtrArray        *to)
{
  SideAnswerStep *step;

  if (from->len == 0 || self->review == NULL || !_side_review_keeper_can_change (self))
    return FALSE;
  step = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, step_of (self, step->criterion));
  _side_review_put_answer (self->review, step->criterion, step->answer, side_desk_get_write_ms (self->desk));
  _side_answer_step_free (step);
  _side_review_keeper_save (self);
  return TRUE;
}

/**
 * side_review_keeper_undo:
 * @self: a keeper
 *
 * Takes back the newest answer given since the call was opened.
 *
 * Returns: whether there was one
 */
gboolean
side_review_keeper_undo (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return go (self, self->undo, self->redo);
}

/**
 * side_review_keeper_redo:
 * @self: a keeper
 *
 * Gives the answer again that was taken back last.
 *
 * Returns: whether there was one
 */
gboolean
side_review_keeper_redo (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return go (self, self->redo, self->undo);
}

static const SideAnswerStep *
last_of (GPtrArray *steps)
{
  return steps->len > 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;
}

/**
 * side_review_keeper_get_ends:
 * @self: a keeper
 * @ends: (out): what undoing and redoing would take; nothing while the review
 *   cannot be changed
 */
void
side_review_keeper_get_ends (SideReviewKeeper *self,
                             SideStepsEnds    *ends)
{
  gboolean can;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  can = self->review != NULL && _side_review_keeper_can_change (self);
  ends->made = self->made;
  ends->done = can && self->undo->len > 0 ? last_of (self->undo)->stamp : 0;
  ends->undone = can && self->redo->len > 0 ? last_of (self->redo)->stamp : 0;
}

/**
 * side_review_keeper_get_step:
 * @self: a keeper
 * @redo: whether what redoing would give is meant, and not what undoing takes
 *
 * Returns: (transfer none) (nullable): the criterion it is about
 */
const char *
side_review_keeper_get_step (SideReviewKeeper *self,
                             gboolean          redo)
{
  const SideAnswerStep *step;

  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), NULL);

  step = last_of (redo ? self->redo : self->undo);
  return step != NULL ? step->criterion : NULL;
}
