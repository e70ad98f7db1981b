/* tone-file.c - sound files with known tones, and how loud a tone is in samples
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tone-file.h"

#include <math.h>
#include <sndfile.h>

/**
 * tone_file_write:
 * @path: the file
 * @sf_format: SF_FORMAT_WAV | SF_FORMAT_PCM_16 and the like
 * @rate: frames a second
 * @n_channels: channels
 * @seconds: how long
 * @hertz: one frequency a channel; 0 for silence
 * @amplitude: 0..1
 */
void
tone_file_write (const char   *path,
                 int           sf_format,
                 int           rate,
                 int           n_channels,
                 double        seconds,
                 const double *hertz,
                 double        amplitude)
{
  SF_INFO info = { .samplerate = rate, .channels = n_channels, .format = sf_format };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  sf_count_t n = (sf_count_t) (seconds * rate + 0.5);
  g_autofree float *samples = g_new (float, n * n_channels);

  if (file == NULL)
    g_error ("%s: %s", path, sf_strerror (NULL));
  for (sf_count_t i = 0; i < n; i++)
    for (int c = 0; c < n_channels; c++)
      samples[i * n_channels + c] = (float) (amplitude * sin (2 * G_PI * hertz[c] * (double) i / rate));
  g_assert_cmpint (sf_writef_float (file, samples, n), ==, n);
  g_assert_cmpint (sf_close (file), ==, 0);
}

/**
 * tone_level:
 *
 * Returns: the amplitude of the part of @channel that is a tone of @hertz
 *   (Goertzel's sum, written out)
 */
double
tone_level (const float *samples,
            gsize        n_frames,
            guint        n_channels,
            guint        channel,
            double       rate,
            double       hertz)
{
  double re = 0;
  double im = 0;

  if (n_frames == 0)
    return 0;
  for (gsize i = 0; i < n_frames; i++)
    {
      double angle = 2 * G_PI * hertz * (double) i / rate;

      re += samples[i * n_channels + channel] * cos (angle);
      im += samples[i * n_channels + channel] * sin (angle);
    }
  return 2 * hypot (re, im) / (double) n_frames;
}

/**
 * tone_rms:
 *
 * Returns: root of the mean square of @channel
 */
double
tone_rms (const float *samples,
          gsize        n_frames,
          guint        n_channels,
          guint        channel)
{
  double sum = 0;

  for (gsize i = 0; i < n_frames; i++)
    sum += (double) samples[i * n_channels + channel] * samples[i * n_channels + channel];
  return n_frames > 0 ? sqrt (sum / (double) n_frames) : 0;
}
