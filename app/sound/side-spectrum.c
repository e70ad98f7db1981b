/* side-spectrum.c - how the sound of one channel goes on, band by band
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples become 8 kHz; each 10 ms a window of 32 ms is transformed and its
 * power summed in bands of equal width on the mel scale (S. S. Stevens et al.
 * 1937, in the form of D. O'Shaughnessy 1987), as it has become usual for speech
 * since S. B. Davis and P. Mermelstein (1980). Taking the mean of two seconds
 * out of the logarithms is what H. Hermansky and N. Morgan (RASTA, 1994) take
 * the colour of a line away with.
 */
#include "side-spectrum.h"

#include <gst/fft/gstfftf32.h>
#include <math.h>
#include <speex/speex_resampler.h>
#include <string.h>

#define RATE          8000
#define WINDOW        256
#define HOP           (RATE * SIDE_SPECTRUM_FRAME_MS / 1000)
#define LOWEST_HZ     250.0
#define HIGHEST_HZ    3400.0
#define CHUNK         1024
#define AROUND        100      /* frames each way that the mean is taken of */
#define RANGE_DB      40.0f    /* below the loud frames: softer is silence */
#define LOUD_PART     0.95     /* this part of the frames is softer than the loud ones */
#define QUIETEST_DB   -75.0f   /* of full scale: the noise of the coarsest coding */
#define MOST_DB       20.0f    /* a lost packet must not outweigh the speech around it */
#define RESAMPLER_QUALITY 3

struct _SideSpectrumMaker
{
  SpeexResamplerState *resampler;   /* nullable: 8 kHz already */
  GstFFTF32           *fft;
  float                window[WINDOW];
  guint                edges[SIDE_SPECTRUM_BANDS + 1];   /* first line of each band */
  float                samples[WINDOW];                  /* not yet gone through */
  guint                n_samples;
  GArray              *powers;      /* of float[BANDS], dB */
};

static double
mel_of (double hz)
{
  return 2595 * log10 (1 + hz / 700);
}

static double
hz_of (double mel)
{
  return 700 * (pow (10, mel / 2595) - 1);
}

/* side_spectrum_maker_new:
 * @rate: of the samples to come, Hz */
SideSpectrumMaker *
side_spectrum_maker_new (guint rate)
{
  SideSpectrumMaker *self = g_new0 (SideSpectrumMaker, 1);

  if (rate != RATE)
    {
      self->resampler = speex_resampler_init (1, rate, RATE, RESAMPLER_QUALITY, NULL);
      if (self->resampler == NULL)
        g_error ("out of memory");
      speex_resampler_skip_zeros (self->resampler);
    }
  self->fft = gst_fft_f32_new (WINDOW, FALSE);
  for (int i = 0; i < WINDOW; i++)
    self->window[i] = (float) (0.5 - 0.5 * cos (2 * G_PI * (i + 0.5) / WINDOW));
  for (int b = 0; b <= SIDE_SPECTRUM_BANDS; b++)
    {
      double mel = mel_of (LOWEST_HZ) + (mel_of (HIGHEST_HZ) - mel_of (LOWEST_HZ)) * b / SIDE_SPECTRUM_BANDS;

      self->edges[b] = (guint) lrint (hz_of (mel) * WINDOW / RATE);
    }
  self->powers = g_array_new (FALSE, FALSE, sizeof (float) * SIDE_SPECTRUM_BANDS);
  /* The first window lies around the first sample. */
  self->n_samples = WINDOW / 2;
  return self;
}

void
side_spectrum_maker_free (SideSpectrumMaker *self)
{
  g_clear_pointer (&self->resampler, speex_resampler_destroy);
  gst_fft_f32_free (self->fft);
  g_array_unref (self->powers);
  g_free (self);
}

static void
take_window (SideSpectrumMaker *self)
{
  float windowed[WINDOW], bands[SIDE_SPECTRUM_BANDS];
  GstFFTF32Complex waves[WINDOW / 2 + 1];

  for (int i = 0; i < WINDOW; i++)
    windowed[i] = self->samples[i] * self->window[i];
  gst_fft_f32_fft (self->fft, windowed, waves);
  for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
    {
      float sum = 0;

      for (guint k = self->edges[b]; k < self->edges[b + 1]; k++)
        sum += waves[k].r * waves[k].r + waves[k].i * waves[k].i;
      /* A full-scale sine wave comes to 0 dB. */
      bands[b] = 10 * log10f (sum * 16.0f / (WINDOW * WINDOW) + 1e-12f);
    }
  g_array_append_val (self->powers, bands);
  memmove (self->samples, self->samples + HOP, (WINDOW - HOP) * sizeof (float));
  self->n_samples = WINDOW - HOP;
}

static void
take (SideSpectrumMaker *self,
      const float       *samples,
      gsize              n)
{
  while (n > 0)
    {
      gsize some = MIN (n, WINDOW - self->n_samples);

      memcpy (self->samples + self->n_samples, samples, some * sizeof (float));
      self->n_samples += (guint) some;
      samples += some;
      n -= some;
      if (self->n_samples == WINDOW)
        take_window (self);
    }
}

/* side_spectrum_maker_feed:
 * @samples: @n of them, -1..1 */
void
side_spectrum_maker_feed (SideSpectrumMaker *self,
                          const float       *samples,
                          gsize              n)
{
  if (self->resampler == NULL)
    {
      take (self, samples, n);
      return;
    }
  while (n > 0)
    {
      float out[CHUNK];
      spx_uint32_t used = (spx_uint32_t) MIN (n, CHUNK), made = CHUNK;

      speex_resampler_process_float (self->resampler, 0, samples, &used, out, &made);
      take (self, out, made);
      samples += used;
      n -= used;
    }
}

