/* side-moments-export.h - key moments as one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fetches what is not on this computer yet, and writes the pieces one after the
 * other. What is marked as payment is silence.
 */
#pragma once

#include "side-copy-dialog.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MOMENTS_EXPORT (side_moments_export_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentsExport, side_moments_export, SIDE, MOMENTS_EXPORT, SideCopyDialog)

GtkWindow *side_moments_export_new (GtkWindow *parent,
                                    SideDesk  *desk,
                                    GPtrArray *moments);

G_END_DECLS
