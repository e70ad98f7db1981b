/* side-cli-log.h - a log of events, line by line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-cli.h"

G_BEGIN_DECLS

/* One of @project, a project's settings, and @event is there. Returns: FALSE with an error when it cannot be taken */
typedef gboolean (*SideCliLogFunc) (gpointer data, SideProject *project, SideEvent *event, GError **error);

gboolean side_cli_read_log (const char *path, SideCliLogFunc take, gpointer data, GError **error);

G_END_DECLS
