/* side-branches-editor.h - where a step of a draft leads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-draft-lines.h"

G_BEGIN_DECLS

GtkWidget *side_branches_editor_new (SideDraftKeeper *keeper, const char *step);

G_END_DECLS
