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

/* Of so many calls the frame always fits into the plan: see docs/protocol.md. */
#define SIDE_PLAN_FRAME_KEPT 5000

/**
 * SidePlanCheck: whether a plan's list is what its seed gives.
 * @SIDE_PLAN_CHECK_SAME: it is
 * @SIDE_PLAN_CHECK_OTHER_CALLS: it cannot be told: the calls it was drawn from were too many to be kept, and
 *   are not the same ones now
 * @SIDE_PLAN_CHECK_OTHER_DRAW: it is not
 */
typedef enum {
  SIDE_PLAN_CHECK_SAME,
  SIDE_PLAN_CHECK_OTHER_CALLS,
  SIDE_PLAN_CHECK_OTHER_DRAW,
} SidePlanCheck;

/**
 * SidePlanReport: what drawing once more came to.
 * @kept: whether the list of calls was kept that was drawn from; only then the rest is known
 * @late: (element-type utf8): ids of calls that the same filters give now and did not then
 * @left_out: (element-type utf8): of such calls those that were over a day before the plan was made by
 *   somebody who had all calls: they are not in @late
 * @gone: (element-type utf8): of those they gave then and do not now
 * @moved: (element-type utf8): of those whose operator, queue or hour is another now
 * @calls: (element-type utf8 SideCall): those of @late, @left_out and @moved
 */
typedef struct {
  SidePlanCheck  check;
  gboolean       kept;
  GPtrArray     *late;
  GPtrArray     *left_out;
  GPtrArray     *gone;
  GPtrArray     *moved;
  GHashTable    *calls;
} SidePlanReport;

char           *side_plan_stratum_of (guint strata, const SideCall *call, GTimeZone *zone);
void            side_plan_draw       (SidePlan *plan, GPtrArray *calls, GTimeZone *zone);
SidePlanReport *side_plan_check      (const SidePlan *plan, GPtrArray *calls, GTimeZone *zone);
void            side_plan_report_free (SidePlanReport *self);
gboolean        side_plan_check_claim (const SidePlan *plan, GPtrArray **frame, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePlanReport, side_plan_report_free)

G_END_DECLS
