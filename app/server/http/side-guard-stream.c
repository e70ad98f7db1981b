/* side-guard-stream.c - a connection that ends without a word, or talks nonsense
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the input side is wrapped; output goes to the base stream directly.
 */
#include "side-guard-stream.h"

#include "side-chunk-check.h"

/* The input */

/* What is read now. Between the end of the head and the word whether the body
 * comes in chunks, what came of it is kept. */
typedef enum {
  IN_HEAD,
  BEHIND_HEAD,
  IN_CHUNKS,
  ELSEWHERE,
} Place;

#define SIDE_TYPE_GUARD_INPUT (side_guard_input_get_type ())
G_DECLARE_FINAL_TYPE (SideGuardInput, side_guard_input, SIDE, GUARD_INPUT, GFilterInputStream)

struct _SideGuardInput
{
  GFilterInputStream parent_instance;
  gboolean           has_read;
  gboolean           ended;       /* before anything was read, and hidden */
  SideGuardFunc      ended_func;  /* NULL: it was called */
  SideGuardFunc      broken_func;
  gpointer           func_data;
  Place              place;
  gsize              line;        /* bytes of this line of the head, without its end */
  gboolean           last_is_cr;
  gboolean           has_line;    /* the head has begun: empty lines before it are nothing */
  GByteArray        *behind;      /* what came with the head and is not it */
  SideChunkCheck     chunks;
};

static void side_guard_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideGuardInput, side_guard_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, side_guard_input_pollable_init))

static GInputStream *
base_of (gpointer stream)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
}

static gssize
hide_end (SideGuardInput  *self,
          GError         **error)
{
  SideGuardFunc ended_func = self->ended_func;

  self->ended = TRUE;
  self->ended_func = NULL;
  if (ended_func != NULL)
    ended_func (self->func_data);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "ended");
  return -1;
}

/* One byte of the head, whose end is an empty line, as libsoup sees it; whether
 * this is its last. */
static gboolean
ends_head (SideGuardInput *self,
           guint8          c)
{
  gboolean empty = self->line == 0 || (self->line == 1 && self->last_is_cr);

  if (c != '\n')
    {
      self->line++;
      self->last_is_cr = c == '\r';
      return FALSE;
    }
  self->line = 0;
  self->last_is_cr = FALSE;
  if (empty)
    return self->has_line;
  self->has_line = TRUE;
  return FALSE;
}

/* Follows what is read; whether libsoup may have it. */
static gboolean
look_at (SideGuardInput *self,
         const guint8   *data,
         gsize           len)
{
  gsize i = 0;

  for (; self->place == IN_HEAD && i < len; i++)
    {
      if (ends_head (self, data[i]))
        self->place = BEHIND_HEAD;
    }
  if (self->place == BEHIND_HEAD)
    g_byte_array_append (self->behind, data + i, (guint) (len - i));
  return self->place != IN_CHUNKS || side_chunk_check_feed (&self->chunks, data + i, len - i);
}

static gssize
hide_nonsense (SideGuardInput  *self,
               GError         **error)
{
  self->ended = TRUE;
  self->broken_func (self->func_data);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "broken");
  return -1;
}

static gssize
guard_input_read (GInputStream  *stream,
                  void          *buffer,
                  gsize          count,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return g_input_stream_read (base_of (stream), buffer, count, cancellable, error);
}

static gssize
guard_input_read_nonblocking (GPollableInputStream  *stream,
                              void                  *buffer,
                              gsize                  count,
                              GError               **error)
{
  SideGuardInput *self = SIDE_GUARD_INPUT (stream);
  GError *reason = NULL;
  gssize n;

  if (self->ended && self->has_read)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "broken");
      return -1;
    }
  if (self->ended)
    return hide_end (self, error);
  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (base_of (stream)), buffer, count, NULL, &reason);
  if (n <= 0 && !self->has_read
      && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_clear_error (&reason);
      return hide_end (self, error);
    }
  if (reason != NULL)
    g_propagate_error (error, reason);
  self->has_read |= n > 0;
  if (n > 0 && !look_at (self, buffer, (gsize) n))
    return hide_nonsense (self, error);
  return n;
}

static gboolean
guard_input_can_poll (GPollableInputStream *stream)
{
  GInputStream *base = base_of (stream);

  return G_IS_POLLABLE_INPUT_STREAM (base) && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (base));
}

static gboolean
guard_input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base_of (stream)));
}

static GSource *
guard_input_create_source (GPollableInputStream *stream,
                           GCancellable         *cancellable)
{
  g_autoptr (GSource) base = NULL;

  /* An end stays readable for ever: nobody may wait for it any more. */
  if (!SIDE_GUARD_INPUT (stream)->ended)
    base = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (base_of (stream)), NULL);
  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
