/* test-demo-server.c - the child process of the demonstration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child here is a small shell script, so that each way a server can
 * behave is met: ready, chatty, dying early, dying late.
 */
#include <glib/gstdio.h>
#include <signal.h>

#include "side-demo-server.h"
#include "side-error.h"
#include "side-test.h"

static char *
write_script (const char *folder,
              const char *body)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);
  char *path = g_build_filename (folder, "server.sh", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static void
stopped_cb (SideDemoServer *server,
            const GError   *why,
            GError        **slot)
{
  *slot = g_error_copy (why);
}

static gboolean
is_set (gpointer slot)
{
  return *(gpointer *) slot != NULL;
}

static gboolean
start (SideDemoServer  *server,
       GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_demo_server_start_async (server, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the server to start or fail");
  return side_demo_server_start_finish (server, result, error);
}

static void
test_ready_then_dies (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *script = write_script (folder,
                                          "echo 'making a month of calls'\n"
                                          "echo '{\"url\":\"http://127.0.0.1:4711\",\"token\":\"t0ken\"}'\n"
                                          "echo \"$@\" > \"$(dirname \"$0\")/arguments\"\n"
                                          "sleep 0.3; exit 3");
  g_autoptr (SideDemoServer) server = side_demo_server_new (script, folder);
  g_autofree char *noted = g_build_filename (folder, "arguments", NULL);
  g_autofree char *arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) why = NULL;

  g_signal_connect (server, "stopped", G_CALLBACK (stopped_cb), &why);
  g_assert_true (start (server, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (side_demo_server_get_url (server), ==, "http://127.0.0.1:4711");
  g_assert_cmpstr (side_demo_server_get_token (server), ==, "t0ken");
  side_test_wait_until (is_set, &why, 5000, "the end of the server to be told");
  g_assert_error (why, SIDE_ERROR, SIDE_ERROR_FAILED);
  g_assert_nonnull (strstr (why->message, "code 3"));
  g_assert_true (g_file_get_contents (noted, &arguments, NULL, NULL));
  g_assert_nonnull (strstr (arguments, "--simulate --print-ready --exit-with-parent --listen 127.0.0.1:0 --data"));
  side_test_rm_rf (folder);
}

static void
test_dies_early (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *script = write_script (folder, "exit 4");
  g_autoptr (SideDemoServer) server = side_demo_server_new (script, folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (start (server, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  side_test_rm_rf (folder);
}

static void
test_stop_tells_nobody (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *script = write_script (folder,
                                          "echo '{\"url\":\"http://127.0.0.1:1\",\"token\":\"t\"}'\n"
                                          "exec sleep 30");
  SideDemoServer *server = side_demo_server_new (script, folder);
  gpointer alive = server;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) why = NULL;

  g_signal_connect (server, "stopped", G_CALLBACK (stopped_cb), &why);
  g_object_add_weak_pointer (G_OBJECT (server), &alive);
  g_assert_true (start (server, &error));
  side_demo_server_stop (server);
  g_object_unref (server);
  for (int i = 0; i < 100 && alive != NULL; i++)
    side_test_run_for (20);
  g_assert_null (alive);
  g_assert_no_error (why);
  side_test_rm_rf (folder);
}

static void
test_missing (void)
{
  g_autoptr (SideDemoServer) none = side_demo_server_new (NULL, "/tmp");
  g_autoptr (SideDemoServer) wrong = side_demo_server_new ("/nowhere/sidetone-server", "/tmp");
  g_autoptr (GError) error = NULL;

  g_assert_false (start (none, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (start (wrong, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-server/ready-then-dies", test_ready_then_dies);
  g_test_add_func ("/demo-server/dies-early", test_dies_early);
  g_test_add_func ("/demo-server/stop-tells-nobody", test_stop_tells_nobody);
  g_test_add_func ("/demo-server/missing", test_missing);
  return g_test_run ();
}
