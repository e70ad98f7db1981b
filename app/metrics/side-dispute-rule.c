/* side-dispute-rule.c - what a ruling may do to a score, and how often there is one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ruling can only be in the operator's favour or leave things as they are:
 * neither the mark nor the score of the call goes down by it. Source:
 * docs/metrics.md, Reviews.
 */
#include "side-dispute-rule.h"

#include <math.h>

#include "side-error.h"
#include "side-score.h"

/* Sums of weights are not exact. */
#define TINY 1e-9

static gboolean
refuse (GError     **error,
        SideError    code,
        const char  *why)
{
  g_set_error_literal (error, SIDE_ERROR, code, why);
  return FALSE;
}

static double
score_of (const SideScript *script,
          const SideReview *review)
{
  SideScore score;

  side_score_compute (script, review, &score);
  return score.score;
}

/* The review with the answers it had in one of its revisions. */
static SideReview *
with_answers (const SideReview *review,
              const GPtrArray  *answers)
{
  SideReview *self = side_review_new (review->id, review->project, review->call, review->script, review->script_version);

  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (self->answers, side_answer_copy (g_ptr_array_index (answers, i)));
  return self;
}

/**
 * side_dispute_is_lower:
 * @script: the version of the script the review names
 * @review: a review
 * @before: (element-type SideAnswer): the answers of one of its revisions
 * @after: (element-type SideAnswer): those of another one
 *
 * Returns: whether the score of @after is lower, or none where there was one
 */
gboolean
side_dispute_is_lower (const SideScript *script,
                       const SideReview *review,
                       const GPtrArray  *before,
                       const GPtrArray  *after)
{
  g_autoptr (SideReview) was = NULL;
  g_autoptr (SideReview) is = NULL;
  double old;

  g_return_val_if_fail (script != NULL && review != NULL && before != NULL && after != NULL, FALSE);

  was = with_answers (review, before);
  is = with_answers (review, after);
  old = score_of (script, was);
  return !isnan (old) && !(score_of (script, is) >= old - TINY);
}

/* Whether answers sealed as @revision are the ones that carry the ruling out. */
static gboolean
carries_out (const SideDispute *dispute,
             int                revision,
             const char        *reviewer,
             const char        *reason,
             const GPtrArray   *answers)
{
  double is = side_answers_get (answers, dispute->criterion);

  return revision > dispute->review_revision && g_strcmp0 (reviewer, dispute->judge) == 0 && g_strcmp0 (reason, dispute->ruling) == 0
         && (is < 0.0 || dispute->value < 0.0 || is >= dispute->value - TINY);
}

/* The answers that carried the ruling out first, for the judge can write the
 * same words over other answers later; NULL when none do yet. */
static const GPtrArray *
find_ruled (const SideDispute *dispute,
            const SideReview  *review)
{
  for (guint i = 0; i < review->history->len; i++)
    {
      const SideReviewRevision *sealed = g_ptr_array_index (review->history, i);

      if (carries_out (dispute, sealed->revision, sealed->reviewer, sealed->reason, sealed->answers))
        return sealed->answers;
    }
  return review->finished_ms != 0 && carries_out (dispute, review->revision, review->reviewer, review->reason, review->answers)
           ? review->answers : NULL;
}

/* What a ruling that nobody has carried out yet makes of @before, as
 * side_dispute_apply() does. */
static GPtrArray *
dup_raised (const SideDispute *dispute,
            const SideReview  *review,
            const GPtrArray   *before)
{
  g_autoptr (SideReview) raised = with_answers (review, before);
  double was = side_answers_get (before, dispute->criterion);

  if (was < 0.0 || dispute->value < 0.0 || was < dispute->value)
    side_review_set_answer (raised, dispute->criterion, dispute->value, 0, -1);
  return g_ptr_array_ref (raised->answers);
}

static gboolean
check_mark (const SideDispute  *dispute,
            const GPtrArray    *ruled,
            const GPtrArray    *after,
            GError            **error)
{
  double was = side_answers_get (ruled, dispute->criterion), is = side_answers_get (after, dispute->criterion);

  return !((was >= 0.0 && is >= 0.0 && is < was - TINY) || is == SIDE_ANSWER_NONE)
         || refuse (error, SIDE_ERROR_FORBIDDEN, "a dispute was upheld: what is reviewed later does not lower the mark that was ruled");
}

/* The answers below which @review does not go; NULL when nothing was ruled of it. */
static GPtrArray *
dup_floor (const SideDispute *dispute,
           const SideReview  *review,
           const SideReview  *before)
{
  const GPtrArray *ruled;
  g_autoptr (SideReview) sealed = NULL;

  if (dispute->state != SIDE_DISPUTE_UPHELD || g_strcmp0 (dispute->review, review->id) != 0)
    return NULL;
  if ((ruled = find_ruled (dispute, review)) != NULL)
    return g_ptr_array_ref ((GPtrArray *) ruled);
  sealed = before != NULL ? side_review_dup_sealed (before) : NULL;
  if (sealed != NULL)
    return dup_raised (dispute, review, sealed->answers);
  return review->history->len > 0
           ? dup_raised (dispute, review, ((SideReviewRevision *) review->history->pdata[review->history->len - 1])->answers) : NULL;
}

