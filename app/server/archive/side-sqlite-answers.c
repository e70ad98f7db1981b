/* side-sqlite-answers.c - whether a dispute or an acknowledgement may be written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction, so that two who judge at once cannot both. The
 * rules are the app's own (side-dispute.h, side-dispute-rule.h); what is
 * looked up for them here is what a client could lie about: the review, the
 * script, who answered the call, what is in dispute already.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-dispute-rule.h"
#include "side-error.h"
#include "side-review-check.h"
#include "side-time.h"

/* Working days at most that a project gives to judge a dispute. */
#define MAX_DISPUTE_DAYS 100

typedef struct {
  sqlite3            *db;
  SideArchiveItem    *item;
  const char         *user;       /* who writes */
} Answer;

static gboolean
refuse (Answer     *self,
        SideError   code,
        const char *why)
{
  g_clear_error (&self->item->refusal);
  g_set_error_literal (&self->item->refusal, SIDE_ERROR, code, why);
  return FALSE;
}

static SideReview *
load_review (Answer     *self,
             const char *id)
{
  const SideDocument *written = self->item->document;
  g_autoptr (SideDocument) document = side_sqlite_load_document (self->db, "review", id, NULL);

  if (document == NULL || document->body == NULL || g_strcmp0 (document->project, written->project) != 0
      || g_strcmp0 (document->call, written->call) != 0)
    return NULL;
  return side_wire_review_from_json (document->body, -1, NULL);
}

/* What else is in dispute about the call; NULL where that could not be found out. */
static GPtrArray *
load_others (Answer *self)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (self->db, "SELECT body FROM document WHERE kind = 'dispute' AND call = ? AND body IS NOT NULL", NULL);

  if (statement != NULL)
    side_sqlite_bind_text (statement, 1, self->item->document->call);
  return side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_dispute_from_json, (GDestroyNotify) side_dispute_unref, NULL);
}

/* Whether an operator signs in and answers for themselves. */
static gboolean
has_account (Answer     *self,
             const char *operator_id)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (self->db, "SELECT 1 FROM account JOIN account_project ON account = account.id "
                                     "WHERE revoked_ms = 0 AND role = 'operator' AND operator = ? AND project = ?", NULL);

  if (statement == NULL)
    return TRUE;
  side_sqlite_bind_text (statement, 1, operator_id);
  side_sqlite_bind_text (statement, 2, self->item->document->project);
  return side_sqlite_step (statement, NULL) != 0;
}

/* What an operator said on paper, somebody else than who scored them enters. */
static gboolean
check_on_behalf (Answer           *self,
                 const char       *operator_id,
                 const SideReview *review)
{
  if (has_account (self, operator_id))
    return refuse (self, SIDE_ERROR_FORBIDDEN, "this operator signs in and answers for themselves: nobody does it on their behalf");
  if (review != NULL && side_review_is_of (review, self->user))
    return refuse (self, SIDE_ERROR_FORBIDDEN, "who made the review does not answer it on the operator's behalf: ask somebody else to enter it");
  return TRUE;
}

/* Whose call it is, and in whose name it is written: operators for themselves,
 * everybody else for an operator. */
static gboolean
check_names (Answer           *self,
             const char       *operator_id,
             const char       *author,
             gboolean          on_behalf,
             const SideReview *review)
{
  const char *own = self->item->only_operator;
  g_autoptr (SideCall) call = self->item->document->call != NULL ? side_sqlite_load_call (self->db, self->item->document->call, NULL) : NULL;

  if (call == NULL || call->operator_id == NULL || g_strcmp0 (call->project, self->item->document->project) != 0)
    return refuse (self, SIDE_ERROR_NOT_FOUND, "there is no such call that somebody answered");
  if (g_strcmp0 (author, self->user) != 0)
    return refuse (self, SIDE_ERROR_FORBIDDEN, "“author” is not you: everybody writes their own");
  if (g_strcmp0 (operator_id, call->operator_id) != 0)
    return refuse (self, SIDE_ERROR_INVALID, "“operator” is not who answered the call");
  if (on_behalf != (own == NULL))
    return refuse (self, SIDE_ERROR_FORBIDDEN, "operators write for themselves, others on behalf of one");
  return !on_behalf || check_on_behalf (self, operator_id, review);
}

