/* side-time.h - days and intervals in a project's own time zone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time is stored in UTC; a day is the project's, so it has 23 or 25 hours when
 * the clocks change. Nothing here depends on the machine's own zone.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_SECOND_MS G_GINT64_CONSTANT (1000)
#define SIDE_MINUTE_MS G_GINT64_CONSTANT (60000)
#define SIDE_HOUR_MS   G_GINT64_CONSTANT (3600000)

GTimeZone *side_time_zone_new     (const char *identifier, GError **error);
gint64     side_time_day_start    (GTimeZone *zone, gint64 at_ms);
gint64     side_time_day_add      (GTimeZone *zone, gint64 at_ms, int days);
GDateTime *side_time_to_local     (GTimeZone *zone, gint64 at_ms);
char      *side_time_to_iso       (gint64 at_ms);
gint64     side_time_from_iso     (const char *text, GTimeZone *zone, GError **error);

G_END_DECLS
