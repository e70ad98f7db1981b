/* side-work-view.h - the calls one person is to review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_WORK_VIEW (side_work_view_get_type ())
G_DECLARE_FINAL_TYPE (SideWorkView, side_work_view, SIDE, WORK_VIEW, GtkWidget)

GtkWidget *side_work_view_new (SideDesk *desk);

G_END_DECLS
