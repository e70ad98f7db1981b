/* side-alarm.h - what does not go well in the project that is looked at
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-alert-shelf.h"
#include "side-alerts.h"
#include "side-desk.h"

G_BEGIN_DECLS

/* "count" (uint): alerts of the chosen project that nobody has taken on or put
 * off; notifies when it changes.
 *
 * Signals:
 *   changed ()                         which alerts there are, or what was done about one
 *   raised (const char *heading, gboolean alarm)
 *                                      one began, got worse or is loud again; not for those
 *                                      that were so when the project was opened
 */
#define SIDE_TYPE_ALARM (side_alarm_get_type ())
G_DECLARE_FINAL_TYPE (SideAlarm, side_alarm, SIDE, ALARM, GObject)

/**
 * SideAlarmState: what was done about an alert.
 * @answer: (nullable): who took it on
 * @snooze: (nullable): who put its rule off, and until when
 */
typedef struct {
  const SideAlertAct *answer;
  const SideAlertAct *snooze;
} SideAlarmState;

SideAlarm       *side_alarm_new           (SideDesk *desk);
SideDesk        *side_alarm_get_desk      (SideAlarm *self);
SideAlertShelf  *side_alarm_get_shelf     (SideAlarm *self);
guint            side_alarm_get_count     (SideAlarm *self);
GPtrArray       *side_alarm_list          (SideAlarm *self);
GPtrArray       *side_alarm_list_ended    (SideAlarm *self);
const SideAlert *side_alarm_get_gravest   (SideAlarm *self);
SideAlarmState   side_alarm_get_state     (SideAlarm *self, const SideAlert *alert);
gboolean         side_alarm_is_loud       (SideAlarm *self, const SideAlert *alert);
guint            side_alarm_get_free      (SideAlarm *self, const SideAlert *alert);
void             side_alarm_snooze        (SideAlarm *self, const SideAlert *alert, gint64 for_ms);
char            *side_alarm_dup_heading   (SideAlarm *self, const SideAlert *alert);

G_END_DECLS
