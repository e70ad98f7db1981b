/* side-people.h - operators and waiting callers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-board.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PEOPLE (side_people_get_type ())
G_DECLARE_FINAL_TYPE (SidePeople, side_people, SIDE, PEOPLE, GtkWidget)

GtkWidget  *side_people_new           (void);
void        side_people_update        (SidePeople *self, SideBoardProject *project, SideProject *config,
                                       gboolean masked, gint64 now_ms);
char       *side_people_describe      (const SideOperator *op, SideBoardProject *project, SideProject *config,
                                       gboolean masked);
GListModel *side_people_get_operators (SidePeople *self);
GListModel *side_people_get_callers   (SidePeople *self);
void        side_people_show_callers  (SidePeople *self);
void        side_people_take_notes    (SidePeople *self, SideDesk *desk);
const SideCall *side_people_find_call (const SideOperator *op, SideBoardProject *project);

G_END_DECLS
