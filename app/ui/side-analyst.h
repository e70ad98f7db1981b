/* side-analyst.h - recordings listened to once, in the background
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "side-analysis.h"
#include "side-desk.h"
#include "side-recording-check.h"

G_BEGIN_DECLS

void          side_analyst_ask_async     (const char           *path,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
void          side_analyst_ask_turned_async (const char     *path,
                                          gint64                answered_ms,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SideAnalysis *side_analyst_ask_finish    (GAsyncResult         *result,
                                          GError              **error);
SideAnalysis *side_analyst_read_kept     (const char           *path);
void          side_analyst_listen_async  (SideDesk             *desk,
                                          const SideCall       *call,
                                          const char           *path,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
SideAnalysis *side_analyst_listen_finish (GAsyncResult         *result,
                                          SideRecordingSpans  **spans,
                                          GError              **error);

G_END_DECLS
