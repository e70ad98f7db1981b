/* side-test-hearing.c - a test call listened through once more
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was heard while a call went on dies with the program, and the recording
 * does not: the same ear hears it again. Reads what side-phone-recorder.c writes.
 */
#include "side-test-hearing.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-wav.h"

#define CHUNK 4096   /* frames */

static gboolean
read_head (int           fd,
           SideWavInfo  *info,
           GError      **error)
{
  guint8 head[1024];
  struct stat about;
  ssize_t n = pread (fd, head, sizeof head, 0);

  if (n < 0 || fstat (fd, &about) != 0)
    {
      int code = errno;

      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, g_strerror (code));
      return FALSE;
    }
  if (!side_wav_parse (head, (gsize) n, (guint64) about.st_size, info, error))
    return FALSE;
  if (info->format == SIDE_WAV_PCM && info->channels == 2 && info->bits == 16)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "not a recording of a test call");
  return FALSE;
}

/* Ours is the left side, theirs the right one. */
static void
hear (SidePhoneEar *ear,
      const gint16 *frames,
      gsize         n)
{
  gint16 ours[CHUNK], theirs[CHUNK];

  for (gsize i = 0; i < n; i++)
    {
      ours[i] = GINT16_FROM_LE (frames[2 * i]);
      theirs[i] = GINT16_FROM_LE (frames[2 * i + 1]);
    }
  side_phone_ear_hear (ear, theirs, ours, n);
}

/**
 * side_test_hear_again:
 * @fd: recording of a test call, open for reading; where it stands does not matter
 * @answered_ms: when the call was answered, from the first sample; -1 for never
 * @error: INVALID or UNSUPPORTED for another file, FAILED where it cannot be read
 *
 * Takes some seconds for an hour of sound: not for the main thread.
 *
 * Returns: (transfer full) (element-type SidePhoneSegment): what is heard in it, in order
 */
GArray *
side_test_hear_again (int      fd,
                      gint64   answered_ms,
                      GError **error)
{
  g_autofree gint16 *frames = g_new (gint16, 2 * CHUNK);
  g_autoptr (SidePhoneEar) ear = NULL;
  SideWavInfo info = { 0 };
  ssize_t got = 1;

  if (!read_head (fd, &info, error))
    return NULL;
  ear = side_phone_ear_new (info.rate);
  if (answered_ms >= 0)
    side_phone_ear_answered (ear, answered_ms);
  for (guint64 at = 0; at < info.frames && got > 0; at += (guint64) got)
    {
      gsize wanted = (gsize) MIN (info.frames - at, CHUNK);

      got = pread (fd, frames, 4 * wanted, (off_t) (info.data_offset + 4 * at));
      if (got < 0)
        {
          int code = errno;

          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, g_strerror (code));
          return NULL;
        }
      got /= 4;
      hear (ear, frames, (gsize) got);
    }
  side_phone_ear_end (ear);
  return side_phone_ear_get_segments (ear);
}
