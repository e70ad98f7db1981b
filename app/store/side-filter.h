/* side-filter.h - which calls a query lets through
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-columns.h"

G_BEGIN_DECLS

/**
 * SideStopFunc:
 * @data: data
 *
 * Returns: whether nobody wants the result any more
 */
typedef gboolean (*SideStopFunc) (gpointer data);

gboolean side_filter_run (const SideCallQuery *query,
                          const SideColumns   *columns,
                          SideDb              *db,
                          GArray              *rows,
                          SideStopFunc         stop,
                          gpointer             stop_data,
                          GError             **error);

G_END_DECLS
