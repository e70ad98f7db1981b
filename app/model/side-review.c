/* side-review.c - one call scored by one person with one script version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making, copying and answering. Who has a review, and how a finished one
 * changes, is in side-review-life.c.
 */
#include "side-review.h"

G_DEFINE_BOXED_TYPE (SideReview, side_review, side_review_ref, side_review_unref)

/**
 * side_answer_free:
 * @self: (transfer full): an answer that no review holds
 */
void
side_answer_free (SideAnswer *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->criterion);
  g_free (self->detail);
  g_free (self->comment);
  g_free (self);
}

/**
 * side_answer_copy:
 * @self: an answer
 *
 * Returns: (transfer full): an answer of its own with the same content
 */
SideAnswer *
side_answer_copy (const SideAnswer *self)
{
  SideAnswer *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_new0 (SideAnswer, 1);
  *copy = *self;
  copy->criterion = g_strdup (self->criterion);
  copy->detail = g_strdup (self->detail);
  copy->comment = g_strdup (self->comment);
  return copy;
}

static void
answer_free (gpointer data)
{
  side_answer_free (data);
}

static void
revision_free (gpointer data)
{
  SideReviewRevision *revision = data;

  g_free (revision->reviewer);
  g_free (revision->reason);
  g_free (revision->comment);
  g_ptr_array_unref (revision->answers);
  g_free (revision);
}

static GPtrArray *
copy_answers (const GPtrArray *answers)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (answer_free);

  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (copy, side_answer_copy (g_ptr_array_index (answers, i)));
  return copy;
}

static void
copy_revision (SideReview               *to,
               const SideReviewRevision *from)
{
  SideReviewRevision *copy = side_review_add_revision (to);

  copy->revision = from->revision;
  copy->finished_ms = from->finished_ms;
  copy->reviewer = g_strdup (from->reviewer);
  copy->reason = g_strdup (from->reason);
  copy->comment = g_strdup (from->comment);
  g_ptr_array_unref (copy->answers);
  copy->answers = copy_answers (from->answers);
}

/**
 * side_review_new:
 * @id: UUID
 * @project: id of the call's project
 * @call: id of the leg
 * @script: id of the script
 * @script_version: its exact version
 *
 * Returns: (transfer full): a draft without answers, nobody's yet
 */
SideReview *
side_review_new (const char *id,
                 const char *project,
                 const char *call,
                 const char *script,
                 int         script_version)
{
  SideReview *self = g_new0 (SideReview, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->call = g_strdup (call);
  self->script = g_strdup (script);
  self->script_version = script_version;
  self->revision = 1;
  self->heard = -1.0;
  self->holders = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->history = g_ptr_array_new_with_free_func (revision_free);
  return self;
}

/**
 * side_review_copy:
 * @self: a review
 *
 * Returns: (transfer full): a review of its own with the same content
 */
SideReview *
side_review_copy (const SideReview *self)
{
  SideReview *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_review_new (self->id, self->project, self->call, self->script, self->script_version);
  copy->reviewer = g_strdup (self->reviewer);
  for (guint i = 0; i < self->holders->len; i++)
    g_ptr_array_add (copy->holders, g_strdup (g_ptr_array_index (self->holders, i)));
  copy->selection = self->selection;
  copy->plan = g_strdup (self->plan);
  copy->replaced = self->replaced;
  copy->timing = self->timing;
  copy->started_ms = self->started_ms;
  copy->changed_ms = self->changed_ms;
  copy->finished_ms = self->finished_ms;
  copy->revision = self->revision;
  copy->reason = g_strdup (self->reason);
  copy->heard = self->heard;
  copy->comment = g_strdup (self->comment);
  g_ptr_array_unref (copy->answers);
  copy->answers = copy_answers (self->answers);
  for (guint i = 0; i < self->history->len; i++)
    copy_revision (copy, g_ptr_array_index (self->history, i));
  return copy;
}

/**
 * side_review_ref:
 * @self: a review
 *
 * Returns: (transfer full): @self
 */
SideReview *
side_review_ref (SideReview *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_review_unref:
 * @self: (transfer full): a review
 */
void
side_review_unref (SideReview *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->call);
  g_free (self->script);
  g_free (self->reviewer);
  g_free (self->plan);
  g_free (self->reason);
  g_free (self->comment);
  g_ptr_array_unref (self->holders);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->history);
  g_free (self);
}

/**
 * side_review_find_answer:
 * @self: a review
 * @criterion: a criterion's id
 *
 * Returns: (transfer none) (nullable): the answer given, if one was
 */
SideAnswer *
side_review_find_answer (const SideReview *self,
                         const char       *criterion)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      SideAnswer *answer = g_ptr_array_index (self->answers, i);
      if (g_strcmp0 (answer->criterion, criterion) == 0)
        return answer;
    }
  return NULL;
}

/**
 * side_review_get_answer:
 * @self: a review
 * @criterion: a criterion's id
 *
 * Returns: 0..1, %SIDE_ANSWER_NA, or %SIDE_ANSWER_NONE
 */
double
side_review_get_answer (const SideReview *self,
                        const char       *criterion)
{
  const SideAnswer *answer = side_review_find_answer (self, criterion);

  return answer != NULL ? answer->value : SIDE_ANSWER_NONE;
}

/**
 * side_review_set_answer:
 * @self: a draft
 * @criterion: a criterion's id
 * @value: 0..1 or %SIDE_ANSWER_NA; %SIDE_ANSWER_NONE takes it back
 * @given_ms: now
 * @position_ms: where in the recording, or -1
 *
 * The end of the span goes with the position it belonged to, and the cause
 * with the fault it explained; the comment stays.
 *
 * Returns: (transfer none) (nullable): the answer; %NULL when taken back
 */
SideAnswer *
side_review_set_answer (SideReview *self,
                        const char *criterion,
                        double      value,
                        gint64      given_ms,
                        gint64      position_ms)
{
  SideAnswer *answer;

  g_return_val_if_fail (self != NULL && criterion != NULL, NULL);

  answer = side_review_find_answer (self, criterion);
  self->changed_ms = given_ms;
  if (value == SIDE_ANSWER_NONE)
    {
      if (answer != NULL)
        g_ptr_array_remove (self->answers, answer);
      return NULL;
    }
  if (answer == NULL)
    {
      answer = g_new0 (SideAnswer, 1);
      answer->criterion = g_strdup (criterion);
      answer->position_ms = position_ms;
      answer->to_ms = -1;
      g_ptr_array_add (self->answers, answer);
    }
  if (answer->position_ms != position_ms)
    answer->to_ms = -1;
  if (value < 0.0 || value >= 1.0)
    {
      answer->cause = SIDE_CAUSE_NONE;
      g_clear_pointer (&answer->detail, g_free);
    }
  answer->value = value;
  answer->given_ms = given_ms;
  answer->position_ms = position_ms;
  return answer;
}

/**
 * side_review_add_revision:
 * @self: a review
 *
 * Returns: (transfer none): an empty revision at the end of its history, to be filled
 */
SideReviewRevision *
side_review_add_revision (SideReview *self)
{
  SideReviewRevision *revision;

  g_return_val_if_fail (self != NULL, NULL);
  revision = g_new0 (SideReviewRevision, 1);
  revision->revision = 1;
  revision->answers = g_ptr_array_new_with_free_func (answer_free);
  g_ptr_array_add (self->history, revision);
  return revision;
}