side_guard_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = guard_input_can_poll;
  iface->is_readable = guard_input_is_readable;
  iface->create_source = guard_input_create_source;
  iface->read_nonblocking = guard_input_read_nonblocking;
}

static void
side_guard_input_finalize (GObject *object)
{
  g_byte_array_unref (SIDE_GUARD_INPUT (object)->behind);
  G_OBJECT_CLASS (side_guard_input_parent_class)->finalize (object);
}

static void
side_guard_input_class_init (SideGuardInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_guard_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = guard_input_read;
}

static void
side_guard_input_init (SideGuardInput *self)
{
  self->behind = g_byte_array_new ();
}

/* The stream */

struct _SideGuardStream
{
  GIOStream       parent_instance;
  GIOStream      *base;
  SideGuardInput *input;
};

G_DEFINE_FINAL_TYPE (SideGuardStream, side_guard_stream, G_TYPE_IO_STREAM)

static GInputStream *
guard_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (SIDE_GUARD_STREAM (stream)->input);
}

static GOutputStream *
guard_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (SIDE_GUARD_STREAM (stream)->base);
}

static gboolean
guard_stream_close (GIOStream     *stream,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return g_io_stream_close (SIDE_GUARD_STREAM (stream)->base, cancellable, error);
}

static void
base_closed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
guard_stream_close_async (GIOStream           *stream,
                          int                  priority,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (stream, cancellable, callback, user_data);

  g_io_stream_close_async (SIDE_GUARD_STREAM (stream)->base, priority, cancellable, base_closed_cb, task);
}

static gboolean
guard_stream_close_finish (GIOStream     *stream,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
side_guard_stream_finalize (GObject *object)
{
  SideGuardStream *self = SIDE_GUARD_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (side_guard_stream_parent_class)->finalize (object);
}

static void
side_guard_stream_class_init (SideGuardStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_guard_stream_finalize;
  stream_class->get_input_stream = guard_stream_get_input_stream;
  stream_class->get_output_stream = guard_stream_get_output_stream;
  stream_class->close_fn = guard_stream_close;
  stream_class->close_async = guard_stream_close_async;
  stream_class->close_finish = guard_stream_close_finish;
}

static void
side_guard_stream_init (SideGuardStream *self)
{
}

/**
 * side_guard_stream_new:
 * @base: a stream with pollable ends
 * @ended: called, once, when the stream ends or fails before anything was
 *   read; the reader is told to wait meanwhile
 * @broken: called, once, when a chunked body is found to be none; the reader is
 *   told to wait for ever
 * @user_data: their argument
 *
 * Returns: (transfer full): the stream
 */
SideGuardStream *
side_guard_stream_new (GIOStream     *base,
                       SideGuardFunc  ended,
                       SideGuardFunc  broken,
                       gpointer       user_data)
{
  SideGuardStream *self = g_object_new (SIDE_TYPE_GUARD_STREAM, NULL);

  self->base = g_object_ref (base);
  self->input = g_object_new (SIDE_TYPE_GUARD_INPUT, "base-stream", g_io_stream_get_input_stream (base),
                              "close-base-stream", FALSE, NULL);
  self->input->ended_func = ended;
  self->input->broken_func = broken;
  self->input->func_data = user_data;
  return self;
}

/**
 * side_guard_stream_watch_body:
 * @self: the stream of a request whose head was read, and nothing more since
 * @chunked: whether its body comes in chunks; if not, it is not looked at
 *
 * Returns: %FALSE when what came along with the head is no chunked body; then
 *   nobody else is told
 */
gboolean
side_guard_stream_watch_body (SideGuardStream *self,
                              gboolean         chunked)
{
  SideGuardInput *input = self->input;
  gboolean fine = !chunked || side_chunk_check_feed (&input->chunks, input->behind->data, input->behind->len);

  input->place = chunked && fine ? IN_CHUNKS : ELSEWHERE;
  g_byte_array_set_size (input->behind, 0);
  return fine;
}

/**
 * side_guard_stream_has_read:
 * @self: the stream
 *
 * Returns: whether anything was read from it
 */
gboolean
side_guard_stream_has_read (SideGuardStream *self)
{
  return self->input->has_read;
}

/**
 * side_guard_stream_let_through:
 * @self: a stream that libsoup has no more
 *
 * Whatever comes may be read from here on.
 */
void
side_guard_stream_let_through (SideGuardStream *self)
{
  self->input->place = ELSEWHERE;
  self->input->ended = FALSE;
}
