/* side-line-dialog.h - one telephone line, to be filled in and tried out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   toast (const char *text)   something to tell in passing, once the window is closed
 */
#pragma once

#include <adwaita.h>

#include "side-lines.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LINE_DIALOG (side_line_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideLineDialog, side_line_dialog, SIDE, LINE_DIALOG, AdwWindow)

GtkWindow  *side_line_dialog_new       (GtkWindow *parent, SideLines *lines, const SideLine *line);
GtkWidget  *side_line_dialog_get_field (SideLineDialog *self, const char *name);
const char *side_line_dialog_get_fault (SideLineDialog *self, const char *name);

G_END_DECLS
