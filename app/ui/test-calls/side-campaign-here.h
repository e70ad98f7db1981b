/* side-campaign-here.h - whether the computer makes a campaign's calls from here
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: toast (const char *words): something to be said in a sentence
 */
#pragma once

#include <adwaita.h>

#include "side-campaign-robot.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_HERE (side_campaign_here_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignHere, side_campaign_here, SIDE, CAMPAIGN_HERE, AdwBin)

GtkWidget *side_campaign_here_new   (SideCampaigns *campaigns, SideCampaignRobot *robot, SideLines *lines, const char *rules);
void       side_campaign_here_show  (SideCampaignHere *self, const char *campaign);
gboolean   side_campaign_here_ready (GtkWidget *asker, SideDesk *desk, SideLines *lines, const char *rules, GCallback after);

G_END_DECLS
