/* side-ready-scripts.h - scripts to begin with, built into the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole scripts (conversation, form, exemplars) for what an online shop is
 * called about, each in Russian and in English. They are taken over as a draft
 * of the user's own, and have no tie to where they came from after that. The
 * same files are installed beside the program's other data, to be read there.
 */
#pragma once

#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideReadyScript: what a list of them shows.
 * @name: for side_ready_script_load(): "delivery"
 * @title: its title, in its own language
 * @about: what it is good for, a sentence in its own language
 * @language: "en" or "ru"
 * @n_steps: of the conversation; 0 for a form alone
 */
typedef struct {
  char              *name;
  char              *title;
  char              *about;
  const char        *language;
  SideScriptPurpose  purpose;
  guint              n_steps;
  guint              n_criteria;
} SideReadyScript;

GPtrArray  *side_ready_scripts_list (const char *language);
SideScript *side_ready_script_load  (const char *name, const char *language, const char *project, GError **error);

G_END_DECLS
