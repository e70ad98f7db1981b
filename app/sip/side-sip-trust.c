/* side-sip-trust.c - a look at a server's certificate before the stack's own
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stack refuses in silence and knows neither wildcards nor addresses. GIO
 * connects first: it refuses at once and in words, and where it does not, tells
 * by which of the certificate's names the stack is to hold the server. The
 * stack checks again by itself; what is found here opens nothing.
 */
#include "side-sip-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "side-error.h"
#include "side-tls.h"

#define MAX_NAMES_SHOWN 3

typedef struct {
  char                 *host;
  guint16               port;
  GTlsCertificate      *trusted;    /* nullable */
  GSocketConnectable   *identity;
  GIOStream            *stream;     /* the connection, then TLS over it */
  GCancellable         *inner;
  gulong                outer_handler;
  guint                 deadline;
  gboolean              late;
  GTlsCertificateFlags  flags;      /* of what was refused */
  GTlsCertificate      *shown;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->host);
  g_clear_object (&look->trusted);
  g_clear_object (&look->identity);
  g_clear_object (&look->stream);
  g_clear_object (&look->inner);
  g_clear_object (&look->shown);
  g_free (look);
}

/* Ends the look: @error, or the name to hold the server to. Takes both. */
static void
finish (GTask  *task,
        char   *canon,
        GError *error)
{
  Look *look = g_task_get_task_data (task);

  g_clear_handle_id (&look->deadline, g_source_remove);
  if (look->outer_handler != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), look->outer_handler);
  look->outer_handler = 0;
  if (look->stream != NULL)
    g_io_stream_close_async (look->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, canon, g_free);
  g_object_unref (task);
}

static GError *
to_our_error (GTask        *task,
              const GError *error)
{
  Look *look = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);
  SideError code = SIDE_ERROR_UNREACHABLE;

  if (outer != NULL && g_cancellable_is_cancelled (outer))
    code = SIDE_ERROR_CANCELLED;
  else if (look->late || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = SIDE_ERROR_TIMED_OUT;
  return g_error_new (SIDE_ERROR, code, "%s: %s", look->host, look->late ? "no answer in time" : error->message);
}

/* Returns: (transfer full): the common name in a subject as RFC 4514 writes it, NULL without one. */
static char *
common_name (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  const char *p = subject;

  while (p != NULL && *p != '\0')
    {
      g_autoptr (GString) value = g_string_new (NULL);
      gboolean wanted;

      p += strspn (p, " ");
      wanted = g_ascii_strncasecmp (p, "CN=", 3) == 0;
      for (p += wanted ? 3 : 0; *p != '\0' && strchr (",+", *p) == NULL; p++)
        {
          if (*p == '\\' && p[1] != '\0')
            p++;
          g_string_append_c (value, *p);
        }
      if (wanted)
        return g_string_free (g_steal_pointer (&value), FALSE);
      p += *p != '\0' ? 1 : 0;
    }
  return NULL;
}

/* Returns: (transfer full): the host names a certificate is made for; its
 * common name only where it has no others (RFC 6125 §6.4.4). */
static GStrv
names_of (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize length;
      const char *data = g_bytes_get_data (names->pdata[i], &length);
      g_autofree char *name = g_strndup (data, length);

      /* A NUL in it was meant for those who do not look behind it. */
      if (strlen (name) == length)
        g_strv_builder_add (builder, name);
    }
  if (names == NULL || names->len == 0)
    {
      g_autofree char *name = common_name (certificate);

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

/* Whether @name can stand as a host in the address of a server. */
static gboolean
is_host (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._*", *p) == NULL)
      return FALSE;
  return *name != '\0';
}

/* Returns: (transfer full) (nullable): by which name GIO found @certificate
 * good for @host: the host's own, else the wildcard that fits. One that is good
 * for an address is held to any of its names: the stack reads no addresses,
 * and whoever signed this one for that address answers for them too. */
static char *
choose_canon (GTlsCertificate *certificate,
              const char      *host)
{
  g_auto (GStrv) names = names_of (certificate);
  const char *dot = strchr (host, '.');
  const char *wildcard = NULL;

  if (g_hostname_is_ip_address (host))
    {
      for (gsize i = 0; names[i] != NULL; i++)
        if (is_host (names[i]))
          return g_strdup (names[i]);
      return NULL;
    }
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (names[i], host) == 0)
        return g_strdup (host);
      if (dot != NULL && g_str_has_prefix (names[i], "*.") && g_ascii_strcasecmp (names[i] + 1, dot) == 0)
        wildcard = names[i];
    }
  return g_strdup (wildcard);
}

