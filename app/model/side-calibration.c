/* side-calibration.c - calls several people review apart, to find out whether they mean the same
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-calibration.h"

#include "side-words.h"

G_DEFINE_BOXED_TYPE (SideCalibration, side_calibration, side_calibration_ref, side_calibration_unref)

static const char *const state_words[] = { "open", "discussion", "closed" };

static void
consensus_free (gpointer data)
{
  SideConsensus *consensus = data;

  g_free (consensus->call);
  g_free (consensus->criterion);
  g_free (consensus->author);
  g_free (consensus->reason);
  g_free (consensus);
}

/**
 * side_calibration_new:
 * @id: (nullable): UUID
 * @project: (nullable): whose it is
 * @title: (nullable): what it is called
 * @script: (nullable): the script's id
 * @script_version: its version
 *
 * Returns: (transfer full): an open calibration without calls and people
 */
SideCalibration *
side_calibration_new (const char *id,
                      const char *project,
                      const char *title,
                      const char *script,
                      int         script_version)
{
  SideCalibration *self = g_new0 (SideCalibration, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->title = g_strdup (title);
  self->script = g_strdup (script);
  self->script_version = script_version;
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->reviewers = g_ptr_array_new_with_free_func (g_free);
  self->consensus = g_ptr_array_new_with_free_func (consensus_free);
  return self;
}

/**
 * side_calibration_copy:
 * @self: a calibration
 *
 * Returns: (transfer full): one of its own with the same content
 */
SideCalibration *
side_calibration_copy (const SideCalibration *self)
{
  SideCalibration *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = side_calibration_new (self->id, self->project, self->title, self->script, self->script_version);
  for (guint i = 0; i < self->calls->len; i++)
    g_ptr_array_add (copy->calls, g_strdup (self->calls->pdata[i]));
  for (guint i = 0; i < self->reviewers->len; i++)
    g_ptr_array_add (copy->reviewers, g_strdup (self->reviewers->pdata[i]));
  for (guint i = 0; i < self->consensus->len; i++)
    {
      const SideConsensus *each = self->consensus->pdata[i];

      side_calibration_agree (copy, each->call, each->criterion, each->value, each->author, each->reason, each->at_ms);
    }
  copy->expert = g_strdup (self->expert);
  copy->state = self->state;
  copy->due_ms = self->due_ms;
  copy->discussed_ms = self->discussed_ms;
  copy->author = g_strdup (self->author);
  copy->made_ms = self->made_ms;
  copy->changed_ms = self->changed_ms;
  return copy;
}

/**
 * side_calibration_ref:
 * @self: a calibration
 *
 * Returns: (transfer full): @self
 */
SideCalibration *
side_calibration_ref (SideCalibration *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_calibration_unref:
 * @self: (transfer full): a calibration
 */
void
side_calibration_unref (SideCalibration *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->title);
  g_free (self->script);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->reviewers);
  g_ptr_array_unref (self->consensus);
  g_free (self->expert);
  g_free (self->author);
  g_free (self);
}

static gboolean
contains (GPtrArray  *words,
          const char *word)
{
  for (guint i = 0; word != NULL && i < words->len; i++)
    if (g_str_equal (words->pdata[i], word))
      return TRUE;
  return FALSE;
}

/**
 * side_calibration_has_call:
 * @self: a calibration
 * @call: (nullable): a call's id
 *
 * Returns: whether it is one of its calls
 */
gboolean
side_calibration_has_call (const SideCalibration *self,
                           const char            *call)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return contains (self->calls, call);
}

/**
 * side_calibration_asks:
 * @self: a calibration
 * @reviewer: (nullable): a user's name
 *
 * Returns: whether that person is invited
 */
gboolean
side_calibration_asks (const SideCalibration *self,
                       const char            *reviewer)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return contains (self->reviewers, reviewer);
}

/**
 * side_calibration_find_consensus:
 * @self: a calibration
 * @call: a call's id
 * @criterion: a criterion's id
 *
 * Returns: (transfer none) (nullable): what was agreed on; %NULL before that
 */
SideConsensus *
side_calibration_find_consensus (const SideCalibration *self,
                                 const char            *call,
                                 const char            *criterion)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->consensus->len; i++)
    {
      SideConsensus *each = self->consensus->pdata[i];

      if (g_strcmp0 (each->criterion, criterion) == 0 && g_strcmp0 (each->call, call) == 0)
        return each;
    }
  return NULL;
}

