/* side-cli-config.h - the configuration of the server on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-cli.h"
#include "side-server-config.h"

G_BEGIN_DECLS

#define SIDE_CLI_CONFIG "/etc/sidetone/server.conf"

SideServerConfig *side_cli_load_config (const char *path, GError **error);

G_END_DECLS
