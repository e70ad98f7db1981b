/* side-scenario-view.h - one scenario, to be read or edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   toast (const char *text)      something to tell in passing
 *   removed (GObject *keeper)     a scenario was; its keeper can bring it back
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_VIEW (side_scenario_view_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioView, side_scenario_view, SIDE, SCENARIO_VIEW, AdwBin)

GtkWidget *side_scenario_view_new      (void);
void       side_scenario_view_open     (SideScenarioView *self, SideScenarios *shelf, SideScenarioItem *item);
void       side_scenario_view_edit     (SideScenarioView *self);
GtkWidget *side_scenario_view_get_form (SideScenarioView *self);

G_END_DECLS
