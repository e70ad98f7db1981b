/* side-sqlite-plans.c - whether a plan or a calibration may be written or deleted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction. The rules are the app's own (side-plan-rule.h,
 * side-calibration-rule.h); what is looked up for them here is what a client
 * could lie about: how it stood last, also where it was deleted since, the
 * script, and the reviews that were made for it.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-calibration-rule.h"
#include "side-error.h"
#include "side-plan-draw.h"
#include "side-plan-rule.h"
#include "side-review-check.h"

static gboolean
has_reviews (sqlite3        *db,
             const SidePlan *plan)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT 1 FROM document WHERE kind = 'review' AND project = ?1 AND instr (body, ?2) "
                               "AND json_valid (body) AND json_extract (body, '$.plan') = ?2 LIMIT 1", NULL);

  if (statement == NULL)
    return TRUE;
  side_sqlite_bind_text (statement, 1, plan->project);
  side_sqlite_bind_text (statement, 2, plan->id);
  return side_sqlite_step (statement, NULL) != 0;
}

/* Ids of the calls that have a sealed review made for the plan, also one that
 * is being revised; NULL where that could not be found out. */
static GHashTable *
list_reviewed (sqlite3        *db,
               const SidePlan *plan)
{
  GHashTable *reviewed;
  g_autoptr (GPtrArray) reviews = NULL;
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document WHERE kind = 'review' AND project = ?1 AND instr (body, ?2)", NULL);

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, plan->project);
      side_sqlite_bind_text (statement, 2, plan->id);
    }
  reviews = side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_review_from_json, (GDestroyNotify) side_review_unref, NULL);
  if (reviews == NULL)
    return NULL;
  reviewed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReview *review = reviews->pdata[i];

      if (g_strcmp0 (review->plan, plan->id) == 0 && review->call != NULL && side_review_get_first (review, NULL, NULL) != NULL)
        g_hash_table_add (reviewed, g_strdup (review->call));
    }
  return reviewed;
}

/* Whether all calls that a plan was drawn from are calls of its project and period. */
static gboolean
check_frame_calls (sqlite3         *db,
                   const SidePlan  *plan,
                   GPtrArray       *frame,
                   GError         **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, "SELECT 1 FROM call WHERE id = ?1 AND project = ?2 AND joined_ms >= ?3 AND (?4 = 0 OR joined_ms < ?4)", error);

  for (guint i = 0; statement != NULL && i < frame->len; i++)
    {
      int result;

      side_sqlite_bind_text (statement, 1, frame->pdata[i]);
      side_sqlite_bind_text (statement, 2, plan->project);
      sqlite3_bind_int64 (statement, 3, plan->from_ms);
      sqlite3_bind_int64 (statement, 4, plan->to_ms);
      result = side_sqlite_step (statement, error);
      sqlite3_reset (statement);
      if (result < 0)
        return FALSE;
      if (result == 0)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                       "the plan was drawn from a call “%s” that this project does not have in the plan's period", (const char *) frame->pdata[i]);
          return FALSE;
        }
    }
  return statement != NULL;
}

/* A plan that had no room for its frame: as many calls there must be at least. */
static gboolean
check_frame_size (sqlite3         *db,
                  const SidePlan  *plan,
                  GError         **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT count(*) FROM call WHERE project = ?1 AND joined_ms >= ?2 AND (?3 = 0 OR joined_ms < ?3)", error);

  if (statement == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, plan->project);
  sqlite3_bind_int64 (statement, 2, plan->from_ms);
  sqlite3_bind_int64 (statement, 3, plan->to_ms);
  if (side_sqlite_step (statement, error) != 1)
    return FALSE;
  if (sqlite3_column_int64 (statement, 0) >= plan->frame_calls)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
               "the plan does not keep the calls it was drawn from (“frame”), and the project has not got %d of them in its period",
               plan->frame_calls);
  return FALSE;
}

/* A draw is over what was there: when it was made tells what was left out of it. */
static gboolean
check_made (const SidePlan  *plan,
            gint64           now_ms,
            GError         **error)
{
  if (plan->created_ms > 0 && plan->created_ms <= now_ms + SIDE_REVIEW_CLOCK_SLACK_MS
      && plan->to_ms > 0 && plan->to_ms <= plan->created_ms + SIDE_REVIEW_CLOCK_SLACK_MS)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                       "a plan of calls that were drawn by lot is made (“created_ms”) when its period (“to_ms”) is over, and not in the time to come: "
                       "set the clock of the computer");
  return FALSE;
}

