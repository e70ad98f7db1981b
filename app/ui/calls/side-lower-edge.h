/* side-lower-edge.h - scrolls so that a widget is seen to its end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_show_lower_edge (GtkWidget *widget);

G_END_DECLS
