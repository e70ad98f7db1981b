/* side-server-check.h - whether a start would work, without starting
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the server program.
 */
#pragma once

#include "side-server-config.h"

G_BEGIN_DECLS

SideServerConfig *side_server_load_config (const char *path, gboolean check);
gboolean          side_server_check       (const SideServerConfig *config, GPtrArray *faults);

G_END_DECLS
