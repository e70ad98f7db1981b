/* side-campaign-draw.h - when a campaign's calls are to be made, by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draw that anybody can repeat: the same campaign and scenarios with the same
 * seed give the same calls, in whatever order they are listed and on whatever
 * machine.
 */
#pragma once

#include "side-campaign.h"
#include "side-scenario.h"

G_BEGIN_DECLS

/**
 * SideCampaignAlarm: a line whose last calls failed.
 * @scenario: (nullable): id of the scenario
 * @number: what was dialled
 * @failed: how many of the last @of calls failed
 * @of: how many were looked at
 * @raised: whether the newest call made it so: this is what is told of
 */
typedef struct {
  char     *scenario;
  char     *number;
  int       failed;
  int       of;
  gboolean  raised;
} SideCampaignAlarm;

guint      side_campaign_draw       (SideCampaign *self, GPtrArray *scenarios, GTimeZone *zone, GError **error);
gboolean   side_campaign_is_failing (const gboolean *failed, guint n_failed, int n, int m);
GPtrArray *side_campaign_alarms     (const SideCampaign *self, GPtrArray *calls);

G_END_DECLS
