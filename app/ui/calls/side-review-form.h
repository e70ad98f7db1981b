/* side-review-form.h - the scoring form beside a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   seek-requested (gint64 ms)   the place where an answer was given
 *   criterion-chosen (const char *id)  the keyboard is at another question; %NULL: at none any more
 *   toast (const char *text)     something to tell in passing
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-notes.h"
#include "side-review-keeper.h"
#include "side-sitting.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_FORM (side_review_form_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewForm, side_review_form, SIDE, REVIEW_FORM, GtkWidget)

GtkWidget *side_review_form_new          (void);
void       side_review_form_set_keeper   (SideReviewForm *self, SideReviewKeeper *keeper, SideDesk *desk);
void       side_review_form_set_notes    (SideReviewForm *self, SideCallNotes *notes);
void       side_review_form_set_sitting  (SideReviewForm *self, SideSitting *sitting);
void       side_review_form_set_position (SideReviewForm *self, gint64 position_ms);
void       side_review_form_go_to        (SideReviewForm *self, const char *criterion);
void       side_review_form_flush        (SideReviewForm *self);

G_END_DECLS
