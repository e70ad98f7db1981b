/* side-http-server.c - protocol v1 over HTTP and WebSocket
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way of a request: early handler (when its headers are read: limits),
 * handler (when its body is: route), token (in the archive's thread),
 * endpoint. libsoup bounds the headers (64 KiB) and nothing else: a body over
 * its limit is cut off, and the listener sees to connections and time.
 */
#include "side-act-memory.h"
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"
#include "side-secrets.h"

#define BODY_MS           60000
#define SIGN_IN_ATTEMPTS_USER    5
#define SIGN_IN_ATTEMPTS_ADDRESS 30
#define SIGN_IN_PERIOD_MS (5 * G_GINT64_CONSTANT (60000))
/* A hand on a mouse is slower. */
#define ACTIONS           30
#define ACTIONS_PERIOD_MS G_GINT64_CONSTANT (60000)
/* Each goes through all the recordings there are. */
#define WALKS             10
#define WALKS_PERIOD_MS   G_GINT64_CONSTANT (60000)
#define SMALL_BODY        (16 * 1024)

G_DEFINE_FINAL_TYPE (SideHttpServer, side_http_server, G_TYPE_OBJECT)

/* Routes */

typedef struct {
  const char       *method;
  const char       *path[3];     /* "" stands for any one word */
  SideHttpEndpoint  endpoint;
  gboolean          open;        /* without a token */
  gsize             body_limit;
  gboolean          operators;   /* of what it answers operators see what is about them; no other address is theirs */
} Route;

static const Route routes[] = {
  { "GET", { "health" }, side_http_get_health, TRUE, 0 },
  { "POST", { "session" }, side_http_post_session, TRUE, SMALL_BODY },
  { "GET", { "session" }, side_http_get_session, FALSE, 0, TRUE },
  { "DELETE", { "session" }, side_http_delete_session, FALSE, 0, TRUE },
  { "GET", { "live" }, side_http_get_live, FALSE, 0, TRUE },
  { "GET", { "board" }, side_http_get_board, FALSE, 0 },
  { "GET", { "events" }, side_http_get_events, FALSE, 0 },
  { "GET", { "calls" }, side_http_get_calls, FALSE, 0, TRUE },
  { "GET", { "calls", "" }, side_http_get_call, FALSE, 0, TRUE },
  { "GET", { "calls", "", "events" }, side_http_get_call_events, FALSE, 0, TRUE },
  { "GET", { "recordings", "unmatched" }, side_http_get_unmatched, FALSE, 0 },
  { "GET", { "recordings", "" }, side_http_get_recording, FALSE, 0, TRUE },
  { "HEAD", { "recordings", "" }, side_http_get_recording, FALSE, 0, TRUE },
  { "GET", { "actions" }, side_http_get_actions, FALSE, 0, TRUE },
  { "POST", { "actions", "" }, side_http_post_action, FALSE, SMALL_BODY },
  { "GET", { "calibrations", "", "progress" }, side_http_get_progress, FALSE, 0 },
  { "GET", { "test-calls", "", "calls" }, side_http_get_test_call_calls, FALSE, 0 },
  { "GET", { "changes" }, side_http_get_changes, FALSE, 0, TRUE },
  { "GET", { "documents", "", "" }, side_http_get_document, FALSE, 0, TRUE },
  { "PUT", { "documents", "", "" }, side_http_put_document, FALSE, SIDE_HTTP_MAX_DOCUMENT, TRUE },
  { "DELETE", { "documents", "", "" }, side_http_delete_document, FALSE, 0, TRUE },
};

static gboolean
path_fits (const Route *route,
           char       **path)
{
  gsize n = 0;

  while (n < G_N_ELEMENTS (route->path) && route->path[n] != NULL)
    {
      if (path[n] == NULL || (*route->path[n] != '\0' && strcmp (route->path[n], path[n]) != 0) || *path[n] == '\0')
        return FALSE;
      n++;
    }
  return path[n] == NULL;
}

/* Finds the route; without one @allowed says which methods the path has. */
static const Route *
find_route (char       **path,
            const char  *method,
            GString     *allowed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!path_fits (&routes[i], path))
        continue;
      if (strcmp (routes[i].method, method) == 0)
        return &routes[i];
      if (strstr (allowed->str, routes[i].method) == NULL)
        g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
    }
  return NULL;
}

static char **
split_path (const char *path)
{
  if (path == NULL || !g_str_has_prefix (path, SIDE_WIRE_PREFIX "/"))
    return g_new0 (char *, 1);
  return g_strsplit (path + strlen (SIDE_WIRE_PREFIX "/"), "/", 8);
}

