/* side-scenarios.h - the scenarios of a project, with what calls by them found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: replaced (const char *id): a scenario is now what somebody else made of it
 */
#pragma once

#include "side-document-shelf.h"
#include "side-draft-keeper.h"
#include "side-scenario-item.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIOS (side_scenarios_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarios, side_scenarios, SIDE, SCENARIOS, SideDocumentShelf)

SideScenarios    *side_scenarios_get         (SideDesk *desk);
GListModel       *side_scenarios_get_items   (SideScenarios *self);
SideScenarioItem *side_scenarios_find        (SideScenarios *self, const char *id);
GPtrArray        *side_scenarios_get_scripts (SideScenarios *self);
GPtrArray        *side_scenarios_list_calls  (SideScenarios *self, const char *id);
GPtrArray        *side_scenarios_get_calls   (SideScenarios *self);
double            side_scenarios_score       (SideScenarios *self, const SideTestCall *call);
gboolean          side_scenarios_may_add     (SideScenarios *self);
gboolean          side_scenarios_may_edit    (SideScenarios *self, const SideScenario *scenario);
SideDraftKeeper  *side_scenarios_get_keeper  (SideScenarios *self, const char *id);
SideScenarioItem *side_scenarios_add         (SideScenarios *self, SideScenario *scenario);
void              side_scenarios_remove      (SideScenarios *self, const char *id);
void              side_scenarios_restore     (SideScenarios *self, SideDraftKeeper *keeper);

G_END_DECLS
