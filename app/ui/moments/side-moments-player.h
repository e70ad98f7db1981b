/* side-moments-player.h - plays key moments one after the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes down a list: fetches the recording of a moment, plays its piece with a
 * little before and after it, and goes on. What cannot be played gets its
 * reason and is passed over.
 */
#pragma once

#include "side-desk.h"
#include "side-moment.h"
#include "side-player.h"

G_BEGIN_DECLS

/* Properties: "current" (SideMoment, nullable), "playing" (boolean: it plays or is about to) */
#define SIDE_TYPE_MOMENTS_PLAYER (side_moments_player_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentsPlayer, side_moments_player, SIDE, MOMENTS_PLAYER, GObject)

SideMomentsPlayer *side_moments_player_new         (SideDesk          *desk,
                                                    SidePlayer        *player,
                                                    GListModel        *moments);
SideMoment        *side_moments_player_get_current (SideMomentsPlayer *self);
gboolean           side_moments_player_get_playing (SideMomentsPlayer *self);
guint              side_moments_player_get_place   (SideMomentsPlayer *self);
void               side_moments_player_play_at     (SideMomentsPlayer *self,
                                                    guint              place);
void               side_moments_player_toggle      (SideMomentsPlayer *self);
void               side_moments_player_next        (SideMomentsPlayer *self);
void               side_moments_player_previous    (SideMomentsPlayer *self);
void               side_moments_player_stop        (SideMomentsPlayer *self);

G_END_DECLS
