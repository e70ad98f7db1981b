/* side-tones.h - signalling tones and music in one channel
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-analysis.h"
#include "side-track.h"

G_BEGIN_DECLS

void side_tones_find       (const SideFrame *frames, gsize n, int channel, GArray *tones);
void side_tones_find_music (const SideFrame *frames, gsize n, int channel, GArray *tones);

G_END_DECLS
