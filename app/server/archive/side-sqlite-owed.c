/* side-sqlite-owed.c - reviews that are kept from who still has a blind one of the call to finish
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plans have calls reviewed by two people, or by one twice, and calibrations
 * by several: to compare what each thinks. Nobody is handed another's review of
 * such a call before their own is finished; then the feed of changes tells of it
 * anew, for they have read past its place.
 */
#include "side-sqlite-private.h"

#include <string.h>

/* So many are asked about one by one. */
#define FEW 4

/* What is owed by whom; the same texts are looked for in many bodies. */
typedef struct {
  sqlite3    *db;
  const char *project;
  const char *user;      /* nullable: anybody */
  const char *call;      /* nullable: any */
  gint64      now_ms;
  GPtrArray  *found;     /* of Owed */
} Search;

typedef struct {
  char *user;
  char *call;
} Owed;

static void
owed_free (gpointer data)
{
  Owed *owed = data;

  g_free (owed->user);
  g_free (owed->call);
  g_free (owed);
}

/* A text that stands in JSON as it is; NULL for one that may not. */
static const char *
plain (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (*at == '"' || *at == '\\' || *at == '/' || (guchar) *at < 0x20 || *at == 0x7f)
      return NULL;
  return text;
}

static GPtrArray *
load_reviews (const Search *search,
              const char   *call,
              const char   *plan,
              GError      **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (search->db, "SELECT body FROM document WHERE call = ?1 AND kind = 'review' AND project = ?2 AND instr (body, ?3)", error);

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, call);
      side_sqlite_bind_text (statement, 2, search->project);
      side_sqlite_bind_text (statement, 3, plan);
    }
  return side_sqlite_read_bodies (statement, (SideSqliteReader) side_wire_review_from_json, (GDestroyNotify) side_review_unref, error);
}

static gboolean
is_asked (const Search *search,
          const char   *user,
          const char   *call)
{
  return (search->user == NULL || g_strcmp0 (search->user, user) == 0) && (search->call == NULL || g_strcmp0 (search->call, call) == 0);
}

static void
add (Search     *search,
     const char *user,
     const char *call)
{
  Owed *owed = g_new (Owed, 1);

  owed->user = g_strdup (user);
  owed->call = g_strdup (call);
  g_ptr_array_add (search->found, owed);
}

