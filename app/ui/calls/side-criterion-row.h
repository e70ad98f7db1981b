/* side-criterion-row.h - one question of the scoring form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   answered (double value)            a person chose an answer, or took it back
 *   typed ()                           Enter was pressed after a number
 *   edited (const SideAnswer *answer)  they gave a cause, a span or a comment
 *   left ()                            they are done with it: on with the next
 *   position-activated (gint64 ms)     the time of the answer, or of a note, was clicked
 *   exemplar-activated (const SideExemplar *exemplar)  a clip was clicked
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

/**
 * SideRowKey: what a key did to a row.
 * @SIDE_ROW_KEY_NONE: nothing: it is not one of the row's
 * @SIDE_ROW_KEY_STAY: something, and there is more to do here
 * @SIDE_ROW_KEY_SETTLE: something that may have completed the answer
 * @SIDE_ROW_KEY_REFUSED: nothing, and it is to do nothing else: it is one of
 *   the form's that means nothing here
 */
typedef enum {
  SIDE_ROW_KEY_NONE,
  SIDE_ROW_KEY_STAY,
  SIDE_ROW_KEY_SETTLE,
  SIDE_ROW_KEY_REFUSED,
} SideRowKey;

#define SIDE_TYPE_CRITERION_ROW (side_criterion_row_get_type ())
G_DECLARE_FINAL_TYPE (SideCriterionRow, side_criterion_row, SIDE, CRITERION_ROW, GtkWidget)

GtkWidget           *side_criterion_row_new           (SideScript *script, const SideCriterion *criterion);
gboolean             side_criterion_row_fill          (SideCriterionRow *self);
const SideCriterion *side_criterion_row_get_criterion (SideCriterionRow *self);
const char          *side_criterion_row_get_id        (SideCriterionRow *self);
void                 side_criterion_row_set_answer    (SideCriterionRow *self, const SideAnswer *answer);
void                 side_criterion_row_set_applies   (SideCriterionRow *self, gboolean applies);
gboolean             side_criterion_row_get_applies   (SideCriterionRow *self);
void                 side_criterion_row_set_causeless (SideCriterionRow *self);
void                 side_criterion_row_set_editable  (SideCriterionRow *self, gboolean editable);
void                 side_criterion_row_set_position  (SideCriterionRow *self, gint64 position_ms, gint64 origin_ms);
void                 side_criterion_row_set_links     (SideCriterionRow *self, const SideCriterionLink *links, gsize n_links);
SideRowKey           side_criterion_row_press         (SideCriterionRow *self, guint keyval);
gboolean             side_criterion_row_is_marking    (SideCriterionRow *self);
gboolean             side_criterion_row_wants_span    (SideCriterionRow *self);
void                 side_criterion_row_pass_span     (SideCriterionRow *self);
void                 side_criterion_row_write         (SideCriterionRow *self);
void                 side_criterion_row_flush         (SideCriterionRow *self);
void                 side_criterion_row_drop          (SideCriterionRow *self);

G_END_DECLS
