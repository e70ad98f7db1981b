/* side-library-bar.h - how far the work on recordings is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A strip that is seen only while recordings are fetched or listened to.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LIBRARY_BAR (side_library_bar_get_type ())
G_DECLARE_FINAL_TYPE (SideLibraryBar, side_library_bar, SIDE, LIBRARY_BAR, GtkWidget)

void side_library_bar_set_desk (SideLibraryBar *self, SideDesk *desk);

G_END_DECLS
