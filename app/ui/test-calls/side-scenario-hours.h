/* side-scenario-hours.h - days of the week and times of day, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: changed (): a person chose other hours
 */
#pragma once

#include <adwaita.h>

#include "side-hours.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_HOURS (side_scenario_hours_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioHours, side_scenario_hours, SIDE, SCENARIO_HOURS, AdwBin)

GtkWidget *side_scenario_hours_new  (void);
void       side_scenario_hours_show (SideScenarioHours *self, const SideHours *hours);
void       side_scenario_hours_get  (SideScenarioHours *self, SideHours *hours);

G_END_DECLS