/* What says that lots were drawn is drawn once more, before anybody counts on it. */
static gboolean
check_claim (sqlite3         *db,
             const SidePlan  *plan,
             gint64           now_ms,
             GError         **error)
{
  g_autoptr (GPtrArray) frame = NULL;

  if (!side_plan_check_claim (plan, &frame, error))
    return FALSE;
  if (plan->kind != SIDE_PLAN_RANDOM)
    return TRUE;
  if (!check_made (plan, now_ms, error))
    return FALSE;
  return frame != NULL ? check_frame_calls (db, plan, frame, error) : check_frame_size (db, plan, error);
}

/* Whoever could not be reviewed has the next of the draw in their place, and
 * nobody's pick. What was not by the rule before is not looked at. */
static gboolean
keeps_draw (const SidePlan  *new,
            const SidePlan  *old,
            GError         **error)
{
  g_autoptr (GPtrArray) before = NULL, now = NULL;

  return new->kind != SIDE_PLAN_RANDOM || !side_plan_check_claim (old, &before, NULL) || side_plan_check_claim (new, &now, error);
}

static gboolean
check_plan (sqlite3         *db,
            SideArchiveItem *item,
            const char      *last)
{
  const SideDocument *document = item->document;
  g_autoptr (SidePlan) old = last != NULL ? side_wire_plan_from_json (last, -1, NULL) : NULL;
  g_autoptr (SidePlan) new = NULL;
  g_autoptr (GHashTable) reviewed = NULL;

  if (document->deleted || document->body == NULL)
    return old == NULL || side_plan_may_delete (old, document->author, item->supervisor, has_reviews (db, old), &item->refusal);
  new = side_wire_plan_from_json (document->body, -1, &item->refusal);
  if (new == NULL || !side_plan_may_follow (new, old, document->author, item->supervisor, &item->refusal))
    return FALSE;
  if (old == NULL)
    return check_claim (db, new, item->at_ms, &item->refusal);
  reviewed = list_reviewed (db, old);
  if (reviewed == NULL)
    g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FAILED, "the reviews made for the plan cannot be read: try again later");
  return reviewed != NULL && side_plan_keeps_result (new, old, reviewed, &item->refusal) && keeps_draw (new, old, &item->refusal);
}

static GPtrArray *
load_past (sqlite3    *db,
           const char *id)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = 'calibration' AND id = ? AND body IS NOT NULL", NULL);

  if (statement != NULL)
    side_sqlite_bind_text (statement, 1, id);
  return side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_calibration_from_json, (GDestroyNotify) side_calibration_unref, NULL);
}

static gboolean
check_calibration (sqlite3         *db,
                   SideArchiveItem *item,
                   gboolean         gone,
                   const char      *last)
{
  const SideDocument *document = item->document;
  gboolean blind, begun;
  g_autoptr (SideCalibration) old = last != NULL ? side_wire_calibration_from_json (last, -1, NULL) : NULL;
  g_autoptr (SideCalibration) new = NULL;
  g_autoptr (GPtrArray) past = NULL;
  g_autoptr (SideScript) script = NULL;

  if (document->deleted || document->body == NULL)
    return old == NULL || side_calibration_may_delete (old, document->author, item->supervisor, &item->refusal);
  new = side_wire_calibration_from_json (document->body, -1, &item->refusal);
  if (new == NULL)
    return FALSE;
  blind = old != NULL && side_sqlite_is_blind (db, old->project, old->id, NULL);
  begun = old != NULL && side_sqlite_is_begun (db, old);
  if (gone && begun)
    {
      g_set_error_literal (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                           "the calibration was called off, and its answers were open since: call another one");
      return FALSE;
    }
  if (side_calibration_names_others (new, old, document->author))
    past = load_past (db, document->id);
  script = side_sqlite_load_script (db, new->project, new->script, new->script_version);
  /* Called off before anybody answered, it was never open. */
  return side_calibration_may_follow (new, old, past, script, document->author, item->supervisor, blind || gone, begun, item->at_ms,
                                      &item->refusal);
}

/**
 * side_sqlite_refuse_plan:
 * @db: the writer's connection
 * @item: a document somebody writes, of any kind; its refusal is set
 * @current: (nullable): what stands there
 *
 * Returns: whether it is a plan or a calibration that cannot be stored as asked
 */
gboolean
side_sqlite_refuse_plan (sqlite3            *db,
                         SideArchiveItem    *item,
                         const SideDocument *current)
{
  const SideDocument *document = item->document;
  gboolean is_plan = strcmp (document->kind, "plan") == 0;
  g_autofree char *last = NULL;

  if ((!is_plan && strcmp (document->kind, "calibration") != 0) || item->own || document->author == NULL)
    return FALSE;
  last = side_sqlite_load_last_body (db, document->kind, document->id, current);
  return is_plan ? !check_plan (db, item, last) : !check_calibration (db, item, current != NULL && current->deleted, last);
}
