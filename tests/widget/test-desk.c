/* test-desk.c - a desk at a real server, without one, and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server is sidetone-server with made-up calls, as the demonstration
 * starts it, but with two days of past calls only.
 */
#include <glib/gstdio.h>

#include "side-board-fixture.h"
#include "side-demo-server.h"
#include "side-desk.h"
#include "side-error.h"
#include "side-outbox.h"
#include "side-paths.h"
#include "side-text.h"
#include "side-users.h"
#include "side-widget-test.h"
#include "side-wire.h"

static SideDemoServer *
start_server (const char *folder)
{
  g_autofree char *server = side_paths_find_program ("sidetone-server");
  g_autofree char *script = g_build_filename (folder, "server.sh", NULL);
  g_autofree char *data = g_build_filename (folder, "server", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideDemoServer *demo;

  g_assert_nonnull (server);
  text = g_strdup_printf ("#!/bin/sh\nexec '%s' \"$@\" --days=2 2>>'%s/server.log'\n", server, folder);
  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_mkdir_with_parents (data, 0700);
  demo = side_demo_server_new (script, data);
  side_demo_server_start_async (demo, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 90000, "sidetone-server to be ready");
  g_assert_true (side_demo_server_start_finish (demo, result, &error));
  g_assert_no_error (error);
  return demo;
}

static void
stop_server (SideDemoServer *demo)
{
  gpointer alive = demo;

  /* It is held until its process has ended. */
  g_object_add_weak_pointer (G_OBJECT (demo), &alive);
  side_demo_server_stop (demo);
  g_object_unref (demo);
  for (int i = 0; i < 500 && alive != NULL; i++)
    side_test_run_for (20);
  g_assert_null (alive);
}

static SideDesk *
open_desk (const char *url,
           const char *token,
           const char *folder,
           gboolean    offline_too)
{
  g_autoptr (SideServer) server = side_server_new (url, NULL, NULL);
  g_autofree char *place = g_build_filename (folder, "desk", NULL);
  SideDesk *desk = side_desk_new (server, place);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_desk_open_async (desk, token, NULL, offline_too, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the desk to open");
  g_assert_true (side_desk_open_finish (desk, result, &error));
  g_assert_no_error (error);
  g_assert_no_error (side_desk_get_store_error (desk));
  return desk;
}

static void
close_desk (SideDesk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_desk_close_async (desk, FALSE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the desk to close");
  g_assert_true (side_desk_close_finish (desk, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  side_test_run_for (100);
  g_assert_finalize_object (desk);
}

static gboolean
is_live (gpointer desk)
{
  return side_desk_get_state (desk) == SIDE_DESK_LIVE && side_desk_get_board_project (desk) != NULL &&
         !side_desk_is_stale (desk);
}

static gboolean
is_stale (gpointer desk)
{
  return side_desk_is_stale (desk) && side_desk_get_state (desk) != SIDE_DESK_LIVE;
}

static gboolean
nothing_unsent (gpointer desk)
{
  return side_store_get_outbox_length (side_desk_get_store (desk)) == 0;
}

static GPtrArray *
recorded_calls (SideDesk *desk)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *calls;

  query->recorded = SIDE_CALL_MATCH_YES;
  query->descending = TRUE;
  side_store_list_calls_async (side_desk_get_store (desk), query, 10, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the stored calls");
  calls = side_store_list_calls_finish (side_desk_get_store (desk), result, &error);
  g_assert_no_error (error);
  return calls;
}

/* Calls come in by themselves; asked for until some are there. */
static GPtrArray *
wait_for_calls (SideDesk *desk)
{
  for (int i = 0; i < 300; i++)
    {
      GPtrArray *calls = recorded_calls (desk);

      if (calls->len > 0)
        return calls;
      g_ptr_array_unref (calls);
      side_test_run_for (100);
    }
  g_error ("no call with a recording was fetched in 30 s");
}

static char *
fetch (SideDesk       *desk,
       const SideCall *call)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  side_desk_fetch_recording_async (desk, call, NULL, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the recording");
  path = side_desk_fetch_recording_finish (desk, result, &error);
  g_assert_no_error (error);
  return path;
}

static void
write_note (SideDesk       *desk,
            const SideCall *call,
            const char     *text)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) note = side_annotation_new (id, call->project, call->id, 1000, 1000);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  note->text = g_strdup (text);
  note->author = g_strdup (side_desk_get_user (desk));
  note->created_ms = note->changed_ms = side_desk_get_now_ms (desk);
  document = side_wire_document_for_annotation (note);
  side_desk_put_document_async (desk, document, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the note to be kept");
  g_assert_true (side_desk_put_document_finish (desk, result, &error));
  g_assert_no_error (error);
}

static gboolean
knows_vera (gpointer desk)
{
  g_autoptr (GPtrArray) people = side_session_list_people (side_desk_get_session (desk), side_desk_get_project_id (desk));
  gboolean knows = FALSE;

  for (guint i = 0; people != NULL && i < people->len; i++)
    knows |= g_str_equal (((SidePerson *) people->pdata[i])->name, "vera");
  return knows;
}

/* Somebody is given access while the desk is open: it hears of them when it is asked to. */
static void
add_vera (SideDesk   *desk,
          const char *folder)
{
  const char *projects[] = { side_desk_get_project_id (desk), NULL };
  g_autofree char *database = g_build_filename (folder, "server", "archive.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = side_users_add (database, "vera", SIDE_ROLE_TRAINER, NULL, projects, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (side_desk_get_session (desk)->people);   /* the demonstration's own user, then */
  g_assert_false (knows_vera (desk));
  side_desk_sync_now (desk);
  side_test_wait_until (knows_vera, desk, 10000, "the session to be read anew");
}

static gboolean
has_all_calls (gpointer desk)
{
  return side_desk_judge_calls (desk, side_desk_get_write_ms (desk)) == SIDE_DESK_CALLS_ALL;
}

static void
at_the_server (const char *folder,
               SideCall  **heard,
               char      **recording)
{
  SideDemoServer *demo = start_server (folder);
  SideDesk *desk = open_desk (side_demo_server_get_url (demo), side_demo_server_get_token (demo), folder, FALSE);
  g_autoptr (GPtrArray) calls = NULL;
  g_autofree char *again = NULL;
  g_autofree char *head = NULL;
  SideCall *call;

  side_test_wait_until (is_live, desk, 30000, "the desk to be live");
  g_assert_cmpuint (side_desk_get_session (desk)->projects->len, ==, 3);
  g_assert_nonnull (side_desk_get_project (desk));
  add_vera (desk, folder);
  calls = wait_for_calls (desk);
  call = g_ptr_array_index (calls, 0);
  *recording = fetch (desk, call);
  *heard = side_call_copy (call);
  g_assert_true (g_file_get_contents (*recording, &head, NULL, NULL));
  g_assert_cmpmem (head, 4, "RIFF", 4);
  again = fetch (desk, call);
  g_assert_cmpstr (again, ==, *recording);
  write_note (desk, call, "with a network");
  side_test_wait_until (nothing_unsent, desk, 20000, "the note to be sent");
  side_test_wait_until (has_all_calls, desk, 30000, "all calls to be here");
  stop_server (demo);
  side_test_wait_until (is_stale, desk, 30000, "the picture to be stale");
  g_assert_cmpint (side_desk_judge_calls (desk, 0), ==, SIDE_DESK_CALLS_OFFLINE);
  g_assert_cmpint (side_desk_get_now_ms (desk), ==, side_desk_get_as_of_ms (desk));
  write_note (desk, call, "without a network");
  g_assert_cmpuint (side_store_get_outbox_length (side_desk_get_store (desk)), ==, 1);
  close_desk (desk);
}

static void
without_a_server (const char     *folder,
                  const SideCall *heard,
                  const char     *recording)
{
  /* A port nobody listens at: the last server's is gone. */
  SideDesk *desk = open_desk ("http://127.0.0.1:9", "token", folder, TRUE);
  g_autoptr (GPtrArray) calls = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpuint (side_desk_get_session (desk)->projects->len, ==, 3);
  g_assert_true (knows_vera (desk));
  g_assert_true (side_desk_is_stale (desk));
  g_assert_nonnull (side_desk_get_board_project (desk));
  g_assert_cmpint (side_desk_get_as_of_ms (desk), >, 0);
  g_assert_cmpuint (side_store_get_outbox_length (side_desk_get_store (desk)), ==, 1);
  calls = recorded_calls (desk);
  g_assert_cmpuint (calls->len, >, 0);
  path = fetch (desk, heard);
  g_assert_cmpstr (path, ==, recording);
  close_desk (desk);
}

static void
back_again (const char *folder)
{
  SideDemoServer *demo = start_server (folder);
  SideDesk *desk = open_desk (side_demo_server_get_url (demo), side_demo_server_get_token (demo), folder, TRUE);

  side_test_wait_until (is_live, desk, 30000, "the desk to be live again");
  side_test_wait_until (nothing_unsent, desk, 20000, "what was written offline to be sent");
  close_desk (desk);
  stop_server (demo);
}

static void
test_server_and_back (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *recording = NULL;
  g_autoptr (SideCall) heard = NULL;

  at_the_server (folder, &heard, &recording);
  without_a_server (folder, heard, recording);
  back_again (folder);
  side_test_rm_rf (folder);
}

static void
test_nobody_there (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autoptr (SideServer) server = side_server_new ("http://127.0.0.1:9", "olga", NULL);
  SideDesk *desk = side_desk_new (server, folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* Never used before, so there is nothing to open with. */
  side_desk_open_async (desk, NULL, "password", TRUE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the desk to fail");
  g_assert_false (side_desk_open_finish (desk, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
  g_clear_object (&result);
  close_desk (desk);
  side_test_rm_rf (folder);
}

static void
count_cb (SideDesk *desk,
          guint    *count)
{
  (*count)++;
}

/* A burst is told a few times, a single change at once. */
static void
test_rhythm (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  guint count = 0;
  gint64 start_us;
  gint64 passed_us;

  side_test_run_for (200);
  g_signal_connect (desk, "board-changed", G_CALLBACK (count_cb), &count);
  side_desk_poke (desk);
  /* No turn of the loop waits for anything: a timer would never be met. */
  for (int i = 0; count == 0 && i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (count, ==, 1);
  count = 0;
  start_us = g_get_monotonic_time ();
  for (int i = 0; i < 100; i++)
    {
      side_desk_poke (desk);
      side_test_run_for (5);
    }
  passed_us = g_get_monotonic_time () - start_us;
  g_assert_cmpuint (count, >=, 2);
  g_assert_cmpuint (count, <=, (guint) (passed_us * 16 / G_USEC_PER_SEC) + 2);
  g_assert_finalize_object (desk);
}

static void
test_projects (void)
{
  SideDesk *desk = side_fixture_new_desk (8);
  SideNotifyCount changes;

  side_widget_test_count (desk, "project-id", &changes);
  g_assert_cmpstr (side_desk_get_project_id (desk), ==, SIDE_FIXTURE_PROJECT);
  side_desk_set_project_id (desk, SIDE_FIXTURE_PROJECT);
  side_desk_set_project_id (desk, "not granted");
  side_desk_set_project_id (desk, NULL);
  g_assert_cmpuint (changes.count, ==, 0);
  g_assert_cmpstr (side_desk_get_project_id (desk), ==, SIDE_FIXTURE_PROJECT);
  g_assert_cmpstr (side_desk_get_user (desk), ==, "olga");
  g_assert_cmpint (side_desk_get_role (desk), ==, SIDE_ROLE_SUPERVISOR);
  g_assert_finalize_object (desk);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/desk/rhythm", test_rhythm);
  g_test_add_func ("/desk/projects", test_projects);
  g_test_add_func ("/desk/nobody-there", test_nobody_there);
  g_test_add_func ("/desk/server-and-back", test_server_and_back);
  return g_test_run ();
}
