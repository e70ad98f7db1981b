/* side-phone-clip.c - from samples of any kind to a clip
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-clip.h"

#include <math.h>
#include <sndfile.h>
#include <speex/speex_resampler.h>

#include "side-error.h"
#include "side-file.h"
#include "side-phone-media.h"
#include "side-phone-voice.h"
#include "side-prompt-sound.h"

#define CHUNK   4096
#define QUALITY 6

static void
put (GArray      *clip,
     const float *samples,
     gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      gint16 sample = (gint16) lrintf (CLAMP (samples[i] * 32768.0f, -32768.0f, 32767.0f));

      g_array_append_val (clip, sample);
    }
}

static GBytes *
clip_of (GArray *clip)
{
  gsize bytes = clip->len * sizeof (gint16);

  return g_bytes_new_take (g_array_free (clip, FALSE), bytes);
}

/* The means of all channels at SIDE_PHONE_RATE; @resampler is NULL where it is their rate. */
static void
take (GArray              *clip,
      SpeexResamplerState *resampler,
      const float         *samples,
      gsize                n_frames,
      guint                channels)
{
  float mono[CHUNK], out[8 * CHUNK];

  while (n_frames > 0)
    {
      spx_uint32_t now = (spx_uint32_t) MIN (n_frames, CHUNK);

      for (spx_uint32_t i = 0; i < now; i++)
        {
          mono[i] = 0;
          for (guint c = 0; c < channels; c++)
            mono[i] += samples[i * channels + c] / (float) channels;
        }
      samples += now * channels;
      n_frames -= now;
      if (resampler == NULL)
        put (clip, mono, now);
      for (spx_uint32_t at = 0; resampler != NULL && at < now;)
        {
          spx_uint32_t n_in = now - at, n_out = G_N_ELEMENTS (out);

          speex_resampler_process_float (resampler, 0, mono + at, &n_in, out, &n_out);
          put (clip, out, n_out);
          at += n_in;
          if (n_in == 0 && n_out == 0)
            break;
        }
    }
}

static SpeexResamplerState *
resampler_for (guint rate)
{
  SpeexResamplerState *resampler;

  if (rate == SIDE_PHONE_RATE)
    return NULL;
  resampler = speex_resampler_init (1, rate, SIDE_PHONE_RATE, QUALITY, NULL);
  if (resampler == NULL)
    g_error ("out of memory");
  speex_resampler_skip_zeros (resampler);
  return resampler;
}

/* side_phone_clip_new:
 * @samples: (array): full scale 1, channels interleaved
 *
 * Returns: (transfer full): them as a clip */
GBytes *
side_phone_clip_new (const float *samples,
                     gsize        n_frames,
                     guint        channels,
                     guint        rate)
{
  GArray *clip = g_array_new (FALSE, FALSE, sizeof (gint16));
  SpeexResamplerState *resampler = resampler_for (rate);

  take (clip, resampler, samples, n_frames, channels);
  g_clear_pointer (&resampler, speex_resampler_destroy);
  return clip_of (clip);
}

/* side_phone_clip_decode:
 * @sound: what side_step_sound_new() made, from wherever it comes
 *
 * Returns: (transfer full) (nullable): it as a clip; %NULL with SIDE_ERROR_CORRUPT */
GBytes *
side_phone_clip_decode (const char  *sound,
                        GError     **error)
{
  gsize n = 0;
  g_autofree float *samples = side_step_sound_read (sound, &n, error);

  return samples != NULL ? side_phone_clip_new (samples, n, 1, SIDE_STEP_RATE) : NULL;
}

static GBytes *
read_open (SNDFILE        *file,
           const SF_INFO  *info,
           GCancellable   *cancellable,
           GError        **error)
{
  GArray *clip = g_array_new (FALSE, FALSE, sizeof (gint16));
  SpeexResamplerState *resampler = resampler_for ((guint) info->samplerate);
  g_autofree float *samples = g_new (float, (gsize) CHUNK * (gsize) info->channels);
  sf_count_t n;

  while (!g_cancellable_is_cancelled (cancellable) && (n = sf_readf_float (file, samples, CHUNK)) > 0)
    take (clip, resampler, samples, (gsize) n, (guint) info->channels);
  g_clear_pointer (&resampler, speex_resampler_destroy);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    return clip_of (clip);
  g_array_unref (clip);
  return NULL;
}

/* side_phone_clip_read:
 * @path: whatever libsndfile reads, of SIDE_PHONE_CLIP_MAX_MS at most
 *
 * Blocks on the disk.
 *
 * Returns: (transfer full) (nullable): it as a clip; %NULL with
 *   SIDE_ERROR_NOT_FOUND, _UNSUPPORTED, _TOO_LARGE, _FORBIDDEN, _FAILED or
 *   G_IO_ERROR_CANCELLED */
GBytes *
side_phone_clip_read (const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  SF_INFO info = { 0 };
  SNDFILE *file;
  GBytes *clip = NULL;

  if (side_file_is_odd (path) || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "“%s” is not a file", path);
      return NULL;
    }
  file = sf_open (path, SFM_READ, &info);
  if (file == NULL || info.channels < 1 || info.channels > 8 || info.samplerate < 2000 || info.samplerate > 192000)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "“%s” cannot be played: %s", path, sf_strerror (file));
  else if (info.frames / info.samplerate > SIDE_PHONE_CLIP_MAX_MS / 1000)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "“%s” is longer than %d minutes", path,
                 SIDE_PHONE_CLIP_MAX_MS / 60000);
  else
    clip = read_open (file, &info, cancellable, error);
  g_clear_pointer (&file, sf_close);
  return clip;
}
