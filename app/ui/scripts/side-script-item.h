/* side-script-item.h - one script or draft in the list of them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   changed ()   it says something else now
 */
#pragma once

#include <gio/gio.h>

#include "side-document.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_ITEM (side_script_item_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptItem, side_script_item, SIDE, SCRIPT_ITEM, GObject)

SideScriptItem   *side_script_item_new          (SideScript *script, SideDocument *document);
const SideScript *side_script_item_get_script   (SideScriptItem *self);
SideDocument     *side_script_item_get_document (SideScriptItem *self);
const char       *side_script_item_get_id       (SideScriptItem *self);
gboolean          side_script_item_is_draft     (SideScriptItem *self);
gboolean          side_script_item_is_retired   (SideScriptItem *self);
void              side_script_item_set          (SideScriptItem *self, SideScript *script, SideDocument *document);
int               side_script_item_compare      (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
