/* side-reviews-export.h - finished reviews for spreadsheets and other programs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer without any state of the machine: what it is given becomes text,
 * review by review, so that a year needs no more memory than a day. What each
 * column and member means stands in docs/exchange.md.
 */
#pragma once

#include "side-call.h"
#include "side-project.h"
#include "side-review.h"
#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideReviewsForm:
 * @SIDE_REVIEWS_CSV: a row a review
 * @SIDE_REVIEWS_CSV_ANSWERS: a row an answer
 * @SIDE_REVIEWS_JSON: docs/schemas/reviews-export.json
 */
typedef enum {
  SIDE_REVIEWS_CSV,
  SIDE_REVIEWS_CSV_ANSWERS,
  SIDE_REVIEWS_JSON,
} SideReviewsForm;

/**
 * SideReviewsEntry: a review and what it is about. Only read while it is added.
 * @script: (nullable): the version it names; without it there is no score
 * @call: (nullable): the call; a vendor's form has none
 * @operator_name: (nullable): as whoever gets the file may see it: by alias
 *   for a client. The name in @call is never written
 * @counts: whether it speaks of the operator, see side_reviews_export_count_newest()
 */
typedef struct {
  const SideReview *review;
  const SideScript *script;
  const SideCall   *call;
  const char       *operator_name;
  gboolean          counts;
} SideReviewsEntry;

typedef struct _SideReviewsExport SideReviewsExport;

SideReviewsExport *side_reviews_export_new    (SideReviewsForm form, SideProject *project, gint64 from_ms, gint64 to_ms);
void               side_reviews_export_count_newest (SideReviewsEntry *entries, gsize n);
gboolean           side_reviews_export_add    (SideReviewsExport *self, const SideReviewsEntry *entry);
char              *side_reviews_export_take   (SideReviewsExport *self);
char              *side_reviews_export_finish (SideReviewsExport *self, gboolean complete);
guint              side_reviews_export_count  (const SideReviewsExport *self);
void               side_reviews_export_free   (SideReviewsExport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewsExport, side_reviews_export_free)

G_END_DECLS
