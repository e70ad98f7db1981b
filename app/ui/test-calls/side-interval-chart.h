/* side-interval-chart.h - figures of several lines over weeks or months, with their intervals
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each line has a mark of its own shape; whiskers are 95 % intervals, dashed
 * where there are too few calls for one. Left, Right, Home, End and the pointer
 * choose a week, Escape lets go of it.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-figures.h"

G_BEGIN_DECLS

#define SIDE_INTERVAL_CHART_MAX_LINES 4

/* Property: "summary" (string, read-only): what it shows in words, of the chosen
 * week or of the newest. */
#define SIDE_TYPE_INTERVAL_CHART (side_interval_chart_get_type ())
G_DECLARE_FINAL_TYPE (SideIntervalChart, side_interval_chart, SIDE, INTERVAL_CHART, GtkWidget)

GtkWidget  *side_interval_chart_new         (void);
void        side_interval_chart_show        (SideIntervalChart *self, GPtrArray *results, SideTestFigure figure, GTimeZone *zone, gboolean months);
void        side_interval_chart_choose      (SideIntervalChart *self, int index);
const char *side_interval_chart_get_summary (SideIntervalChart *self);
char       *side_interval_chart_dup_legend  (SideIntervalChart *self);

G_END_DECLS
