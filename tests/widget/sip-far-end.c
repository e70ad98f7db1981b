/* sip-far-end.c - a telephone server that says what a test asks of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It answers OPTIONS and registrations, and refuses calls.
 */
#include "sip-far-end.h"

#include <string.h>

static char *
header_of (const char *message,
           const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("^%s\\s*:\\s*(.*?)\\s*$", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_NEWLINE_ANYCRLF, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, message, 0, &match) ? g_match_info_fetch (match, 1) : g_strdup ("");
}

static char *
answer_for (FarEnd     *self,
            const char *message)
{
  static const char *const names[] = { "Via", "From", "Call-ID", "CSeq" };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *to = header_of (message, "To");
  gboolean known = strstr (message, "Authorization:") != NULL;

  if (g_str_has_prefix (message, "INVITE"))
    g_string_append_printf (out, "SIP/2.0 %s\r\n", self->refuses);
  else if (!g_str_has_prefix (message, "REGISTER") || !self->asks)
    g_string_append (out, "SIP/2.0 200 OK\r\n");
  else if (known)
    g_string_append (out, "SIP/2.0 403 Forbidden\r\n");
  else
    g_string_append (out, "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"test\", nonce=\"n1\", algorithm=MD5\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = header_of (message, names[i]);

      g_string_append_printf (out, "%s: %s\r\n", names[i], value);
    }
  if (g_str_has_prefix (message, "REGISTER"))
    {
      g_autofree char *contact = header_of (message, "Contact");

      g_string_append_printf (out, "Contact: %s\r\n", contact);
    }
  g_string_append_printf (out, "To: %s%s\r\nContent-Length: 0\r\n\r\n", to, strstr (to, "tag=") == NULL ? ";tag=far" : "");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gpointer
serve (gpointer data)
{
  FarEnd *self = data;
  char buffer[16384];

  while (!g_atomic_int_get (&self->leaving))
    {
      g_autoptr (GSocketAddress) from = NULL;
      gssize n;

      if (!g_socket_condition_timed_wait (self->socket, G_IO_IN, 50000, NULL, NULL))
        continue;
      n = g_socket_receive_from (self->socket, &from, buffer, sizeof buffer - 1, NULL, NULL);
      if (n > 20 && strncmp (buffer, "ACK", 3) != 0)
        {
          g_autofree char *reply = NULL;

          buffer[n] = '\0';
          reply = answer_for (self, buffer);
          g_socket_send_to (self->socket, from, reply, strlen (reply), NULL, NULL);
        }
    }
  return NULL;
}

/* far_end_start: begins to listen; what it is to say is set before */
void
far_end_start (FarEnd *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->leaving = 0;
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->socket, any, FALSE, &error));
  bound = g_socket_get_local_address (self->socket, &error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("far-end", serve, self);
}

void
far_end_stop (FarEnd *self)
{
  g_atomic_int_set (&self->leaving, 1);
  g_thread_join (self->thread);
  g_clear_object (&self->socket);
}
