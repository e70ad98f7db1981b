/* side-tone-bank.c - which signalling tone fills these 20 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * G. Goertzel, An Algorithm for the Evaluation of Finite Trigonometric Series
 * (1958), for all frequencies side by side, so that the compiler can compute
 * several at a time. 20 ms tell frequencies 50 Hz apart, which does for keys;
 * call progress tones lie closer, so for those two successive sums are turned
 * to the same phase and added, which makes 40 ms of them. A tone is there when
 * most of all energy lies at its frequencies.
 */
#include "side-tone-bank.h"

#include <math.h>
#include <string.h>

#define N_BINS 28      /* a multiple of four */

enum {
  ROW = 0, COLUMN = 4,
  F350 = 8, F400, F425, F440, F450, F480, F620,
  F914, F950, F985, F1371, F1400, F1429, F1777, F1800,
  F1100, F2100,
};

static const float hertz[N_BINS] = {
  697, 770, 852, 941, 1209, 1336, 1477, 1633,
  350, 400, 425, 440, 450, 480, 620,
  913.8f, 950, 985.2f, 1370.6f, 1400, 1428.5f, 1776.7f, 1800,
  1100, 2100,
};

#define KEY_SHARE    0.80f   /* of the energy, in one row and one column */
#define KEY_PART     0.08f   /* each of the two, at least: 10 dB apart */
#define TONE_SHARE   0.70f
#define PAIR_PART    0.20f
#define QUIETEST     3e-6f   /* mean square: -55 dB of full scale */

struct _SideToneBank
{
  float coefficient[N_BINS];
  float turn_re[N_BINS], turn_im[N_BINS];    /* the phase of one block */
  float cos_w[N_BINS], sin_w[N_BINS];
  float last_re[N_BINS], last_im[N_BINS];
  float last_energy;
};

SideToneBank *
side_tone_bank_new (void)
{
  SideToneBank *self = g_new0 (SideToneBank, 1);

  for (guint k = 0; k < N_BINS; k++)
    {
      double w = 2 * G_PI * (double) hertz[k] / 8000;

      self->coefficient[k] = (float) (2 * cos (w));
      self->cos_w[k] = (float) cos (w);
      self->sin_w[k] = (float) sin (w);
      self->turn_re[k] = (float) cos (w * SIDE_TONE_BLOCK);
      self->turn_im[k] = (float) sin (w * SIDE_TONE_BLOCK);
    }
  return self;
}

void
side_tone_bank_free (SideToneBank *self)
{
  g_free (self);
}

/* The sums of the block, with the phase as seen from its end. */
static void
transform (const SideToneBank *self,
           const float        *samples,
           float              *re,
           float              *im)
{
  float s1[N_BINS] = { 0 };
  float s2[N_BINS] = { 0 };

  for (guint i = 0; i < SIDE_TONE_BLOCK; i++)
    {
      float x = samples[i];

      for (guint k = 0; k < N_BINS; k++)
        {
          float s0 = x + self->coefficient[k] * s1[k] - s2[k];

          s2[k] = s1[k];
          s1[k] = s0;
        }
    }
  for (guint k = 0; k < N_BINS; k++)
    {
      re[k] = s1[k] - self->cos_w[k] * s2[k];
      im[k] = self->sin_w[k] * s2[k];
    }
}

static guint
greatest (const float *share,
          guint        from,
          guint        n)
{
  guint best = from;

  for (guint k = from + 1; k < from + n; k++)
    if (share[k] > share[best])
      best = k;
  return best;
}

static guint8
key_of (const float *share)
{
  guint row = greatest (share, ROW, 4);
  guint column = greatest (share, COLUMN, 4);

  if (share[row] + share[column] < KEY_SHARE || share[row] < KEY_PART || share[column] < KEY_PART)
    return SIDE_TONE_CLASS_NONE;
  return (guint8) (SIDE_TONE_CLASS_KEY + row * 4 + (column - COLUMN));
}

static gboolean
is_pair (const float *share,
         guint        a,
         guint        b)
{
  return share[a] >= PAIR_PART && share[b] >= PAIR_PART && share[a] + share[b] >= TONE_SHARE;
}

/* @share: of 40 ms */
static guint8
progress_of (const float *share)
{
  if (is_pair (share, F440, F480))
    return SIDE_TONE_CLASS_RING;
  if (is_pair (share, F480, F620))
    return SIDE_TONE_CLASS_BUSY;
  if (is_pair (share, F350, F440))
    return SIDE_TONE_CLASS_DIAL;
  if (is_pair (share, F400, F450))
    return SIDE_TONE_CLASS_PAIR_UK;
  if (share[greatest (share, F400, 4)] >= TONE_SHARE)
    return SIDE_TONE_CLASS_SINGLE;
  if (share[F1100] >= TONE_SHARE)
    return SIDE_TONE_CLASS_CALLING;
  if (share[F2100] >= TONE_SHARE)
    return SIDE_TONE_CLASS_ANSWERING;
  return SIDE_TONE_CLASS_NONE;
}

/* @share: of 20 ms, since machines are not exact */
static guint8
information_of (const float *share)
{
  if (share[greatest (share, F914, 3)] >= TONE_SHARE)
    return SIDE_TONE_CLASS_SIT_LOW;
  if (share[greatest (share, F1371, 3)] >= TONE_SHARE)
    return SIDE_TONE_CLASS_SIT_MID;
  if (share[greatest (share, F1777, 2)] >= TONE_SHARE)
    return SIDE_TONE_CLASS_SIT_HIGH;
  return SIDE_TONE_CLASS_NONE;
}

/* side_tone_bank_take:
 * @samples: the next 20 ms
 *
 * Returns: SideToneClass of them; of call progress tones, of the 40 ms that end here */
guint8
side_tone_bank_take (SideToneBank *self,
                     const float  *samples)
{
  float re[N_BINS], im[N_BINS], now[N_BINS], both[N_BINS];
  float energy = 0;
  guint8 class = SIDE_TONE_CLASS_NONE;

  for (guint i = 0; i < SIDE_TONE_BLOCK; i++)
    energy += samples[i] * samples[i];
  if (energy < QUIETEST * SIDE_TONE_BLOCK)
    {
      memset (self->last_re, 0, sizeof self->last_re);
      memset (self->last_im, 0, sizeof self->last_im);
      self->last_energy = energy;
      return class;
    }
  transform (self, samples, re, im);
  for (guint k = 0; k < N_BINS; k++)
    {
      float sum_re = re[k] + self->last_re[k] * self->turn_re[k] - self->last_im[k] * self->turn_im[k];
      float sum_im = im[k] + self->last_re[k] * self->turn_im[k] + self->last_im[k] * self->turn_re[k];

      now[k] = 2 * (re[k] * re[k] + im[k] * im[k]) / (SIDE_TONE_BLOCK * energy);
      both[k] = 2 * (sum_re * sum_re + sum_im * sum_im) / (2 * SIDE_TONE_BLOCK * (energy + self->last_energy));
    }
  class = key_of (now);
  if (class == SIDE_TONE_CLASS_NONE)
    class = progress_of (both);
  if (class == SIDE_TONE_CLASS_NONE)
    class = information_of (now);
  memcpy (self->last_re, re, sizeof re);
  memcpy (self->last_im, im, sizeof im);
  self->last_energy = energy;
  return class;
}
