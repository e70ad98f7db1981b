/* test-link-live.c - the live stream: what it hands on, and how it comes back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "link-peer.h"
#include "side-test.h"

#define WAIT_MS 10000
#define NOW_MS  G_GINT64_CONSTANT (1795269600000)

/* A link with what it told. */
typedef struct {
  SideLink  *link;
  SideClock *clock;
  GPtrArray *events;       /* of SideEvent */
  guint      n_snapshots;
  guint      n_batches;
  guint      n_heard;      /* messages that came in */
  guint64    snapshot_seq;
  SideBoard *board;
  GString   *states;       /* one letter for each state it went through */
} Listener;

static void
on_snapshot (SideLink  *link,
             SideBoard *board,
             guint64    seq,
             gpointer   user_data)
{
  Listener *listener = user_data;

  listener->n_snapshots++;
  listener->snapshot_seq = seq;
  g_set_object (&listener->board, board);
}

static void
on_events (SideLink  *link,
           GPtrArray *events,
           guint64    seq,
           gpointer   user_data)
{
  Listener *listener = user_data;

  listener->n_batches++;
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (listener->events, side_event_ref (g_ptr_array_index (events, i)));
  g_assert_cmpuint (seq, ==, side_link_get_seq (link));
}

static void
on_state (SideLink   *link,
          GParamSpec *pspec,
          gpointer    user_data)
{
  Listener *listener = user_data;

  g_string_append_c (listener->states, "OCLW"[side_link_get_state (link)]);
}

static void
on_heard (SideLink   *link,
          GParamSpec *pspec,
          gpointer    user_data)
{
  ((Listener *) user_data)->n_heard++;
}

static Listener *
listener_new (const char *uri,
              guint       silence_ms,
              guint       backoff_ms)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->clock = side_clock_new_manual (NOW_MS);
  listener->link = g_object_new (SIDE_TYPE_LINK, "base-uri", uri, "clock", listener->clock, "silence-ms", silence_ms,
                                 "backoff-ms", backoff_ms, "timeout-s", 5, NULL);
  listener->events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  listener->states = g_string_new (NULL);
  side_link_set_token (listener->link, "t0ken");
  g_signal_connect (listener->link, "snapshot", G_CALLBACK (on_snapshot), listener);
  g_signal_connect (listener->link, "events", G_CALLBACK (on_events), listener);
  g_signal_connect (listener->link, "notify::last-heard-ms", G_CALLBACK (on_heard), listener);
  g_signal_connect (listener->link, "notify::state", G_CALLBACK (on_state), listener);
  return listener;
}

