/* side-disputes-view.h - reviews that wait for somebody's word
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-disputes.h"

G_BEGIN_DECLS

/* Signals: toast (const char *text, const char *action) */
#define SIDE_TYPE_DISPUTES_VIEW (side_disputes_view_get_type ())
G_DECLARE_FINAL_TYPE (SideDisputesView, side_disputes_view, SIDE, DISPUTES_VIEW, GtkWidget)

GtkWidget *side_disputes_view_new (SideDesk *desk);
GtkWidget *side_my_reviews_new    (SideDesk *desk);

G_END_DECLS
