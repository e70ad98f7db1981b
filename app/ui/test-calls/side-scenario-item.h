/* side-scenario-item.h - one scenario in the list of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: changed (): it says something else now
 */
#pragma once

#include "side-document.h"
#include "side-scenario.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_ITEM (side_scenario_item_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioItem, side_scenario_item, SIDE, SCENARIO_ITEM, GObject)

SideScenarioItem   *side_scenario_item_new          (const SideScenario *scenario, SideDocument *document);
void                side_scenario_item_set          (SideScenarioItem *self, const SideScenario *scenario, SideDocument *document);
void                side_scenario_item_set_last     (SideScenarioItem *self, SideTestCall *call, double score);
const SideScenario *side_scenario_item_get          (SideScenarioItem *self);
SideDocument       *side_scenario_item_get_document (SideScenarioItem *self);
const SideTestCall *side_scenario_item_get_last     (SideScenarioItem *self, double *score);
int                 side_scenario_item_compare      (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