static void
listener_free (Listener *listener)
{
  g_signal_handlers_disconnect_by_data (listener->link, listener);
  g_assert_finalize_object (listener->link);
  g_clear_object (&listener->board);
  g_object_unref (listener->clock);
  g_ptr_array_unref (listener->events);
  g_string_free (listener->states, TRUE);
  g_free (listener);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

typedef struct { SideLink *link; SideLinkState state; } StateWait;

static gboolean
has_state (gpointer data)
{
  StateWait *wait = data;

  return side_link_get_state (wait->link) == wait->state;
}

static void
wait_state (Listener      *listener,
            SideLinkState  state,
            const char    *what)
{
  StateWait wait = { listener->link, state };

  side_test_wait_until (has_state, &wait, WAIT_MS, what);
}

typedef struct { guint *number; guint at_least; } NumberWait;

static gboolean
is_enough (gpointer data)
{
  NumberWait *wait = data;

  return *wait->number >= wait->at_least;
}

static void
wait_number (guint      *number,
             guint       at_least,
             const char *what)
{
  NumberWait wait = { number, at_least };

  side_test_wait_until (is_enough, &wait, WAIT_MS, what);
}

static void
close_socket (LinkServer *server,
              gushort     code)
{
  soup_websocket_connection_close (link_server_get_socket (server), code, NULL);
}

/* One event in a message of its own. */
static void
say_event (LinkServer *server,
           guint       seq)
{
  g_autofree char *text = g_strdup_printf ("{\"type\":\"events\",\"seq\":%u,\"at_ms\":1,\"events\":["
                                           "{\"seq\":%u,\"kind\":\"call.joined\",\"at_ms\":1}]}", seq, seq);

  link_server_say (server, text);
}

static void
test_snapshot_and_events (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 20);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, NULL);
  g_assert_cmpint (side_link_get_state (listener->link), ==, SIDE_LINK_CONNECTING);
  wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
  g_assert_cmpstr (listener->states->str, ==, "CL");
  g_assert_cmpstr (link_server_get_header (server, "authorization"), ==, "Bearer t0ken");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 0), ==, "");
  g_assert_null (link_server_get_header (server, "sec-websocket-extensions"));
  g_assert_cmpuint (listener->snapshot_seq, ==, 10);
  g_assert_cmpuint (side_board_get_seq (listener->board), ==, 10);
  g_assert_cmpint (side_link_get_last_heard_ms (listener->link), ==, NOW_MS);
  g_assert_null (side_link_get_reason (listener->link));

  /* 9 and 10 are known, 11 and 14 are not; 15 is of somebody else's project. */
  link_server_say (server, "{\"type\":\"events\",\"seq\":15,\"at_ms\":1795269607000,\"events\":["
                           "{\"seq\":9,\"kind\":\"call.joined\",\"at_ms\":1},{\"seq\":10,\"kind\":\"call.joined\",\"at_ms\":1},"
                           "{\"seq\":11,\"kind\":\"call.joined\",\"at_ms\":1},{\"seq\":14,\"kind\":\"call.ended\",\"at_ms\":1}]}");
  wait_number (&listener->events->len, 2, "two events");
  g_assert_cmpuint (((SideEvent *) g_ptr_array_index (listener->events, 0))->seq, ==, 11);
  g_assert_cmpuint (side_link_get_seq (listener->link), ==, 15);
  g_assert_cmpint (side_link_get_server_offset_ms (listener->link), ==, 7000);
  link_server_say (server, "{\"type\":\"hello\",\"of\":\"a newer server\"}");
  link_server_say (server, "{\"type\":\"tick\",\"seq\":17,\"at_ms\":1795269600000}");
  wait_number (&server->acks->len, 3, "three acks");
  g_assert_cmpstr (g_ptr_array_index (server->acks, 0), ==, "{\"type\":\"ack\",\"seq\":10}");
  g_assert_cmpstr (g_ptr_array_index (server->acks, 1), ==, "{\"type\":\"ack\",\"seq\":15}");
  g_assert_cmpstr (g_ptr_array_index (server->acks, 2), ==, "{\"type\":\"ack\",\"seq\":17}");
  g_assert_cmpuint (side_link_get_seq (listener->link), ==, 17);
  g_assert_cmpuint (listener->n_batches, ==, 1);
  side_link_stop_live (listener->link);
  g_assert_cmpstr (listener->states->str, ==, "CLO");
}

static void
test_resume (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 20);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, "tea & co");
  wait_number (&server->acks->len, 1, "the snapshot to be acknowledged");
  say_event (server, 12);
  wait_number (&server->acks->len, 2, "the events to be acknowledged");
  server->deaf = TRUE;
  close_socket (server, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
  wait_state (listener, SIDE_LINK_WAITING, "the stream to break");
  g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  g_assert_cmpint (side_link_get_retry_at_ms (listener->link), >, NOW_MS);
  wait_number (&server->sockets->len, 2, "the stream to come back");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 0), ==, "project=tea%20%26%20co");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 1), ==, "after=12&project=tea%20%26%20co");
  link_server_say (server, "{\"type\":\"events\",\"seq\":13,\"at_ms\":1,\"events\":[{\"seq\":12,\"kind\":\"call.joined\",\"at_ms\":1},"
                           "{\"seq\":13,\"kind\":\"call.ended\",\"at_ms\":1}]}");
  wait_number (&listener->events->len, 2, "the missed event");
  g_assert_cmpuint (((SideEvent *) g_ptr_array_index (listener->events, 1))->seq, ==, 13);
  g_assert_cmpuint (listener->n_snapshots, ==, 1);
  g_assert_cmpstr (listener->states->str, ==, "CLWCL");
  g_assert_cmpint (side_link_get_retry_at_ms (listener->link), ==, 0);
  g_assert_null (side_link_get_reason (listener->link));
}

/* The server's numbers mean something with the archive they are of: what is
 * resumed from says which, and another archive's snapshot begins anew. */
