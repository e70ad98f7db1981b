/* side-prompt-sound.c - a short recording that travels inside a document
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made of any sound file, and read again wherever it comes from: what a server
 * sent is as foreign as any file.
 */
#include "side-prompt-sound.h"

#include <sndfile.h>
#include <speex/speex_resampler.h>
#include <string.h>

#include "side-error.h"
#include "side-hash.h"
#include "side-prompt-find.h"
#include "side-sound-file.h"

#define CODED_RATE  16000      /* Hz: what a wide-band line carries */
#define LEVEL       0.976      /* of libsndfile for Opus: (1 − level) × 250 + 6 kbit/s */
#define MAX_TEXT    65536      /* characters a text of a document has at most */
#define CHUNK       4096       /* frames */
#define QUALITY     6          /* of the resampler, 0 to 10 */

/* A file in memory. */
typedef struct {
  GByteArray *bytes;
  gsize       at;
} Memory;

static sf_count_t
memory_length (void *data)
{
  return ((Memory *) data)->bytes->len;
}

static sf_count_t
memory_seek (sf_count_t offset,
             int        whence,
             void      *data)
{
  Memory *self = data;
  sf_count_t base = whence == SEEK_CUR ? (sf_count_t) self->at : whence == SEEK_END ? (sf_count_t) self->bytes->len : 0;

  if (base + offset < 0 || base + offset > (sf_count_t) self->bytes->len)
    return -1;
  self->at = (gsize) (base + offset);
  return (sf_count_t) self->at;
}

static sf_count_t
memory_read (void       *out,
             sf_count_t  n,
             void       *data)
{
  Memory *self = data;
  gsize now = MIN ((gsize) MAX (n, 0), self->bytes->len - self->at);

  memcpy (out, self->bytes->data + self->at, now);
  self->at += now;
  return (sf_count_t) now;
}

static sf_count_t
memory_write (const void *from,
              sf_count_t  n,
              void       *data)
{
  Memory *self = data;

  if (self->at + (gsize) n > self->bytes->len)
    g_byte_array_set_size (self->bytes, (guint) (self->at + (gsize) n));
  memcpy (self->bytes->data + self->at, from, (gsize) n);
  self->at += (gsize) n;
  return n;
}

static sf_count_t
memory_tell (void *data)
{
  return (sf_count_t) ((Memory *) data)->at;
}

static SF_VIRTUAL_IO memory_io = { memory_length, memory_seek, memory_read, memory_write, memory_tell };

/* One channel of @chunk, or the mean of all where @channel is below 0. */
static void
fold (const float *chunk,
      gsize        n,
      guint        channels,
      int          channel,
      float       *out)
{
  for (gsize i = 0; i < n; i++)
    {
      const float *frame = chunk + i * channels;

      out[i] = channel >= 0 ? frame[channel] : 0;
      for (guint c = 0; channel < 0 && c < channels; c++)
        out[i] += frame[c] / (float) channels;
    }
}

static void
append (GArray              *samples,
        SpeexResamplerState *resampler,
        const float         *mono,
        gsize                n)
{
  float out[CHUNK];

  if (resampler == NULL)
    {
      g_array_append_vals (samples, mono, (guint) n);
      return;
    }
  for (gsize at = 0; at < n;)
    {
      spx_uint32_t n_in = (spx_uint32_t) (n - at), n_out = CHUNK;

      speex_resampler_process_float (resampler, 0, mono + at, &n_in, out, &n_out);
      g_array_append_vals (samples, out, n_out);
      at += n_in;
      if (n_in == 0 && n_out == 0)
        break;
    }
}

/* Decodes @max_ms of @file at @rate. */
static float *
decode (SNDFILE       *file,
        const SF_INFO *info,
        int            channel,
        guint          rate,
        gint64         max_ms,
        gsize         *n)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_autofree float *chunk = g_new (float, (gsize) CHUNK * (gsize) info->channels);
  SpeexResamplerState *resampler = NULL;
  sf_count_t left = max_ms * info->samplerate / 1000, got;
  float mono[CHUNK];

  if ((guint) info->samplerate != rate)
    {
      resampler = speex_resampler_init (1, (spx_uint32_t) info->samplerate, rate, QUALITY, NULL);
      if (resampler == NULL)
        g_error ("out of memory");
      speex_resampler_skip_zeros (resampler);
    }
  while (left > 0 && (got = sf_readf_float (file, chunk, MIN (left, CHUNK))) > 0)
    {
      fold (chunk, (gsize) got, (guint) info->channels, channel < info->channels ? channel : -1, mono);
      append (samples, resampler, mono, (gsize) got);
      left -= got;
    }
  g_clear_pointer (&resampler, speex_resampler_destroy);
  *n = samples->len;
  return (float *) (void *) g_array_free (g_steal_pointer (&samples), FALSE);
}

/**
 * side_prompt_sound_read_file:
 * @path: a sound file
 * @channel: which channel, from 0; below 0, or where there are not so many: the mean of all
 * @max_ms: the most that is read, from its beginning
 * @n: (out): how many samples there are
 * @error: as side_sound_file_open()
 *
 * Returns: (transfer full) (nullable): its samples at SIDE_PROMPT_RATE, full scale 1
 */
