/* side-score.c - what a review's answers come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Score = sum of weight * answer over the applicable criteria that were
 * answered, over the sum of their weights, times 100. "Not applicable" takes
 * the weight out and so spreads it over the rest. Source: docs/metrics.md,
 * Reviews.
 */
#include "side-score.h"

#include <math.h>

typedef struct {
  double   points;
  double   weight;
  double   bonus;
  gboolean section_failed;
  gboolean script_failed;
} Sums;

static void
add_section (const SideSection *section,
             const SideReview  *review,
             Sums              *sums,
             SideScore         *out)
{
  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      double answer = side_review_get_answer (review, criterion->id);

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

  g_return_if_fail (script != NULL && section != NULL && review != NULL && out != NULL);

  *out = (SideScore) { 0 };
  add_section (section, review, &sums, out);
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

  g_return_if_fail (script != NULL && review != NULL && out != NULL);

  *out = (SideScore) { 0 };
  for (guint i = 0; i < script->sections->len; i++)
    {
      Sums sums = { 0 };

      add_section (g_ptr_array_index (script->sections, i), review, &sums, out);
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
  out->applicable_weight = weight;
  out->would_be = percent_of (script, would_be_points, would_be_bonus, weight);
  out->score = percent_of (script, points, bonus, weight);
  if (script_failed)
    out->score = 0.0;
}
