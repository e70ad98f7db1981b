/* replicas-kit.h - carries documents between caches and a server's archive
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-archive-store.h"
#include "test-store-kit.h"

extern const char *const replicas_projects[];

void     replicas_read (Kit *kit, SideArchiveStore *archive, int limit);
gboolean replicas_send (Kit *kit, SideArchiveStore *archive, const char *author, gboolean lost, SideDocument **taken);
