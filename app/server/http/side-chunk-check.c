/* side-chunk-check.c - whether a chunked body is framed as HTTP says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-chunk-check.h"

#define MAX_DIGITS 15     /* of a size: fits 63 bits whatever they are */
#define MAX_WORDS  8192   /* extensions and trailers, which nobody here reads */

static gboolean
feed_size (SideChunkCheck *self,
           guint8          c)
{
  if (g_ascii_isxdigit (c))
    {
      self->left = self->left * 16 + (guint64) g_ascii_xdigit_value ((char) c);
      return ++self->n_digits <= MAX_DIGITS;
    }
  if (self->n_digits == 0 || (c != ';' && c != '\r'))
    return FALSE;
  self->state = c == ';' ? SIDE_CHUNK_EXTENSION : SIDE_CHUNK_SIZE_LF;
  return TRUE;
}

static gboolean
feed_trailer (SideChunkCheck *self,
              guint8          c)
{
  if (c == '\r')
    self->state = SIDE_CHUNK_TRAILER_LF;
  else
    self->n_line++;
  return c != '\n' && ++self->n_words <= MAX_WORDS;
}

/* One byte of what frames the data. */
static gboolean
feed_frame (SideChunkCheck *self,
            guint8          c)
{
  switch (self->state)
    {
    case SIDE_CHUNK_SIZE:
      return feed_size (self, c);
    case SIDE_CHUNK_EXTENSION:
      if (c == '\r')
        self->state = SIDE_CHUNK_SIZE_LF;
      return c != '\n' && ++self->n_words <= MAX_WORDS;
    case SIDE_CHUNK_SIZE_LF:
      self->state = self->left > 0 ? SIDE_CHUNK_DATA : SIDE_CHUNK_TRAILER;
      self->n_line = 0;
      return c == '\n';
    case SIDE_CHUNK_DATA_CR:
      self->state = SIDE_CHUNK_DATA_LF;
      return c == '\r';
    case SIDE_CHUNK_DATA_LF:
      self->state = SIDE_CHUNK_SIZE;
      self->n_digits = 0;
      return c == '\n';
    case SIDE_CHUNK_TRAILER:
      return feed_trailer (self, c);
    case SIDE_CHUNK_TRAILER_LF:
      self->state = self->n_line == 0 ? SIDE_CHUNK_DONE : SIDE_CHUNK_TRAILER;
      self->n_line = 0;
      return c == '\n';
    case SIDE_CHUNK_DATA:
    case SIDE_CHUNK_DONE:
    default:
      return TRUE;
    }
}

/**
 * side_chunk_check_feed:
 * @self: a check
 * @data: the next bytes of the body
 * @len: how many
 *
 * RFC 9112, 7.1, to the letter: lines end with CR LF, and a size is digits. What
 * follows the last chunk and its trailers is not looked at.
 *
 * Returns: whether all is well so far; after %FALSE it is to be fed no more
 */
gboolean
side_chunk_check_feed (SideChunkCheck *self,
                       const guint8   *data,
                       gsize           len)
{
  for (gsize i = 0; i < len && self->state != SIDE_CHUNK_DONE; i++)
    {
      if (self->state == SIDE_CHUNK_DATA)
        {
          gsize n = (gsize) MIN ((guint64) (len - i), self->left);

          self->left -= n;
          i += n - 1;
          if (self->left == 0)
            self->state = SIDE_CHUNK_DATA_CR;
        }
      else if (!feed_frame (self, data[i]))
        {
          return FALSE;
        }
    }
  return TRUE;
}
