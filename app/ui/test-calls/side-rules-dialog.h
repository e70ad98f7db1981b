/* side-rules-dialog.h - the rules of test calls, to be read and acknowledged
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: acknowledged (): it was written down, and the window closes
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_RULES_DIALOG (side_rules_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideRulesDialog, side_rules_dialog, SIDE, RULES_DIALOG, AdwWindow)

GtkWindow *side_rules_dialog_new (GtkWindow *parent, SideDesk *desk, const char *path);

G_END_DECLS
