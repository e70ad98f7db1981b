/* side-alarm.h - who waits too long
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

/* "count" (uint): callers of the chosen project over its limit, snoozed ones
 * left out; notifies when it changes. */
#define SIDE_TYPE_ALARM (side_alarm_get_type ())
G_DECLARE_FINAL_TYPE (SideAlarm, side_alarm, SIDE, ALARM, GObject)

SideAlarm      *side_alarm_new           (SideDesk *desk);
guint           side_alarm_get_count     (SideAlarm *self);
const SideCall *side_alarm_get_call      (SideAlarm *self);
guint           side_alarm_get_free      (SideAlarm *self);
void            side_alarm_snooze        (SideAlarm *self, gint64 for_ms);
char           *side_alarm_dup_heading   (SideAlarm *self);

G_END_DECLS
