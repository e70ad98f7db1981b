/* side-call-item.h - one row of a list of calls: the list's side
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-list.h"

G_BEGIN_DECLS

/* @items: row number -> item; the item takes itself out when it goes. */
SideCallItem *side_call_item_new        (guint32 row, GHashTable *items);
guint32       side_call_item_get_row    (SideCallItem *self);
void          side_call_item_set_call   (SideCallItem *self, SideCall *call);
void          side_call_item_set_figure (SideCallItem *self, int figure, double value);
gboolean      side_call_item_is_queued  (SideCallItem *self);
void          side_call_item_set_queued (SideCallItem *self, gboolean queued);
gboolean      side_call_item_is_kept    (SideCallItem *self);
void          side_call_item_set_kept   (SideCallItem *self, gboolean kept);

G_END_DECLS
