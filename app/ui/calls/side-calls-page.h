/* side-calls-page.h - all calls, and the one that is chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-place.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALLS_PAGE (side_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (SideCallsPage, side_calls_page, SIDE, CALLS_PAGE, GtkWidget)

GtkWidget *side_calls_page_new       (SideDesk *desk);
void       side_calls_page_show_call (SideCallsPage *self, const char *id, const SidePlace *place);
void       side_calls_page_search    (SideCallsPage *self);

G_END_DECLS
