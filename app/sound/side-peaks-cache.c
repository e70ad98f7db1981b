/* side-peaks-cache.c - peaks kept in a file beside the recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file, all numbers little-endian:
 *
 *    0  char[8]  "SIDEPEAK"
 *    8  u32      version, 1
 *   12  u32      channels, 1..8
 *   16  u32      frames a second
 *   20  u32      ms a cell, 10
 *   24  u64      frames of the recording
 *   32  u64      length of the recording's file in bytes
 *   40  i64      when that file was last written, µs since 1970 UTC
 *   48  u64      number of cells
 *   56  i16[3]   min, max, rms: of each channel of the first cell, and so on
 *    …  u64      FNV-1a of all bytes before it
 *
 * Only the finest level is kept; the others are made of it in less time than
 * reading them would take. Anything that does not fit is no error for anybody:
 * the peaks are computed again and the file is replaced.
 */
#include "side-peaks-private.h"

#include <string.h>

#include "side-error.h"
#include "side-sound-file.h"

#define MAGIC       "SIDEPEAK"
#define VERSION     1
#define HEAD_BYTES  56
#define CELL_BYTES  6
#define CHECK_BYTES 8

static void
put_u32 (guint8  *at,
         guint32  value)
{
  guint32 le = GUINT32_TO_LE (value);

  memcpy (at, &le, sizeof le);
}

static void
put_u64 (guint8  *at,
         guint64  value)
{
  guint64 le = GUINT64_TO_LE (value);

  memcpy (at, &le, sizeof le);
}

static guint32
get_u32 (const guint8 *at)
{
  guint32 le;

  memcpy (&le, at, sizeof le);
  return GUINT32_FROM_LE (le);
}

static guint64
get_u64 (const guint8 *at)
{
  guint64 le;

  memcpy (&le, at, sizeof le);
  return GUINT64_FROM_LE (le);
}

/* Fowler, Noll, Vo: 64 bits, variant 1a. Against damage, not against malice. */
static guint64
fnv1a (const guint8 *data,
       gsize         len)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < len; i++)
    {
      hash ^= data[i];
      hash *= G_GUINT64_CONSTANT (0x100000001b3);
    }
  return hash;
}

/**
 * side_peaks_save:
 * @self: peaks
 * @cache_path: the file to write; replaced as a whole or not at all
 * @error: return location
 *
 * Blocks on the disk: for worker threads.
 *
 * Returns: %TRUE, or %FALSE with %SIDE_ERROR_FULL, %SIDE_ERROR_READ_ONLY or
 *   %SIDE_ERROR_FAILED
 */
