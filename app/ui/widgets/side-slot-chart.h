/* side-slot-chart.h - the calls of a day by half-hour
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bars for answered and lost calls, a line for the service level. One slot can
 * be chosen with the pointer or the arrow keys; "summary" then says it in
 * words.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SideChartSlot:
 * @start_ms: when the slot begins
 * @answered: calls that arrived in it and were answered
 * @lost: calls that arrived in it and were lost
 * @level: its service level 0..1, NaN where there is none
 */
typedef struct {
  gint64 start_ms;
  int    answered;
  int    lost;
  double level;
} SideChartSlot;

#define SIDE_TYPE_SLOT_CHART (side_slot_chart_get_type ())
G_DECLARE_FINAL_TYPE (SideSlotChart, side_slot_chart, SIDE, SLOT_CHART, GtkWidget)

GtkWidget  *side_slot_chart_new          (void);
void        side_slot_chart_set_slots    (SideSlotChart       *self,
                                          GTimeZone           *zone,
                                          const SideChartSlot *slots,
                                          gsize                n_slots);
int         side_slot_chart_get_chosen   (SideSlotChart       *self);
void        side_slot_chart_choose       (SideSlotChart       *self,
                                          int                  index);
const char *side_slot_chart_get_summary  (SideSlotChart       *self);
int         side_slot_chart_nice_step    (int                  largest);

G_END_DECLS
