/* side-speech-render.h - a spec made into a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the worker of SideSpeech does with one spec; blocks.
 */
#pragma once

#include "side-speech.h"

G_BEGIN_DECLS

gboolean side_speech_render (GPtrArray *dialogues, const SideSpeechSpec *spec, const char *path,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
