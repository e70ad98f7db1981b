/* side-live.h - the live stream, to many readers at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the HTTP server.
 */
#pragma once

#include <libsoup/soup.h>

#include "side-hub.h"

G_BEGIN_DECLS

#define SIDE_LIVE_TICK_MS    100
#define SIDE_LIVE_MAX_BYTES  (1024 * 1024)   /* under way to one client, unacknowledged */
#define SIDE_LIVE_MAX_CLIENTS 2000
#define SIDE_LIVE_RING       10000           /* events kept for ?after= */

#define SIDE_TYPE_LIVE (side_live_get_type ())
G_DECLARE_FINAL_TYPE (SideLive, side_live, SIDE, LIVE, GObject)

SideLive *side_live_new     (SideHub *hub);
void      side_live_upgrade (SideLive *self, SoupServerMessage *msg, SideAccount *account,
                             const char *const *projects, gint64 after, const guint8 *token_hash);
void      side_live_close_token (SideLive *self, const guint8 *token_hash);
void      side_live_tell_documents (SideLive *self, const char *project);
void      side_live_close   (SideLive *self);
guint     side_live_count   (SideLive *self);

G_END_DECLS
