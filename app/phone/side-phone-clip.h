/* side-phone-clip.h - from samples of any kind to a clip
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *side_phone_clip_new  (const float *samples, gsize n_frames, guint channels, guint rate);
GBytes *side_phone_clip_decode (const char *sound, GError **error);
GBytes *side_phone_clip_read (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
