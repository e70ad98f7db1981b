/* side-window-keys.h - the keys by which windows beside the main one are left
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_window_class_add_keys (GtkWidgetClass *klass);

G_END_DECLS
