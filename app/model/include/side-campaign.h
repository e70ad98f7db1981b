/* side-campaign.h - which test calls are to be made, where to and when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A campaign calls one or more numbers with one or more scenarios at instants
 * drawn by lot inside hours it was given, so that nobody knows when. The draw
 * can be repeated: side-campaign-draw.h does it.
 */
#pragma once

#include <glib-object.h>

#include "side-hours.h"

G_BEGIN_DECLS

#define SIDE_CAMPAIGN_MAX_CALLS     1000
#define SIDE_CAMPAIGN_MAX_SCENARIOS 100
#define SIDE_CAMPAIGN_MAX_NUMBERS   50
#define SIDE_CAMPAIGN_MAX_WINDOWS   20
#define SIDE_CAMPAIGN_MAX_CALLERS   200
#define SIDE_CAMPAIGN_MAX_DAYS      400

/**
 * SideCampaignNumber: a line to be called.
 * @number: what to dial
 * @vendor: (nullable): whose it is, where several are compared
 */
typedef struct {
  char *number;
  char *vendor;
} SideCampaignNumber;

/**
 * SideCampaignCall: one call to be made.
 * @at_ms: when
 * @scenario: UUID of the scenario
 * @number: (nullable): what to dial; %NULL for the scenario's own
 * @test_call: (nullable): UUID of the test call that was made for it
 * @skipped: (nullable): why it was not made
 */
typedef struct {
  gint64  at_ms;
  char   *scenario;
  char   *number;
  char   *test_call;
  char   *skipped;
} SideCampaignCall;

typedef struct _SideCampaign SideCampaign;

/**
 * SideCampaign:
 * @scenarios: (element-type utf8): UUIDs
 * @numbers: (element-type SideCampaignNumber): every scenario is called at each; empty for
 *   the scenarios' own numbers
 * @windows: (element-type SideHours): when, besides the scenarios' own hours; empty for these alone
 * @time_zone: (nullable): zone of @windows; %NULL for the project's
 * @from_ms: not before
 * @to_ms: and before this
 * @count: how many calls altogether
 * @per_day: on one day at most; 0 for any number
 * @per_number: on one day to one number at most; 0 for any number
 * @seed: (nullable): what the lots are made of
 * @fail_n: so many failures…
 * @fail_m: …among the last so many calls are told of; 0 for never
 * @robot: whether the computer makes them by itself
 * @callers: (element-type utf8): users who make them, besides @author
 * @calls: (element-type SideCampaignCall): in the order of time
 * @closed_ms: when it was closed; 0 while it is open. While it is, only its author and
 *   its callers read it
 */
struct _SideCampaign
{
  gatomicrefcount  ref_count;
  char            *id;            /* UUID */
  char            *project;
  char            *title;
  GPtrArray       *scenarios;
  GPtrArray       *numbers;
  GArray          *windows;
  char            *time_zone;
  gint64           from_ms;
  gint64           to_ms;
  int              count;
  int              per_day;
  int              per_number;
  char            *seed;
  int              fail_n;
  int              fail_m;
  gboolean         robot;
  GPtrArray       *callers;
  GPtrArray       *calls;
  char            *author;
  gint64           created_ms;
  gint64           changed_ms;
  gint64           closed_ms;
};

#define SIDE_TYPE_CAMPAIGN (side_campaign_get_type ())
GType                     side_campaign_get_type    (void);
SideCampaign             *side_campaign_new         (const char *id, const char *project, const char *title);
SideCampaign             *side_campaign_copy        (const SideCampaign *self);
SideCampaign             *side_campaign_ref         (SideCampaign *self);
void                      side_campaign_unref       (SideCampaign *self);
SideCampaignNumber       *side_campaign_add_number  (SideCampaign *self, const char *number, const char *vendor);
SideCampaignCall         *side_campaign_add_call    (SideCampaign *self, gint64 at_ms, const char *scenario, const char *number);
SideCampaignCall         *side_campaign_next_call   (const SideCampaign *self);
const SideCampaignNumber *side_campaign_find_number (const SideCampaign *self, const char *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCampaign, side_campaign_unref)

G_END_DECLS
