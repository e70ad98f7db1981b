/* side-step-line.h - the recorded line of a step: recorded, chosen, heard, removed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenario.h"

G_BEGIN_DECLS

#define SIDE_TYPE_STEP_LINE (side_step_line_get_type ())
G_DECLARE_FINAL_TYPE (SideStepLine, side_step_line, SIDE, STEP_LINE, AdwBin)

/* Signals:
 *   ::picked (const char *sound, const char *sha256)   as side_scenario_set_line() takes them; both
 *                                                      NULL when it was removed
 */

GtkWidget  *side_step_line_new       (void);
void        side_step_line_show      (SideStepLine *self, const SideScenarioStep *step);
void        side_step_line_load      (SideStepLine *self, const char *path);
void        side_step_line_tell      (SideStepLine *self, const char *words);
const char *side_step_line_get_words (SideStepLine *self);

G_END_DECLS
