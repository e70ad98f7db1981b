/* test-http-live.c - the live stream: snapshots, ticks, slow readers, endings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-test.h"
#include "side-users.h"
#include "side-wire.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)

/* A reader */

typedef struct {
  SoupWebsocketConnection *connection;
  GPtrArray               *messages;     /* of SideWireMessage */
  GPtrArray               *texts;        /* of char *, the same */
  gboolean                 acknowledges;
  gboolean                 closed;
  gushort                  code;
  guint                    wanted;       /* for reader_has() */
} Reader;

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *data,
            Reader                  *reader)
{
  g_autoptr (GError) error = NULL;
  gsize len;
  const char *text = g_bytes_get_data (data, &len);
  SideWireMessage *message = side_wire_message_from_json (text, (gssize) len, &error);

  g_assert_no_error (error);
  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_ptr_array_add (reader->messages, message);
  g_ptr_array_add (reader->texts, g_strndup (text, len));
  if (reader->acknowledges && soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    {
      g_autofree char *ack = side_wire_ack_message (message->seq);

      soup_websocket_connection_send_text (connection, ack);
    }
}

static void
closed_cb (SoupWebsocketConnection *connection,
           Reader                  *reader)
{
  reader->closed = TRUE;
  reader->code = soup_websocket_connection_get_close_code (connection);
}

static Reader *
reader_new (Rig        *rig,
            const char *token,
            const char *query)
{
  Reader *reader = g_new0 (Reader, 1);
  g_autofree char *uri = g_strconcat (rig->url, SIDE_WIRE_PREFIX, "/live", query, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  static char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };

  reader->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) side_wire_message_free);
  reader->texts = g_ptr_array_new_with_free_func (g_free);
  reader->acknowledges = TRUE;
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_websocket_connect_async (rig->session, message, NULL, protocols, G_PRIORITY_DEFAULT, NULL,
                                        side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the stream to open");
  reader->connection = soup_session_websocket_connect_finish (rig->session, result, &error);
  g_assert_no_error (error);
  soup_websocket_connection_set_max_incoming_payload_size (reader->connection, SIDE_WIRE_MAX_MESSAGE);
  g_signal_connect (reader->connection, "message", G_CALLBACK (message_cb), reader);
  g_signal_connect (reader->connection, "closed", G_CALLBACK (closed_cb), reader);
  return reader;
}

