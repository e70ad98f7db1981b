/* link-peer.c - servers for the tests of the link: a proper one and a scripted one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both run in the test's own main context on a free port of the loopback
 * interface.
 */
#include "link-peer.h"

#include <string.h>

#include "side-test.h"

/* Without this the leak checker stumbles at its end over the thread-local
 * storage of the TLS library, which is loaded as a module. */
extern const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

typedef struct {
  guint  status;
  char  *type;
  char  *body;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->type);
  g_free (answer->body);
  g_free (answer);
}

static void
keep_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  g_hash_table_insert (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
note_request (LinkServer        *server,
              SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *path = g_uri_get_path (uri);
  const char *query = g_uri_get_query (uri);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) flat = soup_message_body_flatten (body);

  if (g_str_has_prefix (path, SIDE_WIRE_PREFIX))
    path += strlen (SIDE_WIRE_PREFIX);
  g_ptr_array_add (server->seen, g_strconcat (soup_server_message_get_method (message), " ", path,
                                              query != NULL ? "?" : NULL, query, NULL));
  g_hash_table_remove_all (server->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header, server->headers);
  g_free (server->body);
  server->body = g_strndup (g_bytes_get_data (flat, NULL) ? g_bytes_get_data (flat, NULL) : "", g_bytes_get_size (flat));
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LinkServer *server = user_data;
  g_autofree char *key = NULL;
  const Answer *answer;

  note_request (server, message);
  if (server->handler != NULL)
    server->handler (server, message, server->handler_data);
  if (soup_server_message_get_status (message) != SOUP_STATUS_NONE)
    return;
  if (g_str_has_prefix (path, SIDE_WIRE_PREFIX))
    path += strlen (SIDE_WIRE_PREFIX);
  key = g_strconcat (soup_server_message_get_method (message), " ", path, NULL);
  answer = g_hash_table_lookup (server->answers, key);
  if (answer == NULL)
    {
      soup_server_message_set_status (message, 404, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<p>no</p>", 9);
      return;
    }
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->type != NULL)
    soup_server_message_set_response (message, answer->type, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
}

/* The server of libsoup 3.4 to 3.6 complains when a client refuses its certificate: it
 * hears of the handshake's end after it let the connection go. Only the tests use
 * that server, so this alone is let pass. */
static gboolean
is_fault_of_ours (const char     *domain,
                  GLogLevelFlags  level,
                  const char     *message,
                  gpointer        user_data)
{
  return strstr (message, "soup_server_connection_disconnect: assertion") == NULL;
}

static void
soup_critical_cb (const char     *domain,
                  GLogLevelFlags  level,
                  const char     *message,
                  gpointer        user_data)
{
  if (is_fault_of_ours (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, user_data);
  else
    g_test_message ("%s: %s", domain, message);
}

LinkServer *
link_server_new (GTlsCertificate *certificate)
{
  static guint handler;  /* stays: what it lets pass may come when the server is gone */
  LinkServer *server = g_new0 (LinkServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  server->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  server->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->seen = g_ptr_array_new_with_free_func (g_free);
  server->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  server->live_queries = g_ptr_array_new_with_free_func (g_free);
  server->acks = g_ptr_array_new_with_free_func (g_free);
  if (handler == 0)
    handler = g_log_set_handler ("libsoup", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, soup_critical_cb, NULL);
  g_test_log_set_fatal_handler (is_fault_of_ours, NULL);
  server->soup = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY
                                               | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  server->uri = g_uri_to_string (uris->data);
  if (g_str_has_suffix (server->uri, "/"))
    server->uri[strlen (server->uri) - 1] = '\0';
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

void
link_server_free (LinkServer *server)
{
  for (guint i = 0; i < server->sockets->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (server->sockets, i), server);
  soup_server_disconnect (server->soup);
  g_ptr_array_unref (server->sockets);
  g_ptr_array_unref (server->seen);
  g_ptr_array_unref (server->live_queries);
  g_ptr_array_unref (server->acks);
  g_hash_table_unref (server->answers);
  g_hash_table_unref (server->headers);
  g_object_unref (server->soup);
  g_free (server->body);
  g_free (server->uri);
  g_free (server);
}

void
link_server_answer (LinkServer *server,
                    const char *what,
                    guint       status,
                    const char *type,
                    const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->type = g_strdup (type);
  answer->body = g_strdup (body);
  g_hash_table_insert (server->answers, g_strdup (what), answer);
}

const char *
link_server_get_header (LinkServer *server,
                        const char *name)
{
  return g_hash_table_lookup (server->headers, name);
}

static void
on_socket_message (SoupWebsocketConnection *socket,
                   SoupWebsocketDataType    type,
                   GBytes                  *bytes,
                   gpointer                 user_data)
{
  LinkServer *server = user_data;

  g_ptr_array_add (server->acks, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
}

static void
on_socket (SoupServer              *soup,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *socket,
           gpointer                 user_data)
{
  LinkServer *server = user_data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  g_ptr_array_add (server->live_queries, g_strdup (query != NULL ? query : ""));
  g_hash_table_remove_all (server->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header, server->headers);
  g_ptr_array_add (server->sockets, g_object_ref (socket));
  g_signal_connect (socket, "message", G_CALLBACK (on_socket_message), server);
  if (!server->deaf)
    soup_websocket_connection_send_text (socket, "{\"type\":\"snapshot\",\"seq\":10,\"at_ms\":1795269600000,\"window\":4,"
                                                 "\"board\":{\"seq\":10,\"at_ms\":1,\"projects\":[]}}");
}

void
link_server_add_live (LinkServer *server)
{
  char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };

  soup_server_add_websocket_handler (server->soup, SIDE_WIRE_PREFIX "/live", NULL, protocols, on_socket, server, NULL);
}

SoupWebsocketConnection *
link_server_get_socket (LinkServer *server)
{
  g_assert_cmpuint (server->sockets->len, >, 0);
  return g_ptr_array_index (server->sockets, server->sockets->len - 1);
}

void
link_server_say (LinkServer *server,
                 const char *text)
{
  soup_websocket_connection_send_text (link_server_get_socket (server), text);
}

typedef struct {
  RawPeer           *peer;
  GSocketConnection *connection;
  GString           *request;
  char               buffer[4096];
  gsize              dripped;
} RawTalk;

static void
raw_talk_free (RawTalk *talk)
{
  g_string_free (talk->request, TRUE);
  g_object_unref (talk->connection);
  g_free (talk);
}

static gboolean
on_drip (gpointer data)
{
  RawTalk *talk = data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (talk->connection));

  if (talk->dripped < talk->peer->len
      && g_output_stream_write_all (out, talk->peer->bytes + talk->dripped, 1, NULL, NULL, NULL))
    {
      talk->dripped++;
      return G_SOURCE_CONTINUE;
    }
  g_io_stream_close (G_IO_STREAM (talk->connection), NULL, NULL);
  raw_talk_free (talk);
  return G_SOURCE_REMOVE;
}

static void
raw_answer (RawTalk *talk)
{
  RawPeer *peer = talk->peer;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (talk->connection));

  if (peer->end == RAW_DRIP)
    {
      g_timeout_add (20, on_drip, talk);
      return;
    }
  g_output_stream_write_all (out, peer->bytes, peer->len, NULL, NULL, NULL);
  if (peer->end == RAW_CLOSE)
    g_io_stream_close (G_IO_STREAM (talk->connection), NULL, NULL);
  else if (peer->end == RAW_HALF_CLOSE || peer->end == RAW_AT_ONCE)
    g_socket_shutdown (g_socket_connection_get_socket (talk->connection), FALSE, TRUE, NULL);
  raw_talk_free (talk);
}

static void
on_raw_read (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  RawTalk *talk = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      raw_talk_free (talk);
      return;
    }
  g_string_append_len (talk->request, talk->buffer, n);
  if (strstr (talk->request->str, "\r\n\r\n") != NULL)
    raw_answer (talk);
  else
    g_input_stream_read_async (G_INPUT_STREAM (source), talk->buffer, sizeof talk->buffer, G_PRIORITY_DEFAULT, NULL,
                               on_raw_read, talk);
}

static gboolean
on_raw_incoming (GSocketService    *service,
                 GSocketConnection *connection,
                 GObject           *source,
                 gpointer           user_data)
{
  RawPeer *peer = user_data;
  RawTalk *talk = g_new0 (RawTalk, 1);

  peer->n_connections++;
  g_ptr_array_add (peer->connections, g_object_ref (connection));
  talk->peer = peer;
  talk->connection = g_object_ref (connection);
  talk->request = g_string_new (NULL);
  if (peer->end == RAW_AT_ONCE)
    {
      raw_answer (talk);
      return TRUE;
    }
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), talk->buffer,
                             sizeof talk->buffer, G_PRIORITY_DEFAULT, NULL, on_raw_read, talk);
  return TRUE;
}

