/* side-lines-window.h - the telephone lines test calls can be made on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-lines.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LINES_WINDOW (side_lines_window_get_type ())
G_DECLARE_FINAL_TYPE (SideLinesWindow, side_lines_window, SIDE, LINES_WINDOW, AdwWindow)

GtkWindow *side_lines_window_new (GtkWindow *parent, SideLines *lines);

G_END_DECLS
