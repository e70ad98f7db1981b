/* side-consensus-table.h - what each answered on one call, and what is agreed on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Criteria in rows, reviewers in columns; where people differ comes first.
 */
#pragma once

#include <adwaita.h>

#include "side-calibration.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CONSENSUS_TABLE (side_consensus_table_get_type ())
G_DECLARE_FINAL_TYPE (SideConsensusTable, side_consensus_table, SIDE, CONSENSUS_TABLE, AdwBin)

/* Signals:
 *   agreed (const char *criterion, double value, const char *reason): value SIDE_ANSWER_NONE takes it back
 *   evidence (gint64 from_ms, gint64 to_ms): somebody's evidence was chosen */
GtkWidget  *side_consensus_table_new           (void);
void        side_consensus_table_show          (SideConsensusTable    *self,
                                                SideScript            *script,
                                                const SideCalibration *calibration,
                                                const char            *call,
                                                GPtrArray             *reviews,
                                                gboolean               editable);
void        side_consensus_table_flush         (SideConsensusTable    *self);
guint       side_consensus_table_count_apart   (SideConsensusTable    *self);
const char *side_consensus_table_get_criterion (SideConsensusTable    *self);

G_END_DECLS