/**
 * side_calibration_agree:
 * @self: a calibration
 * @call: one of its calls
 * @criterion: a criterion's id
 * @value: share of a full mark, 0 to 1; SIDE_ANSWER_NA; SIDE_ANSWER_NONE takes
 *   back what was agreed on
 * @author: (nullable): who writes it down
 * @reason: (nullable): why
 * @at_ms: when
 */
void
side_calibration_agree (SideCalibration *self,
                        const char      *call,
                        const char      *criterion,
                        double           value,
                        const char      *author,
                        const char      *reason,
                        gint64           at_ms)
{
  SideConsensus *consensus;

  g_return_if_fail (self != NULL && call != NULL && criterion != NULL);

  consensus = side_calibration_find_consensus (self, call, criterion);
  if (value == SIDE_ANSWER_NONE)
    {
      if (consensus != NULL)
        g_ptr_array_remove (self->consensus, consensus);
      return;
    }
  if (consensus == NULL)
    {
      consensus = g_new0 (SideConsensus, 1);
      consensus->call = g_strdup (call);
      consensus->criterion = g_strdup (criterion);
      g_ptr_array_add (self->consensus, consensus);
    }
  consensus->value = value;
  if (consensus->author != author)
    {
      g_free (consensus->author);
      consensus->author = g_strdup (author);
    }
  if (consensus->reason != reason)
    {
      g_free (consensus->reason);
      consensus->reason = g_strdup (reason);
    }
  consensus->at_ms = at_ms;
}

/**
 * side_review_get_first:
 * @self: a review
 * @reviewer: (out) (optional) (nullable) (transfer none): who gave them
 * @finished_ms: (out) (optional): when
 *
 * Returns: (transfer none) (nullable) (element-type SideAnswer): the answers
 *   it was sealed with first; %NULL when it never was. Nothing else is set then
 */
const GPtrArray *
side_review_get_first (const SideReview  *self,
                       const char       **reviewer,
                       gint64            *finished_ms)
{
  const SideReviewRevision *first;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->history->len == 0 && self->finished_ms == 0)
    return NULL;
  first = self->history->len > 0 ? g_ptr_array_index (self->history, 0) : NULL;
  if (reviewer != NULL)
    *reviewer = first != NULL ? first->reviewer : self->reviewer;
  if (finished_ms != NULL)
    *finished_ms = first != NULL ? first->finished_ms : self->finished_ms;
  return first != NULL ? first->answers : self->answers;
}

/**
 * side_calibration_find_review:
 * @self: a calibration
 * @reviews: (element-type SideReview): reviews, of its calls among others
 * @call: one of its calls
 * @reviewer: one of those invited
 *
 * Returns: (transfer none) (nullable): the review of it that this person finished
 *   for it first, whoever has it now and however it goes on; see
 *   side_review_get_first()
 */
const SideReview *
side_calibration_find_review (const SideCalibration *self,
                              GPtrArray             *reviews,
                              const char            *call,
                              const char            *reviewer)
{
  g_return_val_if_fail (self != NULL && reviews != NULL, NULL);

  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReview *review = reviews->pdata[i];
      const char *first = NULL;

      if (g_strcmp0 (review->plan, self->id) == 0 && g_strcmp0 (review->call, call) == 0
          && side_review_get_first (review, &first, NULL) != NULL && g_strcmp0 (first, reviewer) == 0)
        return review;
    }
  return NULL;
}

/**
 * side_calibration_count_finished:
 * @self: a calibration
 * @reviews: (element-type SideReview): reviews, of its calls among others
 *
 * Returns: how many of the reviews it asks for are finished; it asks each one
 *   invited for one of each call
 */
guint
side_calibration_count_finished (const SideCalibration *self,
                                 GPtrArray             *reviews)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL && reviews != NULL, 0);

  for (guint i = 0; i < self->calls->len; i++)
    for (guint k = 0; k < self->reviewers->len; k++)
      n += side_calibration_find_review (self, reviews, self->calls->pdata[i], self->reviewers->pdata[k]) != NULL ? 1 : 0;
  return n;
}

/**
 * side_calibration_is_blind:
 * @self: a calibration
 * @reviews: (element-type SideReview): reviews, of its calls among others
 *
 * Returns: whether people's answers must still be hidden from one another: it
 *   is open, and somebody has not finished
 */
gboolean
side_calibration_is_blind (const SideCalibration *self,
                           GPtrArray             *reviews)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->state == SIDE_CALIBRATION_OPEN
         && side_calibration_count_finished (self, reviews) < self->calls->len * self->reviewers->len;
}

