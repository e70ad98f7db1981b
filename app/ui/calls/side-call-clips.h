/* side-call-clips.h - what the selected piece of a recording can be kept for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Actions of the page of a call, for those who may write scripts:
 *   clip.example  it becomes an example in a script
 *   clip.coach    it goes into a coaching note about the operator
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-review-keeper.h"
#include "side-waveform.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_CLIPS (side_call_clips_get_type ())
G_DECLARE_FINAL_TYPE (SideCallClips, side_call_clips, SIDE, CALL_CLIPS, GObject)

SideCallClips *side_call_clips_new      (SideDesk *desk, SideReviewKeeper *keeper, SideWaveform *waveform,
                                         AdwToastOverlay *toasts);
void           side_call_clips_attach   (SideCallClips *self, GtkWidget *page, GMenuModel *menu);
void           side_call_clips_set_call (SideCallClips *self, const SideCall *call);

G_END_DECLS
