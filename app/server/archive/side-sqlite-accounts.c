/* side-sqlite-accounts.c - who signs in, as the archive has it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looked up anew for every request, so that what "sidetonectl server user"
 * does holds at once. side-users.c writes them.
 */
#include "side-sqlite-private.h"

#include "side-error.h"

static gboolean
read_projects (sqlite3      *db,
               SideAccount  *account,
               GError      **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT project FROM account_project WHERE account = ? ORDER BY project", error);
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func (g_free);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account->id);
  while ((result = side_sqlite_step (statement, error)) == 1)
    g_ptr_array_add (projects, side_sqlite_column_text (statement, 0));
  g_ptr_array_add (projects, NULL);
  g_strfreev (account->projects);
  account->projects = (char **) g_ptr_array_free (g_steal_pointer (&projects), FALSE);
  return result == 0;
}

static SideAccount *
read_account (sqlite3       *db,
              sqlite3_stmt  *statement,
              GError       **error)
{
  int result = side_sqlite_step (statement, error);
  g_autoptr (SideAccount) account = NULL;

  if (result == 0)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED, "not signed in, or not any more");
  if (result != 1)
    return NULL;
  account = side_account_new ((const char *) sqlite3_column_text (statement, 1),
                              side_role_from_string ((const char *) sqlite3_column_text (statement, 2)));
  account->id = sqlite3_column_int64 (statement, 0);
  account->password_hash = side_sqlite_column_text (statement, 3);
  account->expires_ms = sqlite3_column_int64 (statement, 4);
  account->operator_id = side_sqlite_column_text (statement, 5);
  return read_projects (db, account, error) ? g_steal_pointer (&account) : NULL;
}

SideAccount *
side_sqlite_find_token (sqlite3       *db,
                        const guint8  *hash,
                        gint64         now_ms,
                        GError       **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT account.id, name, role, NULL, expires_ms, operator FROM token "
                               "JOIN account ON account.id = token.account "
                               "WHERE hash = ? AND token.revoked_ms = 0 AND account.revoked_ms = 0 "
                               "AND (expires_ms = 0 OR expires_ms > ?)", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_blob (statement, 1, hash, SIDE_TOKEN_HASH_BYTES, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, now_ms);
  return read_account (db, statement, error);
}

SideAccount *
side_sqlite_find_account (sqlite3     *db,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT id, name, role, password_hash, 0, operator FROM account WHERE id = (" SIDE_SQLITE_FIND_ACCOUNT ") AND revoked_ms = 0", error);
  g_autofree char *folded = side_account_fold_name (name);

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, name);
  side_sqlite_bind_text (statement, 2, folded);
  return read_account (db, statement, error);
}

/* Without a project this is "IN ()", which is true of nothing. */
static sqlite3_stmt *
prepare_people (sqlite3            *db,
                const char *const  *projects,
                GError            **error)
{
  g_autoptr (GString) sql =
      g_string_new ("SELECT account.id, name, role, project FROM account JOIN account_project ON account = account.id "
                    "WHERE revoked_ms = 0 AND role IN ('supervisor', 'trainer') AND project IN (");
  sqlite3_stmt *statement;

  for (gsize i = 0; projects[i] != NULL; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append (sql, ") ORDER BY name COLLATE BINARY, account.id, project");
  statement = side_sqlite_prepare (db, sql->str, error);
  for (int i = 0; statement != NULL && projects[i] != NULL; i++)
    side_sqlite_bind_text (statement, i + 1, projects[i]);
  return statement;
}

GPtrArray *
side_sqlite_find_people (sqlite3            *db,
                         const char *const  *projects,
                         GError            **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_people (db, projects, error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) side_person_free);
  SidePerson *person = NULL;
  gint64 last = 0;
  int result;

  if (statement == NULL)
    return NULL;
  while ((result = side_sqlite_step (statement, error)) == 1)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      if (person == NULL || id != last)
        {
          person = side_person_new ((const char *) sqlite3_column_text (statement, 1),
                                    side_role_from_string ((const char *) sqlite3_column_text (statement, 2)));
          g_ptr_array_add (people, person);
        }
      last = id;
      g_ptr_array_add (person->projects, side_sqlite_column_text (statement, 3));
    }
  return result == 0 ? g_steal_pointer (&people) : NULL;
}
