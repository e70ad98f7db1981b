/* side-sqlite-claims.c - which of the call centre's calls are test calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A test call is taken out of every figure, and so somebody may want any call to
 * be one. A header that came with a call proves it, for the id was nobody's but
 * the caller's before: it is believed when there is a test call of that id in the
 * same project, that is over, to that number, at that time. Without one, staff are
 * believed, and others about callers whom the configuration names. What follows
 * is not remembered but judged anew from all that is known, in whatever order it
 * came and whatever was deleted since.
 */
#include "side-sqlite-private.h"

#include "side-test-verdict.h"
#include "side-users.h"

#define MOST_CLAIMS 1000   /* legs of one test call; a header that is sent for ever costs no more */

/* side_sqlite_write_claim:
 * @item: words: the test call, the leg, the project; at_ms */
gboolean
side_sqlite_write_claim (sqlite3                *db,
                         const SideArchiveItem  *item,
                         GError                **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "INSERT OR IGNORE INTO test_claim (test, call, project, at_ms) SELECT ?1, ?2, ?3, ?4 "
                               "WHERE (SELECT count(*) FROM test_claim WHERE test = ?1) < " G_STRINGIFY (MOST_CLAIMS), error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < 3; i++)
    side_sqlite_bind_text (statement, i + 1, item->words[i]);
  sqlite3_bind_int64 (statement, 4, item->at_ms);
  return side_sqlite_run (statement, error);
}

/* side_sqlite_is_claimed:
 *
 * Returns: whether the header of the test call came with that leg; %FALSE where
 *   that could not be found out */
gboolean
side_sqlite_is_claimed (sqlite3    *db,
                        const char *test,
                        const char *call)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, "SELECT 1 FROM test_claim WHERE test = ?1 AND call = ?2", NULL);

  if (statement == NULL || test == NULL || call == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, test);
  side_sqlite_bind_text (statement, 2, call);
  return side_sqlite_step (statement, NULL) == 1;
}

/* Ids in the first column, in their order. */
static GPtrArray *
read_ids (sqlite3_stmt  *statement,
          GError       **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  int result = statement != NULL ? 1 : -1;

  while (result == 1 && (result = side_sqlite_step (statement, error)) == 1)
    g_ptr_array_add (ids, side_sqlite_column_text (statement, 0));
  return result == 0 ? g_steal_pointer (&ids) : NULL;
}

static GPtrArray *
find_claims (sqlite3     *db,
             const char  *test,
             GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, "SELECT call FROM test_claim WHERE test = ? ORDER BY at_ms, call", error);

  if (statement != NULL)
    side_sqlite_bind_text (statement, 1, test);
  return read_ids (statement, error);
}

/* ---- what a test call says of a call ---- */

/* Roles that answer for the figures themselves. */
static gboolean
is_staff (sqlite3    *db,
          const char *author)
{
  g_autoptr (SideAccount) account = author != NULL ? side_sqlite_find_account (db, author, NULL) : NULL;

  return account != NULL && (account->role == SIDE_ROLE_SUPERVISOR || account->role == SIDE_ROLE_TRAINER);
}

static gboolean
is_named_caller (GPtrArray      *projects,
                 const SideCall *call)
{
  for (guint i = 0; projects != NULL && i < projects->len; i++)
    {
      const SideProject *project = projects->pdata[i];

      for (gsize k = 0; g_strcmp0 (project->id, call->project) == 0 && project->test_callers != NULL && project->test_callers[k] != NULL; k++)
        if (side_test_call_same_number (project->test_callers[k], call->caller))
          return TRUE;
    }
  return FALSE;
}

