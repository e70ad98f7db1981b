/* side-scripts-page.h - the scripts of a project, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-alarm.h"
#include "side-script-shelf.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPTS_PAGE (side_scripts_page_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptsPage, side_scripts_page, SIDE, SCRIPTS_PAGE, GtkWidget)

GtkWidget       *side_scripts_page_new       (SideDesk *desk, SideAlarm *alarm);
SideScriptShelf *side_scripts_page_get_shelf (SideScriptsPage *self);
void             side_scripts_page_show      (SideScriptsPage *self, const char *id);
void             side_scripts_page_search    (SideScriptsPage *self);

G_END_DECLS
