/* side-indicators.h - the numbers of the Live page and of any period
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over the board: no I/O, no clock of their own. What each
 * number means stands in docs/metrics.md. A ratio of nothing is NaN ("–" on
 * screen), never 0 % or 100 %. A leg belongs to the interval it arrived in.
 */
#pragma once

#include "side-board.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_INDICATOR_WAITING,
  SIDE_INDICATOR_LONGEST_WAIT,
  SIDE_INDICATOR_SERVICE_LEVEL,
  SIDE_INDICATOR_ABANDONED,
  SIDE_INDICATOR_ANSWERED,
  SIDE_INDICATOR_ASA,
  SIDE_INDICATOR_AHT,
  SIDE_INDICATOR_OCCUPANCY,
  SIDE_INDICATOR_OPERATORS,
  SIDE_INDICATOR_CALLBACKS,
  SIDE_N_INDICATORS,
} SideIndicator;

typedef enum {
  SIDE_PERIOD_15_MIN,
  SIDE_PERIOD_HOUR,
  SIDE_PERIOD_TODAY,
} SidePeriod;

typedef enum {
  SIDE_LEVEL_NONE,      /* no target, or nothing to judge */
  SIDE_LEVEL_GOOD,
  SIDE_LEVEL_WARNING,
  SIDE_LEVEL_BAD,
} SideLevel;

/**
 * SideReach: which legs are counted.
 * @queue: (nullable): one queue's id, or %NULL for all of the project
 * @from_ms: arrived at or after
 * @to_ms: arrived before; also "now" for what is counted at this moment
 */
typedef struct {
  const char *queue;
  gint64      from_ms;
  gint64      to_ms;
} SideReach;

/**
 * SideCounts: sums over legs, from which every ratio of a period is made.
 * @offered: entered the queue, test calls left out
 * @answered: connected to an operator
 * @abandoned: the caller hung up while waiting
 * @lost: ended unanswered for whatever reason; includes @abandoned and @refused
 * @refused: never let into the queue; not in @offered
 * @lost_unknown: of @lost, reason not known (yet)
 * @not_counted: of @lost, withdrawn or refused: in no service level
 * @waiting: still in the queue
 * @test: test calls, counted nowhere else
 * @answered_in_t: answered within T, T inclusive
 * @lost_in_t, @lost_after_t: ended unanswered within and after T
 * @short_abandoned: abandoned within the short limit
 * @handled: answered and ended
 */
typedef struct {
  gint64 offered, answered, abandoned, lost, lost_unknown, refused, not_counted, waiting, test;
  gint64 answered_in_t, lost_in_t, lost_after_t, short_abandoned;
  gint64 handled, transferred;
  gint64 wait_answered_ms, wait_abandoned_ms, wait_all_ms, max_wait_ms;
  gint64 talk_ms, hold_ms, wrap_ms;
  gint64 orders, order_minor;
} SideCounts;

/**
 * SideIndicators: all there is to say about a reach.
 * @service_level, @abandoned_ratio, @occupancy: 0..1 or NaN
 * @asa_ms, @awt_ms, @ata_ms, @aht_ms: milliseconds or NaN
 * @by_state: operators by SideOperatorState; off ones in no total
 * @logged_in: operators who are not off
 * @busy_ms, @ready_ms: what the occupancy was made of
 * @present: operators who had any such time
 */
typedef struct {
  SideCounts counts;
  int        waiting;
  gint64     longest_wait_ms;      /* -1 when nobody waits */
  double     service_level;
  double     abandoned_ratio;
  double     asa_ms, asa_p50_ms, asa_p90_ms, asa_max_ms;
  double     awt_ms, ata_ms;
  double     aht_ms, talk_ms, hold_ms, wrap_ms;
  double     occupancy;
  gint64     busy_ms, ready_ms;
  int        present;
  int        by_state[SIDE_OPERATOR_BREAK + 1];
  int        logged_in;
  int        callbacks_due;
  int        callbacks_overdue;
} SideIndicators;

typedef struct {
  gint64     from_ms;
  gint64     to_ms;
  SideCounts counts;
  double     service_level;
} SideSlot;

typedef struct {
  gint64      legs, journeys, answered, lost;
  gint64      wait_ms;      /* sum over the journeys that were answered */
  gint64      talk_ms;
} SideJourneys;

gint64    side_period_start             (SidePeriod period, GTimeZone *zone, gint64 now_ms);

void      side_counts_add               (SideCounts *counts, const SideCall *call,
                                         gint64 threshold_ms, gint64 short_ms);
double    side_counts_service_level     (const SideCounts *counts, SideFormula formula);
double    side_ratio                    (double numerator, double denominator);

void      side_indicators_compute       (SideBoardProject *project, const SideReach *reach, SideIndicators *out);
double    side_indicators_get_value     (const SideIndicators *self, SideIndicator indicator);
SideLevel side_indicators_get_level     (const SideIndicators *self, SideIndicator indicator,
                                         const SideProject *config);
void      side_operator_add_times       (const SideOperator *op, gint64 from_ms, gint64 to_ms,
                                         gint64 *busy_ms, gint64 *ready_ms);
GPtrArray *side_indicators_list_calls   (SideBoardProject *project, const SideReach *reach,
                                         SideIndicator indicator);
void      side_indicators_series        (SideBoardProject *project, const char *queue, SideIndicator indicator,
                                         gint64 now_ms, double *values, guint n_minutes);
GArray   *side_indicators_slots         (SideBoardProject *project, const char *queue, gint64 now_ms,
                                         int slot_minutes);
void      side_journeys_compute         (GPtrArray *calls, SideJourneys *out);

G_END_DECLS
