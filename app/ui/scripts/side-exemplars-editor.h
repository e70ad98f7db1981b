/* side-exemplars-editor.h - what each answer to a criterion sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_EXEMPLARS_EDITOR (side_exemplars_editor_get_type ())
G_DECLARE_FINAL_TYPE (SideExemplarsEditor, side_exemplars_editor, SIDE, EXEMPLARS_EDITOR, GtkWidget)

GtkWidget *side_exemplars_editor_new  (SideDraftKeeper *keeper, const char *criterion);
void       side_exemplars_editor_show (SideExemplarsEditor *self, const SideCriterion *criterion);

G_END_DECLS
