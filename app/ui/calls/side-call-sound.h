/* side-call-sound.h - what joins the player, the waveform and the notes of a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of a call opens and closes recordings; this sees to what is shown
 * and done while one is open: marks and their edges, repeating, keys, the
 * analysis in the background, and who heard how much.
 */
#pragma once

#include "side-call-notes.h"
#include "side-player-bar.h"
#include "side-recording-check.h"
#include "side-sitting.h"
#include "side-sound-view.h"
#include "side-waveform.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_SOUND (side_call_sound_get_type ())
G_DECLARE_FINAL_TYPE (SideCallSound, side_call_sound, SIDE, CALL_SOUND, GObject)

/* Signals: note-requested (gint64 from_ms, gint64 to_ms): a key was held, or
 *   tapped, to mark that: from_ms and to_ms are equal for a point
 *   marked (const char *words): the key of a tag did the same, and the note is
 *   being written; failed (GError *error): it could not be */
SideCallSound *side_call_sound_new         (SideDesk      *desk,
                                            SidePlayerBar *bar,
                                            SideWaveform  *waveform,
                                            SideCallNotes *notes);
void           side_call_sound_add_keys    (SideCallSound *self,
                                            GtkWidget     *page);
void           side_call_sound_set_call    (SideCallSound *self,
                                            const SideCall *call);
void           side_call_sound_set_path    (SideCallSound *self,
                                            const char    *path);
void           side_call_sound_set_view    (SideCallSound *self,
                                            SideSoundView *view);
SideSitting   *side_call_sound_get_sitting (SideCallSound *self);
void           side_call_sound_flush       (SideCallSound *self);

G_END_DECLS
