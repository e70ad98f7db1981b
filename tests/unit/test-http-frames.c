/* test-http-frames.c - the live stream's frames, byte by byte
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bare socket says what no proper client would, and what proper ones may.
 */
#include <string.h>

#include "server-rig.h"
#include "side-test.h"
#include "side-wire.h"

typedef struct {
  Rig               *rig;
  GSocketConnection *connection;
  GByteArray        *heard;
  gboolean           ended;
} Peer;

static void
listen_once (Peer *peer)
{
  GSocket *socket = g_socket_connection_get_socket (peer->connection);
  char buffer[8192];
  gssize n = 0;

  while (!peer->ended && (n = g_socket_receive_with_blocking (socket, buffer, sizeof buffer, FALSE, NULL, NULL)) > 0)
    g_byte_array_append (peer->heard, (const guint8 *) buffer, (guint) n);
  if (n == 0)
    peer->ended = TRUE;
}

static gboolean
has_switched (gpointer data)
{
  Peer *peer = data;

  listen_once (peer);
  return peer->heard->len > 0
         && g_strstr_len ((const char *) peer->heard->data, (gssize) peer->heard->len, "\r\n\r\n") != NULL;
}

static Peer *
peer_new (void)
{
  Peer *peer = g_new0 (Peer, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *token = NULL;
  g_autofree char *request = NULL;
  const char *end;

  peer->rig = rig_new ();
  token = rig_add_user (peer->rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  request = g_strdup_printf ("GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\n"
                             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sidetone.v1\r\n"
                             "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", token);
  peer->heard = g_byte_array_new ();
  peer->connection = g_socket_client_connect_to_host (client, "127.0.0.1", side_http_server_get_port (peer->rig->server), NULL, NULL);
  g_assert_nonnull (peer->connection);
  g_socket_set_blocking (g_socket_connection_get_socket (peer->connection), FALSE);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (peer->connection)),
                                            request, strlen (request), NULL, NULL, NULL));
  side_test_wait_until (has_switched, peer, 5000, "the protocol to be switched");
  g_assert_true (strncmp ((const char *) peer->heard->data, "HTTP/1.1 101", strlen ("HTTP/1.1 101")) == 0);
  g_assert_null (g_strstr_len ((const char *) peer->heard->data, (gssize) peer->heard->len, "deflate"));
  end = g_strstr_len ((const char *) peer->heard->data, (gssize) peer->heard->len, "\r\n\r\n");
  {
    const char *first = g_strstr_len ((const char *) peer->heard->data, end - (const char *) peer->heard->data, "\r\nConnection: ");

    g_assert_nonnull (first);
    g_assert_null (g_strstr_len (first + 2, end - first - 2, "\r\nConnection: "));
    g_assert_true (g_str_has_prefix (first, "\r\nConnection: Upgrade\r\n"));
  }
  g_byte_array_remove_range (peer->heard, 0, (guint) (end + 4 - (const char *) peer->heard->data));
  return peer;
}

static void
peer_free (Peer *peer)
{
  g_object_unref (peer->connection);
  g_byte_array_unref (peer->heard);
  side_test_run_for (100);
  g_assert_cmpuint (side_http_server_count_streams (peer->rig->server), ==, 0);
  rig_free (peer->rig);
  g_free (peer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

static void
say (Peer       *peer,
     const void *bytes,
     gsize       len)
{
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (peer->connection)), bytes, len, NULL, NULL, NULL));
}

/* A masked frame. */
static void
say_frame (Peer       *peer,
           guint8      first,
           const char *payload,
           gsize       len)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  static const guint8 mask[4] = { 0x12, 0xfe, 0x00, 0x7b };
  guint8 head[8] = { first, (guint8) (0x80 | (len < 126 ? len : 126)), (guint8) (len >> 8), (guint8) len };

  g_byte_array_append (frame, head, len < 126 ? 2 : 4);
  g_byte_array_append (frame, mask, 4);
  for (gsize i = 0; i < len; i++)
    {
      guint8 byte = (guint8) payload[i] ^ mask[i & 3];

      g_byte_array_append (frame, &byte, 1);
    }
  say (peer, frame->data, frame->len);
}

/* Drops whole frames of other kinds. Returns: the frame's payload, NULL when
 * none of that kind has come. */
