/* side-operator-item.h - an operator in the list of the Operators page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-board.h"
#include "side-store-facts.h"

G_BEGIN_DECLS

/* Properties, read-only: "name" (string), "note" (string: what they do now, and
 * how many reviews speak of them), "icon" (string, nullable: of their state) */
#define SIDE_TYPE_OPERATOR_ITEM (side_operator_item_get_type ())
G_DECLARE_FINAL_TYPE (SideOperatorItem, side_operator_item, SIDE, OPERATOR_ITEM, GObject)

SideOperatorItem *side_operator_item_new         (const char         *id);
const char       *side_operator_item_get_id      (SideOperatorItem   *self);
const char       *side_operator_item_get_name    (SideOperatorItem   *self);
void              side_operator_item_set_name    (SideOperatorItem   *self,
                                                  const char         *name);
void              side_operator_item_set_reviews (SideOperatorItem   *self,
                                                  const SideReviewCount *reviews,
                                                  gboolean               complete);
void              side_operator_item_set_now     (SideOperatorItem   *self,
                                                  const SideOperator *op);
gboolean          side_operator_item_matches     (SideOperatorItem   *self,
                                                  const char         *folded);
int               side_operator_item_compare     (gconstpointer       a,
                                                  gconstpointer       b,
                                                  gpointer            data);

G_END_DECLS
