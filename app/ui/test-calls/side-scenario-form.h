/* side-scenario-form.h - a scenario to be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_FORM (side_scenario_form_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioForm, side_scenario_form, SIDE, SCENARIO_FORM, AdwBin)

GtkWidget *side_scenario_form_new        (SideScenarios *shelf, SideDraftKeeper *keeper);
GtkWidget *side_scenario_form_get_field  (SideScenarioForm *self, const char *name);
void       side_scenario_form_edit_title (SideScenarioForm *self);
void       side_scenario_form_reveal     (SideScenarioForm *self, const char *part, const char *id);

G_END_DECLS
