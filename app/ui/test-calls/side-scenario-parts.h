/* side-scenario-parts.h - the steps, facts, prompts or keys of a scenario, to be edited
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-draft-keeper.h"
#include "side-scenario.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_PARTS_STEPS,
  SIDE_PARTS_FACTS,
  SIDE_PARTS_PROMPTS,
  SIDE_PARTS_KEYS,
  SIDE_N_PARTS,
} SideParts;

#define SIDE_TYPE_SCENARIO_PARTS (side_scenario_parts_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioParts, side_scenario_parts, SIDE, SCENARIO_PARTS, AdwBin)

GtkWidget *side_scenario_parts_new   (SideParts parts, SideDraftKeeper *keeper);
void       side_scenario_parts_show  (SideScenarioParts *self, const SideScenario *scenario);
void       side_scenario_parts_focus (SideScenarioParts *self, guint index);
void       side_scenario_parts_move  (SideScenarioParts *self, guint from, guint to);
GPtrArray *side_scenario_parts_list  (const SideScenario *scenario, SideParts parts);

G_END_DECLS
