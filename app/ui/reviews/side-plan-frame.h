/* side-plan-frame.h - which calls a plan is drawn from, or finds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-filters.h"
#include "side-plan-draw.h"

G_BEGIN_DECLS

#define SIDE_PLAN_MAX_FRAME 100000   /* calls a plan is drawn from */

/**
 * SidePlanLimits: how many calls a chosen plan looks for, by rule.
 * @most: of each rule; 0 for none
 * @words: (nullable): what tells a complaint: words apart by commas
 */
typedef struct {
  int   most[SIDE_PLAN_N_RULES];
  char *words;
} SidePlanLimits;

char          *side_plan_frame_write        (SideCallFilters *filters, int min_talk_s, const SideScript *script);
char          *side_plan_frame_words (SideDesk *desk, const SidePlan *plan);
SideCallQuery *side_plan_frame_query        (SideDesk *desk, const SidePlan *plan);
gint64         side_plan_frame_settled_ms   (SideDesk *desk);
void           side_plan_frame_draw_async   (SideDesk *desk, SidePlan *plan, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
void           side_plan_frame_choose_async (SideDesk *desk, SidePlan *plan, const SidePlanLimits *limits,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       side_plan_frame_finish       (SideDesk *desk, GAsyncResult *result, GError **error);
void           side_plan_frame_check_async  (SideDesk *desk, const SidePlan *plan, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
SidePlanReport *side_plan_frame_check_finish (SideDesk *desk, GAsyncResult *result, GError **error);

G_END_DECLS
