/* side-sound-unclosed.c - WAV files that whoever wrote them did not close
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An exchange that dies, or still writes, leaves a length of 0 in the header,
 * or the one of some time before, and the decoder plays no further. Here the
 * samples that follow are decoded all the same: plain ones where they lie, GSM,
 * which is small, from a copy in memory with the length mended.
 */
#include "side-sound-unclosed.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-wav.h"

#define LOOK_BYTES  4096
#define GSM_BLOCK   65     /* bytes, for as many frames: */
#define GSM_FRAMES  320

static int
raw_format_of (const SideWavInfo *wav)
{
  switch (wav->format)
    {
    case SIDE_WAV_PCM:
      return wav->bits == 8 ? SF_FORMAT_PCM_U8 : wav->bits == 16 ? SF_FORMAT_PCM_16
             : wav->bits == 24 ? SF_FORMAT_PCM_24 : wav->bits == 32 ? SF_FORMAT_PCM_32 : 0;
    case SIDE_WAV_FLOAT:
      return wav->bits == 32 ? SF_FORMAT_FLOAT : 0;
    case SIDE_WAV_ALAW:
      return SF_FORMAT_ALAW;
    case SIDE_WAV_MULAW:
      return SF_FORMAT_ULAW;
    case SIDE_WAV_GSM:
    case SIDE_WAV_OTHER:
    default:
      return 0;
    }
}

static SNDFILE *
open_plain (const char        *path,
            const SideWavInfo *wav,
            int                coding,
            SF_INFO           *info)
{
  sf_count_t offset = (sf_count_t) wav->data_offset;
  SNDFILE *file;

  *info = (SF_INFO) { .samplerate = (int) wav->rate, .channels = (int) wav->channels,
                      .format = SF_FORMAT_RAW | coding | SF_ENDIAN_LITTLE };
  file = sf_open (path, SFM_READ, info);
  if (file == NULL)
    return NULL;
  sf_command (file, SFC_SET_RAW_START_OFFSET, &offset, sizeof offset);
  sf_seek (file, 0, SEEK_SET);   /* until then it stands where the file begins */
  info->format = SF_FORMAT_WAV | coding;
  info->frames = (sf_count_t) wav->frames;   /* the decoder counts the header among them */
  return file;
}

static void
put_length (guint8  *at,
            guint64  length)
{
  guint32 le = GUINT32_TO_LE ((guint32) MIN (length, G_MAXUINT32));

  memcpy (at, &le, sizeof le);
}

static gboolean
copy_rest (int from,
           int to)
{
  g_autofree guint8 *block = g_malloc (SIDE_WAV_HEAD_BYTES);
  gssize n;

  while ((n = read (from, block, SIDE_WAV_HEAD_BYTES)) > 0)
    if (write (to, block, (gsize) n) != n)
      return FALSE;
  return n == 0;
}

static SNDFILE *
open_mended (int                fd,
             guint8            *head,
             gsize              n,
             const SideWavInfo *wav,
             SF_INFO           *info)
{
  int copy = memfd_create ("sidetone-unclosed", MFD_CLOEXEC);

  if (copy < 0)
    return NULL;
  put_length (head + 4, wav->data_offset + wav->data_bytes - 8);
  put_length (head + wav->data_offset - 4, wav->data_bytes);
  *info = (SF_INFO) { 0 };
  if (write (copy, head, n) == (gssize) n && copy_rest (fd, copy) && lseek (copy, 0, SEEK_SET) == 0)
    return sf_open_fd (copy, SFM_READ, info, SF_TRUE);   /* which closes it, whatever comes of it */
  close (copy);
  return NULL;
}

/* How much of the start is in @head; 0 when it cannot be read. */
static gsize
read_start (int      fd,
            guint8  *head,
            guint64 *size)
{
  struct stat st;
  gssize n = read (fd, head, SIDE_WAV_HEAD_BYTES);

  if (n <= 0 || fstat (fd, &st) != 0)
    return 0;
  *size = (guint64) st.st_size;
  return (gsize) n;
}

/* Whether a chunk may begin with these eight bytes: a name of letters, digits
 * and such, and a length of which there is as much. */
static gboolean
is_chunk (const guint8 *at,
          guint64       left)
{
  guint32 le;

  for (guint i = 0; i < 4; i++)
    if (at[i] < 0x20 || at[i] > 0x7e)
      return FALSE;
  memcpy (&le, at + 4, sizeof le);
  return GUINT32_FROM_LE (le) <= left;
}

/* Whether sound goes on where it should end: for a second at least, neither
 * another chunk nor zeros, which only fill the disk. */
static gboolean
goes_on (int                fd,
         const guint8      *head,
         const SideWavInfo *wav,
         guint64            size)
{
  g_autofree guint8 *rest = g_malloc (LOOK_BYTES);
  guint64 second = wav->format == SIDE_WAV_GSM ? (guint64) wav->rate / GSM_FRAMES * GSM_BLOCK
                                               : (guint64) wav->rate * wav->block_align;
  guint64 end;
  guint32 le;
  gssize n;

  memcpy (&le, head + wav->data_offset - 4, sizeof le);
  end = wav->data_offset + GUINT32_FROM_LE (le);
  if (wav->format == SIDE_WAV_OTHER || wav->length_wrong || end + MAX (second, LOOK_BYTES) > size)
    return FALSE;
  for (guint pad = 0; pad <= (end & 1); pad++)
    if (pread (fd, rest, 8, (off_t) (end + pad)) == 8 && is_chunk (rest, size - end - pad - 8))
      return FALSE;
  n = pread (fd, rest, LOOK_BYTES, (off_t) end);
  for (gssize i = 0; i < n; i++)
    if (rest[i] != 0)
      return TRUE;
  return FALSE;
}

/* All there is behind the header, if that is more than the decoder found. */
static SNDFILE *
open_all (const char  *path,
          int          fd,
          guint8      *head,
          gsize        n,
          guint64      size,
          sf_count_t   known,
          SideWavInfo *wav,
          SF_INFO     *info)
{
  int coding;

  if (goes_on (fd, head, wav, size))
    {
      put_length (head + wav->data_offset - 4, G_MAXUINT32);
      side_wav_parse (head, n, size, wav, NULL);
    }
  /* Half a second, as the last block of GSM may be counted or not. */
  if (!wav->length_wrong || (sf_count_t) wav->frames <= (known > 0 ? known + wav->rate / 2 : 0))
    return NULL;
  coding = raw_format_of (wav);
  if (coding != 0)
    return open_plain (path, wav, coding, info);
  return wav->format == SIDE_WAV_GSM ? open_mended (fd, head, n, wav, info) : NULL;
}

/**
 * side_sound_unclosed_open:
 * @path: a WAV file
 * @known: how many frames the decoder found in it
 * @info: (out): what there is
 *
 * Returns: (transfer full) (nullable): a decoder of the samples behind the
 *   header; %NULL when there are no more than @known
 */
SNDFILE *
side_sound_unclosed_open (const char *path,
                          sf_count_t  known,
                          SF_INFO    *info)
{
  g_autofree guint8 *head = g_malloc (SIDE_WAV_HEAD_BYTES);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  SNDFILE *file = NULL;
  SideWavInfo wav;
  guint64 size;
  gsize n;

  if (fd < 0)
    return NULL;
  n = read_start (fd, head, &size);
  if (n > 0 && side_wav_parse (head, n, size, &wav, NULL) && wav.data_offset <= n)
    file = open_all (path, fd, head, n, size, known, &wav, info);
  close (fd);
  return file;
}
