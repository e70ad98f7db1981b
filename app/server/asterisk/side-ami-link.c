/* side-ami-link.c - the bytes of one connection to an Asterisk manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each running operation holds a reference, so the memory lives until GIO let
 * go of it; "cancellable" being cancelled says that the owner dropped the link.
 */
#include "side-ami-link.h"

#include <string.h>

#include "side-error.h"

/* What may wait to be written: a PBX that takes nothing in is a dead one. */
#define WRITE_MAX (1024 * 1024)

struct _SideAmiLink
{
  gatomicrefcount         ref_count;
  SideAmiLinkFuncs        funcs;
  gpointer                data;
  GCancellable           *cancellable;
  GTlsDatabase           *trust;
  gboolean                tls;
  GError                 *tls_error;
  GSocketConnection      *connection;
  SideAmiReader          *reader;
  GByteArray             *waiting;     /* to be written next */
  GBytes                 *writing;
  guint                   timeout;
  gint64                  heard_us;    /* g_get_monotonic_time() of the last bytes */
};

static SideAmiLink *
link_ref (SideAmiLink *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
link_unref (SideAmiLink *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->connection);
  g_clear_object (&self->trust);
  g_clear_error (&self->tls_error);
  g_object_unref (self->cancellable);
  side_ami_reader_free (self->reader);
  g_byte_array_unref (self->waiting);
  g_clear_pointer (&self->writing, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAmiLink, link_unref)

static gboolean
is_dropped (SideAmiLink *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
break_up (SideAmiLink *self,
          int          code,
          const char  *words)
{
  g_autoptr (GError) error = NULL;

  if (is_dropped (self))
    return;
  g_clear_handle_id (&self->timeout, g_source_remove);
  error = g_error_new_literal (SIDE_ERROR, code, words);
  self->funcs.broken (self, error, self->data);
}

static int
code_for (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) ? SIDE_ERROR_UNTRUSTED
                                                                             : SIDE_ERROR_FAILED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return SIDE_ERROR_TIMED_OUT;
  return SIDE_ERROR_UNREACHABLE;
}

static void read_more (SideAmiLink *self);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideAmiLink) self = data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  SideAmiMessage message;
  SideAmiStep step;

  if (is_dropped (self))
    return;
  if (n <= 0)
    {
      break_up (self, SIDE_ERROR_DISCONNECTED, n < 0 ? error->message : "the PBX closed the connection");
      return;
    }
  self->heard_us = g_get_monotonic_time ();
  side_ami_reader_commit (self->reader, (gsize) n);
  while ((step = side_ami_reader_next (self->reader, &message, &error)) == SIDE_AMI_MESSAGE
         || step == SIDE_AMI_BANNER)
    {
      /* Greeted: whoever listens there is a manager. */
      g_clear_handle_id (&self->timeout, g_source_remove);
      self->funcs.message (self, step, &message, self->data);
      if (is_dropped (self))
        return;
    }
  if (step == SIDE_AMI_FAILED)
    break_up (self, error->code, error->message);
  else
    read_more (self);
}

static void
read_more (SideAmiLink *self)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  gsize room;
  guint8 *to = side_ami_reader_reserve (self->reader, &room);

  g_input_stream_read_async (input, to, room, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                             link_ref (self));
}

static void write_more (SideAmiLink *self);

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideAmiLink) self = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->writing, g_bytes_unref);
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    break_up (self, SIDE_ERROR_DISCONNECTED, error->message);
  else if (!is_dropped (self))
    write_more (self);
}

static void
write_more (SideAmiLink *self)
{
  GOutputStream *output;
  gconstpointer bytes;
  gsize size;

  if (self->writing != NULL || self->waiting->len == 0 || self->connection == NULL)
    return;
  self->writing = g_byte_array_free_to_bytes (g_steal_pointer (&self->waiting));
  self->waiting = g_byte_array_new ();
  bytes = g_bytes_get_data (self->writing, &size);
  output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_output_stream_write_all_async (output, bytes, size, G_PRIORITY_DEFAULT, self->cancellable,
                                   on_written, link_ref (self));
}

