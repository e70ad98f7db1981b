/* fuzz-sound.c - sound files from nowhere, before a decoder sees them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever the bytes, the frames of MP3 and the pages of Ogg are gone through
 * to an end, and there are no more of them than the file has room for.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "side-sound-head.h"
#include "side-sound-mpeg.h"
#include "side-sound-ogg.h"

#define LEAST_FRAME 24   /* bytes of the shortest frame of MP3 */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Not g_assert(): a wrong answer must stop the fuzzer in every build. */
static void
demand (gboolean holds)
{
  if (!holds)
    __builtin_trap ();
}

static void
check (const char *path,
       gsize       size)
{
  SideMpegCount count;

  side_sound_head_look (path);
  side_sound_head_is_gsm (path);
  side_sound_head_stranger (path);
  demand (side_sound_ogg_count (path, 0) >= -1);
  demand (side_sound_ogg_count (path, 8000) >= -1);
  if (!side_sound_mpeg_count (path, &count))
    return;
  demand (count.frames > 0 && count.frames <= size / LEAST_FRAME);
  demand (count.samples == 384 || count.samples == 576 || count.samples == 1152);
  demand (count.first_at >= 0 && (gsize) count.first_at < size);
  demand (side_sound_mpeg_frame_length (count.first) > 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int fd = memfd_create ("fuzz-sound.mp3", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  demand (fd >= 0 && write (fd, data, size) == (gssize) size);
  check (path, size);
  close (fd);
  return 0;
}
