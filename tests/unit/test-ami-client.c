/* test-ami-client.c - the manager client against a scripted manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-ami-client.h"
#include "side-ami-peer.h"
#include "side-error.h"
#include "side-test.h"

typedef struct {
  SideAmiState  state;
  guint         ready;
  guint         down;
  int           code;      /* of the last error */
  GString      *events;
} Seen;

static void
on_state (SideAmiClient *client,
          SideAmiState   state,
          const GError  *error,
          gpointer       data)
{
  Seen *seen = data;

  seen->state = state;
  seen->ready += state == SIDE_AMI_READY;
  seen->down += state == SIDE_AMI_DOWN;
  if (error != NULL)
    seen->code = error->code;
}

static void
on_message (SideAmiClient        *client,
            const SideAmiMessage *message,
            gpointer              data)
{
  Seen *seen = data;

  g_string_append_printf (seen->events, "%s;", side_ami_message_get (message, "Event"));
}

static SideAmiClient *
client_new (guint16     port,
            const char *secret,
            Seen       *seen)
{
  SideAmiAddress address = { .host = "127.0.0.1", .port = port, .user = "sidetone", .secret = secret, .retry = TRUE };
  SideAmiTimes times = { .connect_ms = 1000, .answer_ms = 400, .ping_ms = 300, .retry_min_ms = 50, .retry_max_ms = 400 };
  SideAmiClient *client = side_ami_client_new (&address, &times);

  memset (seen, 0, sizeof *seen);
  seen->events = g_string_new (NULL);
  g_signal_connect (client, "state", G_CALLBACK (on_state), seen);
  g_signal_connect (client, "message", G_CALLBACK (on_message), seen);
  return client;
}

static void
start (SideAmiClient *client)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (side_ami_client_start (client, &error));
  g_assert_no_error (error);
}

static void
finish (SideAmiClient *client,
        Seen          *seen)
{
  side_ami_client_stop (client);
  g_assert_finalize_object (client);
  g_string_free (seen->events, TRUE);
  /* What was cancelled comes back in the next rounds, to nobody. */
  side_test_run_for (30);
}

static gboolean
is_ready (gpointer data)
{
  return ((Seen *) data)->ready > 0;
}

static gboolean
is_down (gpointer data)
{
  return ((Seen *) data)->down > 0;
}

static gboolean
is_ready_twice (gpointer data)
{
  return ((Seen *) data)->ready > 1;
}

static SideAmiMessage *
ask (SideAmiClient       *client,
     const char          *action,
     const char * const  *headers,
     SideAmiItemFunc      item,
     gpointer             data,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_ami_client_send_async (client, action, headers, item, data, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 3000, "the answer to an action");
  return side_ami_client_send_finish (client, result, error);
}

static void
take_item (const SideAmiMessage *item,
           gpointer              data)
{
  g_string_append_printf (data, "%s,", side_ami_message_get (item, "N"));
}

