/* side-score.c - what a review's answers come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Score = sum of weight * answer over the applicable criteria that were
 * answered, over the sum of their weights, times 100. "Not applicable" takes
 * the weight out and so spreads it over the rest; so does a condition that is
 * not met. Source: docs/metrics.md, Reviews.
 */
#include "side-score.h"

#include <math.h>

/* Conditions behind conditions are followed so far: a longer chain is taken
 * for one that goes in a circle. */
#define MAX_CHAIN 100

typedef struct {
  double   points;
  double   weight;
  double   bonus;
  gboolean section_failed;
  gboolean script_failed;
} Sums;

/* What is looked up by a criterion's id, for one pass over a whole script. */
typedef struct {
  GHashTable *criteria;   /* id -> SideCriterion; NULL where no criterion has a condition */
  GHashTable *answers;    /* id -> SideAnswer */
} Lookup;

static gboolean
has_conditions (const SideScript *script)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (((const SideCriterion *) g_ptr_array_index (section->criteria, k))->only_if != NULL)
          return TRUE;
    }
  return FALSE;
}

static void
lookup_init (Lookup           *lookup,
             const SideScript *script,
             const SideReview *review)
{
  lookup->criteria = NULL;
  lookup->answers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < review->answers->len; i++)
    {
      SideAnswer *answer = g_ptr_array_index (review->answers, i);
      g_hash_table_insert (lookup->answers, answer->criterion, answer);
    }
  if (!has_conditions (script))
    return;
  lookup->criteria = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          g_hash_table_insert (lookup->criteria, criterion->id, criterion);
        }
    }
}

static void
lookup_clear (Lookup *lookup)
{
  g_clear_pointer (&lookup->criteria, g_hash_table_unref);
  g_clear_pointer (&lookup->answers, g_hash_table_unref);
}

static double
answer_to (const Lookup *lookup,
           const char   *criterion)
{
  const SideAnswer *answer = g_hash_table_lookup (lookup->answers, criterion);

  return answer != NULL ? answer->value : SIDE_ANSWER_NONE;
}

/* Whether the answer that a condition looks at lets it hold. */
static gboolean
is_met (const SideCriterion *criterion,
        double               answer)
{
  const double epsilon = 1e-9;   /* 3 of 5 is not quite 0.6 */

  return answer >= 0.0 && answer >= criterion->only_low - epsilon && answer <= criterion->only_high + epsilon;
}

