/* side-voice.h - a synthetic voice
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place that knows espeak-ng. Its library keeps all its state in
 * globals: these functions take turns under a lock. In a worker thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideVoice:
 * @name: as espeak-ng calls it
 * @pitch: 0..100
 * @words_a_minute: 80..450
 */
typedef struct {
  const char *name;
  int         pitch;
  int         words_a_minute;
} SideVoice;

gboolean side_voice_available (const char *data_path, GError **error);
GArray  *side_voice_speak     (const SideVoice *voice, const char *text, GCancellable *cancellable, guint *rate,
                               GError **error);

G_END_DECLS
