/* side-player-bar.h - the buttons under a waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Play and pause, five seconds back and forward, marks, the position, the
 * speed, silences left out, repeating, and how each side sounds. It shows and
 * drives one SidePlayer, which it does not own alone: the page opens files on
 * it, binds the waveform to it, and says what can be repeated.
 *
 * Signals:
 *   previous-mark ()   the mark before the position is wanted
 *   next-mark ()       the one after it
 */
#pragma once

#include <gtk/gtk.h>

#include "side-player.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PLAYER_BAR (side_player_bar_get_type ())
G_DECLARE_FINAL_TYPE (SidePlayerBar, side_player_bar, SIDE, PLAYER_BAR, GtkWidget)

GtkWidget  *side_player_bar_new        (void);
void        side_player_bar_set_player (SidePlayerBar *self,
                                        SidePlayer    *player);
SidePlayer *side_player_bar_get_player (SidePlayerBar *self);
void        side_player_bar_set_analysis (SidePlayerBar *self,
                                        SideAnalysis  *analysis);
void        side_player_bar_set_loopable (SidePlayerBar *self,
                                        gint64         from_ms,
                                        gint64         to_ms);
void        side_player_bar_set_has_marks (SidePlayerBar *self,
                                        gboolean       has_marks);
void        side_player_bar_set_names  (SidePlayerBar *self,
                                        const char    *operators,
                                        const char    *customers);
void        side_player_bar_set_origin (SidePlayerBar *self,
                                        gint64         origin_ms);

G_END_DECLS
