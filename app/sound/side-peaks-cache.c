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
 * It is mapped rather than read, so that three hours cost what is drawn of them
 * and not all; it is never written to, only replaced or removed as a whole.
 * Only the finest level is kept; the others are made of it in less time than
 * reading them would take. Anything that does not fit is no error for anybody:
 * the peaks are computed again and the file is replaced.
 */
#include "side-peaks-private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include <glib/gstdio.h>

#include "side-error.h"
#include "side-file.h"
#include "side-sound-file.h"

#define MAGIC       "SIDEPEAK"
#define VERSION     1
#define HEAD_BYTES  56
#define CELL_BYTES  6
#define CHECK_BYTES 8
#define BLOCK_CELLS ((gsize) 8192)
#define FNV_START   G_GUINT64_CONSTANT (0xcbf29ce484222325)

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
fnv1a (guint64       hash,
       const guint8 *data,
       gsize         len)
{
  for (gsize i = 0; i < len; i++)
    {
      hash ^= data[i];
      hash *= G_GUINT64_CONSTANT (0x100000001b3);
    }
  return hash;
}

static void
fill_head (const SidePeaks *self,
           guint8          *head)
{
  memcpy (head, MAGIC, 8);
  put_u32 (head + 8, VERSION);
  put_u32 (head + 12, self->n_channels);
  put_u32 (head + 16, self->rate);
  put_u32 (head + 20, SIDE_PEAKS_CELL_MS);
  put_u64 (head + 24, self->frames);
  put_u64 (head + 32, self->source_size);
  put_u64 (head + 40, (guint64) self->source_mtime_us);
  put_u64 (head + 48, self->n_cells[0]);
}

/**
 * side_peaks_save:
 * @self: peaks
 * @cache_path: the file to write; replaced as a whole or not at all
 * @error: return location
 *
 * Blocks on the disk: for worker threads. Written by blocks: a second copy of
 * all of three hours would be most of what such a recording may cost.
 *
 * Returns: %TRUE, or %FALSE with %SIDE_ERROR_FULL, %SIDE_ERROR_READ_ONLY or
 *   %SIDE_ERROR_FAILED
 */
gboolean
side_peaks_save (SidePeaks   *self,
                 const char  *cache_path,
                 GError     **error)
{
  guint8 head[HEAD_BYTES];
  guint8 block[BLOCK_CELLS * CELL_BYTES];
  guint8 mark[CHECK_BYTES];
  g_autoptr (SideNewFile) file = NULL;
  guint64 hash;
  gsize n;

  g_return_val_if_fail (SIDE_IS_PEAKS (self), FALSE);
  g_return_val_if_fail (cache_path != NULL, FALSE);

  file = side_new_file_open (cache_path, 0600, error);
  if (file == NULL)
    return FALSE;
  fill_head (self, head);
  hash = fnv1a (FNV_START, head, HEAD_BYTES);
  if (!side_new_file_write (file, head, HEAD_BYTES, error))
    return FALSE;
  n = self->n_cells[0] * self->n_channels;
  for (gsize done = 0; done < n; done += BLOCK_CELLS)
    {
      gsize part = MIN (BLOCK_CELLS, n - done);

      for (gsize i = 0; i < part; i++)
        {
          const SidePeak *cell = &self->cells[0][done + i];
          gint16 le[3] = { GINT16_TO_LE (cell->min), GINT16_TO_LE (cell->max), GINT16_TO_LE (cell->rms) };

          memcpy (block + i * CELL_BYTES, le, CELL_BYTES);
        }
      hash = fnv1a (hash, block, part * CELL_BYTES);
      if (!side_new_file_write (file, block, part * CELL_BYTES, error))
        return FALSE;
    }
  put_u64 (mark, hash);
  return side_new_file_write (file, mark, CHECK_BYTES, error) && side_new_file_finish (file, TRUE, error);
}

static gboolean
fail (GError     **error,
      int          code,
      const char  *message)
{
  g_set_error_literal (error, SIDE_ERROR, code, message);
  return FALSE;
}

