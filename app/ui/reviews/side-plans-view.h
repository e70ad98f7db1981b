/* side-plans-view.h - the plans of a project and what they came to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PLANS_VIEW (side_plans_view_get_type ())
G_DECLARE_FINAL_TYPE (SidePlansView, side_plans_view, SIDE, PLANS_VIEW, GtkWidget)

/* Signal: toast (const char *text, const char *action) */
GtkWidget *side_plans_view_new (SideDesk *desk);

G_END_DECLS