/* Whoever took the task over has done it; what was sealed once is done. */
static gboolean
is_done (const SidePlan     *plan,
         const SidePlanTask *task,
         const GPtrArray    *reviews)
{
  for (guint i = 0; i < reviews->len; i++)
    if (side_plan_is_task_of (plan, task, reviews->pdata[i]) && side_review_get_first (reviews->pdata[i], NULL, NULL) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
search_plan (Search          *search,
             const SidePlan  *plan,
             GError         **error)
{
  for (guint i = 0; plan->closed_ms == 0 && i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      g_autoptr (GPtrArray) reviews = NULL;

      if (!is_asked (search, task->reviewer, task->call) || task->from_ms > search->now_ms || !side_plan_is_task_blind (plan, task))
        continue;
      reviews = load_reviews (search, task->call, plan->id, error);
      if (reviews == NULL)
        return FALSE;
      if (!is_done (plan, task, reviews))
        add (search, task->reviewer, task->call);
    }
  return TRUE;
}

static gboolean
search_calibration (Search                 *search,
                    const SideCalibration  *calibration,
                    GError                **error)
{
  for (guint i = 0; calibration->state == SIDE_CALIBRATION_OPEN && i < calibration->calls->len; i++)
    {
      const char *call = calibration->calls->pdata[i];
      g_autoptr (GPtrArray) reviews = NULL;

      if (search->call != NULL && g_strcmp0 (search->call, call) != 0)
        continue;
      reviews = load_reviews (search, call, calibration->id, error);
      if (reviews == NULL)
        return FALSE;
      for (guint k = 0; k < calibration->reviewers->len; k++)
        {
          const char *reviewer = calibration->reviewers->pdata[k];

          if (is_asked (search, reviewer, call) && side_calibration_find_review (calibration, reviews, call, reviewer) == NULL)
            add (search, reviewer, call);
        }
    }
  return TRUE;
}

static gboolean
search_body (Search      *search,
             const char  *kind,
             const char  *body,
             GError     **error)
{
  g_autoptr (SidePlan) plan = NULL;
  g_autoptr (SideCalibration) calibration = NULL;

  if (strcmp (kind, "plan") == 0)
    {
      /* A plan is long, and most have each call reviewed once: those are not read. */
      if (strstr (body, "\"second\"") == NULL && strstr (body, "\"repeat\"") == NULL)
        return TRUE;
      plan = side_wire_plan_from_json (body, -1, NULL);
      return plan == NULL || search_plan (search, plan, error);
    }
  calibration = side_wire_calibration_from_json (body, -1, NULL);
  return calibration == NULL || search_calibration (search, calibration, error);
}

/* What asks for nothing any more, of years, is not read; where it is written
 * otherwise than we write it is, and found to ask for nothing. */
#define ASKS_SQL \
  "CASE kind WHEN 'plan' THEN NOT instr (body, '\"closed_ms\":') OR instr (body, '\"closed_ms\":0') " \
  "ELSE NOT instr (body, '\"state\":\"discussion\"') AND NOT instr (body, '\"state\":\"closed\"') END"

/* In all plans and calibrations of the project that name who and what is looked for. */
static gboolean
search_all (Search  *search,
            GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (search->db, "SELECT kind, body FROM document WHERE kind IN ('plan', 'calibration') AND project = ?1 AND body IS NOT NULL "
                                       "AND (?2 IS NULL OR instr (body, ?2)) AND (?3 IS NULL OR instr (body, ?3)) AND " ASKS_SQL, error);
  int result = statement != NULL ? 1 : -1;

  if (statement == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, search->project);
  side_sqlite_bind_text (statement, 2, plain (search->user));
  side_sqlite_bind_text (statement, 3, plain (search->call));
  while (result == 1 && (result = side_sqlite_step (statement, error)) == 1)
    if (!search_body (search, (const char *) sqlite3_column_text (statement, 0), (const char *) sqlite3_column_text (statement, 1), error))
      result = -1;
  return result == 0;
}

/* ---- what is shown ---- */

/**
 * side_sqlite_owed_clear:
 * @self: what is known of what somebody owes
 */
void
side_sqlite_owed_clear (SideSqliteOwed *self)
{
  g_clear_pointer (&self->calls, g_hash_table_unref);
}

static char *
key_of (const char *project,
        const char *call)
{
  return g_strconcat (project, "\n", call != NULL ? call : "", NULL);
}

/* For a page of the feed all that is owed in a project is found out at once. */
static gboolean
know_project (SideSqliteOwed  *self,
              Search          *search,
              GError         **error)
{
  g_autofree char *known = key_of (search->project, NULL);

  if (self->calls == NULL)
    self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_contains (self->calls, known))
    return TRUE;
  if (!search_all (search, error))
    return FALSE;
  g_hash_table_add (self->calls, g_steal_pointer (&known));
  for (guint i = 0; i < search->found->len; i++)
    g_hash_table_add (self->calls, key_of (search->project, ((const Owed *) search->found->pdata[i])->call));
  return TRUE;
}

/* Whether @user owes a blind review of @call. */
static gboolean
owes (sqlite3         *db,
      SideSqliteOwed  *known,
      const char      *project,
      const char      *user,
      const char      *call,
      gint64           now_ms,
      GError         **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (owed_free);
  Search search = { db, project, user, known == NULL ? call : NULL, now_ms, found };
  g_autofree char *key = key_of (project, call);

  if (known == NULL)
    return !search_all (&search, error) || found->len > 0;
  return !know_project (known, &search, error) || g_hash_table_contains (known->calls, key);
}

/**
 * side_sqlite_is_owed:
 * @db: a connection
 * @known: (nullable): what was found out for the same person before; grows
 * @document: a document
 * @user: (nullable): who asks
 * @error: return location
 *
 * Returns: whether it is a review by others of a call that @user still has to
 *   review blind, or a dispute of one, which tells what was answered; or that
 *   could not be found out
 */
gboolean
side_sqlite_is_owed (sqlite3             *db,
                     SideSqliteOwed      *known,
                     const SideDocument  *document,
                     const char          *user,
                     GError             **error)
{
  gboolean is_review = strcmp (document->kind, "review") == 0;
  g_autoptr (SideReview) review = NULL;

  if (!(is_review || strcmp (document->kind, "dispute") == 0) || document->deleted || document->body == NULL || document->call == NULL || user == NULL
      || !owes (db, known, document->project, user, document->call, g_get_real_time () / 1000, error))
    return FALSE;
  review = is_review ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
  return review == NULL || !side_review_is_of (review, user);
}

/* ---- what is told anew ---- */

/**
 * side_sqlite_find_owed:
 * @db: the writer's connection
 * @document: what is about to be written; any kind
 * @now_ms: the present instant
 *
 * Returns: (transfer full) (nullable): who owes which call by the plan or
 *   calibration that it is, or is made for: perhaps not any more once it is written
 */
GPtrArray *
side_sqlite_find_owed (sqlite3            *db,
                       const SideDocument *document,
                       gint64              now_ms)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (owed_free);
  Search search = { db, document->project, NULL, NULL, now_ms, found };
  g_autoptr (SideReview) review = NULL;
  const char *kinds[] = { "plan", "calibration" };
  const char *id = document->id;

  if (strcmp (document->kind, "review") == 0)
    {
      review = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
      /* A draft leaves what is owed as it is. */
      id = review != NULL && side_review_get_first (review, NULL, NULL) != NULL ? review->plan : NULL;
      search.call = document->call;
    }
  else if (strcmp (document->kind, "plan") != 0 && strcmp (document->kind, "calibration") != 0)
    return NULL;
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SideDocument) asks = review != NULL || strcmp (kinds[i], document->kind) == 0 ? side_sqlite_load_document (db, kinds[i], id, NULL) : NULL;

      if (asks != NULL && asks->body != NULL && g_strcmp0 (asks->project, document->project) == 0)
        search_body (&search, asks->kind, asks->body, NULL);
    }
  return found->len > 0 ? g_steal_pointer (&found) : NULL;
}

