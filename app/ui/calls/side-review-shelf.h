/* side-review-shelf.h - the scripts of a project, each parsed once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever goes through calls asks for the same scripts again and again; a
 * script of a hundred criteria is not parsed with every answer.
 */
#pragma once

#include "side-call.h"
#include "side-script.h"

G_BEGIN_DECLS

typedef struct _SideReviewShelf SideReviewShelf;

SideReviewShelf  *side_review_shelf_new   (void);
SideReviewShelf  *side_review_shelf_ref   (SideReviewShelf *self);
void              side_review_shelf_unref (SideReviewShelf *self);
void              side_review_shelf_put   (SideReviewShelf *self, const char *project, GPtrArray *documents);
gboolean          side_review_shelf_has   (SideReviewShelf *self, const char *project);
void              side_review_shelf_age   (SideReviewShelf *self);
SideScript       *side_review_shelf_find  (SideReviewShelf *self, const char *id);
GPtrArray        *side_review_shelf_list  (SideReviewShelf *self, const SideCall *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewShelf, side_review_shelf_unref)

G_END_DECLS