static void
reader_free (Reader *reader)
{
  g_signal_handlers_disconnect_by_data (reader->connection, reader);
  if (soup_websocket_connection_get_state (reader->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (reader->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  side_test_run_for (20);
  g_object_unref (reader->connection);
  g_ptr_array_unref (reader->messages);
  g_ptr_array_unref (reader->texts);
  g_free (reader);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

static gboolean
reader_has (gpointer data)
{
  const Reader *reader = data;

  return reader->messages->len >= reader->wanted;
}

static SideWireMessage *
wait_for (Reader *reader,
          guint   n)
{
  reader->wanted = n;
  side_test_wait_until (reader_has, reader, 10000, "a message of the stream");
  return g_ptr_array_index (reader->messages, n - 1);
}

static gboolean
reader_is_closed (gpointer data)
{
  return ((Reader *) data)->closed;
}

static void
join (Rig        *rig,
      const char *project,
      int         number)
{
  g_autofree char *id = g_strdup_printf ("%s-%d", project, number);

  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, project, id, NOON + number));
}

/* What is read is what happened */

/* The snapshot and all that follows make the server's own board. */
static void
assert_same_board (Rig    *rig,
                   Reader *reader)
{
  SideBoard *board = ((SideWireMessage *) g_ptr_array_index (reader->messages, 0))->board;
  g_autofree char *difference = NULL;

  g_assert_nonnull (board);
  for (guint i = 1; i < reader->messages->len; i++)
    {
      const SideWireMessage *message = g_ptr_array_index (reader->messages, i);

      if (message->type == SIDE_WIRE_SNAPSHOT)
        board = message->board;
      for (guint j = 0; message->events != NULL && j < message->events->len; j++)
        side_board_apply (board, g_ptr_array_index (message->events, j));
    }
  if (!side_board_equal (board, side_hub_get_board (rig->hub), &difference))
    g_error ("boards differ: %s", difference);
}

static void
test_stream (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autoptr (Reader) reader = NULL;
  const SideWireMessage *message;
  guint n_events = 0;

  rig_whole_call (rig, "tea", "a", NOON);
  reader = reader_new (rig, token, "");
  message = wait_for (reader, 1);
  g_assert_cmpint (message->type, ==, SIDE_WIRE_SNAPSHOT);
  g_assert_cmpuint (message->seq, ==, 4);
  g_assert_cmpint (message->window, ==, SIDE_WIRE_WINDOW);
  for (int i = 0; i < 100; i++)
    join (rig, i % 2 == 0 ? "tea" : "toys", i);
  rig_whole_call (rig, "toys", "b", NOON + 500);
  while (n_events < 104)
    {
      message = wait_for (reader, reader->messages->len + 1);
      g_assert_cmpint (message->type, ==, SIDE_WIRE_EVENTS);
      n_events += message->events->len;
    }
  g_assert_cmpuint (n_events, ==, 104);
  g_assert_cmpuint (message->seq, ==, 108);
  g_assert_cmpuint (reader->messages->len, <=, 4);   /* gathered, not one by one */
  assert_same_board (rig, reader);
}

/* Two readers of other projects get other streams, clients other names. */
static void
test_scope (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token_tea = rig_add_user (rig, "tea", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *token_toys = rig_add_user (rig, "toys", SIDE_ROLE_SUPERVISOR, "toys", NULL);
  g_autofree char *token_both = rig_add_user (rig, "both", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autoptr (Reader) tea = NULL;
  g_autoptr (Reader) toys = NULL;
  g_autoptr (Reader) narrow = NULL;

  rig_whole_call (rig, "tea", "before", NOON);
  tea = reader_new (rig, token_tea, "");
  toys = reader_new (rig, token_toys, "");
  narrow = reader_new (rig, token_both, "?project=toys");
  wait_for (tea, 1);
  wait_for (toys, 1);
  wait_for (narrow, 1);
  rig_whole_call (rig, "tea", "a", NOON + 100000);
  wait_for (tea, 2);
  join (rig, "toys", 1);
  wait_for (toys, 2);
  wait_for (narrow, 2);
  for (guint i = 0; i < tea->texts->len; i++)
    {
      g_assert_null (strstr (g_ptr_array_index (tea->texts, i), "toys"));
      g_assert_null (strstr (g_ptr_array_index (tea->texts, i), "Secretova"));
    }
  for (guint i = 0; i < toys->texts->len; i++)
    {
      g_assert_null (strstr (g_ptr_array_index (toys->texts, i), "tea"));
      g_assert_null (strstr (g_ptr_array_index (narrow->texts, i), "tea"));
    }
  g_assert_nonnull (strstr (g_ptr_array_index (tea->texts, 0), "Anya"));
}

/* Numbers of another archive are not resumed from, whatever they are. */
static void
test_epoch (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *same = NULL;

  for (int i = 1; i <= 10; i++)
    join (rig, "tea", i);
  {
    g_autoptr (Reader) other = reader_new (rig, token, "?after=7&epoch=another");
    const SideWireMessage *message = wait_for (other, 1);

    g_assert_cmpint (message->type, ==, SIDE_WIRE_SNAPSHOT);
    g_assert_cmpuint (strlen (message->epoch), ==, 32);
    g_assert_cmpstr (message->epoch, ==, side_hub_get_epoch (rig->hub));
    same = g_strconcat ("?after=7&epoch=", message->epoch, NULL);
  }
  {
    g_autoptr (Reader) own = reader_new (rig, token, same);

    g_assert_cmpint (wait_for (own, 1)->type, ==, SIDE_WIRE_EVENTS);
  }
}

/* A day of so many calls that one message cannot hold them. */
static void
test_large_board (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  SideBoard *board = side_hub_get_board (rig->hub);
  SideBoardProject *tea = side_board_restore_project (board, g_intern_static_string ("tea"));
  g_autoptr (Reader) reader = NULL;
  const SideWireMessage *message;
  guint n = 1;
  guint n_calls = 0;

  for (int i = 0; i < 60000; i++)
    {
      g_autofree char *id = g_strdup_printf ("1795219200.%d:tea-orders:1", i);
      g_autoptr (SideCall) call = side_call_new (id);

      call->journey = g_strdup_printf ("of a length as the PBX makes them, and %s", id);
      call->caller = g_strdup_printf ("7916%07d", i);
      call->note = g_strnfill (150, 'n');
      call->joined_ms = NOON - 60000 + i;
      call->ended_ms = call->joined_ms + 1;
      side_board_restore_call (board, tea, call);
    }
  reader = reader_new (rig, token, "?project=tea");
  do
    {
      message = wait_for (reader, n);
      g_assert_cmpint (message->type, ==, n == 1 ? SIDE_WIRE_SNAPSHOT : SIDE_WIRE_SNAPSHOT_PART);
      g_assert_cmpuint (strlen (g_ptr_array_index (reader->texts, n - 1)), <, 2 * SIDE_WIRE_PART_BYTES);
      n_calls += side_board_restore_project (message->board, g_intern_static_string ("tea"))->calls->len;
      n++;
    }
  while (message->more);
  g_assert_cmpuint (n_calls, ==, 60000);
  g_assert_cmpuint (n, >, 8);
  /* and then it goes on */
  join (rig, "tea", 1);
  while (wait_for (reader, n)->type == SIDE_WIRE_TICK)
    n++;
  g_assert_cmpint (wait_for (reader, n)->type, ==, SIDE_WIRE_EVENTS);
}

static void
test_resume (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  const SideWireMessage *message;

  for (int i = 1; i <= 10; i++)
    join (rig, "tea", i);
  {
    g_autoptr (Reader) missed = reader_new (rig, token, "?after=7");

    message = wait_for (missed, 1);
    g_assert_cmpint (message->type, ==, SIDE_WIRE_EVENTS);
    g_assert_cmpuint (message->events->len, ==, 3);
    g_assert_cmpuint (((SideEvent *) g_ptr_array_index (message->events, 0))->seq, ==, 8);
    g_assert_cmpuint (message->seq, ==, 10);
  }
  {
    g_autoptr (Reader) nothing_missed = reader_new (rig, token, "?after=10");

    g_assert_cmpint (wait_for (nothing_missed, 1)->type, ==, SIDE_WIRE_TICK);
  }
  {
    g_autoptr (Reader) from_the_future = reader_new (rig, token, "?after=11");

    g_assert_cmpint (wait_for (from_the_future, 1)->type, ==, SIDE_WIRE_SNAPSHOT);
  }
  rig_stop (rig);
  rig_start (rig);
  {
    /* after a restart the ring is empty: what came before it cannot be told */
    g_autoptr (Reader) too_old = reader_new (rig, token, "?after=7");
    g_autoptr (Reader) just_right = reader_new (rig, token, "?after=10");

    g_assert_cmpint (wait_for (too_old, 1)->type, ==, SIDE_WIRE_SNAPSHOT);
    g_assert_cmpint (wait_for (just_right, 1)->type, ==, SIDE_WIRE_TICK);
  }
}

static guint
count_hints (const Reader *reader)
{
  guint n = 0;

  for (guint i = 0; i < reader->messages->len; i++)
    n += ((SideWireMessage *) g_ptr_array_index (reader->messages, i))->type == SIDE_WIRE_DOCUMENTS;
  return n;
}

static gboolean
was_hinted (gpointer data)
{
  return count_hints (data) > 0;
}

/* Who may see the project hears at once that something was written in it, and
 * of many writings not each by itself. */
static void
test_documents (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *boris = rig_add_user (rig, "boris", SIDE_ROLE_SUPERVISOR, "toys", NULL);
  g_autoptr (Reader) hers = reader_new (rig, anna, "");
  g_autoptr (Reader) his = reader_new (rig, boris, "");

  wait_for (hers, 1);
  wait_for (his, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b%02u", i);
      g_autoptr (SideAnnotation) note = side_annotation_new (id, "tea", "a", 1000, 2000);

      rig_expect_put (rig, anna, side_wire_document_for_annotation (note), -1, 200);
    }
  side_test_wait_until (was_hinted, hers, 10000, "a hint at the documents");
  side_test_run_for (700);
  g_assert_cmpuint (count_hints (hers), <, 20);
  g_assert_cmpuint (count_hints (his), ==, 0);
}

/* Slow readers */

static guint
count_events (const Reader *reader)
{
  guint n = 0;

  for (guint i = 0; i < reader->messages->len; i++)
    {
      const SideWireMessage *message = g_ptr_array_index (reader->messages, i);

      if (message->events != NULL)
        n += message->events->len;
    }
  return n;
}

/* Who acknowledges nothing gets the window and no more; when it does, a
 * snapshot stands for all it missed. */
static void
test_window (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) slow = reader_new (rig, token, "");
  g_autoptr (Reader) quick = reader_new (rig, token, "");
  g_autofree char *ack = NULL;
  SideWireMessage *message;
  guint n;

  slow->acknowledges = FALSE;
  wait_for (slow, 1);
  wait_for (quick, 1);
  for (int i = 0; i < 90; i++)
    {
      join (rig, "tea", i);
      wait_for (quick, (guint) i + 2);
    }
  g_assert_cmpuint (slow->messages->len, ==, 1 + SIDE_WIRE_WINDOW);
  g_assert_cmpuint (count_events (quick), ==, 90);
  /* a third of the way is not enough */
  message = g_ptr_array_index (slow->messages, 20);
  ack = side_wire_ack_message (message->seq);
  soup_websocket_connection_send_text (slow->connection, ack);
  side_test_run_for (200);
  g_assert_cmpuint (slow->messages->len, ==, 1 + SIDE_WIRE_WINDOW);
  n = slow->messages->len;
  message = g_ptr_array_index (slow->messages, n - 1);
  g_free (ack);
  ack = side_wire_ack_message (message->seq);
  soup_websocket_connection_send_text (slow->connection, ack);
  slow->acknowledges = TRUE;
  message = wait_for (slow, n + 1);
  g_assert_cmpint (message->type, ==, SIDE_WIRE_SNAPSHOT);
  g_assert_cmpuint (message->seq, ==, 90);
  join (rig, "tea", 1000);
  wait_for (slow, n + 2);
  assert_same_board (rig, slow);
}

/* Endings */

static void
test_sign_out (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *other = rig_add_user (rig, "boris", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) reader = reader_new (rig, token, "");
  g_autoptr (Reader) revoked = reader_new (rig, other, "");
  g_autoptr (RigAnswer) answer = NULL;

  wait_for (reader, 1);
  wait_for (revoked, 1);
  g_assert_cmpuint (side_http_server_count_streams (rig->server), ==, 2);
  answer = rig_ask (rig, "DELETE", "/session", token, NULL, NULL, NULL);
  g_assert_cmpuint (answer->status, ==, 204);
  side_test_wait_until (reader_is_closed, reader, 5000, "the stream of a revoked token to end");
  g_assert_cmpint (reader->code, ==, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  g_assert_false (revoked->closed);
  /* by another process, which the server cannot hear of: it looks now and then */
  g_assert_true (side_users_revoke (rig->database, "boris", NULL));
  side_test_wait_until (reader_is_closed, revoked, 15000, "the stream of a revoked user to end");
  g_assert_cmpint (revoked->code, ==, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
}

static void
test_server_stops (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) reader = reader_new (rig, token, "");

  wait_for (reader, 1);
  rig_stop (rig);
  side_test_wait_until (reader_is_closed, reader, 5000, "the stream to end with the server");
  g_assert_cmpint (reader->code, ==, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
}

static void
assert_ends_after (const char *text,
                   gushort     code)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) reader = reader_new (rig, token, "");

  wait_for (reader, 1);
  soup_websocket_connection_send_text (reader->connection, text);
  side_test_wait_until (reader_is_closed, reader, 5000, "the stream to end after nonsense");
  g_assert_cmpint (reader->code, ==, code);
}

static void
test_nonsense (void)
{
  g_autofree char *large = g_strnfill (4000, ' ');

  assert_ends_after ("hello", SOUP_WEBSOCKET_CLOSE_BAD_DATA);
  assert_ends_after ("{\"type\":\"ack\",\"seq\":\"x\"}", SOUP_WEBSOCKET_CLOSE_BAD_DATA);
  assert_ends_after (large, SOUP_WEBSOCKET_CLOSE_TOO_BIG);
}

static void
test_unknown_message (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) reader = reader_new (rig, token, "");

  wait_for (reader, 1);
  soup_websocket_connection_send_text (reader->connection, "{\"type\":\"wave\",\"x\":1}");
  side_test_run_for (50);
  join (rig, "tea", 1);
  wait_for (reader, 2);
  g_assert_false (reader->closed);
}

/* A message in ever more pieces does not grow in the server's memory. */
static void
test_endless_message (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (Reader) reader = reader_new (rig, token, "");
  GIOStream *stream = soup_websocket_connection_get_io_stream (reader->connection);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  guint8 frame[8 + 512] = { 0x00, 0x80 | 126, 2, 0, 0, 0, 0, 0 };   /* a continuation, masked with 0 */
  gsize sent = 0;

  wait_for (reader, 1);
  memset (frame + 8, ' ', 512);
  frame[0] = 0x01;
  while (!reader->closed && sent < 64 * 1024 * 1024)
    {
      gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), frame, sizeof frame, NULL, NULL);

      if (n == sizeof frame)
        frame[0] = 0x00;
      sent += n > 0 ? (gsize) n : 0;
      if (n > 0)
        g_assert_cmpint (n, ==, sizeof frame);
      if (n <= 0 || sent % 65536 < sizeof frame)
        side_test_run_for (2);
      if (n < 0 && side_http_server_count_streams (rig->server) == 0)
        break;
    }
  side_test_wait_until (reader_is_closed, reader, 5000, "the stream to end");
  g_assert_cmpint (reader->code, ==, SOUP_WEBSOCKET_CLOSE_TOO_BIG);
}

