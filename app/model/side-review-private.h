/* side-review-private.h - what was sealed of a review, as one list
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the rules of writing and for settling two versions.
 */
#pragma once

#include "side-review.h"

G_BEGIN_DECLS

gboolean   _side_review_same_answers  (const GPtrArray *a, const GPtrArray *b);
gboolean   _side_review_same_revision (const SideReviewRevision *a, const SideReviewRevision *b);
GPtrArray *_side_review_list_sealed   (const SideReview *self);

G_END_DECLS
