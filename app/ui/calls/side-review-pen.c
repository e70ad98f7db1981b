/* side-review-pen.c - writes one review until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pen that knows what it writes: laid aside while another call is open, it is
 * taken up again with its review.
 */
#include "side-review-pen.h"

#include "side-wire.h"

struct _SideReviewPen
{
  SidePen     parent_instance;
  SideReview *review;      /* (nullable): as it was given last */
};

G_DEFINE_FINAL_TYPE (SideReviewPen, side_review_pen, SIDE_TYPE_PEN)

static void
side_review_pen_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_REVIEW_PEN (object)->review, side_review_unref);
  G_OBJECT_CLASS (side_review_pen_parent_class)->finalize (object);
}

static void
side_review_pen_class_init (SideReviewPenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_review_pen_finalize;
}

static void
side_review_pen_init (SideReviewPen *self)
{
}

/**
 * side_review_pen_new:
 * @desk: where it writes
 * @stored: (nullable): what the store has of the review; %NULL for a new one
 *
 * Returns: (transfer full): a pen that has nothing to write
 */
SideReviewPen *
side_review_pen_new (SideDesk     *desk,
                     SideDocument *stored)
{
  SideReviewPen *self = g_object_new (SIDE_TYPE_REVIEW_PEN, NULL);

  side_pen_begin (SIDE_PEN (self), desk, stored);
  return self;
}

/**
 * side_review_pen_write:
 * @self: a pen
 * @review: the whole review; it is copied
 */
void
side_review_pen_write (SideReviewPen    *self,
                       const SideReview *review)
{
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_REVIEW_PEN (self));
  g_return_if_fail (review != NULL);

  g_clear_pointer (&self->review, side_review_unref);
  self->review = side_review_copy (review);
  document = side_wire_document_for_review (self->review);
  side_pen_write (SIDE_PEN (self), document);
}

/**
 * side_review_pen_get_review:
 * @self: a pen
 *
 * Returns: (transfer none) (nullable): what it was given last
 */
const SideReview *
side_review_pen_get_review (SideReviewPen *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_PEN (self), NULL);
  return self->review;
}
