/* side-calibration.c - calls several people review apart, to find out whether they mean the same
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-calibration.h"

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
 * side_calibration_find_review:
 * @self: a calibration
 * @reviews: (element-type SideReview): reviews, of its calls among others
 * @call: one of its calls
 * @reviewer: one of those invited
 *
 * Returns: (transfer none) (nullable): that person's finished review for it
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

      if (review->finished_ms != 0 && g_strcmp0 (review->plan, self->id) == 0 && g_strcmp0 (review->call, call) == 0
          && g_strcmp0 (review->reviewer, reviewer) == 0)
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
 * side_calibration_state_to_string:
 * @state: a state
 *
 * Returns: its word in JSON
 */
const char *
side_calibration_state_to_string (SideCalibrationState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_words), state_words[0]);
  return state_words[state];
}

/**
 * side_calibration_state_from_string:
 * @word: (nullable): a word
 * @state: (out): the state
 *
 * Returns: whether it is one
 */
gboolean
side_calibration_state_from_string (const char           *word,
                                    SideCalibrationState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (word, state_words[i]) == 0)
      {
        *state = (SideCalibrationState) i;
        return TRUE;
      }
  return FALSE;
}
