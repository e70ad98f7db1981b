/* side-telephone.c - sound as a telephone line carries it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-telephone.h"

#include <math.h>
#include <string.h>

#define LOW_HZ        300.0
#define HIGH_HZ       3400.0
/* Where the low-pass must have closed: half the telephone's rate. */
#define STOP_HZ       4000.0
/* Speech ends where it falls this far below its loudest moment. */
#define TRIM_DB       -34.0
#define TRIM_FRAME    40
#define FADE_SAMPLES  24

/* One section of a second-order high-pass filter. */
typedef struct {
  double b0, b1, b2, a1, a2;
  double x1, x2, y1, y2;
} Section;

/* Coefficients by the bilinear transform, after R. Bristow-Johnson's
 * "Cookbook formulae for audio EQ biquad filter coefficients". */
static Section
high_pass (double hz,
           double q,
           double rate)
{
  Section s = { 0 };
  double w = 2 * G_PI * hz / rate;
  double alpha = sin (w) / (2 * q);
  double a0 = 1 + alpha;

  s.b0 = (1 + cos (w)) / 2 / a0;
  s.b1 = -(1 + cos (w)) / a0;
  s.b2 = s.b0;
  s.a1 = -2 * cos (w) / a0;
  s.a2 = (1 - alpha) / a0;
  return s;
}

static double
pass (Section *s,
      double   x)
{
  double y = s->b0 * x + s->b1 * s->x1 + s->b2 * s->x2 - s->a1 * s->y1 - s->a2 * s->y2;

  s->x2 = s->x1;
  s->x1 = x;
  s->y2 = s->y1;
  s->y1 = y;
  return y;
}

/* Fourth-order Butterworth high-pass in place; the two sections' Q are
 * 1 / (2 cos (pi/8)) and 1 / (2 cos (3 pi/8)). */
static void
cut_low (float *samples,
         gsize  n)
{
  Section first = high_pass (LOW_HZ, 0.54119610, SIDE_TELEPHONE_RATE);
  Section second = high_pass (LOW_HZ, 1.30656296, SIDE_TELEPHONE_RATE);

  for (gsize i = 0; i < n; i++)
    samples[i] = (float) pass (&second, pass (&first, samples[i]));
}

