/* side-live-text.h - the words of the Live page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-indicators.h"

G_BEGIN_DECLS

const char *side_live_title       (SideIndicator indicator);
char       *side_live_value       (SideIndicator indicator, const SideIndicators *figures);
char       *side_live_note        (SideIndicator indicator, const SideIndicators *figures, const SideProject *config);
char       *side_live_milliseconds (double ms);

/**
 * SideExplanation: how a number was made.
 * @formula: in words
 * @numbers: the same with what was put in: "173 ÷ (201 + 8) = 83 %"
 * @rests_on: how many calls or operators it rests on
 * @left_out: (element-type utf8): what was not counted, each a sentence; may be empty
 */
typedef struct {
  const char *title;
  char       *formula;
  char       *numbers;
  char       *rests_on;
  GPtrArray  *left_out;
} SideExplanation;

SideExplanation *side_live_explain      (SideIndicator indicator, const SideIndicators *figures, const SideProject *config);
void             side_explanation_free  (SideExplanation *self);
char            *side_live_period       (SidePeriod period, GTimeZone *zone, gint64 from_ms, gint64 now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideExplanation, side_explanation_free)

G_END_DECLS
