/* side-review-rule.h - who may write what over a review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sealed never changes, and whose hands a review went through stays on
 * record. The server takes nothing else; the app settles two versions of a
 * review so that the server takes it.
 */
#pragma once

#include "side-dispute.h"

G_BEGIN_DECLS

gboolean    side_review_may_follow (const SideReview *self, const SideReview *old, const char *user, const GPtrArray *upheld, GError **error);
gboolean    side_review_may_delete (const SideReview *self, const char *user, gboolean supervisor, GError **error);

/* Two versions of one review: side-review-settle.c */
SideReview *side_review_settle     (const SideReview *chosen, const SideReview *mine, const SideReview *theirs, const char *user,
                                    const GPtrArray *upheld, const char *reason, gint64 now_ms);
SideReview *side_review_set_apart  (const SideReview *mine, const char *id, const char *user);

G_END_DECLS
