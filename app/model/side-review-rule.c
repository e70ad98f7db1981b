/* side-review-rule.c - who may write what over a review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer who was offline may bring several steps at once: taken over,
 * finished, revised, finished again. So what is checked is that all steps from
 * what stood to what is written are steps that side-review-life.c makes and
 * that this person may make.
 */
#include "side-review-rule.h"

#include "side-review-private.h"
#include "side-rule-private.h"

static gboolean
same_answer (const SideAnswer *a,
             const SideAnswer *b)
{
  return a->value == b->value && a->given_ms == b->given_ms && a->position_ms == b->position_ms && a->to_ms == b->to_ms
         && a->cause == b->cause && _side_rule_same (a->detail, b->detail) && _side_rule_same (a->comment, b->comment);
}

/* _side_review_same_answers: in whatever order; of each criterion there is one */
gboolean
_side_review_same_answers (const GPtrArray *a,
                           const GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const SideAnswer *one = g_ptr_array_index (a, i), *other = NULL;

      for (guint k = 0; k < b->len && other == NULL; k++)
        if (_side_rule_same (((const SideAnswer *) b->pdata[k])->criterion, one->criterion))
          other = b->pdata[k];
      if (other == NULL || !same_answer (one, other))
        return FALSE;
    }
  return a->len == b->len;
}

/* _side_review_same_revision: whether nothing of it was changed */
gboolean
_side_review_same_revision (const SideReviewRevision *a,
                            const SideReviewRevision *b)
{
  return a->revision == b->revision && a->finished_ms == b->finished_ms && _side_rule_same (a->reviewer, b->reviewer)
         && _side_rule_same (a->reason, b->reason) && _side_rule_same (a->comment, b->comment) && _side_review_same_answers (a->answers, b->answers);
}

/* _side_review_list_sealed: (transfer full) (element-type SideReviewRevision): the
 * oldest first, with what it is now where that is finished */
GPtrArray *
_side_review_list_sealed (const SideReview *self)
{
  g_autoptr (SideReview) copy = side_review_copy (self);

  if (copy->finished_ms != 0)
    side_review_reopen (copy, "", NULL, 0);
  return g_ptr_array_ref (copy->history);
}

/* What was sealed stands as it was, in its place. */
static gboolean
check_kept (const GPtrArray  *before,
            const GPtrArray  *after,
            GError          **error)
{
  for (guint i = 0; i < before->len; i++)
    {
      const SideReviewRevision *sealed = before->pdata[i];

      if (i >= after->len || !_side_review_same_revision (sealed, after->pdata[i]))
        return _side_rule_refuse (error, "revision %d of the review was finished by %s, and what was finished never changes: "
                                  "a change is a new revision with a reason, and the finished one stays in “history”",
                                  sealed->revision, sealed->reviewer != NULL ? sealed->reviewer : "–");
    }
  return TRUE;
}

static gboolean
check_matter (const SideReview  *self,
              const SideReview  *old,
              gboolean           was_sealed,
              GError           **error)
{
  if (_side_rule_same (self->project, old->project) && _side_rule_same (self->call, old->call) && _side_rule_same (self->script, old->script)
      && self->selection == old->selection && _side_rule_same (self->plan, old->plan)
      && (!was_sealed || self->script_version == old->script_version))
    return TRUE;
  return _side_rule_refuse (error, "a review stays one of its call, with its script, for what it was begun (“selection”, “plan”)");
}

/* Each step is this person's, has the next number, and says why. */
static gboolean
check_steps (const SideReview  *self,
             const SideReview  *old,
             const GPtrArray   *after,
             guint              n_before,
             const char        *user,
             GError           **error)
{
  int expected = old == NULL ? 1 : old->finished_ms != 0 ? old->revision + 1 : old->revision;
  gboolean unexplained = old != NULL && old->finished_ms == 0 && _side_rule_is_blank (old->reason);   /* by an app that did not ask */
  int first = expected;

  for (guint i = n_before; i < after->len; i++, expected++)
    {
      const SideReviewRevision *step = after->pdata[i];

      if (step->revision != expected || step->finished_ms == 0)
        return _side_rule_refuse (error, "revision %d of the review is missing, or not finished", expected);
      if (!_side_rule_same (step->reviewer, user))
        return _side_rule_refuse (error, "“reviewer” of revision %d is not you: nobody reviews in somebody else's name", expected);
      if (expected > 1 && _side_rule_is_blank (step->reason) && !(unexplained && expected == first))
        return _side_rule_refuse (error, "revision %d of the review has no reason", expected);
    }
  if (self->finished_ms != 0 && after->len > n_before)
    return TRUE;
  if (self->finished_ms != 0 || self->revision != expected)
    return _side_rule_refuse (error, "the review is at revision %d, and revisions follow one another", expected);
  if (expected > 1 && _side_rule_is_blank (self->reason) && !(unexplained && expected == first))
    return _side_rule_refuse (error, "revision %d of the review has no reason", expected);
  return TRUE;
}

/* Whose hands it went through: those of before, then who had it last, then
 * only this person's. */
