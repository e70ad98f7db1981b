/* side-link-error.c - what GIO and libsoup say, in our own domain
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-link-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
_side_link_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static SideError
code_of_io_error (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return SIDE_ERROR_CANCELLED;
    case G_IO_ERROR_TIMED_OUT:
      return SIDE_ERROR_TIMED_OUT;
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return SIDE_ERROR_UNREACHABLE;
    case G_IO_ERROR_CONNECTION_CLOSED:    /* the same number as BROKEN_PIPE */
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_CLOSED:
      return SIDE_ERROR_DISCONNECTED;
    case G_IO_ERROR_NO_SPACE:
      return SIDE_ERROR_FULL;
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_PERMISSION_DENIED:
      return SIDE_ERROR_READ_ONLY;
    default:
      return SIDE_ERROR_FAILED;
    }
}

static SideError
code_of (const GError *error)
{
  if (error->domain == SIDE_ERROR)
    return (SideError) error->code;
  if (error->domain == G_RESOLVER_ERROR)
    return SIDE_ERROR_UNREACHABLE;
  if (error->domain == G_IO_ERROR)
    return code_of_io_error (error);
  if (error->domain == G_TLS_ERROR)
    {
      /* A peer that does not talk TLS at all, or broke off in the middle of it. */
      return error->code == G_TLS_ERROR_EOF ? SIDE_ERROR_DISCONNECTED
             : error->code == G_TLS_ERROR_BAD_CERTIFICATE ? SIDE_ERROR_UNTRUSTED
             : SIDE_ERROR_INVALID;
    }
  if (error->domain == SOUP_SESSION_ERROR || error->domain == SOUP_WEBSOCKET_ERROR)
    return SIDE_ERROR_INVALID;
  return SIDE_ERROR_FAILED;
}

/* Returns: (transfer full): @error with what it means for whoever asked. */
GError *
_side_link_map_error (SideLink     *self,
                      SoupMessage  *message,
                      const GError *error)
{
  SideError code = code_of (error);
  const char *host = message != NULL ? g_uri_get_host (soup_message_get_uri (message)) : self->host;
  GError *untrusted = message != NULL ? _side_link_tls_error (message) : NULL;

  if (untrusted != NULL)
    return untrusted;
  switch (code)
    {
    case SIDE_ERROR_CANCELLED:
      return g_error_new_literal (SIDE_ERROR, code, error->message);
    case SIDE_ERROR_UNREACHABLE:
      return g_error_new (SIDE_ERROR, code, _("%s cannot be reached: %s"), host, error->message);
    case SIDE_ERROR_TIMED_OUT:
      return g_error_new (SIDE_ERROR, code, _("%s does not answer"), host);
    case SIDE_ERROR_DISCONNECTED:
      return g_error_new (SIDE_ERROR, code, _("%s broke the connection off: %s"), host, error->message);
    case SIDE_ERROR_INVALID:
      return g_error_new (SIDE_ERROR, code, _("%s does not answer as a Sidetone server: %s"), host, error->message);
    default:
      return g_error_new (SIDE_ERROR, (int) code, "%s: %s", host, error->message);
    }
}

/* Whether @host may stand in an address: a name, an IPv4 address, or IPv6. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0' || strlen (host) > 253)
    return FALSE;
  return strpbrk (host, " \t\"<>\\^`{|}%") == NULL;
}

static GUri *
parse_typed (const char *typed)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  g_autofree char *text = NULL;
  g_autofree char *scheme = g_uri_parse_scheme (trimmed);
  GUri *uri;

  /* "host:8443" has the look of a scheme; only with "//" it is one. */
  if (scheme != NULL && strstr (trimmed, "://") != NULL)
    return g_uri_parse (trimmed, G_URI_FLAGS_NONE, NULL);
  text = g_strconcat ("https://", trimmed, NULL);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && is_host (g_uri_get_host (uri)) && _side_link_is_loopback (uri))
    {
      /* A server beside the app has no certificate of its own, as a rule. */
      g_uri_unref (uri);
      g_free (text);
      text = g_strconcat ("http://", trimmed, NULL);
      uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
    }
  return uri;
}

/**
 * side_link_normalize_address:
 * @typed: what a person typed: "calls.example.org", "localhost:8750",
 *   "https://example.org/sidetone/"
 * @error: SIDE_ERROR_INVALID
 *
 * Without a scheme it is https, on this machine itself http.
 *
 * Returns: (transfer full): the address for side_link_new(), without a slash
 *   at its end, a query or a user's name
 */
char *
side_link_normalize_address (const char  *typed,
                             GError     **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) clean = NULL;
  g_autofree char *path = NULL;
  const char *scheme;

  g_return_val_if_fail (typed != NULL, NULL);

  uri = parse_typed (typed);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if (uri == NULL || !is_host (g_uri_get_host (uri))
      || (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, _("“%s” is not the address of a server"), typed);
      return NULL;
    }
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  /* Somebody may paste an address of the protocol itself. */
  if (g_str_has_suffix (path, SIDE_WIRE_PREFIX))
    path[strlen (path) - strlen (SIDE_WIRE_PREFIX)] = '\0';
  clean = g_uri_build (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                       path, NULL, NULL);
  return g_uri_to_string (clean);
}
