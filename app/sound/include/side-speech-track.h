/* side-speech-track.h - when somebody speaks in one channel
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the frames of a whole channel to spans of speech, and what can be told
 * of the levels of speech and noise once those are known.
 */
#pragma once

#include "side-analysis.h"
#include "side-track.h"

G_BEGIN_DECLS

/* Kept with every result: another number, another algorithm. */
#define SIDE_SPEECH_TRACK_VERSION 1

GArray *side_speech_track_find  (const SideFrame *frames, gsize n, const GArray *masked);
double  side_speech_track_floor (const SideFrame *frames, gsize n);
double  side_speech_track_snr   (const SideFrame *frames, gsize n, const GArray *speech, const GArray *masked);
double  side_speech_track_pace  (const SideFrame *frames, gsize n, const GArray *speech);
gint64  side_speech_track_empty (const SideFrame *frames, gsize n);

G_END_DECLS
