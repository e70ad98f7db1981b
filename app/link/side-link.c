/* side-link.c - the client of one server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Here is what all its parts share: whom it talks to, the token, the clock's
 * offset and the properties. Requests are in side-link-request.c, the live
 * stream in side-link-live.c, certificates in side-link-tls.c.
 */
#include "side-link-private.h"

#include <string.h>

/* A sample this much behind the offset is no slow answer: a clock was set. */
#define OFFSET_JUMP_MS 2000

enum { SIGNAL_SNAPSHOT, SIGNAL_EVENTS, SIGNAL_DOCUMENTS, N_SIGNALS };

GParamSpec *_side_link_props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (SideLinkState, side_link_state,
                    G_DEFINE_ENUM_VALUE (SIDE_LINK_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (SIDE_LINK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (SIDE_LINK_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (SIDE_LINK_WAITING, "waiting"))

G_DEFINE_FINAL_TYPE (SideLink, side_link, G_TYPE_OBJECT)

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  SideLink *self = SIDE_LINK (object);

  switch (prop_id)
    {
    case PROP_BASE_URI:
      g_value_set_string (value, self->base_uri);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_SILENCE_MS:
      g_value_set_uint (value, self->silence_ms);
      break;
    case PROP_TIMEOUT_S:
      g_value_set_uint (value, self->timeout_s);
      break;
    case PROP_BACKOFF_MS:
      g_value_set_uint (value, self->backoff_ms);
      break;
    case PROP_ALLOW_PLAIN:
      g_value_set_boolean (value, self->allow_plain);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_REASON:
      g_value_set_boxed (value, self->reason);
      break;
    case PROP_RETRY_AT_MS:
      g_value_set_int64 (value, self->retry_at_ms);
      break;
    case PROP_LAST_HEARD_MS:
      g_value_set_int64 (value, self->last_heard_ms);
      break;
    case PROP_SERVER_OFFSET_MS:
      g_value_set_int64 (value, self->server_offset_ms);
      break;
    case PROP_LATENCY_MS:
      g_value_set_int64 (value, self->latency_ms);
      break;
    case PROP_SEQ:
      g_value_set_uint64 (value, self->seq);
      break;
    case PROP_EPOCH:
      g_value_set_string (value, self->epoch);
      break;
    case PROP_SESSION:
      g_value_set_boxed (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  SideLink *self = SIDE_LINK (object);

  switch (prop_id)
    {
    case PROP_BASE_URI:
      self->base_uri = g_value_dup_string (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_SILENCE_MS:
      self->silence_ms = g_value_get_uint (value);
      break;
    case PROP_TIMEOUT_S:
      self->timeout_s = g_value_get_uint (value);
      break;
    case PROP_BACKOFF_MS:
      self->backoff_ms = g_value_get_uint (value);
      break;
    case PROP_ALLOW_PLAIN:
      if (self->allow_plain != g_value_get_boolean (value))
        {
          self->allow_plain = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_link_constructed (GObject *object)
{
  SideLink *self = SIDE_LINK (object);
  g_autoptr (GUri) uri = self->base_uri != NULL ? g_uri_parse (self->base_uri, G_URI_FLAGS_NONE, NULL) : NULL;

  G_OBJECT_CLASS (side_link_parent_class)->constructed (object);
  self->host = g_strdup (uri != NULL ? g_uri_get_host (uri) : self->base_uri);
  self->context = g_main_context_ref_thread_default ();
  if (self->clock == NULL)
    self->clock = side_clock_new_system ();
  self->soup = soup_session_new_with_options ("user-agent", "Sidetone/" SIDE_VERSION,
                                              "timeout", self->timeout_s,
                                              "idle-timeout", 60,
                                              "max-conns-per-host", 6,
                                              NULL);
  /* No password prompts of its own, and nothing that unpacks: what comes in
   * is then what was sent, and bounded by it. */
  soup_session_remove_feature_by_type (self->soup, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->soup, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  _side_link_live_watch_network (self);
}

static void
side_link_dispose (GObject *object)
{
  SideLink *self = SIDE_LINK (object);

  _side_link_live_dispose (self);
  if (self->soup != NULL)
    soup_session_abort (self->soup);
  G_OBJECT_CLASS (side_link_parent_class)->dispose (object);
}

static void
side_link_finalize (GObject *object)
{
  SideLink *self = SIDE_LINK (object);

  _side_link_take_token (self, NULL);
  g_clear_object (&self->soup);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->session, side_session_unref);
  g_clear_pointer (&self->fetching, g_hash_table_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->reason);
  g_free (self->base_uri);
  g_free (self->host);
  g_free (self->pin);
  g_free (self->refused);
  g_clear_object (&self->refused_certificate);
  g_free (self->project);
  g_free (self->epoch);
  G_OBJECT_CLASS (side_link_parent_class)->finalize (object);
}

static void
install_settings (GObjectClass *object_class)
{
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  _side_link_props[PROP_BASE_URI] = g_param_spec_string ("base-uri", NULL, NULL, NULL, once);
  _side_link_props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, SIDE_TYPE_CLOCK, once);
  _side_link_props[PROP_SILENCE_MS] =
    g_param_spec_uint ("silence-ms", NULL, NULL, 1, G_MAXINT, SIDE_WIRE_DEAD_MS, once);
  _side_link_props[PROP_TIMEOUT_S] = g_param_spec_uint ("timeout-s", NULL, NULL, 1, 3600, 30, once);
  _side_link_props[PROP_BACKOFF_MS] = g_param_spec_uint ("backoff-ms", NULL, NULL, 1, 60000, 1000, once);
  _side_link_props[PROP_ALLOW_PLAIN] =
    g_param_spec_boolean ("allow-plain", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
install_facts (GObjectClass *object_class)
{
  GParamFlags fact = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  _side_link_props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_LINK_STATE, SIDE_LINK_OFFLINE, fact);
  _side_link_props[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, fact);
  _side_link_props[PROP_RETRY_AT_MS] = g_param_spec_int64 ("retry-at-ms", NULL, NULL, 0, G_MAXINT64, 0, fact);
  _side_link_props[PROP_LAST_HEARD_MS] = g_param_spec_int64 ("last-heard-ms", NULL, NULL, 0, G_MAXINT64, 0, fact);
  _side_link_props[PROP_SERVER_OFFSET_MS] =
    g_param_spec_int64 ("server-offset-ms", NULL, NULL, G_MININT64, G_MAXINT64, 0, fact);
  _side_link_props[PROP_LATENCY_MS] = g_param_spec_int64 ("latency-ms", NULL, NULL, -1, G_MAXINT64, -1, fact);
  _side_link_props[PROP_SEQ] = g_param_spec_uint64 ("seq", NULL, NULL, 0, G_MAXUINT64, 0, fact);
  _side_link_props[PROP_EPOCH] = g_param_spec_string ("epoch", NULL, NULL, NULL, fact);
  _side_link_props[PROP_SESSION] = g_param_spec_boxed ("session", NULL, NULL, SIDE_TYPE_SESSION, fact);
}

static void
side_link_class_init (SideLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->constructed = side_link_constructed;
  object_class->dispose = side_link_dispose;
  object_class->finalize = side_link_finalize;
  install_settings (object_class);
  install_facts (object_class);
  g_object_class_install_properties (object_class, N_PROPS, _side_link_props);

  signals[SIGNAL_SNAPSHOT] = g_signal_new ("snapshot", SIDE_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, SIDE_TYPE_BOARD, G_TYPE_UINT64);
  signals[SIGNAL_DOCUMENTS] = g_signal_new ("documents", SIDE_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
  signals[SIGNAL_EVENTS] = g_signal_new ("events", SIDE_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_UINT64);
}

static void
side_link_init (SideLink *self)
{
  self->latency_ms = -1;
  self->fetching = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * side_link_new:
 * @base_uri: the server's address, as side_link_normalize_address() makes it
 * @clock: (nullable): where "now" comes from; the system's clock by default
 *
 * Returns: (transfer full): a link that has not talked to anybody yet
 */
SideLink *
side_link_new (const char *base_uri,
               SideClock  *clock)
{
  g_return_val_if_fail (base_uri != NULL, NULL);
  return g_object_new (SIDE_TYPE_LINK, "base-uri", base_uri, "clock", clock, NULL);
}

/**
 * side_link_get_state:
 * @self: a link
 *
 * Returns: how the live stream stands
 */
SideLinkState
side_link_get_state (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), SIDE_LINK_OFFLINE);
  return self->state;
}

/**
 * side_link_get_reason:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): why the live stream does not stand
 */
const GError *
side_link_get_reason (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return self->reason;
}

/**
 * side_link_get_retry_at_ms:
 * @self: a link
 *
 * Returns: when the live stream is tried again, by the link's clock; 0 if it is not
 */
gint64
side_link_get_retry_at_ms (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), 0);
  return self->retry_at_ms;
}

/**
 * side_link_get_last_heard_ms:
 * @self: a link
 *
 * Returns: when something was last heard on the live stream, by the link's
 *   clock: the age of the data; 0 for never
 */
gint64
side_link_get_last_heard_ms (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), 0);
  return self->last_heard_ms;
}

/**
 * side_link_get_server_offset_ms:
 * @self: a link
 *
 * It is measured against the link's clock: whoever shifts that clock by it
 * finds later measurements near 0.
 *
 * Returns: what the link's clock lacks to the server's, in ms
 */
gint64
side_link_get_server_offset_ms (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), 0);
  return self->server_offset_ms;
}

/**
 * side_link_get_latency_ms:
 * @self: a link
 *
 * Returns: how long the last request took until its answer began, in ms; -1 before the first
 */
gint64
side_link_get_latency_ms (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), -1);
  return self->latency_ms;
}

