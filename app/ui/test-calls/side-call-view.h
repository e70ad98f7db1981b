/* side-call-view.h - a test call, what is said in it, and the form beside it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   pressed (const char *keys)  a key of the telephone was pressed
 *   muted ()                    the microphone was turned off or on
 */
#pragma once

#include "side-call-card.h"
#include "side-call-setup.h"
#include "side-call-steps.h"
#include "side-test-form.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_VIEW (side_call_view_get_type ())
G_DECLARE_FINAL_TYPE (SideCallView, side_call_view, SIDE, CALL_VIEW, AdwBin)

GtkWidget     *side_call_view_new       (SideLines *lines, const SideScenario *scenario);
SideCallSetup *side_call_view_get_setup (SideCallView *self);
SideCallCard  *side_call_view_get_card  (SideCallView *self);
SideCallSteps *side_call_view_get_steps (SideCallView *self);
SideTestForm  *side_call_view_get_form  (SideCallView *self);
void           side_call_view_set_on    (SideCallView *self, gboolean wanted, gboolean on);
void           side_call_view_show      (SideCallView *self, const SideTestCall *call, SideSipCallState state);
gboolean       side_call_view_get_muted (SideCallView *self);
void           side_call_view_set_muted (SideCallView *self, gboolean muted);

G_END_DECLS
