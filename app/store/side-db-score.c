/* side-db-score.c - the score a call has from its reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call's score is that of its newest finished review, counted with the very
 * version of the script the review names. It is derived: whenever a review or
 * a script is written it is counted anew, in the same transaction.
 */
#include "side-db.h"

#include <math.h>

#include "side-review.h"
#include "side-score.h"
#include "side-script.h"
#include "side-wire.h"

/**
 * side_db_keep_script:
 * @self: the database, in a transaction
 * @document: a script, in any version
 * @error: (out): the error
 *
 * Keeps that version for good: reviews name it after newer ones came. What its
 * reviews come to is counted anew.
 *
 * Returns: %TRUE on success, also when this program cannot read the script
 */
gboolean
side_db_keep_script (SideDb              *self,
                     const SideDocument  *document,
                     GError             **error)
{
  g_autoptr (SideScript) script = NULL;
  gboolean known;

  if (document->body == NULL)
    return TRUE;
  script = side_wire_script_from_json (document->body, -1, NULL);
  if (script == NULL)
    return TRUE;
  return side_db_knows_form (self, script, document->body, &known, error)
         && side_db_run (self, error, "INSERT OR REPLACE INTO script_versions (script, version, body) VALUES (?1, ?2, ?3)",
                         "tit", script->id, (gint64) script->version, document->body)
         && (known || side_db_facts_of_script (self, script->id, script->version, error));
}

/**
 * side_db_get_script:
 * @self: the database
 * @id: a script's UUID
 * @version: one of its versions
 * @error: (out): the error
 *
 * Returns: (transfer full) (nullable): the script as it was in that version;
 *   %NULL without an error when it never came here or cannot be read
 */
SideScript *
side_db_get_script (SideDb      *self,
                    const char  *id,
                    int          version,
                    GError     **error)
{
  SideScript *script = NULL;
  sqlite3_stmt *stmt;

  stmt = side_db_prepare (self, "SELECT body FROM script_versions WHERE script = ?1 AND version = ?2", error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, version);
  if (side_db_step (self, stmt, error) == SQLITE_ROW)
    {
      script = side_wire_script_from_json (side_db_column_text (stmt, 0), -1, NULL);
      sqlite3_reset (stmt);
    }
  return script;
}

/* The newest finished review that speaks of the operator and that this program
 * can read, if any. */
static gboolean
newest_review (SideDb       *self,
               const char   *call,
               SideReview  **newest,
               GError      **error)
{
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT body FROM documents WHERE call = ?1 AND kind = 'review' AND deleted = 0", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, call, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      g_autoptr (SideReview) written = NULL;
      g_autoptr (SideReview) review = NULL;

      if (side_db_column_text (stmt, 0) != NULL)
        written = side_wire_review_from_json (side_db_column_text (stmt, 0), -1, NULL);
      if (written != NULL)
        review = side_review_dup_sealed (written);
      if (review == NULL || !side_review_counts (review))
        continue;
      if (*newest != NULL && (*newest)->finished_ms >= review->finished_ms)
        continue;
      g_clear_pointer (newest, side_review_unref);
      *newest = g_steal_pointer (&review);
    }
  return rc == SQLITE_DONE;
}

/**
 * side_db_score_call:
 * @self: the database, in a transaction
 * @call: a call's id
 * @error: (out): the error
 *
 * Returns: %TRUE on success, also when there is nothing to count
 */
gboolean
side_db_score_call (SideDb      *self,
                    const char  *call,
                    GError     **error)
{
  g_autoptr (SideReview) review = NULL;
  g_autoptr (SideScript) script = NULL;
  SideScore score = { .score = NAN };
  GError *failure = NULL;

  if (!newest_review (self, call, &review, error))
    return FALSE;
  if (review != NULL)
    script = side_db_get_script (self, review->script, review->script_version, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (script != NULL)
    side_score_compute (script, review, &score);
  if (isnan (score.score))
    return side_db_run (self, error, "UPDATE calls SET score = NULL WHERE id = ?1 AND score IS NOT NULL", "t", call);
  return side_db_run (self, error, "UPDATE calls SET score = ?2 WHERE id = ?1", "td", call, score.score);
}

/**
 * side_db_calls_of_script:
 * @self: the database
 * @script: a script's id
 * @calls: (element-type utf8): where ids of calls reviewed with it are added
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_calls_of_script (SideDb      *self,
                         const char  *script,
                         GPtrArray   *calls,
                         GError     **error)
{
  sqlite3_stmt *stmt;
  int rc;

  stmt = side_db_prepare (self, "SELECT DISTINCT call FROM documents WHERE kind = 'review' AND call IS NOT NULL "
                                "AND json_valid (body) AND json_extract (body, '$.script') = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, script, -1, SQLITE_TRANSIENT);
  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (calls, g_strdup (side_db_column_text (stmt, 0)));
  return rc == SQLITE_DONE;
}
