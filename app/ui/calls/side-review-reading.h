/* side-review-reading.h - scripts and reviews of a call, as the store has them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-assignments.h"
#include "side-review-shelf.h"
#include "side-review.h"
#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideReviewWish: what is to be read, and which review goes before others.
 * @user: (nullable): whose reviews go before those of others
 * @open: (nullable): id of the review that is open: it goes before all
 * @script: (nullable): id of the script whose reviews are meant; %NULL for any
 * @shown: (nullable): id of the script that is open: it stays, unless another
 *   one is asked for
 * @own_only: whether nobody else's is to be shown
 * @none: whether no review is to be shown: a new one is going to be made
 * @drafts: whether unfinished reviews of others are told of too
 * @asked: (nullable): what this person is asked to review
 */
typedef struct {
  const char *user;
  const char *open;
  const char *script;
  const char *shown;
  gboolean    own_only;
  gboolean    none;
  gboolean    drafts;
  SideAssignments *asked;
} SideReviewWish;

/**
 * SideReviewDue: what this person is asked for on a call and has not finished.
 * @version: of the script; 0 for the one in use
 * @blind: whether it is made without knowing what else was found
 */
typedef struct {
  char          *script;
  int            version;
  SideSelection  selection;
  char          *plan;
  gboolean       blind;
} SideReviewDue;

/**
 * SideReviewReading:
 * @scripts: (element-type SideScript): what the call can be scored with: those
 *   in use for its queue, and those it was scored with
 * @script: (nullable): of them, the one meant, in its newest version
 * @exact: (nullable): the version the review was made with, when it is another
 * @review: (nullable): the one to be shown: this person's or somebody else's
 * @stored: (nullable): its document
 * @others: (element-type SideReview): reviews of others with that script, and
 *   those of this person besides their first one, the newest first
 * @taken: (element-type utf8): ids of all reviews of the call
 * @due: (nullable): what the review to be shown, or to be made, is asked for by
 * @blind: whether this person has a review to finish without seeing what
 *   others found
 */
typedef struct {
  GPtrArray    *scripts;
  SideScript   *script;
  SideScript   *exact;
  SideReview   *review;
  SideDocument *stored;
  GPtrArray    *others;
  GHashTable   *taken;
  SideReviewDue *due;
  gboolean      blind;
} SideReviewReading;

void               side_review_reading_load_async  (SideStore            *store,
                                                    const SideCall       *call,
                                                    SideReviewShelf      *shelf,
                                                    const SideReviewWish *wish,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
SideReviewReading *side_review_reading_load_finish (SideStore            *store,
                                                    GAsyncResult         *result,
                                                    GError              **error);
void               side_review_reading_free        (SideReviewReading    *self);
void               side_review_due_free            (SideReviewDue        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewReading, side_review_reading_free)

G_END_DECLS
