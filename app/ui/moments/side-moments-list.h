/* side-moments-list.h - the key moments of the calls of a query
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads marks from the store and what was found in the sound from beside the
 * recordings on this computer.
 */
#pragma once

#include "side-coaching.h"
#include "side-moment.h"

G_BEGIN_DECLS

/* Properties: "loading" (boolean). Signals: loaded (): the items, or the error, are new */
#define SIDE_TYPE_MOMENTS_LIST (side_moments_list_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentsList, side_moments_list, SIDE, MOMENTS_LIST, GObject)

SideMomentsList *side_moments_list_new         (SideStore           *store);
void             side_moments_list_load        (SideMomentsList     *self,
                                                const SideCallQuery *query);
void             side_moments_list_load_pieces (SideMomentsList     *self,
                                                GPtrArray           *pieces);
GListModel      *side_moments_list_get_moments (SideMomentsList     *self);
gboolean         side_moments_list_get_loading (SideMomentsList     *self);
const GError    *side_moments_list_get_error   (SideMomentsList     *self);

G_END_DECLS