/* A request */

/* The message and its request hold each other until one of these happens. */
static void
detach_cb (SoupServerMessage *msg,
           SideHttpRequest   *request)
{
  g_autoptr (SideHttpRequest) kept = side_http_request_ref (request);

  kept->gone = TRUE;
  g_clear_signal_handler (&kept->chunk_id, msg);
  g_signal_handlers_disconnect_by_data (msg, kept);
  g_object_set_data (G_OBJECT (msg), "side-request", NULL);
}

static void
cut_off_large (SideHttpRequest *request)
{
  g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the body is longer than %" G_GSIZE_FORMAT " bytes",
                                          request->body_limit);

  if (request->answered)
    return;
  /* libsoup would take the end of the connection for a fault of its own, and say so. */
  soup_server_message_pause (request->msg);
  side_http_cut_off (request, 413, error);
}

static void
got_chunk_cb (SoupServerMessage *msg,
              GBytes            *chunk,
              SideHttpRequest   *request)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (chunk, &len);

  if (request->too_large || request->body->len + len > request->body_limit)
    {
      request->too_large = TRUE;
      g_byte_array_set_size (request->body, 0);
      /* A little too much is read to its end, which is kinder to the client. */
      request->n_refused += len;
      if (request->n_refused > SMALL_BODY)
        cut_off_large (request);
    }
  else
    {
      g_byte_array_append (request->body, data, (guint) len);
    }
}

static char *
address_of (SoupServerMessage *msg)
{
  GSocketAddress *address = soup_server_message_get_remote_address (msg);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("?");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static SideHttpRequest *
request_new (SideHttpServer    *self,
             SoupServerMessage *msg,
             const char        *path)
{
  SideHttpRequest *request = g_new0 (SideHttpRequest, 1);

  g_atomic_ref_count_init (&request->ref_count);
  request->server = g_object_ref (self);
  request->msg = g_object_ref (msg);
  request->path = split_path (path);
  request->body = g_byte_array_new ();
  request->address = address_of (msg);
  request->projects = g_new0 (char *, 1);
  return request;
}

/* One that asks first has not sent it, and gets its answer from libsoup. */
static void
refuse_body (SideHttpRequest    *request,
             SoupMessageHeaders *headers)
{
  request->too_large = TRUE;
  if ((soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) == 0)
    cut_off_large (request);
  else
    side_http_refuse (request, 413, SIDE_ERROR_TOO_LARGE, "the body is longer than %" G_GSIZE_FORMAT " bytes", request->body_limit);
}

static const char *const first_headers[][2] = {
  { "Connection", "close" },
  { "Cache-Control", "no-store" },
  { "X-Content-Type-Options", "nosniff" },
  { "Content-Type", SIDE_WIRE_PROBLEM_TYPE },
};

/* What libsoup cannot read at all it answers itself, with 400 and the body that
 * is there then; so that is a problem's, until somebody has read the request. */
static void
started_cb (SoupServer        *soup,
            SoupServerMessage *msg,
            gpointer           user_data)
{
  g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_INVALID, "the request or its address cannot be read");
  char *json = side_wire_problem_to_json (400, error, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (first_headers); i++)
    soup_message_headers_replace (soup_server_message_get_response_headers (msg), first_headers[i][0], first_headers[i][1]);
  soup_message_body_append_take (soup_server_message_get_response_body (msg), (guchar *) json, strlen (json));
}

static void
forget_first_answer (SoupServerMessage *msg)
{
  for (gsize i = 0; i < G_N_ELEMENTS (first_headers); i++)
    soup_message_headers_remove (soup_server_message_get_response_headers (msg), first_headers[i][0]);
  soup_message_body_truncate (soup_server_message_get_response_body (msg));
}

/* libsoup takes a number with a sign for a length, and stumbles over it; of
 * several, which a list has with commas, it takes one. */
static gboolean
length_is_fine (SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_list (headers, "Content-Length");

  return length == NULL || (*length != '\0' && length[strspn (length, "0123456789")] == '\0');
}

/* A length of its own beside the chunks, or chunks that are none. */
static gboolean
chunks_are_fine (SoupServerMessage  *msg,
                 SoupMessageHeaders *headers)
{
  gboolean chunked = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;

  return side_http_listener_watch_body (msg, chunked)
         && (!chunked || soup_message_headers_get_one (headers, "Content-Length") == NULL);
}

static void
cut_off_unreadable (SideHttpRequest *request,
                    const char      *why)
{
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_INVALID, why);

  soup_server_message_pause (request->msg);
  side_http_cut_off (request, 400, error);
}

