/* side-tiles-layout.h - tiles of one size in as many columns as there is room for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_TILES_LAYOUT (side_tiles_layout_get_type ())
G_DECLARE_FINAL_TYPE (SideTilesLayout, side_tiles_layout, SIDE, TILES_LAYOUT, GtkLayoutManager)

GtkLayoutManager *side_tiles_layout_new         (guint            columns,
                                                 int              spacing);
guint             side_tiles_layout_get_columns (SideTilesLayout *self,
                                                 GtkWidget       *widget,
                                                 int              width);

G_END_DECLS
