/* side-live-page.h - the queues as they are this second
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uses the window's actions win.show-sidebar, win.fullscreen and
 * win.show-call::ID.
 */
#pragma once

#include <adwaita.h>

#include "side-alarm.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LIVE_PAGE (side_live_page_get_type ())
G_DECLARE_FINAL_TYPE (SideLivePage, side_live_page, SIDE, LIVE_PAGE, AdwBin)

GtkWidget  *side_live_page_new      (SideDesk *desk, SideAlarm *alarm);
GtkWidget  *side_live_page_get_tile (SideLivePage *self, SideIndicator indicator);
gint64      side_live_page_get_drawn_seq (SideLivePage *self);

G_END_DECLS
