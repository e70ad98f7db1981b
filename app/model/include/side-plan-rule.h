/* side-plan-rule.h - who may write what over a plan
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a plan was drawn from and what fell to it stays as it was, else the draw
 * could not be repeated. The app offers only what the server takes.
 */
#pragma once

#include "side-plan.h"

G_BEGIN_DECLS

gboolean side_plan_may_manage (const SidePlan *self, const char *user, gboolean supervisor);
gboolean side_plan_may_follow (const SidePlan *self, const SidePlan *old, const char *user, gboolean supervisor, GError **error);
gboolean side_plan_keeps_result (const SidePlan *self, const SidePlan *old, GHashTable *reviewed, GError **error);
gboolean side_plan_gave_up      (const SidePlan *self, const char *call);
gboolean side_plan_drew         (const SidePlan *self, const char *call);
gboolean side_plan_may_delete (const SidePlan *self, const char *user, gboolean supervisor, gboolean reviewed, GError **error);

G_END_DECLS
