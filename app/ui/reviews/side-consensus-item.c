/* side-consensus-item.c - one criterion of one call, as each answered it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers are those the reviews were sealed with first: who changes theirs
 * after a discussion does not change what was discussed.
 */
#include "side-consensus-item.h"

struct _SideConsensusItem
{
  GObject              parent_instance;
  SideScript          *script;
  const SideCriterion *criterion;   /* of @script */
  char                *name;       /* number and wording */
  char                *call;
  char                *key;         /* tells it from all others */
  GPtrArray           *answers;     /* (nullable) SideAnswer, one a reviewer */
  GArray              *reviewed;    /* of gboolean, one a reviewer */
  GArray              *late;        /* of gboolean, one a reviewer */
  double               value;       /* what was agreed on */
  char                *reason;
  char                *author;
};

G_DEFINE_FINAL_TYPE (SideConsensusItem, side_consensus_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
side_consensus_item_finalize (GObject *object)
{
  SideConsensusItem *self = SIDE_CONSENSUS_ITEM (object);

  g_clear_pointer (&self->script, side_script_unref);
  g_free (self->call);
  g_free (self->key);
  g_ptr_array_unref (self->answers);
  g_array_unref (self->reviewed);
  g_array_unref (self->late);
  g_free (self->reason);
  g_free (self->author);
  g_free (self->name);
  G_OBJECT_CLASS (side_consensus_item_parent_class)->finalize (object);
}

static void
side_consensus_item_class_init (SideConsensusItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_consensus_item_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_CONSENSUS_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
free_answer (gpointer answer)
{
  if (answer != NULL)
    side_answer_free (answer);
}

static void
side_consensus_item_init (SideConsensusItem *self)
{
  self->answers = g_ptr_array_new_with_free_func (free_answer);
  self->reviewed = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->late = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->value = SIDE_ANSWER_NONE;
}

/**
 * side_consensus_item_new:
 * @script: the calibration's script, in its version
 * @criterion: one of its criteria
 * @calibration: whose reviewers' answers
 * @call: one of its calls
 * @reviews: (element-type SideReview): made for it, among others
 *
 * Returns: (transfer full): the criterion with everybody's answers
 */
SideConsensusItem *
side_consensus_item_new (SideScript            *script,
                         const SideCriterion   *criterion,
                         const SideCalibration *calibration,
                         const char            *call,
                         GPtrArray             *reviews)
{
  SideConsensusItem *self = g_object_new (SIDE_TYPE_CONSENSUS_ITEM, NULL);

  self->script = side_script_ref (script);
  self->criterion = criterion;
  self->name = side_script_name_criterion (script, criterion->id);
  self->call = g_strdup (call);
  self->key = g_strjoin ("\n", calibration->id != NULL ? calibration->id : "", call, criterion->id, NULL);
  for (guint i = 0; i < calibration->reviewers->len; i++)
    {
      const SideReview *review = side_calibration_find_review (calibration, reviews, call, calibration->reviewers->pdata[i]);
      GPtrArray *answers = review == NULL             ? NULL
                           : review->history->len > 0 ? ((SideReviewRevision *) review->history->pdata[0])->answers
                                                      : review->answers;
      gboolean reviewed = review != NULL, late = reviewed && side_calibration_is_late (calibration, review);
      SideAnswer *found = NULL;

      for (guint k = 0; answers != NULL && k < answers->len && found == NULL; k++)
        if (g_strcmp0 (((SideAnswer *) answers->pdata[k])->criterion, criterion->id) == 0)
          found = side_answer_copy (answers->pdata[k]);
      g_ptr_array_add (self->answers, found);
      g_array_append_val (self->reviewed, reviewed);
      g_array_append_val (self->late, late);
    }
  side_consensus_item_update (self, calibration);
  return self;
}

/**
 * side_consensus_item_update:
 * @self: a criterion of a call
 * @calibration: the same calibration as it is now
 *
 * Takes over what was agreed on, and emits "changed" if that is new.
 */
void
side_consensus_item_update (SideConsensusItem     *self,
                            const SideCalibration *calibration)
{
  const SideConsensus *consensus = side_calibration_find_consensus (calibration, self->call, self->criterion->id);
  double value = consensus != NULL ? consensus->value : SIDE_ANSWER_NONE;
  const char *reason = consensus != NULL ? consensus->reason : NULL;
  const char *author = consensus != NULL ? consensus->author : NULL;

  if (value == self->value && g_strcmp0 (reason, self->reason) == 0 && g_strcmp0 (author, self->author) == 0)
    return;
  self->value = value;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  g_free (self->author);
  self->author = g_strdup (author);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * side_consensus_item_get_criterion:
 * @self: a criterion of a call
 *
 * Returns: (transfer none): the criterion
 */
const SideCriterion *
side_consensus_item_get_criterion (SideConsensusItem *self)
{
  return self->criterion;
}

/**
 * side_consensus_item_get_name:
 * @self: a criterion of a call
 *
 * Returns: (transfer none): its number in the script and its wording
 */
const char *
side_consensus_item_get_name (SideConsensusItem *self)
{
  g_return_val_if_fail (SIDE_IS_CONSENSUS_ITEM (self), NULL);
  return self->name;
}

/**
 * side_consensus_item_get_answer:
 * @self: a criterion of a call
 * @reviewer: place of one of the calibration's reviewers
 *
 * Returns: (transfer none) (nullable): their answer
 */
const SideAnswer *
side_consensus_item_get_answer (SideConsensusItem *self,
                                guint              reviewer)
{
  return reviewer < self->answers->len ? self->answers->pdata[reviewer] : NULL;
}

/**
 * side_consensus_item_has_review:
 * @self: a criterion of a call
 * @reviewer: place of one of the calibration's reviewers
 *
 * Returns: whether they finished their review of the call
 */
gboolean
side_consensus_item_has_review (SideConsensusItem *self,
                                guint              reviewer)
{
  return reviewer < self->reviewed->len && g_array_index (self->reviewed, gboolean, reviewer);
}

/**
 * side_consensus_item_is_late:
 * @self: a criterion of a call
 * @reviewer: place of one of the calibration's reviewers
 *
 * Returns: whether they answered when the discussion had begun: not blind, and
 *   in no figure of agreement
 */
gboolean
side_consensus_item_is_late (SideConsensusItem *self,
                             guint              reviewer)
{
  return reviewer < self->late->len && g_array_index (self->late, gboolean, reviewer);
}

/**
 * side_consensus_item_get_key:
 * @self: a criterion of a call
 *
 * Returns: (transfer none): the same for what is the same criterion of the same
 *   call of the same calibration
 */
const char *
side_consensus_item_get_key (SideConsensusItem *self)
{
  return self->key;
}

/**
 * side_consensus_item_differs:
 * @self: a criterion of a call
 *
 * Returns: whether two people gave different answers
 */
gboolean
side_consensus_item_differs (SideConsensusItem *self)
{
  const SideAnswer *first = NULL;

  for (guint i = 0; i < self->answers->len; i++)
    {
      const SideAnswer *answer = self->answers->pdata[i];

      if (answer != NULL && first != NULL && answer->value != first->value)
        return TRUE;
      first = first != NULL ? first : answer;
    }
  return FALSE;
}

static guint
count_value (SideConsensusItem *self,
             double             value)
{
  guint n = 0;

  for (guint i = 0; i < self->answers->len; i++)
    n += self->answers->pdata[i] != NULL && ((SideAnswer *) self->answers->pdata[i])->value == value ? 1 : 0;
  return n;
}

/**
 * side_consensus_item_is_apart:
 * @self: a criterion of a call
 * @reviewer: place of one of the calibration's reviewers
 *
 * Returns: whether their answer is not the one most people gave; where no
 *   answer has the most, all are apart
 */
gboolean
side_consensus_item_is_apart (SideConsensusItem *self,
                              guint              reviewer)
{
  const SideAnswer *answer = side_consensus_item_get_answer (self, reviewer);

  if (answer == NULL || !side_consensus_item_differs (self))
    return FALSE;
  for (guint i = 0; i < self->answers->len; i++)
    {
      const SideAnswer *other = self->answers->pdata[i];

      if (other != NULL && other->value != answer->value && count_value (self, other->value) >= count_value (self, answer->value))
        return TRUE;
    }
  return FALSE;
}

/**
 * side_consensus_item_get_value:
 * @self: a criterion of a call
 *
 * Returns: what was agreed on, or SIDE_ANSWER_NONE
 */
double
side_consensus_item_get_value (SideConsensusItem *self)
{
  return self->value;
}

/**
 * side_consensus_item_get_reason:
 * @self: a criterion of a call
 *
 * Returns: (transfer none) (nullable): why that was agreed on
 */
const char *
side_consensus_item_get_reason (SideConsensusItem *self)
{
  return self->reason;
}

/**
 * side_consensus_item_get_author:
 * @self: a criterion of a call
 *
 * Returns: (transfer none) (nullable): who wrote it down
 */
const char *
side_consensus_item_get_author (SideConsensusItem *self)
{
  return self->author;
}

/**
 * side_consensus_item_same_answers:
 * @self: a criterion of a call
 * @other: another, or the same read later
 *
 * Returns: whether it is the same criterion of the same call, and everybody
 *   answered the same
 */
gboolean
side_consensus_item_same_answers (SideConsensusItem *self,
                                  SideConsensusItem *other)
{
  if (!g_str_equal (self->key, other->key) || self->answers->len != other->answers->len)
    return FALSE;
  for (guint i = 0; i < self->answers->len; i++)
    {
      const SideAnswer *a = self->answers->pdata[i], *b = other->answers->pdata[i];

      if ((a == NULL) != (b == NULL) || side_consensus_item_has_review (self, i) != side_consensus_item_has_review (other, i)
          || side_consensus_item_is_late (self, i) != side_consensus_item_is_late (other, i)
          || (a != NULL && (a->value != b->value || a->position_ms != b->position_ms)))
        return FALSE;
    }
  return TRUE;
}
