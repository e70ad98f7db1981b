/* side-desk-owner.h - whose stored calls lie where
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-settings.h"

G_BEGIN_DECLS

/* The store's setting that holds the session without its token. */
#define SIDE_DESK_SESSION_KEY "session"

gboolean  side_desk_owner_has_calls      (const SideServer *server);
void      side_desk_owner_settle_async   (const SideServer *server, const char *user, gboolean trusted,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char     *side_desk_owner_settle_finish  (GAsyncResult *result);

G_END_DECLS
