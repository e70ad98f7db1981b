/* side-draft-head.h - what a draft says of the script as a whole
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_DRAFT_HEAD (side_draft_head_get_type ())
G_DECLARE_FINAL_TYPE (SideDraftHead, side_draft_head, SIDE, DRAFT_HEAD, GtkWidget)

GtkWidget *side_draft_head_new   (SideDraftKeeper *keeper, const SideProject *project);
void       side_draft_head_show  (SideDraftHead *self, const SideScript *script);
void       side_draft_head_focus (SideDraftHead *self);

G_END_DECLS