/**
 * side_dispute_check_kept:
 * @disputes: (nullable) (element-type SideDispute): those about the call
 * @review: what is to become a revision, with its history
 * @before: (nullable): the review as it stands; %NULL where that is its history
 * @script: the version of the script the review names
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * What was ruled in the operator's favour nobody takes back by revising the
 * review afterwards, the judge least of all; also where the judge's own
 * revision has not come yet. That one may leave others' rulings to others.
 *
 * Returns: whether the marks that were raised and the score stay at least what
 *   each ruling made of them
 */
gboolean
side_dispute_check_kept (const GPtrArray   *disputes,
                         const SideReview  *review,
                         const SideReview  *before,
                         const SideScript  *script,
                         GError           **error)
{
  gboolean carries = FALSE;

  g_return_val_if_fail (review != NULL && script != NULL, FALSE);

  for (guint i = 0; disputes != NULL && i < disputes->len; i++)
    carries |= ((SideDispute *) disputes->pdata[i])->state == SIDE_DISPUTE_UPHELD
               && g_strcmp0 (((SideDispute *) disputes->pdata[i])->review, review->id) == 0
               && review->finished_ms != 0 && find_ruled (disputes->pdata[i], review) == review->answers;
  for (guint i = 0; disputes != NULL && i < disputes->len; i++)
    {
      const SideDispute *dispute = g_ptr_array_index (disputes, i);
      g_autoptr (GPtrArray) ruled = dup_floor (dispute, review, before);

      if (ruled == NULL || (carries && find_ruled (dispute, review) == NULL))
        continue;
      if (!check_mark (dispute, ruled, review->answers, error))
        return FALSE;
      if (side_dispute_is_lower (script, review, ruled, review->answers))
        return refuse (error, SIDE_ERROR_FORBIDDEN, "a dispute was upheld: what is reviewed later does not lower the score below what was ruled");
    }
  return TRUE;
}

/**
 * side_dispute_check_other:
 * @dispute: about another review of the call
 * @ruled: that review
 * @ruled_script: the version of the script it names
 * @review: what is to be sealed
 * @script: the version of the script @review names
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * The call's score is the one of the review finished last: what was ruled is
 * taken back by no other review of the same form either.
 *
 * Returns: whether @review leaves the mark and the score at least as high as
 *   they were ruled, or does not count in place of @ruled
 */
gboolean
side_dispute_check_other (const SideDispute  *dispute,
                          const SideReview   *ruled,
                          const SideScript   *ruled_script,
                          const SideReview   *review,
                          const SideScript   *script,
                          GError            **error)
{
  g_autoptr (GPtrArray) floor = NULL;
  g_autoptr (SideReview) sealed = NULL, least = NULL, next = NULL;
  double was;

  g_return_val_if_fail (dispute != NULL && ruled != NULL && ruled_script != NULL && review != NULL && script != NULL, FALSE);

  sealed = side_review_dup_sealed (ruled);
  next = side_review_copy (review);
  if (next->finished_ms == 0)
    next->finished_ms = G_MAXINT64;     /* whenever that will be */
  if (sealed == NULL || !side_review_counts (sealed) || !side_review_counts (next) || g_strcmp0 (ruled->script, review->script) != 0
      || next->finished_ms < sealed->finished_ms)
    return TRUE;
  floor = dup_floor (dispute, sealed, sealed);
  if (floor == NULL)
    return TRUE;
  if (side_script_find_criterion (script, dispute->criterion) != NULL && !check_mark (dispute, floor, review->answers, error))
    return FALSE;
  least = with_answers (ruled, floor);
  was = score_of (ruled_script, least);
  if (!isnan (was) && !(score_of (script, review) >= was - TINY))
    return refuse (error, SIDE_ERROR_FORBIDDEN, "a dispute about another review of this call was upheld: "
                   "a later one does not lower the score below what was ruled");
  return TRUE;
}

/**
 * side_dispute_check_value:
 * @self: a dispute
 * @review: the review it is about, as it is now
 * @script: the version of the script the review names
 * @value: the answer it is to become: share of a full mark or SIDE_ANSWER_NA
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: whether an upheld dispute may end so: with another answer that the
 *   criterion has, no lower than it was, and a score no lower than it was
 */
