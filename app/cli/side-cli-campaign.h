/* side-cli-campaign.h - what the commands for campaigns share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-campaign.h"
#include "side-cli.h"
#include "side-test-call.h"

G_BEGIN_DECLS

/* Where a campaign's files are. */
typedef struct {
  char *scenarios;     /* folder; NULL for the campaign's own */
  char *time_zone;     /* NULL for this computer's */
} SideCliPlaces;

/* A campaign with its scenarios. */
typedef struct {
  SideCampaign *campaign;
  GPtrArray    *scenarios;
  GTimeZone    *zone;
} SideCliPlan;

void          side_cli_places_clear     (SideCliPlaces *self);
gboolean      side_cli_plan_read        (SideCliPlan *self, const char *path, const SideCliPlaces *places, GError **error);
gboolean      side_cli_plan_draw        (SideCliPlan *self, GError **error);
SideScenario *side_cli_plan_scenario    (const SideCliPlan *self, const char *id);
const char   *side_cli_plan_number      (const SideCliPlan *self, const SideCampaignCall *call);
const char   *side_cli_plan_vendor      (const SideCliPlan *self, const SideCampaignCall *call);
char         *side_cli_plan_time        (const SideCliPlan *self, gint64 at_ms);
void          side_cli_plan_add_call    (const SideCliPlan *self, JsonBuilder *builder, const SideCampaignCall *call);
void          side_cli_plan_clear       (SideCliPlan *self);

/**
 * SideCliMark: a call that was begun, as the state file has it.
 * @id: of the test call
 * @began_ms: when it was begun
 * @at_ms: when it was due
 * @call: (nullable): what it came to; %NULL while it goes on, or when the program died in it
 * @dropped: nobody was called after all, so that it may be begun again
 */
typedef struct {
  char         *id;
  gint64        began_ms;
  gint64        at_ms;
  char         *scenario;
  char         *number;
  SideTestCall *call;
  gboolean      dropped;
} SideCliMark;

/* What was done of a campaign: a file that only grows. */
typedef struct {
  int        fd;       /* -1 for one that is only read */
  char      *path;
  GPtrArray *marks;    /* of SideCliMark */
} SideCliState;

gboolean     side_cli_state_open   (SideCliState *self, const char *path, const char *campaign, GError **error);
gboolean     side_cli_state_look   (SideCliState *self, const char *path, const char *campaign, GError **error);
SideCliMark *side_cli_state_find   (const SideCliState *self, const SideCampaignCall *call);
gboolean     side_cli_state_begin  (SideCliState *self, const SideCampaignCall *call, const char *id, gint64 now_ms, GError **error);
gboolean     side_cli_state_end    (SideCliState *self, const char *id, const SideTestCall *call, GError **error);
void         side_cli_state_clear  (SideCliState *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliPlaces, side_cli_places_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliPlan, side_cli_plan_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCliState, side_cli_state_clear)

G_END_DECLS
