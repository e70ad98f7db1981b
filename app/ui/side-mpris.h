/* side-mpris.h - media keys and the desktop's player controls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-player.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MPRIS (side_mpris_get_type ())
G_DECLARE_FINAL_TYPE (SideMpris, side_mpris, SIDE, MPRIS, GObject)

SideMpris *side_mpris_new (SidePlayer *player);

G_END_DECLS
