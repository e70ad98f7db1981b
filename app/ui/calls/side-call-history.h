/* side-call-history.h - one undo for all that is done on a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-call-notes.h"
#include "side-review-keeper.h"

G_BEGIN_DECLS

char *side_call_history_undo   (SideCallNotes *notes, SideReviewKeeper *keeper);
char *side_call_history_redo   (SideCallNotes *notes, SideReviewKeeper *keeper);
void  side_call_history_attach (GtkWidget *page, AdwToastOverlay *toasts, SideCallNotes *notes, SideReviewKeeper *keeper);

G_END_DECLS
