/* side-scenario-sound.h - how an announcement should sound, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenario.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCENARIO_SOUND (side_scenario_sound_get_type ())
G_DECLARE_FINAL_TYPE (SideScenarioSound, side_scenario_sound, SIDE, SCENARIO_SOUND, AdwBin)

/* Signals:
 *   ::picked (const char *sound, const char *sha256)   as side_scenario_set_sound() takes them; both
 *                                                      NULL when it was removed
 */

GtkWidget *side_scenario_sound_new  (void);
void       side_scenario_sound_show (SideScenarioSound *self, const SideScenarioPrompt *prompt);
void       side_scenario_sound_load (SideScenarioSound *self, const char *path);
void       side_scenario_sound_tell (SideScenarioSound *self, const char *words);

G_END_DECLS
