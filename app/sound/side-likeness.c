/* side-likeness.c - where a short sound lies in a longer one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The likeness at an offset is the cosine of the angle between what goes on in
 * the bands of both (side-spectrum.h) where they lie over each other. It is
 * computed for all offsets at once, by way of the Fourier transform.
 */
#include "side-likeness-private.h"

#include <math.h>
#include <string.h>

#define LEAST_MS      300     /* of sound above silence in a reference */
#define LEAST_COVERED 0.5     /* of the reference lies in the sound */
#define LEAST_ENERGY  9.0     /* a frame's, on average: softer waves are noise, dB² of all bands */

/* Frames @offset .. of the sound lie over @from .. of the reference. */
typedef struct {
  gsize from, to;       /* of the reference */
  gsize at;             /* of the sound */
} Overlap;

static Overlap
overlap_at (gsize               from,
            gsize               to,
            const SideSpectrum *sound,
            gssize              offset)
{
  Overlap over = { .from = from + (offset < 0 ? (gsize) -offset : 0), .at = offset < 0 ? 0 : (gsize) offset };

  over.to = MIN (to, over.from + (sound->n - over.at));
  return over;
}

/* The cosine for the reference beginning @offset frames into the sound. */
static double
cosine_at (const SideSpectrum *reference,
           gsize               from,
           gsize               to,
           const SideSpectrum *sound,
           gssize              offset,
           double              sum,
           double             *covered)
{
  Overlap over = overlap_at (from, to, sound, offset);
  double all = reference->energy[to] - reference->energy[from];
  double ours = reference->energy[over.to] - reference->energy[over.from];
  double theirs = sound->energy[over.at + over.to - over.from] - sound->energy[over.at];

  *covered = ours / all;
  if (*covered < LEAST_COVERED)
    return 0;
  theirs = MAX (theirs, LEAST_ENERGY * (double) (over.to - over.from));
  return MIN (sum / sqrt (ours * theirs), 1);
}

/* Between the frames: the top of the parabola through three of them. */
static double
top_of (double before,
        double at,
        double after)
{
  double bend = before - 2 * at + after;

  return bend < 0 ? CLAMP ((before - after) / (2 * bend), -0.5, 0.5) : 0;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* _side_likeness_middle:
 * @all: (element-type double): put in order
 *
 * Returns: the median, NaN of nothing */
double
_side_likeness_middle (GArray *all)
{
  if (all->len == 0)
    return NAN;
  qsort (all->data, all->len, sizeof (double), compare_doubles);
  return g_array_index (all, double, all->len / 2);
}

/* By how much the sound is louder, in the middle of all frames that are heard in both. */
static double
level_between (const SideSpectrum *reference,
               const SideSpectrum *sound,
               Overlap             over)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = over.from; i < over.to; i++)
    {
      gsize at = over.at + i - over.from;
      double apart = (double) (sound->level[at] - reference->level[i]);

      if (reference->level[i] > reference->floor_db && sound->level[at] > sound->floor_db)
        g_array_append_val (all, apart);
    }
  return _side_likeness_middle (all);
}

static gsize
count_heard (const SideSpectrum *self,
             gsize               from,
             gsize               to)
{
  gsize n = 0;

  for (gsize i = from; i < to; i++)
    if (self->level[i] > self->floor_db)
      n++;
  return n;
}

/* _side_likeness_best:
 * @from: first frame of @reference that is looked for
 * @to: frame behind its last
 *
 * Returns: whether there was anything to look for and to look in */
gboolean
_side_likeness_best (const SideSpectrum *reference,
                     gsize               from,
                     gsize               to,
                     const SideSpectrum *sound,
                     SideLikeness       *out)
{
  g_autofree double *sums = NULL;
  gssize first = -(gssize) (to - from - 1), best = 0;
  gsize all;
  double covered, shift;

  *out = (SideLikeness) { .level_db = NAN };
  if (to <= from || sound->n == 0 || count_heard (reference, from, to) * SIDE_SPECTRUM_FRAME_MS < LEAST_MS
      || reference->energy[to] - reference->energy[from] < LEAST_ENERGY * (double) (to - from))
    return FALSE;
  sums = side_spectrum_correlate (reference, from, to, sound);
  all = to - from + sound->n - 1;
  for (gsize i = 0; i < all; i++)
    {
      double likeness = cosine_at (reference, from, to, sound, first + (gssize) i, sums[i], &covered);

      if (likeness > out->likeness)
        {
          out->likeness = likeness;
          out->covered = covered;
          best = (gssize) i;
        }
    }
  if (out->likeness <= 0)
    return TRUE;
  shift = best > 0 && (gsize) best + 1 < all ? top_of (sums[best - 1], sums[best], sums[best + 1]) : 0;
  out->offset_ms = llrint (((double) (first + best) + shift) * SIDE_SPECTRUM_FRAME_MS);
  out->level_db = level_between (reference, sound, overlap_at (from, to, sound, first + best));
  return TRUE;
}

/**
 * side_likeness_find:
 * @reference: what is looked for: @n_reference samples, -1..1
 * @n_reference: how many
 * @sound: what is looked in: @n_sound samples, -1..1
 * @n_sound: how many; %SIDE_LIKENESS_MOST_S at most for both
 * @rate: of both, 4000..192000 Hz
 * @out: (out): the place where both are most alike
 *
 * At least half of what is heard in the reference must lie in the sound. What
 * comes out is told to be the same recording from %SIDE_LIKENESS_SAME; below
 * %SIDE_LIKENESS_OTHER it is the accident of two sounds that have nothing to do
 * with each other. The offset is right within 10 ms where it is the same.
 *
 * Returns: %FALSE where there is nothing to find: less than 300 ms are heard in
 *   the reference, nothing changes in it (a steady tone), or there is no sound
 */
gboolean
side_likeness_find (const float  *reference,
                    gsize         n_reference,
                    const float  *sound,
                    gsize         n_sound,
                    guint         rate,
                    SideLikeness *out)
{
  g_autoptr (SideSpectrum) left = NULL;
  g_autoptr (SideSpectrum) right = NULL;

  g_return_val_if_fail (out != NULL, FALSE);
  *out = (SideLikeness) { .level_db = NAN };
  g_return_val_if_fail (rate >= 4000 && rate <= 192000, FALSE);
  g_return_val_if_fail (n_reference <= (gsize) rate * SIDE_LIKENESS_MOST_S, FALSE);
  g_return_val_if_fail (n_sound <= (gsize) rate * SIDE_LIKENESS_MOST_S, FALSE);

  if (n_reference == 0 || n_sound == 0)
    return FALSE;
  left = side_spectrum_new (reference, n_reference, rate);
  right = side_spectrum_new (sound, n_sound, rate);
  return _side_likeness_best (left, 0, left->n, right, out);
}
