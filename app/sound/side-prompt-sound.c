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

#define CODED_RATE  SIDE_STEP_RATE   /* Hz: what a wide-band line carries */
#define LEVEL       0.976      /* of libsndfile for Opus: (1 − level) × 250 + 6 kbit/s */
#define FINE_LEVEL  0.928      /* for what is listened to, where there is room: 24 kbit/s */
#define LEAST_MS    200        /* of a line somebody says: "yes" */
#define SILENT      0.003f     /* −50 dB: nothing of it would be heard on a line */
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

static float *
read_sound (const char  *sound,
            guint        rate,
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

  if (strlen (sound) <= MAX_TEXT)
    data = g_base64_decode (sound, &len);
  g_byte_array_append (bytes, data, (guint) len);
  /* Nothing but what is made here: the other decoders are not for this. */
  file = len > 4 && memcmp (data, "OggS", 4) == 0 ? sf_open_virtual (&memory_io, SFM_READ, &info, &memory) : NULL;
  if (file != NULL && info.channels == 1 && (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS && info.samplerate >= SIDE_PROMPT_RATE)
    samples = decode (file, &info, 0, rate, SIDE_PROMPT_SOUND_MAX_MS, n);
  else
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording in the scenario is damaged");
  g_clear_pointer (&file, sf_close);
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
  g_return_val_if_fail (sound != NULL && n != NULL, NULL);
  return read_sound (sound, SIDE_PROMPT_RATE, n, error);
}

/**
 * side_step_sound_read:
 * @sound: what side_step_sound_new() made, from wherever it comes
 * @n: (out): how many samples there are
 * @error: SIDE_ERROR_CORRUPT
 *
 * Returns: (transfer full) (nullable): its samples at SIDE_STEP_RATE, full scale 1
 */
float *
side_step_sound_read (const char  *sound,
                      gsize       *n,
                      GError     **error)
{
  g_return_val_if_fail (sound != NULL && n != NULL, NULL);
  return read_sound (sound, SIDE_STEP_RATE, n, error);
}

/* Returns: (transfer full) (nullable): @samples as Ogg Opus */
static GByteArray *
encode (const float  *samples,
        gsize         n,
        double        level,
        GError      **error)
{
  SF_INFO info = { .samplerate = CODED_RATE, .channels = 1, .format = SF_FORMAT_OGG | SF_FORMAT_OPUS };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Memory memory = { bytes, 0 };
  SNDFILE *file = sf_open_virtual (&memory_io, SFM_WRITE, &info, &memory);
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
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the recording could not be coded");
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

/* Returns: (transfer full) (nullable): a part of a file at CODED_RATE */
static float *
read_part (const char  *path,
           int          channel,
           gint64       from_ms,
           gint64       to_ms,
           gsize       *n,
           GError     **error)
{
  float *samples = NULL;
  gint64 length_ms;
  SF_INFO info;
  SNDFILE *file = side_sound_file_open (path, &info, error);

  if (file == NULL)
    return NULL;
  length_ms = info.frames * 1000 / info.samplerate;
  to_ms = to_ms <= 0 ? length_ms : MIN (to_ms, length_ms);
  if (from_ms < 0 || from_ms >= to_ms)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "this part is not in the recording");
  else if (to_ms - from_ms > SIDE_PROMPT_SOUND_MAX_MS)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "a recording in a scenario is %d seconds long at most: choose a part of it",
                 SIDE_PROMPT_SOUND_MAX_MS / 1000);
  else if (sf_seek (file, from_ms * info.samplerate / 1000, SEEK_SET) < 0)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "in a recording of this kind no part can be chosen");
  else
    samples = decode (file, &info, channel, CODED_RATE, to_ms - from_ms, n);
  sf_close (file);
  return samples;
}

/* Returns: (transfer full) (nullable): @samples as a text of a document has them */
static char *
to_text (const float  *samples,
         gsize         n,
         double        level,
         char        **sha256,
         GError      **error)
{
  g_autoptr (GByteArray) bytes = encode (samples, n, level, error);
  g_autoptr (SideHash) hash = side_hash_new ();
  g_autofree char *sound = NULL;

  if (bytes == NULL)
    return NULL;
  sound = g_base64_encode (bytes->data, bytes->len);
  if (strlen (sound) > MAX_TEXT)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the recording needs too much room: choose a part of it");
      return NULL;
    }
  side_hash_update (hash, (const char *) bytes->data, bytes->len);
  *sha256 = side_hash_get_hex (hash);
  return g_steal_pointer (&sound);
}

