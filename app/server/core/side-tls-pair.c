/* side-tls-pair.c - whether a certificate and a key are each other's
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GIO reads the two files without comparing them: a server with the wrong key
 * starts, and each handshake fails. So one is made here, with ourselves, over a
 * pair of sockets: whatever the TLS library would object to shows at once.
 */
#include "side-tls-pair.h"

#include <errno.h>
#include <sys/socket.h>

#include "side-error.h"

#define HANDSHAKE_S 10

static GIOStream *
wrap (int fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  if (socket == NULL)
    return NULL;
  g_socket_set_timeout (socket, HANDSHAKE_S);
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

static gboolean
accept_cb (GTlsConnection       *connection,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flags,
           gpointer              user_data)
{
  return TRUE;   /* who signed it is for the clients to judge */
}

static gpointer
serve (gpointer connection)
{
  g_tls_connection_handshake (connection, NULL, NULL);
  return NULL;
}

static gboolean
shake_hands (GIOStream        *near_end,
             GIOStream        *far_end,
             GTlsCertificate  *certificate,
             GError          **error)
{
  g_autoptr (GIOStream) server = g_tls_server_connection_new (far_end, certificate, error);
  g_autoptr (GIOStream) client = server != NULL ? g_tls_client_connection_new (near_end, NULL, error) : NULL;
  GThread *thread;
  gboolean ok;

  if (client == NULL)
    return FALSE;
  g_signal_connect (client, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  thread = g_thread_new ("tls-pair", serve, server);
  ok = g_tls_connection_handshake (G_TLS_CONNECTION (client), NULL, error);
  /* A server that still waits for us sees the end. */
  g_io_stream_close (near_end, NULL, NULL);
  g_thread_join (thread);
  return ok;
}

/**
 * side_tls_pair_check:
 * @certificate_file: PEM file
 * @key_file: PEM file
 * @error: return location
 *
 * Blocks for as long as a handshake takes, some milliseconds.
 *
 * Returns: whether a server can use them; SIDE_ERROR_INVALID with the reason
 */
gboolean
side_tls_pair_check (const char  *certificate_file,
                     const char  *key_file,
                     GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (certificate_file, key_file, &reason);
  g_autoptr (GIOStream) near_end = NULL;
  g_autoptr (GIOStream) far_end = NULL;
  int fds[2];

  if (certificate == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s", reason->message);
      return FALSE;
    }
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "%s", g_strerror (errno));
      return FALSE;
    }
  near_end = wrap (fds[0]);
  far_end = wrap (fds[1]);
  if (near_end != NULL && far_end != NULL && shake_hands (near_end, far_end, certificate, &reason))
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "they do not belong together: %s",
               reason != NULL ? reason->message : "no handshake");
  return FALSE;
}
