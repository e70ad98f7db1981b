/* side-call-row.h - one call in the list
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-list.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_ROW (side_call_row_get_type ())
G_DECLARE_FINAL_TYPE (SideCallRow, side_call_row, SIDE, CALL_ROW, GtkWidget)

GtkWidget *side_call_row_new      (SideDesk *desk);
void       side_call_row_set_item (SideCallRow *self, SideCallItem *item);
GtkListItemFactory *side_call_row_factory_new (SideDesk *desk);

G_END_DECLS
