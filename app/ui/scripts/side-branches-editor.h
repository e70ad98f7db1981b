/* side-branches-editor.h - where a step of a draft leads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_BRANCHES_EDITOR (side_branches_editor_get_type ())
G_DECLARE_FINAL_TYPE (SideBranchesEditor, side_branches_editor, SIDE, BRANCHES_EDITOR, GtkWidget)

GtkWidget *side_branches_editor_new  (SideDraftKeeper *keeper, const char *step);
void       side_branches_editor_show (SideBranchesEditor *self, const SideScript *script, const SideStep *step);

G_END_DECLS
