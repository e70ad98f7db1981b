/* side-review-pen.h - writes one review until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   written ()              what was given last is on the disk
 *   failed (GError *error)  it is not. After CONFLICT it is given up, because
 *                           another edit stands there; else it is tried again
 */
#pragma once

#include "side-desk.h"
#include "side-review.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_PEN (side_review_pen_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewPen, side_review_pen, SIDE, REVIEW_PEN, GObject)

SideReviewPen    *side_review_pen_new        (SideDesk *desk, SideDocument *stored);
void              side_review_pen_write      (SideReviewPen *self, const SideReview *review);
const SideReview *side_review_pen_get_review (SideReviewPen *self);
SideDocument     *side_review_pen_get_stored (SideReviewPen *self);
gboolean          side_review_pen_is_busy    (SideReviewPen *self);
gboolean          side_review_pen_has_failed (SideReviewPen *self);

G_END_DECLS
