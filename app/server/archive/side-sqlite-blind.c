/* side-sqlite-blind.c - reviews of a calibration that nobody else may see yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While a calibration is blind each reviewer gets their own reviews for it and
 * nobody another's, whatever their role. When it opens, the feed of changes
 * tells of all of them anew: whoever asks has passed their places by then.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"

static SideReview *
calibration_review (const char *body)
{
  g_autoptr (SideReview) review = NULL;

  /* Most reviews are of no calibration: those are not read twice. */
  if (body == NULL || strstr (body, "\"calibration\"") == NULL)
    return NULL;
  review = side_wire_review_from_json (body, -1, NULL);
  return review != NULL && review->selection == SIDE_SELECTION_CALIBRATION && review->plan != NULL ? g_steal_pointer (&review) : NULL;
}

/* A SideSqliteReader */
static gpointer
read_calibration_review (const char  *text,
                         gssize       len,
                         GError     **error)
{
  return calibration_review (text);
}

/* Returns: (element-type SideReview) (nullable): the reviews for @calibration */
static GPtrArray *
load_reviews (sqlite3               *db,
              const SideCalibration *calibration,
              GError               **error)
{
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT body FROM document WHERE call = ?1 AND kind = 'review' AND project = ?2 "
                               "AND instr (body, ?3)", error);

  for (guint i = 0; statement != NULL && i < calibration->calls->len; i++)
    {
      GPtrArray *some;

      side_sqlite_bind_text (statement, 1, calibration->calls->pdata[i]);
      side_sqlite_bind_text (statement, 2, calibration->project);
      side_sqlite_bind_text (statement, 3, calibration->id);
      some = side_sqlite_read_bodies (statement, read_calibration_review, (GDestroyNotify) side_review_unref, error);
      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (reviews, some);
    }
  return statement != NULL ? g_steal_pointer (&reviews) : NULL;
}

/**
 * side_sqlite_get_progress:
 * @db: a connection
 * @calibration: one of its documents
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see side_archive_store_get_progress()
 */
SideCalibrationProgress *
side_sqlite_get_progress (sqlite3                *db,
                          const SideCalibration  *calibration,
                          GError                **error)
{
  g_autoptr (GPtrArray) reviews = load_reviews (db, calibration, error);

  return reviews != NULL ? side_calibration_get_progress (calibration, reviews) : NULL;
}

/**
 * side_sqlite_is_begun:
 * @db: a connection
 * @calibration: one of its documents
 *
 * Returns: whether anybody has finished a review for it, or that could not be
 *   found out
 */
gboolean
side_sqlite_is_begun (sqlite3               *db,
                      const SideCalibration *calibration)
{
  g_autoptr (GPtrArray) reviews = load_reviews (db, calibration, NULL);

  return reviews == NULL || side_calibration_is_begun (calibration, reviews);
}

/* Whether that person has finished another review of the call for the calibration. */
static gboolean
has_answered (sqlite3           *db,
              const SideReview  *review,
              const char        *reviewer,
              GError           **error)
{
  g_autoptr (SideCalibration) asked = side_calibration_new (review->plan, review->project, NULL, NULL, 0);
  g_autoptr (GPtrArray) reviews = NULL;

  g_ptr_array_add (asked->calls, g_strdup (review->call));
  reviews = load_reviews (db, asked, error);
  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    if (g_strcmp0 (((const SideReview *) reviews->pdata[i])->id, review->id) == 0)
      g_ptr_array_remove_index (reviews, i--);
  return reviews == NULL || side_calibration_find_review (asked, reviews, review->call, reviewer) != NULL;
}

/**
 * side_sqlite_may_answer:
 * @db: the writer's connection
 * @review: what somebody wants to write
 * @old: (nullable): the review as it stood last
 * @error: SIDE_ERROR_FORBIDDEN, in words
 *
 * Whoever was left out of a calibration may have seen what others answered. One
 * that is not here yet may be on its way. Each answers once about a call.
 *
 * Returns: whether it may be finished as one for its calibration, if it is that
 */
gboolean
side_sqlite_may_answer (sqlite3           *db,
                        const SideReview  *review,
                        const SideReview  *old,
                        GError           **error)
{
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideCalibration) calibration = NULL;
  const char *reviewer = NULL;

  if (review->selection != SIDE_SELECTION_CALIBRATION || review->plan == NULL
      || side_review_get_first (review, &reviewer, NULL) == NULL || (old != NULL && side_review_get_first (old, NULL, NULL) != NULL))
    return TRUE;
  if (has_answered (db, review, reviewer, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                             "you have finished a review of this call for the calibration: it is answered once");
      return FALSE;
    }
  document = side_sqlite_load_document (db, "calibration", review->plan, NULL);
  if (document == NULL || g_strcmp0 (document->project, review->project) != 0)
    return TRUE;
  calibration = document->body != NULL ? side_wire_calibration_from_json (document->body, -1, NULL) : NULL;
  if (calibration != NULL && side_calibration_asks (calibration, reviewer) && side_calibration_has_call (calibration, review->call))
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                       calibration == NULL ? "the calibration was called off: nothing is answered for it any more"
                                           : "the calibration does not ask you about this call, or not any more");
  return FALSE;
}

