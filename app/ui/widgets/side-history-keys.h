/* side-history-keys.h - Ctrl+Z wherever the keyboard is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_history_keys_add (GtkWidget *page, const char *undo, const char *redo);

G_END_DECLS