static gboolean
on_connect_late (gpointer data)
{
  SideAmiLink *self = data;

  self->timeout = 0;
  break_up (self, SIDE_ERROR_TIMED_OUT, "the PBX does not greet in time");
  return G_SOURCE_REMOVE;
}

static gboolean
on_refused_certificate (GTlsConnection       *tls,
                        GTlsCertificate      *certificate,
                        GTlsCertificateFlags  faults,
                        gpointer              data)
{
  SideAmiLink *self = data;
  const char *words = "the PBX's certificate is signed by nobody who is trusted here";

  if (faults & G_TLS_CERTIFICATE_BAD_IDENTITY)
    words = "the PBX's certificate is for another host";
  else if (faults & G_TLS_CERTIFICATE_EXPIRED)
    words = "the PBX's certificate has expired";
  g_clear_error (&self->tls_error);
  self->tls_error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_UNTRUSTED, words);
  return FALSE;
}

static void
on_socket_event (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *to,
                 GIOStream          *stream,
                 gpointer            data)
{
  SideAmiLink *self = data;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  if (self->trust != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), self->trust);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_refused_certificate), self);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SideAmiLink) self = data;
  g_autoptr (GError) error = NULL;

  self->connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  if (is_dropped (self))
    return;
  if (self->connection == NULL)
    {
      if (self->tls_error != NULL)
        break_up (self, self->tls_error->code, self->tls_error->message);
      else
        break_up (self, code_for (error), error->message);
      return;
    }
  read_more (self);
  write_more (self);
}

static gboolean
on_bad_trust (gpointer data)
{
  SideAmiLink *self = data;

  self->timeout = 0;
  break_up (self, self->tls_error->code, self->tls_error->message);
  return G_SOURCE_REMOVE;
}

/**
 * side_ami_link_open:
 * @address: where to
 * @timeout_ms: bound for the connection, with TLS and the manager's greeting
 * @funcs: what to call; copied
 * @data: its last argument
 *
 * Returns: (transfer full): a link that connects; side_ami_link_drop() it
 */
SideAmiLink *
side_ami_link_open (const SideAmiAddress   *address,
                    guint                   timeout_ms,
                    const SideAmiLinkFuncs *funcs,
                    gpointer                data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  SideAmiLink *self = g_new0 (SideAmiLink, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->funcs = *funcs;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->reader = side_ami_reader_new (TRUE);
  self->waiting = g_byte_array_new ();
  if (address->tls && address->tls_ca_file != NULL)
    {
      self->trust = g_tls_file_database_new (address->tls_ca_file, &self->tls_error);
      if (self->trust == NULL)
        {
          self->tls_error->domain = SIDE_ERROR;
          self->tls_error->code = SIDE_ERROR_INVALID;
          self->timeout = g_idle_add (on_bad_trust, self);
          return self;
        }
    }
  /* A proxy between the server and its PBX is a mistake of the environment. */
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_tls (client, address->tls);
  g_signal_connect_data (client, "event", G_CALLBACK (on_socket_event), link_ref (self),
                         (GClosureNotify) (GCallback) link_unref, 0);
  self->timeout = g_timeout_add (timeout_ms, on_connect_late, self);
  g_socket_client_connect_to_host_async (client, address->host, address->port, self->cancellable,
                                         on_connected, link_ref (self));
  return self;
}

/**
 * side_ami_link_write:
 * @self: a link
 * @text: whole actions; sent in order, at once or once connected
 */
void
side_ami_link_write (SideAmiLink *self,
                     const char  *text)
{
  if (is_dropped (self) || self->waiting->len > WRITE_MAX)
    return;
  g_byte_array_append (self->waiting, (const guint8 *) text, strlen (text));
  write_more (self);
}

/**
 * side_ami_link_heard:
 * @self: a link
 *
 * Returns: g_get_monotonic_time() when something came in last, 0 if nothing did
 */
gint64
side_ami_link_heard (SideAmiLink *self)
{
  return self->heard_us;
}

/**
 * side_ami_link_drop:
 * @self: (transfer full): a link; nothing of it is called any more
 */
void
side_ami_link_drop (SideAmiLink *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  /* The cancelled operations let go of their references, the last of which
   * closes the socket. */
  g_cancellable_cancel (self->cancellable);
  link_unref (self);
}
