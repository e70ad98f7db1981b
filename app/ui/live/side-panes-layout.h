/* side-panes-layout.h - two panes beside each other, or one below the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_PANES_LAYOUT (side_panes_layout_get_type ())
G_DECLARE_FINAL_TYPE (SidePanesLayout, side_panes_layout, SIDE, PANES_LAYOUT, GtkLayoutManager)

GtkLayoutManager *side_panes_layout_new (int spacing);

G_END_DECLS
