/* side-events-view.h - what happened to a call, line by line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_EVENTS_VIEW (side_events_view_get_type ())
G_DECLARE_FINAL_TYPE (SideEventsView, side_events_view, SIDE, EVENTS_VIEW, GtkWidget)

GtkWidget *side_events_view_new      (SideDesk *desk);
void       side_events_view_set_call (SideEventsView *self, const SideCall *call);

G_END_DECLS
