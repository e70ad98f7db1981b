/* side-loudness.c - how loud a channel is, and where it is cut off
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A channel is measured alone, as if it came out of two loudspeakers (EBU Tech
 * 3341, dual mono): otherwise it would read 3 LU less than it is heard.
 *
 * The ceiling of linear samples is full scale. A-law and µ-law cannot go so
 * high: theirs is 32256 and 32124 of 32768. So runs are counted at each of the
 * ceilings, and the highest one the channel has reached is its own.
 */
#include "side-loudness.h"

#include <ebur128.h>
#include <math.h>

#define RUN       3
#define N_LIMITS  3

typedef struct {
  float   low, high;      /* of what counts as the ceiling */
  guint   runs;
  guint   now;            /* samples in the run under way, with its sign */
  int     sign;
  guint64 first;
} Limit;

struct _SideLoudness
{
  ebur128_state *state;
  Limit          limits[N_LIMITS];
  float          greatest;
  guint64        n;
};

/* side_loudness_new:
 * @rate: samples a second */
SideLoudness *
side_loudness_new (guint rate)
{
  SideLoudness *self = g_new0 (SideLoudness, 1);

  self->limits[0] = (Limit) { .low = 32700 / 32768.0f, .high = G_MAXFLOAT };
  self->limits[1] = (Limit) { .low = 32250 / 32768.0f, .high = 32260 / 32768.0f };
  self->limits[2] = (Limit) { .low = 32120 / 32768.0f, .high = 32128 / 32768.0f };
  /* The histogram needs the same memory for any length and is within 0.01 LU. */
  self->state = ebur128_init (1, rate, EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM);
  if (self->state != NULL)
    ebur128_set_channel (self->state, 0, EBUR128_DUAL_MONO);
  return self;
}

void
side_loudness_free (SideLoudness *self)
{
  if (self->state != NULL)
    ebur128_destroy (&self->state);
  g_free (self);
}

static void
count (Limit   *limit,
       float    x,
       guint64  at)
{
  float size = fabsf (x);
  int sign = x < 0 ? -1 : 1;

  if (size < limit->low || size > limit->high)
    {
      limit->now = 0;
      return;
    }
  limit->now = sign == limit->sign ? limit->now + 1 : 1;
  limit->sign = sign;
  if (limit->now != RUN)
    return;
  if (limit->runs++ == 0)
    limit->first = at + 1 - RUN;
}

void
side_loudness_feed (SideLoudness *self,
                    const float  *samples,
                    gsize         n)
{
  float greatest = self->greatest;

  if (self->state != NULL)
    ebur128_add_frames_float (self->state, samples, n);
  for (gsize i = 0; i < n; i++)
    {
      float size = fabsf (samples[i]);

      if (size > greatest && size <= G_MAXFLOAT)
        greatest = size;
      /* All limits lie above; nearly no sample does. */
      if (size >= self->limits[2].low || self->limits[0].now + self->limits[1].now + self->limits[2].now > 0)
        for (guint k = 0; k < N_LIMITS; k++)
          count (&self->limits[k], samples[i], self->n + i);
    }
  self->greatest = greatest;
  self->n += n;
}

/* Returns: what all samples fed amount to */
SideLoudnessResult
side_loudness_end (SideLoudness *self)
{
  SideLoudnessResult result = { .lufs = NAN };

  if (self->state == NULL || ebur128_loudness_global (self->state, &result.lufs) != EBUR128_SUCCESS
      || !isfinite (result.lufs))
    result.lufs = NAN;
  for (guint k = 0; k < N_LIMITS; k++)
    if (self->greatest >= self->limits[k].low && self->greatest <= self->limits[k].high)
      {
        result.clipped_runs = self->limits[k].runs;
        result.clipped_at = self->limits[k].first;
      }
  return result;
}
