/* side-scenario-sheet.h - a scenario to be read, and the calls made by it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_SHEET (side_scenario_sheet_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioSheet, side_scenario_sheet, SIDE, SCENARIO_SHEET, AdwBin)

GtkWidget *side_scenario_sheet_new  (void);
void       side_scenario_sheet_show (SideScenarioSheet *self, SideScenarios *shelf, const SideScenario *scenario);

G_END_DECLS
