/* side-sound-words.h - what was found in a recording, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-sound-figures.h"

G_BEGIN_DECLS

char       *side_sound_words_flag        (const SideSoundFlag *flag);
const char *side_sound_words_attribution (SideAttribution attribution);
const char *side_sound_words_tone        (SideToneKind kind);
char       *side_sound_words_figure      (SideSoundFigure figure, double value);

G_END_DECLS
