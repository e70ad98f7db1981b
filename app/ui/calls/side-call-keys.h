/* side-call-keys.h - keys that reach the open call from wherever the keyboard is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void side_call_keys_add (GtkWidget *page, GtkWidget *detail);

G_END_DECLS
