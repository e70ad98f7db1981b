/* side-simulator.h - a source that makes its call centre up
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the demo and for load tests: three shops in Russian and English, alive
 * day and night, on any clock and so at any speed. It is a SideSource like the
 * Asterisk one, and a SideRecordingProvider: it can speak the recording of any
 * past call it made, as often as asked. Belongs to one main context.
 *
 * The centre opens once and lives on: first as history, as far as it is asked
 * for, then, from side_source_start(), up to the clock's now and along with it.
 */
#pragma once

#include "side-call.h"
#include "side-clock.h"
#include "side-event.h"
#include "side-recording-provider.h"
#include "side-source.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SIMULATOR (side_simulator_get_type ())
G_DECLARE_FINAL_TYPE (SideSimulator, side_simulator, SIDE, SIMULATOR, GObject)

/**
 * SideSimulatorEventFunc:
 * @event: (transfer none): what happened, in order, without a number
 * @user_data: as given
 */
typedef void (*SideSimulatorEventFunc) (SideEvent *event, gpointer user_data);

/**
 * SideSimulatorCallFunc:
 * @call: (transfer none): a finished leg with everything that was told of it;
 *   @recording is set when its recording can be had
 * @user_data: as given
 */
typedef void (*SideSimulatorCallFunc) (SideCall *call, gpointer user_data);

/**
 * SideSimReviewer: one of those who reviewed the made-up calls.
 * @name: as a user of the server
 * @supervisor: their role; else a trainer
 */
typedef struct {
  const char *name;
  gboolean    supervisor;
} SideSimReviewer;

GPtrArray     *side_simulator_create_projects  (void);
GPtrArray     *side_simulator_list_scripts     (gint64 at_ms, GError **error);
const SideSimReviewer *side_simulator_get_reviewer (guint i);
GPtrArray     *side_simulator_list_reviews     (guint64 seed, GPtrArray *calls, const char *user, gint64 now_ms, GError **error);

SideSimulator *side_simulator_new              (SideClock *clock, guint64 seed, const char *recordings_dir,
                                                const char *voices_dir);
void           side_simulator_vary             (SideSimulator *self, guint64 variation);
void           side_simulator_open             (SideSimulator *self, gint64 at_ms);
guint          side_simulator_generate_history (SideSimulator *self, gint64 from_ms, gint64 to_ms,
                                                SideSimulatorEventFunc event_func, SideSimulatorCallFunc call_func,
                                                gpointer user_data);
gint64         side_simulator_get_at_ms        (SideSimulator *self);

G_END_DECLS
