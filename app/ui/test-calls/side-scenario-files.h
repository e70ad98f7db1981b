/* side-scenario-files.h - scenarios from files and into files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-scenario.h"

G_BEGIN_DECLS

/* @scenario: (transfer none) (nullable): what was read; @words: (nullable): why not, or what was done */
typedef void (*SideScenarioFilesDone) (GtkWidget *widget, SideScenario *scenario, const char *words);

void          side_scenario_files_import (GtkWidget *widget, SideScenarioFilesDone done);
void          side_scenario_files_export (GtkWidget *widget, const SideScenario *scenario, SideScenarioFilesDone done);
SideScenario *side_scenario_files_parse  (const char *name, const char *text, gsize len, char **words);

G_END_DECLS
