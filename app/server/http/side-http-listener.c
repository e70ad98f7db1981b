/* side-http-listener.c - connections from the outside, under bounds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup would listen by itself, but its listener stops for ever when the
 * process runs out of files, has no time-outs, and never lets go of a
 * connection that ends between requests. So connections are accepted here and
 * handed over, one request each; the answer says "Connection: close".
 */
#include "side-http-listener.h"

#include <string.h>
#include <sys/resource.h>

#include "side-error.h"
#include "side-guard-stream.h"
#include "side-http-server.h"
#include "side-wire-http.h"

#define IDLE_S          30
#define HEAD_MS         20000
#define HANDSHAKE_MS    20000
#define SWEEP_S         5
#define ACCEPT_PAUSE_MS 100
#define MAX_CONNECTIONS 4000
#define RESERVED_FILES  200
#define BACKLOG         128
#define LINGER_MS       5000
#define LINGER_BYTES    (4 * 1024 * 1024)
#define LINGER_PIECE    (16 * 1024)

struct _SideHttpListener
{
  GObject          parent_instance;
  SoupServer      *soup;
  GSocketListener *listener;
  GSocketAddress  *address;
  GTlsCertificate *certificate;   /* nullable: plain */
  GCancellable    *cancellable;
  GHashTable      *connections;   /* set of Connection */
  guint            max_connections;
  guint            sweep_id;
  guint            pause_id;
};

/* A connection as long as its socket is open; it belongs to its stream. */
typedef struct {
  SideHttpListener  *listener;    /* NULL when it is no more */
  GSocket           *socket;
  GCancellable      *handshake;   /* until it is done */
  SideGuardStream   *stream;      /* not owned; NULL before it is handed over */
  SoupServerMessage *msg;         /* the first and only one; weak */
  guint              reap_id;
  gint64             deadline_us; /* 0: none now */
  GBytes            *last_word;   /* nullable: what it is cut off with */
} Connection;

G_DEFINE_FINAL_TYPE (SideHttpListener, side_http_listener, G_TYPE_OBJECT)

static void accept_next (SideHttpListener *self);

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  if (connection->listener != NULL)
    g_hash_table_remove (connection->listener->connections, connection);
  g_clear_handle_id (&connection->reap_id, g_source_remove);
  g_clear_object (&connection->handshake);
  g_clear_weak_pointer (&connection->msg);
  g_clear_pointer (&connection->last_word, g_bytes_unref);
  g_socket_close (connection->socket, NULL);
  g_object_unref (connection->socket);
  g_free (connection);
}

static void
set_deadline (Connection *connection,
              gint64      ms)
{
  connection->deadline_us = ms == 0 ? 0 : g_get_monotonic_time () + ms * 1000;
}

static Connection *
connection_of (SoupServerMessage *msg)
{
  SideGuardStream *stream = g_object_get_data (G_OBJECT (msg), "side-stream");

  return stream != NULL ? g_object_get_data (G_OBJECT (stream), "side-connection") : NULL;
}

/* Cutting off. A socket closed with unread bytes is reset, and its peer may
 * lose the answer over it: so it is read on for a while, and thrown away. */

typedef struct {
  GIOStream  *stream;
  Connection *connection;   /* as long as @stream */
  gsize       n_read;
  guint8      piece[LINGER_PIECE];
} Farewell;

static void
farewell_free (Farewell *farewell)
{
  g_object_unref (farewell->stream);
  g_free (farewell);
}

static void
read_away_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Farewell *farewell = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  farewell->n_read += n > 0 ? (gsize) n : 0;
  if (n > 0 && farewell->n_read < LINGER_BYTES)
    g_input_stream_read_async (G_INPUT_STREAM (source), farewell->piece, LINGER_PIECE, G_PRIORITY_LOW, NULL,
                               read_away_cb, farewell);
  else
    farewell_free (farewell);
}

static void
said_last_word_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Farewell *farewell = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      farewell_free (farewell);
      return;
    }
  g_socket_shutdown (farewell->connection->socket, FALSE, TRUE, NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (farewell->stream), farewell->piece, LINGER_PIECE, G_PRIORITY_LOW,
                             NULL, read_away_cb, farewell);
}