static void
test_handshake (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (RigAnswer) plain = rig_get (rig, "/live", token);
  g_autoptr (RigAnswer) after = rig_get (rig, "/live?after=x", token);

  g_assert_cmpuint (plain->status, ==, 400);
  g_assert_cmpuint (after->status, ==, 400);
}

/* Connections */

static gboolean
no_connections (gpointer data)
{
  return side_http_server_count_connections (data) == 0;
}

static gboolean
some_connections (gpointer data)
{
  return side_http_server_count_connections (data) >= 20;
}

/* Whoever comes and goes, with a word or without, leaves nothing behind. */
static void
test_connections (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray) silent = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (Reader) reader = reader_new (rig, token, "");

  for (int i = 0; i < 20; i++)
    {
      GSocketConnection *connection =
          g_socket_client_connect_to_host (client, "127.0.0.1", side_http_server_get_port (rig->server), NULL, NULL);
      g_autoptr (RigAnswer) answer = rig_get (rig, "/health", NULL);

      g_assert_nonnull (connection);
      g_assert_cmpuint (answer->status, ==, 200);
      if (i % 2 == 0)
        g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "GET /", 5, NULL, NULL);
      g_ptr_array_add (silent, connection);
    }
  side_test_wait_until (some_connections, rig->server, 5000, "the connections to be seen");
  g_ptr_array_set_size (silent, 0);
  g_clear_pointer (&reader, reader_free);
  side_test_wait_until (no_connections, rig->server, 10000, "all connections to be let go");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-live/stream", test_stream);
  g_test_add_func ("/http-live/scope", test_scope);
  g_test_add_func ("/http-live/resume", test_resume);
  g_test_add_func ("/http-live/epoch", test_epoch);
  g_test_add_func ("/http-live/documents", test_documents);
  g_test_add_func ("/http-live/large-board", test_large_board);
  g_test_add_func ("/http-live/window", test_window);
  g_test_add_func ("/http-live/sign-out", test_sign_out);
  g_test_add_func ("/http-live/server-stops", test_server_stops);
  g_test_add_func ("/http-live/nonsense", test_nonsense);
  g_test_add_func ("/http-live/unknown-message", test_unknown_message);
  g_test_add_func ("/http-live/endless-message", test_endless_message);
  g_test_add_func ("/http-live/handshake", test_handshake);
  g_test_add_func ("/http-live/connections", test_connections);
  return g_test_run ();
}
