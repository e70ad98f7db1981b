/* side-review-keeper-ask.c - what a form asks a keeper of reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain reads of a keeper's state; the state itself is changed in
 * side-review-keeper.c.
 */
#include "side-review-keeper-private.h"

/**
 * side_review_keeper_get_others:
 * @self: a keeper
 *
 * Returns: (transfer none) (element-type SideReview): what others have on this
 *   call with the script that is shown, and what this person has besides the
 *   newest of their own, the newest first; nothing of others while there is
 *   one to finish that is to be made without knowing what they found
 */
GPtrArray *
side_review_keeper_get_others (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), NULL);
  return self->others;
}

/**
 * side_review_keeper_get_call:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): id of the call
 */
const char *
side_review_keeper_get_call (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), NULL);
  return self->call != NULL ? self->call->id : NULL;
}

/**
 * side_review_keeper_get_scripts:
 * @self: a keeper
 *
 * Returns: (transfer none) (element-type SideScript): what the call can be
 *   scored with, or was
 */
GPtrArray *
side_review_keeper_get_scripts (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), NULL);
  return self->scripts;
}

/**
 * side_review_keeper_get_selection:
 * @self: a keeper
 * @plan: (out) (transfer none) (nullable): UUID of the plan or calibration
 *
 * Returns: what the review is made for, or will be
 */
SideSelection
side_review_keeper_get_selection (SideReviewKeeper  *self,
                                  const char       **plan)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), SIDE_SELECTION_NONE);

  *plan = self->review != NULL ? self->review->plan : self->due != NULL ? self->due->plan : NULL;
  if (self->review != NULL)
    return self->review->selection;
  return self->due != NULL ? self->due->selection : SIDE_SELECTION_NONE;
}

/**
 * side_review_keeper_is_own:
 * @self: a keeper
 *
 * Returns: whether the review is this person's own, or will be
 */
gboolean
side_review_keeper_is_own (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return self->review == NULL || g_strcmp0 (self->review->reviewer, side_desk_get_user (self->desk)) == 0;
}

/**
 * side_review_keeper_is_unsaved:
 * @self: a keeper
 *
 * Returns: whether answers could not be written; they are tried again
 */
gboolean
side_review_keeper_is_unsaved (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return self->pen != NULL && side_pen_has_failed (SIDE_PEN (self->pen));
}

/**
 * side_review_keeper_get_script:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): the script in the version the review
 *   was made with, the newest one before there is a review; %NULL when the
 *   queue has none. While another call is read it is still the former one's
 */
const SideScript *
side_review_keeper_get_script (SideReviewKeeper *self)
{
  return self->script;
}

/**
 * side_review_keeper_get_review:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): the review, once there is an answer
 */
const SideReview *
side_review_keeper_get_review (SideReviewKeeper *self)
{
  return self->review;
}

/**
 * side_review_keeper_is_loading:
 * @self: a keeper
 *
 * Returns: whether script and review are still being read
 */
gboolean
side_review_keeper_is_loading (SideReviewKeeper *self)
{
  return self->loading;
}

/**
 * side_review_keeper_is_finished:
 * @self: a keeper
 *
 * Returns: whether the review is no draft any more
 */
gboolean
side_review_keeper_is_finished (SideReviewKeeper *self)
{
  return self->review != NULL && self->review->finished_ms != 0;
}

/**
 * side_review_keeper_is_outdated:
 * @self: a keeper
 *
 * Returns: whether the review was made with another version of its script than
 *   the one in use
 */
gboolean
side_review_keeper_is_outdated (SideReviewKeeper *self)
{
  return self->review != NULL && self->in_use != NULL
         && self->review->script_version != self->in_use->version;
}

/**
 * side_review_keeper_get_version_in_use:
 * @self: a keeper
 *
 * Returns: the newest version of the script, 0 without one
 */
int
side_review_keeper_get_version_in_use (SideReviewKeeper *self)
{
  return self->in_use != NULL ? self->in_use->version : 0;
}

/**
 * side_review_keeper_get_saved_ms:
 * @self: a keeper
 *
 * Returns: when it was last written to the store, 0 for never
 */
gint64
side_review_keeper_get_saved_ms (SideReviewKeeper *self)
{
  return self->saved_ms;
}

/**
 * side_review_keeper_get_score:
 * @self: a keeper with a script
 * @score: (out caller-allocates): what the answers come to
 */
void
side_review_keeper_get_score (SideReviewKeeper *self,
                              SideScore        *score)
{
  g_autoptr (SideReview) none = NULL;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (self->script != NULL);

  if (self->review == NULL)
    none = side_review_new (NULL, NULL, NULL, NULL, 0);
  side_score_compute (self->script, self->review != NULL ? self->review : none, score);
}

/**
 * side_review_keeper_get_answer:
 * @self: a keeper
 * @criterion: a criterion's id
 *
 * Returns: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 */
double
side_review_keeper_get_answer (SideReviewKeeper *self,
                               const char       *criterion)
{
  return self->review != NULL ? side_review_get_answer (self->review, criterion) : SIDE_ANSWER_NONE;
}

/**
 * side_review_keeper_may_write:
 * @self: a keeper
 *
 * Returns: whether the server takes reviews from this person
 */
gboolean
side_review_keeper_may_write (SideReviewKeeper *self)
{
  SideSession *session = side_desk_get_session (self->desk);

  return session != NULL && side_session_can (session, "documents");
}