/**
 * side_calibration_is_begun:
 * @self: a calibration
 * @reviews: (element-type SideReview): reviews, of its calls among others
 *
 * Returns: whether anybody has finished a review for it, also who was left out
 *   since: from then on there is something to see
 */
gboolean
side_calibration_is_begun (const SideCalibration *self,
                           GPtrArray             *reviews)
{
  g_return_val_if_fail (self != NULL && reviews != NULL, TRUE);

  for (guint i = 0; i < reviews->len; i++)
    if (g_strcmp0 (((const SideReview *) reviews->pdata[i])->plan, self->id) == 0
        && side_review_get_first (reviews->pdata[i], NULL, NULL) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * side_calibration_is_late:
 * @self: a calibration
 * @review: one made for it
 *
 * The server knows in what order it got to know of both. As long as it has not
 * said, the writers' clocks tell.
 *
 * Returns: whether it was finished first when the discussion had begun, with
 *   others' answers in sight; never where it is not known when that was
 */
gboolean
side_calibration_is_late (const SideCalibration *self,
                          const SideReview      *review)
{
  gint64 at_ms = 0;

  g_return_val_if_fail (self != NULL && review != NULL, FALSE);
  if (review->timing != SIDE_TIMING_UNKNOWN)
    return review->timing == SIDE_TIMING_LATE;
  return self->discussed_ms != 0 && side_review_get_first (review, NULL, &at_ms) != NULL && at_ms >= self->discussed_ms;
}

/**
 * side_calibration_begin_discussion:
 * @self: a calibration
 * @now_ms: the instant
 *
 * All answers are on the table from then on; when it was begun first stays.
 */
void
side_calibration_begin_discussion (SideCalibration *self,
                                   gint64           now_ms)
{
  g_return_if_fail (self != NULL && now_ms > 0);

  if (self->state == SIDE_CALIBRATION_OPEN)
    self->discussed_ms = now_ms;
  self->state = SIDE_CALIBRATION_DISCUSSION;
}

static void
person_free (gpointer data)
{
  SideCalibrationPerson *person = data;

  g_free (person->name);
  g_free (person);
}

/**
 * side_calibration_progress_new:
 * @calls: how many calls each one is asked about
 *
 * Returns: (transfer full): of nobody
 */
SideCalibrationProgress *
side_calibration_progress_new (guint calls)
{
  SideCalibrationProgress *self = g_new0 (SideCalibrationProgress, 1);

  self->calls = calls;
  self->people = g_ptr_array_new_with_free_func (person_free);
  return self;
}

/**
 * side_calibration_progress_free:
 * @self: (transfer full): a progress
 */
void
side_calibration_progress_free (SideCalibrationProgress *self)
{
  g_ptr_array_unref (self->people);
  g_free (self);
}

/**
 * side_calibration_progress_add:
 * @self: a progress
 * @name: one who is invited
 * @finished: how many of the calls they have finished
 */
void
side_calibration_progress_add (SideCalibrationProgress *self,
                               const char              *name,
                               guint                    finished)
{
  SideCalibrationPerson *person = g_new0 (SideCalibrationPerson, 1);

  person->name = g_strdup (name);
  person->finished = finished;
  g_ptr_array_add (self->people, person);
}

/**
 * side_calibration_progress_count_done:
 * @self: a progress
 *
 * Returns: how many people have finished all calls
 */
guint
side_calibration_progress_count_done (const SideCalibrationProgress *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->people->len; i++)
    n += ((const SideCalibrationPerson *) self->people->pdata[i])->finished >= self->calls ? 1 : 0;
  return n;
}

/**
 * side_calibration_get_progress:
 * @self: a calibration
 * @reviews: (element-type SideReview): all reviews of its calls
 *
 * Returns: (transfer full): who has finished how much
 */
SideCalibrationProgress *
side_calibration_get_progress (const SideCalibration *self,
                               GPtrArray             *reviews)
{
  SideCalibrationProgress *progress;

  g_return_val_if_fail (self != NULL && reviews != NULL, NULL);

  progress = side_calibration_progress_new (self->calls->len);
  for (guint i = 0; i < self->reviewers->len; i++)
    {
      guint finished = 0;

      for (guint k = 0; k < self->calls->len; k++)
        finished += side_calibration_find_review (self, reviews, self->calls->pdata[k], self->reviewers->pdata[i]) != NULL ? 1 : 0;
      side_calibration_progress_add (progress, self->reviewers->pdata[i], finished);
    }
  return progress;
}

SIDE_DEFINE_STRICT_WORDS (SideCalibrationState, side_calibration_state, state_words)
