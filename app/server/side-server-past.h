/* side-server-past.h - what a made-up centre begins with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-hub.h"
#include "side-simulator.h"

G_BEGIN_DECLS

void     side_server_open_centre (SideHub *hub, SideSimulator *simulator, gint64 last_ms, int days, GPtrArray *recorded);
gboolean side_server_add_scripts (SideArchiveStore *store, gint64 now_ms, GError **error);
gboolean side_server_add_reviews (SideHub *hub, const char *database, guint64 seed, GPtrArray *calls, const char *user,
                                  GError **error);

G_END_DECLS
