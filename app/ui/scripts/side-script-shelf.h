/* side-script-shelf.h - the scripts of a project and the drafts of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: replaced (const char *id): a draft is now what somebody else made of it
 */
#pragma once

#include "side-document-shelf.h"
#include "side-draft-keeper.h"
#include "side-script-item.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_SHELF (side_script_shelf_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptShelf, side_script_shelf, SIDE, SCRIPT_SHELF, SideDocumentShelf)

SideScriptShelf *side_script_shelf_new           (SideDesk *desk);
GListModel      *side_script_shelf_get_items     (SideScriptShelf *self);
gboolean         side_script_shelf_is_loaded     (SideScriptShelf *self);
SideScriptItem  *side_script_shelf_find          (SideScriptShelf *self, const char *id);
SideScriptItem  *side_script_shelf_find_draft_of (SideScriptShelf *self, const char *script);
gboolean         side_script_shelf_may_edit      (SideScriptShelf *self);
SideDraftKeeper *side_script_shelf_get_keeper    (SideScriptShelf *self, SideScriptItem *draft);
SideScriptItem  *side_script_shelf_add_draft     (SideScriptShelf *self, SideScript *draft);
void             side_script_shelf_discard       (SideScriptShelf *self, SideScriptItem *draft);
void             side_script_shelf_restore       (SideScriptShelf *self, SideDraftKeeper *keeper);
void             side_script_shelf_publish       (SideScriptShelf *self, SideScriptItem *draft, const char *note);
void             side_script_shelf_set_retired   (SideScriptShelf *self, SideScriptItem *script, gboolean retired);

G_END_DECLS
