/* side-wrapping.h - labels of as many lines as their words take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_label_wrap (GtkLabel *label);
void side_label_say  (GtkWidget *label, const char *words);

G_END_DECLS
