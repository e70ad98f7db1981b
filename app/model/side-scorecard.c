/* side-scorecard.c - something with a name, scored with a form without a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-scorecard.h"

G_DEFINE_BOXED_TYPE (SideScorecard, side_scorecard, side_scorecard_ref, side_scorecard_unref)

/**
 * side_scorecard_new:
 * @id: (nullable): UUID
 * @project: (nullable): whose it is
 * @subject: (nullable): what is scored
 * @script: (nullable): the script's id
 * @script_version: its version
 *
 * Returns: (transfer full): a scorecard without answers
 */
SideScorecard *
side_scorecard_new (const char *id,
                    const char *project,
                    const char *subject,
                    const char *script,
                    int         script_version)
{
  SideScorecard *self = g_new0 (SideScorecard, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->subject = g_strdup (subject);
  self->review = side_review_new (id, project, NULL, script, script_version);
  return self;
}

/**
 * side_scorecard_copy:
 * @self: a scorecard
 *
 * Returns: (transfer full): a scorecard of its own with the same content
 */
SideScorecard *
side_scorecard_copy (const SideScorecard *self)
{
  SideScorecard *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = side_scorecard_new (NULL, NULL, self->subject, NULL, 0);
  side_review_unref (copy->review);
  copy->review = side_review_copy (self->review);
  copy->at_ms = self->at_ms;
  return copy;
}

SideScorecard *
side_scorecard_ref (SideScorecard *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_scorecard_unref (SideScorecard *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  side_review_unref (self->review);
  g_free (self->subject);
  g_free (self);
}

/**
 * side_scorecard_compare:
 * @self: a scorecard
 * @other: another
 *
 * Returns: below, at or above 0: by subject, as people read it, then by day,
 *   then by id
 */
int
side_scorecard_compare (const SideScorecard *self,
                        const SideScorecard *other)
{
  int order;

  g_return_val_if_fail (self != NULL && other != NULL, 0);

  order = self->subject != NULL && other->subject != NULL ? g_utf8_collate (self->subject, other->subject) : 0;
  if (order == 0)
    order = (self->at_ms > other->at_ms) - (self->at_ms < other->at_ms);
  return order != 0 ? order : g_strcmp0 (self->review->id, other->review->id);
}
