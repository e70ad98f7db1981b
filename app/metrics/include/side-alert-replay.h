/* side-alert-replay.h - which alerts there were, from a log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes through a log as the day went: looks after each event, and between them
 * at each moment at which time alone may change something. What an app saw live
 * it finds so again.
 *
 * Not thread-safe.
 */
#pragma once

#include "side-alerts.h"

G_BEGIN_DECLS

typedef struct _SideAlertReplay SideAlertReplay;

SideAlertReplay *side_alert_replay_new         (GPtrArray *rules);
void             side_alert_replay_free        (SideAlertReplay *self);
void             side_alert_replay_add_project (SideAlertReplay *self, SideProject *project);
void             side_alert_replay_take        (SideAlertReplay *self, const SideEvent *event);
void             side_alert_replay_pass        (SideAlertReplay *self, gint64 until_ms);
SideBoard       *side_alert_replay_get_board   (SideAlertReplay *self);
gint64           side_alert_replay_get_now_ms  (SideAlertReplay *self);
GPtrArray       *side_alert_replay_get_alerts  (SideAlertReplay *self);

SideAlert       *side_alert_copy               (const SideAlert *alert);
void             side_alert_free               (SideAlert *alert);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAlertReplay, side_alert_replay_free)

G_END_DECLS
