/* side-call-list.h - the calls of a query as a list model
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GListModel of SideCallItem over a store's cache. It knows the place of
 * every call of the query at once and fetches the calls themselves by the
 * page, when somebody asks for them; asking never blocks. It follows what is
 * written to the store with exact changes.
 */
#pragma once

#include <gio/gio.h>

#include "side-call.h"
#include "side-call-query.h"
#include "side-store.h"

G_BEGIN_DECLS

/* One row. While its call is not fetched yet "call" is NULL; it notifies when
 * it comes and whenever the call changes, or the figure of its sound that the
 * list is sorted or narrowed by. The same call keeps its item as long as
 * anybody holds it. */
#define SIDE_TYPE_CALL_ITEM (side_call_item_get_type ())
G_DECLARE_FINAL_TYPE (SideCallItem, side_call_item, SIDE, CALL_ITEM, GObject)

SideCall   *side_call_item_get_call      (SideCallItem *self);
const char *side_call_item_get_id        (SideCallItem *self);
gboolean    side_call_item_get_figure    (SideCallItem *self, SideSoundFigure *figure, double *value);

#define SIDE_TYPE_CALL_LIST (side_call_list_get_type ())
G_DECLARE_FINAL_TYPE (SideCallList, side_call_list, SIDE, CALL_LIST, GObject)

SideCallList        *side_call_list_new         (SideStore            *store);
void                 side_call_list_set_query   (SideCallList         *self,
                                                 const SideCallQuery  *query);
const SideCallQuery *side_call_list_get_query   (SideCallList         *self);
guint                side_call_list_get_total   (SideCallList         *self);
gboolean             side_call_list_get_loading (SideCallList         *self);
const GError        *side_call_list_get_error   (SideCallList         *self);

void                 side_call_list_find_async  (SideCallList         *self,
                                                 const char           *call,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean             side_call_list_find_finish (SideCallList         *self,
                                                 GAsyncResult         *result,
                                                 guint                *position,
                                                 GError              **error);

G_END_DECLS
