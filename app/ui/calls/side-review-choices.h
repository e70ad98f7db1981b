/* side-review-choices.h - which script and whose review is shown
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal: leaving (): another one is about to be shown: save what is half written
 */
#pragma once

#include <gtk/gtk.h>

#include "side-review-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_CHOICES (side_review_choices_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewChoices, side_review_choices, SIDE, REVIEW_CHOICES, GtkWidget)

void side_review_choices_set_keeper (SideReviewChoices *self, SideReviewKeeper *keeper, SideDesk *desk);
void side_review_choices_update     (SideReviewChoices *self);

G_END_DECLS
