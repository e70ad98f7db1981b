/* side-dispute-rule.h - what a ruling may do to a score, and how often there is one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-dispute.h"
#include "side-script.h"
#include "side-stats.h"

G_BEGIN_DECLS

/**
 * SideOverturn: how disputes of one criterion were judged.
 * @script: (nullable): id of the criterion's script
 * @criterion: its id
 * @n_judged: disputes upheld or rejected; withdrawn ones do not count
 * @n_upheld: of these, those in which the operator was right
 * @n_open: not judged yet
 * @interval: 95 % Wilson interval of the share upheld; not a number without any
 */
typedef struct {
  char         *script;
  char         *criterion;
  guint         n_judged;
  guint         n_upheld;
  guint         n_open;
  SideInterval  interval;
} SideOverturn;

gboolean   side_dispute_check_value (const SideDispute *self, const SideReview *review, const SideScript *script,
                                     double value, GError **error);
gboolean   side_dispute_rule        (SideDispute *self, const SideReview *review, const SideScript *script,
                                     gboolean upheld, double value, const char *judge, const char *ruling,
                                     gint64 now_ms, GError **error);
gboolean   side_dispute_is_lower    (const SideScript *script, const SideReview *review, const GPtrArray *before,
                                     const GPtrArray *after);
gboolean   side_dispute_check_kept  (const GPtrArray *disputes, const SideReview *review, const SideReview *before,
                                     const SideScript *script, GError **error);
gboolean   side_dispute_check_other (const SideDispute *dispute, const SideReview *ruled, const SideScript *ruled_script,
                                     const SideReview *review, const SideScript *script, GError **error);
GPtrArray *side_overturn_count      (const GPtrArray *disputes);
void       side_overturn_free       (SideOverturn *self);

G_END_DECLS
