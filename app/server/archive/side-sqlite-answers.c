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

static SideScript *
load_script (Answer           *self,
             const SideReview *review)
{
  const char *projects[] = { review->project, NULL };
  g_autoptr (SideDocument) document =
      side_sqlite_get_script (self->db, review->script, review->script_version, SIDE_SCOPE (projects), NULL);

  return document != NULL && document->body != NULL ? side_wire_script_from_json (document->body, -1, NULL) : NULL;
}

/* What else is in dispute about the call. */
static GPtrArray *
load_others (Answer *self)
{
  GPtrArray *others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_dispute_unref);
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (self->db, "SELECT body FROM document WHERE kind = 'dispute' AND call = ? AND body IS NOT NULL", NULL);

  if (statement == NULL)
    return others;
  side_sqlite_bind_text (statement, 1, self->item->document->call);
  while (side_sqlite_step (statement, NULL) == 1)
    {
      SideDispute *other = side_wire_dispute_from_json ((const char *) sqlite3_column_text (statement, 0), -1, NULL);

      if (other != NULL)
        g_ptr_array_add (others, other);
    }
  return others;
}

/* Whose call it is, and in whose name it is written: operators for themselves,
 * everybody else for an operator. */
static gboolean
check_names (Answer     *self,
             const char *operator_id,
             const char *author,
             gboolean    on_behalf)
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
  return TRUE;
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
check_new (Answer            *self,
           const SideDispute *dispute)
{
  g_autoptr (SideReview) review = load_review (self, dispute->review);
  g_autoptr (GPtrArray) others = NULL;

  if (!check_names (self, dispute->operator_id, dispute->author, dispute->on_behalf))
    return FALSE;
  if (review == NULL || !side_review_counts (review))
    return refuse (self, SIDE_ERROR_NOT_FOUND, "there is no such finished review of this call");
  if (dispute->script != NULL && !same_text (dispute->script, review->script))
    return refuse (self, SIDE_ERROR_INVALID, "“script” is not the review's");
  others = load_others (self);
  return side_dispute_may_make (dispute, review, others, &self->item->refusal);
}

static gboolean
check_ruling (Answer            *self,
              const SideDispute *old,
              const SideDispute *new)
{
  g_autoptr (SideReview) review = load_review (self, old->review);
  g_autoptr (SideScript) script = review != NULL ? load_script (self, review) : NULL;
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
    return side_dispute_withdraw (old, self->user, new->judged_ms, &self->item->refusal);
  if (new->state == SIDE_DISPUTE_OPEN)
    return refuse (self, SIDE_ERROR_FORBIDDEN, "a dispute is not opened again: make another");
  return check_ruling (self, old, new);
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
  if (!check_names (self, read->operator_id, read->author, read->on_behalf))
    return FALSE;
  if (review == NULL || side_review_get_sealed (review, read->review_revision, NULL) == NULL)
    return refuse (self, SIDE_ERROR_NOT_FOUND, "there is no such finished revision of the review");
  if (!same_text (read->id, id))
    return refuse (self, SIDE_ERROR_INVALID, "“id” is not the one of this revision");
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
