/* side-review-need.h - what a review still needs before it can be finished
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_NEED_NOTHING,
  SIDE_NEED_ANSWER,
  SIDE_NEED_CAUSE,
  SIDE_NEED_COMMENT,
} SideNeed;

gboolean  side_criterion_is_fault (const SideCriterion *criterion, double value);
SideNeed  side_review_need        (const SideScript *script, const SideReview *review, const SideCriterion *criterion);
char     *side_review_need_words  (const SideScript *script, const SideReview *review, char **first);
guint     side_review_count_spanless (const SideScript *script, const SideReview *review);

G_END_DECLS
