/* side-review-keeper-life.c - which review is shown, who has it, when it is sealed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of the keeper that passes a review from hand to hand. The rules are
 * the model's; here is who may do what, and that it is written.
 */
#include "side-review-keeper-private.h"

#include "side-dispute-rule.h"
#include "side-disputes.h"

/**
 * side_review_keeper_choose:
 * @self: a keeper with a call
 * @id: (nullable): one of side_review_keeper_get_others(); %NULL for this
 *   person's own, which is empty until there is an answer
 */
void
side_review_keeper_choose (SideReviewKeeper *self,
                           const char       *id)
{
  g_autofree char *chosen = g_strdup (id);
  const char *script = self->script != NULL ? self->script->id : NULL;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (self->call != NULL);

  g_free (self->chosen);
  self->chosen = g_steal_pointer (&chosen);
  if (self->chosen_script == NULL)
    self->chosen_script = g_strdup (script);
  self->own_only = id == NULL;
  self->afresh = FALSE;
  _side_review_keeper_start (self);
}

/**
 * side_review_keeper_choose_script:
 * @self: a keeper with a call
 * @id: of one of side_review_keeper_get_scripts()
 */
void
side_review_keeper_choose_script (SideReviewKeeper *self,
                                  const char       *id)
{
  g_autofree char *chosen = g_strdup (id);

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (self->call != NULL && id != NULL);

  g_free (self->chosen_script);
  self->chosen_script = g_steal_pointer (&chosen);
  g_clear_pointer (&self->chosen, g_free);
  self->own_only = FALSE;
  self->afresh = FALSE;
  _side_review_keeper_start (self);
}

static gboolean
may_touch (SideReviewKeeper *self)
{
  return self->review != NULL && !self->loading && side_review_keeper_may_write (self);
}

/**
 * side_review_keeper_can_begin_again:
 * @self: a keeper
 *
 * Returns: whether this person may score the call once more with this script
 */
gboolean
side_review_keeper_can_begin_again (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return may_touch (self) && side_review_keeper_is_own (self) && side_review_keeper_is_finished (self)
         && self->in_use != NULL && self->in_use->state == SIDE_SCRIPT_IN_USE;
}

/**
 * side_review_keeper_begin_again:
 * @self: a keeper that can
 *
 * Shows an empty form of the version in use; what this person finished before
 * stays beside it.
 */
void
side_review_keeper_begin_again (SideReviewKeeper *self)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (!side_review_keeper_can_begin_again (self))
    return;
  if (self->chosen_script == NULL)
    self->chosen_script = g_strdup (self->in_use->id);
  g_clear_pointer (&self->chosen, g_free);
  self->own_only = TRUE;
  self->afresh = TRUE;
  _side_review_keeper_start (self);
}

/**
 * side_review_keeper_can_change:
 * @self: a keeper
 *
 * Returns: whether answers can be given now
 */
gboolean
side_review_keeper_can_change (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return _side_review_keeper_can_change (self);
}

/**
 * side_review_keeper_keeps_rulings:
 * @self: a keeper
 *
 * Returns: whether the review, if it were finished now, would leave what was
 *   ruled about it, or about another review of the call that it takes the place
 *   of, as high as it is; as far as the disputes are known here
 */
gboolean
side_review_keeper_keeps_rulings (SideReviewKeeper *self)
{
  const SideReview *review;
  GPtrArray *list;

  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);

  review = self->review;
  if (review == NULL || self->script == NULL)
    return TRUE;
  list = side_disputes_list (side_disputes_get (self->desk));
  for (guint i = 0; i < list->len; i++)
    {
      const SideAnswered *answered = list->pdata[i];
      gboolean own = g_strcmp0 (answered->review->id, review->id) == 0;

      if (own && !side_dispute_check_kept (answered->disputes, review, NULL, self->script, NULL))
        return FALSE;
      if (own || answered->script == NULL || g_strcmp0 (answered->review->call, review->call) != 0)
        continue;
      for (guint k = 0; answered->disputes != NULL && k < answered->disputes->len; k++)
        if (!side_dispute_check_other (answered->disputes->pdata[k], answered->review, answered->script, review, self->script, NULL))
          return FALSE;
    }
  return TRUE;
}

/**
 * side_review_keeper_finish:
 * @self: a keeper with a review
 * @heard: share of the recording that was heard, 0 to 1; -1 when it is not known
 *
 * Seals it. Whether all that is needed is there is for the caller to see.
 */
void
side_review_keeper_finish (SideReviewKeeper *self,
                           double            heard)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (self->review == NULL || !_side_review_keeper_can_change (self))
    return;
  side_review_finish (self->review, heard, side_desk_get_write_ms (self->desk));
  _side_review_keeper_save (self);
}

/**
 * side_review_keeper_can_revise:
 * @self: a keeper
 *
 * Returns: whether it is this person's and sealed, and its questions are known
 */
gboolean
side_review_keeper_can_revise (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return may_touch (self) && side_review_keeper_is_own (self) && side_review_keeper_is_finished (self)
         && self->script != NULL && self->review->script_version == self->script->version;
}

/**
 * side_review_keeper_revise:
 * @self: a keeper that can
 * @reason: why
 *
 * What was sealed stays in its history; a new revision begins with its answers.
 */
void
side_review_keeper_revise (SideReviewKeeper *self,
                           const char       *reason)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (reason != NULL);

  if (!side_review_keeper_can_revise (self))
    return;
  side_review_reopen (self->review, side_desk_get_user (self->desk), reason, side_desk_get_write_ms (self->desk));
  _side_review_keeper_forget_steps (self);
  _side_review_keeper_save (self);
}

/**
 * side_review_keeper_can_claim:
 * @self: a keeper
 *
 * Returns: whether it is a draft of somebody else, or of nobody
 */
gboolean
side_review_keeper_can_claim (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return may_touch (self) && !side_review_keeper_is_own (self) && !side_review_keeper_is_finished (self);
}

/**
 * side_review_keeper_claim:
 * @self: a keeper that can
 *
 * It is this person's from now on; who had it is remembered with it.
 */
void
side_review_keeper_claim (SideReviewKeeper *self)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (!side_review_keeper_can_claim (self))
    return;
  side_review_claim (self->review, side_desk_get_user (self->desk), side_desk_get_write_ms (self->desk));
  _side_review_keeper_forget_steps (self);
  _side_review_keeper_save (self);
}

/**
 * side_review_keeper_can_release:
 * @self: a keeper
 *
 * Returns: whether it is a draft of this person's
 */
gboolean
side_review_keeper_can_release (SideReviewKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);
  return may_touch (self) && side_review_keeper_is_own (self) && !side_review_keeper_is_finished (self);
}

/**
 * side_review_keeper_release:
 * @self: a keeper that can
 *
 * It is nobody's from now on, with its answers, for anybody to claim.
 */
void
side_review_keeper_release (SideReviewKeeper *self)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (!side_review_keeper_can_release (self))
    return;
  side_review_release (self->review, side_desk_get_write_ms (self->desk));
  _side_review_keeper_forget_steps (self);
  _side_review_keeper_save (self);
}