RawPeer *
raw_peer_new (const char *bytes,
              gssize      len,
              RawEnd      end)
{
  RawPeer *peer = g_new0 (RawPeer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  peer->len = len < 0 ? strlen (bytes) : (gsize) len;
  peer->bytes = g_memdup2 (bytes, peer->len);
  peer->end = end;
  peer->connections = g_ptr_array_new_with_free_func (g_object_unref);
  peer->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (peer->service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  peer->uri = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_signal_connect (peer->service, "incoming", G_CALLBACK (on_raw_incoming), peer);
  g_socket_service_start (peer->service);
  return peer;
}

void
raw_peer_free (RawPeer *peer)
{
  g_socket_service_stop (peer->service);
  g_socket_listener_close (G_SOCKET_LISTENER (peer->service));
  for (guint i = 0; i < peer->connections->len; i++)
    g_io_stream_close (g_ptr_array_index (peer->connections, i), NULL, NULL);
  /* Reads that are under way end and let go of their talk. */
  side_test_run_for (30);
  g_ptr_array_unref (peer->connections);
  g_object_unref (peer->service);
  g_free (peer->bytes);
  g_free (peer->uri);
  g_free (peer);
}

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &err,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", argv[0], err);
}

static char *
asn1_day (int days_from_now)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days_from_now);

  return g_date_time_format (then, "%Y%m%d%H%M%SZ");
}

