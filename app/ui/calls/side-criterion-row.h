/* side-criterion-row.h - one question of the scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   answered (double value)        a person chose an answer, or took it back
 *   position-activated (gint64 ms) the time of the answer, or of a note, was clicked
 */
#pragma once

#include <gtk/gtk.h>

#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideCriterionLink: a note that shows how the question was answered.
 * @at_ms: where it begins in the recording
 * @words: what the note is: its tag and text
 * @colour: "#26a269"
 */
typedef struct {
  gint64      at_ms;
  const char *words;
  const char *colour;
} SideCriterionLink;

#define SIDE_TYPE_CRITERION_ROW (side_criterion_row_get_type ())
G_DECLARE_FINAL_TYPE (SideCriterionRow, side_criterion_row, SIDE, CRITERION_ROW, GtkWidget)

GtkWidget  *side_criterion_row_new          (const SideCriterion *criterion);
const char *side_criterion_row_get_id       (SideCriterionRow *self);
void        side_criterion_row_set_answer   (SideCriterionRow *self, double value, gint64 position_ms);
void        side_criterion_row_set_editable (SideCriterionRow *self, gboolean editable);
void        side_criterion_row_set_links    (SideCriterionRow *self, const SideCriterionLink *links, gsize n_links);
gboolean    side_criterion_row_press        (SideCriterionRow *self, guint keyval);

G_END_DECLS
