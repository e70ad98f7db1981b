/* side-alert-history-window.h - the alerts of a day, and who did what about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-alarm.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ALERT_HISTORY_WINDOW (side_alert_history_window_get_type ())
G_DECLARE_FINAL_TYPE (SideAlertHistoryWindow, side_alert_history_window, SIDE, ALERT_HISTORY_WINDOW, AdwWindow)

GtkWidget *side_alert_history_window_new (GtkWindow *parent, SideAlarm *alarm);
char      *side_alert_history_dup_words  (SideAlertShelf *shelf, const SideAlert *alert, const SideProject *project);

G_END_DECLS
