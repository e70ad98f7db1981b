/* side-sound-mpeg.c - the frames of an MP3 file, counted without decoding
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long an MP3 is stands in its first frame, if whoever wrote it could go
 * back there; else the decoder guesses from the bit rate it begins with, which
 * may be far out, and plays no further than it guessed. So the headers are
 * gone through from one frame to the next, and a file that is longer than the
 * decoder would believe is given to it with such a first frame in front.
 */
#include "side-sound-mpeg.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define WINDOW        (256 * 1024)
#define BACK          8192          /* bytes a window begins early: who looks for a frame looks at the next one, too */
#define HEADER        4
#define MAX_LOST      1024          /* bytes between two frames; the decoder gives up there, too */
#define MAX_FRAME     2881          /* layer II, 384 kbit/s at 16 kHz */
#define TELLING       56            /* from its beginning to the end of what a frame tells of the others */
#define TELLS_FRAMES  1
#define COPY_BYTES    65536

/* A file seen through a window that follows what is read. */
typedef struct {
  int     fd;
  goffset size;
  goffset from;                /* where the window begins */
  gsize   n;                   /* bytes in it */
  guint8  bytes[WINDOW];
} View;

/* Returns: (nullable): @n bytes at @at, %NULL beyond the end */
static const guint8 *
view_at (View    *view,
         goffset  at,
         gsize    n)
{
  if (at + (goffset) n > view->size)
    return NULL;
  if (at < view->from || at + (goffset) n > view->from + (goffset) view->n)
    {
      gssize got;

      view->from = MAX (at - BACK, 0);
      got = pread (view->fd, view->bytes, WINDOW, view->from);
      view->n = got > 0 ? (gsize) got : 0;
    }
  return at + (goffset) n <= view->from + (goffset) view->n ? view->bytes + (at - view->from) : NULL;
}

/* side_sound_mpeg_frame_length:
 * @at: four bytes
 *
 * Returns: length of the frame that begins with these, 0 when none does:
 *   ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3 */
gsize
side_sound_mpeg_frame_length (const guint8 *at)
{
  static const guint16 kbit[5][16] = {
    { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0 },   /* version 1: layer I */
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0 },      /* layer II */
    { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 },       /* layer III */
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0 },      /* version 2: layer I */
    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 },           /* layers II and III */
  };
  static const guint16 hertz[4] = { 44100, 48000, 32000, 0 };
  guint version = at[1] >> 3 & 3;   /* 3: 1, 2: 2, 0: 2.5 */
  guint layer = 4 - (at[1] >> 1 & 3);
  gsize rate, bits, padding = at[2] >> 1 & 1;

  if (at[0] != 0xff || (at[1] & 0xe0) != 0xe0 || version == 1 || layer == 4)
    return 0;
  rate = hertz[at[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  bits = kbit[version == 3 ? layer - 1 : layer == 1 ? 3 : 4][at[2] >> 4] * 1000u;
  if (rate == 0 || bits == 0)
    return 0;
  if (layer == 1)
    return (12 * bits / rate + padding) * 4;
  return (layer == 3 && version != 3 ? 72 : 144) * bits / rate + padding;
}

/* The same version, layer and rate all through. */
static gboolean
is_alike (const guint8 *a,
          const guint8 *b)
{
  return (a[1] & 0xfe) == (b[1] & 0xfe) && ((a[2] ^ b[2]) & 0x0c) == 0;
}

/* A frame of which the next one, or the end of the file, follows. */
static gboolean
is_frame_at (View         *view,
             goffset       at,
             const guint8 *like)
{
  const guint8 *header = view_at (view, at, HEADER);
  guint8 own[HEADER];
  gsize length = header != NULL ? side_sound_mpeg_frame_length (header) : 0;

  if (length == 0 || (like != NULL && !is_alike (header, like)))
    return FALSE;
  memcpy (own, header, HEADER);
  header = view_at (view, at + (goffset) length, HEADER);
  return header == NULL || (side_sound_mpeg_frame_length (header) > 0 && is_alike (header, own));
}

/* Tags as ID3v2 puts them in front, with their pictures; there may be several. */
static goffset
skip_tags (View *view)
{
  const guint8 *tag;
  goffset at = 0;

  while ((tag = view_at (view, at, 10)) != NULL && memcmp (tag, "ID3", 3) == 0)
    at += 10 + ((tag[6] & 0x7f) << 21 | (tag[7] & 0x7f) << 14 | (tag[8] & 0x7f) << 7 | (tag[9] & 0x7f));
  return at;
}

/* Returns: where the next frame is, -1 when there is none near */
static goffset
find_frame (View         *view,
            goffset       at,
            const guint8 *like)
{
  for (goffset end = at + MAX_LOST; at < end; at++)
    if (is_frame_at (view, at, like))
      return at;
  return -1;
}

static gsize
side_info_length (const guint8 *header)
{
  gboolean is_mono = header[3] >> 6 == 3;

  return (header[1] >> 3 & 3) == 3 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17);
}

