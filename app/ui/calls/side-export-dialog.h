/* side-export-dialog.h - a copy of a recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks what is to be in the copy, writes it, and enters it in the record of
 * exports. Closed while it writes, it leaves no file behind.
 */
#pragma once

#include <adwaita.h>

#include "side-call-notes.h"
#include "side-analysis.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_EXPORT_DIALOG (side_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideExportDialog, side_export_dialog, SIDE, EXPORT_DIALOG, AdwWindow)

GtkWindow *side_export_dialog_new      (GtkWindow        *parent,
                                        SideDesk         *desk,
                                        const SideCall   *call,
                                        SideCallNotes    *notes,
                                        const char       *path,
                                        gint64            length_ms,
                                        gint64            from_ms,
                                        gint64            to_ms);
void       side_export_dialog_propose  (SideExportDialog *self,
                                        const GArray     *spans);
char      *side_export_dialog_dup_name (SideExportDialog *self);
void       side_export_dialog_save_to  (SideExportDialog *self,
                                        const char       *path);

G_END_DECLS
