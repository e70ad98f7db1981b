/* side-test-comparison.h - a test call beside the same call in the call centre's own history
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   changed ()   the test call names another call now, or none, and was not written yet
 */
#pragma once

#include <gtk/gtk.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_COMPARISON_VIEW (side_test_comparison_view_get_type ())
G_DECLARE_FINAL_TYPE (SideTestComparisonView, side_test_comparison_view, SIDE, TEST_COMPARISON_VIEW, GtkWidget)

GtkWidget *side_test_comparison_new  (void);
void       side_test_comparison_show (SideTestComparisonView *self, SideScenarios *shelf, SideTestCall *call);

G_END_DECLS
