/* side-campaign-view.h - one campaign: its calls, and what they found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: toast (const char *words): something to be said in a sentence
 */
#pragma once

#include <adwaita.h>

#include "side-campaign-notices.h"
#include "side-campaign-robot.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_VIEW (side_campaign_view_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignView, side_campaign_view, SIDE, CAMPAIGN_VIEW, AdwBin)

GtkWidget *side_campaign_view_new  (SideCampaigns *campaigns, SideCampaignRobot *robot, SideCampaignNotices *notices, SideLines *lines,
                                    const char *rules);
void       side_campaign_view_open (SideCampaignView *self, const char *campaign);

G_END_DECLS
