/* side-web-socket.c - the server's end of many WebSockets (RFC 6455)
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A frame on the wire:
 *
 *   byte 0  FIN(1) RSV(3) opcode(4)
 *   byte 1  MASK(1) length(7); 126: 2 more bytes of length, 127: 8 more
 *   mask    4 bytes, always from a client, never from a server
 *   payload
 *
 * Why not libsoup's: it copies and checks each message for each reader, and
 * each of its connections is a source of the main context, whose poll and
 * bookkeeping go over all of them for every acknowledgement. With 500 readers
 * that is most of the work. Here input is looked at by one epoll for all, at
 * the pace of whoever pumps; only readers whose socket is full are watched by
 * the main context, through a second epoll.
 */
#include "side-web-socket.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define INPUT_BYTES 4096
#define BATCH       64
#define HEAD_MAX    14

enum { OP_CONTINUATION = 0, OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

struct _SideWebSet
{
  int        input;       /* epoll: all sockets */
  int        output;      /* epoll: those that wait to write */
  guint      output_id;
  GPtrArray *broken;      /* of SideWebSocket: writing failed, not told yet */
  GPtrArray *dead;        /* freed while the set was being gone through */
  int        depth;
};

struct _SideWebSocket
{
  SideWebSet                *set;
  GIOStream                 *stream;
  GPollableInputStream      *in;
  GPollableOutputStream     *out;
  int                        fd;
  const SideWebSocketEvents *events;
  gpointer                   user_data;

  guint8    input[INPUT_BYTES];
  gsize     input_len;
  GString  *message;          /* of a message in pieces */
  gboolean  in_pieces;

  GQueue    pending;          /* of GBytes, to be written */
  gsize     written;          /* of the first of them */
  gboolean  wants_output;
  gboolean  closing;          /* we said good-bye */
  gboolean  closed;           /* told, or about to be */
  gboolean  freed;
};

/* Going through the set */

static void
socket_destroy (gpointer data)
{
  SideWebSocket *self = data;

  g_queue_clear_full (&self->pending, (GDestroyNotify) g_bytes_unref);
  g_string_free (self->message, TRUE);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (self->stream);
  g_free (self);
}

/* A callback may free any socket while events of it are still in hand. */
static void
enter (SideWebSet *set)
{
  set->depth++;
}

static void
leave (SideWebSet *set)
{
  if (--set->depth == 0)
    g_ptr_array_set_size (set->dead, 0);
}

static void
be_closed (SideWebSocket *self)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  epoll_ctl (self->set->input, EPOLL_CTL_DEL, self->fd, NULL);
  if (self->wants_output)
    epoll_ctl (self->set->output, EPOLL_CTL_DEL, self->fd, NULL);
  self->wants_output = FALSE;
  self->events->closed (self, self->user_data);
}

/* Writing */

static void
watch_output (SideWebSocket *self,
              gboolean       wanted)
{
  struct epoll_event event = { .events = EPOLLOUT, .data.ptr = self };

  if (self->wants_output == wanted || self->closed)
    return;
  self->wants_output = wanted;
  epoll_ctl (self->set->output, wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, self->fd, &event);
}

