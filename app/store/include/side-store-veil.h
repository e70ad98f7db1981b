/* side-store-veil.h - calls whose reviews are hidden from who looks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

void       side_store_set_veil_async   (SideStore            *self,
                                        const char *const    *calls,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean   side_store_set_veil_finish  (SideStore            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
