/* side-whatif-window.h - what a review would come to under another version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_WHATIF_WINDOW (side_whatif_window_get_type ())
G_DECLARE_FINAL_TYPE (SideWhatifWindow, side_whatif_window, SIDE, WHATIF_WINDOW, AdwWindow)

GtkWindow *side_whatif_window_new (GtkWindow *parent, SideDesk *desk, const SideScript *script, const SideReview *review);

G_END_DECLS
