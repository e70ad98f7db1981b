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

/* The review with the answers it had in the disputed revision. */
static SideReview *
as_disputed (const SideReview *review,
             const GPtrArray  *answers)
{
  SideReview *self = side_review_copy (review);

  g_ptr_array_set_size (self->answers, 0);
  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (self->answers, side_answer_copy (g_ptr_array_index (answers, i)));
  return self;
}

static gboolean
check_scale (const SideCriterion *criterion,
             double               value)
{
  double steps = criterion->answers == SIDE_ANSWERS_YES_NO ? 1.0 : criterion->answers == SIDE_ANSWERS_SCALE ? MAX (criterion->scale_max, 1) : 2.0;

  if (value == SIDE_ANSWER_NA)
    return criterion->allow_na;
  return value >= 0.0 && value <= 1.0 && fabs (value * steps - round (value * steps)) < 1e-6;
}

/**
 * side_dispute_check_value:
 * @self: a dispute
 * @review: the review it is about, as it is now
 * @script: the version of the script the review names
 * @value: the answer it is to become: share of a full mark or SIDE_ANSWER_NA
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: whether an upheld dispute may end so: with an answer the criterion
 *   has, no lower than it was, and a score no lower than it was
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
  double was, before, after;

  g_return_val_if_fail (self != NULL && review != NULL && script != NULL, FALSE);

  criterion = side_script_find_criterion (script, self->criterion);
  answers = side_review_get_sealed (review, self->review_revision, NULL);
  if (criterion == NULL || answers == NULL)
    return refuse (error, SIDE_ERROR_INVALID, "the review has no such criterion");
  if (!check_scale (criterion, value))
    return refuse (error, SIDE_ERROR_INVALID, "the criterion has no such answer");
  was = side_answers_get (answers, self->criterion);
  if (was >= 0.0 && value >= 0.0 && value < was - TINY)
    return refuse (error, SIDE_ERROR_INVALID, "a ruling does not lower a mark");
  changed = as_disputed (review, answers);
  before = score_of (script, changed);
  side_review_set_answer (changed, self->criterion, value, 0, -1);
  after = score_of (script, changed);
  if (!isnan (before) && !(after >= before - TINY))
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
