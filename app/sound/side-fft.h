/* side-fft.h - the discrete Fourier transform of a power of two
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SideFft SideFft;

SideFft *side_fft_new  (gsize n);
void     side_fft_free (SideFft *self);
void     side_fft_run  (const SideFft *self, float *re, float *im);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideFft, side_fft_free)

G_END_DECLS
