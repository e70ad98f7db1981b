/* side-chart-choice.h - one part of a chart is chosen, by pointer or by key
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SideChartChoice: what a chart says of its parts, which stand side by side.
 * @count: how many there are
 * @chosen: which one is chosen; -1 for none
 * @find: which one is at @x, in the chart's coordinates; -1 for none
 * @choose: chooses one; -1 for none
 */
typedef struct {
  int  (*count)  (GtkWidget *chart);
  int  (*chosen) (GtkWidget *chart);
  int  (*find)   (GtkWidget *chart, double x);
  void (*choose) (GtkWidget *chart, int part);
} SideChartChoice;

void side_chart_choice_add (GtkWidget *chart, const SideChartChoice *choice);

G_END_DECLS