static void
test_epoch (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 20);

  link_server_add_live (server);
  server->deaf = TRUE;
  side_link_start_live (listener->link, 0, NULL);
  wait_number (&server->sockets->len, 1, "the stream");
  link_server_say (server, "{\"type\":\"snapshot\",\"seq\":10,\"at_ms\":1,\"epoch\":\"one\",\"board\":{\"seq\":10,\"at_ms\":1,\"projects\":[]}}");
  wait_number (&server->acks->len, 1, "the snapshot to be acknowledged");
  g_assert_cmpstr (side_link_get_epoch (listener->link), ==, "one");
  close_socket (server, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
  wait_number (&server->sockets->len, 2, "the stream to come back");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 1), ==, "after=10&epoch=one");
  link_server_say (server, "{\"type\":\"snapshot\",\"seq\":3,\"at_ms\":1,\"epoch\":\"two\",\"board\":{\"seq\":3,\"at_ms\":1,\"projects\":[]}}");
  wait_number (&listener->n_snapshots, 2, "another archive's snapshot");
  g_assert_cmpstr (side_link_get_epoch (listener->link), ==, "two");
  g_assert_cmpuint (side_link_get_seq (listener->link), ==, 3);
  say_event (server, 4);
  wait_number (&listener->events->len, 1, "an event of the other archive");
}

/* A snapshot in pieces is handed on, and acknowledged, when it is whole. */
static void
test_snapshot_in_parts (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 20);
  SideBoardProject *tea;

  link_server_add_live (server);
  server->deaf = TRUE;
  side_link_start_live (listener->link, 0, NULL);
  wait_number (&server->sockets->len, 1, "the stream");
  link_server_say (server, "{\"type\":\"snapshot\",\"seq\":10,\"at_ms\":1,\"more\":true,\"board\":{\"seq\":10,\"at_ms\":1,\"projects\":["
                           "{\"id\":\"tea\",\"calls\":[{\"id\":\"a\",\"joined_ms\":1}],\"operators\":[],\"callbacks\":[],\"gaps\":[]}]}}");
  link_server_say (server, "{\"type\":\"snapshot.part\",\"seq\":10,\"at_ms\":1,\"more\":true,\"projects\":["
                           "{\"id\":\"tea\",\"calls\":[{\"id\":\"b\",\"joined_ms\":2}]}]}");
  wait_number (&listener->n_heard, 2, "two pieces");
  side_test_run_for (30);
  g_assert_cmpuint (listener->n_snapshots, ==, 0);
  g_assert_cmpuint (server->acks->len, ==, 0);
  g_assert_cmpstr (listener->states->str, ==, "C");
  link_server_say (server, "{\"type\":\"snapshot.part\",\"seq\":10,\"at_ms\":1,\"projects\":["
                           "{\"id\":\"tea\",\"calls\":[{\"id\":\"c\",\"joined_ms\":3}]}]}");
  wait_number (&server->acks->len, 1, "the snapshot to be acknowledged");
  g_assert_cmpstr (g_ptr_array_index (server->acks, 0), ==, "{\"type\":\"ack\",\"seq\":10}");
  g_assert_cmpuint (listener->n_snapshots, ==, 1);
  tea = side_board_restore_project (listener->board, g_intern_static_string ("tea"));
  g_assert_cmpuint (tea->calls->len, ==, 3);
  g_assert_cmpstr (((SideCall *) g_ptr_array_index (tea->calls, 2))->id, ==, "c");
}

static void
test_after_given (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 20);

  link_server_add_live (server);
  /* The server knows nothing as new as that and sends a snapshot. */
  side_link_start_live (listener->link, 4000, NULL);
  wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 0), ==, "after=4000");
  g_assert_cmpuint (side_link_get_seq (listener->link), ==, 10);
  say_event (server, 11);
  wait_number (&listener->events->len, 1, "an event after the snapshot");
}

static void
test_server_is_gone_and_back (void)
{
  g_autoptr (Listener) listener = NULL;
  g_autofree char *uri = NULL;
  gint64 pause;

  {
    g_autoptr (LinkServer) gone = link_server_new (NULL);
    uri = g_strdup (gone->uri);
  }
  listener = listener_new (uri, 30000, 1000);
  side_link_start_live (listener->link, 0, NULL);
  /* Each pause is from the upper half of a doubling one, up to a minute. */
  for (gint64 whole = 1000; whole <= 1000 << 8; whole *= 2)
    {
      wait_state (listener, SIDE_LINK_WAITING, "the link to wait");
      g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
      pause = side_link_get_retry_at_ms (listener->link) - NOW_MS;
      g_assert_cmpint (pause, >=, MIN (whole, 60000) / 2);
      g_assert_cmpint (pause, <=, MIN (whole, 60000));
      side_link_retry_now (listener->link);
      g_assert_cmpint (side_link_get_state (listener->link), ==, SIDE_LINK_CONNECTING);
      g_assert_cmpint (side_link_get_retry_at_ms (listener->link), ==, 0);
    }
}

