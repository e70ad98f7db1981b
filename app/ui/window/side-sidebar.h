/* side-sidebar.h - project, pages, and how it stands with the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SIDEBAR (side_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (SideSidebar, side_sidebar, SIDE, SIDEBAR, AdwBin)

/* ::page-chosen (const char *name) */
GtkWidget  *side_sidebar_new           (SideDesk *desk);
void        side_sidebar_select        (SideSidebar *self, const char *page);
void        side_sidebar_set_badge     (SideSidebar *self, const char *page, guint count, gboolean alert,
                                        const char *meaning);
const char *side_sidebar_get_state     (SideSidebar *self);

gboolean    side_connection_is_silent  (SideDesk *desk);
char       *side_connection_heading    (SideDesk *desk);
char       *side_connection_detail     (SideDesk *desk);

G_END_DECLS
