/* side-moments-window.h - key moments of many calls, one after the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: open-call (const char *id, gint64 from_ms, gint64 to_ms): the whole
 *   call is wanted, at that place
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-moments-player.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MOMENTS_WINDOW (side_moments_window_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentsWindow, side_moments_window, SIDE, MOMENTS_WINDOW, AdwWindow)

GtkWindow         *side_moments_window_new        (GtkWindow           *parent,
                                                   SideDesk            *desk,
                                                   const SideCallQuery *query);
GtkWindow         *side_moments_window_new_for_pieces (GtkWindow       *parent,
                                                   SideDesk            *desk,
                                                   const char          *title,
                                                   GPtrArray           *pieces);
SideMomentsPlayer *side_moments_window_get_player (SideMomentsWindow   *self);

G_END_DECLS
