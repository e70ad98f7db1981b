/* side-review-check.h - whether what a review says can be
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may write it is side-review-rule.h's.
 */
#pragma once

#include "side-call.h"
#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

/* How far a clock may be off by which something was finished. */
#define SIDE_REVIEW_CLOCK_SLACK_MS (60 * 60 * 1000)

/* From this share on a recording was heard whole: its last moment is seldom played to its end. */
#define SIDE_REVIEW_HEARD_ALL 0.99

gboolean side_review_check_content (const SideReview *self, const SideReview *old, const SideScript *script, const SideCall *call,
                                    gint64 now_ms, GError **error);

G_END_DECLS
