/* side-columns-layout.h - cells in columns, of which the least important give way
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_COLUMNS_MAX 16

#define SIDE_TYPE_COLUMNS_LAYOUT (side_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (SideColumnsLayout, side_columns_layout, SIDE, COLUMNS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *side_columns_layout_new (const guint *ranks,
                                           guint        n_columns);

G_END_DECLS