static gboolean
says (sqlite3            *db,
      const SideDocument *document,
      const SideCall     *call,
      GPtrArray          *projects)
{
  g_autoptr (SideTestCall) test = document->body != NULL ? side_wire_test_call_from_json (document->body, -1, NULL) : NULL;

  /* While it goes on nobody is told: least of all who is talking. */
  if (test == NULL || test->ended_ms == 0 || g_strcmp0 (document->project, call->project) != 0 || !side_test_call_may_be (test, call))
    return FALSE;
  if (side_sqlite_is_claimed (db, document->id, call->id))
    return test->call == NULL ? test->match != SIDE_TEST_MATCH_HAND : side_sqlite_is_claimed (db, document->id, test->call);
  return g_strcmp0 (test->call, call->id) == 0 && (is_staff (db, document->author) || is_named_caller (projects, call));
}

/* All test calls that have to do with this one. */
static GPtrArray *
find_tests (sqlite3     *db,
            const char  *call,
            GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT id FROM document WHERE call = ?1 AND kind = 'test-call' "
                               "UNION SELECT test FROM test_claim WHERE call = ?1", error);

  if (statement != NULL)
    side_sqlite_bind_text (statement, 1, call);
  return read_ids (statement, error);
}

static gboolean
is_test (sqlite3         *db,
         const SideCall  *call,
         GPtrArray       *projects,
         gboolean        *test,
         GError         **error)
{
  g_autoptr (GPtrArray) tests = find_tests (db, call->id, error);

  *test = FALSE;
  for (guint i = 0; tests != NULL && i < tests->len && !*test; i++)
    {
      g_autoptr (SideDocument) document = side_sqlite_load_document (db, "test-call", tests->pdata[i], NULL);

      *test = document != NULL && says (db, document, call, projects);
    }
  return tests != NULL;
}

/* side_sqlite_judge_tests: see side_archive_store_judge_tests() */
GPtrArray *
side_sqlite_judge_tests (sqlite3            *db,
                         const char         *test,
                         const char *const  *calls,
                         GPtrArray          *projects,
                         GError            **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GPtrArray) ids = find_claims (db, test, error);

  if (ids == NULL)
    return NULL;
  for (gsize i = 0; calls[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (ids, calls[i], g_str_equal, NULL))
      g_ptr_array_add (ids, g_strdup (calls[i]));
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (SideCall) call = side_sqlite_load_call (db, ids->pdata[i], NULL);
      gboolean now;

      if (call == NULL)
        continue;
      if (!is_test (db, call, projects, &now, error))
        return NULL;
      if (!now == !call->test)
        continue;
      call->test = now;
      g_ptr_array_add (changed, g_steal_pointer (&call));
    }
  return g_steal_pointer (&changed);
}

/* The call centre's own call names its operator: a client who did not make the test call is not led to it. */
static gboolean
may_know_calls (const SideScope    *scope,
                const SideDocument *document,
                const SideTestCall *made)
{
  return !scope->client || made->names_shown || (scope->user != NULL && g_strcmp0 (document->author, scope->user) == 0);
}

/* side_sqlite_find_claimed: see side_archive_store_find_claimed() */
char **
side_sqlite_find_claimed (sqlite3          *db,
                          const char       *test,
                          const SideScope  *scope,
                          GError          **error)
{
  g_autoptr (SideDocument) document = side_sqlite_get_document (db, "test-call", test, scope, error);
  g_autoptr (SideTestCall) made = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  if (document == NULL)
    return NULL;
  made = document->body != NULL ? side_wire_test_call_from_json (document->body, -1, NULL) : NULL;
  if (made != NULL && !may_know_calls (scope, document, made))
    return g_strv_builder_end (found);
  ids = find_claims (db, test, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; made != NULL && made->ended_ms != 0 && i < ids->len; i++)
    {
      g_autoptr (SideCall) call = side_sqlite_load_call (db, ids->pdata[i], NULL);

      if (call != NULL && g_strcmp0 (call->project, document->project) == 0 && side_test_call_may_be (made, call))
        g_strv_builder_add (found, call->id);
    }
  return g_strv_builder_end (found);
}
