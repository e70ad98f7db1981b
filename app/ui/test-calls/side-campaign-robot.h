/* side-campaign-robot.h - campaigns' calls made by the computer at their times
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One a desk, while the program is open. It calls on the line that a person on
 * this computer chose for a campaign, one call after the other, and not before
 * that person has acknowledged the rules of test calls.
 *
 * Signals:
 *   changed ()                     what it does, or is to do, is another
 *   made (const char *campaign)    a call of it is over and kept
 */
#pragma once

#include "side-campaigns.h"
#include "side-lines.h"
#include "side-test-run.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_ROBOT (side_campaign_robot_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignRobot, side_campaign_robot, SIDE, CAMPAIGN_ROBOT, GObject)

SideCampaignRobot *side_campaign_robot_new         (SideCampaigns *campaigns, SideLines *lines, const char *rules);
SideCampaignRobot *side_campaign_robot_get         (SideDesk *desk);
gboolean           side_campaign_robot_start       (SideCampaignRobot *self, const char *campaign, const char *line, GError **error);
void               side_campaign_robot_stop        (SideCampaignRobot *self, const char *campaign);
const char        *side_campaign_robot_get_line    (SideCampaignRobot *self, const char *campaign);
void               side_campaign_robot_set_paused  (SideCampaignRobot *self, gboolean paused);
gboolean           side_campaign_robot_get_paused  (SideCampaignRobot *self);
const char        *side_campaign_robot_get_calling (SideCampaignRobot *self, guint *place);
SideTestRun       *side_campaign_robot_get_run     (SideCampaignRobot *self);
const char        *side_campaign_robot_get_trouble (SideCampaignRobot *self);
void               side_campaign_robot_hang_up     (SideCampaignRobot *self);

G_END_DECLS
