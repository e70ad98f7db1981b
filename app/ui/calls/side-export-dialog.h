/* side-export-dialog.h - a copy of one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks which part of it, and which spans are to be silence in it.
 */
#pragma once

#include <adwaita.h>

#include "side-call-notes.h"
#include "side-copy-dialog.h"

G_BEGIN_DECLS

#define SIDE_TYPE_EXPORT_DIALOG (side_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideExportDialog, side_export_dialog, SIDE, EXPORT_DIALOG, SideCopyDialog)

GtkWindow *side_export_dialog_new (GtkWindow      *parent,
                                   SideDesk       *desk,
                                   const SideCall *call,
                                   SideCallNotes  *notes,
                                   const char     *path,
                                   gint64          length_ms,
                                   gint64          from_ms,
                                   gint64          to_ms);

G_END_DECLS
