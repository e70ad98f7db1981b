/* side-consensus-item.h - one criterion of one call, as each answered it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-calibration.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CONSENSUS_ITEM (side_consensus_item_get_type ())
G_DECLARE_FINAL_TYPE (SideConsensusItem, side_consensus_item, SIDE, CONSENSUS_ITEM, GObject)

/* Signals: changed (): what was agreed on is another now */
SideConsensusItem   *side_consensus_item_new           (SideScript            *script,
                                                        const SideCriterion   *criterion,
                                                        const SideCalibration *calibration,
                                                        const char            *call,
                                                        GPtrArray             *reviews);
void                 side_consensus_item_update        (SideConsensusItem     *self,
                                                        const SideCalibration *calibration);
const SideCriterion *side_consensus_item_get_criterion (SideConsensusItem     *self);
const char          *side_consensus_item_get_name      (SideConsensusItem     *self);
const SideAnswer    *side_consensus_item_get_answer    (SideConsensusItem     *self,
                                                        guint                  reviewer);
gboolean             side_consensus_item_has_review    (SideConsensusItem     *self,
                                                        guint                  reviewer);
gboolean             side_consensus_item_is_late       (SideConsensusItem     *self,
                                                        guint                  reviewer);
const char          *side_consensus_item_get_key       (SideConsensusItem     *self);
gboolean             side_consensus_item_differs       (SideConsensusItem     *self);
gboolean             side_consensus_item_is_apart      (SideConsensusItem     *self,
                                                        guint                  reviewer);
double               side_consensus_item_get_value     (SideConsensusItem     *self);
const char          *side_consensus_item_get_reason    (SideConsensusItem     *self);
const char          *side_consensus_item_get_author    (SideConsensusItem     *self);
gboolean             side_consensus_item_same_answers  (SideConsensusItem     *self,
                                                        SideConsensusItem     *other);

G_END_DECLS
