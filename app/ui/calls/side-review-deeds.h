/* side-review-deeds.h - what is asked before a review passes on, or is opened again
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-review-keeper.h"

G_BEGIN_DECLS

void       side_review_deeds_attach      (GtkWidget *form, SideReviewKeeper *keeper, SideDesk *desk);
void       side_review_deeds_update      (GtkWidget *form, SideReviewKeeper *keeper);
GMenu     *side_review_deeds_new_menu    (void);
void       side_review_deeds_revise      (GtkWidget *form, SideReviewKeeper *keeper);
void       side_review_deeds_take        (GtkWidget *form, SideReviewKeeper *keeper);
GtkWidget *side_review_deeds_new_unheard (GtkWidget *form, SideReviewKeeper *keeper, double share);
gboolean   side_review_deeds_is_about    (AdwMessageDialog *dialog, SideReviewKeeper *keeper);
GtkWidget *side_review_deeds_new_history (SideReviewKeeper *keeper, SideDesk *desk);

G_END_DECLS
