/* side-likeness-private.h - what finding and pairing recordings share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-likeness.h"
#include "side-spectrum.h"

G_BEGIN_DECLS

gboolean _side_likeness_best (const SideSpectrum *reference, gsize from, gsize to, const SideSpectrum *sound,
                              SideLikeness *out);
double   _side_likeness_middle (GArray *all);

G_END_DECLS
