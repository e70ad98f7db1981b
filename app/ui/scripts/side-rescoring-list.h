/* side-rescoring-list.h - rescored reviews as a list that rows are made for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "side-rescoring.h"

G_BEGIN_DECLS

#define SIDE_TYPE_RESCORED_ITEM (side_rescored_item_get_type ())
G_DECLARE_FINAL_TYPE (SideRescoredItem, side_rescored_item, SIDE, RESCORED_ITEM, GObject)

#define SIDE_TYPE_RESCORING_LIST (side_rescoring_list_get_type ())
G_DECLARE_FINAL_TYPE (SideRescoringList, side_rescoring_list, SIDE, RESCORING_LIST, GObject)

GListModel         *side_rescoring_list_new    (SideRescoring *rescoring);
const SideRescored *side_rescored_item_get_row (SideRescoredItem *self);

G_END_DECLS