static void
say_last_word (Connection *connection,
               GIOStream  *stream)
{
  Farewell *farewell = g_new0 (Farewell, 1);
  gsize len;
  const void *data = g_bytes_get_data (connection->last_word, &len);

  farewell->stream = g_object_ref (stream);
  farewell->connection = connection;
  side_guard_stream_let_through (connection->stream);
  set_deadline (connection, LINGER_MS);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), data, len, G_PRIORITY_DEFAULT, NULL,
                                   said_last_word_cb, farewell);
}

/* Takes a connection away from libsoup: one that nothing was said on is closed,
 * one that is cut off gets its answer. */
static gboolean
reap_cb (gpointer data)
{
  Connection *connection = data;
  g_autoptr (SoupServerMessage) msg = NULL;
  g_autoptr (GIOStream) stream = NULL;

  connection->reap_id = 0;
  connection->deadline_us = 0;
  if (connection->msg == NULL)
    return G_SOURCE_REMOVE;
  msg = g_object_ref (connection->msg);
  g_clear_weak_pointer (&connection->msg);
  if (connection->last_word == NULL)
    g_socket_close (connection->socket, NULL);
  g_object_set_data (G_OBJECT (msg), "side-stream", NULL);
  stream = soup_server_message_steal_connection (msg);
  if (connection->last_word != NULL && stream != NULL)
    say_last_word (connection, stream);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (gpointer data)
{
  Connection *connection = data;

  if (connection->reap_id == 0)
    connection->reap_id = g_idle_add_full (G_PRIORITY_HIGH, reap_cb, connection, NULL);
}

static void
broken_cb (gpointer data)
{
  Connection *connection = data;
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, SIDE_HTTP_BAD_CHUNKS);

  if (connection->msg != NULL)
    side_http_listener_cut_off (connection->msg, 400, error);
}

/* libsoup makes the message of a connection while it is handed over. */
static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *msg,
                    SideGuardStream   *stream)
{
  Connection *connection = g_object_get_data (G_OBJECT (stream), "side-connection");

  g_set_weak_pointer (&connection->msg, msg);
  g_object_set_data_full (G_OBJECT (msg), "side-stream", g_object_ref (stream), g_object_unref);
}

static void
hand_over (Connection *connection,
           GIOStream  *base)
{
  SideHttpListener *self = connection->listener;
  g_autoptr (SideGuardStream) stream = side_guard_stream_new (base, ended_cb, broken_cb, connection);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (connection->socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (connection->socket, NULL);
  gulong id;

  connection->stream = stream;
  g_object_set_data_full (G_OBJECT (stream), "side-connection", connection, connection_free);
  if (local == NULL || remote == NULL)
    return;
  set_deadline (connection, HEAD_MS);
  id = g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), stream);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, NULL);
  g_signal_handler_disconnect (self->soup, id);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Connection *connection = user_data;
  gboolean ok = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL);

  g_clear_object (&connection->handshake);
  if (ok && connection->listener != NULL)
    hand_over (connection, G_IO_STREAM (source));
  else
    connection_free (connection);
}

static void
begin (SideHttpListener  *self,
       GSocketConnection *base)
{
  Connection *connection = g_new0 (Connection, 1);
  g_autoptr (GIOStream) tls = NULL;

  connection->listener = self;
  connection->socket = g_object_ref (g_socket_connection_get_socket (base));
  g_socket_set_timeout (connection->socket, IDLE_S);
  g_socket_set_option (connection->socket, 6 /* IPPROTO_TCP */, 1 /* TCP_NODELAY */, 1, NULL);
  g_hash_table_add (self->connections, connection);
  if (self->certificate == NULL)
    {
      hand_over (connection, G_IO_STREAM (base));
      return;
    }
  tls = g_tls_server_connection_new (G_IO_STREAM (base), self->certificate, NULL);
  if (tls == NULL)
    {
      connection_free (connection);
      return;
    }
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  connection->handshake = g_cancellable_new ();
  set_deadline (connection, HANDSHAKE_MS);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, connection->handshake, handshake_cb, connection);
}

/* Accepting */

