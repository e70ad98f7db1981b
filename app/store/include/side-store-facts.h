/* side-store-facts.h - all that a cache knows of one operator's work
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-quality.h"
#include "side-sound-figures.h"
#include "side-store.h"

G_BEGIN_DECLS

/* An operator with fewer analysed calls says nothing of a range. */
#define SIDE_OPERATOR_SOUND_ENOUGH 5

/**
 * SideSoundRange: a figure of the sound of one operator's calls, and the others'.
 * @n: the operator's calls of which it is known
 * @median: of them; NaN when there is none
 * @others: how many other operators have SIDE_OPERATOR_SOUND_ENOUGH such calls
 * @low: the least of their medians; NaN when there is none
 * @high: the greatest
 */
typedef struct {
  guint  n;
  double median;
  guint  others;
  double low;
  double high;
} SideSoundRange;

/**
 * SideOperatorFacts: an operator in a period; calls belong to it by when they came.
 * @reviews: (element-type SideReviewFact): all finished ones, the newest call first
 * @hidden: how many more there are that this person is not to see yet: they are
 *   in none of these figures, see side_store_set_veil_async()
 * @criteria: (element-type SideCriterionFact): answers of those that speak of
 *   the operator, random ones and others apart
 * @others_random: scores of the project's other operators, random reviews
 * @others_chosen: likewise, all others
 * @others: how many other operators have reviews
 * @handled: calls answered and ended, without test calls
 * @test_calls: test calls the operator answered
 * @sound: by SideSoundFigure
 */
typedef struct {
  GArray         *reviews;
  guint           hidden;
  GArray         *criteria;
  SideScores      others_random;
  SideScores      others_chosen;
  guint           others;
  guint           handled;
  guint           test_calls;
  gint64          talk_ms;
  gint64          hold_ms;
  gint64          wrap_ms;
  SideSoundRange  sound[SIDE_SOUND_N_FIGURES];
} SideOperatorFacts;

/**
 * SideReviewCount: reviews that speak of an operator; the two kinds are never added up.
 */
typedef struct {
  guint random;
  guint chosen;
} SideReviewCount;

void               side_operator_facts_free           (SideOperatorFacts   *self);

void               side_store_get_operator_async      (SideStore           *self,
                                                       const char          *project,
                                                       const char          *operator_id,
                                                       gint64               from_ms,
                                                       gint64               to_ms,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
SideOperatorFacts *side_store_get_operator_finish     (SideStore           *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);
void               side_store_count_reviews_async     (SideStore           *self,
                                                       const char          *project,
                                                       gint64               from_ms,
                                                       gint64               to_ms,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
GHashTable        *side_store_count_reviews_finish    (SideStore           *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideOperatorFacts, side_operator_facts_free)

G_END_DECLS