/* Writes as much as the socket takes. */
static void
flush (SideWebSocket *self)
{
  while (!self->closed && !g_queue_is_empty (&self->pending))
    {
      GBytes *first = g_queue_peek_head (&self->pending);
      gsize len;
      const guint8 *bytes = g_bytes_get_data (first, &len);
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (self->out, bytes + self->written, len - self->written, NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (n < 0)
        {
          /* Whoever sends to many must not lose one of them meanwhile. */
          g_queue_clear_full (&self->pending, (GDestroyNotify) g_bytes_unref);
          self->written = 0;
          g_ptr_array_add (self->set->broken, self);
          break;
        }
      self->written += (gsize) n;
      if (self->written == len)
        {
          g_bytes_unref (g_queue_pop_head (&self->pending));
          self->written = 0;
        }
    }
  watch_output (self, !g_queue_is_empty (&self->pending));
}

static void
queue_frame (SideWebSocket *self,
             GBytes        *frame)
{
  if (self->closed)
    return;
  enter (self->set);
  g_queue_push_tail (&self->pending, g_bytes_ref (frame));
  if (!self->wants_output)
    flush (self);
  leave (self->set);
}

static GBytes *
make_frame (guint8      opcode,
            const void *payload,
            gsize       len)
{
  guint8 *frame = g_malloc (len + HEAD_MAX);
  gsize head = 2;

  frame[0] = 0x80 | opcode;
  if (len < 126)
    {
      frame[1] = (guint8) len;
    }
  else
    {
      int n = len <= 0xffff ? 2 : 8;

      frame[1] = n == 2 ? 126 : 127;
      for (int i = 0; i < n; i++)
        frame[2 + i] = (guint8) ((guint64) len >> (8 * (n - 1 - i)));
      head += (gsize) n;
    }
  memcpy (frame + head, payload, len);
  return g_bytes_new_take (frame, head + len);
}

/**
 * side_web_socket_frame:
 * @text: a text message, valid UTF-8
 * @len: its length
 *
 * Returns: (transfer full): the frame, to be sent to any number of readers
 */
GBytes *
side_web_socket_frame (const char *text,
                       gsize       len)
{
  return make_frame (OP_TEXT, text, len);
}

/**
 * side_web_socket_send:
 * @self: a socket
 * @frame: of side_web_socket_frame()
 */
void
side_web_socket_send (SideWebSocket *self,
                      GBytes        *frame)
{
  if (!self->closing)
    queue_frame (self, frame);
}

void
side_web_socket_ping (SideWebSocket *self)
{
  g_autoptr (GBytes) frame = make_frame (OP_PING, "", 0);

  if (!self->closing)
    queue_frame (self, frame);
}

/**
 * side_web_socket_close:
 * @self: a socket
 * @code: close code
 * @reason: words for whoever looks into it, up to 100 bytes
 *
 * Says good-bye; the end is told when the peer has answered. A peer that does
 * not is for the caller to free.
 */
void
side_web_socket_close (SideWebSocket *self,
                       guint16        code,
                       const char    *reason)
{
  g_autofree char *payload = g_strdup_printf ("xx%.100s", reason);
  g_autoptr (GBytes) frame = NULL;

  if (self->closing || self->closed)
    return;
  payload[0] = (char) (code >> 8);
  payload[1] = (char) (code & 0xff);
  frame = make_frame (OP_CLOSE, payload, 2 + strlen (payload + 2));
  self->closing = TRUE;
  queue_frame (self, frame);
}

gboolean
side_web_socket_is_open (SideWebSocket *self)
{
  return !self->closing && !self->closed;
}

/* Reading */

/* RFC 6455, 7.4: some codes are names for what never stands in a frame. */
static gboolean
is_close_code (const guint8 *payload,
               gsize         len)
{
  guint code = len >= 2 ? (guint) payload[0] << 8 | payload[1] : 0;

  if (len == 0)
    return TRUE;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

static void
take_close (SideWebSocket *self,
            const guint8  *payload,
            gsize          len)
{
  g_autoptr (GBytes) answer = NULL;

  if (!is_close_code (payload, len))
    side_web_socket_close (self, SIDE_WEB_SOCKET_PROTOCOL, "no such close code");
  if (!self->closing)
    {
      /* The answer repeats the code; nothing is sent after it. */
      answer = make_frame (OP_CLOSE, payload, len >= 2 ? 2 : 0);
      self->closing = TRUE;
      queue_frame (self, answer);
    }
  be_closed (self);
}

static void
take_data (SideWebSocket *self,
           guint8         opcode,
           gboolean       last,
           const guint8  *payload,
           gsize          len)
{
  if ((opcode == OP_CONTINUATION) != self->in_pieces)
    {
      side_web_socket_close (self, SIDE_WEB_SOCKET_PROTOCOL, "a piece without its message");
      return;
    }
  if (opcode == OP_BINARY)
    {
      side_web_socket_close (self, SIDE_WEB_SOCKET_BAD_DATA, "only text is understood");
      return;
    }
  if (self->message->len + len > SIDE_WEB_SOCKET_MAX_MESSAGE)
    {
      side_web_socket_close (self, SIDE_WEB_SOCKET_TOO_BIG, "too large");
      return;
    }
  self->in_pieces = !last;
  g_string_append_len (self->message, (const char *) payload, (gssize) len);
  if (!last)
    return;
  self->events->message (self, self->message->str, self->message->len, self->user_data);
  g_string_truncate (self->message, 0);
}

static void
take_frame (SideWebSocket *self,
            guint8         opcode,
            gboolean       last,
            const guint8  *payload,
            gsize          len)
{
  if (opcode == OP_CLOSE)
    {
      take_close (self, payload, len);
    }
  else if (opcode == OP_PING)
    {
      g_autoptr (GBytes) pong = make_frame (OP_PONG, payload, len);

      if (!self->closing && g_queue_get_length (&self->pending) < BATCH)
        queue_frame (self, pong);
    }
  else if (opcode != OP_PONG && !self->closing)
    {
      take_data (self, opcode, last, payload, len);
    }
}

/* What a frame's first two bytes must not say. Returns: the close code, 0: fine */
static guint16
check_head (const guint8 *head)
{
  guint8 opcode = head[0] & 0x0f;
  gboolean is_control = (opcode & 0x08) != 0;

  if ((head[0] & 0x70) != 0 || (head[1] & 0x80) == 0)
    return SIDE_WEB_SOCKET_PROTOCOL;   /* an extension nobody agreed on; not masked */
  if (opcode > OP_PONG || (opcode > OP_BINARY && opcode < OP_CLOSE))
    return SIDE_WEB_SOCKET_PROTOCOL;
  if (is_control && ((head[0] & 0x80) == 0 || (head[1] & 0x7f) > 125))
    return SIDE_WEB_SOCKET_PROTOCOL;
  return 0;
}

/* Takes the frame at @at, unmasked in its place. Returns: how many bytes it
 * took, 0 when more must come first or the socket is closing over it. */
static gsize
parse_frame (SideWebSocket *self,
             gsize          at)
{
  guint8 *head = self->input + at;
  gsize len = self->input_len - at;
  gsize payload = len >= 2 ? head[1] & 0x7f : 0;
  gsize size = 6;
  guint16 code = len >= 2 ? check_head (head) : 0;

  if (len < 2)
    return 0;
  if (code == 0 && payload == 127)
    code = SIDE_WEB_SOCKET_TOO_BIG;
  if (code == 0 && payload == 126)
    {
      if (len < 4)
        return 0;
      payload = (gsize) head[2] << 8 | head[3];
      size = 8;
      if (payload > SIDE_WEB_SOCKET_MAX_MESSAGE)
        code = SIDE_WEB_SOCKET_TOO_BIG;
    }
  if (code != 0)
    {
      side_web_socket_close (self, code, code == SIDE_WEB_SOCKET_TOO_BIG ? "too large" : "not a frame of this protocol");
      /* Where the next frame would begin is not known any more. */
      self->input_len = 0;
      return 0;
    }
  if (len < size + payload)
    return 0;
  for (gsize i = 0; i < payload; i++)
    head[size + i] ^= head[size - 4 + (i & 3)];
  take_frame (self, head[0] & 0x0f, (head[0] & 0x80) != 0, head + size, payload);
  return size + payload;
}

static void
parse_input (SideWebSocket *self)
{
  gsize at = 0;
  gsize taken;

  while (!self->closed && at < self->input_len && (taken = parse_frame (self, at)) > 0)
    at += taken;
  if (self->input_len == 0)
    return;
  memmove (self->input, self->input + at, self->input_len - at);
  self->input_len -= at;
}

/* Reads until there is nothing more: a TLS stream may hold bytes the kernel
 * does not tell of any more. */
static void
read_socket (SideWebSocket *self)
{
  gboolean heard = FALSE;

  for (int i = 0; i < BATCH && !self->closed && !self->freed; i++)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (self->in, self->input + self->input_len,
                                                           sizeof self->input - self->input_len, NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (n <= 0)
        {
          be_closed (self);
          break;
        }
      heard = TRUE;
      self->input_len += (gsize) n;
      parse_input (self);
    }
  if (heard && !self->closed && !self->freed)
    self->events->heard (self, self->user_data);
}

/* The set */

/**
 * side_web_set_pump:
 * @self: the set
 *
 * Reads what has come on all sockets.
 */
void
side_web_set_pump (SideWebSet *self)
{
  struct epoll_event events[BATCH];
  int n;

  enter (self);
  do
    {
      n = epoll_wait (self->input, events, BATCH, 0);
      for (int i = 0; i < n; i++)
        {
          SideWebSocket *socket = events[i].data.ptr;

          if (!socket->freed && !socket->closed)
            read_socket (socket);
        }
    }
  while (n == BATCH);
  while (self->broken->len > 0)
    be_closed (g_ptr_array_steal_index_fast (self->broken, self->broken->len - 1));
  leave (self);
}

static gboolean
output_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  SideWebSet *self = user_data;
  struct epoll_event events[BATCH];
  int n = epoll_wait (self->output, events, BATCH, 0);

  enter (self);
  for (int i = 0; i < n; i++)
    {
      SideWebSocket *socket = events[i].data.ptr;

      if (!socket->freed && !socket->closed)
        flush (socket);
    }
  leave (self);
  return G_SOURCE_CONTINUE;
}

SideWebSet *
side_web_set_new (void)
{
  SideWebSet *self = g_new0 (SideWebSet, 1);

  self->input = epoll_create1 (EPOLL_CLOEXEC);
  self->output = epoll_create1 (EPOLL_CLOEXEC);
  if (self->input < 0 || self->output < 0)
    g_error ("no epoll: %s", g_strerror (errno));
  self->output_id = g_unix_fd_add (self->output, G_IO_IN, output_cb, self);
  self->broken = g_ptr_array_new ();
  self->dead = g_ptr_array_new_with_free_func (socket_destroy);
  return self;
}

/**
 * side_web_set_free:
 * @self: (transfer full): a set all of whose sockets are freed
 */
void
side_web_set_free (SideWebSet *self)
{
  g_source_remove (self->output_id);
  close (self->input);
  close (self->output);
  g_ptr_array_unref (self->broken);
  g_ptr_array_unref (self->dead);
  g_free (self);
}

/**
 * side_web_socket_new:
 * @set: the set
 * @stream: a connection on which the handshake is done
 * @fd: the file descriptor below it
 * @events: what is to be told; must outlive the socket
 * @user_data: for @events
 *
 * Returns: (transfer full): the socket
 */
SideWebSocket *
side_web_socket_new (SideWebSet                *set,
                     GIOStream                 *stream,
                     int                        fd,
                     const SideWebSocketEvents *events,
                     gpointer                   user_data)
{
  SideWebSocket *self = g_new0 (SideWebSocket, 1);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = self };

  self->set = set;
  self->stream = g_object_ref (stream);
  self->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));
  self->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));
  self->fd = fd;
  self->events = events;
  self->user_data = user_data;
  self->message = g_string_new (NULL);
  g_queue_init (&self->pending);
  epoll_ctl (set->input, EPOLL_CTL_ADD, fd, &event);
  return self;
}

/**
 * side_web_socket_free:
 * @self: (transfer full): a socket; nothing is told any more
 */
void
side_web_socket_free (SideWebSocket *self)
{
  if (!self->closed)
    {
      epoll_ctl (self->set->input, EPOLL_CTL_DEL, self->fd, NULL);
      watch_output (self, FALSE);
    }
  self->closed = TRUE;
  self->freed = TRUE;
  while (g_ptr_array_remove_fast (self->set->broken, self))
    ;
  if (self->set->depth > 0)
    g_ptr_array_add (self->set->dead, self);
  else
    socket_destroy (self);
}
