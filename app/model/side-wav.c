/* side-wav.c - the header of a WAV file, read safely and repaired
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A WAV file is a RIFF form of chunks, each an id of four bytes, a length of
 * four (little-endian) and a body padded to an even length:
 *
 *   "RIFF" length "WAVE"   "fmt " 16.. tag channels rate byterate align bits
 *                          "data" length samples…   and others we pass over
 *
 * Nothing in a header is believed before it was compared with how many bytes
 * there are: the files come from a PBX that may have been killed in the middle.
 */
#include "side-wav.h"

#include <string.h>

#include "side-error.h"

#define TAG_EXTENSIBLE 0xfffe
#define MAX_CHANNELS   255
#define MAX_RATE       768000
#define GSM_BLOCK      65
#define GSM_FRAMES     320

/* The last 14 bytes of every sub-format GUID that wraps a plain format tag. */
static const guint8 guid_tail[14] = {
  0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71,
};

static guint16
get_u16 (const guint8 *at)
{
  return (guint16) (at[0] | at[1] << 8);
}

static guint32
get_u32 (const guint8 *at)
{
  return (guint32) get_u16 (at) | (guint32) get_u16 (at + 2) << 16;
}

static void
put_u16 (guint8 *at,
         guint   value)
{
  at[0] = value & 0xff;
  at[1] = value >> 8 & 0xff;
}

/* Lengths over 4 GiB cannot be told in RIFF; the greatest one is what readers
 * take for "as much as there is". */
