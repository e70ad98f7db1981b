/* side-time.c - days and intervals in a project's own time zone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-time.h"

#include "side-error.h"

/**
 * side_time_zone_new:
 * @identifier: a name of the tz database such as "Europe/Moscow", or "UTC"
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the zone, or %NULL with
 *   %SIDE_ERROR_INVALID where there is none of that name
 */
GTimeZone *
side_time_zone_new (const char  *identifier,
                    GError     **error)
{
  GTimeZone *zone;

  g_return_val_if_fail (identifier != NULL, NULL);

  zone = g_time_zone_new_identifier (identifier);
  if (zone == NULL)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                 "“%s” is not a time zone (try “Europe/Moscow” or “UTC”)", identifier);
  return zone;
}

/**
 * side_time_to_local:
 * @zone: a zone
 * @at_ms: an instant
 *
 * Returns: (transfer full): the instant as date and time of day in @zone
 */
GDateTime *
side_time_to_local (GTimeZone *zone,
                    gint64     at_ms)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) exact = NULL;
  gint64 seconds = at_ms / 1000;
  gint64 rest = at_ms % 1000;

  if (rest < 0)
    {
      rest += 1000;
      seconds--;
    }
  utc = g_date_time_new_from_unix_utc (seconds);
  g_return_val_if_fail (utc != NULL, NULL);
  exact = g_date_time_add (utc, rest * 1000);
  return g_date_time_to_timezone (exact, zone);
}

static gint64
instant_of (GDateTime *date_time)
{
  return g_date_time_to_unix (date_time) * 1000 + g_date_time_get_microsecond (date_time) / 1000;
}

/* Where clocks go back at midnight, midnight comes twice, and the day begins
 * with the first; g_date_time_new() may mean the second. */
static gint64
first_of_day (GTimeZone *zone,
              gint64     midnight_ms)
{
  g_autoptr (GDateTime) midnight = side_time_to_local (zone, midnight_ms);
  g_autoptr (GDateTime) before = side_time_to_local (zone, midnight_ms - SIDE_HOUR_MS);

  return g_date_time_get_day_of_month (before) == g_date_time_get_day_of_month (midnight)
           ? midnight_ms - SIDE_HOUR_MS : midnight_ms;
}

/**
 * side_time_day_add:
 * @zone: the project's zone
 * @at_ms: an instant
 * @days: how many calendar days later; may be negative
 *
 * Returns: the instant at which the day @days after @at_ms's own begins
 */
gint64
side_time_day_add (GTimeZone *zone,
                   gint64     at_ms,
                   int        days)
{
  g_autoptr (GDateTime) local = side_time_to_local (zone, at_ms);
  g_autoptr (GDateTime) moved = g_date_time_add_days (local, days);
  g_autoptr (GDateTime) midnight = NULL;
  int hour;

  /* Where clocks go forward at midnight the day begins at 1:00. */
  for (hour = 0; midnight == NULL && hour < 4; hour++)
    {
      midnight = g_date_time_new (zone, g_date_time_get_year (moved),
                                  g_date_time_get_month (moved),
                                  g_date_time_get_day_of_month (moved), hour, 0, 0);
    }
  g_return_val_if_fail (midnight != NULL, 0);
  return first_of_day (zone, instant_of (midnight));
}

/**
 * side_time_day_start:
 * @zone: the project's zone
 * @at_ms: an instant
 *
 * Returns: the instant at which @at_ms's day began in @zone
 */
gint64
side_time_day_start (GTimeZone *zone,
                     gint64     at_ms)
{
  return side_time_day_add (zone, at_ms, 0);
}

/**
 * side_time_to_iso:
 * @at_ms: an instant
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds,
 *   "2026-11-21T14:32:05.123Z"
 */
char *
side_time_to_iso (gint64 at_ms)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) at = side_time_to_local (utc, at_ms);
  g_autofree char *seconds = g_date_time_format (at, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (at) / 1000);
}

/**
 * side_time_from_iso:
 * @text: a date "2026-11-21", or date and time in RFC 3339
 * @zone: (nullable): the zone of a text that names none; %NULL for UTC
 * @error: return location
 *
 * Returns: the instant, or -1 with %SIDE_ERROR_INVALID
 */
gint64
side_time_from_iso (const char  *text,
                    GTimeZone   *zone,
                    GError     **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *full = NULL;

  g_return_val_if_fail (text != NULL, -1);

  if (zone == NULL)
    zone = utc;
  full = strlen (text) == 10 ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  at = g_date_time_new_from_iso8601 (full, zone);
  if (at == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                   "“%s” is not a date or time like 2026-11-21 or 2026-11-21T14:30:00Z", text);
      return -1;
    }
  return instant_of (at);
}
