/* side-answer-choices.h - the answers a question can have, to click or to press
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   chosen (double value)  a person chose an answer, or took it back
 *   typed ()               Enter was pressed after a number
 */
#pragma once

#include "side-criterion-row.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ANSWER_CHOICES (side_answer_choices_get_type ())
G_DECLARE_FINAL_TYPE (SideAnswerChoices, side_answer_choices, SIDE, ANSWER_CHOICES, GObject)

SideAnswerChoices *side_answer_choices_new          (const SideCriterion *criterion, GtkBox *into);
void               side_answer_choices_set_value    (SideAnswerChoices *self, double value);
void               side_answer_choices_set_editable (SideAnswerChoices *self, gboolean editable);
SideRowKey         side_answer_choices_press        (SideAnswerChoices *self, guint keyval);
void               side_answer_choices_flush        (SideAnswerChoices *self);
void               side_answer_choices_drop         (SideAnswerChoices *self);

G_END_DECLS
