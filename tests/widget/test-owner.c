/* test-owner.c - what is stored belongs to the user whom the server names
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people with a token each at one server and in one home; the nameless
 * folder that such people shared once; work without the server, and a store
 * that somebody else has locked.
 */
#include <libsoup/soup.h>

#include "side-board-fixture.h"
#include "side-desk-owner.h"
#include "side-error.h"
#include "side-outbox.h"
#include "side-paths.h"
#include "side-settings.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire-http.h"

typedef struct {
  SoupServer *server;
  char       *url;
} Place;

static char *
session_json (const char *user)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);

  g_free (session->user);
  session->user = g_strdup (user);
  return side_wire_session_to_json (session);
}

/* The token is the user's name. */
static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  const char *bearer =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *body = NULL;

  if (!g_str_has_suffix (path, "/session") || bearer == NULL || !g_str_has_prefix (bearer, "Bearer "))
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  body = session_json (bearer + strlen ("Bearer "));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
set_up (Place *place)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  place->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (place->server, NULL, answer_cb, place, NULL);
  g_assert_true (soup_server_listen_local (place->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (place->server);
  place->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Place *place)
{
  soup_server_disconnect (place->server);
  g_clear_object (&place->server);
  g_free (place->url);
}

static SideDesk *
finish_open (SideDesk      *desk,
             GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  side_test_wait_result (result, 40000, "the desk to open");
  g_assert_true (side_desk_open_finish (desk, *result, &error));
  g_assert_no_error (error);
  return desk;
}

static SideDesk *
enter (const char *url,
       const char *token,
       gboolean    remembered)
{
  g_autoptr (SideServer) server = side_server_new (url, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  SideDesk *desk = side_desk_new (server, NULL);

  side_desk_open_async (desk, token, NULL, remembered, NULL, side_test_async_cb, &result);
  return finish_open (desk, &result);
}

static gboolean
is_gone (gpointer slot)
{
  return *(gpointer *) slot == NULL;
}

static void
leave (SideDesk *desk)
{
  gpointer alive = desk;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_desk_close_async (desk, FALSE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the desk to close");
  g_assert_true (side_desk_close_finish (desk, result, &error));
  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (desk), &alive);
  g_object_unref (desk);
  side_test_wait_until (is_gone, &alive, 10000, "the desk to be gone");
}

static SideDocument *
new_note (const char *text)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, "call1", 1000, 1000);

  note->text = g_strdup (text);
  note->author = g_strdup ("trainer");
  note->created_ms = note->changed_ms = 1;
  return side_wire_document_for_annotation (note);
}

