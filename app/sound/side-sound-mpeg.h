/* side-sound-mpeg.h - the frames of an MP3 file, counted without decoding
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sndfile.h>

G_BEGIN_DECLS

/**
 * SideMpegCount:
 * @frames: of sound, without the one that only tells about the others
 * @samples: in each of them, of each channel
 * @told: how many frames the file says it has, 0 when it does not say
 * @first: the header of the first frame
 * @first_at: where the first frame of sound begins
 */
typedef struct {
  guint64 frames;
  guint   samples;
  guint64 told;
  guint8  first[4];
  goffset first_at;
} SideMpegCount;

gsize    side_sound_mpeg_frame_length (const guint8        *at);
gboolean side_sound_mpeg_count        (const char          *path,
                                       SideMpegCount       *count);
SNDFILE *side_sound_mpeg_open_told    (const char          *path,
                                       const SideMpegCount *count,
                                       SF_INFO             *info);

G_END_DECLS
