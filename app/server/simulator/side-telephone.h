/* side-telephone.h - sound as a telephone line carries it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions on samples of -1..1 in a float: down to 8 kHz and 300..3400
 * Hz, line noise, music on hold.
 */
#pragma once

#include <glib.h>

#include "side-random.h"

G_BEGIN_DECLS

#define SIDE_TELEPHONE_RATE 8000

GArray *side_telephone_band  (const float *samples, gsize n, guint rate);
void    side_telephone_trim  (GArray *samples);
void    side_telephone_level (GArray *samples, double dbfs);
void    side_telephone_noise (float *samples, gsize n, double dbfs, SideRandom *random);
void    side_telephone_music (float *samples, gsize n, double dbfs);

G_END_DECLS
