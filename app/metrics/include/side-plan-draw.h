/* side-plan-draw.h - a plan's calls, drawn by lot so that it can be repeated
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What joins a plan (side-plan.h) and a draw (side-draw.h).
 */
#pragma once

#include "side-call.h"
#include "side-plan.h"

G_BEGIN_DECLS

/**
 * SidePlanCheck: whether a plan's list is what its seed gives.
 * @SIDE_PLAN_CHECK_SAME: it is
 * @SIDE_PLAN_CHECK_OTHER_CALLS: the calls it was drawn from are not the same ones now
 * @SIDE_PLAN_CHECK_OTHER_DRAW: it is not
 */
typedef enum {
  SIDE_PLAN_CHECK_SAME,
  SIDE_PLAN_CHECK_OTHER_CALLS,
  SIDE_PLAN_CHECK_OTHER_DRAW,
} SidePlanCheck;

char          *side_plan_stratum_of (guint strata, const SideCall *call, GTimeZone *zone);
void           side_plan_draw       (SidePlan *plan, GPtrArray *calls, GTimeZone *zone);
SidePlanCheck  side_plan_check      (const SidePlan *plan, GPtrArray *calls, GTimeZone *zone);

G_END_DECLS
