/* side-criterion-editor.h - everything a criterion is made of, to be changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CRITERION_EDITOR (side_criterion_editor_get_type ())
G_DECLARE_FINAL_TYPE (SideCriterionEditor, side_criterion_editor, SIDE, CRITERION_EDITOR, GtkWidget)

GtkWidget *side_criterion_editor_new   (SideDraftKeeper *keeper, const char *id);
void       side_criterion_editor_show  (SideCriterionEditor *self, const SideScript *script, const SideCriterion *criterion);
void       side_criterion_editor_focus (SideCriterionEditor *self);

G_END_DECLS
