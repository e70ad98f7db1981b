/* side-operator-list.h - the operators of a project
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever answered a call that the store has, and whoever stands on the board.
 */
#pragma once

#include "side-desk.h"
#include "side-operator-item.h"

G_BEGIN_DECLS

/* Signal: loaded (): the operators, or the error, are new */
#define SIDE_TYPE_OPERATOR_LIST (side_operator_list_get_type ())
G_DECLARE_FINAL_TYPE (SideOperatorList, side_operator_list, SIDE, OPERATOR_LIST, GObject)

SideOperatorList *side_operator_list_new         (SideDesk         *desk);
void              side_operator_list_load        (SideOperatorList *self,
                                                  gint64            from_ms);
GListModel       *side_operator_list_get_model   (SideOperatorList *self);
gboolean          side_operator_list_get_loading (SideOperatorList *self);
const GError     *side_operator_list_get_error   (SideOperatorList *self);

G_END_DECLS