gboolean
side_peaks_save (SidePeaks   *self,
                 const char  *cache_path,
                 GError     **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GError) file_error = NULL;
  gsize n;
  gsize len;
  int code = SIDE_ERROR_FAILED;

  g_return_val_if_fail (SIDE_IS_PEAKS (self), FALSE);
  g_return_val_if_fail (cache_path != NULL, FALSE);

  n = self->n_cells[0] * self->n_channels;
  len = HEAD_BYTES + n * CELL_BYTES;
  bytes = g_malloc (len + CHECK_BYTES);
  memcpy (bytes, MAGIC, 8);
  put_u32 (bytes + 8, VERSION);
  put_u32 (bytes + 12, self->n_channels);
  put_u32 (bytes + 16, self->rate);
  put_u32 (bytes + 20, SIDE_PEAKS_CELL_MS);
  put_u64 (bytes + 24, self->frames);
  put_u64 (bytes + 32, self->source_size);
  put_u64 (bytes + 40, (guint64) self->source_mtime_us);
  put_u64 (bytes + 48, self->n_cells[0]);
  for (gsize i = 0; i < n; i++)
    {
      const SidePeak *cell = &self->cells[0][i];
      gint16 le[3] = { GINT16_TO_LE (cell->min), GINT16_TO_LE (cell->max), GINT16_TO_LE (cell->rms) };

      memcpy (bytes + HEAD_BYTES + i * CELL_BYTES, le, CELL_BYTES);
    }
  put_u64 (bytes + len, fnv1a (bytes, len));
  if (g_file_set_contents_full (cache_path, (const char *) bytes, (gssize) (len + CHECK_BYTES),
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &file_error))
    return TRUE;
  if (g_error_matches (file_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    code = SIDE_ERROR_FULL;
  else if (g_error_matches (file_error, G_FILE_ERROR, G_FILE_ERROR_ROFS)
           || g_error_matches (file_error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    code = SIDE_ERROR_READ_ONLY;
  g_set_error_literal (error, SIDE_ERROR, code, file_error->message);
  return FALSE;
}

static gboolean
fail (GError     **error,
      int          code,
      const char  *message)
{
  g_set_error_literal (error, SIDE_ERROR, code, message);
  return FALSE;
}

static gboolean
check (const guint8  *bytes,
       gsize          len,
       GError       **error)
{
  guint32 n_channels;
  guint64 n_cells;

  if (len < HEAD_BYTES + CHECK_BYTES || memcmp (bytes, MAGIC, 8) != 0)
    return fail (error, SIDE_ERROR_INVALID, "not a file of peaks");
  if (get_u32 (bytes + 8) > VERSION)
    return fail (error, SIDE_ERROR_NEWER, "peaks written by a newer version");
  n_channels = get_u32 (bytes + 12);
  n_cells = get_u64 (bytes + 48);
  if (get_u32 (bytes + 8) != VERSION || get_u32 (bytes + 20) != SIDE_PEAKS_CELL_MS
      || n_channels < 1 || n_channels > SIDE_SOUND_MAX_CHANNELS || get_u32 (bytes + 16) < 1
      || n_cells < 1 || n_cells > len / CELL_BYTES
      || len != HEAD_BYTES + n_cells * n_channels * CELL_BYTES + CHECK_BYTES)
    return fail (error, SIDE_ERROR_CORRUPT, "the file of peaks is damaged");
  if (get_u64 (bytes + len - CHECK_BYTES) != fnv1a (bytes, len - CHECK_BYTES))
    return fail (error, SIDE_ERROR_CORRUPT, "the file of peaks is damaged");
  return TRUE;
}

/**
 * side_peaks_new_from_cache:
 * @cache_path: a file written by side_peaks_save()
 * @path: (nullable): the recording it should belong to; %NULL does not ask
 * @error: return location
 *
 * Blocks on the disk: for worker threads.
 *
 * Returns: (transfer full): the peaks; %NULL with %SIDE_ERROR_NOT_FOUND,
 *   %SIDE_ERROR_INVALID, %SIDE_ERROR_CORRUPT, %SIDE_ERROR_NEWER, or
 *   %SIDE_ERROR_CONFLICT when @path was written since
 */
SidePeaks *
side_peaks_new_from_cache (const char  *cache_path,
                           const char  *path,
                           GError     **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) file_error = NULL;
  const guint8 *bytes;
  SidePeak *cells;
  SidePeaks *self;
  guint64 size;
  gint64 mtime_us;
  gsize len;
  gsize n;

  g_return_val_if_fail (cache_path != NULL, NULL);

  if (!g_file_get_contents (cache_path, &contents, &len, &file_error))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, file_error->message);
      return NULL;
    }
  bytes = (const guint8 *) contents;
  if (!check (bytes, len, error))
    return NULL;
  if (path != NULL)
    {
      side_sound_file_stamp (path, &size, &mtime_us);
      if (size != get_u64 (bytes + 32) || (guint64) mtime_us != get_u64 (bytes + 40))
        {
          fail (error, SIDE_ERROR_CONFLICT, "the peaks belong to another state of the recording");
          return NULL;
        }
    }
  n = (gsize) get_u64 (bytes + 48) * get_u32 (bytes + 12);
  cells = g_new (SidePeak, n);
  for (gsize i = 0; i < n; i++)
    {
      gint16 le[3];

      memcpy (le, bytes + HEAD_BYTES + i * CELL_BYTES, CELL_BYTES);
      cells[i] = (SidePeak) { GINT16_FROM_LE (le[0]), GINT16_FROM_LE (le[1]), GINT16_FROM_LE (le[2]) };
    }
  self = side_peaks_new_take (get_u32 (bytes + 12), get_u32 (bytes + 16), get_u64 (bytes + 24),
                              cells, (gsize) get_u64 (bytes + 48));
  self->source_size = get_u64 (bytes + 32);
  self->source_mtime_us = (gint64) get_u64 (bytes + 40);
  return self;
}
