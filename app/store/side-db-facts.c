/* side-db-facts.c - what finished reviews come to, in columns
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two tables derived from reviews, the script versions they name and the calls
 * they are about, so that an operator's page never reads JSON. Whoever writes
 * one of the three calls the function for it here, in the same transaction;
 * the order in which they come does not matter.
 */
#include "side-db.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "side-review.h"
#include "side-score.h"
#include "side-wire.h"

/* A call counts once for each script and kind of selection: by its newest
 * review. What fell to a random review and what was chosen are never mixed. */
static gboolean
recount (SideDb      *self,
         const char  *about,
         GError     **error)
{
  return side_db_run (self, error,
                      "UPDATE review_facts AS f SET counts = countable AND NOT EXISTS "
                      "(SELECT 1 FROM review_facts AS o WHERE o.about = f.about AND o.script = f.script "
                      "AND (o.selection = ?2) = (f.selection = ?2) AND o.countable "
                      "AND (o.finished_ms > f.finished_ms OR (o.finished_ms = f.finished_ms AND o.n > f.n))) WHERE about = ?1",
                      "ti", about, (gint64) SIDE_SELECTION_RANDOM);
}

/**
 * side_db_facts_of_call:
 * @self: the database, in a transaction
 * @id: id of a call that was written
 * @error: (out): the error
 *
 * Its reviews may have come before it, and its operator may be known only now.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_facts_of_call (SideDb      *self,
                       const char  *id,
                       GError     **error)
{
  return side_db_run (self, error,
                      "UPDATE review_facts SET (call, operator, queue, test, joined_ms) = "
                      "(SELECT n, operator, queue, test, joined_ms FROM calls WHERE id = ?1) "
                      "WHERE about = ?1 AND EXISTS (SELECT 1 FROM calls WHERE id = ?1)", "t", id);
}

static gboolean
drop_facts (SideDb  *self,
            gint64   n,
            GError **error)
{
  return side_db_run (self, error, "DELETE FROM answer_facts WHERE review = ?1", "i", n)
         && side_db_run (self, error, "DELETE FROM review_facts WHERE n = ?1", "i", n);
}

/**
 * side_db_forget_facts:
 * @self: the database, in a transaction
 * @call: id of a call whose reviews are about to go
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_forget_facts (SideDb      *self,
                      const char  *call,
                      GError     **error)
{
  return side_db_run (self, error, "DELETE FROM answer_facts WHERE review IN (SELECT n FROM review_facts WHERE about = ?1)", "t", call)
         && side_db_run (self, error, "DELETE FROM review_facts WHERE about = ?1", "t", call);
}

static gboolean
put_answers (SideDb            *self,
             gint64             n,
             const SideScript  *script,
             const SideReview  *review,
             GError           **error)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint j = 0; j < section->criteria->len; j++)
        {
          const SideCriterion *criterion = section->criteria->pdata[j];
          const SideAnswer *answer = side_review_find_answer (review, criterion->id);
          gint64 name;

          if (answer == NULL || answer->value < 0 || !side_score_applies (script, review, criterion))
            continue;
          name = side_db_name_number (self, criterion->id, error);
          if (name < 0
              || !side_db_run (self, error, "INSERT OR REPLACE INTO answer_facts (review, criterion, value, cause, position_ms, to_ms, bonus) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iidiiii", n, name, MIN (answer->value, 1.0),
                               (gint64) answer->cause, answer->position_ms, answer->to_ms, (gint64) criterion->bonus))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
put_review (SideDb            *self,
            gint64             n,
            const SideReview  *review,
            const SideScore   *score,
            GError           **error)
{
  gint64 project = side_db_name_number (self, review->project, error);
  gint64 script = project < 0 ? -1 : side_db_name_number (self, review->script, error);
  gint64 reviewer = script < 0 ? -1 : side_db_name_number (self, review->reviewer, error);
  gboolean known = !isnan (score->score);
  sqlite3_stmt *stmt;

  if (project < 0 || script < 0 || reviewer < 0)
    return FALSE;
  stmt = side_db_prepare (self, "INSERT INTO review_facts (n, about, project, test, joined_ms, finished_ms, script, version, "
                          "selection, revision, score, would_be, critical, countable, counts, reviewer) "
                          "VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  sqlite3_bind_text (stmt, 2, review->call, -1, SQLITE_TRANSIENT);
  if (project > 0)
    sqlite3_bind_int64 (stmt, 3, project);
  sqlite3_bind_int64 (stmt, 4, review->finished_ms);
  sqlite3_bind_int64 (stmt, 5, script);
  sqlite3_bind_int (stmt, 6, review->script_version);
  sqlite3_bind_int (stmt, 7, side_review_get_counted (review));
  sqlite3_bind_int (stmt, 8, review->revision);
  if (known)
    sqlite3_bind_double (stmt, 9, score->score);
  if (!isnan (score->would_be))
    sqlite3_bind_double (stmt, 10, score->would_be);
  sqlite3_bind_int (stmt, 11, score->critical_failed);
  sqlite3_bind_int (stmt, 12, known && side_review_counts (review));
  if (reviewer > 0)
    sqlite3_bind_int64 (stmt, 13, reviewer);
  return side_db_step_done (self, stmt, error);
}

static gboolean
derive (SideDb      *self,
        gint64       n,
        const char  *body,
        GError     **error)
{
  g_autoptr (SideReview) written = body != NULL ? side_wire_review_from_json (body, -1, NULL) : NULL;
  g_autoptr (SideReview) review = written != NULL ? side_review_dup_sealed (written) : NULL;
  g_autoptr (SideScript) script = NULL;
  g_autoptr (GError) failure = NULL;
  SideScore score = { .score = NAN, .would_be = NAN };

  if (!drop_facts (self, n, error))
    return FALSE;
  if (review == NULL)
    return TRUE;
  script = side_db_get_script (self, review->script, review->script_version, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (script != NULL)
    side_score_compute (script, review, &score);
  if (!put_review (self, n, review, &score, error)
      || (script != NULL && !put_answers (self, n, script, review, error)))
    return FALSE;
  return review->call == NULL
         || (side_db_facts_of_call (self, review->call, error) && recount (self, review->call, error));
}

/* Which call the facts of a review were about until now. */
static char *
get_about (SideDb  *self,
           gint64   n,
           GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT about FROM review_facts WHERE n = ?1", error);
  char *about;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, n);
  if (side_db_step (self, stmt, error) != SQLITE_ROW)
    return NULL;
  about = g_strdup (side_db_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return about;
}

