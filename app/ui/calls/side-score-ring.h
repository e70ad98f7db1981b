/* side-score-ring.h - a score as a ring that fills
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_SCORE_RING (side_score_ring_get_type ())
G_DECLARE_FINAL_TYPE (SideScoreRing, side_score_ring, SIDE, SCORE_RING, GtkWidget)

GtkWidget  *side_score_ring_new       (void);
void        side_score_ring_set_score (SideScoreRing *self, double score);
const char *side_score_class          (double score);

G_END_DECLS
