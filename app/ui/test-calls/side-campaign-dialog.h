/* side-campaign-dialog.h - a new campaign of test calls, or what may be changed of one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: saved (const char *id): it is written; its id
 */
#pragma once

#include <adwaita.h>

#include "side-campaigns.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_DIALOG (side_campaign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignDialog, side_campaign_dialog, SIDE, CAMPAIGN_DIALOG, AdwWindow)

GtkWindow          *side_campaign_dialog_new          (GtkWindow *parent, SideCampaigns *campaigns);
GtkWindow          *side_campaign_dialog_new_like     (GtkWindow *parent, SideCampaigns *campaigns, const SideCampaign *campaign);
GtkWindow          *side_campaign_dialog_new_for      (GtkWindow *parent, SideCampaigns *campaigns, const SideCampaign *campaign);
const SideCampaign *side_campaign_dialog_get_campaign (SideCampaignDialog *self);
gboolean            side_campaign_dialog_is_drawing   (SideCampaignDialog *self);

G_END_DECLS
