/* side-review-pen.h - writes one review until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-pen.h"
#include "side-review.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_PEN (side_review_pen_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewPen, side_review_pen, SIDE, REVIEW_PEN, SidePen)

SideReviewPen    *side_review_pen_new        (SideDesk *desk, SideDocument *stored);
void              side_review_pen_write      (SideReviewPen *self, const SideReview *review);
const SideReview *side_review_pen_get_review (SideReviewPen *self);

G_END_DECLS
