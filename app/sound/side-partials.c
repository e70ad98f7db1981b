/* side-partials.c - how much of a sound keeps its pitch
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every 40 ms a spectrum of 64 ms; its strongest peaks, their frequencies
 * found between the bins by a parabola through the logarithms; and of them
 * those that have been within 4 Hz of the same place 40 and 80 ms before.
 */
#include "side-partials.h"

#include <math.h>
#include <string.h>

#define LENGTH     512
#define HALF       (LENGTH / 2)
#define FIRST_BIN  10            /* 156 Hz */
#define LAST_BIN   200           /* 3125 Hz */
#define MAX_PEAKS  6
#define LEAST_PART 0.01f         /* of the band's energy, in a peak */
#define NEAR_BINS  0.25f         /* 3.9 Hz */
#define ABOVE_LASTING 10.0f      /* power over what lasts, for a note */
#define RISE       1.037f        /* of that in 40 ms: 4 dB a second */
#define QUIETEST   3e-6f         /* mean square: -55 dB of full scale */

typedef struct {
  guint n;
  float bin[MAX_PEAKS];
} Peaks;

struct _SidePartials
{
  float  window[LENGTH];
  float  cosine[HALF], sine[HALF];    /* of 2 pi k / LENGTH */
  guint8 reversed[HALF];
  float  samples[LENGTH];             /* the last 64 ms */
  float  lasting[LAST_BIN + 1];       /* what each bin has had for seconds, as hum has it */
  Peaks  before[2];
  gboolean started;                   /* there is something in lasting */
  gboolean skip;                      /* every second block */
  guint8 steady;
};

SidePartials *
side_partials_new (void)
{
  SidePartials *self = g_new0 (SidePartials, 1);

  for (guint i = 0; i < LENGTH; i++)
    self->window[i] = (float) (0.5 - 0.5 * cos (2 * G_PI * i / LENGTH));
  for (guint i = 0; i < HALF; i++)
    {
      self->cosine[i] = (float) cos (2 * G_PI * i / LENGTH);
      self->sine[i] = (float) sin (2 * G_PI * i / LENGTH);
      for (guint bit = 0; bit < 8; bit++)
        if (i & (1u << bit))
          self->reversed[i] |= (guint8) (0x80u >> bit);
    }
  return self;
}

void
side_partials_free (SidePartials *self)
{
  g_free (self);
}

/* Cooley and Tukey's, of HALF complex numbers in bit-reversed order, in place. */
static void
transform (const SidePartials *self,
           float              *re,
           float              *im)
{
  for (guint size = 2; size <= HALF; size *= 2)
    {
      guint half = size / 2;
      guint stride = LENGTH / size;

      for (guint start = 0; start < HALF; start += size)
        for (guint k = 0; k < half; k++)
          {
            guint a = start + k, b = a + half;
            float c = self->cosine[k * stride], s = -self->sine[k * stride];
            float tr = re[b] * c - im[b] * s;
            float ti = re[b] * s + im[b] * c;

            re[b] = re[a] - tr;
            im[b] = im[a] - ti;
            re[a] += tr;
            im[a] += ti;
          }
    }
}

/* The power in each bin up to LAST_BIN + 1: the even samples are taken for the
 * real, the odd ones for the imaginary parts of a transform of half the length. */
static void
power_spectrum (const SidePartials *self,
                float              *power)
{
  float re[HALF], im[HALF];

  for (guint i = 0; i < HALF; i++)
    {
      re[self->reversed[i]] = self->samples[2 * i] * self->window[2 * i];
      im[self->reversed[i]] = self->samples[2 * i + 1] * self->window[2 * i + 1];
    }
  transform (self, re, im);
  for (guint k = 1; k <= LAST_BIN + 1; k++)
    {
      float er = (re[k] + re[HALF - k]) / 2, ei = (im[k] - im[HALF - k]) / 2;
      float or = (im[k] + im[HALF - k]) / 2, oi = (re[HALF - k] - re[k]) / 2;
      float xr = er + self->cosine[k] * or + self->sine[k] * oi;
      float xi = ei + self->cosine[k] * oi - self->sine[k] * or;

      power[k] = xr * xr + xi * xi;
    }
}

