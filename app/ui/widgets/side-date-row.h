/* side-date-row.h - by which day something is to be done
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row with a button, which opens a calendar and a few usual days.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: changed (): a person chose another day, and closed the calendar */
#define SIDE_TYPE_DATE_ROW (side_date_row_get_type ())
G_DECLARE_FINAL_TYPE (SideDateRow, side_date_row, SIDE, DATE_ROW, AdwActionRow)

GtkWidget *side_date_row_new     (const char *title, GTimeZone *zone, gint64 now_ms);
void       side_date_row_set_past (SideDateRow *self);
void       side_date_row_set_due (SideDateRow *self, gint64 due_ms);
gint64     side_date_row_get_due (SideDateRow *self);
gint64     side_date_row_in_days (SideDateRow *self, int days);

G_END_DECLS
