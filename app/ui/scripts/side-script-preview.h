/* side-script-preview.h - a form as a reviewer sees it, to be tried out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_PREVIEW (side_script_preview_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptPreview, side_script_preview, SIDE, SCRIPT_PREVIEW, AdwWindow)

GtkWindow *side_script_preview_new (GtkWindow *parent, const SideScript *script, SideDraftKeeper *keeper);

G_END_DECLS
