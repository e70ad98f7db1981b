/* side-import-drop.h - files and folders that are dropped to be imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

char **side_import_paths_of       (GSList       *files);
char **side_import_paths_dropped  (const GValue *value);
void   side_import_accept_drops   (GtkWidget    *widget,
                                   SideDesk     *desk);

G_END_DECLS
