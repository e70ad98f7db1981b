/* side-operator-menu.h - what can be done about one operator, and their call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-actions.h"

G_BEGIN_DECLS

void side_operator_menu_attach (GtkWidget *operators, GtkWidget *card, SideActions *actions);
void side_operator_menu_detach (GtkWidget *operators);
void side_operator_menu_open   (GtkWidget *operators, const char *operator_id, const GdkRectangle *at);

G_END_DECLS