static gboolean
check_hands (const SideReview  *self,
             const SideReview  *old,
             const char        *user,
             GError           **error)
{
  const char *had = old != NULL ? old->reviewer : NULL;
  guint n = old != NULL ? old->holders->len : 0;

  if (self->reviewer != NULL && !_side_rule_same (self->reviewer, user))
    return _side_rule_refuse (error, "“reviewer” is not you: nobody reviews in somebody else's name");
  for (guint i = 0; i < n; i++)
    if (i >= self->holders->len || !_side_rule_same (self->holders->pdata[i], old->holders->pdata[i]))
      return _side_rule_refuse (error, "who had the review before stays on record");
  if (had != NULL && !_side_rule_same (had, user) && (n >= self->holders->len || !_side_rule_same (self->holders->pdata[n++], had)))
    return _side_rule_refuse (error, "%s has the review: take it over first, and that they had it stays in “holders”", had);
  if (self->reviewer == NULL && (n >= self->holders->len || self->finished_ms != 0))
    return _side_rule_refuse (error, "nobody has the review: claim it first");
  for (; n < self->holders->len; n++)
    if (!_side_rule_same (self->holders->pdata[n], user))
      return _side_rule_refuse (error, "“holders” says of somebody else that they had the review");
  return TRUE;
}

/* What somebody else finished is changed only by a ruling in the operator's
 * favour, exactly as it was ruled. */
static gboolean
check_ruling (const SideReview          *old,
              const SideReviewRevision  *step,
              const char                *user,
              const GPtrArray           *upheld,
              GError                   **error)
{
  for (guint i = 0; step != NULL && upheld != NULL && i < upheld->len; i++)
    {
      const SideDispute *dispute = g_ptr_array_index (upheld, i);
      g_autoptr (SideReview) ruled = NULL;
      g_autoptr (GPtrArray) sealed = NULL;

      if (dispute->state != SIDE_DISPUTE_UPHELD || !_side_rule_same (dispute->judge, user) || !_side_rule_same (dispute->review, old->id)
          || side_review_get_sealed (old, dispute->review_revision, NULL) == NULL)
        continue;
      ruled = side_dispute_apply (dispute, old, dispute->judged_ms, NULL);
      sealed = ruled != NULL ? _side_review_list_sealed (ruled) : NULL;
      if (sealed != NULL && _side_review_same_revision (sealed->pdata[sealed->len - 1], step))
        return TRUE;
    }
  return _side_rule_refuse (error, "%s finished the review: only they revise it, or who upheld a dispute about it, as it was ruled",
                            old->reviewer != NULL ? old->reviewer : "somebody else");
}

static gboolean
same_hands (const SideReview *a,
            const SideReview *b)
{
  for (guint i = 0; a->holders->len == b->holders->len && i < a->holders->len; i++)
    if (!_side_rule_same (a->holders->pdata[i], b->holders->pdata[i]))
      return FALSE;
  return a->holders->len == b->holders->len;
}

/**
 * side_review_may_follow:
 * @self: what somebody wants to write
 * @old: (nullable): the review as it stood last; %NULL for a new one
 * @user: who writes
 * @upheld: (nullable) (element-type SideDispute): upheld disputes about it
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may
 */
gboolean
side_review_may_follow (const SideReview  *self,
                        const SideReview  *old,
                        const char        *user,
                        const GPtrArray   *upheld,
                        GError           **error)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  guint n_before;

  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  before = old != NULL ? _side_review_list_sealed (old) : NULL;
  after = _side_review_list_sealed (self);
  n_before = before != NULL ? before->len : 0;
  if (old != NULL && (!check_kept (before, after, error) || !check_matter (self, old, n_before > 0, error)))
    return FALSE;
  /* Finished, and not revised: then nothing else changes either. */
  if (old != NULL && old->finished_ms != 0 && self->finished_ms != 0 && after->len == n_before)
    return (same_hands (self, old) && self->heard == old->heard && self->started_ms == old->started_ms)
           || _side_rule_refuse (error, "the review is finished: a change is a new revision with a reason");
  if (old != NULL && old->finished_ms != 0 && !_side_rule_same (old->reviewer, user)
      && !check_ruling (old, after->len > n_before ? after->pdata[n_before] : NULL, user, upheld, error))
    return FALSE;
  return check_hands (self, old, user, error) && check_steps (self, old, after, n_before, user, error);
}

/**
 * side_review_may_delete:
 * @self: a review
 * @user: who wants to
 * @supervisor: whether they are one
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether they may: what was ever finished stays on record
 */
gboolean
side_review_may_delete (const SideReview  *self,
                        const char        *user,
                        gboolean           supervisor,
                        GError           **error)
{
  g_return_val_if_fail (self != NULL && user != NULL, FALSE);

  if (self->finished_ms != 0 || self->history->len > 0)
    return _side_rule_refuse (error, "the review was finished: it stays on record");
  return supervisor || _side_rule_same (self->reviewer, user)
         || _side_rule_refuse (error, "%s: only they and supervisors delete the draft of a review", self->reviewer != NULL ? self->reviewer : "somebody else's");
}
