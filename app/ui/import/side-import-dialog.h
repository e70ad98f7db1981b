/* side-import-dialog.h - takes recordings from this computer's disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows what is found, what each recording becomes and what cannot be read and
 * why, then imports, and can take that back.
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_IMPORT_DIALOG (side_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideImportDialog, side_import_dialog, SIDE, IMPORT_DIALOG, AdwWindow)

GtkWindow *side_import_dialog_new          (GtkWindow         *parent,
                                            SideDesk          *desk);
void       side_import_dialog_add          (SideImportDialog  *self,
                                            const char *const *paths);

G_END_DECLS
