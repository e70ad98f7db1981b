/* side-sound-length.h - how long a sound file is, whatever it says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sndfile.h>

G_BEGIN_DECLS

SNDFILE *side_sound_length_settle (const char *path, SNDFILE *file, SF_INFO *info);

G_END_DECLS
