/* side-review-check.c - whether what a review says can be
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A score is computed from it by whoever reads it, so that an answer the form
 * does not have would count somewhere and not elsewhere. Only what is new is
 * looked at: what stands was taken once.
 */
#include "side-review-check.h"

#include "side-dispute.h"
#include "side-error.h"
#include "side-score.h"

static gboolean refuse (GError **error, SideError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError     **error,
        SideError    code,
        const char  *format,
        ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (SIDE_ERROR, (int) code, format, args);
  va_end (args);
  return FALSE;
}

/* The last revision of it that is sealed; 0 for none. */
static int
last_sealed (const SideReview *self)
{
  return self->finished_ms != 0 ? self->revision : self->revision - 1;
}

static const SideAnswer *
find (const GPtrArray *answers,
      const char      *criterion)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_strcmp0 (((const SideAnswer *) answers->pdata[i])->criterion, criterion) == 0)
      return answers->pdata[i];
  return NULL;
}

static gboolean
check_answers (const GPtrArray   *answers,
               const SideReview  *old,
               const SideScript  *script,
               GError           **error)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const SideAnswer *answer = answers->pdata[i];
      const SideAnswer *before = old != NULL && old->script_version == script->version ? find (old->answers, answer->criterion) : NULL;
      const SideCriterion *criterion = side_script_find_criterion (script, answer->criterion);

      if (find (answers, answer->criterion) != answer)
        return refuse (error, SIDE_ERROR_FORBIDDEN, "criterion “%s” is answered twice", answer->criterion);
      if (before != NULL && before->value == answer->value)
        continue;
      if (criterion == NULL)
        return refuse (error, SIDE_ERROR_FORBIDDEN, "version %d of the script has no criterion “%s”", script->version, answer->criterion);
      if (!side_criterion_takes (criterion, answer->value))
        return refuse (error, SIDE_ERROR_FORBIDDEN, "criterion “%s” has no such answer", answer->criterion);
    }
  return TRUE;
}

/* A review of the same form with these answers: what applies is told from it. */
static SideReview *
with_answers (const SideReview *review,
              const GPtrArray  *answers)
{
  SideReview *asked = side_review_new (NULL, NULL, NULL, review->script, review->script_version);

  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (asked->answers, side_answer_copy (answers->pdata[i]));
  return asked;
}

/* How many questions that are asked have no answer, and how many have one. What
 * was left out of @before, which stands, may stay so. */
static guint
count_unanswered (const SideReview *asked,
                  const GPtrArray  *before,
                  const SideScript *script,
                  guint            *answered)
{
  guint missing = 0;

  *answered = 0;
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = section->criteria->pdata[k];

          if (!side_score_applies (script, asked, criterion))
            continue;
          if (side_review_get_answer (asked, criterion->id) != SIDE_ANSWER_NONE)
            ++*answered;
          else if (before == NULL || find (before, criterion->id) != NULL)
            missing++;
        }
    }
  return missing;
}

/* A ruling changes what it was about and nothing else: what it makes apply
 * nobody was asked. */
static gboolean
check_complete (const GPtrArray   *answers,
                const GPtrArray   *before,
                gboolean           ruling,
                const SideReview  *self,
                const SideScript  *script,
                GError           **error)
{
  g_autoptr (SideReview) asked = with_answers (self, answers);
  guint answered, missing = count_unanswered (asked, before, script, &answered);

  if (answered == 0)
    return refuse (error, SIDE_ERROR_FORBIDDEN, "a finished review answers something");
  return missing == 0 || ruling
         || refuse (error, SIDE_ERROR_FORBIDDEN, "a finished review answers all that its script asks: %u of %u questions have no answer",
                    missing, missing + answered);
}

/* A revision that another made over what somebody finished carries a ruling out. */
static gboolean
is_ruling (const SideReview *self,
           int               revision)
{
  const SideReviewRevision *step = revision > 1 && (guint) revision <= self->history->len ? self->history->pdata[revision - 1] : NULL;
  const char *reviewer = step != NULL ? step->reviewer : self->reviewer;

  return revision > 1 && (guint) revision - 2 < self->history->len
         && g_strcmp0 (((const SideReviewRevision *) self->history->pdata[revision - 2])->reviewer, reviewer) != 0;
}

static gboolean
check_time (gint64           finished_ms,
            const SideCall  *call,
            gint64           now_ms,
            GError         **error)
{
  if (finished_ms > now_ms + SIDE_REVIEW_CLOCK_SLACK_MS)
    return refuse (error, SIDE_ERROR_FORBIDDEN,
                   "the review was finished at a time that is still to come: set the clock of the computer it was made on, and send it again then");
  if (call != NULL && call->joined_ms != 0 && finished_ms < call->joined_ms - SIDE_REVIEW_CLOCK_SLACK_MS)
    return refuse (error, SIDE_ERROR_FORBIDDEN, "the review was finished before the call came: the clock of the computer it was made on was wrong");
  return TRUE;
}

/* It is not on record for an earlier revision, and a ruling keeps what was. */
static gboolean
check_heard (const SideReview  *self,
             const SideScript  *script,
             const SideCall    *call,
             GError           **error)
{
  return !script->whole_recording || call == NULL || call->recording == NULL || self->heard >= SIDE_REVIEW_HEARD_ALL
         || is_ruling (self, self->revision)
         || refuse (error, SIDE_ERROR_FORBIDDEN,
                    "a review with this script is finished only when its reviewer has heard the whole recording (“heard”)");
}

/**
 * side_review_check_content:
 * @self: what somebody wants to write; it may follow @old, see
 *   side_review_may_follow()
 * @old: (nullable): the review as it stood last
 * @script: (nullable): the version of the script that @self names; %NULL when
 *   there is none
 * @call: (nullable): the call it is about, if it is known; without a recording,
 *   where there was none yet to be heard
 * @now_ms: the present instant
 * @error: SIDE_ERROR_NOT_FOUND without a @script, else SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether what is new in it can be: an answer of each criterion's
 *   scale, all of them once it is finished, neither before the call nor in the
 *   future, and only after as much was heard as the script asks for
 */
gboolean
side_review_check_content (const SideReview  *self,
                           const SideReview  *old,
                           const SideScript  *script,
                           const SideCall    *call,
                           gint64             now_ms,
                           GError           **error)
{
  int known = old != NULL ? last_sealed (old) : 0;
  const GPtrArray *before = known > 0 ? side_review_get_sealed (old, known, NULL) : NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->finished_ms != 0 && self->revision <= known)
    return TRUE;
  if (script == NULL)
    return refuse (error, SIDE_ERROR_NOT_FOUND, "there is no version %d of the script the review was made with on this server",
                   self->script_version);
  for (guint i = 0; i < self->history->len; i++)
    {
      const SideReviewRevision *sealed = self->history->pdata[i];

      if (sealed->revision > known
          && (!check_answers (sealed->answers, old, script, error) || !check_time (sealed->finished_ms, call, now_ms, error)
              || !check_complete (sealed->answers, before, is_ruling (self, sealed->revision), self, script, error)))
        return FALSE;
    }
  return check_answers (self->answers, old, script, error)
         && (self->finished_ms == 0
             || (check_time (self->finished_ms, call, now_ms, error)
                 && check_complete (self->answers, before, is_ruling (self, self->revision), self, script, error)
                 && check_heard (self, script, call, error)));
}
