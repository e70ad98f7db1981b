/* side-moments-export.h - key moments as one recording for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fetches what is not on this computer yet, writes the pieces one after the
 * other, and enters each in the record of exports. What is marked as payment
 * is silence. Closed while it writes, it leaves no file behind.
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_MOMENTS_EXPORT (side_moments_export_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentsExport, side_moments_export, SIDE, MOMENTS_EXPORT, AdwWindow)

GtkWindow *side_moments_export_new     (GtkWindow         *parent,
                                        SideDesk          *desk,
                                        GPtrArray         *moments);
void       side_moments_export_save_to (SideMomentsExport *self,
                                        const char        *path);

G_END_DECLS
