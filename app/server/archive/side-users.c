/* side-users.c - who may sign in, for "sidetonectl server user"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-users.h"

#include <string.h>

#include "side-error.h"
#include "side-secrets.h"
#include "side-sqlite-private.h"

#define NAME_MAX_BYTES 64

typedef sqlite3 Database;

static void
database_close (Database *db)
{
  sqlite3_close (db);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Database, database_close)

/**
 * side_user_free:
 * @user: (transfer full): one of side_users_list()
 */
void
side_user_free (SideUser *user)
{
  g_free (user->name);
  g_free (user->operator_id);
  g_strfreev (user->projects);
  g_free (user);
}

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  gboolean ok = *name != '\0' && strlen (name) <= NAME_MAX_BYTES && g_utf8_validate (name, -1, NULL);

  for (const char *p = name; ok && *p != '\0'; p = g_utf8_next_char (p))
    ok = g_unichar_isalnum (g_utf8_get_char (p)) || strchr ("-_.@+ ", *p) != NULL;
  if (!ok)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                 "a user's name has letters, digits, spaces and “-_.@+”, up to %d bytes", NAME_MAX_BYTES);
  return ok;
}

static gboolean
audit (Database    *db,
       const char  *action,
       const char  *name,
       const char  *detail,
       GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "INSERT INTO audit (at_ms, account, action, object, detail) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, now_ms ());
  side_sqlite_bind_text (statement, 2, g_get_user_name ());
  side_sqlite_bind_text (statement, 3, action);
  side_sqlite_bind_text (statement, 4, name);
  side_sqlite_bind_text (statement, 5, detail);
  return side_sqlite_run (statement, error);
}

static gboolean
name_is_taken (Database    *db,
               const char  *name,
               GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT revoked_ms FROM account WHERE id = (" SIDE_SQLITE_FIND_ACCOUNT ")", error);
  g_autofree char *folded = side_account_fold_name (name);
  int result = -1;

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, name);
      side_sqlite_bind_text (statement, 2, folded);
      result = side_sqlite_step (statement, error);
    }
  if (result == 1)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "there is a user “%s” already%s", name,
                 sqlite3_column_int64 (statement, 0) != 0 ? " (revoked); names are not used twice" : "");
  return result != 0;
}

static gboolean
insert_account (Database    *db,
                const char  *name,
                SideRole     role,
                const char  *operator_id,
                const char  *password_hash,
                GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "INSERT INTO account (name, role, password_hash, created_ms, folded, operator) VALUES (?, ?, ?, ?, ?, ?)", error);
  g_autofree char *folded = side_account_fold_name (name);

  if (statement == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, name);
  side_sqlite_bind_text (statement, 2, side_role_to_string (role));
  side_sqlite_bind_text (statement, 3, password_hash);
  sqlite3_bind_int64 (statement, 4, now_ms ());
  side_sqlite_bind_text (statement, 5, folded);
  side_sqlite_bind_text (statement, 6, operator_id);
  return side_sqlite_run (statement, error);
}

