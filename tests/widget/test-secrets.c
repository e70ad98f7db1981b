/* test-secrets.c - tokens with and without a Secret Service
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs on a message bus of its own: first with nobody on it, then with
 * gnome-keyring in a folder of its own.
 */
#include <glib/gstdio.h>

#include "side-error.h"
#include "side-secrets.h"
#include "side-test.h"

static gboolean
store (const char  *identity,
       const char  *token,
       GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_secrets_store_async (identity, token, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a token to be kept or refused");
  return side_secrets_store_finish (result, error);
}

static char *
look_up (const char  *identity,
         GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_secrets_lookup_async (identity, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a token to be found or not");
  return side_secrets_lookup_finish (result, error);
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store ("olga https://one", "t0ken", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
  g_assert_null (strstr (error->message, "t0ken"));
  g_clear_error (&error);
  g_assert_null (look_up ("olga https://one", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
}

static gboolean
has_owner (gpointer bus)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                 "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                 G_DBUS_CALL_FLAGS_NONE, 2000, NULL, NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

static void
test_keyring (void)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *home = side_test_tmp_dir ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GBytes) password = g_bytes_new_static ("pw", 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  daemon = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_async (daemon, password, NULL, NULL, NULL);
  side_test_wait_until (has_owner, bus, 20000, "the Secret Service to come up");
  g_assert_true (store ("olga https://one", "t0ken", &error));
  g_assert_no_error (error);
  token = look_up ("olga https://one", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "t0ken");
  g_assert_null (look_up ("boris https://one", &error));
  g_assert_no_error (error);
  side_secrets_forget ("olga https://one");
  side_test_run_for (500);
  g_assert_null (look_up ("olga https://one", &error));
  g_assert_no_error (error);
  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, NULL);
  side_test_rm_rf (home);
}

int
main (int   argc,
      char *argv[])
{
  /* Never released: doing so waits for a connection that libsecret keeps. */
  static GTestDBus *bus;
  int failed;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_test_add_func ("/secrets/none", test_none);
  g_test_add_func ("/secrets/keyring", test_keyring);
  failed = g_test_run ();
  g_test_dbus_stop (bus);
  return failed;
}
