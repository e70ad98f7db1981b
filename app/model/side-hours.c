/* side-hours.c - the hours of a week in which something may happen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-hours.h"

#define DAY_SECONDS     86400
#define DAYS_TO_MONDAY  3        /* 1 January 1970 was a Thursday */

/**
 * side_hours_always:
 *
 * Returns: all hours of all days
 */
SideHours
side_hours_always (void)
{
  return (SideHours) { SIDE_HOURS_EVERY_DAY, 0, SIDE_HOURS_DAY };
}

/**
 * side_hours_is_empty:
 * @self: hours
 *
 * Returns: whether there is no minute in them
 */
gboolean
side_hours_is_empty (const SideHours *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return (self->weekdays & SIDE_HOURS_EVERY_DAY) == 0 || self->from_minute == self->to_minute;
}

/**
 * side_hours_are_possible:
 * @self: hours
 *
 * Returns: whether a clock can show them
 */
gboolean
side_hours_are_possible (const SideHours *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return (self->weekdays & ~SIDE_HOURS_EVERY_DAY) == 0 && self->from_minute >= 0 && self->from_minute < SIDE_HOURS_DAY
         && self->to_minute >= 0 && self->to_minute <= SIDE_HOURS_DAY;
}

/**
 * side_hours_hold:
 * @self: hours
 * @weekday: 0 Monday to 6 Sunday
 * @minute: of that day, 0 to 1439
 *
 * Returns: whether that minute is one of them; what goes on over midnight
 *   belongs to the day it began on
 */
gboolean
side_hours_hold (const SideHours *self,
                 int              weekday,
                 int              minute)
{
  int day_before;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (weekday >= 0 && weekday < 7, FALSE);

  if (self->from_minute == self->to_minute)
    return FALSE;
  if (self->from_minute < self->to_minute)
    return (self->weekdays & 1u << weekday) != 0 && minute >= self->from_minute && minute < self->to_minute;
  day_before = (weekday + 6) % 7;
  return ((self->weekdays & 1u << weekday) != 0 && minute >= self->from_minute)
         || ((self->weekdays & 1u << day_before) != 0 && minute < self->to_minute);
}

/**
 * side_hours_wall_clock:
 * @zone: a time zone
 * @at_ms: an instant after 1970
 * @weekday: (out): 0 Monday to 6 Sunday, of @zone's calendar
 * @minute: (out): of that day, 0 to 1439
 *
 * As side_time_to_local() tells it, without the weight of a date: a draw asks
 * for every minute of a month.
 */
void
side_hours_wall_clock (GTimeZone *zone,
                       gint64     at_ms,
                       int       *weekday,
                       int       *minute)
{
  gint64 seconds = at_ms / 1000;
  gint64 local = seconds;
  int interval;

  g_return_if_fail (zone != NULL && weekday != NULL && minute != NULL);

  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  if (interval >= 0)
    local += g_time_zone_get_offset (zone, interval);
  local = MAX (local, 0);
  *weekday = (int) ((local / DAY_SECONDS + DAYS_TO_MONDAY) % 7);
  *minute = (int) (local % DAY_SECONDS / 60);
}

/**
 * side_hours_hold_at:
 * @self: hours
 * @zone: the zone of the clock that shows them
 * @at_ms: an instant
 *
 * Returns: whether @at_ms is in them
 */
gboolean
side_hours_hold_at (const SideHours *self,
                    GTimeZone       *zone,
                    gint64           at_ms)
{
  int weekday = 0, minute = 0;

  side_hours_wall_clock (zone, at_ms, &weekday, &minute);
  return side_hours_hold (self, weekday, minute);
}
