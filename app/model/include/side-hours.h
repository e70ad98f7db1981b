/* side-hours.h - the hours of a week in which something may happen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From one minute of the day to another, on some days of the week, as a wall
 * clock shows them. Which zone that clock is in, whoever asks says.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_HOURS_EVERY_DAY 0x7fu
#define SIDE_HOURS_DAY       1440   /* minutes of a day; as an end: midnight */

/**
 * SideHours:
 * @weekdays: set of days on which they begin: bit 0 is Monday, bit 6 Sunday
 * @from_minute: of the day, 0 to 1439
 * @to_minute: the first one after it, 0 to 1440; before @from_minute the hours go
 *   on over midnight, equal to it there are none
 */
typedef struct {
  guint weekdays;
  int   from_minute;
  int   to_minute;
} SideHours;

SideHours  side_hours_always       (void);
gboolean   side_hours_is_empty     (const SideHours *self);
gboolean   side_hours_are_possible (const SideHours *self);
gboolean   side_hours_hold         (const SideHours *self, int weekday, int minute);
gboolean   side_hours_hold_at      (const SideHours *self, GTimeZone *zone, gint64 at_ms);
void       side_hours_wall_clock   (GTimeZone *zone, gint64 at_ms, int *weekday, int *minute);

G_END_DECLS
