/* side-plan-draw-rows.h - what a plan was drawn from, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-plan-draw.h"
#include "side-plans.h"

G_BEGIN_DECLS

/**
 * SidePlanChecked: what drawing once more came to, as far as somebody asked.
 * @report: (nullable): what was found
 * @failed: (nullable): why it could not be
 */
typedef struct {
  SidePlanReport *report;
  char           *failed;
} SidePlanChecked;

void       side_plan_checked_clear      (SidePlanChecked *self);
char      *side_plan_draw_rows_narrowed (SideDesk *desk, SidePlans *plans, const SidePlan *plan);
char      *side_plan_draw_rows_verdict  (const SidePlanReport *report);
GtkWidget *side_plan_draw_rows_add      (GtkWidget *box, SideDesk *desk, SidePlans *plans, const SidePlan *plan,
                                         const SidePlanChecked *checked);

G_END_DECLS
