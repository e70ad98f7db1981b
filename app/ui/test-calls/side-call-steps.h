/* side-call-steps.h - what is to be said in a test call, and where one is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   said (const char *step)   the caller says that they said it
 */
#pragma once

#include <adwaita.h>

#include "side-test-run.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_STEPS (side_call_steps_get_type ())
G_DECLARE_FINAL_TYPE (SideCallSteps, side_call_steps, SIDE, CALL_STEPS, AdwBin)

GtkWidget  *side_call_steps_new          (const SideScenario *scenario);
void        side_call_steps_show         (SideCallSteps *self, const SideTestCall *call);
void        side_call_steps_set_run      (SideCallSteps *self, SideTestRun *run);
void        side_call_steps_set_on       (SideCallSteps *self, gboolean on);
void        side_call_steps_add_deed     (SideCallSteps *self, GtkWidget *deed);
GtkWidget  *side_call_steps_get_deeds    (SideCallSteps *self);
const char *side_call_steps_get_current  (SideCallSteps *self);

G_END_DECLS
