/* side-review-words.h - what is said of a review as a whole
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review-keeper.h"

G_BEGIN_DECLS

char *side_review_words_when     (SideDesk *desk, gint64 at_ms);
char *side_review_words_choice   (SideDesk *desk, const SideReview *review);
char *side_review_words_state    (SideReviewKeeper *keeper, SideDesk *desk);
char *side_review_words_purpose  (SideReviewKeeper *keeper, SideDesk *desk);
char *side_review_words_critical (const SideScore *score);
char *side_review_words_warning  (SideReviewKeeper *keeper, const SideScore *score);
char *side_review_words_heard    (const SideReview *review, gboolean open, double share, gint64 length_ms);

G_END_DECLS
