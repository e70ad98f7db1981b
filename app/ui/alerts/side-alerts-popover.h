/* side-alerts-popover.h - the alerts of this moment, and what one can do about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-alarm.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ALERTS_POPOVER (side_alerts_popover_get_type ())
G_DECLARE_FINAL_TYPE (SideAlertsPopover, side_alerts_popover, SIDE, ALERTS_POPOVER, GtkPopover)

GtkWidget *side_alerts_popover_new     (void);
void       side_alerts_popover_follow  (SideAlertsPopover *self, SideAlarm *alarm);

G_END_DECLS