/**
 * side_link_get_seq:
 * @self: a link
 *
 * Returns: number of the last event the live stream has handed on or passed
 */
guint64
side_link_get_seq (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), 0);
  return self->seq;
}

/**
 * side_link_get_epoch:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): which archive the server's numbers are
 *   of; %NULL before it told, and for a server that never does
 */
const char *
side_link_get_epoch (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return self->epoch;
}

/**
 * side_link_get_session:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): the newest session the server told
 */
SideSession *
side_link_get_session (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return self->session;
}

/**
 * side_link_get_retry_after_ms:
 * @self: a link
 *
 * Returns: how long to wait after the newest SIDE_ERROR_RATE_LIMITED, in ms, as the server said; 0 if it did not
 */
gint64
side_link_get_retry_after_ms (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), 0);
  return self->retry_after_ms;
}

void
_side_link_take_token (SideLink *self,
                       char     *token)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = token;
}

/**
 * side_link_set_token:
 * @self: a link
 * @token: (nullable): the token of an earlier sign-in; white space around it
 *   does not count
 */
void
side_link_set_token (SideLink   *self,
                     const char *token)
{
  g_return_if_fail (SIDE_IS_LINK (self));
  _side_link_take_token (self, token != NULL ? g_strstrip (g_strdup (token)) : NULL);
}

