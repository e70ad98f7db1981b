/* side-chart-frame.h - where the parts of a chart stand, and its grid
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SideChartRoom: the room around a plot for its words, in heights of a line of
 * them.
 */
typedef struct {
  double left, right, top, bottom;
} SideChartRoom;

/**
 * SideChartFrame: where a chart draws, in its widget's coordinates.
 * @line: height of a line of words
 * @step: width of one of the parts that stand side by side
 */
typedef struct {
  double line;
  double left, top, width, height;   /* of the plot */
  double step;
} SideChartFrame;

void   side_chart_frame_init        (SideChartFrame *frame, GtkWidget *chart, const SideChartRoom *room, guint n_parts);
double side_chart_frame_part_x      (const SideChartFrame *frame, guint part);
double side_chart_frame_share_y     (const SideChartFrame *frame, double share);
int    side_chart_frame_find        (const SideChartFrame *frame, double x, guint n_parts);

void   side_chart_look_up           (GtkWidget *chart, const char *name, GdkRGBA *colour);
void   side_chart_draw_text         (GtkWidget *chart, GtkSnapshot *snapshot, const char *text, double x, double y,
                                     double align, const GdkRGBA *colour);
void   side_chart_draw_line         (GtkWidget *chart, GtkSnapshot *snapshot, const SideChartFrame *frame, double y,
                                     const char *text, const GdkRGBA *colour);
void   side_chart_draw_chosen       (GtkSnapshot *snapshot, const SideChartFrame *frame, int part, const GdkRGBA *colour);

G_END_DECLS
