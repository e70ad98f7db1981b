/* side-plan-rows.h - the rows that a plan's windows are made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

GtkWidget *side_plan_rows_group (GtkWidget *box, const char *title, const char *description);
GtkWidget *side_plan_rows_add   (GtkWidget *group, const char *title, const char *subtitle, const char *value);
GtkWidget *side_plan_rows_spin  (GtkWidget *group, const char *title, const char *subtitle, double least, double most, double value);
GtkWidget *side_plan_rows_check (GtkWidget *box, const char *title);

/* Signal: changed (): somebody was added, removed or given another share */
#define SIDE_TYPE_PLAN_PEOPLE (side_plan_people_get_type ())
G_DECLARE_FINAL_TYPE (SidePlanPeople, side_plan_people, SIDE, PLAN_PEOPLE, GtkWidget)

GtkWidget *side_plan_people_new      (SideDesk *desk);
void       side_plan_people_for_each (SidePlanPeople *self, void (*func) (const char *name, int share, gpointer data), gpointer data);

G_END_DECLS