static void
early_cb (SoupServer        *soup,
          SoupServerMessage *msg,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  SideHttpServer *self = user_data;
  SideHttpRequest *request = request_new (self, msg, path);
  g_autoptr (GString) allowed = g_string_new (NULL);
  const Route *route = find_route (request->path, soup_server_message_get_method (msg), allowed);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (msg);
  GUri *uri = soup_server_message_get_uri (msg);
  const char *query_text = g_uri_get_query (uri);

  side_http_listener_set_deadline (msg, BODY_MS);
  request->body_limit = route != NULL ? route->body_limit : 0;
  g_object_set_data_full (G_OBJECT (msg), "side-request", request, (GDestroyNotify) side_http_request_unref);
  g_signal_connect (msg, "disconnected", G_CALLBACK (detach_cb), request);
  g_signal_connect (msg, "finished", G_CALLBACK (detach_cb), request);
  g_signal_connect (msg, "got-chunk", G_CALLBACK (got_chunk_cb), request);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (msg), FALSE);
  forget_first_answer (msg);
  if (!length_is_fine (headers))
    cut_off_unreadable (request, "the Content-Length is no length");
  else if (!chunks_are_fine (msg, headers))
    cut_off_unreadable (request, SIDE_HTTP_BAD_CHUNKS);
  else if (strlen (path) + (query_text != NULL ? strlen (query_text) : 0) > SIDE_HTTP_MAX_URL)
    side_http_refuse (request, 414, SIDE_ERROR_TOO_LARGE, "the address is longer than %d bytes", SIDE_HTTP_MAX_URL);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
           && soup_message_headers_get_content_length (headers) > (goffset) MAX (request->body_limit, SMALL_BODY))
    refuse_body (request, headers);
}

/* The token */

typedef struct {
  guint8 hash[SIDE_TOKEN_HASH_BYTES];
  gint64 now_ms;
} TokenQuestion;

static gpointer
ask_token (SideArchiveStore  *store,
           gpointer           question,
           GError           **error)
{
  const TokenQuestion *token = question;

  return side_archive_store_find_token (store, token->hash, token->now_ms, error);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  SideAccount *account = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  const Route *route = g_object_get_data (G_OBJECT (request->msg), "side-route");

  if (account == NULL)
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  side_http_request_set_account (request, account);
  if (account->role == SIDE_ROLE_OPERATOR && !route->operators)
    side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN, "this is not for operators: they see their own calls and reviews");
  else
    route->endpoint (request);
}

static void
look_up_token (SideHttpRequest *request)
{
  const char *header = side_http_request_header (request, "Authorization");
  TokenQuestion *question;

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0 || !side_token_hash (header + 7, request->token_hash))
    {
      side_http_refuse (request, 401, SIDE_ERROR_UNAUTHORIZED, "not signed in, or not any more");
      return;
    }
  question = g_new0 (TokenQuestion, 1);
  memcpy (question->hash, request->token_hash, SIDE_TOKEN_HASH_BYTES);
  question->now_ms = side_http_wall_ms ();
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_token, question, g_free,
                          (GDestroyNotify) side_account_unref, NULL, token_cb, side_http_request_ref (request));
}

static void
refuse_route (SideHttpRequest *request,
              GString         *allowed)
{
  if (allowed->len == 0)
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is nothing at this address");
      return;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "Allow", allowed->str);
  side_http_refuse (request, 405, SIDE_ERROR_INVALID, "this address knows only %s", allowed->str);
}

static void
handler_cb (SoupServer        *soup,
            SoupServerMessage *msg,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SideHttpServer *self = user_data;
  SideHttpRequest *kept = g_object_get_data (G_OBJECT (msg), "side-request");
  g_autoptr (SideHttpRequest) request = kept != NULL ? side_http_request_ref (kept) : NULL;
  g_autoptr (GString) allowed = g_string_new (NULL);
  const Route *route;

  side_http_listener_set_deadline (msg, 0);
  if (request == NULL || self->stopped)
    {
      soup_server_message_set_status (msg, 503, NULL);
      return;
    }
  if (query != NULL)
    request->query = g_hash_table_ref (query);
  route = find_route (request->path, soup_server_message_get_method (msg), allowed);
  if (route == NULL)
    {
      refuse_route (request, allowed);
      return;
    }
  if (request->too_large)
    {
      side_http_refuse (request, 413, SIDE_ERROR_TOO_LARGE, "the body is longer than %" G_GSIZE_FORMAT " bytes", request->body_limit);
      return;
    }
  g_object_set_data (G_OBJECT (msg), "side-route", (gpointer) route);
  request->paused = TRUE;
  soup_server_message_pause (msg);
  if (route->open)
    route->endpoint (request);
  else
    look_up_token (request);
}

