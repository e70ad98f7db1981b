/* side-wav.h - the header of a WAV file, read safely and repaired
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over bytes, without any I/O: the server publishes recordings
 * through them and the app checks what it was given. They exist because a PBX
 * that records both sides into one file (Asterisk's MixMonitor with option D)
 * interleaves two channels under a header that says one, and leaves the
 * lengths at 0 while the call runs.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of the start of a file is always enough to find its data. */
#define SIDE_WAV_HEAD_BYTES 65536

/**
 * SideWavFormat:
 * @SIDE_WAV_OTHER: a format tag we do not know; info->tag says which
 * @SIDE_WAV_PCM: linear, little-endian
 * @SIDE_WAV_FLOAT: IEEE floating point
 * @SIDE_WAV_ALAW: ITU-T G.711 A-law
 * @SIDE_WAV_MULAW: ITU-T G.711 µ-law
 * @SIDE_WAV_GSM: GSM 06.10, 65 bytes for 320 samples ("WAV49")
 *
 * The values are the format tags of RFC 2361.
 */
typedef enum {
  SIDE_WAV_OTHER = 0,
  SIDE_WAV_PCM   = 1,
  SIDE_WAV_FLOAT = 3,
  SIDE_WAV_ALAW  = 6,
  SIDE_WAV_MULAW = 7,
  SIDE_WAV_GSM   = 49,
} SideWavFormat;

/**
 * SideWavInfo:
 * @format: how samples are coded
 * @tag: the format tag as it stands in the file; behind an extensible header, the sub-format's
 * @channels: as the header says; 1..255
 * @rate: frames a second; 1..768000
 * @bits: bits a sample; 0 for GSM
 * @block_align: bytes a frame (for GSM: bytes a block of 320 frames)
 * @data_offset: where the samples start in the file
 * @data_bytes: how many bytes of samples the file really holds, whole frames only
 * @frames: how many frames that is
 * @length_wrong: whether the header gave another length (0 while growing, or more than there is)
 */
typedef struct {
  SideWavFormat format;
  guint16       tag;
  guint         channels;
  guint         rate;
  guint         bits;
  guint         block_align;
  guint64       data_offset;
  guint64       data_bytes;
  guint64       frames;
  gboolean      length_wrong;
} SideWavInfo;

gboolean  side_wav_parse            (const guint8       *data,
                                     gsize               len,
                                     guint64             file_size,
                                     SideWavInfo        *info,
                                     GError            **error);
gint64    side_wav_get_duration_ms  (const SideWavInfo  *info);
void      side_wav_build_header     (const SideWavInfo  *info,
                                     guint8              out[44]);
GBytes   *side_wav_repair_length    (const guint8       *data,
                                     gsize               len,
                                     guint64             file_size,
                                     GError            **error);
GBytes   *side_wav_repair_stereo    (const guint8       *data,
                                     gsize               len,
                                     guint64             file_size,
                                     GError            **error);
void      side_wav_swap_sides       (guint8             *bytes,
                                     gsize               len,
                                     guint               sample_bytes);

G_END_DECLS
