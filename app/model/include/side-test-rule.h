/* side-test-rule.h - who may write what over scenarios, test calls and campaigns
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-campaign.h"
#include "side-test-call.h"

G_BEGIN_DECLS

gboolean side_scenario_may_follow   (const SideScenario *self, const SideScenario *old, const char *user, gboolean supervisor, GError **error);
gboolean side_scenario_may_delete   (const SideScenario *self, const char *user, gboolean supervisor, GError **error);
gboolean side_test_call_may_follow  (const SideTestCall *self, const SideTestCall *old, const char *user, gint64 now_ms, GError **error);
gboolean side_test_call_may_delete  (const SideTestCall *self, const char *user, GError **error);
gboolean side_campaign_may_read     (const SideCampaign *self, const char *user);
gboolean side_campaign_may_follow   (const SideCampaign *self, const SideCampaign *old, const char *user, GError **error);
gboolean side_campaign_may_delete   (const SideCampaign *self, const char *user, GError **error);

G_END_DECLS
