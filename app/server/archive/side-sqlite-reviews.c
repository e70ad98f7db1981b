/* side-sqlite-reviews.c - whether a review may be written or deleted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction, so that of two who revise at once one sees what
 * the other did. The rules are the app's own (side-review-rule.h); what is
 * looked up for them here is what a client could lie about: how the review
 * stood last, also where it was deleted since, and how disputes were judged.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-dispute-rule.h"
#include "side-error.h"
#include "side-review-check.h"
#include "side-review-rule.h"

/* All about the call: the rules take of them those that are upheld. */
static GPtrArray *
load_disputes (sqlite3          *db,
               const SideReview *review)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document WHERE kind = 'dispute' AND project = ? AND call = ? AND body IS NOT NULL", NULL);

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, review->project);
      side_sqlite_bind_text (statement, 2, review->call);
    }
  return side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_dispute_from_json, (GDestroyNotify) side_dispute_unref, NULL);
}

/* Whether a review takes back what was ruled about another one of the call. */
static gboolean
check_others (sqlite3           *db,
              const SideReview  *sealed,
              const SideScript  *script,
              const GPtrArray   *disputes,
              GError           **error)
{
  for (guint i = 0; i < disputes->len; i++)
    {
      const SideDispute *dispute = g_ptr_array_index (disputes, i);
      g_autoptr (SideDocument) document = NULL;
      g_autoptr (SideReview) ruled = NULL;
      g_autoptr (SideScript) its = NULL;

      if (dispute->state != SIDE_DISPUTE_UPHELD || dispute->review == NULL || g_strcmp0 (dispute->review, sealed->id) == 0)
        continue;
      document = side_sqlite_load_document (db, "review", dispute->review, NULL);
      ruled = document != NULL && document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
      its = ruled != NULL ? side_sqlite_load_script (db, ruled->project, ruled->script, ruled->script_version) : NULL;
      if (its != NULL && !side_dispute_check_other (dispute, ruled, its, sealed, script, error))
        return FALSE;
    }
  return TRUE;
}

/* What one person ruled and another takes back is no ruling: the score of the
 * call never goes down by it, nor after it. */
static gboolean
check_rulings (sqlite3           *db,
               const SideReview  *old,
               const SideReview  *new,
               const SideScript  *script,
               const GPtrArray   *disputes,
               const char        *user,
               GError           **error)
{
  gboolean anothers = old != NULL && old->finished_ms != 0 && g_strcmp0 (old->reviewer, user) != 0;
  const GPtrArray *ruled = anothers ? side_review_get_sealed (new, old->revision + 1, NULL) : NULL;
  g_autoptr (SideReview) before = old != NULL ? side_review_dup_sealed (old) : NULL;
  g_autoptr (SideReview) sealed = side_review_dup_sealed (new);    /* what counts from now on */

  if (script == NULL || sealed == NULL || (before != NULL && sealed->revision <= before->revision))
    return TRUE;
  /* The dispute was about an earlier revision perhaps, and the one it is applied to has another score. */
  if (ruled != NULL && side_dispute_is_lower (script, old, old->answers, ruled))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "a ruling does not lower the score");
      return FALSE;
    }
  return side_dispute_check_kept (disputes, sealed, before, script, error) && check_others (db, sealed, script, disputes, error);
}

/* The call as it was when the review was finished: a recording that came later
 * nobody could hear for it. */
static SideCall *
load_call (sqlite3           *db,
           const SideReview  *review,
           GError           **error)
{
  SideCall *call = review->call != NULL ? side_sqlite_load_call (db, review->call, error) : NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (call == NULL || call->recording == NULL)
    return call;
  statement = side_sqlite_prepare (db, "SELECT 1 FROM recording WHERE id = ? AND created_ms > ?", NULL);
  if (statement == NULL)
    return call;
  side_sqlite_bind_text (statement, 1, call->recording);
  sqlite3_bind_int64 (statement, 2, review->finished_ms);
  if (side_sqlite_step (statement, NULL) == 1)
    g_clear_pointer (&call->recording, g_free);
  return call;
}

/* A call is archived when it is over, and nobody learns of it before: what is
 * finished is about one that is here. Begun it can be while the call goes on. */
static gboolean
check_call (const SideReview  *old,
            const SideReview  *new,
            const SideCall    *call,
            GError           **error)
{
  if (call != NULL || side_review_get_first (new, NULL, NULL) == NULL || (old != NULL && side_review_get_first (old, NULL, NULL) != NULL))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no call “%s” on this server: a review is finished about one that it has",
               new->call != NULL ? new->call : "");
  return FALSE;
}

static gboolean
check_review (sqlite3          *db,
              SideArchiveItem  *item,
              const SideReview *old)
{
  const char *user = item->document->author;
  g_autoptr (SideReview) new = side_wire_review_from_json (item->document->body, -1, &item->refusal);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) disputes = NULL;
  g_autoptr (SideScript) script = NULL;
  g_autoptr (SideCall) call = NULL;

  if (new == NULL)
    return FALSE;
  disputes = load_disputes (db, old != NULL ? old : new);
  call = load_call (db, new, &failure);
  if (disputes == NULL || failure != NULL)
    {
      g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FAILED, "what the review is about cannot be read: try again later");
      return FALSE;
    }
  if (!side_review_may_follow (new, old, user, disputes, &item->refusal) || (old == NULL && !side_sqlite_may_select (db, new, &item->refusal)))
    return FALSE;
  script = side_sqlite_load_script (db, new->project, new->script, new->script_version);
  return side_sqlite_may_answer (db, new, old, &item->refusal) && check_call (old, new, call, &item->refusal)
         && side_review_check_content (new, old, script, call, item->at_ms, &item->refusal)
         && check_rulings (db, old, new, script, disputes, user, &item->refusal);
}

/**
 * side_sqlite_refuse_review:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 * @current: (nullable): what stands there
 *
 * Returns: whether it is a review that cannot be stored as asked
 */
gboolean
side_sqlite_refuse_review (sqlite3            *db,
                           SideArchiveItem    *item,
                           const SideDocument *current)
{
  const SideDocument *document = item->document;
  g_autofree char *last = NULL;
  g_autoptr (SideReview) old = NULL;

  if (strcmp (document->kind, "review") != 0 || item->own || document->author == NULL)
    return FALSE;
  last = current != NULL ? side_sqlite_load_last_body (db, "review", document->id, current) : NULL;
  old = last != NULL ? side_wire_review_from_json (last, -1, NULL) : NULL;
  if (document->deleted || document->body == NULL)
    return old != NULL && !side_review_may_delete (old, document->author, item->supervisor, &item->refusal);
  return !check_review (db, item, old);
}
