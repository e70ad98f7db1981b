/* side-window.h - the program's window
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_WINDOW (side_window_get_type ())
G_DECLARE_FINAL_TYPE (SideWindow, side_window, SIDE, WINDOW, AdwApplicationWindow)

SideWindow *side_window_new          (GtkApplication *application);
void        side_window_start        (SideWindow *self);
void        side_window_start_demo   (SideWindow *self);
void        side_window_show_desk    (SideWindow *self, SideDesk *desk);
SideDesk   *side_window_get_desk     (SideWindow *self);
void        side_window_show_campaigns (SideWindow *self);
void        side_window_show_page    (SideWindow *self, const char *name);
GtkWidget  *side_window_get_page     (SideWindow *self);
void        side_window_toast        (SideWindow *self, const char *text);

G_END_DECLS
