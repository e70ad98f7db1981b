/* side-fft.c - the discrete Fourier transform of a power of two
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The iterative algorithm of J. W. Cooley and J. W. Tukey (1965), decimation in
 * time. Its turning factors are computed once, in double precision.
 */
#include "side-fft.h"

#include <math.h>

struct _SideFft
{
  gsize  n;
  float *cosines;   /* of the first half of a turn */
  float *sines;
};

/* side_fft_new:
 * @n: how many values, a power of two, 2 at least */
SideFft *
side_fft_new (gsize n)
{
  SideFft *self = g_new0 (SideFft, 1);

  g_assert (n >= 2 && (n & (n - 1)) == 0);
  self->n = n;
  self->cosines = g_new (float, n / 2);
  self->sines = g_new (float, n / 2);
  for (gsize i = 0; i < n / 2; i++)
    {
      self->cosines[i] = (float) cos (2 * G_PI * (double) i / (double) n);
      self->sines[i] = (float) -sin (2 * G_PI * (double) i / (double) n);
    }
  return self;
}

void
side_fft_free (SideFft *self)
{
  g_free (self->cosines);
  g_free (self->sines);
  g_free (self);
}

static void
reverse_bits (gsize  n,
              float *re,
              float *im)
{
  for (gsize i = 1, j = 0; i < n; i++)
    {
      gsize bit = n >> 1;

      for (; j & bit; bit >>= 1)
        j ^= bit;
      j ^= bit;
      if (i < j)
        {
          float t = re[i];

          re[i] = re[j];
          re[j] = t;
          t = im[i];
          im[i] = im[j];
          im[j] = t;
        }
    }
}

/* side_fft_run:
 * @re: n real parts, replaced by those of the transform
 * @im: n imaginary parts, replaced
 *
 * Forward and not scaled. The way back is the same with @im and @re exchanged,
 * then divided by n. */
void
side_fft_run (const SideFft *self,
              float         *re,
              float         *im)
{
  gsize n = self->n;

  reverse_bits (n, re, im);
  for (gsize half = 1; half < n; half *= 2)
    for (gsize from = 0; from < n; from += 2 * half)
      for (gsize k = 0; k < half; k++)
        {
          gsize a = from + k, b = a + half, turn = k * (n / 2 / half);
          float x = re[b] * self->cosines[turn] - im[b] * self->sines[turn];
          float y = re[b] * self->sines[turn] + im[b] * self->cosines[turn];

          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
}
