/* side-score.h - what a review's answers come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideScore:
 * @score: 0..100, above only with bonus points where the script allows;
 *   NaN when nothing applicable has been answered
 * @would_be: the score without the failed critical criteria
 * @critical_failed: whether a critical criterion was answered "no"
 * @answered: criteria answered, "not applicable" among them, of those asked for
 * @total: criteria asked for: all but those whose condition is not met
 * @applicable_weight: what the score was divided by
 */
typedef struct {
  double   score;
  double   would_be;
  gboolean critical_failed;
  guint    answered;
  guint    total;
  double   applicable_weight;
} SideScore;

/**
 * SideRescore: an old review under another version of its script.
 * @before: the score it has under its own version
 * @after: what its answers come to under the other one
 * @carried: answers that fit as they were
 * @converted: answers carried as a share onto another kind of answer
 * @unanswered: criteria asked for that the review has no answer to
 * @dropped: answers to criteria that the other version does not have
 */
typedef struct {
  SideScore before;
  SideScore after;
  guint     carried;
  guint     converted;
  guint     unanswered;
  guint     dropped;
} SideRescore;

gboolean side_score_is_lowered (double score, double would_be);
gboolean side_score_applies (const SideScript *script, const SideReview *review, const SideCriterion *criterion);
void side_score_rescore (const SideScript *old_script, const SideScript *new_script, const SideReview *review, SideRescore *out);
GPtrArray *side_score_list_unanswered (const SideScript *old_script, const SideScript *new_script, const SideReview *review);
void side_score_compute (const SideScript *script, const SideReview *review, SideScore *out);
void side_score_section (const SideScript *script, const SideSection *section, const SideReview *review, SideScore *out);

G_END_DECLS
