/* side-scenario-words.h - scenarios and what was found in them, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-project.h"
#include "side-scenario-check.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

const char *side_scenario_words_title    (const SideScenario *scenario);
char       *side_scenario_words_row      (SideScenarioItem *item, const SideProject *project, gint64 now_ms);
char       *side_scenario_words_hours    (const SideHours *hours);
char       *side_scenario_words_limit    (gint64 ms);
char       *side_scenario_words_finding  (const SideScenario *scenario, const SideScenarioFinding *finding);
char       *side_scenario_words_line     (const SideScenarioStep *step);
char       *side_scenario_words_text     (const SideScenario *scenario, const SideProject *project);

G_END_DECLS
