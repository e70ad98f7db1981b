/* side-searches.h - the button with the searches that have a name
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps what the calls page shows under a name, and gives it back. Each project
 * has its own searches; they stay on this computer.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideSearchesView:
 * @data: data
 *
 * Returns: (transfer full): what is shown now, as a text
 */
typedef char *(*SideSearchesView) (gpointer data);

#define SIDE_TYPE_SEARCHES (side_searches_get_type ())
G_DECLARE_FINAL_TYPE (SideSearches, side_searches, SIDE, SEARCHES, GtkWidget)

/* Signals: chosen (const char *view): a person wants to see that again */
void side_searches_set_desk (SideSearches     *self,
                             SideDesk         *desk,
                             SideSearchesView  view,
                             gpointer          data);
void side_searches_refresh  (SideSearches     *self);

G_END_DECLS