/* Returns: (transfer full) (nullable): the first of what a certificate says it is for. */
static char *
describe (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = names_of (certificate);
  g_auto (GStrv) all = NULL;
  guint n_addresses = addresses != NULL ? addresses->len : 0;

  for (guint i = 0; i < MIN (n_addresses, MAX_NAMES_SHOWN); i++)
    {
      g_autofree char *address = g_inet_address_to_string (addresses->pdata[i]);

      g_strv_builder_add (builder, address);
    }
  for (guint i = 0; names[i] != NULL && n_addresses + i < MAX_NAMES_SHOWN; i++)
    g_strv_builder_add (builder, names[i]);
  all = g_strv_builder_end (builder);
  return all[0] != NULL ? g_strjoinv (", ", all) : NULL;
}

/* Returns: (transfer full): why the certificate was refused, for a person. */
static GError *
refusal (Look *look)
{
  g_autofree char *words = look->flags == G_TLS_CERTIFICATE_BAD_IDENTITY ? describe (look->shown) : NULL;

  if (words != NULL)
    {
      /* Translators: two host names; the second may be several, with commas */
      return g_error_new (SIDE_ERROR, SIDE_ERROR_UNTRUSTED, _("The certificate is for another host: %s wanted, %s shown"),
                          look->host, words);
    }
  words = side_tls_words (look->flags);
  /* Translators: %s is a host's name, then one or more of the reasons above */
  return g_error_new (SIDE_ERROR, SIDE_ERROR_UNTRUSTED, _("The certificate of %s is not trusted: %s"), look->host, words);
}

/* The system's authorities said no; the settings' own may say yes. */
static gboolean
on_accept_certificate (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  Look *look = user_data;

  if (look->trusted != NULL && (flags & G_TLS_CERTIFICATE_UNKNOWN_CA))
    flags = g_tls_certificate_verify (certificate, look->identity, look->trusted);
  look->flags = flags;
  g_set_object (&look->shown, certificate);
  return flags == 0;
}

static GError *
unsupported (Look       *look,
             const char *what)
{
  return g_error_new (SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "%s does not speak TLS 1.2 or newer: %s", look->host, what);
}

static void
on_handshake (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  g_autoptr (GError) error = NULL;
  GTlsProtocolVersion version;
  char *canon;

  if (!g_tls_connection_handshake_finish (tls, result, &error))
    {
      gboolean ours = look->late || side_error_is_cancelled (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

      if (look->flags != 0)
        finish (task, NULL, refusal (look));
      else
        finish (task, NULL, ours ? to_our_error (task, error) : unsupported (look, error->message));
      return;
    }
  version = g_tls_connection_get_protocol_version (tls);
  if (version < G_TLS_PROTOCOL_VERSION_TLS_1_2 || version >= G_TLS_PROTOCOL_VERSION_DTLS_1_0)
    {
      finish (task, NULL, unsupported (look, "an older version was agreed on"));
      return;
    }
  canon = choose_canon (g_tls_connection_get_peer_certificate (tls), look->host);
  if (canon != NULL)
    finish (task, canon, NULL);
  else
    finish (task, NULL, g_error_new (SIDE_ERROR, SIDE_ERROR_UNTRUSTED, _("The certificate of %s is not trusted: %s"), look->host,
                                     _("it names no host that could be checked again")));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection == NULL)
    {
      finish (task, NULL, to_our_error (task, error));
      return;
    }
  look->stream = g_tls_client_connection_new (G_IO_STREAM (connection), look->identity, &error);
  if (look->stream == NULL)
    {
      finish (task, NULL, g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "TLS cannot be had here: %s", error->message));
      return;
    }
  g_signal_connect (look->stream, "accept-certificate", G_CALLBACK (on_accept_certificate), look);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (look->stream), G_PRIORITY_DEFAULT, look->inner, on_handshake, task);
}

