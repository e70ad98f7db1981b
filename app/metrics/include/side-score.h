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
 * @answered: criteria answered, "not applicable" among them
 * @total: criteria of the script
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

void side_score_compute (const SideScript *script, const SideReview *review, SideScore *out);
void side_score_section (const SideScript *script, const SideSection *section, const SideReview *review, SideScore *out);

G_END_DECLS