static gboolean
applies (const Lookup        *lookup,
         const SideCriterion *criterion)
{
  for (int links = 0; criterion->only_if != NULL; links++)
    {
      if (links >= MAX_CHAIN || !is_met (criterion, answer_to (lookup, criterion->only_if)))
        return FALSE;
      criterion = g_hash_table_lookup (lookup->criteria, criterion->only_if);
      if (criterion == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * side_score_applies:
 * @script: the script version the review names
 * @review: the answers so far
 * @criterion: one of the script's criteria
 *
 * A criterion with a condition applies where the one it depends on applies
 * itself and has an answer within the condition's range. It does not as long
 * as that one is unanswered or "not applicable"; nor ever, where the condition
 * names no criterion or leads back to the criterion itself.
 *
 * Returns: whether @criterion is asked for and counts
 */
gboolean
side_score_applies (const SideScript    *script,
                    const SideReview    *review,
                    const SideCriterion *criterion)
{
  g_return_val_if_fail (script != NULL && review != NULL && criterion != NULL, FALSE);

  for (int links = 0; criterion->only_if != NULL; links++)
    {
      if (links >= MAX_CHAIN || !is_met (criterion, side_review_get_answer (review, criterion->only_if)))
        return FALSE;
      criterion = side_script_find_criterion (script, criterion->only_if);
      if (criterion == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
add_section (const SideSection *section,
             const Lookup      *lookup,
             Sums              *sums,
             SideScore         *out)
{
  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      double answer = answer_to (lookup, criterion->id);

      if (!applies (lookup, criterion))
        continue;
      out->total++;
      if (answer == SIDE_ANSWER_NONE)
        continue;
      out->answered++;
      if (answer == SIDE_ANSWER_NA)
        continue;
      answer = CLAMP (answer, 0.0, 1.0);
      if (criterion->bonus)
        {
          sums->bonus += criterion->weight * answer;
        }
      else
        {
          sums->points += criterion->weight * answer;
          sums->weight += criterion->weight;
        }
      if (answer <= 0.0 && criterion->critical == SIDE_CRITICAL_SECTION)
        sums->section_failed = TRUE;
      if (answer <= 0.0 && criterion->critical == SIDE_CRITICAL_SCRIPT)
        sums->script_failed = TRUE;
    }
}

static double
percent_of (const SideScript *script,
            double            points,
            double            bonus,
            double            weight)
{
  double score;

  if (weight <= 0)
    return NAN;
  score = (points + bonus) / weight * 100.0;
  return script->above_100 ? score : MIN (score, 100.0);
}

/**
 * side_score_section:
 * @script: the script version the review names
 * @section: one of its sections
 * @review: the answers
 * @out: (out caller-allocates): the score of that section alone
 *
 * A failed criterion that is critical for the section or for the script makes
 * it 0.
 */
void
side_score_section (const SideScript  *script,
                    const SideSection *section,
                    const SideReview  *review,
                    SideScore         *out)
{
  Sums sums = { 0 };
  Lookup lookup;

  g_return_if_fail (script != NULL && section != NULL && review != NULL && out != NULL);

  *out = (SideScore) { 0 };
  lookup_init (&lookup, script, review);
  add_section (section, &lookup, &sums, out);
  lookup_clear (&lookup);
  out->critical_failed = sums.section_failed || sums.script_failed;
  out->applicable_weight = sums.weight;
  out->would_be = percent_of (script, sums.points, sums.bonus, sums.weight);
  out->score = out->critical_failed ? 0.0 : out->would_be;
}

/**
 * side_score_compute:
 * @script: the script version the review names
 * @review: the answers
 * @out: (out caller-allocates): the score and what it is made of
 *
 * A failed criterion that is critical for its section takes the section's
 * points away but leaves its weight in the divisor; one that is critical for
 * the script makes the score 0. The score that would have been is kept.
 */
void
side_score_compute (const SideScript *script,
                    const SideReview *review,
                    SideScore        *out)
{
  double points = 0, would_be_points = 0, weight = 0, bonus = 0, would_be_bonus = 0;
  gboolean script_failed = FALSE;
  Lookup lookup;

  g_return_if_fail (script != NULL && review != NULL && out != NULL);

  *out = (SideScore) { 0 };
  lookup_init (&lookup, script, review);
  for (guint i = 0; i < script->sections->len; i++)
    {
      Sums sums = { 0 };

      add_section (g_ptr_array_index (script->sections, i), &lookup, &sums, out);
      would_be_points += sums.points;
      would_be_bonus += sums.bonus;
      weight += sums.weight;
      if (!sums.section_failed)
        {
          points += sums.points;
          bonus += sums.bonus;
        }
      script_failed = script_failed || sums.script_failed;
      out->critical_failed = out->critical_failed || sums.section_failed || sums.script_failed;
    }
  lookup_clear (&lookup);
  out->applicable_weight = weight;
  out->would_be = percent_of (script, would_be_points, would_be_bonus, weight);
  out->score = percent_of (script, points, bonus, weight);
  if (script_failed)
    out->score = 0.0;
}

/**
 * side_score_is_lowered:
 * @score: a score
 * @would_be: the same without the failed critical criteria
 *
 * Returns: whether the two differ once they are said in whole points
 */
gboolean
side_score_is_lowered (double score,
                       double would_be)
{
  return !isnan (score) && !isnan (would_be) && rint (score) != rint (would_be);
}

/* Whether an answer of one kind is one of the other's as it stands. */
static gboolean
same_answers (const SideCriterion *a,
              const SideCriterion *b)
{
  return a->answers == b->answers && (a->answers != SIDE_ANSWERS_SCALE || a->scale_max == b->scale_max);
}

/* The answers that can be carried over, as a review of their own. */
static SideReview *
carry (const SideScript *old_script,
       const SideScript *new_script,
       const SideReview *review,
       SideRescore      *out)
{
  SideReview *carried = side_review_new (review->id, review->project, review->call, review->script, review->script_version);

  for (guint i = 0; i < review->answers->len; i++)
    {
      const SideAnswer *answer = g_ptr_array_index (review->answers, i);
      const SideCriterion *before = side_script_find_criterion (old_script, answer->criterion);
      const SideCriterion *after = side_script_find_criterion (new_script, answer->criterion);

      if (before == NULL || !side_score_applies (old_script, review, before))
        continue;
      if (after == NULL)
        {
          out->dropped++;
          continue;
        }
      if (answer->value == SIDE_ANSWER_NA && !after->allow_na)
        continue;
      g_ptr_array_add (carried->answers, side_answer_copy (answer));
      if (answer->value == SIDE_ANSWER_NA || same_answers (before, after))
        out->carried++;
      else
        out->converted++;
    }
  return carried;
}

/**
 * side_score_rescore:
 * @old_script: the script version the review names
 * @new_script: another version of it
 * @review: the answers; they stay as they are
 * @out: (out caller-allocates): both scores, and how far the answers could be carried over
 *
 * What the review would come to under the other version. A criterion is the
 * same one when its id is. An answer is carried as its share of a full mark,
 * also onto another kind of answers; "not applicable" is not carried where it
 * may no longer be answered, nor is an answer whose condition was not met.
 */
void
side_score_rescore (const SideScript *old_script,
                    const SideScript *new_script,
                    const SideReview *review,
                    SideRescore      *out)
{
  g_autoptr (SideReview) carried = NULL;

  g_return_if_fail (old_script != NULL && new_script != NULL && review != NULL && out != NULL);

  *out = (SideRescore) { 0 };
  side_score_compute (old_script, review, &out->before);
  carried = carry (old_script, new_script, review, out);
  side_score_compute (new_script, carried, &out->after);
  out->unanswered = out->after.total - out->after.answered;
}

/**
 * side_score_list_unanswered:
 * @old_script: the script version the review names
 * @new_script: another version of it
 * @review: the answers; they stay as they are
 *
 * Returns: (transfer container) (element-type SideCriterion): criteria of
 *   @new_script that side_score_rescore() counts as unanswered, in its order
 */
GPtrArray *
side_score_list_unanswered (const SideScript *old_script,
                            const SideScript *new_script,
                            const SideReview *review)
{
  SideRescore unused = { 0 };
  g_autoptr (SideReview) carried = NULL;
  GPtrArray *list = g_ptr_array_new ();

  g_return_val_if_fail (old_script != NULL && new_script != NULL && review != NULL, list);

  carried = carry (old_script, new_script, review, &unused);
  for (guint i = 0; i < new_script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (new_script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, k);

          if (side_review_get_answer (carried, criterion->id) == SIDE_ANSWER_NONE
              && side_score_applies (new_script, carried, criterion))
            g_ptr_array_add (list, criterion);
        }
    }
  return list;
}
