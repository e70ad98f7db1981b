/* side-plans.h - the sampling plans of a project, and how far they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One object a desk, which follows its project. It reads the plans, the reviews
 * made for them and the calls they are about from the store, and no others:
 * of a closed plan only when somebody looks at it.
 */
#pragma once

#include "side-document-shelf.h"
#include "side-plan.h"
#include "side-sample-size.h"

G_BEGIN_DECLS

/**
 * SideWork: a review somebody is to make, or has made.
 * @plan: whose task it is
 * @task: the task
 * @call: (nullable): its call; %NULL when it is not on this computer
 * @review: (nullable): what was answered so far
 */
typedef struct {
  const SidePlan     *plan;
  const SidePlanTask *task;
  const SideCall     *call;
  const SideReview   *review;
} SideWork;

/**
 * SidePlanProgress: how far a plan, or one person in it, is.
 * @total: tasks that can be seen by now
 * @done: of them, with a finished review
 */
typedef struct {
  guint total;
  guint done;
} SidePlanProgress;

#define SIDE_TYPE_PLANS (side_plans_get_type ())
G_DECLARE_FINAL_TYPE (SidePlans, side_plans, SIDE, PLANS, SideDocumentShelf)

/* Signals: finished (guint left): this person finished a task; so many are left */
SidePlans        *side_plans_get          (SideDesk *desk);
gboolean          side_plans_is_loading   (SidePlans *self);
GPtrArray        *side_plans_list         (SidePlans *self);
const SidePlan   *side_plans_find         (SidePlans *self, const char *id);
const SideCall   *side_plans_find_call    (SidePlans *self, const char *id);
void              side_plans_want         (SidePlans *self, const char *id);
GArray           *side_plans_list_work    (SidePlans *self, const char *plan, const char *reviewer, gboolean open_only);
guint             side_plans_count_open   (SidePlans *self);
char             *side_plans_find_next    (SidePlans *self, const char *not_call);
SidePlanProgress  side_plans_get_progress (SidePlans *self, const SidePlan *plan, const char *reviewer);
guint             side_plans_get_result   (SidePlans *self, const SidePlan *plan, SideSampleResult *result);
const SideScript *side_plans_get_script   (SidePlans *self, const char *id, int version);
GPtrArray        *side_plans_list_scripts (SidePlans *self);
void              side_plans_put          (SidePlans *self, const SidePlan *plan);

G_END_DECLS
