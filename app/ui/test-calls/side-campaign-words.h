/* side-campaign-words.h - campaigns of test calls in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-campaign-draw.h"
#include "side-campaigns.h"

G_BEGIN_DECLS

/* What keeps a campaign from being drawn, or what its author should know. */
typedef enum {
  SIDE_CAMPAIGN_NO_TITLE,
  SIDE_CAMPAIGN_NO_SCENARIO,
  SIDE_CAMPAIGN_NO_NUMBER,       /* one of the scenarios has none of its own, and there are no others */
  SIDE_CAMPAIGN_NO_SEED,
  SIDE_CAMPAIGN_ENDS_EARLY,      /* before it begins, or all of it is over */
  SIDE_CAMPAIGN_TOO_LONG,
  SIDE_CAMPAIGN_NO_HOURS,        /* some hours of a week are none */
  SIDE_CAMPAIGN_NO_ZONE,         /* there is no such time zone */
  SIDE_CAMPAIGN_MORE_THAN_LAST,  /* n of m with n above m */
  SIDE_CAMPAIGN_NEEDS_PERSON,    /* for the computer, and a scenario needs somebody who talks: a warning */
  SIDE_CAMPAIGN_N_FAULTS,
} SideCampaignFault;

const char *side_campaign_words_title    (const SideCampaign *campaign);
char       *side_campaign_words_progress (SideCampaigns *campaigns, const SideCampaign *campaign);
const char *side_campaign_words_state    (SideCampaignCallState state);
const char *side_campaign_words_icon     (SideCampaignCallState state);
char       *side_campaign_words_when     (SideCampaigns *campaigns, const SideCampaign *campaign, gint64 at_ms);
char       *side_campaign_words_line     (SideCampaigns *campaigns, const SideCampaign *campaign, const SideCampaignCall *call);
const char *side_campaign_words_scenario (SideCampaigns *campaigns, const char *id);
char       *side_campaign_words_alarm    (SideCampaigns *campaigns, const SideCampaign *campaign, const SideCampaignAlarm *alarm);
char       *side_campaign_words_plan     (SideCampaigns *campaigns, const SideCampaign *campaign);

guint       side_campaign_words_check    (SideCampaigns *campaigns, const SideCampaign *campaign);
gboolean    side_campaign_words_blocks   (SideCampaignFault fault);
char       *side_campaign_words_fault    (SideCampaigns *campaigns, const SideCampaign *campaign, SideCampaignFault fault);

G_END_DECLS
