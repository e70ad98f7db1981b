/* side-clock.h - where "now" comes from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever needs the time of day is given a SideClock, so that a test or a
 * replay can set it and a simulator can run faster than the wall. All instants
 * in Sidetone are milliseconds since 1970-01-01 UTC in a gint64; 0 means
 * "not yet" or "unknown".
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDE_TYPE_CLOCK (side_clock_get_type ())
G_DECLARE_FINAL_TYPE (SideClock, side_clock, SIDE, CLOCK, GObject)

SideClock *side_clock_new_system (void);
SideClock *side_clock_new_manual (gint64 now_ms);
SideClock *side_clock_new_scaled (gint64 start_ms, double speed);

gint64     side_clock_now_ms     (SideClock *self);
void       side_clock_set_ms     (SideClock *self, gint64 now_ms);
void       side_clock_shift_ms   (SideClock *self, gint64 by_ms);
double     side_clock_get_speed  (SideClock *self);

G_END_DECLS
