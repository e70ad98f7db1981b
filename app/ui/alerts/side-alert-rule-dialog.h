/* side-alert-rule-dialog.h - one rule of alerts, to be filled in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-alert-shelf.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ALERT_RULE_DIALOG (side_alert_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideAlertRuleDialog, side_alert_rule_dialog, SIDE, ALERT_RULE_DIALOG, AdwWindow)

GtkWidget  *side_alert_rule_dialog_new          (GtkWindow *parent, SideAlertShelf *shelf, const SideAlertRule *rule);
GtkWidget  *side_alert_rule_dialog_get_field    (SideAlertRuleDialog *self, const char *name);
const char *side_alert_rule_dialog_get_fault    (SideAlertRuleDialog *self, const char *name);
const char *side_alert_rule_dialog_get_sentence (SideAlertRuleDialog *self);

G_END_DECLS