static guint8 *
take (Peer   *peer,
      guint8  opcode,
      gsize  *len)
{
  listen_once (peer);
  while (peer->heard->len >= 2)
    {
      const guint8 *at = peer->heard->data;
      gsize size = at[1];
      gsize head = 2;
      gboolean wanted = (at[0] & 0x0f) == opcode;
      guint8 *payload = NULL;

      g_assert_cmpint (at[0] & 0xf0, ==, 0x80);   /* whole, no extension */
      g_assert_cmpint (at[1] & 0x80, ==, 0);      /* a server never masks */
      if (size >= 126)
        {
          head = size == 126 ? 4 : 10;
          if (peer->heard->len < head)
            return NULL;
          size = 0;
          for (gsize i = 2; i < head; i++)
            size = size << 8 | at[i];
        }
      if (peer->heard->len < head + size)
        return NULL;
      if (wanted)
        payload = g_memdup2 (at + head, size + 1);
      g_byte_array_remove_range (peer->heard, 0, (guint) (head + size));
      *len = size;
      if (wanted)
        return payload != NULL ? payload : g_malloc0 (1);
    }
  return NULL;
}

typedef struct {
  Peer   *peer;
  guint8  opcode;
  guint8 *payload;
  gsize   len;
} Wait;

static gboolean
has_come (gpointer data)
{
  Wait *wait = data;

  if (wait->payload == NULL)
    wait->payload = take (wait->peer, wait->opcode, &wait->len);
  return wait->payload != NULL;
}

static guint8 *
wait_for (Peer   *peer,
          guint8  opcode,
          gsize  *len)
{
  Wait wait = { peer, opcode, NULL, 0 };

  side_test_wait_until (has_come, &wait, 5000, "a frame of that kind");
  *len = wait.len;
  return wait.payload;
}

static gboolean
has_ended (gpointer data)
{
  listen_once (data);
  return ((Peer *) data)->ended;
}

static void
assert_closed_with (Peer *peer,
                    guint code)
{
  gsize len;
  g_autofree guint8 *payload = wait_for (peer, 8, &len);

  g_assert_cmpuint (len, >=, 2);
  g_assert_cmpuint ((guint) payload[0] << 8 | payload[1], ==, code);
}

/* What is allowed */

static void
test_pieces (void)
{
  g_autoptr (Peer) peer = peer_new ();
  gsize len;
  g_autofree guint8 *snapshot = wait_for (peer, 1, &len);
  g_autofree guint8 *pong = NULL;

  g_assert_nonnull (g_strstr_len ((const char *) snapshot, (gssize) len, "\"snapshot\""));
  /* an acknowledgement in three pieces, with a ping between them */
  say_frame (peer, 0x01, "{\"type\":\"a", 10);
  say_frame (peer, 0x00, "ck\",", 4);
  say_frame (peer, 0x89, "hello", 5);
  say_frame (peer, 0x80, "\"seq\":0}", 8);
  pong = wait_for (peer, 10, &len);
  g_assert_cmpmem (pong, len, "hello", 5);
  /* and one that comes byte by byte */
  for (const char *p = "\x81\x80xxxx"; *p != '\0'; p++)
    {
      say (peer, p, 1);
      side_test_run_for (5);
    }
  assert_closed_with (peer, 1007);   /* empty is no JSON: so it was put together */
}

static void
test_proper_close (void)
{
  g_autoptr (Peer) peer = peer_new ();

  say_frame (peer, 0x88, "\x03\xe8" "bye", 5);
  assert_closed_with (peer, 1000);
  side_test_wait_until (has_ended, peer, 5000, "the server to close the connection");
}

static void
test_close_without_code (void)
{
  g_autoptr (Peer) peer = peer_new ();
  gsize len;
  g_autofree guint8 *payload = NULL;

  say_frame (peer, 0x88, "", 0);
  payload = wait_for (peer, 8, &len);
  g_assert_cmpuint (len, ==, 0);
}

