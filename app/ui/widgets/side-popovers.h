/* side-popovers.h - popovers of widgets that go
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_popovers_close (GtkWidget *root);

G_END_DECLS