/**
 * side_link_dup_token:
 * @self: a link
 *
 * For the one who keeps it in the Secret Service.
 *
 * Returns: (transfer full) (nullable): the token in use
 */
char *
side_link_dup_token (SideLink *self)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return g_strdup (self->token);
}

/* @session: (transfer full) (nullable) */
void
_side_link_take_session (SideLink    *self,
                         SideSession *session)
{
  g_clear_pointer (&self->session, side_session_unref);
  self->session = session;
  if (session != NULL)
    _side_link_note_epoch (self, session->epoch);
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_SESSION]);
}

/* The server's clock showed @server_ms, @way_ms before now as far as is known.
 * What is not known of the way makes a sample too small, so the largest is the
 * best; one that is far behind means that a clock was set. */
void
_side_link_note_offset (SideLink *self,
                        gint64    server_ms,
                        gint64    way_ms)
{
  gint64 sample = server_ms + way_ms - side_clock_now_ms (self->clock);

  if (server_ms == 0
      || (sample <= self->server_offset_ms && sample >= self->server_offset_ms - OFFSET_JUMP_MS))
    return;
  self->server_offset_ms = sample;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_SERVER_OFFSET_MS]);
}

/* Returns: (transfer full): a message to the server with our token. */
SoupMessage *
_side_link_new_message (SideLink    *self,
                        const char  *method,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *text = g_strconcat (self->base_uri, SIDE_WIRE_PREFIX, path, NULL);
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "http") != 0))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not the address of a server", self->base_uri);
      return NULL;
    }
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !self->allow_plain && !_side_link_is_loopback (uri))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED,
                   "The connection to %s would not be encrypted", g_uri_get_host (uri));
      return NULL;
    }
  message = soup_message_new_from_uri (method, uri);
  /* A redirect would carry the token to somebody else. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* What would end its line cannot be sent, and no server gave it out. */
  if (self->token != NULL && strpbrk (self->token, "\r\n") == NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
      explicit_bzero (bearer, strlen (bearer));
    }
  _side_link_watch_tls (self, message);
  return message;
}

/* Returns: (transfer full): a timeout in the link's own context. */
GSource *
_side_link_add_timeout (SideLink    *self,
                        guint        ms,
                        GSourceFunc  callback)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

void
_side_link_drop_source (GSource **source)
{
  if (*source != NULL)
    {
      g_source_destroy (*source);
      g_clear_pointer (source, g_source_unref);
    }
}

void
_side_link_emit_snapshot (SideLink  *self,
                          SideBoard *board,
                          guint64    seq)
{
  g_signal_emit (self, signals[SIGNAL_SNAPSHOT], 0, board, seq);
}

void
_side_link_emit_documents (SideLink *self)
{
  g_signal_emit (self, signals[SIGNAL_DOCUMENTS], 0);
}

void
_side_link_emit_events (SideLink  *self,
                        GPtrArray *events,
                        guint64    seq)
{
  g_signal_emit (self, signals[SIGNAL_EVENTS], 0, events, seq);
}
