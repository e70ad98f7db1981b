/* side-answer-sheet.c - answers to a script's questions, whoever keeps them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-answer-sheet.h"

G_DEFINE_INTERFACE (SideAnswerSheet, side_answer_sheet, G_TYPE_OBJECT)

static void
side_answer_sheet_default_init (SideAnswerSheetInterface *iface)
{
}

/**
 * side_answer_sheet_get_script:
 * @self: a sheet
 *
 * Returns: (transfer none) (nullable): the version whose questions are answered
 */
const SideScript *
side_answer_sheet_get_script (SideAnswerSheet *self)
{
  g_return_val_if_fail (SIDE_IS_ANSWER_SHEET (self), NULL);
  return SIDE_ANSWER_SHEET_GET_IFACE (self)->get_script (self);
}

/**
 * side_answer_sheet_get_review:
 * @self: a sheet
 *
 * Returns: (transfer none) (nullable): the answers; %NULL before the first one
 */
const SideReview *
side_answer_sheet_get_review (SideAnswerSheet *self)
{
  g_return_val_if_fail (SIDE_IS_ANSWER_SHEET (self), NULL);
  return SIDE_ANSWER_SHEET_GET_IFACE (self)->get_review (self);
}

/**
 * side_answer_sheet_is_loading:
 * @self: a sheet
 *
 * Returns: whether script and answers are still being read
 */
gboolean
side_answer_sheet_is_loading (SideAnswerSheet *self)
{
  g_return_val_if_fail (SIDE_IS_ANSWER_SHEET (self), FALSE);
  return SIDE_ANSWER_SHEET_GET_IFACE (self)->is_loading (self);
}

/**
 * side_answer_sheet_can_change:
 * @self: a sheet
 *
 * Returns: whether answers are taken
 */
gboolean
side_answer_sheet_can_change (SideAnswerSheet *self)
{
  g_return_val_if_fail (SIDE_IS_ANSWER_SHEET (self), FALSE);
  return SIDE_ANSWER_SHEET_GET_IFACE (self)->can_change (self);
}

/**
 * side_answer_sheet_answer:
 * @self: a sheet
 * @criterion: a criterion's id
 * @value: 0..1, %SIDE_ANSWER_NA, or %SIDE_ANSWER_NONE to take it back
 * @position_ms: where in the recording, or -1
 */
void
side_answer_sheet_answer (SideAnswerSheet *self,
                          const char      *criterion,
                          double           value,
                          gint64           position_ms)
{
  g_return_if_fail (SIDE_IS_ANSWER_SHEET (self) && criterion != NULL);
  SIDE_ANSWER_SHEET_GET_IFACE (self)->answer (self, criterion, value, position_ms);
}

/**
 * side_answer_sheet_explain:
 * @self: a sheet
 * @answer: an answer that stands, with another place, cause, detail or comment
 */
void
side_answer_sheet_explain (SideAnswerSheet  *self,
                           const SideAnswer *answer)
{
  g_return_if_fail (SIDE_IS_ANSWER_SHEET (self) && answer != NULL);
  SIDE_ANSWER_SHEET_GET_IFACE (self)->explain (self, answer);
}
