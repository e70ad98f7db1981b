/* side-consensus-cells.h - what the cells of the discussion's table are made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-consensus-item.h"

G_BEGIN_DECLS

GtkWidget *side_consensus_cell_label          (void);
GtkWidget *side_consensus_cell_below          (int lines);
void       side_consensus_cell_set_bold       (GtkWidget *label, gboolean bold);
void       side_consensus_cell_show_criterion (GtkWidget *box, SideConsensusItem *item);
void       side_consensus_cell_show_answer    (GtkWidget *box, SideConsensusItem *item, guint reviewer);
void       side_consensus_cell_show_agreed    (SideConsensusItem *item, GtkWidget *box);

G_END_DECLS
