/* test-users.c - users' names: one person has one, in every alphabet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>
#include <string.h>

#include "side-error.h"
#include "side-sqlite-store.h"
#include "side-test.h"
#include "side-users.h"

static const char *const tea[] = { "tea", NULL };

static char *
add (const char *path,
     const char *name)
{
  g_autoptr (GError) error = NULL;
  char *token = side_users_add (path, name, SIDE_ROLE_CLIENT, NULL, tea, NULL, &error);

  g_test_message ("%s: %s", name, error != NULL ? error->message : "added");
  return token;
}

static char *
find (const char *path,
      const char *name)
{
  g_autoptr (SideArchiveStore) store = side_sqlite_store_new (path, NULL);
  g_autoptr (SideAccount) account = side_archive_store_find_account (store, name, NULL);

  return account != NULL ? g_strdup (account->name) : NULL;
}

static void
assert_found (const char *path,
              const char *name,
              const char *wanted)
{
  g_autofree char *found = find (path, name);

  g_assert_cmpstr (found, ==, wanted);
}

static void
test_case (void)
{
  static const char *const alike[][2] = {
    { "anna", "ANNA" },
    { "Иван", "иван" },
    { "Ёлка", "ёЛКА" },
    { "Straße", "STRASSE" },
    { "Ολγας", "ΟΛΓΑΣ" },
  };
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *first = add (path, alike[i][0]);
      g_autofree char *second = add (path, alike[i][1]);

      g_assert_nonnull (first);
      g_assert_null (second);
      assert_found (path, alike[i][1], alike[i][0]);
    }
  g_assert_true (side_users_revoke (path, "ИВАН", NULL));
  assert_found (path, "Иван", NULL);
  assert_found (path, "Йван", NULL);
  side_test_rm_rf (dir);
}

/* Makes an archive that an older server left. */
static void
thaw (const char *path,
      const char *name)
{
  g_autofree char *file = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "unit", name, NULL);
  g_autofree char *sql = NULL;
  sqlite3 *db = NULL;

  g_assert_true (g_file_get_contents (file, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* An archive of the first version, in which an older server let both in. */
static void
test_migrated (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autofree char *third = NULL;
  g_autoptr (GPtrArray) users = NULL;
  sqlite3 *db = NULL;

  thaw (path, "test-archive-v1.sql");
  /* the one that is not revoked has the name, the other is found by its exact one */
  assert_found (path, "ИВАН", "иван");
  assert_found (path, "иван", "иван");
  assert_found (path, "Пётр", "Пётр");
  assert_found (path, "пётр", "пётр");
  assert_found (path, "ПЁТР", "Пётр");
  assert_found (path, "ANNA", "anna");
  third = add (path, "ПЁТР");
  g_assert_null (third);
  users = side_users_list (path, NULL);
  g_assert_cmpuint (users->len, ==, 5);
  g_assert_true (side_users_revoke (path, "пётр", NULL));
  assert_found (path, "Пётр", "Пётр");
  assert_found (path, "пётр", NULL);
  /* once is enough, and others can read the file */
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT count(*) FROM account WHERE folded = 'anna'; PRAGMA integrity_check", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  side_test_rm_rf (dir);
}

static void
assert_refused (const char *path,
                SideRole    role,
                const char *operator_name,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (side_users_add (path, "vera", role, operator_name, tea, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, SIDE_ERROR, code);
}

/* An archive of version 2, in which nobody was an operator. */
static void
test_operators (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autofree char *token = NULL;
  g_autofree char *by_id = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;
  const SideUser *user;

  thaw (path, "test-archive-v2.sql");
  assert_found (path, "anna", "anna");
  assert_refused (path, SIDE_ROLE_OPERATOR, NULL, SIDE_ERROR_INVALID);
  assert_refused (path, SIDE_ROLE_SUPERVISOR, "Вера", SIDE_ERROR_INVALID);
  assert_refused (path, SIDE_ROLE_OPERATOR, "Nobody", SIDE_ERROR_NOT_FOUND);
  assert_refused (path, SIDE_ROLE_OPERATOR, "Ольга", SIDE_ERROR_INVALID);    /* two are called so */
  token = side_users_add (path, "vera", SIDE_ROLE_OPERATOR, "Вера", tea, NULL, &error);
  g_assert_no_error (error);
  by_id = side_users_add (path, "olga", SIDE_ROLE_OPERATOR, "op-3", tea, NULL, &error);
  g_assert_no_error (error);
  users = side_users_list (path, NULL);
  g_assert_cmpuint (users->len, ==, 5);
  user = g_ptr_array_index (users, 2);
  g_assert_cmpstr (user->name, ==, "vera");
  g_assert_cmpint (user->role, ==, SIDE_ROLE_OPERATOR);
  g_assert_cmpstr (user->operator_id, ==, "op-1");
  user = g_ptr_array_index (users, 0);
  g_assert_null (user->operator_id);
  side_test_rm_rf (dir);
}

/* To look at them, nobody waits for a server that writes. */
static void
test_list_while_written (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autofree char *token = add (path, "anna");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;
  sqlite3 *other = NULL;

  g_assert_nonnull (token);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  users = side_users_list (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (users->len, ==, 1);
  sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (other);
  side_test_rm_rf (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/users/case", test_case);
  g_test_add_func ("/users/migrated", test_migrated);
  g_test_add_func ("/users/operators", test_operators);
  g_test_add_func ("/users/list-while-written", test_list_while_written);
  return g_test_run ();
}
