/* side-reviews-page.h - what is to be reviewed, and what the reviews are worth
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-alarm.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEWS_PAGE (side_reviews_page_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewsPage, side_reviews_page, SIDE, REVIEWS_PAGE, AdwBin)

/* Signal: toast (const char *text, const char *action): a short sentence to be
 * shown; a tab that has such a signal is passed on. */
GtkWidget *side_reviews_page_new      (SideDesk *desk, SideAlarm *alarm);
void       side_reviews_page_show_tab (SideReviewsPage *self, const char *name);

G_END_DECLS