gboolean
side_dispute_check_value (const SideDispute  *self,
                          const SideReview   *review,
                          const SideScript   *script,
                          double              value,
                          GError            **error)
{
  const SideCriterion *criterion;
  const GPtrArray *answers;
  g_autoptr (SideReview) changed = NULL;
  double was;

  g_return_val_if_fail (self != NULL && review != NULL && script != NULL, FALSE);

  criterion = side_script_find_criterion (script, self->criterion);
  answers = side_review_get_sealed (review, self->review_revision, NULL);
  if (criterion == NULL || answers == NULL)
    return refuse (error, SIDE_ERROR_INVALID, "the review has no such criterion");
  if (!side_criterion_takes (criterion, value))
    return refuse (error, SIDE_ERROR_INVALID, "the criterion has no such answer");
  was = side_answers_get (answers, self->criterion);
  if (fabs (value - was) < TINY)
    return refuse (error, SIDE_ERROR_INVALID, "an upheld dispute changes the answer; to leave it is to reject");
  if (was >= 0.0 && value >= 0.0 && value < was - TINY)
    return refuse (error, SIDE_ERROR_INVALID, "a ruling does not lower a mark");
  changed = with_answers (review, answers);
  side_review_set_answer (changed, self->criterion, value, 0, -1);
  if (side_dispute_is_lower (script, review, answers, changed->answers))
    return refuse (error, SIDE_ERROR_INVALID, "a ruling does not lower the score");
  return TRUE;
}

/**
 * side_dispute_rule:
 * @self: an open dispute; changed only when it is ruled
 * @review: the review it is about, as it is now
 * @script: (nullable): the version of the script the review names; needed to uphold
 * @upheld: whether the operator is right
 * @value: the answer it becomes; of no meaning when rejected
 * @judge: user who rules
 * @ruling: their words; the operator reads them
 * @now_ms: the instant
 * @error: SIDE_ERROR_CONFLICT when it is closed, SIDE_ERROR_FORBIDDEN for who
 *   may not, SIDE_ERROR_INVALID
 *
 * Returns: whether it is ruled
 */
gboolean
side_dispute_rule (SideDispute       *self,
                   const SideReview  *review,
                   const SideScript  *script,
                   gboolean           upheld,
                   double             value,
                   const char        *judge,
                   const char        *ruling,
                   gint64             now_ms,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL && review != NULL && judge != NULL, FALSE);

  if (!side_dispute_may_judge (self, review, judge, error))
    return FALSE;
  if (ruling == NULL || *ruling == '\0')
    return refuse (error, SIDE_ERROR_INVALID, "a ruling needs words");
  if (upheld && script == NULL)
    return refuse (error, SIDE_ERROR_NOT_FOUND, "the version of the script the review was made with is not here");
  if (upheld && !side_dispute_check_value (self, review, script, value, error))
    return FALSE;
  self->state = upheld ? SIDE_DISPUTE_UPHELD : SIDE_DISPUTE_REJECTED;
  self->value = upheld ? value : SIDE_ANSWER_NONE;
  g_free (self->judge);
  self->judge = g_strdup (judge);
  g_free (self->ruling);
  self->ruling = g_strdup (ruling);
  self->judged_ms = now_ms;
  return TRUE;
}

/**
 * side_overturn_free:
 * @self: (transfer full): one of side_overturn_count()
 */
void
side_overturn_free (SideOverturn *self)
{
  g_free (self->script);
  g_free (self->criterion);
  g_free (self);
}

static SideOverturn *
ensure_row (GPtrArray         *rows,
            const SideDispute *dispute)
{
  SideOverturn *row;

  for (guint i = 0; i < rows->len; i++)
    {
      row = g_ptr_array_index (rows, i);
      if (g_strcmp0 (row->script, dispute->script) == 0 && g_strcmp0 (row->criterion, dispute->criterion) == 0)
        return row;
    }
  row = g_new0 (SideOverturn, 1);
  row->script = g_strdup (dispute->script);
  row->criterion = g_strdup (dispute->criterion);
  g_ptr_array_add (rows, row);
  return row;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const SideOverturn *x = *(SideOverturn *const *) a;
  const SideOverturn *y = *(SideOverturn *const *) b;

  if (x->n_upheld != y->n_upheld)
    return x->n_upheld > y->n_upheld ? -1 : 1;
  if (x->n_judged != y->n_judged)
    return x->n_judged > y->n_judged ? -1 : 1;
  return g_strcmp0 (x->criterion, y->criterion);
}

/**
 * side_overturn_count:
 * @disputes: (element-type SideDispute): disputes
 *
 * Returns: (transfer full) (element-type SideOverturn): a row a criterion that
 *   was ever disputed and not only withdrawn, the most overturned first
 */
GPtrArray *
side_overturn_count (const GPtrArray *disputes)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) side_overturn_free);

  g_return_val_if_fail (disputes != NULL, rows);

  for (guint i = 0; i < disputes->len; i++)
    {
      const SideDispute *dispute = g_ptr_array_index (disputes, i);
      SideOverturn *row;

      if (dispute->state == SIDE_DISPUTE_WITHDRAWN)
        continue;
      row = ensure_row (rows, dispute);
      row->n_open += dispute->state == SIDE_DISPUTE_OPEN;
      row->n_judged += dispute->state != SIDE_DISPUTE_OPEN;
      row->n_upheld += dispute->state == SIDE_DISPUTE_UPHELD;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      SideOverturn *row = g_ptr_array_index (rows, i);

      row->interval = row->n_judged > 0 ? side_stats_wilson (row->n_upheld, row->n_judged) : (SideInterval) { NAN, NAN };
    }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}
