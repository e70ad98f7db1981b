/* side-stats.h - how far a figure can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double low;
  double high;
} SideInterval;

SideInterval side_stats_wilson           (guint successes, guint n);
SideInterval side_stats_wilson_share     (double share, double n);
double       side_stats_t95              (guint degrees);
SideInterval side_stats_mean             (double mean, double deviation, guint n);
guint        side_stats_sample_size      (double margin, double share, guint population);
double       side_stats_zero_upper_bound (guint n);

G_END_DECLS
