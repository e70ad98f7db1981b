/* side-send.h - one document on its way from the outbox to the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-link.h"
#include "side-outbox.h"

G_BEGIN_DECLS

void     side_send_async  (SideLink             *link,
                           SideStore            *store,
                           const SideOutboxItem *item,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
gboolean side_send_finish (SideLink             *link,
                           GAsyncResult         *result,
                           GError              **error);

G_END_DECLS
