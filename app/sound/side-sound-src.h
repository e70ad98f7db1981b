/* side-sound-src.h - the start of the player's pipeline: a decoded file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GStreamer source that gives the samples of an open libsndfile decoder. So
 * the player plays exactly the files the peaks are made of, seeks to the very
 * frame in each of them, and depends on none of GStreamer's demuxers and
 * decoders, several of which a desktop may lack (GSM) or seek inexactly (MP3).
 */
#pragma once

#include <gst/base/gstpushsrc.h>
#include <sndfile.h>

#include "side-route.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SOUND_SRC (side_sound_src_get_type ())
G_DECLARE_FINAL_TYPE (SideSoundSrc, side_sound_src, SIDE, SOUND_SRC, GstPushSrc)

GstElement *side_sound_src_new (SNDFILE       *file,
                                const SF_INFO *info,
                                SideRoute     *route);

G_END_DECLS
