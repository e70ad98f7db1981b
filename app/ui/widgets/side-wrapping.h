/* side-wrapping.h - labels of as many lines as their words take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_label_wrap (GtkLabel *label);

G_END_DECLS
