/* side-review-rows.h - the questions of a form, and the way through them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   seek-requested (gint64 ms)  a place in the recording was clicked
 *   completed ()                the keyboard went past the last question, and
 *                               nothing is missing
 */
#pragma once

#include <gtk/gtk.h>

#include "side-answer-sheet.h"
#include "side-call-notes.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_ROWS (side_review_rows_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewRows, side_review_rows, SIDE, REVIEW_ROWS, GtkWidget)

void     side_review_rows_set_sheet    (SideReviewRows *self, SideAnswerSheet *sheet);
void     side_review_rows_set_notes    (SideReviewRows *self, SideCallNotes *notes);
void     side_review_rows_set_position (SideReviewRows *self, gint64 position_ms, gint64 origin_ms);
void     side_review_rows_set_script   (SideReviewRows *self, const SideScript *script);
void     side_review_rows_begin        (SideReviewRows *self);
void     side_review_rows_update       (SideReviewRows *self);
gboolean side_review_rows_go_to        (SideReviewRows *self, const char *criterion);
void     side_review_rows_flush        (SideReviewRows *self);

G_END_DECLS
