/* side-conflict-review.h - two versions of one review, settled by the rules of reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

GPtrArray  *side_conflict_review_list_fields (const char *mine, const char *theirs, const char *base);
const char *side_conflict_review_say         (SideDesk *desk, const SideDocument *mine, const SideDocument *theirs);
char       *side_conflict_review_settle      (SideDesk *desk, const SideDocument *mine, const SideDocument *theirs, const char *merged,
                                              SideDocument **apart);

SideDocument *side_conflict_review_set_apart (SideDesk *desk, const SideDocument *mine, const SideDocument *theirs);

G_END_DECLS
