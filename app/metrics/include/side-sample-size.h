/* side-sample-size.h - how many reviews are enough, and what so many are worth
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-quality.h"

G_BEGIN_DECLS

/* How far single scores lie from their mean where nothing else is known, in points. */
#define SIDE_SAMPLE_DEVIATION 16.0

/**
 * SideSampleSize: what a number of reviews tells.
 * @n: the reviews
 * @population: the calls they are drawn from, 0 for no end of them
 * @score: a mean score one may find
 * @interval: what that score then means, 95 %, 0..100
 * @margin: half the width of the interval of a share of one half, 0..1
 * @unseen: when no call of them fails, up to this share of all calls may, 0..1
 */
typedef struct {
  guint        n;
  guint        population;
  double       score;
  SideInterval interval;
  double       margin;
  double       unseen;
} SideSampleSize;

SideInterval side_sample_size_interval (double score, double deviation, guint n, guint population);
void         side_sample_size_describe (guint n, guint population, double score, double deviation, SideSampleSize *out);

/**
 * SideSampleResult: what the scores of drawn reviews come to.
 * @n: how many
 * @mean: NaN without any
 * @deviation: how far single scores lie from it, in points; NaN below two
 * @interval: of the mean, see side_scores_get_interval()
 * @full: how many had nothing to be faulted, a score of 100 or more
 * @full_interval: Wilson's, of their share, 0..1
 * @few: whether they are too few to be trusted
 */
typedef struct {
  guint        n;
  double       mean;
  double       deviation;
  SideInterval interval;
  guint        full;
  SideInterval full_interval;
  gboolean     few;
} SideSampleResult;

void         side_sample_result_compute (const double *scores, guint n, SideSampleResult *out);

G_END_DECLS
