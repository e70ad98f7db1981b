/* side-vad.h - is this moment speech?
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place that knows the speech detector, which is speexdsp's.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* It hears 8 kHz in frames of 10 ms. */
#define SIDE_VAD_RATE  8000
#define SIDE_VAD_FRAME 80

/* For the version that is kept with a result: another detector, other results. */
#define SIDE_VAD_NAME  "speex"

typedef struct _SideVad SideVad;

SideVad *side_vad_new  (void);
void     side_vad_free (SideVad *self);
guint8   side_vad_take (SideVad *self, gint16 *samples);

G_END_DECLS
