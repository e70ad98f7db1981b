/* side-peaks-scan.c - the inner loop of the peaks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One hour of a call is 57.6 million samples, and reading them from a WAV file
 * costs little more than copying memory, so this loop decides how long the
 * peaks take. Several samples are taken at once; where the channels divide
 * their number, a lane always belongs to the same channel and the lanes are
 * only told apart at the end of a cell. What every processor can do is written
 * with the compilers' portable vector types; for AVX2, which nearly every
 * desktop has and which does it three times as fast, there is a second
 * version for one and two channels, chosen when the program runs.
 */
#include "side-peaks-private.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define LANES 8

typedef gint16 Short8 __attribute__ ((vector_size (LANES * sizeof (gint16))));
typedef float  Float8 __attribute__ ((vector_size (LANES * sizeof (float))));

/* What one channel has come to so far. */
typedef struct {
  int   min;
  int   max;
  float squares;
} Tally;

static void
tally_add (Tally *tally,
           int    sample)
{
  tally->min = MIN (tally->min, sample);
  tally->max = MAX (tally->max, sample);
  tally->squares += (float) sample * (float) sample;
}

/* Takes whole vectors from @samples; returns how many samples were taken. */
static gsize
scan_lanes (const gint16 *samples,
            gsize         n,
            guint         n_channels,
            Tally        *tallies)
{
  Short8 lowest;
  Short8 highest;
  Float8 squares = { 0 };
  gsize i;

  if (n < LANES || LANES % n_channels != 0)
    return 0;
  memcpy (&lowest, samples, sizeof lowest);
  highest = lowest;
  for (i = 0; i + LANES <= n; i += LANES)
    {
      Short8 v;
      Short8 below;
      Short8 above;
      Float8 f;

      memcpy (&v, samples + i, sizeof v);
      below = v < lowest;
      above = v > highest;
      lowest = (v & below) | (lowest & ~below);
      highest = (v & above) | (highest & ~above);
      f = __builtin_convertvector (v, Float8);
      squares += f * f;
    }
  for (guint lane = 0; lane < LANES; lane++)
    {
      Tally *tally = &tallies[lane % n_channels];

      tally->min = MIN (tally->min, lowest[lane]);
      tally->max = MAX (tally->max, highest[lane]);
      tally->squares += squares[lane];
    }
  return i;
}

static void
scan_cell (const gint16 *samples,
           gsize         n_frames,
           guint         n_channels,
           SidePeak     *out)
{
  Tally tallies[8];
  gsize n = n_frames * n_channels;

  for (guint c = 0; c < n_channels; c++)
    tallies[c] = (Tally) { G_MAXINT16, G_MININT16, 0 };
  for (gsize i = scan_lanes (samples, n, n_channels, tallies); i < n; i++)
    tally_add (&tallies[i % n_channels], samples[i]);
  for (guint c = 0; c < n_channels; c++)
    {
      float rms = sqrtf (tallies[c].squares / (float) n_frames) + 0.5f;

      out[c] = (SidePeak) { (gint16) tallies[c].min, (gint16) tallies[c].max, (gint16) MIN (rms, 32767.0f) };
    }
}

#if defined(__x86_64__)
#define WIDE_LANES 16

/* One cell of two channels, or of one taken as two: samples at even and at odd
 * places. min, max and rms of both are left in the two lowest lanes. */