static void
test_silence (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 1000, 20);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, NULL);
  wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
  /* A word now and then keeps it alive well past its silence. */
  for (int i = 0; i < 10; i++)
    {
      side_test_run_for (150);
      link_server_say (server, "{\"type\":\"tick\",\"seq\":10,\"at_ms\":1}");
    }
  g_assert_cmpstr (listener->states->str, ==, "CL");
  wait_state (listener, SIDE_LINK_WAITING, "the silent stream to be given up");
  g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_TIMED_OUT);
  wait_number (&server->sockets->len, 2, "a new stream");
}

static void
test_silent_handshake (void)
{
  g_autoptr (RawPeer) peer = raw_peer_new ("", 0, RAW_HOLD);
  g_autoptr (Listener) listener = listener_new (peer->uri, 150, 20);

  side_link_start_live (listener->link, 0, NULL);
  wait_number (&peer->n_connections, 2, "a second attempt");
  g_assert_true (g_str_has_prefix (listener->states->str, "CW"));
}

static void
test_refused_for_good (void)
{
  static const struct { guint status; int code; } cases[] = { { 401, SIDE_ERROR_UNAUTHORIZED }, { 403, SIDE_ERROR_FORBIDDEN } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LinkServer) server = link_server_new (NULL);
      g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10);

      link_server_answer (server, "GET /live", cases[i].status, "application/problem+json", "{}");
      side_link_start_live (listener->link, 0, NULL);
      wait_state (listener, SIDE_LINK_OFFLINE, "the link to give up");
      g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, cases[i].code);
      side_test_run_for (60);
      g_assert_cmpuint (server->seen->len, ==, 1);
      /* A person has signed in again. */
      link_server_add_live (server);
      side_link_set_token (listener->link, "another");
      side_link_retry_now (listener->link);
      wait_state (listener, SIDE_LINK_LIVE, "the stream after a new sign-in");
      g_assert_cmpstr (link_server_get_header (server, "authorization"), ==, "Bearer another");
    }
}

static void
test_revoked (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, NULL);
  wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
  close_socket (server, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  wait_state (listener, SIDE_LINK_OFFLINE, "the link to give up");
  g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED);
}

static void
test_other_answers (void)
{
  static const struct { guint status; int code; } cases[] = {
    { 200, SIDE_ERROR_INVALID }, { 404, SIDE_ERROR_INVALID }, { 429, SIDE_ERROR_RATE_LIMITED },
    { 500, SIDE_ERROR_FAILED }, { 503, SIDE_ERROR_BUSY }, { 302, SIDE_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LinkServer) server = link_server_new (NULL);
      g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10000);

      link_server_answer (server, "GET /live", cases[i].status, "text/html", "<p>hello</p>");
      side_link_start_live (listener->link, 0, NULL);
      wait_state (listener, SIDE_LINK_WAITING, "the link to wait");
      g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, cases[i].code);
    }
}

static void
test_scripted_peers (void)
{
  static const char *const answers[] = {
    "", "garbage\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
    "SIP/2.0 200 OK\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (RawPeer) peer = raw_peer_new (answers[i], -1, RAW_CLOSE);
      g_autoptr (Listener) listener = listener_new (peer->uri, 30000, 10000);

      side_link_start_live (listener->link, 0, NULL);
      wait_state (listener, SIDE_LINK_WAITING, "the link to wait");
      g_assert_true (side_link_get_reason (listener->link)->domain == SIDE_ERROR);
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, side_link_get_reason (listener->link)->message);
    }
}

static void
test_nonsense (void)
{
  static const char *const words[] = {
    "hello", "{}", "{\"type\":\"events\",\"seq\":1}", "{\"type\":\"events\",\"seq\":1,\"events\":[1]}",
    "{\"type\":\"snapshot\",\"seq\":1}", "{\"type\":\"tick\",\"seq\":-1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (LinkServer) server = link_server_new (NULL);
      g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10000);

      link_server_add_live (server);
      side_link_start_live (listener->link, 0, NULL);
      wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
      link_server_say (server, words[i]);
      wait_state (listener, SIDE_LINK_WAITING, "the stream of nonsense to be closed");
      g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_INVALID);
      g_assert_cmpuint (listener->events->len, ==, 0);
    }
}

