/* side-conflicts-window.h - what was changed here and elsewhere at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-outbox.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CONFLICTS_WINDOW (side_conflicts_window_get_type ())
G_DECLARE_FINAL_TYPE (SideConflictsWindow, side_conflicts_window, SIDE, CONFLICTS_WINDOW, AdwWindow)

GtkWidget *side_conflicts_window_new         (SideDesk *desk);
void       side_conflicts_window_set_scripts (SideConflictsWindow *self, GPtrArray *scripts);
void       side_conflicts_window_show_one    (SideConflictsWindow *self, const SideConflict *conflict);
void       side_conflicts_window_show_refused (SideConflictsWindow *self, const SideOutboxItem *item);

G_END_DECLS