__attribute__ ((target ("avx2"))) static inline void
scan_pair (const gint16 *samples,
           gsize         n,
           __m128i      *min,
           __m128i      *max,
           __m128       *squares)
{
  const __m256i even_mask = _mm256_set1_epi32 (0xffff);
  __m256i lowest = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) samples);
  __m256i highest = lowest;
  __m256 even_squares = _mm256_setzero_ps ();
  __m256 odd_squares = _mm256_setzero_ps ();
  __m128i lo;
  __m128i hi;
  __m128 even_sum;
  __m128 odd_sum;
  __m128 sum;

  for (gsize i = 0; i < n; i += WIDE_LANES)
    {
      __m256i v = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (samples + i));
      /* Multiply-and-add of neighbours, one of which is made 0. */
      __m256i even = _mm256_madd_epi16 (_mm256_and_si256 (even_mask, v), v);
      __m256i odd = _mm256_madd_epi16 (_mm256_andnot_si256 (even_mask, v), v);

      lowest = _mm256_min_epi16 (lowest, v);
      highest = _mm256_max_epi16 (highest, v);
      even_squares = _mm256_add_ps (even_squares, _mm256_cvtepi32_ps (even));
      odd_squares = _mm256_add_ps (odd_squares, _mm256_cvtepi32_ps (odd));
    }
  lo = _mm_min_epi16 (_mm256_castsi256_si128 (lowest), _mm256_extracti128_si256 (lowest, 1));
  lo = _mm_min_epi16 (lo, _mm_srli_si128 (lo, 8));
  *min = _mm_min_epi16 (lo, _mm_srli_si128 (lo, 4));
  hi = _mm_max_epi16 (_mm256_castsi256_si128 (highest), _mm256_extracti128_si256 (highest, 1));
  hi = _mm_max_epi16 (hi, _mm_srli_si128 (hi, 8));
  *max = _mm_max_epi16 (hi, _mm_srli_si128 (hi, 4));
  even_sum = _mm_add_ps (_mm256_castps256_ps128 (even_squares), _mm256_extractf128_ps (even_squares, 1));
  odd_sum = _mm_add_ps (_mm256_castps256_ps128 (odd_squares), _mm256_extractf128_ps (odd_squares, 1));
  sum = _mm_add_ps (_mm_unpacklo_ps (even_sum, odd_sum), _mm_unpackhi_ps (even_sum, odd_sum));
  *squares = _mm_add_ps (sum, _mm_movehl_ps (sum, sum));
}

__attribute__ ((target ("avx2"))) static void
scan_cells_wide (const gint16 *samples,
                 gsize         n_cells,
                 gsize         n_frames,
                 guint         n_channels,
                 SidePeak     *out)
{
  const __m128 n = _mm_set1_ps ((float) n_frames);
  gsize step = n_frames * n_channels;

  for (gsize i = 0; i < n_cells; i++)
    {
      __m128i min;
      __m128i max;
      __m128 squares;
      __m128i rms;
      guint32 lo;
      guint32 hi;
      guint32 level;

      scan_pair (samples + i * step, step, &min, &max, &squares);
      if (n_channels == 1)
        {
          min = _mm_min_epi16 (min, _mm_srli_si128 (min, 2));
          max = _mm_max_epi16 (max, _mm_srli_si128 (max, 2));
          squares = _mm_add_ps (squares, _mm_shuffle_ps (squares, squares, 1));
        }
      /* Packing saturates, so that full scale stays 32767. */
      rms = _mm_cvtps_epi32 (_mm_sqrt_ps (_mm_div_ps (squares, n)));
      level = (guint32) _mm_cvtsi128_si32 (_mm_packs_epi32 (rms, rms));
      lo = (guint32) _mm_cvtsi128_si32 (min);
      hi = (guint32) _mm_cvtsi128_si32 (max);
      *out++ = (SidePeak) { (gint16) lo, (gint16) hi, (gint16) level };
      if (n_channels == 2)
        *out++ = (SidePeak) { (gint16) (lo >> 16), (gint16) (hi >> 16), (gint16) (level >> 16) };
    }
}
#endif

/* side_peaks_scan:
 * @samples: interleaved samples
 * @n_cells: how many cells, one after the other
 * @n_frames: how many frames each of them has, at least 1
 * @n_channels: samples a frame, 1..8
 * @out: (out caller-allocates): @n_cells times @n_channels peaks */
void
side_peaks_scan (const gint16 *samples,
                 gsize         n_cells,
                 gsize         n_frames,
                 guint         n_channels,
                 SidePeak     *out)
{
#if defined(__x86_64__)
  if (n_channels <= 2 && n_frames * n_channels % WIDE_LANES == 0 && __builtin_cpu_supports ("avx2"))
    {
      scan_cells_wide (samples, n_cells, n_frames, n_channels, out);
      return;
    }
#endif
  for (gsize i = 0; i < n_cells; i++)
    scan_cell (samples + i * n_frames * n_channels, n_frames, n_channels, out + i * n_channels);
}