static void
test_talk (void)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) items = g_string_new (NULL);
  g_autoptr (SideAmiMessage) list = NULL;
  SideAmiMessage *none;
  Seen seen;
  SideAmiClient *client = client_new (peer->port, "geheim", &seen);

  start (client);
  side_test_wait_until (is_ready, &seen, 5000, "the sign-in");
  g_assert_cmpstr (side_ami_client_get_banner (client), ==, "Asterisk Call Manager/11.0.0");

  list = ask (client, "List", (const char *[]) { "A", "б", NULL }, take_item, items, &error);
  g_assert_no_error (error);
  /* The forged end within a caller's event did not end it: "(null)" is its N. */
  g_assert_cmpstr (items->str, ==, "1,2,(null),");
  g_assert_nonnull (strstr (seen.events->str, "Other;"));
  g_assert_null (strstr (seen.events->str, "Item;"));

  none = ask (client, "Refuse", NULL, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  none = ask (client, "Fail", NULL, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  g_clear_error (&error);
  none = ask (client, "Ignore", NULL, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT);
  g_clear_error (&error);

  side_test_run_for (1000);   /* some pings */
  g_assert_cmpint (side_ami_client_get_state (client), ==, SIDE_AMI_READY);
  g_assert_cmpuint (seen.down, ==, 0);
  g_mutex_lock (&peer->lock);
  g_assert_nonnull (strstr (peer->heard->str, "Action: Ping\r\n"));
  g_assert_nonnull (strstr (peer->heard->str, "A: б\r\n"));
  g_assert_null (strstr (peer->heard->str, "geheim"));
  g_mutex_unlock (&peer->lock);
  finish (client, &seen);
}

static void
test_values (void)
{
  static const char * const bad[][3] = {
    { "A", "b\r\nAction: Command", NULL }, { "A", "b\n", NULL }, { "A", "\r", NULL }, { "A\r\nB", "c", NULL },
    { "A:", "c", NULL },
  };
  g_autofree char *long_value = g_strnfill (1100, 'x');
  g_autofree char *good = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (side_ami_compose ("Ping", "1", bad[i], &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
      g_assert_null (strstr (error->message, "\n"));
      g_clear_error (&error);
    }
  g_assert_null (side_ami_compose ("Ping", "1", (const char *[]) { "A", long_value, NULL }, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  good = side_ami_compose ("QueuePause", "7", (const char *[]) { "Reason", "Обед: 15", "Paused", "true", NULL }, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (good, ==, "Action: QueuePause\r\nActionID: 7\r\nReason: Обед: 15\r\nPaused: true\r\n\r\n");
}

static void
test_cancel (void)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Seen seen;
  SideAmiClient *client = client_new (peer->port, "geheim", &seen);

  start (client);
  side_test_wait_until (is_ready, &seen, 5000, "the sign-in");
  side_ami_client_send_async (client, "Ignore", NULL, NULL, NULL, cancellable, side_test_async_cb, &result);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&result, 1000, "the cancellation");
  g_assert_null (side_ami_client_send_finish (client, result, &error));
  g_assert_true (side_error_is_cancelled (error));
  g_clear_object (&result);
  finish (client, &seen);
}

static void
test_wrong_secret (void)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  Seen seen;
  SideAmiClient *client = client_new (peer->port, "falsch", &seen);

  start (client);
  side_test_wait_until (is_down, &seen, 5000, "the refusal");
  g_assert_cmpint (seen.code, ==, SIDE_ERROR_UNAUTHORIZED);
  g_assert_null (strstr (side_ami_client_get_error (client)->message, "falsch"));
  g_assert_cmpuint (seen.ready, ==, 0);
  /* Not at once again: a PBX bans who tries and tries. */
  side_test_run_for (200);
  g_assert_cmpint (g_atomic_int_get (&peer->connections), ==, 1);
  finish (client, &seen);
}

static void
expect_down (SideAmiPeerKind kind,
             int      code)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (kind);
  Seen seen;
  SideAmiClient *client = client_new (peer->port, "geheim", &seen);

  start (client);
  side_test_wait_until (is_down, &seen, 5000, "the connection to be given up");
  g_assert_cmpint (seen.code, ==, code);
  finish (client, &seen);
}

static void test_nonsense (void) { expect_down (PEER_NONSENSE, SIDE_ERROR_INVALID); }
static void test_no_pong (void)  { expect_down (PEER_NO_PONG, SIDE_ERROR_TIMED_OUT); }
static void test_hangs_up (void) { expect_down (PEER_HANGS_UP, SIDE_ERROR_DISCONNECTED); }
static void test_flood (void)    { expect_down (PEER_FLOOD, SIDE_ERROR_TOO_LARGE); }
static void test_silent (void)   { expect_down (PEER_SILENT, SIDE_ERROR_TIMED_OUT); }

static void
test_reconnect (void)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_HANGS_UP);
  g_autoptr (GError) error = NULL;
  Seen seen;
  SideAmiClient *client = client_new (peer->port, "geheim", &seen);
  SideAmiMessage *none;

  start (client);
  side_test_wait_until (is_ready_twice, &seen, 8000, "a second sign-in");
  g_assert_cmpint (g_atomic_int_get (&peer->connections), >=, 2);
  side_ami_client_stop (client);
  none = ask (client, "Ping", NULL, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  finish (client, &seen);
}

/* The port is held, or the connection might be given it for its own end and
 * be made with itself. */
static void
test_nobody (void)
{
  g_autoptr (GSocket) held = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  Seen seen;
  SideAmiClient *client;

  g_assert_true (g_socket_bind (held, any, FALSE, NULL));
  address = g_socket_get_local_address (held, NULL);
  client = client_new (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), "geheim", &seen);
  start (client);
  side_test_wait_until (is_down, &seen, 5000, "the refusal");
  g_assert_cmpint (seen.code, ==, SIDE_ERROR_UNREACHABLE);
  finish (client, &seen);
}

static void
test_bad_settings (void)
{
  static const SideAmiAddress bad[] = {
    { .host = "", .port = 1, .user = "a", .secret = "b" },
    { .host = "h", .port = 0, .user = "a", .secret = "b" },
    { .host = "h", .port = 1, .user = "", .secret = "b" },
    { .host = "h", .port = 1, .user = "a\r\nAction: x", .secret = "b" },
    { .host = "h", .port = 1, .user = "a", .secret = "b\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SideAmiClient) client = side_ami_client_new (&bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (side_ami_client_start (client, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ami-client/talk", test_talk);
  g_test_add_func ("/ami-client/values", test_values);
  g_test_add_func ("/ami-client/cancel", test_cancel);
  g_test_add_func ("/ami-client/wrong-secret", test_wrong_secret);
  g_test_add_func ("/ami-client/nonsense", test_nonsense);
  g_test_add_func ("/ami-client/no-pong", test_no_pong);
  g_test_add_func ("/ami-client/hangs-up", test_hangs_up);
  g_test_add_func ("/ami-client/flood", test_flood);
  g_test_add_func ("/ami-client/silent", test_silent);
  g_test_add_func ("/ami-client/reconnect", test_reconnect);
  g_test_add_func ("/ami-client/nobody", test_nobody);
  g_test_add_func ("/ami-client/bad-settings", test_bad_settings);
  return g_test_run ();
}
