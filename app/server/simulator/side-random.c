/* side-random.c - repeatable random numbers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The generator is xoshiro256** and its seeding SplitMix64, both published by
 * D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4), 2021: period 2^256 - 1, all bits good.
 */
#include "side-random.h"

#include <math.h>

static guint64
split_mix (guint64 *at)
{
  guint64 z = *at += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

/**
 * side_random_init:
 * @self: a generator
 * @seed: any number
 */
void
side_random_init (SideRandom *self,
                  guint64     seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = split_mix (&seed);
}

/**
 * side_random_init_named:
 * @self: a generator
 * @seed: any number
 * @name: what the stream is for, such as the id of a call
 *
 * Gives each purpose a stream of its own, so that one more draw here changes
 * nothing there. The name is hashed by FNV-1a.
 */
void
side_random_init_named (SideRandom *self,
                        guint64     seed,
                        const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *name != '\0'; name++)
    hash = (hash ^ (guint8) *name) * G_GUINT64_CONSTANT (0x100000001b3);
  side_random_init (self, split_mix (&seed) ^ hash);
}

static inline guint64
rotate (guint64 x,
        int     by)
{
  return x << by | x >> (64 - by);
}

/**
 * side_random_next:
 * @self: a generator
 *
 * Returns: 64 random bits
 */
guint64
side_random_next (SideRandom *self)
{
  guint64 *s = self->state;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 kept = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= kept;
  s[3] = rotate (s[3], 45);
  return result;
}

/**
 * side_random_unit:
 * @self: a generator
 *
 * Returns: a number from 0 up to but not including 1, in steps of 2^-53
 */
double
side_random_unit (SideRandom *self)
{
  return (double) (side_random_next (self) >> 11) * 0x1.0p-53;
}

/**
 * side_random_below:
 * @self: a generator
 * @n: above 0
 *
 * Returns: one of 0 .. @n - 1. The bias of the multiplication is below
 *   2^-32 and of no matter here
 */
guint
side_random_below (SideRandom *self,
                   guint       n)
{
  g_return_val_if_fail (n > 0, 0);
  return (guint) ((side_random_next (self) >> 32) * n >> 32);
}

/**
 * side_random_between:
 * @self: a generator
 * @low: the least
 * @high: the greatest
 *
 * Returns: a number spread evenly over @low .. @high
 */
double
side_random_between (SideRandom *self,
                     double      low,
                     double      high)
{
  return low + (high - low) * side_random_unit (self);
}

/**
 * side_random_chance:
 * @self: a generator
 * @probability: 0..1
 *
 * Returns: %TRUE that often
 */
gboolean
side_random_chance (SideRandom *self,
                    double      probability)
{
  return side_random_unit (self) < probability;
}

/**
 * side_random_exponential:
 * @self: a generator
 * @mean: 0 or more; infinite gives infinity
 *
 * Returns: an exponentially distributed number, by inversion
 */
double
side_random_exponential (SideRandom *self,
                         double      mean)
{
  return -mean * log1p (-side_random_unit (self));
}

/**
 * side_random_normal:
 * @self: a generator
 *
 * Returns: a standard normal number, by Box and Muller 1958. The second of the
 *   pair is thrown away: a generator then is its four words and nothing else
 */
double
side_random_normal (SideRandom *self)
{
  double radius = sqrt (-2 * log1p (-side_random_unit (self)));

  return radius * cos (2 * G_PI * side_random_unit (self));
}

/**
 * side_random_lognormal:
 * @self: a generator
 * @mean: of the result, above 0
 * @variation: standard deviation of the result over its mean
 *
 * Talk times of call centres are close to lognormal (Gans, Koole,
 * Mandelbaum 2003, section 6.3).
 *
 * Returns: a lognormally distributed number
 */
double
side_random_lognormal (SideRandom *self,
                       double      mean,
                       double      variation)
{
  double square = log1p (variation * variation);

  return mean * exp (sqrt (square) * side_random_normal (self) - square / 2);
}
