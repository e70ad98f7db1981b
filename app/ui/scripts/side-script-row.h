/* side-script-row.h - one criterion in the list of a form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   opened ()   its details were unfolded, so that those of others fold
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"
#include "side-script-use.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_ROW (side_script_row_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptRow, side_script_row, SIDE, SCRIPT_ROW, GtkListBoxRow)

GtkWidget  *side_script_row_new      (const char *id, SideDraftKeeper *keeper);
const char *side_script_row_get_id   (SideScriptRow *self);
void        side_script_row_show     (SideScriptRow *self, const SideScript *script, const SideCriterion *criterion);
void        side_script_row_set_use  (SideScriptRow *self, const SideScriptUse *use);
void        side_script_row_set_open (SideScriptRow *self, gboolean open);
gboolean    side_script_row_is_open  (SideScriptRow *self);
void        side_script_row_edit     (SideScriptRow *self);

G_END_DECLS
