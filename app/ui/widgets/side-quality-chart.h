/* side-quality-chart.h - mean scores by week or month, and how far they can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A filled circle is the mean of random reviews, an empty diamond that of
 * chosen ones; whiskers are their 95 % intervals. Left, Right, Home, End and
 * the pointer choose a week, Escape lets go of it.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-quality.h"

G_BEGIN_DECLS

/* Property: "summary" (string, read-only): what it shows in words, of the
 * chosen week or of all. */
#define SIDE_TYPE_QUALITY_CHART (side_quality_chart_get_type ())
G_DECLARE_FINAL_TYPE (SideQualityChart, side_quality_chart, SIDE, QUALITY_CHART, GtkWidget)

GtkWidget  *side_quality_chart_new         (void);
void        side_quality_chart_set_points  (SideQualityChart *self,
                                            GTimeZone        *zone,
                                            const GArray     *points,
                                            SideQualityStep   step);
void        side_quality_chart_choose      (SideQualityChart *self,
                                            int               index);
const char *side_quality_chart_get_summary (SideQualityChart *self);

char       *side_quality_dup_words         (const SideScores *scores);
char       *side_quality_dup_share_words   (const SideScores *scores);

G_END_DECLS
