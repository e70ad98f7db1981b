/* side-operator-view.h - one operator: quality, work, and what was agreed with them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

/* Properties: "from-ms" (int64, read-only): calls that came at or after are
 * counted; 0 for all. */
#define SIDE_TYPE_OPERATOR_VIEW (side_operator_view_get_type ())
G_DECLARE_FINAL_TYPE (SideOperatorView, side_operator_view, SIDE, OPERATOR_VIEW, AdwBin)

GtkWidget  *side_operator_view_new         (SideDesk         *desk);
void        side_operator_view_show        (SideOperatorView *self,
                                            const char       *id,
                                            const char       *name);
void        side_operator_view_set_name    (SideOperatorView *self,
                                            const char       *name);
void        side_operator_view_reload      (SideOperatorView *self);
gint64      side_operator_view_get_from_ms (SideOperatorView *self);

G_END_DECLS
