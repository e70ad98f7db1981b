/* side-ami-reader.c - cuts the byte stream of an Asterisk manager into messages
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One flat buffer of a fixed size holds what has been read and not yet taken.
 * "start" is the first byte of the message being cut, "line" the first of
 * the line that is not complete yet, "end" the end of what was read:
 *
 *   [ taken | start … complete lines … | line … | end        room ]
 *
 * Line ends and the ": " of a line are overwritten with NUL in place, so a
 * message costs one pass over its bytes and no allocation. A field of a
 * message that is not complete yet is kept as a pair of offsets, since the
 * bytes may be moved to the front of the buffer before the rest arrives.
 */
#include "side-ami-reader.h"

#include <string.h>

#include "side-error.h"

/* A whole message, and as much again, so that bytes are moved seldom. */
#define BUFFER_SIZE (2 * SIDE_AMI_MESSAGE_MAX + 2)

typedef struct {
  guint32 name;    /* offsets from the start of the message */
  guint32 value;
} Cut;

struct _SideAmiReader
{
  guint8        buffer[BUFFER_SIZE];
  gsize         start;
  gsize         line;
  gsize         end;
  gboolean      expect_banner;
  gboolean      failed;
  gboolean      has_nul;     /* somewhere in what was read */
  gboolean      tainted;     /* the message being cut */
  Cut          *cuts;
  SideAmiField *fields;
  guint         n_cuts;
  guint         allocated;
};

/**
 * side_ami_reader_new:
 * @expect_banner: whether the stream begins with the manager's greeting
 *
 * Returns: (transfer full): a reader at the beginning of a stream
 */
SideAmiReader *
side_ami_reader_new (gboolean expect_banner)
{
  SideAmiReader *self = g_new0 (SideAmiReader, 1);

  self->expect_banner = expect_banner;
  self->allocated = 64;
  self->cuts = g_new (Cut, self->allocated);
  self->fields = g_new (SideAmiField, self->allocated);
  return self;
}

/**
 * side_ami_reader_free:
 * @self: (nullable): a reader
 */
void
side_ami_reader_free (SideAmiReader *self)
{
  if (self == NULL)
    return;
  g_free (self->cuts);
  g_free (self->fields);
  g_free (self);
}

/**
 * side_ami_reader_reserve:
 * @self: a reader
 * @room: (out): how many bytes may be written, at least 1
 *
 * Call it only when side_ami_reader_next() asked for more.
 *
 * Returns: (transfer none): where the next bytes of the stream go
 */
guint8 *
side_ami_reader_reserve (SideAmiReader *self,
                         gsize         *room)
{
  g_return_val_if_fail (self != NULL && room != NULL, NULL);

  if (self->start > 0 && BUFFER_SIZE - self->end < SIDE_AMI_MESSAGE_MAX)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->line -= self->start;
      self->start = 0;
    }
  *room = BUFFER_SIZE - self->end;
  return self->buffer + self->end;
}

/**
 * side_ami_reader_commit:
 * @self: a reader
 * @n: how many bytes were written to what side_ami_reader_reserve() gave
 */
void
side_ami_reader_commit (SideAmiReader *self,
                        gsize          n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (n <= BUFFER_SIZE - self->end);

  if (memchr (self->buffer + self->end, '\0', n) != NULL)
    self->has_nul = TRUE;
  self->end += n;
}

static SideAmiStep
fail (SideAmiReader  *self,
      int             code,
      const char     *words,
      GError        **error)
{
  self->failed = TRUE;
  g_set_error_literal (error, SIDE_ERROR, code, words);
  return SIDE_AMI_FAILED;
}

static void
add_cut (SideAmiReader *self,
         gsize          name,
         gsize          value)
{
  if (G_UNLIKELY (self->n_cuts == self->allocated))
    {
      /* Bounded: a message of 64 KiB has at most 16 Ki lines. */
      self->allocated *= 2;
      self->cuts = g_renew (Cut, self->cuts, self->allocated);
      self->fields = g_renew (SideAmiField, self->fields, self->allocated);
    }
  self->cuts[self->n_cuts].name = (guint32) (name - self->start);
  self->cuts[self->n_cuts].value = (guint32) (value - self->start);
  self->n_cuts++;
}

/* Finds the CR LF that ends the line at @from; a lone LF is content. A CR that
 * is the last byte so far may be the first half of one. */
static gboolean
find_line_end (SideAmiReader *self,
               gsize          from,
               gsize         *line_end)
{
  gsize at = from;
  const guint8 *lf;

  while ((lf = memchr (self->buffer + at, '\n', self->end - at)) != NULL)
    {
      gsize found = (gsize) (lf - self->buffer);

      if (G_LIKELY (found > from && lf[-1] == '\r'))
        {
          *line_end = found - 1;
          return TRUE;
        }
      self->tainted = TRUE;
      at = found + 1;
    }
  return FALSE;
}

