/* side-campaigns.h - the campaigns of test calls of a project, and how far they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One object a desk, which follows its project. Of a campaign that goes on the
 * server tells its author and its callers alone.
 */
#pragma once

#include "side-campaign.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

/* So long after its time a call is still made for it; then it was missed. */
#define SIDE_CAMPAIGN_GRACE_MS (30 * 60 * G_GINT64_CONSTANT (1000))

/* How a call of a campaign stands. */
typedef enum {
  SIDE_CAMPAIGN_CALL_WAITING,   /* its time is still to come */
  SIDE_CAMPAIGN_CALL_DUE,
  SIDE_CAMPAIGN_CALL_MISSED,    /* its time has passed, and nobody called */
  SIDE_CAMPAIGN_CALL_MAKING,    /* somebody makes it, or its result is not here yet */
  SIDE_CAMPAIGN_CALL_MADE,
  SIDE_CAMPAIGN_CALL_SKIPPED,
} SideCampaignCallState;

/**
 * SideCampaignProgress: how far a campaign is.
 * @total: calls that were drawn
 * @made: that were made, or are being made
 * @skipped: that are not made, for a reason that was written down
 * @due: that are to be made now
 * @missed: whose time has passed
 * @next_ms: when the next one is to be made; 0 for none
 */
typedef struct {
  guint  total;
  guint  made;
  guint  skipped;
  guint  due;
  guint  missed;
  gint64 next_ms;
} SideCampaignProgress;

#define SIDE_TYPE_CAMPAIGNS (side_campaigns_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaigns, side_campaigns, SIDE, CAMPAIGNS, SideDocumentShelf)

SideCampaigns        *side_campaigns_get          (SideDesk *desk);
SideScenarios        *side_campaigns_get_scenarios (SideCampaigns *self);
GPtrArray            *side_campaigns_list         (SideCampaigns *self);
const SideCampaign   *side_campaigns_find         (SideCampaigns *self, const char *id);
GPtrArray            *side_campaigns_list_calls   (SideCampaigns *self, const char *id);
const SideTestCall   *side_campaigns_find_call    (SideCampaigns *self, const char *id);
GPtrArray            *side_campaigns_dup_scenarios (SideCampaigns *self);
GTimeZone            *side_campaigns_get_zone     (SideCampaigns *self, const SideCampaign *campaign);
gint64                side_campaigns_get_now_ms   (SideCampaigns *self);

gboolean              side_campaigns_is_left      (SideCampaigns *self, const SideCampaign *campaign, const SideCampaignCall *call);
SideCampaignCallState side_campaigns_judge        (SideCampaigns *self, const SideCampaign *campaign, const SideCampaignCall *call);
void                  side_campaigns_get_progress (SideCampaigns *self, const SideCampaign *campaign, SideCampaignProgress *progress);
int                   side_campaigns_find_next    (SideCampaigns *self, const SideCampaign *campaign);
const char           *side_campaigns_get_number   (SideCampaigns *self, const SideCampaign *campaign, const SideCampaignCall *call,
                                                   const char **vendor);

void                  side_campaigns_fill_call    (SideCampaigns *self, const char *id, guint place, SideTestCall *call);

gboolean              side_campaigns_may_add      (SideCampaigns *self);
gboolean              side_campaigns_may_edit     (SideCampaigns *self, const SideCampaign *campaign);
gboolean              side_campaigns_may_call     (SideCampaigns *self, const SideCampaign *campaign);
gboolean              side_campaigns_may_remove   (SideCampaigns *self, const SideCampaign *campaign);

void                  side_campaigns_put          (SideCampaigns *self, const SideCampaign *campaign, const char *words);
void                  side_campaigns_remove       (SideCampaigns *self, const char *id);
void                  side_campaigns_skip         (SideCampaigns *self, const char *id, guint place, const char *reason);
void                  side_campaigns_close        (SideCampaigns *self, const char *id);

void                  side_campaigns_claim_async  (SideCampaigns *self, const char *id, guint place, const char *test_call,
                                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean              side_campaigns_claim_finish (SideCampaigns *self, GAsyncResult *result, GError **error);

G_END_DECLS
