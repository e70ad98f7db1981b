/* side-campaign-lists.h - the lists that a campaign's form has: numbers, hours, people
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-campaign.h"
#include "side-desk.h"

G_BEGIN_DECLS

/* Signals: changed (): a person changed something in it */
#define SIDE_TYPE_CAMPAIGN_LIST (side_campaign_list_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignList, side_campaign_list, SIDE, CAMPAIGN_LIST, AdwBin)

GtkWidget *side_campaign_list_new_numbers  (void);
GtkWidget *side_campaign_list_new_hours    (void);
GtkWidget *side_campaign_list_new_callers  (SideDesk *desk);
void       side_campaign_list_show_numbers (SideCampaignList *self, const GPtrArray *numbers);
void       side_campaign_list_show_hours   (SideCampaignList *self, const GArray *hours);
void       side_campaign_list_show_callers (SideCampaignList *self, const GPtrArray *callers);
void       side_campaign_list_read         (SideCampaignList *self, SideCampaign *campaign);

G_END_DECLS