void
side_http_get_health (SideHttpRequest *request)
{
  SideArchiveHealth health;
  GString *out = g_string_new ("{\"status\":\"");

  side_archive_get_health (side_hub_get_archive (request->server->hub), &health);
  g_string_append_printf (out, "%s\"", health.writable ? "ok" : side_wire_error_to_code (health.held));
  if (!health.writable && health.n_waiting > 0)
    g_string_append_printf (out, ",\"waiting\":%u", health.n_waiting);
  if (health.n_dropped > 0)
    g_string_append_printf (out, ",\"lost\":%u", health.n_dropped);
  g_string_append_c (out, '}');
  side_http_answer_json (request, 200, g_string_free (out, FALSE));
}

void
side_http_get_live (SideHttpRequest *request)
{
  static char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };
  g_autoptr (GError) error = NULL;
  gint64 after = -1;

  if (!side_http_request_int (request, "after", 0, SIDE_HTTP_MAX_NUMBER, &after) || !side_http_request_narrow (request))
    return;
  if (!soup_websocket_server_check_handshake (request->msg, NULL, protocols, NULL, &error))
    {
      side_http_refuse (request, 400, SIDE_ERROR_INVALID, "not a WebSocket handshake for “%s”", SIDE_WIRE_SUBPROTOCOL);
      return;
    }
  if (side_live_count (request->server->live) >= SIDE_LIVE_MAX_CLIENTS)
    {
      side_http_refuse (request, 429, SIDE_ERROR_RATE_LIMITED, "too many live streams");
      return;
    }
  if (!side_http_request_prepare (request))
    return;
  if (!side_http_request_epoch (request))
    after = -1;
  /* The handshake writes its own. */
  soup_message_headers_remove (soup_server_message_get_response_headers (request->msg), "Connection");
  request->paused = FALSE;
  soup_server_message_unpause (request->msg);
  side_live_upgrade (request->server->live, request->msg, request->account, (const char *const *) request->projects, after,
                     request->token_hash);
}

/* The server */

/**
 * side_http_settings_check:
 * @settings: where to listen and how
 * @error: return location
 *
 * Returns: whether a server may listen there, as far as that can be told
 *   beforehand; SIDE_ERROR_INVALID or SIDE_ERROR_FORBIDDEN as
 *   side_http_server_start()
 */
gboolean
side_http_settings_check (const SideHttpSettings  *settings,
                          GError                 **error)
{
  g_return_val_if_fail (settings != NULL && settings->listen != NULL, FALSE);

  if (!g_hostname_is_ip_address (settings->listen))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not an IP address", settings->listen);
      return FALSE;
    }
  if (settings->tls_certificate == NULL && !settings->allow_insecure && !side_address_is_loopback (settings->listen))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                   "“%s” can be reached from other machines: that needs TLS, or allow_insecure", settings->listen);
      return FALSE;
    }
  return TRUE;
}

/**
 * side_http_server_start:
 * @self: the server
 * @settings: where to listen and how
 * @error: return location
 *
 * Returns: whether it listens; SIDE_ERROR_FORBIDDEN for plain HTTP beyond
 *   this machine, SIDE_ERROR_INVALID for an address, certificate or key that
 *   is none, SIDE_ERROR_UNREACHABLE when the address cannot be had
 */
gboolean
side_http_server_start (SideHttpServer          *self,
                        const SideHttpSettings  *settings,
                        GError                 **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (SIDE_IS_HTTP_SERVER (self), FALSE);
  g_return_val_if_fail (settings != NULL && settings->listen != NULL, FALSE);

  if (!side_http_settings_check (settings, error))
    return FALSE;
  if (settings->tls_certificate != NULL)
    {
      certificate = g_tls_certificate_new_from_files (settings->tls_certificate, settings->tls_key, &reason);
      if (certificate == NULL)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "TLS certificate or key: %s", reason->message);
          return FALSE;
        }
    }
  g_free (self->name);
  self->name = g_strdup (settings->name);
  self->simulated = settings->simulated;
  self->phones = settings->phones != NULL ? g_hash_table_ref (settings->phones) : NULL;
  self->breaks = g_strdupv ((char **) settings->breaks);
  self->https = certificate != NULL;
  socket = settings->socket != NULL ? g_object_ref (settings->socket) : side_http_bind (settings->listen, settings->port, &reason);
  if (socket != NULL)
    self->listener = side_http_listener_new (self->soup, socket, certificate, &reason);
  if (self->listener != NULL)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "%s, port %u: %s", settings->listen, settings->port, reason->message);
  return FALSE;
}