static gboolean
pause_over_cb (gpointer data)
{
  SideHttpListener *self = data;

  self->pause_id = 0;
  accept_next (self);
  return G_SOURCE_REMOVE;
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideHttpListener) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (connection == NULL)
    {
      /* Out of files, most likely: some will be free again. */
      g_message ("a connection could not be accepted: %s", error->message);
      self->pause_id = g_timeout_add (ACCEPT_PAUSE_MS, pause_over_cb, self);
      return;
    }
  if (g_hash_table_size (self->connections) < self->max_connections)
    begin (self, connection);
  else
    g_socket_close (g_socket_connection_get_socket (connection), NULL);
  accept_next (self);
}

static void
accept_next (SideHttpListener *self)
{
  g_socket_listener_accept_async (self->listener, self->cancellable, accepted_cb, g_object_ref (self));
}

/* Deadlines */

static gboolean
sweep_cb (gpointer data)
{
  SideHttpListener *self = data;
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GList) all = g_hash_table_get_keys (self->connections);

  for (GList *link = all; link != NULL; link = link->next)
    {
      Connection *connection = link->data;

      if (connection->deadline_us == 0 || connection->deadline_us > now_us)
        continue;
      connection->deadline_us = 0;
      if (connection->handshake != NULL)
        g_cancellable_cancel (connection->handshake);
      else if (connection->stream != NULL && !side_guard_stream_has_read (connection->stream))
        ended_cb (connection);
      else
        g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
    }
  return G_SOURCE_CONTINUE;
}

/**
 * side_http_listener_set_deadline:
 * @msg: a request
 * @ms: in how many ms its connection is cut; 0: not any more
 */
void
side_http_listener_set_deadline (SoupServerMessage *msg,
                                 gint64             ms)
{
  Connection *connection = connection_of (msg);

  if (connection != NULL)
    set_deadline (connection, ms);
}

/**
 * side_http_listener_watch_body:
 * @msg: a request whose headers were read, and nothing more yet
 * @chunked: whether its body comes in chunks; only then it is watched
 *
 * A body that turns out to be badly framed is cut off with 400.
 *
 * Returns: %FALSE when what came with the headers is so already; that is for
 *   the caller to cut off
 */
gboolean
side_http_listener_watch_body (SoupServerMessage *msg,
                               gboolean           chunked)
{
  Connection *connection = connection_of (msg);

  return connection == NULL || connection->stream == NULL || side_guard_stream_watch_body (connection->stream, chunked);
}

/**
 * side_http_listener_let_go:
 * @msg: a request that becomes a WebSocket
 *
 * From here on somebody else watches the connection's time.
 *
 * Returns: the file descriptor of its socket, -1 when it is gone
 */
int
side_http_listener_let_go (SoupServerMessage *msg)
{
  Connection *connection = connection_of (msg);

  if (connection == NULL)
    return -1;
  set_deadline (connection, 0);
  g_socket_set_timeout (connection->socket, 0);
  return g_socket_get_fd (connection->socket);
}

/**
 * side_http_listener_abort:
 * @msg: a request whose answer cannot be finished
 */
