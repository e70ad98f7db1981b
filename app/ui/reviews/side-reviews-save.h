/* side-reviews-save.h - the menu that saves finished reviews to a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideReviewsSaved:
 * @widget: who asked
 * @words: a sentence of how it went
 */
typedef void (*SideReviewsSaved) (GtkWidget  *widget,
                                  const char *words);

void side_reviews_save_add_actions (GtkWidget        *widget,
                                    SideDesk         *desk,
                                    SideReviewsSaved  saved);

G_END_DECLS
