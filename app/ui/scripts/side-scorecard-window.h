/* side-scorecard-window.h - a form filled in about something that is no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scorecards.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCORECARD_WINDOW (side_scorecard_window_get_type ())
G_DECLARE_FINAL_TYPE (SideScorecardWindow, side_scorecard_window, SIDE, SCORECARD_WINDOW, AdwWindow)

GtkWindow *side_scorecard_window_new (GtkWindow *parent, SideDesk *desk, const SideScript *script, const SideScorecard *card);

G_END_DECLS