static guint
common_divisor (guint a,
                guint b)
{
  while (b != 0)
    {
      guint rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The taps of a low-pass for each of the positions an output sample can have
 * between two input samples: a sinc under a Hamming window, whose main lobe is
 * 3.3 times the sampling rate over the transition's width. */
static float *
low_pass_taps (guint  rate,
               guint  phases,
               guint *half)
{
  double cut = (HIGH_HZ + STOP_HZ) / 2 / rate;
  float *taps;
  guint length;

  *half = (guint) ceil (3.3 * rate / (STOP_HZ - HIGH_HZ) / 2);
  length = 2 * *half + 1;
  taps = g_new (float, (gsize) length * phases);
  for (guint p = 0; p < phases; p++)
    {
      double sum = 0;

      for (guint i = 0; i < length; i++)
        {
          double x = (double) i - *half - (double) p / phases;
          double window = 0.54 + 0.46 * cos (G_PI * x / (*half + 1));
          double sinc = fabs (x) < 1e-9 ? 2 * cut : sin (2 * G_PI * cut * x) / (G_PI * x);

          taps[p * length + i] = (float) (sinc * window);
          sum += sinc * window;
        }
      for (guint i = 0; i < length; i++)
        taps[p * length + i] = (float) (taps[p * length + i] / sum);
    }
  return taps;
}

/* The sum of the products. Four sums at a time, because each addition would
 * otherwise wait for the one before it. */
static float
weigh (const float *a,
       const float *b,
       gsize        n)
{
  float sums[4] = { 0 };
  gsize i;

  for (i = 0; i + 4 <= n; i += 4)
    for (guint k = 0; k < 4; k++)
      sums[k] += a[i + k] * b[i + k];
  for (; i < n; i++)
    sums[0] += a[i] * b[i];
  return sums[0] + sums[1] + sums[2] + sums[3];
}

/**
 * side_telephone_band:
 * @samples: (array length=n): speech
 * @n: how many
 * @rate: samples a second, more than 8000
 *
 * Resamples by the rational factor with a linear-phase filter, so that no
 * instant moves by more than the high-pass's few milliseconds.
 *
 * Returns: (transfer full) (element-type float): 300..3400 Hz at 8 kHz
 */
GArray *
side_telephone_band (const float *samples,
                     gsize        n,
                     guint        rate)
{
  guint divisor = common_divisor (rate, SIDE_TELEPHONE_RATE);
  guint phases = SIDE_TELEPHONE_RATE / divisor;
  guint step = rate / divisor;
  guint half;
  g_autofree float *taps = NULL;
  gsize n_out = (gsize) ((guint64) n * phases / step);
  GArray *out;

  g_return_val_if_fail (rate > SIDE_TELEPHONE_RATE, NULL);
  taps = low_pass_taps (rate, phases, &half);
  out = g_array_sized_new (FALSE, TRUE, sizeof (float), (guint) n_out);
  g_array_set_size (out, (guint) n_out);
  for (gsize i = 0; i < n_out; i++)
    {
      gsize at = i * step;
      gssize first = (gssize) (at / phases) - half;
      const float *row = taps + (at % phases) * (2 * half + 1);
      gssize from = MAX (0, -first);
      gssize to = MIN (2 * (gssize) half + 1, (gssize) n - first);

      if (to > from)
        g_array_index (out, float, i) = weigh (row + from, samples + first + from, (gsize) (to - from));
    }
  cut_low ((float *) (gpointer) out->data, out->len);
  return out;
}

static double
frame_energy (const float *samples)
{
  double sum = 0;

  for (guint i = 0; i < TRIM_FRAME; i++)
    sum += samples[i] * samples[i];
  return sum / TRIM_FRAME;
}

/**
 * side_telephone_trim:
 * @samples: (element-type float): speech with silence around it
 *
 * Cuts off the silence, so that where the sound lies is where it is heard, and
 * takes the click off the new ends.
 */
void
side_telephone_trim (GArray *samples)
{
  float *data = (float *) (gpointer) samples->data;
  guint frames = samples->len / TRIM_FRAME;
  double loudest = 0;
  guint first = 0;
  guint last;

  for (guint i = 0; i < frames; i++)
    loudest = MAX (loudest, frame_energy (data + i * TRIM_FRAME));
  if (frames == 0 || loudest <= 0)
    {
      g_array_set_size (samples, 0);
      return;
    }
  loudest *= pow (10, TRIM_DB / 10);
  while (frame_energy (data + first * TRIM_FRAME) < loudest)
    first++;
  for (last = frames - 1; frame_energy (data + last * TRIM_FRAME) < loudest; last--)
    continue;
  g_array_set_size (samples, (last + 1) * TRIM_FRAME);
  if (first > 0)
    g_array_remove_range (samples, 0, first * TRIM_FRAME);
  data = (float *) (gpointer) samples->data;
  for (guint i = 0; i < FADE_SAMPLES && i < samples->len; i++)
    {
      data[i] *= (float) i / FADE_SAMPLES;
      data[samples->len - 1 - i] *= (float) i / FADE_SAMPLES;
    }
}

/**
 * side_telephone_level:
 * @samples: (element-type float): speech
 * @dbfs: its mean level afterwards, below 0
 *
 * Peaks that would go beyond full scale are rounded off.
 */
void
side_telephone_level (GArray *samples,
                      double  dbfs)
{
  float *data = (float *) (gpointer) samples->data;
  double sum = 0;
  double gain;

  for (guint i = 0; i < samples->len; i++)
    sum += data[i] * data[i];
  if (sum <= 0)
    return;
  gain = pow (10, dbfs / 20) / sqrt (sum / samples->len);
  for (guint i = 0; i < samples->len; i++)
    data[i] = (float) tanh (gain * data[i]);
}

/**
 * side_telephone_noise:
 * @samples: (array length=n): noise is added here
 * @n: how many
 * @dbfs: its level
 * @random: where it comes from
 *
 * White noise through the telephone's band.
 */
void
side_telephone_noise (float      *samples,
                      gsize       n,
                      double      dbfs,
                      SideRandom *random)
{
  Section low = high_pass (LOW_HZ, 0.7071, SIDE_TELEPHONE_RATE);
  /* Evenly spread over -1..1 has the level 1/sqrt 3; what the gentle low-pass
   * below leaves of it was reckoned in: (1 - a)/(1 + a) of its power, a = 0.35. */
  double gain = pow (10, dbfs / 20) * sqrt (3.0) / sqrt (0.65 / 1.35);
  double smooth = 0;

  for (gsize i = 0; i < n; i++)
    {
      smooth = 0.35 * smooth + 0.65 * (2 * side_random_unit (random) - 1);
      samples[i] += (float) (gain * pass (&low, smooth));
    }
}

/**
 * side_telephone_music:
 * @samples: (array length=n): music is added here
 * @n: how many
 * @dbfs: its level
 *
 * Music on hold: a slow broken chord, made up for the purpose. Not speech, and
 * not silence either.
 */
void
side_telephone_music (float *samples,
                      gsize  n,
                      double dbfs)
{
  /* C major, A minor, F major, G major, as semitones above C4 */
  static const int notes[] = { 0, 4, 7, 12, 7, 4, -3, 0, 4, 9, 4, 0, 5, 9, 12, 17, 12, 9, 7, 11, 14, 19, 14, 11 };
  const gsize note = SIDE_TELEPHONE_RATE * 3 / 8;
  double gain = pow (10, dbfs / 20) * 2;

  for (gsize i = 0; i < n; i++)
    {
      double t = (double) (i % note) / SIDE_TELEPHONE_RATE;
      double hz = 2 * 261.626 * pow (2, notes[i / note % G_N_ELEMENTS (notes)] / 12.0);
      double envelope = MIN (1, t * 60) * exp (-2.2 * t) * MIN (1, (double) (note - i % note) / 80);

      samples[i] += (float) (gain * envelope * (sin (2 * G_PI * hz * t) + 0.3 * sin (4 * G_PI * hz * t)));
    }
}
