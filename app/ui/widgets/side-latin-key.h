/* side-latin-key.h - keys that mean a letter on any keyboard layout
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

guint side_latin_key (GtkWidget *widget,
                      guint      keyval,
                      guint      keycode);

G_END_DECLS
