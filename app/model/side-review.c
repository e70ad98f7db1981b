/* side-review.c - one call scored by one person with one script version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-review.h"

G_DEFINE_BOXED_TYPE (SideReview, side_review, side_review_ref, side_review_unref)

static void
answer_free (gpointer data)
{
  SideAnswer *answer = data;

  g_free (answer->criterion);
  g_free (answer->comment);
  g_free (answer);
}

static gpointer
answer_copy (gconstpointer source,
             gpointer      user_data)
{
  const SideAnswer *answer = source;
  SideAnswer *copy = g_new0 (SideAnswer, 1);

  *copy = *answer;
  copy->criterion = g_strdup (answer->criterion);
  copy->comment = g_strdup (answer->comment);
  return copy;
}

/**
 * side_review_new:
 * @id: UUID
 * @project: id of the call's project
 * @call: id of the leg
 * @script: id of the script
 * @script_version: its exact version
 *
 * Returns: (transfer full): a draft without answers
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
  self->answers = g_ptr_array_new_with_free_func (answer_free);
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
  copy->started_ms = self->started_ms;
  copy->changed_ms = self->changed_ms;
  copy->finished_ms = self->finished_ms;
  copy->comment = g_strdup (self->comment);
  for (guint i = 0; i < self->answers->len; i++)
    g_ptr_array_add (copy->answers, answer_copy (g_ptr_array_index (self->answers, i), NULL));
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
  g_free (self->comment);
  g_ptr_array_unref (self->answers);
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
      g_ptr_array_add (self->answers, answer);
    }
  answer->value = value;
  answer->given_ms = given_ms;
  answer->position_ms = position_ms;
  return answer;
}
