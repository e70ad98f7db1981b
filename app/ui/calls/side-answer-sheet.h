/* side-answer-sheet.h - answers to a script's questions, whoever keeps them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the questions of a form need of the one who keeps the answers: the
 * review of a call has a keeper that knows of reviewers and revisions, the
 * answers about a test call are a part of that call.
 */
#pragma once

#include <glib-object.h>

#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ANSWER_SHEET (side_answer_sheet_get_type ())
G_DECLARE_INTERFACE (SideAnswerSheet, side_answer_sheet, SIDE, ANSWER_SHEET, GObject)

/**
 * SideAnswerSheetInterface:
 * @get_script: (nullable): whose questions they are
 * @get_review: (nullable): the answers given up to now
 * @is_loading: whether both may still come
 * @can_change: whether answers are taken
 * @answer: an answer was chosen, or taken back with %SIDE_ANSWER_NONE; nothing
 *   while none are taken
 * @explain: an answer that stands has another place, cause, detail or comment
 */
struct _SideAnswerSheetInterface
{
  GTypeInterface parent_interface;

  const SideScript *(*get_script) (SideAnswerSheet *self);
  const SideReview *(*get_review) (SideAnswerSheet *self);
  gboolean          (*is_loading) (SideAnswerSheet *self);
  gboolean          (*can_change) (SideAnswerSheet *self);
  void              (*answer)     (SideAnswerSheet *self, const char *criterion, double value, gint64 position_ms);
  void              (*explain)    (SideAnswerSheet *self, const SideAnswer *answer);
};

const SideScript *side_answer_sheet_get_script (SideAnswerSheet *self);
const SideReview *side_answer_sheet_get_review (SideAnswerSheet *self);
gboolean          side_answer_sheet_is_loading (SideAnswerSheet *self);
gboolean          side_answer_sheet_can_change (SideAnswerSheet *self);
void              side_answer_sheet_answer     (SideAnswerSheet *self, const char *criterion, double value, gint64 position_ms);
void              side_answer_sheet_explain    (SideAnswerSheet *self, const SideAnswer *answer);

G_END_DECLS
