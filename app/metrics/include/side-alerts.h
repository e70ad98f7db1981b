/* side-alerts.h - which alerts there are, from the board and the rules
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at a board whenever it is told to and remembers what was so at the
 * last look. It has no clock of its own and asks nobody: the same events and
 * looks give the same alerts, on any computer.
 *
 * Not thread-safe.
 */
#pragma once

#include "side-alert-rule.h"
#include "side-board.h"

G_BEGIN_DECLS

/* Shares and call-backs are judged at these instants alone, so that all who look see the same, and a
 * day of events need not be counted anew at each of them. */
#define SIDE_ALERTS_GRID_MS 5000

/**
 * SideAlert: something that is, or was, beyond a limit.
 * @rule: (transfer none): by which rule
 * @operator_id: (nullable): whom it is about, interned
 * @level: how bad it is; when it is over, how bad it was last
 * @worst_level: how bad it ever was
 * @began_ms: since when it was beyond the limit
 * @level_ms: since when it has been @level
 * @ended_ms: when it was over; 0 while it is not
 * @looked_ms: when it was looked at last
 * @value: the figure then, in the unit of the rule's limits
 * @worst: the worst it was
 */
typedef struct {
  SideAlertRule  *rule;
  const char     *operator_id;
  SideAlertLevel  level;
  SideAlertLevel  worst_level;
  gint64          began_ms;
  gint64          level_ms;
  gint64          ended_ms;
  gint64          looked_ms;
  double          value;
  double          worst;
} SideAlert;

typedef struct _SideAlerts SideAlerts;

/* @before: the level at the look before, %SIDE_ALERT_NONE when it begins; @alert's @ended_ms tells when it is over. */
typedef void (*SideAlertFunc) (const SideAlert *alert, SideAlertLevel before, gpointer user_data);

SideAlerts *side_alerts_new         (GPtrArray *rules);
void        side_alerts_free        (SideAlerts *self);
void        side_alerts_set_rules   (SideAlerts *self, GPtrArray *rules, gint64 now_ms, SideAlertFunc tell, gpointer user_data);
void        side_alerts_look        (SideAlerts *self, SideBoardProject *project, gint64 silent_ms, gint64 now_ms,
                                     SideAlertFunc tell, gpointer user_data);
gint64      side_alerts_get_next_ms (SideAlerts *self, SideBoardProject *project, gint64 silent_ms, gint64 now_ms);
GPtrArray  *side_alerts_get_active  (SideAlerts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAlerts, side_alerts_free)

G_END_DECLS