void
side_http_listener_abort (SoupServerMessage *msg)
{
  Connection *connection = connection_of (msg);

  if (connection != NULL)
    g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

static GBytes *
make_last_word (Connection   *connection,
                guint         status,
                const GError *error)
{
  g_autofree char *json = side_wire_problem_to_json (status, error, NULL);
  char *text = g_strdup_printf ("HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: " SIDE_WIRE_PROBLEM_TYPE "\r\n"
                                "Content-Length: %" G_GSIZE_FORMAT "\r\nCache-Control: no-store\r\n"
                                "X-Content-Type-Options: nosniff\r\n%s\r\n%s",
                                status == 413 ? "413 Content Too Large" : "400 Bad Request", strlen (json),
                                connection->listener != NULL && connection->listener->certificate != NULL
                                    ? "Strict-Transport-Security: max-age=31536000\r\n" : "", json);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * side_http_listener_cut_off:
 * @msg: a request whose body is not wanted
 * @status: 400 or 413
 * @error: why
 *
 * libsoup reads a body to its end before it answers. Here the answer goes out
 * at once, and the connection ends with it.
 */
void
side_http_listener_cut_off (SoupServerMessage *msg,
                            guint              status,
                            const GError      *error)
{
  Connection *connection = connection_of (msg);

  if (connection == NULL || connection->last_word != NULL)
    return;
  connection->last_word = make_last_word (connection, status, error);
  ended_cb (connection);
}

/* Life and end */

static guint
count_allowed (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return 500;
  return (guint) CLAMP ((gint64) limit.rlim_cur - RESERVED_FILES, 50, MAX_CONNECTIONS);
}

/**
 * side_http_bind:
 * @listen: IP address
 * @port: 0 for a free one
 * @error: return location
 *
 * Takes an address without listening there yet, so that what has to be done
 * before a server can serve is not done in vain.
 *
 * Returns: (transfer full) (nullable): a socket that has it; %NULL with an
 *   error of GIO, G_IO_ERROR_ADDRESS_IN_USE or G_IO_ERROR_PERMISSION_DENIED
 */
GSocket *
side_http_bind (const char  *listen,
                guint16      port,
                GError     **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (listen, port);
  g_autoptr (GSocket) socket = NULL;

  if (address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an IP address", listen);
      return NULL;
    }
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/**
 * side_http_listener_new:
 * @soup: who gets the connections
 * @socket: of side_http_bind()
 * @certificate: (nullable): for TLS
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a listener; %NULL with
 *   SIDE_ERROR_UNREACHABLE when the address cannot be had
 */
SideHttpListener *
side_http_listener_new (SoupServer       *soup,
                        GSocket          *socket,
                        GTlsCertificate  *certificate,
                        GError          **error)
{
  g_autoptr (SideHttpListener) self = g_object_new (SIDE_TYPE_HTTP_LISTENER, NULL);
  g_autoptr (GError) reason = NULL;

  self->soup = g_object_ref (soup);
  g_set_object (&self->certificate, certificate);
  g_socket_set_listen_backlog (socket, BACKLOG);
  self->address = g_socket_get_local_address (socket, &reason);
  if (self->address == NULL || !g_socket_listen (socket, &reason)
      || !g_socket_listener_add_socket (self->listener, socket, NULL, &reason))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "cannot listen there: %s", reason->message);
      return NULL;
    }
  accept_next (self);
  self->sweep_id = g_timeout_add_seconds (SWEEP_S, sweep_cb, self);
  return g_steal_pointer (&self);
}

/**
 * side_http_listener_stop:
 * @self: the listener
 *
 * Accepts nothing more, and closes what has not begun a request.
 */
void
side_http_listener_stop (SideHttpListener *self)
{
  g_autoptr (GList) all = g_hash_table_get_keys (self->connections);

  g_cancellable_cancel (self->cancellable);
  g_socket_listener_close (self->listener);
  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  for (GList *link = all; link != NULL; link = link->next)
    {
      Connection *connection = link->data;

      if (connection->handshake != NULL)
        g_cancellable_cancel (connection->handshake);
      else if (connection->msg != NULL && !side_guard_stream_has_read (connection->stream))
        ended_cb (connection);
    }
}

/**
 * side_http_listener_get_address:
 * @self: the listener
 *
 * Returns: (transfer none): where it listens, with the real port
 */
GSocketAddress *
side_http_listener_get_address (SideHttpListener *self)
{
  return self->address;
}

/**
 * side_http_listener_count:
 * @self: the listener
 *
 * Returns: how many connections there are, live streams included
 */
guint
side_http_listener_count (SideHttpListener *self)
{
  return g_hash_table_size (self->connections);
}

static void
side_http_listener_finalize (GObject *object)
{
  SideHttpListener *self = SIDE_HTTP_LISTENER (object);
  GHashTableIter iter;
  gpointer key;

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  /* Streams may live a little longer than we do. */
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    ((Connection *) key)->listener = NULL;
  g_hash_table_unref (self->connections);
  g_clear_object (&self->listener);
  g_clear_object (&self->address);
  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->soup);
  G_OBJECT_CLASS (side_http_listener_parent_class)->finalize (object);
}

static void
side_http_listener_class_init (SideHttpListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_http_listener_finalize;
}

static void
side_http_listener_init (SideHttpListener *self)
{
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  self->connections = g_hash_table_new (NULL, NULL);
  self->max_connections = count_allowed ();
}