/* A snapshot of five megabytes is taken, a message over the limit is not. */
static void
test_large_messages (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10000);
  g_autoptr (GString) text = g_string_new ("{\"type\":\"snapshot\",\"seq\":90,\"at_ms\":1,\"board\":{\"seq\":90,\"at_ms\":1,"
                                           "\"projects\":[{\"id\":\"tea\",\"calls\":[");

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, NULL);
  wait_state (listener, SIDE_LINK_LIVE, "the stream to be live");
  for (int i = 0; i < 22000; i++)
    g_string_append_printf (text, "%s{\"id\":\"leg-%d\",\"joined_ms\":1795269600000,\"queue\":\"tea-orders\",\"caller\":\"79031231244\","
                                  "\"ended_ms\":1795269660000,\"outcome\":\"answered\",\"operator\":\"201\",\"talk_ms\":45000,"
                                  "\"journey\":\"journey-%d\",\"note\":\"Перезвонить после шести\"}", i > 0 ? "," : "", i, i);
  g_string_append (text, "]}]}}");
  g_assert_cmpuint (text->len, >, 5000000);
  link_server_say (server, text->str);
  /* What comes behind it is not handed on before it. */
  say_event (server, 91);
  wait_number (&listener->events->len, 1, "an event behind the large snapshot");
  g_assert_cmpuint (listener->n_snapshots, ==, 2);
  g_assert_cmpuint (side_link_get_seq (listener->link), ==, 91);
  g_assert_cmpuint (side_board_get_project (listener->board, "tea")->calls->len, ==, 22000);

  g_string_set_size (text, 0);
  for (int i = 0; i < 17; i++)
    {
      g_autofree char *piece = g_strnfill (1024 * 1024, ' ');
      g_string_append (text, piece);
    }
  link_server_say (server, text->str);
  wait_state (listener, SIDE_LINK_WAITING, "the stream to break at the huge message");
}

/* A link that is let go of, or a stream that is stopped, while a worker reads. */
static void
test_let_go_while_reading (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  guint heard;
  Listener *gone = listener_new (server->uri, 30000, 10000);
  g_autoptr (Listener) stopped = listener_new (server->uri, 30000, 10000);
  g_autofree char *filling = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *large = g_strdup_printf ("{\"type\":\"snapshot\",\"seq\":90,\"at_ms\":1,%s\"board\":"
                                            "{\"seq\":90,\"at_ms\":1,\"projects\":[]}}", filling);

  link_server_add_live (server);
  side_link_start_live (gone->link, 0, NULL);
  wait_state (gone, SIDE_LINK_LIVE, "the first stream");
  link_server_say (server, large);
  heard = gone->n_heard;
  wait_number (&gone->n_heard, heard + 1, "the large message to come in");
  listener_free (gone);
  side_link_start_live (stopped->link, 0, NULL);
  wait_state (stopped, SIDE_LINK_LIVE, "the second stream");
  link_server_say (server, large);
  heard = stopped->n_heard;
  wait_number (&stopped->n_heard, heard + 1, "the large message to come in again");
  side_link_stop_live (stopped->link);
  side_test_run_for (200);
  g_assert_cmpuint (stopped->n_snapshots, ==, 1);
  g_assert_cmpint (side_link_get_state (stopped->link), ==, SIDE_LINK_OFFLINE);
}

static void
test_certificate (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autoptr (GTlsCertificate) certificate = link_make_certificate (dir, "127.0.0.1", -1, 30);
  g_autoptr (LinkServer) server = link_server_new (certificate);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, NULL);
  wait_state (listener, SIDE_LINK_OFFLINE, "the link to give up");
  g_assert_error (side_link_get_reason (listener->link), SIDE_ERROR, SIDE_ERROR_UNTRUSTED);
  side_link_pin_certificate (listener->link, side_link_get_refused_fingerprint (listener->link));
  side_link_retry_now (listener->link);
  wait_state (listener, SIDE_LINK_LIVE, "the stream with the accepted certificate");
  side_test_rm_rf (dir);
}