static gboolean
insert_projects (Database           *db,
                 gint64              account,
                 const char *const  *projects,
                 GError            **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "INSERT OR IGNORE INTO account_project (account, project) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; projects[i] != NULL; i++)
    {
      sqlite3_bind_int64 (statement, 1, account);
      side_sqlite_bind_text (statement, 2, projects[i]);
      if (!side_sqlite_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_token (Database    *db,
              gint64       account,
              const char  *token,
              GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "INSERT INTO token (hash, account, created_ms, expires_ms) VALUES (?, ?, ?, 0)", error);
  guint8 hash[SIDE_TOKEN_HASH_BYTES];

  if (statement == NULL || !side_token_hash (token, hash))
    return FALSE;
  sqlite3_bind_blob (statement, 1, hash, sizeof hash, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, account);
  sqlite3_bind_int64 (statement, 3, now_ms ());
  return side_sqlite_run (statement, error);
}

static gboolean
finish (Database  *db,
        gboolean   ok,
        GError   **error)
{
  if (ok && side_sqlite_exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* Which operator of the calls that have been @name is; the PBX's word for them
 * may be their name or their id. */
static char *
find_operator (Database    *db,
               const char  *name,
               GError     **error)
{
  g_autoptr (sqlite3_stmt) statement =
      side_sqlite_prepare (db, "SELECT DISTINCT operator FROM call WHERE operator = ?1 OR (operator_name = ?1 AND operator IS NOT NULL) "
                               "ORDER BY operator LIMIT 9", error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  int result = -1;

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, name);
  while ((result = side_sqlite_step (statement, error)) == 1)
    g_ptr_array_add (found, side_sqlite_column_text (statement, 0));
  if (result < 0)
    return NULL;
  if (found->len == 1)
    return g_strdup (g_ptr_array_index (found, 0));
  g_ptr_array_add (found, NULL);
  list = g_strjoinv (", ", (char **) found->pdata);
  if (found->len == 1)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND,
                 "no call was answered by “%s”: say the operator's name or id as the calls have it, once they have answered one", name);
  else
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "several operators are called “%s”; say which by id: %s", name, list);
  return NULL;
}

/* Only operators are one, and they must be. */
static gboolean
check_role (SideRole     role,
            const char  *operator_name,
            GError     **error)
{
  if (role == SIDE_ROLE_NONE)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the role is one of supervisor, client, trainer, operator");
  else if ((role == SIDE_ROLE_OPERATOR) != (operator_name != NULL))
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "which operator they are is said of the role operator, and of no other");
  else
    return TRUE;
  return FALSE;
}

/**
 * side_users_add:
 * @database: the archive's file, made when it is not there
 * @name: the new user's name; names differ in more than case
 * @role: what they are
 * @operator_name: (nullable): for the role operator, and no other, which of
 *   those who answered calls they are, by name or id
 * @projects: (array zero-terminated=1): ids of the projects they may see;
 *   empty for none
 * @password: (nullable): to sign in with; without one only the token works
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a token without end, which is kept
 *   nowhere and cannot be shown again; %NULL with SIDE_ERROR_EXISTS, INVALID,
 *   NOT_FOUND for no such operator, or what side_sqlite_store_new() fails with
 */
char *
side_users_add (const char         *database,
                const char         *name,
                SideRole            role,
                const char         *operator_name,
                const char *const  *projects,
                const char         *password,
                GError            **error)
{
  g_autoptr (Database) db = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *operator_id = NULL;
  g_autofree char *granted = NULL;
  g_autofree char *token = NULL;
  gboolean ok;

  g_return_val_if_fail (database != NULL && name != NULL && projects != NULL, NULL);

  if (!check_name (name, error) || !check_role (role, operator_name, error))
    return NULL;
  if (password != NULL && (hash = side_password_hash (password, error)) == NULL)
    return NULL;
  db = side_sqlite_open (database, TRUE, error);
  if (db == NULL || !side_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  token = side_token_new ();
  granted = g_strjoinv (" ", (char **) projects);
  if (operator_name != NULL)
    operator_id = find_operator (db, operator_name, error);
  ok = (operator_name == NULL || operator_id != NULL) && !name_is_taken (db, name, error)
       && insert_account (db, name, role, operator_id, hash, error);
  if (ok)
    {
      gint64 account = sqlite3_last_insert_rowid (db);

      ok = insert_projects (db, account, projects, error) && insert_token (db, account, token, error)
           && audit (db, "user.add", name, granted, error);
    }
  return finish (db, ok, error) ? g_steal_pointer (&token) : NULL;
}

static gint64
find_or_insert (Database    *db,
                const char  *name,
                SideRole     role,
                GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, SIDE_SQLITE_FIND_ACCOUNT, error);
  g_autofree char *folded = side_account_fold_name (name);
  int result = -1;

  if (statement != NULL)
    {
      side_sqlite_bind_text (statement, 1, name);
      side_sqlite_bind_text (statement, 2, folded);
      result = side_sqlite_step (statement, error);
    }
  if (result == 1)
    return sqlite3_column_int64 (statement, 0);
  if (result == 0 && insert_account (db, name, role, NULL, NULL, error))
    return sqlite3_last_insert_rowid (db);
  return -1;
}

/* Whatever the account was granted before is taken away. */
static gboolean
clear_account (Database  *db,
               gint64     account,
               SideRole   role,
               GError   **error)
{
  g_autofree char *sql = g_strdup_printf (
    "UPDATE account SET role = '%s', operator = NULL, password_hash = NULL, revoked_ms = 0 WHERE id = %" G_GINT64_FORMAT ";"
    "DELETE FROM account_project WHERE account = %" G_GINT64_FORMAT ";"
    "DELETE FROM token WHERE account = %" G_GINT64_FORMAT ";",
    side_role_to_string (role), account, account, account);

  return side_sqlite_exec (db, sql, error);
}

/**
 * side_users_renew:
 * @database: the archive's file, made when it is not there
 * @name: a user of the program itself, such as the demo's
 * @role: what they are
 * @projects: (array zero-terminated=1): ids of the projects they may see
 * @error: return location
 *
 * Makes the user or makes it new; tokens it had before end.
 *
 * Returns: (transfer full) (nullable): the only token
 */
char *
side_users_renew (const char         *database,
                  const char         *name,
                  SideRole            role,
                  const char *const  *projects,
                  GError            **error)
{
  g_autoptr (Database) db = side_sqlite_open (database, TRUE, error);
  g_autofree char *token = NULL;
  gint64 account;
  gboolean ok;

  if (db == NULL || !side_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  token = side_token_new ();
  account = find_or_insert (db, name, role, error);
  ok = account > 0 && clear_account (db, account, role, error)
       && insert_projects (db, account, projects, error) && insert_token (db, account, token, error)
       && audit (db, "user.renew", name, NULL, error);
  return finish (db, ok, error) ? g_steal_pointer (&token) : NULL;
}

static SideUser *
read_user (sqlite3_stmt *statement)
{
  SideUser *user = g_new0 (SideUser, 1);
  const char *projects = (const char *) sqlite3_column_text (statement, 4);

  user->name = side_sqlite_column_text (statement, 0);
  user->role = side_role_from_string ((const char *) sqlite3_column_text (statement, 1));
  user->has_password = sqlite3_column_int (statement, 2) != 0;
  user->n_tokens = sqlite3_column_int (statement, 3);
  user->projects = projects != NULL ? g_strsplit (projects, "\n", -1) : g_new0 (char *, 1);
  user->created_ms = sqlite3_column_int64 (statement, 5);
  user->revoked_ms = sqlite3_column_int64 (statement, 6);
  user->operator_id = side_sqlite_column_text (statement, 7);
  return user;
}

/**
 * side_users_list:
 * @database: the archive's file
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type SideUser): all users,
 *   revoked ones too, by name
 */
GPtrArray *
side_users_list (const char  *database,
                 GError     **error)
{
  g_autoptr (Database) db = side_sqlite_open (database, FALSE, error);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) side_user_free);
  int result = -1;

  if (db != NULL)
    statement = side_sqlite_prepare (db,
      "SELECT name, role, password_hash IS NOT NULL, "
      "(SELECT count(*) FROM token WHERE account = account.id AND token.revoked_ms = 0 AND (expires_ms = 0 OR expires_ms > ?)), "
      "(SELECT group_concat(project, char(10)) FROM account_project WHERE account = account.id), "
      "created_ms, revoked_ms, operator FROM account ORDER BY name", error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, now_ms ());
      while ((result = side_sqlite_step (statement, error)) == 1)
        g_ptr_array_add (users, read_user (statement));
    }
  g_clear_pointer (&statement, sqlite3_finalize);
  return result == 0 ? g_steal_pointer (&users) : NULL;
}

