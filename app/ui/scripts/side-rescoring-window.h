/* side-rescoring-window.h - what a version of a script would change
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_RESCORING_WINDOW (side_rescoring_window_get_type ())
G_DECLARE_FINAL_TYPE (SideRescoringWindow, side_rescoring_window, SIDE, RESCORING_WINDOW, AdwWindow)

GtkWindow *side_rescoring_window_new (GtkWindow *parent, SideDesk *desk, const SideScript *script);

G_END_DECLS
