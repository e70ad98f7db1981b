/* side-erlang.h - what a queue will do, from the textbook formulas
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Erlang B (lost calls), Erlang C (callers who wait for ever) and Erlang A
 * (callers who hang up). Pure functions of numbers: the forecast uses them,
 * and the simulated call centre is tested against them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideErlang:
 * @load: offered load A in erlangs, arrivals a second times handling time
 * @wait_probability: share of callers who find every operator busy, 0..1
 * @service_level: share of all callers answered within the threshold, 0..1
 * @wait_s: mean wait of all callers in seconds, also of those who hang up.
 *   Infinite when the queue grows for ever
 * @answer_s: average speed of answer: mean wait in seconds of those who are
 *   answered. The same with Erlang C, where all are. NaN without operators
 * @abandoned: share of callers who hang up waiting, 0..1; 0 with Erlang C
 * @occupancy: share of the operators' time spent on calls, 0..1
 * @queue_length: mean number waiting
 */
typedef struct {
  double load;
  double wait_probability;
  double service_level;
  double wait_s;
  double answer_s;
  double abandoned;
  double occupancy;
  double queue_length;
} SideErlang;

double     side_erlang_b       (double load, guint operators);
double     side_erlang_c       (double load, guint operators);
SideErlang side_erlang_c_queue (double calls_per_s, double handling_s, guint operators, double threshold_s);
SideErlang side_erlang_a_queue (double calls_per_s, double handling_s, double patience_s, guint operators,
                                double threshold_s);
guint      side_erlang_staff   (double calls_per_s, double handling_s, double patience_s, double threshold_s,
                                double service_level);

G_END_DECLS
