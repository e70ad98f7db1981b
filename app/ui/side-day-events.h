/* side-day-events.h - the log of events of a time that is past, from the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

void       side_day_events_fetch_async  (SideDesk *desk, gint64 from_ms, gint64 to_ms, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *side_day_events_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
