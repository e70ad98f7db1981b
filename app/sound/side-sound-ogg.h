/* side-sound-ogg.h - how long an Ogg stream is, by its last whole page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 side_sound_ogg_count (const char *path, guint opus_rate);

G_END_DECLS
