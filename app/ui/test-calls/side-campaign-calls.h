/* side-campaign-calls.h - the calls of a campaign, and how each stands
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with one is done by actions of whoever it stands in, with
 * its place in the campaign: "campaign.call", "campaign.skip",
 * "campaign.put-back" and "campaign.open" (u).
 */
#pragma once

#include <adwaita.h>

#include "side-campaign-robot.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_CALLS (side_campaign_calls_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignCalls, side_campaign_calls, SIDE, CAMPAIGN_CALLS, AdwBin)

GtkWidget *side_campaign_calls_new  (void);
void       side_campaign_calls_show (SideCampaignCalls *self, SideCampaigns *campaigns, SideCampaignRobot *robot, const char *campaign);

G_END_DECLS
