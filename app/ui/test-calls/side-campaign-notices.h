/* side-campaign-notices.h - calls that are due and lines that fail, told once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One a desk, while the program is open. Whoever shows notifications of the
 * desktop listens to it; pages ask what fails.
 *
 * Signals:
 *   raise (const char *id, const char *title, const char *body)   something to be told of
 *   withdraw (const char *id)                                     it is not so any more
 *   changed ()                                                    what fails is another
 */
#pragma once

#include "side-campaigns.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CAMPAIGN_NOTICES (side_campaign_notices_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignNotices, side_campaign_notices, SIDE, CAMPAIGN_NOTICES, GObject)

SideCampaignNotices *side_campaign_notices_new         (SideCampaigns *campaigns);
SideCampaignNotices *side_campaign_notices_get         (SideDesk *desk);
char                *side_campaign_notices_dup_failing (SideCampaignNotices *self, const char *campaign);
guint                side_campaign_notices_count_due   (SideCampaignNotices *self);

G_END_DECLS
