/* side-review-pen.c - writes one review until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One write at a time, each over what the one before left: what comes
 * meanwhile waits and goes as a whole. What cannot be written, for want of
 * room or because another program holds the file, stays here and is tried
 * again, whichever call is open meanwhile.
 */
#include "side-review-pen.h"

#include "side-wire.h"

#define RETRY_S 5

struct _SideReviewPen
{
  GObject       parent_instance;
  SideDesk     *desk;
  SideReview   *review;      /* (nullable): as it was given last */
  SideDocument *stored;      /* (nullable): what the store has of it */
  SideDocument *writing;     /* (nullable): on its way */
  guint         retry_id;
  gboolean      waiting;     /* the review is newer than what is on its way */
  gboolean      failed;      /* since it was written last */
};

G_DEFINE_FINAL_TYPE (SideReviewPen, side_review_pen, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void write_now (SideReviewPen *self);

static void
side_review_pen_finalize (GObject *object)
{
  SideReviewPen *self = SIDE_REVIEW_PEN (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->stored, side_document_unref);
  g_clear_pointer (&self->writing, side_document_unref);
  G_OBJECT_CLASS (side_review_pen_parent_class)->finalize (object);
}

static void
side_review_pen_class_init (SideReviewPenClass *klass)
{
  GType type = SIDE_TYPE_REVIEW_PEN;

  G_OBJECT_CLASS (klass)->finalize = side_review_pen_finalize;
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_review_pen_init (SideReviewPen *self)
{
}

static gboolean
retry_cb (gpointer data)
{
  SideReviewPen *self = data;

  self->retry_id = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

/* The last moment, or before it: not waited for the next try. */
static void
flush_cb (SideReviewPen *self)
{
  if (self->waiting && self->writing == NULL)
    write_now (self);
}

static void
written (SideReviewPen *self,
         SideDocument  *document)
{
  g_clear_pointer (&self->stored, side_document_unref);
  self->stored = side_document_ref (document);
  self->failed = FALSE;
  if (self->waiting)
    write_now (self);
  else
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
}

static void
not_written (SideReviewPen *self,
             const GError  *error)
{
  gboolean lost = g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) || side_error_is_cancelled (error);
  gboolean told = self->failed;

  self->waiting = !lost;
  self->failed = !lost;
  if (!lost)
    self->retry_id = g_timeout_add_seconds (RETRY_S, retry_cb, self);
  if (!told && !side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SideReviewPen) self = data;
  g_autoptr (SideDocument) document = g_steal_pointer (&self->writing);
  g_autoptr (GError) error = NULL;

  if (side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    written (self, document);
  else
    not_written (self, error);
}

/* Not cancellable: leaving the call must not lose what was written. Whoever
 * begins a review saw none: one of the same id that came meanwhile, from their
 * other computer, is kept beside it. */
static void
write_now (SideReviewPen *self)
{
  g_autoptr (SideDocument) none = NULL;

  self->waiting = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->writing = side_wire_document_for_review (self->review);
  none = side_document_new (self->writing->kind, self->writing->id, self->writing->project);
  none->deleted = TRUE;
  side_desk_put_document_async (self->desk, self->writing, self->stored != NULL ? self->stored : none, NULL, put_cb,
                                g_object_ref (self));
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

  self->desk = g_object_ref (desk);
  self->stored = stored != NULL ? side_document_ref (stored) : NULL;
  g_signal_connect_object (desk, "closing", G_CALLBACK (flush_cb), self, G_CONNECT_SWAPPED);
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
  g_return_if_fail (SIDE_IS_REVIEW_PEN (self));
  g_return_if_fail (review != NULL);

  g_clear_pointer (&self->review, side_review_unref);
  self->review = side_review_copy (review);
  self->waiting = TRUE;
  if (self->writing == NULL)
    write_now (self);
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

/**
 * side_review_pen_get_stored:
 * @self: a pen
 *
 * Returns: (transfer none) (nullable): what the store has, as far as it knows
 */
SideDocument *
side_review_pen_get_stored (SideReviewPen *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_PEN (self), NULL);
  return self->stored;
}

/**
 * side_review_pen_is_busy:
 * @self: a pen
 *
 * Returns: whether there is something that is not on the disk yet
 */
gboolean
side_review_pen_is_busy (SideReviewPen *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_PEN (self), FALSE);
  return self->writing != NULL || self->waiting;
}

/**
 * side_review_pen_has_failed:
 * @self: a pen
 *
 * Returns: whether the last try did not work and another one follows
 */
gboolean
side_review_pen_has_failed (SideReviewPen *self)
{
  g_return_val_if_fail (SIDE_IS_REVIEW_PEN (self), FALSE);
  return self->failed;
}
