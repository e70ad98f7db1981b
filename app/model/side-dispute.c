/* side-dispute.c - an operator's word about how they were scored
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The records alone; what may be done with them is in side-dispute-life.c.
 */
#include "side-dispute.h"

#include "side-text.h"

G_DEFINE_BOXED_TYPE (SideDispute, side_dispute, side_dispute_ref, side_dispute_unref)
G_DEFINE_BOXED_TYPE (SideAcknowledgement, side_acknowledgement, side_acknowledgement_ref, side_acknowledgement_unref)

/**
 * side_dispute_new:
 * @id: UUID
 * @project: the call's project
 * @call: id of the leg
 *
 * Returns: (transfer full): an open dispute about nothing yet
 */
SideDispute *
side_dispute_new (const char *id,
                  const char *project,
                  const char *call)
{
  SideDispute *self = g_new0 (SideDispute, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->asked = SIDE_ANSWER_NONE;
  self->value = SIDE_ANSWER_NONE;
  return self;
}

/**
 * side_dispute_copy:
 * @self: a dispute
 *
 * Returns: (transfer full): one of its own with the same content
 */
SideDispute *
side_dispute_copy (const SideDispute *self)
{
  SideDispute *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_dispute_new (self->id, self->project, self->call);
  copy->review = g_strdup (self->review);
  copy->review_revision = self->review_revision;
  copy->script = g_strdup (self->script);
  copy->criterion = g_strdup (self->criterion);
  copy->asked = self->asked;
  copy->reason = g_strdup (self->reason);
  copy->operator_id = g_strdup (self->operator_id);
  copy->author = g_strdup (self->author);
  copy->on_behalf = self->on_behalf;
  copy->created_ms = self->created_ms;
  copy->due_ms = self->due_ms;
  copy->state = self->state;
  copy->judge = g_strdup (self->judge);
  copy->judged_ms = self->judged_ms;
  copy->ruling = g_strdup (self->ruling);
  copy->value = self->value;
  return copy;
}

/**
 * side_dispute_ref:
 * @self: a dispute
 *
 * Returns: (transfer full): @self
 */
SideDispute *
side_dispute_ref (SideDispute *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_dispute_unref:
 * @self: (transfer full): a dispute
 */
void
side_dispute_unref (SideDispute *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->review);
  g_free (self->script);
  g_free (self->criterion);
  g_free (self->reason);
  g_free (self->operator_id);
  g_free (self->author);
  g_free (self->judge);
  g_free (self->ruling);
  g_free (self);
}

/**
 * side_acknowledgement_id:
 * @review: UUID of a review
 * @revision: one of its revisions
 *
 * Two who acknowledge the same offline meet in one document.
 *
 * Returns: (transfer full): the UUID
 */
char *
side_acknowledgement_id (const char *review,
                         int         revision)
{
  g_autofree char *name = g_strdup_printf ("acknowledgement\n%s\n%d", review, revision);

  return side_id_named (name);
}

/**
 * side_acknowledgement_new:
 * @review: (nullable): a finished review; %NULL for one to be filled in
 * @operator_id: (nullable): who answered the call
 * @author: (nullable): user who writes it down
 * @on_behalf: whether that is somebody else
 * @now_ms: the instant
 *
 * Returns: (transfer full): an acknowledgement of the review as it is now
 */
SideAcknowledgement *
side_acknowledgement_new (const SideReview *review,
                          const char       *operator_id,
                          const char       *author,
                          gboolean          on_behalf,
                          gint64            now_ms)
{
  SideAcknowledgement *self = g_new0 (SideAcknowledgement, 1);

  g_atomic_ref_count_init (&self->ref_count);
  if (review != NULL)
    {
      self->id = side_acknowledgement_id (review->id, review->revision);
      self->project = g_strdup (review->project);
      self->call = g_strdup (review->call);
      self->review = g_strdup (review->id);
      self->review_revision = review->revision;
    }
  self->operator_id = g_strdup (operator_id);
  self->author = g_strdup (author);
  self->on_behalf = on_behalf;
  self->at_ms = now_ms;
  return self;
}

/**
 * side_acknowledgement_ref:
 * @self: an acknowledgement
 *
 * Returns: (transfer full): @self
 */
SideAcknowledgement *
side_acknowledgement_ref (SideAcknowledgement *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_acknowledgement_unref:
 * @self: (transfer full): an acknowledgement
 */
void
side_acknowledgement_unref (SideAcknowledgement *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->review);
  g_free (self->operator_id);
  g_free (self->author);
  g_free (self);
}
