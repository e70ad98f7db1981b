/* side-alert-rules-window.h - where the rules of alerts of a project are changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ALERT_RULES_WINDOW (side_alert_rules_window_get_type ())
G_DECLARE_FINAL_TYPE (SideAlertRulesWindow, side_alert_rules_window, SIDE, ALERT_RULES_WINDOW, AdwWindow)

GtkWidget *side_alert_rules_window_new (GtkWindow *parent, SideDesk *desk);

G_END_DECLS
