/* side-sync-scripts.h - versions of scripts that reviews name and nobody sent
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-link.h"
#include "side-store.h"

G_BEGIN_DECLS

void side_sync_fetch_scripts (SideLink *link, SideStore *store, GHashTable *asked, GCancellable *cancellable);

G_END_DECLS
