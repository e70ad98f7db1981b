/* side-moment-row.h - one key moment in its list
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-moment.h"

G_BEGIN_DECLS

/* Signals: open-call (const char *id, gint64 from_ms, gint64 to_ms): the whole call is wanted, at the moment */
#define SIDE_TYPE_MOMENT_ROW (side_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentRow, side_moment_row, SIDE, MOMENT_ROW, GtkWidget)

GtkWidget *side_moment_row_new        (SideDesk      *desk);
void       side_moment_row_set_moment (SideMomentRow *self,
                                       SideMoment    *moment);

G_END_DECLS