/* The place of a peak between the bins. */
static float
refine (const float *power,
        guint        k)
{
  float a = logf (power[k - 1] + 1e-20f), b = logf (power[k] + 1e-20f), c = logf (power[k + 1] + 1e-20f);
  float curve = a - 2 * b + c;

  return (float) k + (curve < 0 ? CLAMP (0.5f * (a - c) / curve, -0.5f, 0.5f) : 0);
}

static gboolean
was_there (const Peaks *peaks,
           float        bin)
{
  for (guint i = 0; i < peaks->n; i++)
    if (fabsf (peaks->bin[i] - bin) < NEAR_BINS)
      return TRUE;
  return FALSE;
}

/* Puts the strongest peaks into @peaks; returns the share of steady energy, 0..1. */
static float
find_peaks (SidePartials *self,
            const float  *power,
            Peaks        *peaks)
{
  float found[MAX_PEAKS] = { 0 };
  guint at[MAX_PEAKS] = { 0 };
  float total = 0, steady = 0;

  for (guint k = FIRST_BIN; k <= LAST_BIN; k++)
    total += power[k];
  for (guint k = FIRST_BIN; k <= LAST_BIN; k++)
    {
      float value = power[k];
      guint place = MAX_PEAKS;

      if (value < LEAST_PART * total || value <= power[k - 1] || value < power[k + 1] || value < ABOVE_LASTING * self->lasting[k])
        continue;
      while (place > 0 && value > found[place - 1])
        place--;
      if (place == MAX_PEAKS)
        continue;
      memmove (found + place + 1, found + place, (MAX_PEAKS - 1 - place) * sizeof *found);
      memmove (at + place + 1, at + place, (MAX_PEAKS - 1 - place) * sizeof *at);
      found[place] = value;
      at[place] = k;
    }
  for (guint i = 0; i < MAX_PEAKS && at[i] > 0; i++)
    {
      guint k = at[i];
      float bin = refine (power, k);

      peaks->bin[peaks->n++] = bin;
      if (was_there (&self->before[0], bin) && was_there (&self->before[1], bin))
        steady += power[k - 1] + power[k] + power[k + 1];
    }
  return total > 0 ? MIN (steady / total, 1.0f) : 0;
}

/* Falls at once and rises slowly. */
static void
remember_lasting (SidePartials *self,
                  const float  *power)
{
  for (guint k = FIRST_BIN; k <= LAST_BIN; k++)
    self->lasting[k] = self->started ? MIN (power[k], self->lasting[k] * RISE) : power[k];
  self->started = TRUE;
}

/* side_partials_take:
 * @samples: the next 20 ms
 *
 * Returns: 0..255: the share of the energy in steady partials */
guint8
side_partials_take (SidePartials *self,
                    const float  *samples)
{
  float power[LAST_BIN + 2];
  float energy = 0;
  Peaks peaks = { 0 };

  memmove (self->samples, self->samples + SIDE_PARTIALS_BLOCK, (LENGTH - SIDE_PARTIALS_BLOCK) * sizeof (float));
  memcpy (self->samples + LENGTH - SIDE_PARTIALS_BLOCK, samples, SIDE_PARTIALS_BLOCK * sizeof (float));
  self->skip = !self->skip;
  if (self->skip)
    return self->steady;
  for (guint i = LENGTH - 2 * SIDE_PARTIALS_BLOCK; i < LENGTH; i++)
    energy += self->samples[i] * self->samples[i];
  self->steady = 0;
  if (energy >= QUIETEST * 2 * SIDE_PARTIALS_BLOCK)
    {
      power_spectrum (self, power);
      remember_lasting (self, power);
      self->steady = (guint8) lrintf (255 * find_peaks (self, power, &peaks));
    }
  self->before[1] = self->before[0];
  self->before[0] = peaks;
  return self->steady;
}
