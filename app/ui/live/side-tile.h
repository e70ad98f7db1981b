/* side-tile.h - one number of the Live page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-indicators.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TILE (side_tile_get_type ())
G_DECLARE_FINAL_TYPE (SideTile, side_tile, SIDE, TILE, GtkButton)

GtkWidget    *side_tile_new        (const char *title);
void          side_tile_set_value  (SideTile *self, const char *value);
void          side_tile_set_note   (SideTile *self, SideLevel level, const char *note);
void          side_tile_set_series (SideTile *self, const double *values, gsize n_values);
const char   *side_tile_get_value  (SideTile *self);
SideLevel     side_tile_get_level  (SideTile *self);

G_END_DECLS
