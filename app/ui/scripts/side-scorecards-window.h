/* side-scorecards-window.h - the scorecards made with a script, side by side
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scorecards.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCORECARDS_WINDOW (side_scorecards_window_get_type ())
G_DECLARE_FINAL_TYPE (SideScorecardsWindow, side_scorecards_window, SIDE, SCORECARDS_WINDOW, AdwWindow)

GtkWindow *side_scorecards_window_new (GtkWindow *parent, SideDesk *desk, const SideScript *script);

G_END_DECLS
