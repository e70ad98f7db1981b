/* side-wrap-layout.h - children in lines, as words are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each child at its natural width, as many in a line as there is room for;
 * a GtkFlowBox would keep them in columns.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_WRAP_LAYOUT (side_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (SideWrapLayout, side_wrap_layout, SIDE, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *side_wrap_layout_new (int spacing);

G_END_DECLS