static gboolean
same_text (const char *a,
           const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* What a dispute says, which nobody changes once it is made. An operator does
 * not know who else wrote one for them. */
static gboolean
is_kept (const SideDispute *old,
         const SideDispute *new)
{
  return side_dispute_same_matter (old, new) && same_text (old->script, new->script) && old->asked == new->asked
         && same_text (old->reason, new->reason) && same_text (old->operator_id, new->operator_id)
         && same_text (old->author, new->author) && old->on_behalf == new->on_behalf
         && old->created_ms == new->created_ms && old->due_ms == new->due_ms;
}

static gboolean
is_still_to_come (Answer *self,
                  gint64  at_ms)
{
  return at_ms > self->item->at_ms + SIDE_REVIEW_CLOCK_SLACK_MS;
}

static gint64
sealed_at (const SideReview *review,
           int               revision)
{
  for (guint i = 0; i < review->history->len; i++)
    {
      const SideReviewRevision *sealed = review->history->pdata[i];

      if (sealed->revision == revision)
        return sealed->finished_ms;
    }
  return review->finished_ms;
}

/* Whose days there are to judge it the writer knew, and the project's rule may
 * have changed since: it is one that a project can have. */
static gboolean
check_clock (Answer            *self,
             const SideDispute *dispute,
             const SideReview  *review)
{
  gint64 day_ms = 24 * SIDE_HOUR_MS, finished_ms = sealed_at (review, dispute->review_revision);

  if (is_still_to_come (self, dispute->created_ms) || dispute->created_ms < finished_ms - SIDE_REVIEW_CLOCK_SLACK_MS)
    return refuse (self, SIDE_ERROR_INVALID, "“created_ms” is not when the dispute was made: "
                   "after the review was finished, and not still to come; set the clock of the computer");
  /* Whatever the zone: a day ends within a day of its end here. */
  if (dispute->due_ms <= dispute->created_ms || dispute->due_ms < side_dispute_due (NULL, dispute->created_ms, 1) - day_ms
      || dispute->due_ms > side_dispute_due (NULL, dispute->created_ms, MAX_DISPUTE_DAYS) + day_ms)
    return refuse (self, SIDE_ERROR_INVALID, "“due_ms” is not the end of a working day by which the dispute is to be judged");
  return TRUE;
}

static gboolean
check_judged (Answer            *self,
              const SideDispute *dispute)
{
  return (!is_still_to_come (self, dispute->judged_ms) && dispute->judged_ms >= dispute->created_ms - SIDE_REVIEW_CLOCK_SLACK_MS)
         || refuse (self, SIDE_ERROR_INVALID, "“judged_ms” is not when the dispute was judged or withdrawn: "
                    "after it was made, and not still to come; set the clock of the computer");
}

static gboolean
check_new (Answer            *self,
           const SideDispute *dispute)
{
  g_autoptr (SideReview) review = load_review (self, dispute->review);
  g_autoptr (SideReview) sealed = review != NULL ? side_review_dup_sealed (review) : NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (!check_names (self, dispute->operator_id, dispute->author, dispute->on_behalf, review))
    return FALSE;
  /* What was finished counts, and can be disputed, also while its next revision is written. */
  if (sealed == NULL || !side_review_counts (sealed))
    return refuse (self, SIDE_ERROR_NOT_FOUND, "The review this is about is not on the server as a finished one that counts: "
                   "it was deleted, or made for training alone. Withdraw the dispute; ask whoever reviewed the call.");
  if (dispute->script != NULL && !same_text (dispute->script, review->script))
    return refuse (self, SIDE_ERROR_INVALID, "“script” is not the review's");
  others = load_others (self);
  if (others == NULL)
    return refuse (self, SIDE_ERROR_FAILED, "what else is in dispute about the call cannot be read: try again later");
  return check_clock (self, dispute, review) && side_dispute_may_make (dispute, review, others, &self->item->refusal);
}

static gboolean
check_ruling (Answer            *self,
              const SideDispute *old,
              const SideDispute *new)
{
  g_autoptr (SideReview) review = load_review (self, old->review);
  g_autoptr (SideScript) script = review != NULL ? side_sqlite_load_script (self->db, review->project, review->script, review->script_version) : NULL;
  g_autoptr (SideDispute) ruled = side_dispute_copy (old);

  if (self->item->only_operator != NULL)
    return refuse (self, SIDE_ERROR_FORBIDDEN, "operators do not judge");
  if (review == NULL)
    return refuse (self, SIDE_ERROR_NOT_FOUND, "there is no such review of this call");
  if (!same_text (new->judge, self->user))
    return refuse (self, SIDE_ERROR_FORBIDDEN, "“judge” is not you");
  return side_dispute_rule (ruled, review, script, new->state == SIDE_DISPUTE_UPHELD, new->value, self->user, new->ruling,
                            new->judged_ms, &self->item->refusal);
}

static gboolean
check_dispute (Answer             *self,
               const SideDocument *current)
{
  g_autoptr (SideDispute) new = side_wire_dispute_from_json (self->item->document->body, -1, &self->item->refusal);
  g_autoptr (SideDispute) old = current != NULL && current->body != NULL ? side_wire_dispute_from_json (current->body, -1, NULL) : NULL;

  if (new == NULL)
    return FALSE;
  if (old == NULL)
    return check_new (self, new);
  if (!is_kept (old, new))
    return refuse (self, SIDE_ERROR_FORBIDDEN, "a dispute is not rewritten: withdraw it and make another");
  if (new->state == SIDE_DISPUTE_WITHDRAWN)
    return check_judged (self, new) && side_dispute_withdraw (old, self->user, new->judged_ms, &self->item->refusal);
  if (new->state == SIDE_DISPUTE_OPEN)
    return refuse (self, SIDE_ERROR_FORBIDDEN, "a dispute is not opened again: make another");
  return check_judged (self, new) && check_ruling (self, old, new);
}

static gboolean
check_acknowledgement (Answer             *self,
                       const SideDocument *current)
{
  g_autoptr (SideAcknowledgement) read = side_wire_acknowledgement_from_json (self->item->document->body, -1, &self->item->refusal);
  g_autoptr (SideReview) review = read != NULL ? load_review (self, read->review) : NULL;
  g_autofree char *id = read != NULL ? side_acknowledgement_id (read->review, read->review_revision) : NULL;

  if (read == NULL)
    return FALSE;
  if (current != NULL)
    return refuse (self, SIDE_ERROR_EXISTS, "it has been acknowledged already");
  if (!check_names (self, read->operator_id, read->author, read->on_behalf, review))
    return FALSE;
  if (review == NULL || side_review_get_sealed (review, read->review_revision, NULL) == NULL)
    return refuse (self, SIDE_ERROR_NOT_FOUND, "there is no such finished revision of the review");
  if (!same_text (read->id, id))
    return refuse (self, SIDE_ERROR_INVALID, "“id” is not the one of this revision");
  if (is_still_to_come (self, read->at_ms) || read->at_ms < sealed_at (review, read->review_revision) - SIDE_REVIEW_CLOCK_SLACK_MS)
    return refuse (self, SIDE_ERROR_INVALID, "“at_ms” is not when it was acknowledged: "
                   "after the review was finished, and not still to come; set the clock of the computer");
  return TRUE;
}

/* Why what an operator answers to a review cannot be stored as asked; FALSE
 * when it can, or is of another kind. */
gboolean
side_sqlite_refuse_answer (sqlite3            *db,
                           SideArchiveItem    *item,
                           const SideDocument *current)
{
  Answer self = { db, item, item->document->author };
  gboolean is_dispute = strcmp (item->document->kind, "dispute") == 0;

  if (!is_dispute && strcmp (item->document->kind, "acknowledgement") != 0)
    return FALSE;
  if (item->document->deleted || item->document->body == NULL)
    return !refuse (&self, SIDE_ERROR_FORBIDDEN, "what was answered to a review stays");
  return is_dispute ? !check_dispute (&self, current) : !check_acknowledgement (&self, current);
}
