/* side-plan-words.h - plans and what is to be done for them, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-calibrations.h"
#include "side-plans.h"

G_BEGIN_DECLS

char       *side_plan_words_until    (SideDesk *desk, gint64 due_ms, gboolean *overdue);
char       *side_plan_words_due      (SideDesk *desk, const SidePlan *plan, gboolean *overdue);
char       *side_plan_words_progress (SidePlanProgress progress);
char       *side_plan_words_call     (SideDesk *desk, const SideCall *call);
char       *side_plan_words_about    (SideDesk *desk, const SideCall *call);
char       *side_plan_words_title    (SidePlans *plans, const SidePlan *plan);
char       *side_plan_words_calibration (SideCalibrations *calibrations, const SideCalibration *calibration);
char       *side_plan_words_which    (SidePlans *plans, const SidePlan *plan);
char       *side_plan_words_state    (SidePlans *plans, const SideWork *work);
char       *side_plan_words_script   (SidePlans *plans, const SidePlan *plan);
char       *side_plan_words_result   (const SidePlan *plan, const SideSampleResult *result);
char       *side_plan_words_size     (const SideSampleSize *size);
const char *side_plan_words_rule     (SidePlanRule rule);

G_END_DECLS
