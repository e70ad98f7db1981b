/* fuzz-wav.c - WAV headers from nowhere
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever the bytes, the reader stays inside them and what it says fits the
 * file; a repaired head reads back as what it was repaired to.
 */
#include "side-wav.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Not g_assert(): a wrong answer must stop the fuzzer in every build. */
static void
demand (gboolean holds)
{
  if (!holds)
    __builtin_trap ();
}

static void
check (const guint8 *data,
       gsize         size,
       guint64       file_size)
{
  g_autoptr (GBytes) stereo = side_wav_repair_stereo (data, size, file_size, NULL);
  g_autoptr (GBytes) length = side_wav_repair_length (data, size, file_size, NULL);
  SideWavInfo info;
  SideWavInfo back;

  if (!side_wav_parse (data, size, file_size, &info, NULL))
    {
      demand (stereo == NULL && length == NULL);
      return;
    }
  demand (info.data_offset <= size && info.data_offset <= file_size);
  demand (info.data_bytes <= file_size - info.data_offset);
  demand (info.data_bytes % info.block_align == 0);
  demand (side_wav_get_duration_ms (&info) >= 0);
  demand (length != NULL && g_bytes_get_size (length) == info.data_offset);
  demand (side_wav_parse (g_bytes_get_data (length, NULL), info.data_offset, file_size, &back, NULL));
  demand (back.channels == info.channels && back.frames == info.frames);
  if (stereo != NULL)
    {
      demand (side_wav_parse (g_bytes_get_data (stereo, NULL), info.data_offset, file_size, &back, NULL));
      demand (back.channels == 2 && back.data_offset == info.data_offset);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  check (data, size, size);
  check (data, size, (guint64) size + 1000001);
  check (data, size, size / 2);
  return 0;
}
