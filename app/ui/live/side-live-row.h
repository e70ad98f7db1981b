/* side-live-row.h - one ticking row
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-live-list.h"

G_BEGIN_DECLS

/**
 * SideLiveRowKind:
 * @SIDE_LIVE_ROW_OPERATOR: a circle with initials, two lines, the state over the seconds
 * @SIDE_LIVE_ROW_CALLER: one line: place, number, queue, seconds
 */
typedef enum {
  SIDE_LIVE_ROW_OPERATOR,
  SIDE_LIVE_ROW_CALLER,
} SideLiveRowKind;

#define SIDE_TYPE_LIVE_ROW (side_live_row_get_type ())
G_DECLARE_FINAL_TYPE (SideLiveRow, side_live_row, SIDE, LIVE_ROW, GtkWidget)

GtkWidget          *side_live_row_new         (SideLiveRowKind kind);
void                side_live_row_set_item    (SideLiveRow *self, SideLiveItem *item);
SideLiveItem       *side_live_row_get_item    (SideLiveRow *self);
GtkListItemFactory *side_live_row_new_factory (SideLiveRowKind kind);

G_END_DECLS