/* A certificate signed by itself for @host, valid from and to days from now.
 * "openssl ca" is the one of openssl's commands that takes a date in the past. */
GTlsCertificate *
link_make_certificate (const char *dir,
                       const char *host,
                       int         days_from,
                       int         days_to)
{
  g_autofree char *from = asn1_day (days_from);
  g_autofree char *to = asn1_day (days_to);
  g_autofree char *config = g_build_filename (dir, "ca.conf", NULL);
  g_autofree char *index = g_build_filename (dir, "index.txt", NULL);
  g_autofree char *key = g_build_filename (dir, "key.pem", NULL);
  g_autofree char *request = g_build_filename (dir, "request.pem", NULL);
  g_autofree char *cert = g_build_filename (dir, "cert.pem", NULL);
  g_autofree char *subject = g_strdup_printf ("/CN=%s", host);
  g_autofree char *text = g_strdup_printf ("[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nnew_certs_dir=%s\nrand_serial=yes\n"
                                           "default_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n"
                                           "[x]\nsubjectAltName=%s:%s\n[req]\ndistinguished_name=d\n[d]\n",
                                           index, dir, g_hostname_is_ip_address (host) ? "IP" : "DNS", host);
  const char *const make_request[] = { "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt",
                                       "ec_paramgen_curve:prime256v1", "-nodes", "-config", config, "-subj", subject,
                                       "-keyout", key, "-out", request, NULL };
  const char *const sign[] = { "openssl", "ca", "-batch", "-selfsign", "-notext", "-config", config, "-keyfile", key,
                               "-in", request, "-startdate", from, "-enddate", to, "-out", cert, NULL };
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_file_set_contents (config, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (index, "", 0, &error);
  g_assert_no_error (error);
  run (make_request);
  run (sign);
  certificate = g_tls_certificate_new_from_files (cert, key, &error);
  g_assert_no_error (error);
  return certificate;
}

SideSession *
link_sample_session (void)
{
  SideSession *session = side_session_new ("anna", SIDE_ROLE_SUPERVISOR);

  g_ptr_array_add (session->projects, side_project_new ("tea", "Чай", "Europe/Moscow", NULL));
  g_ptr_array_add (session->capabilities, g_strdup ("live"));
  session->server_name = g_strdup ("Test");
  session->server_version = g_strdup ("0.1.0");
  session->at_ms = 1795269605000;
  return session;
}

char *
link_sample_session_json (gboolean with_token)
{
  g_autoptr (SideSession) session = link_sample_session ();

  if (with_token)
    session->token = g_strdup ("s3cr3t-t0ken");
  return side_wire_session_to_json (session);
}