static guint32
get_be32 (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* What the first frame says of all, after Xing and LAME ("Xing", "Info") and
 * Fraunhofer ("VBRI").
 * Returns: whether it is such a frame */
static gboolean
read_told (View          *view,
           goffset        at,
           SideMpegCount *count)
{
  gsize skip = HEADER + side_info_length (count->first);
  const guint8 *frame = view_at (view, at, TELLING);

  if (frame == NULL || (count->first[1] >> 1 & 3) != 1)
    return FALSE;
  if (memcmp (frame + skip, "Xing", 4) == 0 || memcmp (frame + skip, "Info", 4) == 0)
    {
      count->told = get_be32 (frame + skip + 4) & TELLS_FRAMES ? get_be32 (frame + skip + 8) : 0;
      return TRUE;
    }
  if (memcmp (frame + HEADER + 32, "VBRI", 4) != 0)
    return FALSE;
  count->told = get_be32 (frame + HEADER + 32 + 14);
  return TRUE;
}

static gboolean
count_frames (View          *view,
              SideMpegCount *count)
{
  goffset at = find_frame (view, skip_tags (view), NULL);
  guint layer;

  *count = (SideMpegCount) { 0 };
  if (at < 0)
    return FALSE;
  memcpy (count->first, view_at (view, at, HEADER), HEADER);
  layer = 4 - (count->first[1] >> 1 & 3);
  count->samples = layer == 1 ? 384 : layer == 3 && (count->first[1] >> 3 & 3) != 3 ? 576 : 1152;
  if (read_told (view, at, count))
    at += (goffset) side_sound_mpeg_frame_length (count->first);
  count->first_at = at;
  while (at >= 0)
    {
      const guint8 *header = view_at (view, at, HEADER);
      gsize length = header != NULL && is_alike (header, count->first) ? side_sound_mpeg_frame_length (header) : 0;

      if (length == 0)
        {
          at = header != NULL ? find_frame (view, at + 1, count->first) : -1;
          continue;
        }
      if (at + (goffset) length > view->size)
        break;
      count->frames++;
      at += (goffset) length;
    }
  return count->frames > 0;
}

static View *
view_new (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  View *view;
  struct stat st;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &st) != 0 || !S_ISREG (st.st_mode))
    {
      close (fd);
      return NULL;
    }
  view = g_new (View, 1);
  view->fd = fd;
  view->size = st.st_size;
  view->from = 0;
  view->n = 0;
  return view;
}

static void
view_free (View *view)
{
  close (view->fd);
  g_free (view);
}

/* side_sound_mpeg_count:
 * @path: an MP3 file
 * @count: (out): what there is
 *
 * Returns: whether there is a frame of it */
gboolean
side_sound_mpeg_count (const char    *path,
                       SideMpegCount *count)
{
  View *view = view_new (path);
  gboolean counted = view != NULL && count_frames (view, count);

  g_clear_pointer (&view, view_free);
  return counted;
}

/* A silent frame that tells how many there are; at 64 kbit/s there is room for
 * it at any rate. Returns: its length */
static gsize
make_telling (const SideMpegCount *count,
              guint8              *frame)
{
  gboolean is_first_version = (count->first[1] >> 3 & 3) == 3;
  guint32 told[2] = { GUINT32_TO_BE (TELLS_FRAMES), GUINT32_TO_BE ((guint32) MIN (count->frames, G_MAXUINT32)) };
  gsize at = HEADER + side_info_length (count->first);

  memset (frame, 0, MAX_FRAME);
  memcpy (frame, count->first, HEADER);
  frame[1] |= 1;   /* without a check sum */
  frame[2] = (guint8) ((is_first_version ? 5 : 8) << 4 | (count->first[2] & 0x0c));
  memcpy (frame + at, "Xing", 4);
  memcpy (frame + at + 4, told, sizeof told);
  return side_sound_mpeg_frame_length (frame);
}

static gboolean
copy_from (int     from,
           goffset at,
           int     to)
{
  g_autofree guint8 *block = g_malloc (COPY_BYTES);
  gssize n;

  for (; (n = pread (from, block, COPY_BYTES, at)) > 0; at += n)
    if (write (to, block, (gsize) n) != n)
      return FALSE;
  return n == 0;
}

/* side_sound_mpeg_open_told:
 * @path: an MP3 file
 * @count: what was counted in it
 * @info: (out): what there is
 *
 * Returns: (transfer full) (nullable): a decoder that knows of all frames; of
 *   a copy in memory, %NULL when there is not enough of it */
SNDFILE *
side_sound_mpeg_open_told (const char          *path,
                           const SideMpegCount *count,
                           SF_INFO             *info)
{
  guint8 frame[MAX_FRAME];
  gsize length = make_telling (count, frame);
  int from = open (path, O_RDONLY | O_CLOEXEC);
  int copy = memfd_create ("sidetone-untold", MFD_CLOEXEC);
  gboolean copied = from >= 0 && copy >= 0 && length > 0 && write (copy, frame, length) == (gssize) length
                    && copy_from (from, count->first_at, copy) && lseek (copy, 0, SEEK_SET) == 0;

  if (from >= 0)
    close (from);
  *info = (SF_INFO) { 0 };
  if (copied)
    return sf_open_fd (copy, SFM_READ, info, SF_TRUE);   /* which closes it, whatever comes of it */
  if (copy >= 0)
    close (copy);
  return NULL;
}