static gboolean
on_deadline (gpointer user_data)
{
  Look *look = g_task_get_task_data (user_data);

  look->deadline = 0;
  look->late = TRUE;
  g_cancellable_cancel (look->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *outer,
              gpointer      user_data)
{
  Look *look = g_task_get_task_data (user_data);

  g_cancellable_cancel (look->inner);
}

/**
 * side_sip_trust_look_async:
 * @settings: settings that were checked; their answer-ms is the longest it takes
 * @server: where to look, by side_sip_resolve_finish()
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done, never from within
 * @user_data: for @callback
 *
 * Connects, shakes hands over TLS and closes again.
 */
void
side_sip_trust_look_async (SideSipSettings     *settings,
                           GSocketAddress      *server,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GTask *task;
  Look *look;

  g_return_if_fail (SIDE_IS_SIP_SETTINGS (settings) && G_IS_INET_SOCKET_ADDRESS (server));

  task = g_task_new (settings, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_sip_trust_look_async);
  g_task_set_check_cancellable (task, FALSE);         /* to_our_error() says it in our own words */
  look = g_new0 (Look, 1);
  g_task_set_task_data (task, look, look_free);
  look->host = side_sip_settings_dup_host (settings, &look->port);
  look->identity = g_network_address_new (look->host, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (server)));
  g_set_object (&look->trusted, side_sip_settings_get_trusted (settings));
  look->inner = g_cancellable_new ();
  look->deadline = g_timeout_add (side_sip_settings_get_answer_ms (settings), on_deadline, task);
  if (cancellable != NULL)
    look->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), task, NULL);
  /* The stack will not ask for a proxy of HTTP either. */
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (server), look->inner, on_connected, task);
}

/**
 * side_sip_trust_look_dup_unknown:
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable): the end of the chain of a certificate
 *   that was refused for nothing but being signed by nobody known
 */
GTlsCertificate *
side_sip_trust_look_dup_unknown (GAsyncResult *result)
{
  Look *look = g_task_get_task_data (G_TASK (result));
  GTlsCertificate *end = look->flags == G_TLS_CERTIFICATE_UNKNOWN_CA ? look->shown : NULL;

  while (end != NULL && g_tls_certificate_get_issuer (end) != NULL)
    end = g_tls_certificate_get_issuer (end);
  return end != NULL ? g_object_ref (end) : NULL;
}

/**
 * side_sip_trust_look_finish:
 * @result: what the callback got
 * @canon: (out) (transfer full): the name to hold the server's certificate to
 * @error: UNTRUSTED, whose message is for a person; UNREACHABLE, TIMED_OUT,
 *   UNSUPPORTED (no TLS, or too old), CANCELLED, FAILED
 *
 * Returns: whether the certificate is good
 */
gboolean
side_sip_trust_look_finish (GAsyncResult  *result,
                            char         **canon,
                            GError       **error)
{
  char *name;

  g_return_val_if_fail (G_IS_TASK (result) && g_task_get_source_tag (G_TASK (result)) == side_sip_trust_look_async, FALSE);
  g_return_val_if_fail (canon != NULL, FALSE);

  name = g_task_propagate_pointer (G_TASK (result), error);
  *canon = name;
  return name != NULL;
}
