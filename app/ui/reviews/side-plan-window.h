/* side-plan-window.h - one plan: what it came to, who is how far, which calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PLAN_WINDOW (side_plan_window_get_type ())
G_DECLARE_FINAL_TYPE (SidePlanWindow, side_plan_window, SIDE, PLAN_WINDOW, AdwWindow)

GtkWindow *side_plan_window_new (GtkWindow *parent, SideDesk *desk, const char *plan);

G_END_DECLS
