/* side-tab-stop.h - a long list is one stop on the way of Tab
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Around a list: the arrows go through its rows, Tab goes in and out again.
 * GTK's own way is from row to row, and what stands behind a thousand calls
 * would never be reached.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDE_TYPE_TAB_STOP (side_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (SideTabStop, side_tab_stop, SIDE, TAB_STOP, AdwBin)

G_END_DECLS