/* What each person still owes is found out once, where many calls are asked about. */
static SideSqliteOwed *
known_of (GHashTable *people,
          const char *user)
{
  SideSqliteOwed *known = g_hash_table_lookup (people, user);

  if (known == NULL)
    g_hash_table_insert (people, g_strdup (user), known = g_new0 (SideSqliteOwed, 1));
  return known;
}

static void
known_free (gpointer data)
{
  side_sqlite_owed_clear (data);
  g_free (data);
}

/**
 * side_sqlite_tell_owed:
 * @db: the writer's connection
 * @project: a project
 * @owed: what side_sqlite_find_owed() gave before a document was written
 * @now_ms: the present instant
 * @change: (inout): number of the last change of a document
 * @error: return location
 *
 * Gives the reviews and disputes of the calls that somebody does not owe any more new places
 * in the feed of changes. Their revisions stay.
 *
 * Returns: %TRUE on success
 */
gboolean
side_sqlite_tell_owed (sqlite3          *db,
                       const char       *project,
                       const GPtrArray  *owed,
                       gint64            now_ms,
                       gint64           *change,
                       GError          **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);

  for (guint i = 0; i < owed->len; i++)
    {
      const Owed *one = owed->pdata[i];
      SideSqliteOwed *known = owed->len > FEW ? known_of (people, one->user) : NULL;
      g_autoptr (GError) failure = NULL;
      gboolean still = g_hash_table_contains (told, one->call) || owes (db, known, project, one->user, one->call, now_ms, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (still)
        continue;
      g_hash_table_add (told, one->call);
      if (!side_sqlite_move_reviews (db, "project = ?1 AND call = ?2", project, one->call, change, error))
        return FALSE;
    }
  return TRUE;
}
