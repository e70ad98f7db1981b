/* side-script-view.h - one script: its form, its conversation, its versions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   toast (const char *text)        something to tell in passing
 *   discarded (GObject *keeper)     a draft was; its keeper can bring it back
 *   show-script (const char *id)    another script or draft is to be shown
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script-shelf.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_VIEW (side_script_view_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptView, side_script_view, SIDE, SCRIPT_VIEW, GtkWidget)

GtkWidget *side_script_view_new       (void);
void       side_script_view_open      (SideScriptView *self, SideScriptShelf *shelf, SideScriptItem *item);
void       side_script_view_edit_title (SideScriptView *self);

G_END_DECLS
