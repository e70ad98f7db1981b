/* side-sound-head.h - whether a file begins as what it is taken for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SIDE_SOUND_HEAD_ANY,         /* nothing speaks against what the decoder finds */
  SIDE_SOUND_HEAD_FALSE_MPEG,  /* a sign of MPEG audio that no second frame follows */
  SIDE_SOUND_HEAD_NO_MPEG,     /* named so, without one frame of it */
} SideSoundHead;

SideSoundHead side_sound_head_look     (const char *path);
gboolean      side_sound_head_is_gsm   (const char *path);
gboolean      side_sound_head_is_plain (const char *path);
const char   *side_sound_head_stranger (const char *path);

G_END_DECLS
