/* side-review-settle.c - two versions of one review become one that can be written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody wrote a review without seeing what the server has of it by now. What
 * the server has stays under what is written: a finished one in the history,
 * whoever had a draft among those who had it.
 */
#include "side-review-rule.h"

#include "side-review-private.h"

/* One writer's step over what stands. */
typedef struct {
  SideReview *review;
  const char *user;
  const char *reason;     /* where a step has none of its own */
  gint64      now_ms;
} Settling;

static gboolean
same (const char *a,
      const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* What stands is this person's draft from here on. */
static void
open_draft (Settling   *self,
            const char *reason)
{
  SideReview *review = self->review;
  const char *why = reason != NULL && *reason != '\0' ? reason : self->reason;

  if (review->finished_ms != 0)
    side_review_reopen (review, self->user, why, self->now_ms);
  else
    side_review_claim (review, self->user, self->now_ms);
  if (review->revision > 1 && (review->reason == NULL || *review->reason == '\0'))
    {
      g_free (review->reason);
      review->reason = g_strdup (why);
    }
}

static void
put_content (Settling        *self,
             const GPtrArray *answers,
             const char      *comment)
{
  SideReview *review = self->review;

  g_ptr_array_set_size (review->answers, 0);
  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (review->answers, side_answer_copy (g_ptr_array_index (answers, i)));
  g_free (review->comment);
  review->comment = g_strdup (comment);
}

/* Of how many sealed revisions both say the same. */
static guint
count_common (const GPtrArray *a,
              const GPtrArray *b)
{
  guint n = 0;

  while (n < a->len && n < b->len && _side_review_same_revision (a->pdata[n], b->pdata[n]))
    n++;
  return n;
}

/* The upheld dispute that a revision carries out. */
static const SideDispute *
find_ruling (const SideReviewRevision *sealed,
             const char               *user,
             const GPtrArray          *upheld)
{
  for (guint i = 0; upheld != NULL && i < upheld->len; i++)
    {
      const SideDispute *dispute = g_ptr_array_index (upheld, i);

      if (dispute->state == SIDE_DISPUTE_UPHELD && same (dispute->judge, user) && same (sealed->reviewer, user)
          && same (dispute->ruling, sealed->reason) && dispute->judged_ms == sealed->finished_ms)
        return dispute;
    }
  return NULL;
}

/* A ruling changes what it was about and nothing else, whatever it was made of. */
static gboolean
put_ruling (Settling        *self,
            const GPtrArray *here,
            guint            n,
            const GPtrArray *upheld)
{
  const SideDispute *dispute = n < here->len ? find_ruling (here->pdata[n], self->user, upheld) : NULL;
  SideReview *ruled = dispute != NULL ? side_dispute_apply (dispute, self->review, dispute->judged_ms, NULL) : NULL;

  if (ruled == NULL)
    return FALSE;
  side_review_unref (self->review);
  self->review = ruled;
  return TRUE;
}

/* What was finished here and is not there follows what is there. */
static void
put_finished (Settling         *self,
              const GPtrArray  *here,
              guint             from,
              guint             to)
{
  for (guint i = from; i < to; i++)
    {
      const SideReviewRevision *sealed = here->pdata[i];

      open_draft (self, sealed->reason);
      put_content (self, sealed->answers, sealed->comment);
      side_review_finish (self->review, -1.0, sealed->finished_ms);
    }
}

/* What is here was chosen in nothing. */
static gboolean
is_theirs (const SideReview *chosen,
           const SideReview *theirs)
{
  return same (chosen->reviewer, theirs->reviewer) && same (chosen->comment, theirs->comment)
         && (chosen->finished_ms != 0) == (theirs->finished_ms != 0) && _side_review_same_answers (chosen->answers, theirs->answers);
}

/* Whether nothing that @mine answers is left without an answer. */
static gboolean
answers_all (const SideReview *chosen,
             const SideReview *mine)
{
  for (guint i = 0; i < mine->answers->len; i++)
    if (side_review_get_answer (chosen, ((const SideAnswer *) mine->answers->pdata[i])->criterion) == SIDE_ANSWER_NONE)
      return FALSE;
  return TRUE;
}

static void
put_chosen (Settling         *self,
            const SideReview *chosen,
            const SideReview *mine)
{
  gboolean was_draft = self->review->finished_ms == 0;

  open_draft (self, mine->reason);
  if (was_draft && self->review->revision > 1 && chosen->reason != NULL && *chosen->reason != '\0')
    {
      g_free (self->review->reason);
      self->review->reason = g_strdup (chosen->reason);
    }
  put_content (self, chosen->answers, chosen->comment);
  /* Nothing is finished that this person has not finished, nor what lacks answers by now. */
  if (chosen->finished_ms != 0 && mine->finished_ms != 0 && answers_all (chosen, mine))
    side_review_finish (self->review, mine->heard, mine->finished_ms);
  else if (chosen->reviewer == NULL)
    side_review_release (self->review, self->now_ms);
}

/**
 * side_review_settle:
 * @chosen: what was chosen of both: answers, comment, reviewer, whether it is finished
 * @mine: what @user wrote
 * @theirs: what the server has by now
 * @user: who writes
 * @upheld: (nullable) (element-type SideDispute): upheld disputes about it
 * @reason: why a finished one is revised, where @mine does not say it
 * @now_ms: the instant
 *
 * Returns: (transfer full) (nullable): what can be written over @theirs; %NULL
 *   when somebody else finished it, and what is here is no ruling about it: then
 *   see side_review_set_apart()
 */
SideReview *
side_review_settle (const SideReview *chosen,
                    const SideReview *mine,
                    const SideReview *theirs,
                    const char       *user,
                    const GPtrArray  *upheld,
                    const char       *reason,
                    gint64            now_ms)
{
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  Settling self = { NULL, user, reason, now_ms };
  guint n;

  g_return_val_if_fail (chosen != NULL && mine != NULL && theirs != NULL && user != NULL, NULL);

  here = _side_review_list_sealed (mine);
  there = _side_review_list_sealed (theirs);
  n = count_common (here, there);
  self.review = side_review_copy (theirs);
  if (n >= mine->history->len && is_theirs (chosen, theirs))
    return self.review;
  if (theirs->finished_ms != 0 && !same (theirs->reviewer, user))
    {
      if (!put_ruling (&self, here, n++, upheld))
        g_clear_pointer (&self.review, side_review_unref);
      if (self.review == NULL || (n == here->len && mine->finished_ms != 0))
        return self.review;
    }
  if (there->len == 0)
    self.review->script_version = chosen->script_version;
  put_finished (&self, here, n, mine->history->len);
  put_chosen (&self, chosen, mine);
  return self.review;
}

/**
 * side_review_set_apart:
 * @mine: what somebody wrote, and somebody else has finished meanwhile
 * @id: UUID
 * @user: who wrote it
 *
 * Both stay: what is here is a second review of the call, which says how the
 * two agree and is not counted twice.
 *
 * Returns: (transfer full): a review of its own, with the same answers
 */
SideReview *
side_review_set_apart (const SideReview *mine,
                       const char       *id,
                       const char       *user)
{
  SideReview *self;

  g_return_val_if_fail (mine != NULL && id != NULL && user != NULL, NULL);

  self = side_review_copy (mine);
  g_free (self->id);
  self->id = g_strdup (id);
  g_free (self->reviewer);
  self->reviewer = g_strdup (user);
  g_ptr_array_set_size (self->holders, 0);
  g_ptr_array_set_size (self->history, 0);
  g_clear_pointer (&self->reason, g_free);
  self->revision = 1;
  self->replaced = FALSE;
  self->timing = SIDE_TIMING_UNKNOWN;
  if (self->selection <= SIDE_SELECTION_CHOSEN)
    {
      self->selection = SIDE_SELECTION_SECOND;
      g_clear_pointer (&self->plan, g_free);
    }
  return self;
}