/* The first colon in [line, stop), or @stop. Headers are short, and there are
 * twenty of them to a message: eight bytes at a time take half as long as one
 * by one, and a call of memchr() takes as long. A byte of @word is 0 where
 * the line has a colon; the borrow of the subtraction then sets its top bit
 * (and perhaps those above it, which do not matter: the lowest is meant). */
static guint8 *
find_colon (guint8 *line,
            guint8 *stop)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 word;
  guint64 found;

  for (; line + sizeof word <= stop; line += sizeof word)
    {
      memcpy (&word, line, sizeof word);
      word = GUINT64_FROM_LE (word) ^ (ones * ':');
      found = (word - ones) & ~word & (ones * 0x80);
      if (found != 0)
        return line + __builtin_ctzll (found) / 8;
    }
  while (line < stop && *line != ':')
    line++;
  return line;
}

/* Splits the line [from, to) at its first colon. A line without one is left
 * out: it cannot be told what it belongs to. */
static void
cut_line (SideAmiReader *self,
          gsize          from,
          gsize          to)
{
  guint8 *line = self->buffer + from;
  guint8 *stop = self->buffer + to;
  guint8 *colon = find_colon (line, stop);

  *stop = '\0';
  if (colon == stop || colon == line)
    {
      self->tainted = TRUE;
      return;
    }
  *colon = '\0';
  add_cut (self, from, (gsize) (colon - self->buffer) + (colon[1] == ' ' ? 2 : 1));
}

static void
hand_out (SideAmiReader  *self,
          SideAmiMessage *message,
          gsize           next)
{
  const char *base = (const char *) self->buffer + self->start;

  for (guint i = 0; i < self->n_cuts; i++)
    {
      self->fields[i].name = base + self->cuts[i].name;
      self->fields[i].value = base + self->cuts[i].value;
    }
  message->fields = self->fields;
  message->n_fields = self->n_cuts;
  message->tainted = self->tainted;
  message->copied = NULL;
  self->n_cuts = 0;
  self->tainted = FALSE;
  self->start = next;
  self->line = next;
}

static SideAmiStep
take_banner (SideAmiReader   *self,
             SideAmiMessage  *message,
             gsize            line_end,
             GError         **error)
{
  static const char greeting[] = "Asterisk Call Manager/";

  if (line_end - self->start < sizeof greeting - 1
      || memcmp (self->buffer + self->start, greeting, sizeof greeting - 1) != 0)
    return fail (self, SIDE_ERROR_INVALID, "this is not an Asterisk manager port", error);
  self->buffer[line_end] = '\0';
  self->expect_banner = FALSE;
  add_cut (self, self->start, self->start);
  hand_out (self, message, line_end + 2);
  self->fields[0].name = "Banner";
  return SIDE_AMI_BANNER;
}

/**
 * side_ami_reader_next:
 * @self: a reader
 * @message: (out caller-allocates): the message; a view valid until the next
 *   call on @self, not to be freed
 * @error: return location
 *
 * A line over %SIDE_AMI_LINE_MAX or a message over %SIDE_AMI_MESSAGE_MAX fails
 * with %SIDE_ERROR_TOO_LARGE; a NUL byte, or a stream that does not begin with
 * the greeting, with %SIDE_ERROR_INVALID. After that the stream is lost: drop
 * the connection.
 *
 * Returns: what there is
 */
SideAmiStep
side_ami_reader_next (SideAmiReader   *self,
                      SideAmiMessage  *message,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL && message != NULL, SIDE_AMI_FAILED);

  if (self->failed)
    return fail (self, SIDE_ERROR_INVALID, "the stream was given up before", error);

  if (self->has_nul)
    return fail (self, SIDE_ERROR_INVALID, "the manager sent a NUL byte", error);

  for (;;)
    {
      gsize from = self->line;
      gsize line_end;

      if (!find_line_end (self, from, &line_end))
        {
          if (self->end - from > SIDE_AMI_LINE_MAX + 1)
            return fail (self, SIDE_ERROR_TOO_LARGE, "a line of the manager is over 8 KiB", error);
          if (self->end - self->start > SIDE_AMI_MESSAGE_MAX)
            return fail (self, SIDE_ERROR_TOO_LARGE, "a message of the manager is over 64 KiB", error);
          return SIDE_AMI_NEED_MORE;
        }
      if (line_end - from > SIDE_AMI_LINE_MAX)
        return fail (self, SIDE_ERROR_TOO_LARGE, "a line of the manager is over 8 KiB", error);
      if (line_end + 2 - self->start > SIDE_AMI_MESSAGE_MAX)
        return fail (self, SIDE_ERROR_TOO_LARGE, "a message of the manager is over 64 KiB", error);
      if (self->expect_banner)
        return take_banner (self, message, line_end, error);
      self->line = line_end + 2;
      if (line_end > from)
        {
          cut_line (self, from, line_end);
        }
      else if (self->n_cuts > 0 || self->tainted)
        {
          hand_out (self, message, self->line);
          return SIDE_AMI_MESSAGE;
        }
      else
        {
          self->start = self->line;
        }
    }
}
