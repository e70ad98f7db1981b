/* side-drift-chart.h - how much milder or stricter somebody was, over time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A point a stretch of time with its 95 % interval, over a line for the measure.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-agreement-report.h"

G_BEGIN_DECLS

#define SIDE_TYPE_DRIFT_CHART (side_drift_chart_get_type ())
G_DECLARE_FINAL_TYPE (SideDriftChart, side_drift_chart, SIDE, DRIFT_CHART, GtkWidget)

GtkWidget *side_drift_chart_new (GArray     *windows,
                                 double      reach,
                                 const char *words);

G_END_DECLS