/* Whether @head is that of a file of @len bytes. */
static gboolean
check_head (const guint8  *head,
            guint64        len,
            GError       **error)
{
  guint32 n_channels = get_u32 (head + 12);
  guint64 n_cells = get_u64 (head + 48);

  if (memcmp (head, MAGIC, 8) != 0)
    return fail (error, SIDE_ERROR_INVALID, "not a file of peaks");
  if (get_u32 (head + 8) > VERSION)
    return fail (error, SIDE_ERROR_NEWER, "peaks written by a newer version");
  if (get_u32 (head + 8) != VERSION || get_u32 (head + 20) != SIDE_PEAKS_CELL_MS
      || n_channels < 1 || n_channels > SIDE_SOUND_MAX_CHANNELS || get_u32 (head + 16) < 1
      || n_cells < 1 || n_cells > len / CELL_BYTES
      || len != HEAD_BYTES + n_cells * n_channels * CELL_BYTES + CHECK_BYTES)
    return fail (error, SIDE_ERROR_CORRUPT, "the file of peaks is damaged");
  return TRUE;
}

/* The file's cells as they are where its order of bytes is ours, else a copy. */
static SidePeak *
cells_in (const guint8 *bytes,
          gsize         n)
{
  SidePeak *cells;

  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return (SidePeak *) (gpointer) bytes;
  cells = g_new (SidePeak, n);
  for (gsize i = 0; i < n; i++)
    {
      gint16 le[3];

      memcpy (le, bytes + i * CELL_BYTES, CELL_BYTES);
      cells[i] = (SidePeak) { GINT16_FROM_LE (le[0]), GINT16_FROM_LE (le[1]), GINT16_FROM_LE (le[2]) };
    }
  return cells;
}

/* Whether @head was made of @path as it is now. */
static gboolean
check_stamp (const guint8  *head,
             const char    *path,
             GError       **error)
{
  guint64 size;
  gint64 mtime_us;

  side_sound_file_stamp (path, &size, &mtime_us);
  return (size == get_u64 (head + 32) && (guint64) mtime_us == get_u64 (head + 40))
         || fail (error, SIDE_ERROR_CONFLICT, "the peaks belong to another state of the recording");
}

static SidePeaks *
take_mapped (GMappedFile  *mapped,
             const char   *path,
             GError      **error)
{
  const guint8 *bytes = (const guint8 *) g_mapped_file_get_contents (mapped);
  gsize len = g_mapped_file_get_length (mapped);
  SidePeaks *self;

  if (len < HEAD_BYTES + CHECK_BYTES)
    {
      fail (error, SIDE_ERROR_INVALID, "not a file of peaks");
      return NULL;
    }
  if (!check_head (bytes, len, error) || (path != NULL && !check_stamp (bytes, path, error)))
    return NULL;
  if (get_u64 (bytes + len - CHECK_BYTES) != fnv1a (FNV_START, bytes, len - CHECK_BYTES))
    {
      fail (error, SIDE_ERROR_CORRUPT, "the file of peaks is damaged");
      return NULL;
    }
  self = side_peaks_new_take (get_u32 (bytes + 12), get_u32 (bytes + 16), get_u64 (bytes + 24),
                              cells_in (bytes + HEAD_BYTES, (gsize) get_u64 (bytes + 48) * get_u32 (bytes + 12)),
                              (gsize) get_u64 (bytes + 48), G_BYTE_ORDER == G_LITTLE_ENDIAN ? mapped : NULL);
  self->source_size = get_u64 (bytes + 32);
  self->source_mtime_us = (gint64) get_u64 (bytes + 40);
  /* What was read for the check need not stay: a picture asks for little of it. */
  madvise (g_mapped_file_get_contents (mapped), len, MADV_DONTNEED);
  return self;
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
  g_autoptr (GMappedFile) mapped = NULL;
  int fd;

  g_return_val_if_fail (cache_path != NULL, NULL);

  fd = g_open (cache_path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  mapped = fd >= 0 ? g_mapped_file_new_from_fd (fd, FALSE, NULL) : NULL;
  if (fd >= 0)
    g_close (fd, NULL);
  if (mapped == NULL)
    {
      fail (error, SIDE_ERROR_NOT_FOUND, "there are no peaks kept");
      return NULL;
    }
  return take_mapped (mapped, path, error);
}
