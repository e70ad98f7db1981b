/* test-server-program.c - sidetone-server as it is started by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program itself, given on the command line, as a child process.
 */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include <glib/gstdio.h>

#include "side-test.h"

static const char *program;

typedef struct {
  GSubprocess      *process;
  GDataInputStream *output;
  char             *url;
  char             *token;
} Child;

static Child *
child_new (const char *data,
           const char *days)
{
  Child *child = g_new0 (Child, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;

  child->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                     &error, program, "--simulate", "--print-ready", "--exit-with-parent", "--days", days,
                                     "--speed", "20", "--listen", "127.0.0.1:0", "--data", data, NULL);
  g_assert_no_error (error);
  child->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child->process));
  g_data_input_stream_read_line_async (child->output, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 120000, "the server to say where it listens");
  line = g_data_input_stream_read_line_finish (child->output, result, NULL, &error);
  g_assert_no_error (error);
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  child->url = g_strdup (json_object_get_string_member (json_node_get_object (node), "url"));
  child->token = g_strdup (json_object_get_string_member (json_node_get_object (node), "token"));
  return child;
}

/* Returns: its exit status */
static int
child_wait (Child *child)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_wait_async (child->process, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 30000, "the server to end");
  g_assert_true (g_subprocess_wait_finish (child->process, result, NULL));
  return g_subprocess_get_if_exited (child->process) ? g_subprocess_get_exit_status (child->process) : -1;
}

static void
child_free (Child *child)
{
  g_object_unref (child->output);
  g_object_unref (child->process);
  g_free (child->url);
  g_free (child->token);
  g_free (child);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Child, child_free)

static JsonObject *
get_json (Child      *child,
          const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (child->url, "/api/v1", path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", child->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 30000, path);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &error));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static gint64
last_change (Child *child)
{
  g_autoptr (JsonObject) page = get_json (child, "/calls?limit=1");
  JsonArray *calls = json_object_get_array_member (page, "calls");

  g_assert_cmpuint (json_array_get_length (calls), ==, 1);
  return json_object_get_int_member (json_array_get_object_element (calls, 0), "joined_ms");
}

/* What happened to a call can be looked up for a week. */
static void
test_week (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  gint64 now_ms = g_get_real_time () / 1000;
  g_autofree char *path = g_strdup_printf ("/calls?limit=1&outcome=answered&from=%" G_GINT64_FORMAT "&to=%" G_GINT64_FORMAT,
                                           now_ms - 6 * G_GINT64_CONSTANT (86400000), now_ms - 5 * G_GINT64_CONSTANT (86400000));
  g_autofree char *events_path = NULL;
  gboolean has_answer = FALSE;
  JsonArray *events;

  {
    g_autoptr (Child) child = child_new (dir, "7");
    g_autoptr (JsonObject) page = get_json (child, path);
    g_autoptr (JsonObject) told = NULL;
    JsonArray *calls = json_object_get_array_member (page, "calls");

    g_assert_cmpuint (json_array_get_length (calls), ==, 1);
    events_path = g_strdup_printf ("/calls/%s/events",
                                   json_object_get_string_member (json_array_get_object_element (calls, 0), "id"));
    told = get_json (child, events_path);
    events = json_object_get_array_member (told, "events");
    for (guint i = 0; i < json_array_get_length (events); i++)
      has_answer |= g_str_equal (json_object_get_string_member (json_array_get_object_element (events, i), "kind"), "call.answered");
    g_subprocess_send_signal (child->process, SIGTERM);
    g_assert_cmpint (child_wait (child), ==, 0);
  }
  g_assert_true (has_answer);
  side_test_rm_rf (dir);
}

/* A made-up centre serves, ends in order, and lives on when it is started again. */
static void
test_simulate (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  gint64 newest;
  gint64 newest_again;

  {
    g_autoptr (Child) child = child_new (dir, "1");
    g_autoptr (JsonObject) session = get_json (child, "/session");

    g_assert_true (json_object_get_boolean_member (json_object_get_object_member (session, "server"), "simulated"));
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (session, "projects")), ==, 3);
    newest = last_change (child);
    g_subprocess_send_signal (child->process, SIGTERM);
    g_assert_cmpint (child_wait (child), ==, 0);
  }
  {
    g_autoptr (Child) child = child_new (dir, "1");

    newest_again = last_change (child);
    g_assert_cmpint (newest_again, >=, newest);
    /* with its parent: its standard input is closed */
    g_output_stream_close (g_subprocess_get_stdin_pipe (child->process), NULL, NULL);
    g_assert_cmpint (child_wait (child), ==, 0);
  }
  side_test_rm_rf (dir);
}

static int
run (const char **arguments,
     char       **errors)
{
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, errors, NULL));
  return g_subprocess_get_exit_status (process);
}

static void
test_check (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "conf", NULL);
  g_autofree char *where = g_strconcat (path, ":3: ", NULL);
  g_autofree char *errors = NULL;
  g_autofree char *good = NULL;
  g_autofree char *no_errors = NULL;
  const char *arguments[] = { program, "--config", path, "--check", NULL };

  g_assert_true (g_file_set_contents (path, "[server]\ndatabase = /tmp/x.db\nport = many\n", -1, NULL));
  g_assert_cmpint (run (arguments, &errors), ==, 1);
  g_assert_nonnull (strstr (errors, where));
  good = g_strdup_printf ("[server]\ndatabase = %s/archive.db\n[pbx p]\nhost = h\nuser = u\nsecret = hunter2\n"
                          "[project x]\nname = X\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = %s\n", dir, dir);
  g_assert_true (g_file_set_contents (path, good, -1, NULL));
  /* A file that was there keeps its rights in newer GLib, whatever is asked for. */
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (run (arguments, &no_errors), ==, 0);
  g_assert_cmpstr (no_errors, ==, "");
  side_test_rm_rf (dir);
}

static void
test_arguments (void)
{
  const char *cases[][5] = {
    { program, NULL },
    { program, "--simulate", "--config", "x", NULL },
    { program, "--simulate", "--speed", "0", NULL },
    { program, "--simulate", "--days", "-1", NULL },
    { program, "--nonsense", NULL },
    { program, "--check", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *errors = NULL;

      g_assert_cmpint (run (cases[i], &errors), ==, 2);
      g_assert_nonnull (strstr (errors, "sidetone-server:"));
    }
}

/* What cannot be served is told before a month of calls is made up. */
static void
test_open_address (void)
{
  g_autofree char *data = side_test_tmp_dir ();
  g_autofree char *archive = g_build_filename (data, "archive.db", NULL);
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, program, "--simulate", "--days", "1",
                        "--listen", "0.0.0.0:0", "--data", data, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, NULL));
  g_test_message ("%s", complaint);
  g_assert_false (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (complaint, "that needs TLS"));
  g_assert_false (g_file_test (archive, G_FILE_TEST_EXISTS));
  side_test_rm_rf (data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/server-program/open-address", test_open_address);
  g_test_add_func ("/server-program/check", test_check);
  g_test_add_func ("/server-program/arguments", test_arguments);
  g_test_add_func ("/server-program/simulate", test_simulate);
  g_test_add_func ("/server-program/week", test_week);
  return g_test_run ();
}
