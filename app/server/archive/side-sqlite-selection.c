/* side-sqlite-selection.c - whether a review may say what it was made for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the writer's transaction. What was drawn and what was chosen never stand
 * in one score, and what measures reviewers speaks of no operator: so that is
 * said by plans and calibrations, and not by whoever writes the review.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"
#include "side-plan-rule.h"

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, why);
  return FALSE;
}

/* The plan as it was at any time, the newest of them first, @limit at most (-1: all):
 * a writer who was offline did not know that a task went to another call. NULL where
 * that could not be found out. */
static GPtrArray *
load_plans (sqlite3     *db,
            const char  *id,
            int          limit,
            GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document_revision WHERE kind = 'plan' AND id = ? AND body IS NOT NULL "
                               "ORDER BY revision DESC LIMIT ?", error);

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, id);
      sqlite3_bind_int (statement, 2, limit);
    }
  return side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_plan_from_json, (GDestroyNotify) side_plan_unref, error);
}

static gboolean
has_task (const SidePlan   *plan,
          const SideReview *review)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    if (side_plan_is_task_of (plan, plan->tasks->pdata[i], review))
      return TRUE;
  return FALSE;
}

static gboolean
check_random (sqlite3           *db,
              const SideReview  *review,
              GError           **error)
{
  g_autoptr (SideDocument) document = review->plan != NULL ? side_sqlite_load_document (db, "plan", review->plan, NULL) : NULL;
  g_autofree char *body = document != NULL ? side_sqlite_load_last_body (db, "plan", review->plan, document) : NULL;
  g_autoptr (SidePlan) plan = body != NULL ? side_wire_plan_from_json (body, -1, NULL) : NULL;

  return (plan != NULL && g_strcmp0 (plan->project, review->project) == 0 && review->call != NULL && side_plan_drew (plan, review->call))
         || refuse (error, "“selection” is “random” only where a plan (“plan”) drew the call by lot");
}

static gboolean
is_asked (GPtrArray        *plans,
          const SideReview *review)
{
  for (guint i = 0; i < plans->len; i++)
    {
      const SidePlan *plan = plans->pdata[i];

      if (g_strcmp0 (plan->project, review->project) == 0 && has_task (plan, review))
        return TRUE;
    }
  return FALSE;
}

/* A second review or a repeat is one that a plan asks for, or once did. */
static gboolean
check_asked (sqlite3           *db,
             const SideReview  *review,
             GError           **error)
{
  g_autoptr (GPtrArray) newest = load_plans (db, review->plan, 1, error);
  g_autoptr (GPtrArray) all = newest != NULL && !is_asked (newest, review) ? load_plans (db, review->plan, -1, error) : NULL;

  if (newest == NULL || (all == NULL && !is_asked (newest, review)))
    return FALSE;
  return all == NULL || is_asked (all, review)
         || refuse (error, review->selection == SIDE_SELECTION_REPEAT
                               ? "“selection” is “repeat” only where a plan (“plan”) asks for the call to be reviewed again"
                               : "“selection” is “second”, and the plan (“plan”) does not ask for a second review of the call");
}

/* Two who finished the same review apart, offline: one of them becomes a second one. */
static gboolean
check_beside (sqlite3           *db,
              const SideReview  *review,
              GError           **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document WHERE call = ?1 AND kind = 'review' AND project = ?2 AND body IS NOT NULL", error);
  g_autoptr (GPtrArray) others = NULL;

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, review->call);
      side_sqlite_bind_text (statement, 2, review->project);
    }
  others = side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_review_from_json, (GDestroyNotify) side_review_unref, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const SideReview *other = others->pdata[i];
      const char *reviewer = NULL;

      if (side_review_get_first (other, &reviewer, NULL) != NULL && g_strcmp0 (reviewer, review->reviewer) != 0
          && g_strcmp0 (other->script, review->script) == 0)
        return TRUE;
    }
  return others != NULL
         && refuse (error, "“selection” is “second” only where a plan (“plan”) asks for a second review of the call, "
                           "or somebody else has finished one with the same script");
}

/* How what is finished first comes: one whose calibration is not here is hidden
 * from everybody, so that nobody has seen another's. */
