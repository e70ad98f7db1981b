/* side-explain-window.h - "How is this counted?"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-indicators.h"

G_BEGIN_DECLS

/* ::call-activated (const char *id): one of the calls behind the number was chosen */
#define SIDE_TYPE_EXPLAIN_WINDOW (side_explain_window_get_type ())
G_DECLARE_FINAL_TYPE (SideExplainWindow, side_explain_window, SIDE, EXPLAIN_WINDOW, AdwWindow)

GtkWidget  *side_explain_window_new       (SideIndicator     indicator,
                                           SideBoardProject *project,
                                           SideProject      *config,
                                           SidePeriod        period,
                                           gint64            from_ms,
                                           gint64            now_ms,
                                           gboolean          masked);
GListModel *side_explain_window_get_calls (SideExplainWindow *self);

G_END_DECLS
