/* side-ready-scenarios.h - scenarios to begin with, built into the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an online shop is called about, to be played by whoever calls its line,
 * each in Russian and in English. They are taken over as the user's own, who
 * puts in the number and the shop's own facts; the same files are installed
 * beside the program's other data, to be read there.
 */
#pragma once

#include "side-scenario.h"

G_BEGIN_DECLS

/**
 * SideReadyScenario: what a list of them shows.
 * @name: for side_ready_scenario_load(): "return-after-14-days"
 * @title: its title, in its own language
 * @about: what it is good for, a sentence in its own language
 * @language: "en" or "ru"
 * @script: (nullable): name of the ready script that fits it, for side_ready_script_load()
 * @robot: whether the computer may call alone
 */
typedef struct {
  char       *name;
  char       *title;
  char       *about;
  const char *language;
  char       *script;
  guint       n_steps;
  guint       n_facts;
  gboolean    robot;
} SideReadyScenario;

GPtrArray    *side_ready_scenarios_list (const char *language);
SideScenario *side_ready_scenario_load  (const char *name, const char *language, const char *project, GError **error);

G_END_DECLS
