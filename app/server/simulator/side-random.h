/* side-random.h - repeatable random numbers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulated call centre and its recordings are the same on every machine
 * for the same seed, so they have a generator of their own: GLib's may change
 * from version to version. Not for secrets.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 state[4];
} SideRandom;

void     side_random_init        (SideRandom *self, guint64 seed);
void     side_random_init_named  (SideRandom *self, guint64 seed, const char *name);
guint64  side_random_next        (SideRandom *self);
double   side_random_unit        (SideRandom *self);
guint    side_random_below       (SideRandom *self, guint n);
double   side_random_between     (SideRandom *self, double low, double high);
gboolean side_random_chance      (SideRandom *self, double probability);
double   side_random_exponential (SideRandom *self, double mean);
double   side_random_normal      (SideRandom *self);
double   side_random_lognormal   (SideRandom *self, double mean, double variation);

G_END_DECLS
