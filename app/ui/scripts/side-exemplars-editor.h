/* side-exemplars-editor.h - what each answer to a criterion sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-draft-lines.h"

G_BEGIN_DECLS

GtkWidget *side_exemplars_editor_new (SideDraftKeeper *keeper, const char *criterion);

G_END_DECLS
