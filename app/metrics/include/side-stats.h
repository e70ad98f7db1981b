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

/**
 * SideAgreement: two reviewers, one yes/no criterion.
 * @po: observed agreement; @pe: that by chance for Cohen's kappa
 */
typedef struct {
  double po, pe, kappa, ac1, alpha;
} SideAgreement;

SideInterval  side_stats_wilson           (guint successes, guint n);
guint         side_stats_sample_size      (double margin, double share, guint population);
double        side_stats_zero_upper_bound (guint n);
SideAgreement side_stats_agreement        (guint both_yes, guint first_only, guint second_only, guint both_no);

G_END_DECLS
