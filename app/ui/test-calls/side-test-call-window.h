/* side-test-call-window.h - a test call while it is made
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-campaigns.h"
#include "side-lines.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_CALL_WINDOW (side_test_call_window_get_type ())
G_DECLARE_FINAL_TYPE (SideTestCallWindow, side_test_call_window, SIDE, TEST_CALL_WINDOW, AdwWindow)

GtkWindow  *side_test_call_window_new       (GtkWindow *parent, SideScenarios *shelf, SideLines *lines, const SideScenario *scenario);
void        side_test_call_window_set_campaign (SideTestCallWindow *self, SideCampaigns *campaigns, const char *campaign, guint place);
const char *side_test_call_window_get_words (SideTestCallWindow *self);
gboolean    side_test_call_window_is_busy   (SideTestCallWindow *self);

G_END_DECLS
