/* side-radix.c - ordering row numbers by an integer key
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stable least-significant-digit radix sort (Knuth, The Art of Computer
 * Programming, vol. 3, 5.2.5) with digits of 12 bits: the table of counts stays
 * in the first-level cache. Only the bits in which keys differ are sorted by;
 * when those and the row number fit, both travel in one word.
 */
#include "side-radix.h"

#include <string.h>

#define DIGIT_BITS 12
#define DIGITS     (1u << DIGIT_BITS)
#define MASK       (DIGITS - 1)
#define SMALL      32     /* below this insertion is quicker than counting */

typedef struct {
  guint64 key;
  guint32 row;
} Pair;

static void
insertion_sort (guint64 *keys,
                guint32 *rows,
                gsize    n)
{
  for (gsize i = 1; i < n; i++)
    {
      guint64 key = keys[i];
      guint32 row = rows[i];
      gsize j = i;

      for (; j > 0 && keys[j - 1] > key; j--)
        {
          keys[j] = keys[j - 1];
          rows[j] = rows[j - 1];
        }
      keys[j] = key;
      rows[j] = row;
    }
}

static guint
bit_length (guint64 value)
{
  guint bits = 0;

  for (; value != 0; value >>= 1)
    bits++;
  return bits;
}

/* Turns counts of a digit into where its first element goes. */
static void
to_places (guint32 *counts)
{
  guint32 place = 0;

  for (guint d = 0; d < DIGITS; d++)
    {
      guint32 count = counts[d];

      counts[d] = place;
      place += count;
    }
}

/* By the bits from @low up to @high. */
static void
sort_words (guint64 *words,
            guint64 *spare,
            gsize    n,
            guint    low,
            guint    high)
{
  guint32 counts[DIGITS];
  guint64 *from = words;
  guint64 *to = spare;

  for (guint shift = low; shift < high; shift += DIGIT_BITS)
    {
      guint64 *swap;

      memset (counts, 0, sizeof counts);
      for (gsize i = 0; i < n; i++)
        counts[from[i] >> shift & MASK]++;
      to_places (counts);
      for (gsize i = 0; i < n; i++)
        to[counts[from[i] >> shift & MASK]++] = from[i];
      swap = from;
      from = to;
      to = swap;
    }
  if (from != words)
    memcpy (words, from, n * sizeof *words);
}

static void
sort_narrow (guint64 *keys,
             guint32 *rows,
             gsize    n,
             guint    bits,
             guint    row_bits)
{
  g_autofree guint64 *spare = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    keys[i] = keys[i] << row_bits | rows[i];
  sort_words (keys, spare, n, row_bits, row_bits + bits);
  for (gsize i = 0; i < n; i++)
    rows[i] = (guint32) (keys[i] & ((G_GUINT64_CONSTANT (1) << row_bits) - 1));
}

static void
sort_wide (guint64 *keys,
           guint32 *rows,
           gsize    n,
           guint    bits)
{
  g_autofree Pair *pairs = g_new (Pair, n);
  g_autofree Pair *spare = g_new (Pair, n);
  guint32 counts[DIGITS];
  Pair *from = pairs;
  Pair *to = spare;

  for (gsize i = 0; i < n; i++)
    pairs[i] = (Pair) { keys[i], rows[i] };
  for (guint shift = 0; shift < bits; shift += DIGIT_BITS)
    {
      Pair *swap;

      memset (counts, 0, sizeof counts);
      for (gsize i = 0; i < n; i++)
        counts[from[i].key >> shift & MASK]++;
      to_places (counts);
      for (gsize i = 0; i < n; i++)
        to[counts[from[i].key >> shift & MASK]++] = from[i];
      swap = from;
      from = to;
      to = swap;
    }
  for (gsize i = 0; i < n; i++)
    rows[i] = from[i].row;
}

/**
 * side_radix_sort:
 * @keys: (array length=n): a key for each row; used up
 * @rows: (array length=n): the rows, put in order of their keys, ascending;
 *   rows of equal keys stay in the order they came
 * @n: how many
 */
void
side_radix_sort (guint64 *keys,
                 guint32 *rows,
                 gsize    n)
{
  guint64 low = G_MAXUINT64;
  guint64 differing = 0;
  guint32 all_rows = 0;
  guint zeros = 0;
  guint row_bits;
  guint bits;

  if (n < SMALL)
    {
      insertion_sort (keys, rows, n);
      return;
    }
  for (gsize i = 0; i < n; i++)
    low = MIN (low, keys[i]);
  for (gsize i = 0; i < n; i++)
    {
      keys[i] -= low;
      differing |= keys[i];
      all_rows |= rows[i];
    }
  if (differing == 0)
    return;
  while ((differing >> zeros & 1) == 0)
    zeros++;
  for (gsize i = 0; zeros > 0 && i < n; i++)
    keys[i] >>= zeros;
  bits = bit_length (differing) - zeros;
  row_bits = bit_length (all_rows);
  if (bits + row_bits <= 64)
    sort_narrow (keys, rows, n, bits, row_bits);
  else
    sort_wide (keys, rows, n, bits);
}