static gboolean
revoke_with (Database    *db,
             const char  *sql,
             const char  *name,
             GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (db, sql, error);
  g_autofree char *folded = side_account_fold_name (name);

  if (statement == NULL)
    return FALSE;
  side_sqlite_bind_text (statement, 1, name);
  side_sqlite_bind_text (statement, 2, folded);
  sqlite3_bind_int64 (statement, 3, now_ms ());
  return side_sqlite_run (statement, error);
}

/**
 * side_users_revoke:
 * @database: the archive's file
 * @name: the user's name
 * @error: return location
 *
 * Ends all their tokens and live streams, and they cannot sign in again. What
 * they wrote stays.
 *
 * Returns: whether it is done; SIDE_ERROR_NOT_FOUND for no such user
 */
gboolean
side_users_revoke (const char  *database,
                   const char  *name,
                   GError     **error)
{
  g_autoptr (Database) db = side_sqlite_open (database, FALSE, error);
  gboolean ok;

  if (db == NULL || !side_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  ok = revoke_with (db, "UPDATE account SET revoked_ms = ?3 WHERE id = (" SIDE_SQLITE_FIND_ACCOUNT ") AND revoked_ms = 0", name, error);
  if (ok && sqlite3_changes (db) == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no user “%s” that could be revoked", name);
      ok = FALSE;
    }
  ok = ok
       && revoke_with (db, "UPDATE token SET revoked_ms = ?3 WHERE revoked_ms = 0 "
                           "AND account = (" SIDE_SQLITE_FIND_ACCOUNT ")", name, error)
       && audit (db, "user.revoke", name, NULL, error);
  return finish (db, ok, error);
}
