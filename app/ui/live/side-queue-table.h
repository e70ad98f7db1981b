/* side-queue-table.h - the queues of a project, one a row
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-indicators.h"

G_BEGIN_DECLS

#define SIDE_TYPE_QUEUE_TABLE (side_queue_table_get_type ())
G_DECLARE_FINAL_TYPE (SideQueueTable, side_queue_table, SIDE, QUEUE_TABLE, GtkWidget)

GtkWidget  *side_queue_table_new      (void);
void        side_queue_table_set      (SideQueueTable *self, SideProject *config);
void        side_queue_table_update   (SideQueueTable *self, guint row, const SideIndicators *figures);
void        side_queue_table_clear    (SideQueueTable *self, guint row);
guint       side_queue_table_get_rows (SideQueueTable *self);
const char *side_queue_table_get_cell (SideQueueTable *self, guint row, guint column);

G_END_DECLS
