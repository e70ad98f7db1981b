/* side-test-calls-page.h - the scenarios of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-alarm.h"
#include "side-scenario-view.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_CALLS_PAGE (side_test_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (SideTestCallsPage, side_test_calls_page, SIDE, TEST_CALLS_PAGE, AdwBin)

GtkWidget        *side_test_calls_page_new      (SideDesk *desk, SideAlarm *alarm);
SideScenarios    *side_test_calls_page_get_shelf (SideTestCallsPage *self);
SideScenarioView *side_test_calls_page_get_view (SideTestCallsPage *self);
void              side_test_calls_page_show_campaign (SideTestCallsPage *self, const char *id);
void              side_test_calls_page_show     (SideTestCallsPage *self, const char *id);
void              side_test_calls_page_search   (SideTestCallsPage *self);

G_END_DECLS
