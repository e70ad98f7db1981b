/* side-test-results.h - what many test calls say, over time and of several lines
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside every figure stands how many calls it is of, and its 95 % interval: a
 * few calls prove little, and nobody is to be judged by one.
 */
#pragma once

#include "side-quality.h"
#include "side-test-call.h"

G_BEGIN_DECLS

/* What calls are put together by, as a set; by none: all in one. */
typedef enum {
  SIDE_TEST_BY_LINE     = 1 << 0,   /* the vendor, or the number where there is none */
  SIDE_TEST_BY_SCENARIO = 1 << 1,
  SIDE_TEST_BY_WEEK     = 1 << 2,   /* from Monday */
  SIDE_TEST_BY_MONTH    = 1 << 3,
} SideTestGroups;

/**
 * SideTestResult: some test calls together.
 * @line: (nullable): vendor or number
 * @scenario: (nullable): id of the scenario
 * @title: (nullable): its title in the newest of these calls
 * @from_ms: when the week or the month began; 0 without
 * @n: calls that are over and count
 * @answered: of these, by anybody or anything
 * @reached: of these, by a person
 * @sound: of these, in which nothing was found to be wrong
 * @reached_share: interval of the share of @reached, 0 to 1
 * @sound_share: likewise of @sound
 * @waits: ms from dialling to a person, of those that came to one
 * @wait: interval of their mean; NaN below two
 * @scores: 0 to 100, of those that were scored
 */
typedef struct {
  char         *line;
  char         *scenario;
  char         *title;
  gint64        from_ms;
  guint         n;
  guint         answered;
  guint         reached;
  guint         sound;
  SideInterval  reached_share;
  SideInterval  sound_share;
  SideScores    waits;
  SideInterval  wait;
  SideScores    scores;
} SideTestResult;

/* Returns: 0 to 100; NaN for a call without a score. */
typedef double (*SideTestScoreFunc) (const SideTestCall *call, gpointer data);

GPtrArray *side_test_results       (GPtrArray *calls, guint groups, GTimeZone *zone, SideTestScoreFunc score, gpointer data);
void       side_test_result_free   (SideTestResult *self);

G_END_DECLS
