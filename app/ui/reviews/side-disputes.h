/* side-disputes.h - what operators answer to reviews, read and written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One for a desk. For an operator who is signed in it holds their own reviews,
 * for everybody else those in dispute and the newest others.
 */
#pragma once

#include "side-dispute.h"
#include "side-document-shelf.h"
#include "side-store-answers.h"

G_BEGIN_DECLS

/* How far back reviews without a dispute are looked at, and how many. */
#define SIDE_DISPUTES_DAYS  31
#define SIDE_DISPUTES_LIMIT 500

#define SIDE_TYPE_DISPUTES (side_disputes_get_type ())
G_DECLARE_FINAL_TYPE (SideDisputes, side_disputes, SIDE, DISPUTES, SideDocumentShelf)

SideDisputes *side_disputes_get         (SideDesk *desk);
SideDesk     *side_disputes_get_desk    (SideDisputes *self);
GPtrArray    *side_disputes_list        (SideDisputes *self);
SideAnswered *side_disputes_find        (SideDisputes *self, const char *review);
gboolean      side_disputes_is_own      (SideDisputes *self);
gboolean      side_disputes_may_answer  (SideDisputes *self);
gboolean      side_disputes_acknowledge (SideDisputes *self, SideAnswered *answered, GError **error);
gboolean      side_disputes_make        (SideDisputes *self, SideAnswered *answered, const char *criterion,
                                         double asked, const char *reason, GError **error);
gboolean      side_disputes_withdraw    (SideDisputes *self, SideAnswered *answered, const SideDispute *dispute, GError **error);
gboolean      side_disputes_rule        (SideDisputes *self, SideAnswered *answered, const SideDispute *dispute,
                                         gboolean upheld, double value, const char *ruling, GError **error);

G_END_DECLS
