/* side-chunk-check.h - whether a chunked body is framed as HTTP says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup reads a chunk's size with strtoul(): what is no number is the end to
 * it, and a sign or too many digits is a body without end. Two readers that
 * do not agree where a request ends can be played against each other, so the
 * bytes are looked at before libsoup gets them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_CHUNK_SIZE,
  SIDE_CHUNK_EXTENSION,
  SIDE_CHUNK_SIZE_LF,
  SIDE_CHUNK_DATA,
  SIDE_CHUNK_DATA_CR,
  SIDE_CHUNK_DATA_LF,
  SIDE_CHUNK_TRAILER,
  SIDE_CHUNK_TRAILER_LF,
  SIDE_CHUNK_DONE,
} SideChunkState;

/* All zero is the beginning of a body. */
typedef struct {
  SideChunkState state;
  guint          n_digits;
  guint64        left;      /* bytes of the chunk; while its size is read, the size so far */
  guint          n_words;   /* bytes of extensions and trailers so far */
  guint          n_line;    /* bytes of this trailer */
} SideChunkCheck;

gboolean side_chunk_check_feed (SideChunkCheck *self, const guint8 *data, gsize len);

G_END_DECLS
