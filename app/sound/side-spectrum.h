/* side-spectrum.h - how the sound of one channel goes on, band by band
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fed with samples of any rate; keeps for each 10 ms by how many dB each of
 * twelve bands of the telephone's range is above or below its own mean of the
 * two seconds around: that leaves neither level nor equalisation, and is what
 * makes a sound recognisable behind any coding.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_SPECTRUM_BANDS    12
#define SIDE_SPECTRUM_FRAME_MS 10

/**
 * SideSpectrum:
 * @n: frames
 * @band: for each band @n deviations, dB
 * @energy: @n + 1 sums of the squares of all deviations before a frame
 * @level: @n levels, dB of full scale
 * @floor_db: softer frames are silence
 */
typedef struct {
  gsize   n;
  float  *band[SIDE_SPECTRUM_BANDS];
  double *energy;
  float  *level;
  float   floor_db;
} SideSpectrum;

typedef struct _SideSpectrumMaker SideSpectrumMaker;

SideSpectrumMaker *side_spectrum_maker_new  (guint rate);
void               side_spectrum_maker_feed (SideSpectrumMaker *self, const float *samples, gsize n);
SideSpectrum      *side_spectrum_maker_end  (SideSpectrumMaker *self);
void               side_spectrum_maker_free (SideSpectrumMaker *self);

SideSpectrum *side_spectrum_new       (const float *samples, gsize n, guint rate);
void          side_spectrum_free      (SideSpectrum *self);
double       *side_spectrum_correlate (const SideSpectrum *reference, gsize from, gsize to, const SideSpectrum *sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSpectrum, side_spectrum_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSpectrumMaker, side_spectrum_maker_free)

G_END_DECLS
