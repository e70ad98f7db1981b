/* side-silences.h - what a player needs to know of a recording's analysis
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-analysis.h"

G_BEGIN_DECLS

GArray   *side_silences_of     (const SideAnalysis *analysis);
gboolean  side_silences_levels (const SideAnalysis *analysis,
                                double              levels[2]);

G_END_DECLS
