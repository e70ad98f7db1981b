/* side-sound-popover.h - how a recording sounds: volumes, sides, device
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-player.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SOUND_POPOVER (side_sound_popover_get_type ())
G_DECLARE_FINAL_TYPE (SideSoundPopover, side_sound_popover, SIDE, SOUND_POPOVER, GtkPopover)

GtkWidget *side_sound_popover_new              (void);
void       side_sound_popover_set_player       (SideSoundPopover *self,
                                                SidePlayer       *player);
void       side_sound_popover_set_names        (SideSoundPopover *self,
                                                const char       *operators,
                                                const char       *customers);
void       side_sound_popover_set_levels_known (SideSoundPopover *self,
                                                gboolean          known);

G_END_DECLS
