/* side-section-box.h - one section of a form: its title and its criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   leave (int by)   the arrow keys go beyond the first or last row
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script-row.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SECTION_BOX (side_section_box_get_type ())
G_DECLARE_FINAL_TYPE (SideSectionBox, side_section_box, SIDE, SECTION_BOX, GtkWidget)

GtkWidget  *side_section_box_new        (const char *id, SideDraftKeeper *keeper);
const char *side_section_box_get_id     (SideSectionBox *self);
void        side_section_box_show       (SideSectionBox *self, const SideScript *script, guint index, GHashTable *rows);
void        side_section_box_focus_end  (SideSectionBox *self, gboolean last);
void        side_section_box_edit_title (SideSectionBox *self);

G_END_DECLS
