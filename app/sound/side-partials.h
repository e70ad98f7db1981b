/* side-partials.h - how much of a sound keeps its pitch
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A voice glides, a held note does not: the share of the energy in partials
 * that stay where they are for over a tenth of a second tells music from speech.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 20 ms at 8 kHz. */
#define SIDE_PARTIALS_BLOCK 160

typedef struct _SidePartials SidePartials;

SidePartials *side_partials_new  (void);
void          side_partials_free (SidePartials *self);
guint8        side_partials_take (SidePartials *self, const float *samples);

G_END_DECLS
