/* side-clear.h - takes everything out of a container that is filled anew
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean side_clear_focus    (GtkWidget *part);
gboolean side_clear_children (GtkWidget *container);

G_END_DECLS
