/* side-campaigns-page.h - the campaigns of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: toast (const char *words): something to be said in a sentence
 */
#pragma once

#include "side-campaign-view.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGNS_PAGE (side_campaigns_page_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignsPage, side_campaigns_page, SIDE, CAMPAIGNS_PAGE, AdwBin)

GtkWidget        *side_campaigns_page_new      (SideCampaigns *campaigns, SideCampaignRobot *robot, SideCampaignNotices *notices,
                                                SideLines *lines, const char *rules, GtkWidget *switcher);
SideCampaignView *side_campaigns_page_get_view (SideCampaignsPage *self);
void              side_campaigns_page_show     (SideCampaignsPage *self, const char *id);
GtkWidget        *side_campaigns_switcher_new  (GtkStack *stack);
GtkWidget        *side_campaigns_page_add      (GtkStack *stack, SideDesk *desk, GtkWidget *beside);

G_END_DECLS
