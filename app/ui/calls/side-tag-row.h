/* side-tag-row.h - one tag in the window where they are changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   refused (const char *words)   why what was typed cannot be
 */
#pragma once

#include <gtk/gtk.h>

#include "side-tags.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TAG_ROW (side_tag_row_get_type ())
G_DECLARE_FINAL_TYPE (SideTagRow, side_tag_row, SIDE, TAG_ROW, GtkWidget)

GtkWidget  *side_tag_row_new      (SideTags *tags, const SideTag *tag);
const char *side_tag_row_get_word (SideTagRow *self);
void        side_tag_row_show     (SideTagRow *self, gboolean first, gboolean last);

G_END_DECLS
