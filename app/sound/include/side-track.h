/* side-track.h - one channel of a recording, boiled down to 10 ms frames
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fed with the channel's samples block by block; keeps 8 bytes for 10 ms, from
 * which everything about speech and tones is told once the end has come.
 */
#pragma once

#include <glib.h>

#include "side-tone-bank.h"

G_BEGIN_DECLS

#define SIDE_FRAME_MS 10

/* Levels in hundredths of a dB of full scale; this is "no signal at all". */
#define SIDE_LEVEL_NONE (-20000)

/**
 * SideFrame: 10 ms.
 * @level: RMS above 200 Hz, where hum and bumps do not count
 * @raw: RMS of all there is
 * @probability: of speech, in percent, by speexdsp
 * @tone: which signalling tone fills the frame, SideToneClass
 * @steady: 0..255: how much of the energy lies in partials that keep their pitch
 */
typedef struct {
  gint16 level;
  gint16 raw;
  guint8 probability;
  guint8 tone;
  guint8 steady;
} SideFrame;

typedef struct _SideTrack SideTrack;

SideTrack       *side_track_new        (guint rate, gint64 expected_s);
void             side_track_free       (SideTrack *self);
void             side_track_feed       (SideTrack *self, const float *samples, gsize n);
void             side_track_end        (SideTrack *self);
const SideFrame *side_track_get_frames (SideTrack *self, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideTrack, side_track_free)

G_END_DECLS
