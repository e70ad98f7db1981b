/* side-sparkline.h - the last hour of a number, as a small line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_SPARKLINE (side_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (SideSparkline, side_sparkline, SIDE, SPARKLINE, GtkWidget)

GtkWidget *side_sparkline_new        (void);
gboolean   side_sparkline_set_values (SideSparkline *self, const double *values, gsize n_values);
gsize      side_sparkline_get_length (SideSparkline *self);

G_END_DECLS
