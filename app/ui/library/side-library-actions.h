/* side-library-actions.h - what is done with the recordings of many calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

void side_library_analyse_shown (GtkWidget *page, SideDesk *desk, const SideCallQuery *query);
void side_library_show_moments  (GtkWidget *page, SideDesk *desk, const SideCallQuery *query);
void side_library_check         (GtkWidget *page, SideDesk *desk);

G_END_DECLS
