/* side-campaign-form.h - what a campaign of test calls is to be, to be filled in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: changed (): a person changed something
 */
#pragma once

#include <adwaita.h>

#include "side-campaigns.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_FORM (side_campaign_form_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignForm, side_campaign_form, SIDE, CAMPAIGN_FORM, AdwBin)

GtkWidget *side_campaign_form_new      (SideCampaigns *campaigns);
void       side_campaign_form_show     (SideCampaignForm *self, const SideCampaign *campaign);
void       side_campaign_form_read     (SideCampaignForm *self, SideCampaign *campaign);
void       side_campaign_form_set_drawn (SideCampaignForm *self, gboolean drawn);
char      *side_campaign_form_new_seed (void);

G_END_DECLS