/**
 * side_sqlite_is_blind:
 * @db: a connection
 * @project: a project
 * @id: UUID of one of its calibrations
 * @error: return location; after an error it is blind
 *
 * Returns: whether it is blind. One that is not here yet is: it may be on its way
 */
gboolean
side_sqlite_is_blind (sqlite3     *db,
                      const char  *project,
                      const char  *id,
                      GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SideDocument) document = side_sqlite_load_document (db, "calibration", id, &reason);
  g_autoptr (SideCalibration) calibration = NULL;
  g_autoptr (GPtrArray) reviews = NULL;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return TRUE;
    }
  if (document == NULL || g_strcmp0 (document->project, project) != 0)
    return TRUE;
  if (document->deleted)
    return FALSE;
  calibration = side_wire_calibration_from_json (document->body, -1, NULL);
  if (calibration == NULL || calibration->state != SIDE_CALIBRATION_OPEN)
    return calibration == NULL;
  reviews = load_reviews (db, calibration, error);
  return reviews == NULL || side_calibration_is_blind (calibration, reviews);
}

/**
 * side_sqlite_hides:
 * @db: a connection
 * @document: a document
 * @body: (nullable): its body, or its last one before it was deleted
 * @user: (nullable): who asks
 * @error: return location
 *
 * Returns: whether it is a review that is hidden from @user, or that could
 *   not be found out
 */
gboolean
side_sqlite_hides (sqlite3             *db,
                   const SideDocument  *document,
                   const char          *body,
                   const char          *user,
                   GError             **error)
{
  g_autoptr (SideReview) review = strcmp (document->kind, "review") == 0 ? calibration_review (body) : NULL;
  const char *owner;

  if (review == NULL)
    return FALSE;
  owner = review->reviewer != NULL ? review->reviewer : document->author;
  return g_strcmp0 (owner, user) != 0 && side_sqlite_is_blind (db, document->project, review->plan, error);
}

/**
 * side_sqlite_find_blind:
 * @db: the writer's connection
 * @document: what is about to be written; any kind
 * @current: (nullable): what stands there
 *
 * Returns: (transfer full) (nullable): the id of a calibration that is blind
 *   and may not be any more once @document is written
 */
char *
side_sqlite_find_blind (sqlite3            *db,
                        const SideDocument *document,
                        const SideDocument *current)
{
  g_autoptr (SideReview) review = NULL;
  const char *id = NULL;

  if (strcmp (document->kind, "calibration") == 0)
    id = document->id;
  else if (strcmp (document->kind, "review") == 0)
    {
      review = calibration_review (document->body != NULL || current == NULL ? document->body : current->body);
      id = review != NULL ? review->plan : NULL;
    }
  return id != NULL && side_sqlite_is_blind (db, document->project, id, NULL) ? g_strdup (id) : NULL;
}

/**
 * side_sqlite_move_reviews:
 * @db: the writer's connection
 * @which: a condition of SQL, with @first and @second for ?1 and ?2
 * @first: a text
 * @second: another one
 * @change: (inout): number of the last change of a document
 * @error: return location
 *
 * Gives reviews, and disputes of them, new places in the feed of changes, in their order.
 *
 * Returns: %TRUE on success
 */
gboolean
side_sqlite_move_reviews (sqlite3     *db,
                          const char  *which,
                          const char  *first,
                          const char  *second,
                          gint64      *change,
                          GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT change FROM document WHERE kind IN ('review', 'dispute') AND body IS NOT NULL AND %s ORDER BY change", which);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) find = side_sqlite_prepare (db, sql, error);
  g_autoptr (sqlite3_stmt) move =
      find != NULL ? side_sqlite_prepare (db, "UPDATE document SET change = ?2 WHERE change = ?1", error) : NULL;
  int result;

  if (move == NULL)
    return FALSE;
  side_sqlite_bind_text (find, 1, first);
  side_sqlite_bind_text (find, 2, second);
  while ((result = side_sqlite_step (find, error)) == 1)
    {
      gint64 place = sqlite3_column_int64 (find, 0);

      g_array_append_val (places, place);
    }
  for (guint i = 0; result == 0 && i < places->len; i++)
    {
      sqlite3_bind_int64 (move, 1, g_array_index (places, gint64, i));
      sqlite3_bind_int64 (move, 2, ++*change);
      if (!side_sqlite_run (move, error))
        return FALSE;
    }
  return result == 0;
}

/**
 * side_sqlite_tell_anew:
 * @db: the writer's connection
 * @project: a project
 * @id: what side_sqlite_find_blind() gave before a document was written
 * @change: (inout): number of the last change of a document
 * @error: return location
 *
 * Gives the reviews of the calibration new places in the feed of changes if it
 * is not blind any more. Their revisions stay.
 *
 * Returns: %TRUE on success
 */
gboolean
side_sqlite_tell_anew (sqlite3     *db,
                       const char  *project,
                       const char  *id,
                       gint64      *change,
                       GError     **error)
{
  if (side_sqlite_is_blind (db, project, id, error))
    return error == NULL || *error == NULL;
  return side_sqlite_move_reviews (db, "project = ?1 AND instr (body, ?2) AND json_valid (body) "
                                       "AND json_extract (body, '$.selection') = 'calibration' AND json_extract (body, '$.plan') = ?2",
                                   project, id, change, error);
}