/**
 * side_db_facts_of_review:
 * @self: the database, in a transaction
 * @document: a review that was written, or marked deleted
 * @error: (out): the error
 *
 * Returns: %TRUE on success, also when there is nothing to count in it
 */
gboolean
side_db_facts_of_review (SideDb              *self,
                         const SideDocument  *document,
                         GError             **error)
{
  g_autofree char *about = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 n = 0;

  if (!side_db_get_int (self, &n, error, "SELECT n FROM documents WHERE kind = 'review' AND id = ?1", "t", document->id))
    return FALSE;
  about = get_about (self, n, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return derive (self, n, document->deleted ? NULL : document->body, error)
         && (about == NULL || recount (self, about, error));
}

static gboolean
derive_all (SideDb        *self,
            const GArray  *reviews,
            GError       **error)
{
  for (guint i = 0; i < reviews->len; i++)
    {
      gint64 n = g_array_index (reviews, gint64, i);
      sqlite3_stmt *stmt = side_db_prepare (self, "SELECT body FROM documents WHERE n = ?1", error);
      g_autofree char *body = NULL;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, n);
      if (side_db_step (self, stmt, error) == SQLITE_ROW)
        {
          body = g_strdup (side_db_column_text (stmt, 0));
          sqlite3_reset (stmt);
        }
      if (!derive (self, n, body, error))
        return FALSE;
    }
  return TRUE;
}

static GArray *
collect (SideDb        *self,
         sqlite3_stmt  *stmt,
         GError       **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  int rc;

  while ((rc = side_db_step (self, stmt, error)) == SQLITE_ROW)
    {
      gint64 n = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (found, n);
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&found) : NULL;
}

static JsonNode *
get_member (JsonNode   *body,
            const char *name)
{
  return body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_object_get_member (json_node_get_object (body), name) : NULL;
}

static gboolean
same_member (JsonNode   *a,
             JsonNode   *b,
             const char *name)
{
  JsonNode *left = get_member (a, name);
  JsonNode *right = get_member (b, name);

  return left == right || (left != NULL && right != NULL && json_node_equal (left, right));
}

/**
 * side_db_knows_form:
 * @self: the database
 * @script: a version of a script that is about to be kept
 * @body: its text
 * @known: (out): whether that version is here and scores as @body does: then
 *   nothing has to be counted anew
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_knows_form (SideDb            *self,
                    const SideScript  *script,
                    const char        *body,
                    gboolean          *known,
                    GError           **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT body FROM script_versions WHERE script = ?1 AND version = ?2", error);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  int rc;

  *known = FALSE;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, script->id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, script->version);
  rc = side_db_step (self, stmt, error);
  if (rc == SQLITE_ROW)
    {
      before = json_from_string (side_db_column_text (stmt, 0), NULL);
      sqlite3_reset (stmt);
      after = json_from_string (body, NULL);
      *known = before != NULL && after != NULL && same_member (before, after, "sections")
               && same_member (before, after, "above_100");
    }
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/**
 * side_db_facts_of_script:
 * @self: the database, in a transaction
 * @script: a script's id
 * @version: a version of it that was kept: it came late, or is another than before
 * @error: (out): the error
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_facts_of_script (SideDb      *self,
                         const char  *script,
                         int          version,
                         GError     **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT n FROM review_facts WHERE script = (SELECT n FROM names WHERE text = ?1) "
                                        "AND version = ?2", error);
  g_autoptr (GArray) reviews = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, script, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 2, version);
  reviews = collect (self, stmt, error);
  return reviews != NULL && derive_all (self, reviews, error);
}

/**
 * side_db_facts_of_all:
 * @self: the database, in a transaction
 * @error: (out): the error
 *
 * Derives the facts of all reviews anew: when a cache has just got the tables.
 *
 * Returns: %TRUE on success
 */
gboolean
side_db_facts_of_all (SideDb  *self,
                      GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (self, "SELECT n FROM documents WHERE kind = 'review' AND deleted = 0", error);
  g_autoptr (GArray) reviews = stmt != NULL ? collect (self, stmt, error) : NULL;

  return reviews != NULL && side_db_script (self, "DELETE FROM answer_facts; DELETE FROM review_facts", error)
         && derive_all (self, reviews, error);
}
