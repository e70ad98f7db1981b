/* side-sound-unclosed.h - WAV files that whoever wrote them did not close
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sndfile.h>

G_BEGIN_DECLS

SNDFILE *side_sound_unclosed_open (const char *path, sf_count_t known, SF_INFO *info);

G_END_DECLS