static void
put_u32 (guint8  *at,
         guint64  value)
{
  guint32 v = (guint32) MIN (value, G_MAXUINT32);

  put_u16 (at, v & 0xffff);
  put_u16 (at + 2, v >> 16);
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
bits_fit (SideWavFormat format,
          guint         bits)
{
  switch (format)
    {
    case SIDE_WAV_PCM:
      return bits == 8 || bits == 16 || bits == 24 || bits == 32;
    case SIDE_WAV_FLOAT:
      return bits == 32 || bits == 64;
    case SIDE_WAV_ALAW:
    case SIDE_WAV_MULAW:
      return bits == 8;
    case SIDE_WAV_GSM:
    case SIDE_WAV_OTHER:
    default:
      return TRUE;
    }
}

static SideWavFormat
format_of_tag (guint16 tag)
{
  switch (tag)
    {
    case SIDE_WAV_PCM:
    case SIDE_WAV_FLOAT:
    case SIDE_WAV_ALAW:
    case SIDE_WAV_MULAW:
    case SIDE_WAV_GSM:
      return (SideWavFormat) tag;
    default:
      return SIDE_WAV_OTHER;
    }
}

static gboolean
has_whole_samples (SideWavFormat format)
{
  return format != SIDE_WAV_OTHER && format != SIDE_WAV_GSM;
}

/* Reads the body of a "fmt " chunk. */
static gboolean
parse_format (const guint8  *body,
              gsize          len,
              SideWavInfo   *info,
              GError       **error)
{
  if (len < 16)
    return fail (error, "the WAV format chunk is too short");
  info->tag = get_u16 (body);
  info->channels = get_u16 (body + 2);
  info->rate = get_u32 (body + 4);
  info->block_align = get_u16 (body + 12);
  info->bits = get_u16 (body + 14);
  if (info->tag == TAG_EXTENSIBLE && len >= 40 && memcmp (body + 26, guid_tail, sizeof guid_tail) == 0)
    info->tag = get_u16 (body + 24);
  info->format = format_of_tag (info->tag);
  if (info->channels < 1 || info->channels > MAX_CHANNELS)
    return fail (error, "the WAV header has an impossible number of channels");
  if (info->rate < 1 || info->rate > MAX_RATE)
    return fail (error, "the WAV header has an impossible sample rate");
  if (!bits_fit (info->format, info->bits))
    return fail (error, "the WAV header has an impossible sample size");
  if (info->format == SIDE_WAV_GSM && (info->channels != 1 || info->block_align != GSM_BLOCK))
    return fail (error, "the WAV header has an impossible GSM block");
  /* Some writers leave the align field wrong; for whole samples it follows from the others. */
  if (has_whole_samples (info->format))
    info->block_align = info->channels * (info->bits / 8);
  if (info->format == SIDE_WAV_GSM)
    info->bits = 0;
  if (info->block_align == 0)
    return fail (error, "the WAV header has an impossible block size");
  return TRUE;
}

/* Takes the declared length of the samples as far as the file bears it out;
 * one too short for anything was not filled in yet. */
static void
settle_data (SideWavInfo *info,
             guint64      declared,
             guint64      file_size)
{
  guint64 available = file_size - info->data_offset;
  guint64 bytes = declared;

  if (declared > available || (declared < info->block_align && available > 0))
    {
      info->length_wrong = TRUE;
      bytes = available;
    }
  info->data_bytes = bytes - bytes % info->block_align;
  if (info->format == SIDE_WAV_GSM)
    info->frames = info->data_bytes / GSM_BLOCK * GSM_FRAMES;
  else if (info->format != SIDE_WAV_OTHER)
    info->frames = info->data_bytes / info->block_align;
}

/* Walks the chunks up to the samples. @format_at: where the fmt body is. */
static gboolean
parse (const guint8  *data,
       gsize          len,
       guint64        file_size,
       SideWavInfo   *info,
       gsize         *format_at,
       GError       **error)
{
  guint64 at = 12;

  memset (info, 0, sizeof *info);
  *format_at = 0;
  if (len > file_size)
    len = file_size;
  if (len < 12 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVE", 4) != 0)
    return fail (error, "this is not a WAV file");
  while (at + 8 <= len)
    {
      const guint8 *chunk = data + at;
      guint64 size = get_u32 (chunk + 4);

      at += 8;
      if (memcmp (chunk, "data", 4) == 0)
        {
          if (*format_at == 0)
            return fail (error, "the WAV file has samples before their format");
          info->data_offset = at;
          settle_data (info, size, file_size);
          return TRUE;
        }
      if (memcmp (chunk, "fmt ", 4) == 0 && *format_at == 0)
        {
          if (!parse_format (data + at, MIN (size, len - at), info, error))
            return FALSE;
          *format_at = at;
        }
      at += size + (size & 1);
    }
  return fail (error, "the WAV file has no samples");
}

/**
 * side_wav_parse:
 * @data: the start of a file; %SIDE_WAV_HEAD_BYTES are always enough
 * @len: how many bytes of it
 * @file_size: how long the whole file is, in bytes
 * @info: (out): what the header says, with the lengths put right
 * @error: return location
 *
 * Never reads past @len. A length of 0 (the file still grows) or beyond the
 * file's end is replaced by what the file holds, and @info says so.
 *
 * Returns: %TRUE, or %FALSE with %SIDE_ERROR_INVALID for what is no WAV file
 */
gboolean
side_wav_parse (const guint8  *data,
                gsize          len,
                guint64        file_size,
                SideWavInfo   *info,
                GError       **error)
{
  gsize format_at;

  g_return_val_if_fail (data != NULL || len == 0, FALSE);
  g_return_val_if_fail (info != NULL, FALSE);
  return parse (data, len, file_size, info, &format_at, error);
}

/**
 * side_wav_get_duration_ms:
 * @info: from side_wav_parse()
 *
 * Returns: how long the samples last, in ms; 0 for a format not known here
 */
gint64
side_wav_get_duration_ms (const SideWavInfo *info)
{
  g_return_val_if_fail (info != NULL && info->rate > 0, 0);
  return (gint64) (info->frames / info->rate * 1000 + info->frames % info->rate * 1000 / info->rate);
}

/**
 * side_wav_build_header:
 * @info: format, channels, rate, bits and data_bytes are used; not for GSM
 * @out: (out caller-allocates): the canonical header of 44 bytes
 *
 * For a file without header (a raw recording) that is served as WAV.
 */
void
side_wav_build_header (const SideWavInfo *info,
                       guint8             out[44])
{
  guint align;

  g_return_if_fail (info != NULL && out != NULL);
  g_return_if_fail (has_whole_samples (info->format));
  g_return_if_fail (info->channels >= 1 && info->channels <= MAX_CHANNELS && info->bits % 8 == 0);

  align = info->channels * (info->bits / 8);
  memcpy (out, "RIFF", 4);
  put_u32 (out + 4, info->data_bytes + 36);
  memcpy (out + 8, "WAVEfmt ", 8);
  put_u32 (out + 16, 16);
  put_u16 (out + 20, info->format);
  put_u16 (out + 22, info->channels);
  put_u32 (out + 24, info->rate);
  put_u32 (out + 28, (guint64) info->rate * align);
  put_u16 (out + 32, align);
  put_u16 (out + 34, info->bits);
  memcpy (out + 36, "data", 4);
  put_u32 (out + 40, info->data_bytes);
}

/* The head of the file up to the first sample, with its lengths put right and,
 * when @channels is not 0, that many channels. */
static GBytes *
repair (const guint8  *data,
        gsize          len,
        guint64        file_size,
        guint          channels,
        GError       **error)
{
  SideWavInfo info;
  gsize format_at;
  guint8 *head;
  guint align;

  if (!parse (data, len, file_size, &info, &format_at, error))
    return NULL;
  align = info.block_align;
  head = g_memdup2 (data, info.data_offset);
  if (channels != 0 && channels != info.channels)
    {
      if (!has_whole_samples (info.format) || info.channels != 1)
        {
          g_free (head);
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                               "only a one-channel file of whole samples can hold two interleaved sides");
          return NULL;
        }
      align *= channels;
      put_u16 (head + format_at + 2, channels);
      put_u32 (head + format_at + 8, (guint64) info.rate * align);
      put_u16 (head + format_at + 12, align);
    }
  put_u32 (head + 4, file_size - 8);
  put_u32 (head + info.data_offset - 4, info.data_bytes - info.data_bytes % align);
  return g_bytes_new_take (head, info.data_offset);
}

/**
 * side_wav_repair_length:
 * @data: the start of a file
 * @len: how many bytes of it
 * @file_size: how long the whole file is
 * @error: return location
 *
 * For a file cut off or still growing.
 *
 * Returns: (transfer full): what to put in place of the file's first bytes, as
 *   many as there were before the first sample, so that no offset moves; or
 *   %NULL with %SIDE_ERROR_INVALID
 */
GBytes *
side_wav_repair_length (const guint8  *data,
                        gsize          len,
                        guint64        file_size,
                        GError       **error)
{
  g_return_val_if_fail (data != NULL || len == 0, NULL);
  return repair (data, len, file_size, 0, error);
}

/**
 * side_wav_repair_stereo:
 * @data: the start of a file known to hold two interleaved channels
 * @len: how many bytes of it
 * @file_size: how long the whole file is
 * @error: return location
 *
 * A file that says two channels already is only given its right lengths, so
 * repairing twice does no harm.
 *
 * Returns: (transfer full): what to put in place of the file's first bytes, of
 *   the same length, saying two channels; %NULL with %SIDE_ERROR_INVALID, or
 *   with %SIDE_ERROR_UNSUPPORTED where the coding cannot be interleaved (GSM)
 */
GBytes *
side_wav_repair_stereo (const guint8  *data,
                        gsize          len,
                        guint64        file_size,
                        GError       **error)
{
  g_return_val_if_fail (data != NULL || len == 0, NULL);
  return repair (data, len, file_size, 2, error);
}

/**
 * side_wav_swap_sides:
 * @bytes: interleaved samples of two channels, from the start of a frame
 * @len: how many bytes; a frame cut at the end is left as it is
 * @sample_bytes: bytes a sample, 1..8
 *
 * Exchanges left and right. A recording made on the customer's channel has
 * the customer left; everywhere in Sidetone the operator is left.
 */
void
side_wav_swap_sides (guint8 *bytes,
                     gsize   len,
                     guint   sample_bytes)
{
  guint8 kept[8];

  g_return_if_fail (bytes != NULL || len == 0);
  g_return_if_fail (sample_bytes >= 1 && sample_bytes <= sizeof kept);

  for (gsize at = 0; len - at >= 2 * (gsize) sample_bytes; at += 2 * (gsize) sample_bytes)
    {
      memcpy (kept, bytes + at, sample_bytes);
      memcpy (bytes + at, bytes + at + sample_bytes, sample_bytes);
      memcpy (bytes + at + sample_bytes, kept, sample_bytes);
    }
}
