/* side-ready-dialog.h - chooses a ready script or scenario to begin with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   chosen (const char *name, const char *language)   the window closes
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDE_TYPE_READY_DIALOG (side_ready_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideReadyDialog, side_ready_dialog, SIDE, READY_DIALOG, AdwWindow)

GtkWindow *side_ready_dialog_new               (GtkWindow *parent);
GtkWindow *side_ready_dialog_new_for_scenarios (GtkWindow *parent);

G_END_DECLS
