/* side-alert-shelf.h - the rules of alerts of a project, and what was done about them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-alert-act.h"
#include "side-alert-rule.h"
#include "side-document-shelf.h"

G_BEGIN_DECLS

/* Signals: those of SideDocumentShelf. */
#define SIDE_TYPE_ALERT_SHELF (side_alert_shelf_get_type ())
G_DECLARE_FINAL_TYPE (SideAlertShelf, side_alert_shelf, SIDE, ALERT_SHELF, SideDocumentShelf)

SideAlertShelf     *side_alert_shelf_get             (SideDesk *desk);
GPtrArray          *side_alert_shelf_get_rules       (SideAlertShelf *self);
SideAlertRule      *side_alert_shelf_find_rule       (SideAlertShelf *self, const char *id);
gboolean            side_alert_shelf_is_written      (SideAlertShelf *self, const char *id);
gboolean            side_alert_shelf_is_own          (SideAlertShelf *self, const char *id);
void                side_alert_shelf_save_rule       (SideAlertShelf *self, const char *words, const SideAlertRule *rule);
void                side_alert_shelf_remove_rule     (SideAlertShelf *self, const char *words, const char *id);

gboolean            side_alert_shelf_may_act         (SideAlertShelf *self);
const SideAlertAct *side_alert_shelf_find_answer     (SideAlertShelf *self, const char *rule, const char *operator_id,
                                                      gint64 from_ms, gint64 to_ms);
const SideAlertAct *side_alert_shelf_find_snooze     (SideAlertShelf *self, const char *rule, gint64 now_ms);
void                side_alert_shelf_acknowledge     (SideAlertShelf *self, const char *rule, const char *operator_id, const char *note);
void                side_alert_shelf_snooze          (SideAlertShelf *self, const char *rule, gint64 until_ms);

G_END_DECLS
