/* side-phone-ear-private.h - between the ear and its judge of voices
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-phone-ear.h"
#include "side-track.h"

G_BEGIN_DECLS

/**
 * SidePhoneVoices: what the judge looks at.
 * @frames: (array length=n): of the far side
 * @ours: (array length=n): 1 where we speak
 * @answered: the frame at which the call was answered; G_MAXSIZE: nobody said
 */
typedef struct {
  const SideFrame *frames;
  const guint8    *ours;
  gsize            n;
  gsize            answered;
} SidePhoneVoices;

void side_phone_voices_judge (const SidePhoneVoices *voices, GArray *segments, const GArray *before);

G_END_DECLS
