/* test-check-files.c - files without a call, from a real server to the window
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: test-check-files SIDETONE-SERVER SIDETONECTL
 * The server listens to a PBX that is not there, and has two recordings that
 * belong to no call.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/time.h>

#include "side-check-files.h"
#include "side-check-window.h"
#include "side-desk.h"
#include "side-widget-test.h"

#define CONFIGURATION "[server]\nname=Calls of Example\ndatabase=%s/server.db\n" \
  "[pbx main]\nhost=127.0.0.1\nport=9\nuser=sidetone\nsecret=none\n" \
  "[project tea]\nname=Tea\ntime_zone=UTC\nqueues=tea-orders\n" \
  "[project toys]\nname=Toys\ntime_zone=UTC\nqueues=toys-orders\n" \
  "[recordings]\nfolders=%s/recordings\n"

static const char *server_program;
static const char *control_program;

typedef struct {
  char        *dir;
  char        *conf;
  GSubprocess *server;
  char        *url;
} World;

static void
put_file (World      *world,
          const char *name,
          gint64      hours)
{
  g_autofree char *path = g_build_filename (world->dir, "recordings", name, NULL);
  g_autofree char *above = g_path_get_dirname (path);
  gint64 at_s = g_get_real_time () / G_USEC_PER_SEC - hours * 3600;
  struct timeval times[2] = { { at_s, 0 }, { at_s, 0 } };

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "RIFF", 4, NULL));
  g_assert_cmpint (utimes (path, times), ==, 0);
}

static void
start_server (World *world)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) parts = NULL;

  world->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error, server_program, "--print-ready", "--exit-with-parent", "--listen", "127.0.0.1:0",
                                    "--config", world->conf, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (world->server));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the server to say where it listens");
  line = g_data_input_stream_read_line_finish (output, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  parts = g_strsplit (line, "\"", 5);   /* {"url":"…"} */
  world->url = g_strdup (parts[3]);
}

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autofree char *text = NULL;

  world->dir = side_test_tmp_dir ();
  world->conf = g_build_filename (world->dir, "server.conf", NULL);
  text = g_strdup_printf (CONFIGURATION, world->dir, world->dir);
  g_assert_true (g_file_set_contents (world->conf, text, -1, NULL));
  g_assert_cmpint (g_chmod (world->conf, 0600), ==, 0);
  put_file (world, "2026/79031231244.wav", 2);
  put_file (world, "spare.gsm", 3);
  put_file (world, "spare.txt", 3);
  start_server (world);
  return world;
}

static void
world_free (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_force_exit (world->server);
  g_subprocess_wait_async (world->server, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the server to end");
  g_clear_object (&result);
  g_object_unref (world->server);
  side_test_rm_rf (world->dir);
  g_free (world->dir);
  g_free (world->conf);
  g_free (world->url);
  g_free (world);
}

static gboolean
is_live (gpointer desk)
{
  return side_desk_get_state (desk) == SIDE_DESK_LIVE;
}

/* Somebody's desk there; @projects: words of the command line */
static SideDesk *
open_desk (World      *world,
           const char *name,
           const char *other_project)
{
  g_autoptr (SideServer) address = side_server_new (world->url, NULL, NULL);
  g_autofree char *place = g_build_filename (world->dir, name, NULL);
  g_autoptr (GSubprocess) control = NULL;
  g_autoptr (GAsyncResult) told = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  SideDesk *desk = side_desk_new (address, place);

  control = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, control_program, "server", "user", "add", name, "--role",
                              "supervisor", "--config", world->conf, "--project", "tea",
                              other_project != NULL ? "--project" : NULL, other_project, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (control, NULL, NULL, side_test_async_cb, &told);
  side_test_wait_result (&told, 30000, "the user to be added");
  g_assert_true (g_subprocess_communicate_utf8_finish (control, told, &token, NULL, &error));
  g_strstrip (token);
  side_desk_open_async (desk, token, NULL, FALSE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the desk to open");
  g_assert_true (side_desk_open_finish (desk, result, &error));
  g_assert_no_error (error);
  side_test_wait_until (is_live, desk, 30000, "the desk to be live");
  return desk;
}

static void
close_desk (SideDesk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_desk_close_async (desk, FALSE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the desk to close");
  g_assert_true (side_desk_close_finish (desk, result, NULL));
  g_clear_object (&result);
  side_test_run_for (100);
  g_object_unref (desk);
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *type)
{
  GtkWidget *found = strcmp (G_OBJECT_TYPE_NAME (widget), type) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static gboolean
has_answer (gpointer files)
{
  return side_check_files_get_found (files) != NULL;
}

static const char *
status_of (gpointer files)
{
  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (gtk_widget_get_first_child (files))));
}

static gboolean
is_refused (gpointer files)
{
  return strstr (status_of (files), "Only supervisors of all") != NULL;
}

static void
test_window (void)
{
  World *world = world_new ();
  SideDesk *desk = open_desk (world, "anna", "toys");
  GtkWindow *window = side_check_window_new (NULL, desk);
  GtkWidget *files = find (GTK_WIDGET (window), "SideCheckFiles");
  g_autofree char *csv = NULL;

  gtk_window_present (window);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (GTK_WIDGET (window), "GtkDropDown")), 3);
  side_test_wait_until (has_answer, files, 20000, "the server's answer");
  side_test_run_for (100);
  g_assert_cmpuint (side_check_files_get_found (SIDE_CHECK_FILES (files))->files->len, ==, 2);
  g_assert_nonnull (find (files, "GtkListItemWidget"));
  g_assert_true (g_str_has_prefix (status_of (files), "2 files "));
  side_widget_test_no_nameless (GTK_WIDGET (window));
  csv = side_check_window_dup_csv (SIDE_CHECK_WINDOW (window));
  g_assert_nonnull (strstr (csv, "\"no-call\",\"spare.gsm\",\"4\""));
  g_assert_null (strstr (csv, "spare.txt"));
  gtk_window_destroy (window);
  close_desk (desk);
  world_free (world);
}

/* Of one project only; and then without a server. */
static void
test_not_told (void)
{
  World *world = world_new ();
  SideDesk *desk = open_desk (world, "boris", NULL);
  SideCheckFiles *files = g_object_ref_sink (side_check_files_new (desk));

  side_check_files_ask (files, 0, 0);
  side_test_wait_until (is_refused, files, 20000, "the server's refusal");
  g_assert_null (side_check_files_get_found (files));
  close_desk (g_object_ref (desk));
  side_check_files_ask (files, 0, 0);
  g_assert_nonnull (strstr (status_of (files), "not connected"));
  g_object_unref (files);
  side_test_run_for (50);
  g_object_unref (desk);
  world_free (world);
}

int
main (int    argc,
      char **argv)
{
  side_widget_test_init (&argc, &argv);
  g_assert_cmpint (argc, >=, 3);
  server_program = argv[1];
  control_program = argv[2];
  g_test_add_func ("/check-files/window", test_window);
  g_test_add_func ("/check-files/not-told", test_not_told);
  return g_test_run ();
}
