/* side-sim-run.h - a call centre that lives by itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event-driven simulation: the same centre, seed and start give the same
 * events, whatever the steps it is advanced by. It knows no wall clock and does no
 * I/O; SideSimulator ties it to a clock and to the server. The events are
 * those an Asterisk would give, in their order.
 */
#pragma once

#include "side-call.h"
#include "side-event.h"
#include "side-sim-centre.h"

G_BEGIN_DECLS

typedef struct _SideSimRun SideSimRun;

/**
 * SideSimEventFunc:
 * @event: (transfer none): what happened, without a number
 * @user_data: as given
 */
typedef void (*SideSimEventFunc) (SideEvent *event, gpointer user_data);

/**
 * SideSimCallFunc:
 * @call: (transfer none): a leg that has just ended, with all that will be
 *   told of it later: after-call work, order, topic
 * @user_data: as given
 */
typedef void (*SideSimCallFunc) (SideCall *call, gpointer user_data);

SideSimRun          *side_sim_run_new         (SideSimCentre *centre, guint64 seed, gint64 start_ms);
SideSimRun          *side_sim_run_new_varied  (SideSimCentre *centre, guint64 seed, guint64 variation, gint64 start_ms);
void                 side_sim_run_free        (SideSimRun *self);
void                 side_sim_run_set_sinks   (SideSimRun *self, SideSimEventFunc event_func,
                                               SideSimCallFunc call_func, gpointer user_data);
void                 side_sim_run_tell_off    (SideSimRun *self);
gboolean             side_sim_run_advance     (SideSimRun *self, gint64 until_ms, guint max_steps);
gint64               side_sim_run_get_now_ms  (const SideSimRun *self);
gint64               side_sim_run_get_next_ms (const SideSimRun *self);
const SideSimCentre *side_sim_run_get_centre  (const SideSimRun *self);

gboolean             side_sim_run_has_operator (SideSimRun *self, const char *project, const char *queue, const char *id);
gboolean             side_sim_run_has_call     (SideSimRun *self, const char *project, const char *id);
gboolean             side_sim_run_pause        (SideSimRun *self, const char *project, const char *id, const char *reason, GError **error);
void                 side_sim_run_resume       (SideSimRun *self, const char *id);
gboolean             side_sim_run_hang_up      (SideSimRun *self, const char *id, GError **error);

gint64               side_sim_hold_offset_ms  (guint64 seed, const SideCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSimRun, side_sim_run_free)

G_END_DECLS