static int
compare_levels (const void *a,
                const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* What counts as silence is told by how loud the loud parts are. */
static float
find_floor (const SideSpectrum *self)
{
  g_autofree float *sorted = g_memdup2 (self->level, self->n * sizeof (float));

  qsort (sorted, self->n, sizeof (float), compare_levels);
  return MAX (sorted[(gsize) ((double) (self->n - 1) * LOUD_PART)] - RANGE_DB, QUIETEST_DB);
}

/* Each value against the mean of those around it. */
static void
take_mean_out (float *values,
               gsize  n)
{
  g_autofree double *sums = g_new (double, n + 1);

  sums[0] = 0;
  for (gsize i = 0; i < n; i++)
    sums[i + 1] = sums[i] + (double) values[i];
  for (gsize i = 0; i < n; i++)
    {
      gsize from = i > AROUND ? i - AROUND : 0, to = MIN (i + AROUND + 1, n);

      values[i] = CLAMP (values[i] - (float) ((sums[to] - sums[from]) / (double) (to - from)), -MOST_DB, MOST_DB);
    }
}

static float
level_of (const float *bands)
{
  float sum = 0;

  for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
    sum += powf (10, bands[b] / 10);
  return 10 * log10f (sum);
}

/* side_spectrum_maker_end:
 *
 * Returns: (transfer full): what the samples came to; @self can only be freed now */
SideSpectrum *
side_spectrum_maker_end (SideSpectrumMaker *self)
{
  static const float nothing[WINDOW / 2];
  SideSpectrum *spectrum = g_new0 (SideSpectrum, 1);
  const float *powers;

  take (self, nothing, WINDOW / 2);
  powers = (const float *) (gpointer) self->powers->data;
  spectrum->n = self->powers->len;
  spectrum->level = g_new (float, MAX (spectrum->n, 1));
  spectrum->energy = g_new0 (double, spectrum->n + 1);
  for (gsize i = 0; i < spectrum->n; i++)
    spectrum->level[i] = level_of (powers + i * SIDE_SPECTRUM_BANDS);
  spectrum->floor_db = spectrum->n > 0 ? find_floor (spectrum) : QUIETEST_DB;
  for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
    {
      float *band = spectrum->band[b] = g_new (float, MAX (spectrum->n, 1));

      for (gsize i = 0; i < spectrum->n; i++)
        band[i] = MAX (powers[i * SIDE_SPECTRUM_BANDS + (gsize) b], spectrum->floor_db);
      take_mean_out (band, spectrum->n);
    }
  for (gsize i = 0; i < spectrum->n; i++)
    {
      double squares = 0;

      for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
        squares += (double) (spectrum->band[b][i] * spectrum->band[b][i]);
      spectrum->energy[i + 1] = spectrum->energy[i] + squares;
    }
  return spectrum;
}

/* side_spectrum_new:
 * @samples: @n of them, at @rate Hz */
SideSpectrum *
side_spectrum_new (const float *samples,
                   gsize        n,
                   guint        rate)
{
  g_autoptr (SideSpectrumMaker) maker = side_spectrum_maker_new (rate);

  side_spectrum_maker_feed (maker, samples, n);
  return side_spectrum_maker_end (maker);
}

void
side_spectrum_free (SideSpectrum *self)
{
  for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
    g_free (self->band[b]);
  g_free (self->energy);
  g_free (self->level);
  g_free (self);
}

static void
transform_band (GstFFTF32        *fft,
                gsize             size,
                const float      *band,
                gsize             n,
                float            *padded,
                GstFFTF32Complex *waves)
{
  memcpy (padded, band, n * sizeof (float));
  memset (padded + n, 0, (size - n) * sizeof (float));
  gst_fft_f32_fft (fft, padded, waves);
}

/* side_spectrum_correlate:
 * @from: first frame of @reference that is taken
 * @to: frame behind its last
 *
 * Returns: (transfer full): (@to - @from) + sound->n - 1 sums of the products of
 *   all bands; the first for the reference's last frame on the sound's first,
 *   so that the reference begins at frame i - (@to - @from - 1) */
double *
side_spectrum_correlate (const SideSpectrum *reference,
                         gsize               from,
                         gsize               to,
                         const SideSpectrum *sound)
{
  gsize n = to - from, all = n + sound->n - 1;
  /* Even, as the transform wants it, and of small primes, so that it is fast. */
  gsize size = 2 * (gsize) gst_fft_next_fast_length ((int) (all + 1) / 2);
  double *sums = g_new (double, all);
  g_autofree float *padded = g_new (float, size);
  g_autofree GstFFTF32Complex *a = g_new (GstFFTF32Complex, size / 2 + 1);
  g_autofree GstFFTF32Complex *b = g_new (GstFFTF32Complex, size / 2 + 1);
  g_autofree GstFFTF32Complex *product = g_new0 (GstFFTF32Complex, size / 2 + 1);
  GstFFTF32 *there = gst_fft_f32_new ((int) size, FALSE), *back = gst_fft_f32_new ((int) size, TRUE);

  for (int band = 0; band < SIDE_SPECTRUM_BANDS; band++)
    {
      transform_band (there, size, reference->band[band] + from, n, padded, a);
      transform_band (there, size, sound->band[band], sound->n, padded, b);
      for (gsize i = 0; i <= size / 2; i++)
        {
          product[i].r += a[i].r * b[i].r + a[i].i * b[i].i;
          product[i].i += a[i].r * b[i].i - a[i].i * b[i].r;
        }
    }
  gst_fft_f32_inverse_fft (back, product, padded);
  gst_fft_f32_free (there);
  gst_fft_f32_free (back);
  for (gsize i = 0; i < all; i++)
    sums[i] = (double) padded[(i + size - (n - 1)) % size] / (double) size;
  return sums;
}
