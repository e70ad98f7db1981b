/* side-test-results-view.h - what the calls of a campaign say, compared and over time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-campaigns.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_RESULTS_VIEW (side_test_results_view_get_type ())
G_DECLARE_FINAL_TYPE (SideTestResultsView, side_test_results_view, SIDE, TEST_RESULTS_VIEW, AdwBin)

GtkWidget *side_test_results_view_new     (void);
void       side_test_results_view_show    (SideTestResultsView *self, SideCampaigns *campaigns, const char *campaign);
char      *side_test_results_view_dup_csv (SideTestResultsView *self);

G_END_DECLS
