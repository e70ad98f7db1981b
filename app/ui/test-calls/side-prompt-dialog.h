/* side-prompt-dialog.h - an announcement out of a test call: to compare with, and compared
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PROMPT_DIALOG (side_prompt_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SidePromptDialog, side_prompt_dialog, SIDE, PROMPT_DIALOG, AdwWindow)

GtkWindow  *side_prompt_dialog_new       (GtkWindow *parent, SideScenarios *shelf, SideDraftKeeper *keeper, gboolean editable, int segment);
const char *side_prompt_dialog_get_words (SidePromptDialog *self);

G_END_DECLS