/**
 * side_http_server_stop:
 * @self: the server
 *
 * Takes nothing new, says good-bye to live streams, and drops connections.
 */
void
side_http_server_stop (SideHttpServer *self)
{
  g_return_if_fail (SIDE_IS_HTTP_SERVER (self));
  if (self->stopped)
    return;
  self->stopped = TRUE;
  if (self->listener != NULL)
    side_http_listener_stop (self->listener);
  side_live_close (self->live);
  soup_server_disconnect (self->soup);
}

/**
 * side_http_server_get_port:
 * @self: a server that listens
 *
 * Returns: the port
 */
guint16
side_http_server_get_port (SideHttpServer *self)
{
  g_return_val_if_fail (SIDE_IS_HTTP_SERVER (self), 0);
  if (self->listener == NULL)
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (side_http_listener_get_address (self->listener)));
}

/**
 * side_http_server_get_url:
 * @self: a server that listens
 *
 * Returns: (transfer full) (nullable): "http://127.0.0.1:40123"
 */
char *
side_http_server_get_url (SideHttpServer *self)
{
  GInetAddress *address;
  g_autofree char *host = NULL;

  g_return_val_if_fail (SIDE_IS_HTTP_SERVER (self), NULL);
  if (self->listener == NULL)
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (side_http_listener_get_address (self->listener)));
  host = g_inet_address_to_string (address);
  return g_strdup_printf (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "%s://[%s]:%u" : "%s://%s:%u",
                          self->https ? "https" : "http", host, side_http_server_get_port (self));
}

/**
 * side_http_server_count_connections:
 * @self: the server
 *
 * Returns: how many connections there are, live streams included
 */
guint
side_http_server_count_connections (SideHttpServer *self)
{
  g_return_val_if_fail (SIDE_IS_HTTP_SERVER (self), 0);
  return self->listener != NULL ? side_http_listener_count (self->listener) : 0;
}

/**
 * side_http_server_count_streams:
 * @self: the server
 *
 * Returns: how many live streams stand
 */
guint
side_http_server_count_streams (SideHttpServer *self)
{
  g_return_val_if_fail (SIDE_IS_HTTP_SERVER (self), 0);
  return side_live_count (self->live);
}

/**
 * side_http_server_new:
 * @hub: what is served; it must have an archive
 *
 * Returns: (transfer full): a server that does not listen yet
 */
SideHttpServer *
side_http_server_new (SideHub *hub)
{
  SideHttpServer *self;

  g_return_val_if_fail (SIDE_IS_HUB (hub), NULL);
  g_return_val_if_fail (side_hub_get_archive (hub) != NULL, NULL);
  self = g_object_new (SIDE_TYPE_HTTP_SERVER, NULL);
  self->hub = g_object_ref (hub);
  self->live = side_live_new (hub);
  side_http_follow_claims (self);
  return self;
}

static void
side_http_server_finalize (GObject *object)
{
  SideHttpServer *self = SIDE_HTTP_SERVER (object);

  side_http_server_stop (self);
  g_clear_object (&self->live);
  g_clear_object (&self->soup);
  g_clear_object (&self->listener);
  side_limiter_free (self->by_user);
  side_limiter_free (self->by_address);
  side_limiter_free (self->by_actor);
  side_limiter_free (self->by_noted);
  side_limiter_free (self->by_walker);
  side_act_memory_free (self->acts);
  g_clear_pointer (&self->phones, g_hash_table_unref);
  g_strfreev (self->breaks);
  g_clear_object (&self->hub);
  g_free (self->name);
  G_OBJECT_CLASS (side_http_server_parent_class)->finalize (object);
}

static void
side_http_server_class_init (SideHttpServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_http_server_finalize;
}

static void
side_http_server_init (SideHttpServer *self)
{
  self->by_user = side_limiter_new (SIGN_IN_ATTEMPTS_USER, SIGN_IN_PERIOD_MS);
  self->by_address = side_limiter_new (SIGN_IN_ATTEMPTS_ADDRESS, SIGN_IN_PERIOD_MS);
  self->by_actor = side_limiter_new (ACTIONS, ACTIONS_PERIOD_MS);
  self->by_noted = side_limiter_new (1, ACTIONS_PERIOD_MS);
  self->by_walker = side_limiter_new (WALKS, WALKS_PERIOD_MS);
  self->acts = side_act_memory_new ();
  self->soup = soup_server_new ("server-header", NULL, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (started_cb), NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
}
