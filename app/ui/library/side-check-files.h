/* side-check-files.h - recordings' files on the server that belong to no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ::changed ()
 *   the server has answered, or something else is to be asked
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CHECK_FILES (side_check_files_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckFiles, side_check_files, SIDE, CHECK_FILES, GtkBox)

SideCheckFiles      *side_check_files_new       (SideDesk       *desk);
void                 side_check_files_ask       (SideCheckFiles *self,
                                                 gint64          from_ms,
                                                 gint64          to_ms);
const SideUnmatched *side_check_files_get_found (SideCheckFiles *self);

/* A row of two lines, for the lists of the check's window. */
void                 side_check_row_setup       (GtkListItemFactory *factory,
                                                 GtkListItem        *item);

G_END_DECLS