/**
 * side_prompt_sound_new_of:
 * @path: a sound file
 * @channel: which channel of it, from 0; below 0 for the mean of all
 * @from_ms: where the announcement begins in it
 * @to_ms: and where it ends; 0 for the end of the file
 * @sha256: (out) (transfer full): of the sound that was made
 * @error: as side_sound_file_open(); SIDE_ERROR_INVALID for a part that is not in it, or with
 *   less than two seconds of sound; SIDE_ERROR_TOO_LARGE above SIDE_PROMPT_SOUND_MAX_MS
 *
 * Returns: (transfer full) (nullable): it as Ogg Opus of 16 kHz and about 12 kbit/s, in base64
 */
char *
side_prompt_sound_new_of (const char  *path,
                          int          channel,
                          gint64       from_ms,
                          gint64       to_ms,
                          char       **sha256,
                          GError     **error)
{
  g_autofree float *samples = NULL;
  g_autofree char *sound = NULL;
  g_autofree char *hex = NULL;
  gsize n = 0;

  g_return_val_if_fail (path != NULL && sha256 != NULL, NULL);

  samples = read_part (path, channel, from_ms, to_ms, &n, error);
  if (samples == NULL)
    return NULL;
  sound = to_text (samples, n, LEVEL, &hex, error);
  if (sound == NULL || !is_enough (sound, error))
    return NULL;
  *sha256 = g_steal_pointer (&hex);
  return g_steal_pointer (&sound);
}

/**
 * side_prompt_sound_new:
 * @path: a sound file
 * @from_ms: where the announcement begins in it
 * @to_ms: and where it ends; 0 for the end of the file
 * @sha256: (out) (transfer full): of the sound that was made
 * @error: as side_prompt_sound_new_of()
 *
 * Returns: (transfer full) (nullable): all channels of it as side_prompt_sound_new_of() makes one
 */
char *
side_prompt_sound_new (const char  *path,
                       gint64       from_ms,
                       gint64       to_ms,
                       char       **sha256,
                       GError     **error)
{
  return side_prompt_sound_new_of (path, -1, from_ms, to_ms, sha256, error);
}

/**
 * side_step_sound_new_of:
 * @samples: (array length=n): somebody saying a line; full scale 1, SIDE_STEP_RATE
 * @n: how many
 * @sha256: (out) (transfer full): of the sound that was made
 * @error: SIDE_ERROR_INVALID where there is nothing to be heard; SIDE_ERROR_TOO_LARGE above
 *   SIDE_PROMPT_SOUND_MAX_MS
 *
 * Returns: (transfer full) (nullable): it as Ogg Opus of 16 kHz and 24 kbit/s, less
 *   where it is long, in base64
 */
char *
side_step_sound_new_of (const float  *samples,
                        gsize         n,
                        char        **sha256,
                        GError      **error)
{
  float peak = 0;
  char *sound;

  g_return_val_if_fail ((samples != NULL || n == 0) && sha256 != NULL, NULL);

  for (gsize i = 0; i < n; i++)
    peak = MAX (peak, ABS (samples[i]));
  if (n < LEAST_MS * SIDE_STEP_RATE / 1000 || peak < SILENT)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "there is nothing to be heard in the recording");
      return NULL;
    }
  if (n > (gsize) SIDE_PROMPT_SOUND_MAX_MS * SIDE_STEP_RATE / 1000 + CHUNK)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "a recorded line is %d seconds long at most", SIDE_PROMPT_SOUND_MAX_MS / 1000);
      return NULL;
    }
  sound = to_text (samples, n, FINE_LEVEL, sha256, NULL);
  return sound != NULL ? sound : to_text (samples, n, LEVEL, sha256, error);
}

/**
 * side_step_sound_new:
 * @path: a sound file in which somebody says a line
 * @from_ms: where it begins
 * @to_ms: and where it ends; 0 for the end of the file
 * @sha256: (out) (transfer full): of the sound that was made
 * @error: as side_sound_file_open() and side_step_sound_new_of()
 *
 * Returns: (transfer full) (nullable): as side_step_sound_new_of()
 */
char *
side_step_sound_new (const char  *path,
                     gint64       from_ms,
                     gint64       to_ms,
                     char       **sha256,
                     GError     **error)
{
  g_autofree float *samples = NULL;
  gsize n = 0;

  g_return_val_if_fail (path != NULL && sha256 != NULL, NULL);

  samples = read_part (path, -1, from_ms, to_ms, &n, error);
  return samples != NULL ? side_step_sound_new_of (samples, n, sha256, error) : NULL;
}
