/* side-phone-ear.h - what is heard in a test call, as it goes on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: fed with samples, it tells stretches of time and how sure it is of
 * each. Tones and music are told by the detectors of the analysis of
 * recordings. Whether a voice is a machine's or a person's is a guess from how
 * it behaves, and is called so: see side-phone-ear.c. What was told may change
 * as more is heard.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SidePhoneSound:
 * @SIDE_PHONE_SOUND_SILENCE: nothing, or noise
 * @SIDE_PHONE_SOUND_RINGING: ringing tone
 * @SIDE_PHONE_SOUND_BUSY: busy tone
 * @SIDE_PHONE_SOUND_CONGESTION: congestion ("all lines are busy")
 * @SIDE_PHONE_SOUND_INFORMATION: the three tones before "this number is not in service"
 * @SIDE_PHONE_SOUND_TONE: a dial tone, a fax
 * @SIDE_PHONE_SOUND_MUSIC: music
 * @SIDE_PHONE_SOUND_VOICE: a voice; whose cannot be said
 * @SIDE_PHONE_SOUND_MENU: a voice that is probably a recorded one
 * @SIDE_PHONE_SOUND_PERSON: a voice that is probably a person's
 */
typedef enum {
  SIDE_PHONE_SOUND_SILENCE,
  SIDE_PHONE_SOUND_RINGING,
  SIDE_PHONE_SOUND_BUSY,
  SIDE_PHONE_SOUND_CONGESTION,
  SIDE_PHONE_SOUND_INFORMATION,
  SIDE_PHONE_SOUND_TONE,
  SIDE_PHONE_SOUND_MUSIC,
  SIDE_PHONE_SOUND_VOICE,
  SIDE_PHONE_SOUND_MENU,
  SIDE_PHONE_SOUND_PERSON,
} SidePhoneSound;

#define SIDE_TYPE_PHONE_SOUND (side_phone_sound_get_type ())
GType side_phone_sound_get_type (void);

/**
 * SidePhoneSegment: in ms from the first sample, on a grid of 10.
 * @certainty: 0.5..1: of @sound. For tones from how often their rhythm came; for
 *   voices not calibrated against anything
 * @answers: whether it is a voice that began when we had ended speaking, at most 2 s before
 */
typedef struct {
  gint64         from_ms;
  gint64         to_ms;
  SidePhoneSound sound;
  double         certainty;
  gboolean       answers;
} SidePhoneSegment;

typedef struct _SidePhoneEar SidePhoneEar;

SidePhoneEar *side_phone_ear_new       (guint rate);
void          side_phone_ear_free      (SidePhoneEar *self);
gboolean      side_phone_ear_hear      (SidePhoneEar *self, const gint16 *theirs, const gint16 *ours, gsize n);
void          side_phone_ear_answered  (SidePhoneEar *self, gint64 at_ms);
void          side_phone_ear_end       (SidePhoneEar *self);
GArray       *side_phone_ear_get_segments (SidePhoneEar *self);
const char   *side_phone_sound_to_string (SidePhoneSound sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePhoneEar, side_phone_ear_free)

G_END_DECLS
