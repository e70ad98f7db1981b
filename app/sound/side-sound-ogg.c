/* side-sound-ogg.c - how long an Ogg stream is, by its last whole page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The decoder looks for a page at the very end; where a file is cut off, or
 * something else stands behind the stream, it says “without end”. Here the
 * pages are gone through from the beginning.
 */
#include "side-sound-ogg.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE_HEAD   27
#define MAX_PAGE    (PAGE_HEAD + 255 + 255 * 255)
#define OPUS_RATE   48000
#define GRANULE_AT  6
#define SERIAL_AT   14
#define MAX_HOURS   1000

static gint64
get_le64 (const guint8 *at)
{
  guint64 le;

  memcpy (&le, at, sizeof le);
  return (gint64) GUINT64_FROM_LE (le);
}

/* Goes from page to page (RFC 3533 §6): the last whole one of the first stream
 * says how many samples there were. Those that Opus puts in front (RFC 7845
 * §4.2) are counted too.
 * Returns: -1 when no page says anything */
static gint64
last_granule (int     fd,
              guint8 *page,
              goffset size,
              guint  *pre_skip)
{
  guint8 serial[4] = { 0 };
  gint64 granule = -1;
  goffset at = 0;
  gssize n;

  while ((n = pread (fd, page, MAX_PAGE, at)) >= PAGE_HEAD)
    {
      gsize length = PAGE_HEAD + page[26];
      const guint8 *next;

      if (memcmp (page, "OggS", 4) != 0 || (gsize) n < length)
        {
          next = memmem (page + 1, (gsize) n - 1, "OggS", 4);
          at += next != NULL ? next - page : n - 3;
          continue;
        }
      for (gsize i = 0; i < page[26]; i++)
        length += page[PAGE_HEAD + i];
      if (at + (goffset) length > size)
        break;
      if (at == 0)
        {
          memcpy (serial, page + SERIAL_AT, sizeof serial);
          if (length >= PAGE_HEAD + 1 + 12 && memcmp (page + PAGE_HEAD + page[26], "OpusHead", 8) == 0)
            *pre_skip = page[PAGE_HEAD + page[26] + 10] | (guint) page[PAGE_HEAD + page[26] + 11] << 8;
        }
      if (get_le64 (page + GRANULE_AT) >= 0 && memcmp (serial, page + SERIAL_AT, sizeof serial) == 0)
        granule = get_le64 (page + GRANULE_AT);
      at += (goffset) length;
    }
  return granule;
}

/* side_sound_ogg_count:
 * @path: an Ogg file
 * @opus_rate: for Opus, at which rate it is decoded, in Hz; 0 for Vorbis
 *
 * Returns: how many samples each channel has, -1 when the file does not tell
 *   or tells of more than a thousand hours
 */
gint64
side_sound_ogg_count (const char *path,
                      guint       opus_rate)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autofree guint8 *page = g_malloc (MAX_PAGE);
  gint64 granule = -1;
  guint pre_skip = 0;
  struct stat st;

  if (fd < 0)
    return -1;
  if (fstat (fd, &st) == 0 && pread (fd, page, 4, 0) == 4 && memcmp (page, "OggS", 4) == 0)
    granule = last_granule (fd, page, st.st_size, &pre_skip);
  close (fd);
  if (granule < 0 || granule / OPUS_RATE >= MAX_HOURS * 3600)
    return -1;
  return opus_rate > 0 ? MAX (granule - pre_skip, 0) * opus_rate / OPUS_RATE : granule;
}
