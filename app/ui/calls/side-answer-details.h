/* side-answer-details.h - why an answer is as it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   edited (const SideAnswer *answer)  a person chose a cause or wrote a comment
 *   mark ()                            the span that shows it begins, or ends, here
 *   left ()                            Enter in the comment: on with the next
 */
#pragma once

#include <gtk/gtk.h>

#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ANSWER_DETAILS (side_answer_details_get_type ())
G_DECLARE_FINAL_TYPE (SideAnswerDetails, side_answer_details, SIDE, ANSWER_DETAILS, GtkWidget)

GtkWidget  *side_answer_details_new           (const SideCriterion *criterion);
void        side_answer_details_set_answer    (SideAnswerDetails *self, const SideAnswer *answer, gboolean fault);
void        side_answer_details_set_editable  (SideAnswerDetails *self, gboolean editable);
void        side_answer_details_set_marking   (SideAnswerDetails *self, gboolean possible, gboolean begun, gboolean wanted);
gboolean    side_answer_details_press         (SideAnswerDetails *self, guint keyval);
void        side_answer_details_write         (SideAnswerDetails *self);
void        side_answer_details_flush         (SideAnswerDetails *self);
const char *side_cause_label                  (SideCause cause);
char       *side_answer_why_words             (const SideAnswer *answer);

G_END_DECLS