/* Names for what never stands in a frame are no codes to repeat. */
static void
test_close_with_nonsense (void)
{
  static const char *const codes[] = { "\x03\xed", "\x03\xee", "\x03\xf7", "\x03\xec", "\x07\xd0", "\x13\x88", "\xff\xff", "\x03\xe7" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (Peer) peer = peer_new ();

      say_frame (peer, 0x88, codes[i], 2);
      assert_closed_with (peer, 1002);
      side_test_wait_until (has_ended, peer, 5000, "the server to close the connection");
    }
  {
    g_autoptr (Peer) peer = peer_new ();

    say_frame (peer, 0x88, "x", 1);
    assert_closed_with (peer, 1002);
  }
}

static void
test_gone (void)
{
  g_autoptr (Peer) peer = peer_new ();

  say (peer, "\x81", 1);
  g_socket_shutdown (g_socket_connection_get_socket (peer->connection), FALSE, TRUE, NULL);
  side_test_wait_until (has_ended, peer, 5000, "the server to close the connection");
}

/* What is not */

static void
test_nonsense (void)
{
  static const struct {
    const char *bytes;
    gsize       len;
    guint       code;
  } cases[] = {
    { "\x81\x02{}", 4, 1002 },                                   /* not masked */
    { "\xc1\x80xxxx", 6, 1002 },                                 /* an extension's bit */
    { "\x83\x80xxxx", 6, 1002 },                                 /* no such opcode */
    { "\x8b\x80xxxx", 6, 1002 },                                 /* no such control */
    { "\x09\x80xxxx", 6, 1002 },                                 /* a ping in pieces */
    { "\x89\xfe\x00\x7e", 4, 1002 },                             /* a long ping */
    { "\x80\x80xxxx", 6, 1002 },                                 /* a piece of nothing */
    { "\x82\x80xxxx", 6, 1007 },                                 /* binary */
    { "\x81\xfe\x04\x01xxxx", 8, 1009 },                         /* 1025 bytes */
    { "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10, 1009 },    /* more than there is */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Peer) peer = peer_new ();

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      say (peer, cases[i].bytes, cases[i].len);
      assert_closed_with (peer, cases[i].code);
    }
}

static void
test_new_message_in_pieces (void)
{
  g_autoptr (Peer) peer = peer_new ();

  say_frame (peer, 0x01, "{", 1);
  say_frame (peer, 0x81, "}", 1);
  assert_closed_with (peer, 1002);
}

static void
test_grows_in_pieces (void)
{
  g_autoptr (Peer) peer = peer_new ();
  g_autofree char *spaces = g_strnfill (600, ' ');

  say_frame (peer, 0x01, spaces, 600);
  say_frame (peer, 0x00, spaces, 600);
  assert_closed_with (peer, 1009);
}

static gboolean
no_streams (gpointer data)
{
  return side_http_server_count_streams (data) == 0;
}

/* Who is silent is let go, and needs not even hear the good-bye. */
static void
test_silence (void)
{
  g_autoptr (Peer) peer = peer_new ();
  gint64 begun_us = g_get_monotonic_time ();
  gint64 s;

  side_test_wait_until (no_streams, peer->rig->server, 60000, "a silent reader to be let go");
  s = (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
  g_test_message ("after %d s", (int) s);
  g_assert_cmpint (s, >=, SIDE_WIRE_DEAD_MS / 1000);
}

/* Noise of every kind ends the stream or is waited for, and nothing else. */
static void
test_noise (void)
{
  for (int round = 0; round < 20; round++)
    {
      g_autoptr (Peer) peer = peer_new ();
      guint8 noise[600];

      for (gsize i = 0; i < sizeof noise; i++)
        noise[i] = (guint8) g_test_rand_int_range (0, 256);
      say (peer, noise, sizeof noise);
      side_test_run_for (60);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-frames/pieces", test_pieces);
  g_test_add_func ("/http-frames/proper-close", test_proper_close);
  g_test_add_func ("/http-frames/close-without-code", test_close_without_code);
  g_test_add_func ("/http-frames/close-with-nonsense", test_close_with_nonsense);
  g_test_add_func ("/http-frames/gone", test_gone);
  g_test_add_func ("/http-frames/nonsense", test_nonsense);
  g_test_add_func ("/http-frames/new-message-in-pieces", test_new_message_in_pieces);
  g_test_add_func ("/http-frames/grows-in-pieces", test_grows_in_pieces);
  g_test_add_func ("/http-frames/noise", test_noise);
  g_test_add_func ("/http-frames/silence", test_silence);
  return g_test_run ();
}