static SideTiming
time_first (sqlite3          *db,
            const SideReview *review)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (SideDocument) document = side_sqlite_load_document (db, "calibration", review->plan, &failure);
  g_autoptr (SideCalibration) calibration =
      document != NULL && document->body != NULL && g_strcmp0 (document->project, review->project) == 0
          ? side_wire_calibration_from_json (document->body, -1, NULL) : NULL;

  if (failure != NULL)
    return SIDE_TIMING_UNKNOWN;
  return calibration != NULL && calibration->state != SIDE_CALIBRATION_OPEN ? SIDE_TIMING_LATE : SIDE_TIMING_BLIND;
}

static gboolean
was_given_up (sqlite3          *db,
              const SideReview *review)
{
  g_autoptr (SideDocument) document = side_sqlite_load_document (db, "plan", review->plan, NULL);
  g_autoptr (SidePlan) plan = NULL;

  /* A plan is long, and few gave any call up: others are not read. */
  if (document == NULL || document->body == NULL || strstr (document->body, "\"reason\"") == NULL)
    return FALSE;
  plan = side_wire_plan_from_json (document->body, -1, NULL);
  return plan != NULL && side_plan_gave_up (plan, review->call);
}

/* A review of which the server has something to say. */
static SideReview *
read_asked (const char *body)
{
  g_autoptr (SideReview) review = NULL;

  /* Most reviews are of no calibration and not random: those are not read twice. */
  if (body == NULL || (strstr (body, "\"calibration\"") == NULL && strstr (body, "\"random\"") == NULL))
    return NULL;
  review = side_wire_review_from_json (body, -1, NULL);
  return review != NULL && review->plan != NULL
                 && (review->selection == SIDE_SELECTION_CALIBRATION || review->selection == SIDE_SELECTION_RANDOM)
             ? g_steal_pointer (&review) : NULL;
}

/**
 * side_sqlite_dup_judged:
 * @db: the writer's connection
 * @document: what is about to be written; any kind
 * @current: (nullable): what stands there
 *
 * Whose answers came after a discussion was begun the writer's clock does not
 * tell, nor what was finished when another call stood in for its own. Said once,
 * when a review is finished first, and kept whatever is sent.
 *
 * Returns: (transfer full) (nullable): the body of a review for a calibration or
 *   of a draw, with what is known here in place of what it says of itself; %NULL
 *   where it stays as it is
 */
char *
side_sqlite_dup_judged (sqlite3            *db,
                        const SideDocument *document,
                        const SideDocument *current)
{
  g_autoptr (SideReview) review = strcmp (document->kind, "review") == 0 && !document->deleted ? read_asked (document->body) : NULL;
  g_autofree char *last = review != NULL && current != NULL ? side_sqlite_load_last_body (db, "review", document->id, current) : NULL;
  g_autoptr (SideReview) old = read_asked (last);
  SideTiming timing = SIDE_TIMING_UNKNOWN;
  gboolean replaced = FALSE;

  if (review == NULL)
    return NULL;
  if (old != NULL && side_review_get_first (old, NULL, NULL) != NULL)
    {
      timing = old->timing;
      replaced = old->replaced;
    }
  else if (side_review_get_first (review, NULL, NULL) != NULL)
    {
      timing = review->selection == SIDE_SELECTION_CALIBRATION ? time_first (db, review) : SIDE_TIMING_UNKNOWN;
      replaced = review->selection == SIDE_SELECTION_RANDOM && was_given_up (db, review);
    }
  if (timing == SIDE_TIMING_UNKNOWN && !replaced && !side_wire_review_has_verdict (document->body))
    return NULL;
  return side_wire_review_with_verdict (document->body, timing, replaced);
}

/**
 * side_sqlite_may_select:
 * @db: the writer's connection
 * @review: a new review
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Returns: whether the review may say why its call was reviewed
 */
gboolean
side_sqlite_may_select (sqlite3           *db,
                        const SideReview  *review,
                        GError           **error)
{
  switch (review->selection)
    {
    case SIDE_SELECTION_RANDOM:
      return check_random (db, review, error);
    case SIDE_SELECTION_SECOND:
      return review->plan != NULL ? check_asked (db, review, error) : check_beside (db, review, error);
    case SIDE_SELECTION_REPEAT:
      return check_asked (db, review, error);
    case SIDE_SELECTION_CALIBRATION:
      return review->plan != NULL
             || refuse (error, "“selection” is “calibration”, and the review does not say of which one (“plan”)");
    case SIDE_SELECTION_NONE:
    case SIDE_SELECTION_CHOSEN:
    default:
      return TRUE;
    }
}