float *
side_prompt_sound_read_file (const char  *path,
                             int          channel,
                             gint64       max_ms,
                             gsize       *n,
                             GError     **error)
{
  SF_INFO info;
  SNDFILE *file;
  float *samples;

  g_return_val_if_fail (path != NULL && n != NULL, NULL);

  file = side_sound_file_open (path, &info, error);
  if (file == NULL)
    return NULL;
  samples = decode (file, &info, channel, SIDE_PROMPT_RATE, max_ms, n);
  sf_close (file);
  return samples;
}

/**
 * side_prompt_sound_read:
 * @sound: what side_prompt_sound_new() made, from wherever it comes
 * @n: (out): how many samples there are
 * @error: SIDE_ERROR_CORRUPT
 *
 * Returns: (transfer full) (nullable): its samples at SIDE_PROMPT_RATE, full scale 1
 */
float *
side_prompt_sound_read (const char  *sound,
                        gsize       *n,
                        GError     **error)
{
  SF_INFO info = { 0 };
  gsize len = 0;
  g_autofree guchar *data = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Memory memory = { bytes, 0 };
  SNDFILE *file;
  float *samples = NULL;

  g_return_val_if_fail (sound != NULL && n != NULL, NULL);

  if (strlen (sound) <= MAX_TEXT)
    data = g_base64_decode (sound, &len);
  g_byte_array_append (bytes, data, (guint) len);
  /* Nothing but what is made here: the other decoders are not for this. */
  file = len > 4 && memcmp (data, "OggS", 4) == 0 ? sf_open_virtual (&memory_io, SFM_READ, &info, &memory) : NULL;
  if (file != NULL && info.channels == 1 && (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS && info.samplerate >= SIDE_PROMPT_RATE)
    samples = decode (file, &info, 0, SIDE_PROMPT_RATE, SIDE_PROMPT_SOUND_MAX_MS, n);
  else
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording of the announcement is damaged");
  g_clear_pointer (&file, sf_close);
  return samples;
}

/* Returns: (transfer full) (nullable): @samples as Ogg Opus */
static GByteArray *
encode (const float  *samples,
        gsize         n,
        GError      **error)
{
  SF_INFO info = { .samplerate = CODED_RATE, .channels = 1, .format = SF_FORMAT_OGG | SF_FORMAT_OPUS };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Memory memory = { bytes, 0 };
  SNDFILE *file = sf_open_virtual (&memory_io, SFM_WRITE, &info, &memory);
  double level = LEVEL;
  gboolean written;

  if (file == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "libsndfile cannot write Opus: %s", sf_strerror (NULL));
      return NULL;
    }
  sf_command (file, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
  written = sf_write_float (file, samples, (sf_count_t) n) == (sf_count_t) n;
  written = sf_close (file) == 0 && written;
  if (written)
    return g_steal_pointer (&bytes);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the recording of the announcement could not be coded");
  return NULL;
}

/* Whether there is enough sound in it to be found again. */
static gboolean
is_enough (const char  *sound,
           GError     **error)
{
  gsize n = 0;
  g_autofree float *samples = side_prompt_sound_read (sound, &n, error);

  if (samples == NULL)
    return FALSE;
  if (side_prompt_count_blocks (samples, n) >= SIDE_PROMPT_LEAST)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "there are not two seconds of sound in the recording: it could not be told from others");
  return FALSE;
}

/**
 * side_prompt_sound_new:
 * @path: a sound file
 * @from_ms: where the announcement begins in it
 * @to_ms: and where it ends; 0 for the end of the file
 * @sha256: (out) (transfer full): of the sound that was made
 * @error: as side_sound_file_open(); SIDE_ERROR_INVALID for a part that is not in it, or with
 *   less than two seconds of sound; SIDE_ERROR_TOO_LARGE above SIDE_PROMPT_SOUND_MAX_MS
 *
 * Returns: (transfer full) (nullable): it as Ogg Opus of 16 kHz and about 12 kbit/s, in base64
 */
char *
side_prompt_sound_new (const char  *path,
                       gint64       from_ms,
                       gint64       to_ms,
                       char       **sha256,
                       GError     **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree float *samples = NULL;
  g_autofree char *sound = NULL;
  gint64 length_ms;
  SF_INFO info;
  SNDFILE *file;
  gsize n = 0;

  g_return_val_if_fail (path != NULL && sha256 != NULL, NULL);

  file = side_sound_file_open (path, &info, error);
  if (file == NULL)
    return NULL;
  length_ms = info.frames * 1000 / info.samplerate;
  to_ms = to_ms <= 0 ? length_ms : MIN (to_ms, length_ms);
  if (from_ms < 0 || from_ms >= to_ms)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "this part is not in the recording");
  else if (to_ms - from_ms > SIDE_PROMPT_SOUND_MAX_MS)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "an announcement to compare with is %d seconds long at most: choose a part of it",
                 SIDE_PROMPT_SOUND_MAX_MS / 1000);
  else if (sf_seek (file, from_ms * info.samplerate / 1000, SEEK_SET) < 0)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "in a recording of this kind no part can be chosen");
  else
    samples = decode (file, &info, -1, CODED_RATE, to_ms - from_ms, &n);
  sf_close (file);
  if (samples == NULL || (bytes = encode (samples, n, error)) == NULL)
    return NULL;
  sound = g_base64_encode (bytes->data, bytes->len);
  if (strlen (sound) > MAX_TEXT)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the announcement needs too much room: choose a part of it");
      return NULL;
    }
  if (!is_enough (sound, error))
    return NULL;
  side_hash_update (hash, (const char *) bytes->data, bytes->len);
  *sha256 = side_hash_get_hex (hash);
  return g_steal_pointer (&sound);
}
