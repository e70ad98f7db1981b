/* side-action-dialog.h - asks why something is to be done at the call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-actions.h"

G_BEGIN_DECLS

/* Called with what is to be done, once. */
typedef void (*SideActionChosen) (SideActionRequest *request, const char *name, gpointer user_data);

GtkWidget *side_action_dialog_ask (GtkWindow *parent, SideActions *actions, const SideActionRequest *request, const char *name,
                                   SideActionChosen chosen, gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
