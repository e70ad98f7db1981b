/* side-reveal.h - shows a file in the file manager
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_reveal (GtkWindow *parent, const char *path);

G_END_DECLS