static void
stop_at_snapshot (SideLink  *link,
                  SideBoard *board,
                  guint64    seq,
                  gpointer   user_data)
{
  side_link_stop_live (link);
}

static void
test_stop_from_a_handler (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10);

  link_server_add_live (server);
  g_signal_connect (listener->link, "snapshot", G_CALLBACK (stop_at_snapshot), NULL);
  side_link_start_live (listener->link, 0, NULL);
  wait_number (&listener->n_snapshots, 1, "the snapshot");
  side_test_run_for (100);
  g_assert_cmpint (side_link_get_state (listener->link), ==, SIDE_LINK_OFFLINE);
  g_assert_cmpuint (server->sockets->len, ==, 1);
  g_assert_cmpint (soup_websocket_connection_get_state (link_server_get_socket (server)), ==, SOUP_WEBSOCKET_STATE_CLOSED);
  side_link_retry_now (listener->link);
  g_assert_cmpint (side_link_get_state (listener->link), ==, SIDE_LINK_OFFLINE);
}

static void
test_replaced (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (Listener) listener = listener_new (server->uri, 30000, 10);

  link_server_add_live (server);
  side_link_start_live (listener->link, 0, "tea");
  wait_state (listener, SIDE_LINK_LIVE, "the first stream");
  side_link_start_live (listener->link, 0, "coffee");
  g_assert_cmpint (side_link_get_state (listener->link), ==, SIDE_LINK_CONNECTING);
  wait_state (listener, SIDE_LINK_LIVE, "the second stream");
  g_assert_cmpstr (g_ptr_array_index (server->live_queries, 1), ==, "project=coffee");
  side_test_run_for (50);
  g_assert_cmpstr (listener->states->str, ==, "CLCL");
}

/* A link that is let go of in any state is gone at once and leaves nothing. */
static void
test_let_go (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (RawPeer) silent = raw_peer_new ("", 0, RAW_HOLD);
  Listener *connecting = listener_new (silent->uri, 30000, 10);
  Listener *starting = listener_new (server->uri, 30000, 10);
  Listener *live = listener_new (server->uri, 30000, 10);
  Listener *waiting;

  link_server_add_live (server);
  side_link_start_live (connecting->link, 0, NULL);
  side_link_start_live (starting->link, 0, NULL);
  side_link_start_live (live->link, 0, NULL);
  listener_free (starting);
  wait_state (live, SIDE_LINK_LIVE, "the stream to be live");
  wait_number (&silent->n_connections, 1, "the silent peer to be reached");
  listener_free (connecting);
  waiting = listener_new ("http://127.0.0.1:1", 30000, 10000);
  side_link_start_live (waiting->link, 0, NULL);
  wait_state (waiting, SIDE_LINK_WAITING, "the link to wait");
  listener_free (waiting);
  listener_free (live);
  side_test_run_for (100);
  g_assert_cmpint (soup_websocket_connection_get_state (link_server_get_socket (server)), ==, SOUP_WEBSOCKET_STATE_CLOSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/live/snapshot-and-events", test_snapshot_and_events);
  g_test_add_func ("/link/live/resume", test_resume);
  g_test_add_func ("/link/live/epoch", test_epoch);
  g_test_add_func ("/link/live/snapshot-in-parts", test_snapshot_in_parts);
  g_test_add_func ("/link/live/after-given", test_after_given);
  g_test_add_func ("/link/live/gone-and-back", test_server_is_gone_and_back);
  g_test_add_func ("/link/live/silence", test_silence);
  g_test_add_func ("/link/live/silent-handshake", test_silent_handshake);
  g_test_add_func ("/link/live/refused-for-good", test_refused_for_good);
  g_test_add_func ("/link/live/revoked", test_revoked);
  g_test_add_func ("/link/live/other-answers", test_other_answers);
  g_test_add_func ("/link/live/scripted-peers", test_scripted_peers);
  g_test_add_func ("/link/live/nonsense", test_nonsense);
  g_test_add_func ("/link/live/large-messages", test_large_messages);
  g_test_add_func ("/link/live/let-go-while-reading", test_let_go_while_reading);
  g_test_add_func ("/link/live/certificate", test_certificate);
  g_test_add_func ("/link/live/stop-from-a-handler", test_stop_from_a_handler);
  g_test_add_func ("/link/live/replaced", test_replaced);
  g_test_add_func ("/link/live/let-go", test_let_go);
  return g_test_run ();
}
