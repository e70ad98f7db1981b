/* side-test-sound.h - the recording of a test call: heard, seen, measured
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   position ()                         another moment is heard
 *   view-changed ()                     another stretch of it is seen
 *   note-activated (guint index)        the label of that note was clicked
 *   note-moved (guint index, gint64 from_ms, gint64 to_ms)   it is wanted there in the call
 *   marked (const char *tag, gint64 from_ms, gint64 to_ms)   a key marked that part of the call;
 *     without a tag words are to be asked for
 */
#pragma once

#include "side-desk.h"
#include "side-player.h"
#include "side-test-call.h"
#include "side-waveform.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_SOUND (side_test_sound_get_type ())
G_DECLARE_FINAL_TYPE (SideTestSound, side_test_sound, SIDE, TEST_SOUND, GtkBox)

GtkWidget    *side_test_sound_new          (void);
void          side_test_sound_open         (SideTestSound *self, SideDesk *desk, const SideTestCall *call);
void          side_test_sound_show_notes   (SideTestSound *self, const SideTestCall *call, gboolean movable);
void          side_test_sound_add_keys     (SideTestSound *self, GtkWidget *page);
void          side_test_sound_close        (SideTestSound *self);
const char   *side_test_sound_get_path     (SideTestSound *self);
gint64        side_test_sound_get_offset   (SideTestSound *self);
gint64        side_test_sound_get_length   (SideTestSound *self);
void          side_test_sound_get_view     (SideTestSound *self, gint64 *from_ms, gint64 *to_ms);
gint64        side_test_sound_get_position (SideTestSound *self);
void          side_test_sound_seek         (SideTestSound *self, gint64 at_ms);
SidePlayer   *side_test_sound_get_player   (SideTestSound *self);
SideWaveform *side_test_sound_get_waveform (SideTestSound *self);
const char   *side_test_sound_get_message  (SideTestSound *self);
GtkWidget    *side_test_sound_get_figures  (SideTestSound *self);

G_END_DECLS