static void
write_note (SideDesk *desk)
{
  g_autoptr (SideDocument) document = new_note ("not sent yet");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_desk_put_document_async (desk, document, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the note to be kept");
  g_assert_true (side_desk_put_document_finish (desk, result, &error));
  g_assert_no_error (error);
}

static guint
unsent (SideDesk *desk)
{
  return side_store_get_outbox_length (side_desk_get_store (desk));
}

/* What one of them wrote must neither be shown to the other nor sent as theirs. */
static void
test_two_tokens (void)
{
  Place place;
  SideDesk *desk;

  set_up (&place);
  desk = enter (place.url, "trainer", FALSE);
  g_assert_cmpstr (side_desk_get_server (desk)->user, ==, "trainer");
  write_note (desk);
  leave (desk);
  desk = enter (place.url, "client", FALSE);
  g_assert_cmpstr (side_desk_get_server (desk)->user, ==, "client");
  g_assert_cmpuint (unsent (desk), ==, 0);
  leave (desk);
  desk = enter (place.url, "trainer", FALSE);
  g_assert_cmpuint (unsent (desk), ==, 1);
  leave (desk);
  tear_down (&place);
}

/* A folder as it was when tokens had no names: whose session, and something unsent. */
static void
make_nameless (const char *url,
               const char *user)
{
  g_autoptr (SideServer) nobody = side_server_new (url, NULL, NULL);
  g_autofree char *identity = side_server_dup_identity (nobody);
  g_autofree char *folder = side_paths_server_folder ("data", identity);
  g_autofree char *path = g_build_filename (folder, "calls.db", NULL);
  g_autoptr (SideClock) clock = side_clock_new_system ();
  g_autoptr (SideStore) store = side_store_new (path, clock);
  g_autoptr (SideDocument) document = new_note ("from before");
  g_autofree char *session = session_json (user);
  g_autoptr (GAsyncResult) result = NULL;

  side_store_open_async (store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the nameless store");
  g_assert_true (side_store_open_finish (store, result, NULL));
  g_clear_object (&result);
  side_store_put_setting_async (store, SIDE_DESK_SESSION_KEY, session, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the session to be kept");
  g_clear_object (&result);
  side_store_put_document_async (store, document, TRUE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the note to be kept");
  g_clear_object (&result);
  side_store_close_async (store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the nameless store to close");
}

static gboolean
has_nameless (const char *url)
{
  g_autoptr (SideServer) nobody = side_server_new (url, NULL, NULL);

  return side_desk_owner_has_calls (nobody);
}

static void
test_nameless (void)
{
  Place place;
  SideDesk *desk;

  set_up (&place);
  make_nameless (place.url, "trainer");
  desk = enter (place.url, "client", FALSE);
  g_assert_cmpuint (unsent (desk), ==, 0);
  g_assert_true (has_nameless (place.url));
  leave (desk);
  /* The folder as a whole, then, into the one there is by now, what is unsent. */
  for (guint n = 1; n <= 2; n++)
    {
      desk = enter (place.url, "trainer", FALSE);
      g_assert_cmpuint (unsent (desk), ==, n);
      g_assert_false (has_nameless (place.url));
      leave (desk);
      if (n < 2)
        make_nameless (place.url, "trainer");
    }
  tear_down (&place);
}

/* A server remembered without a user, from before, and away now. */
static void
test_nameless_offline (void)
{
  static const char url[] = "http://127.0.0.1:9";
  SideDesk *desk;

  make_nameless (url, "trainer");
  desk = enter (url, "whatever", TRUE);
  g_assert_cmpstr (side_desk_get_server (desk)->user, ==, "trainer");
  g_assert_cmpuint (unsent (desk), ==, 1);
  leave (desk);
}

/* Neither a token nor the server is needed to read one's own. */
static void
test_stored_only (void)
{
  g_autoptr (SideServer) server = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Place place;
  SideDesk *desk;

  set_up (&place);
  desk = enter (place.url, "trainer", FALSE);
  leave (desk);
  server = side_server_new (place.url, "trainer", NULL);
  tear_down (&place);
  desk = side_desk_new (server, NULL);
  side_desk_open_stored_async (desk, NULL, side_test_async_cb, &result);
  finish_open (desk, &result);
  g_clear_object (&result);
  g_assert_true (side_desk_is_stored_only (desk));
  g_assert_cmpint (side_desk_get_state (desk), ==, SIDE_DESK_OFFLINE);
  g_assert_true (side_desk_is_stale (desk));
  g_assert_cmpstr (side_desk_get_user (desk), ==, "trainer");
  side_desk_retry_now (desk);
  write_note (desk);
  g_assert_cmpuint (unsent (desk), ==, 1);
  leave (desk);
  g_free (server->user);
  server->user = g_strdup ("nobody");
  desk = side_desk_new (server, NULL);
  side_desk_open_stored_async (desk, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the desk to fail");
  g_assert_false (side_desk_open_finish (desk, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_object (&result);
  leave (desk);
}

/* Somebody else has the calls open; when they are gone, it goes on without a restart. */
static void
test_locked (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Place place;
  SideDesk *first, *second;

  set_up (&place);
  first = enter (place.url, "trainer", FALSE);
  second = enter (place.url, "trainer", FALSE);
  g_assert_null (side_desk_get_store (second));
  g_assert_error (side_desk_get_store_error (second), SIDE_ERROR, SIDE_ERROR_BUSY);
  side_desk_retry_store_async (second, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the store to be tried");
  g_assert_false (side_desk_retry_store_finish (second, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_object (&result);
  leave (first);
  side_desk_retry_store_async (second, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the store to open");
  g_assert_true (side_desk_retry_store_finish (second, result, &error));
  g_assert_no_error (error);
  g_assert_null (side_desk_get_store_error (second));
  g_clear_object (&result);
  write_note (second);
  g_assert_cmpuint (unsent (second), ==, 1);
  leave (second);
  tear_down (&place);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = side_test_tmp_dir ();
  int failed;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/owner/two-tokens", test_two_tokens);
  g_test_add_func ("/owner/nameless", test_nameless);
  g_test_add_func ("/owner/nameless-offline", test_nameless_offline);
  g_test_add_func ("/owner/stored-only", test_stored_only);
  g_test_add_func ("/owner/locked", test_locked);
  failed = g_test_run ();
  side_test_rm_rf (home);
  return failed;
}
