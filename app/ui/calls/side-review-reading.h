/* side-review-reading.h - script and review of a call, as the store has them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review.h"
#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideReviewReading:
 * @script: (nullable): in use for the call's queue
 * @script_body: (nullable): its JSON
 * @exact: (nullable): the version the review was made with, when it is another
 * @review: (nullable): the one to be shown: this person's or, finished,
 *   somebody else's
 * @stored: (nullable): its document
 * @others: finished reviews of others, and those of this person besides
 *   their newest one, the newest first
 */
typedef struct {
  SideScript   *script;
  char         *script_body;
  SideScript   *exact;
  SideReview   *review;
  SideDocument *stored;
  GPtrArray    *others;     /* of SideReview */
} SideReviewReading;

void               side_review_reading_load_async  (SideStore           *store,
                                                    const SideCall      *call,
                                                    const char          *user,
                                                    const char          *open,
                                                    gboolean             own_only,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
SideReviewReading *side_review_reading_load_finish (SideStore           *store,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void               side_review_reading_free        (SideReviewReading   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewReading, side_review_reading_free)

G_END_DECLS
