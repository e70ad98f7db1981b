/* side-reviews-export-private.h - what the forms of an export share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-reviews-export.h"
#include "side-score.h"

G_BEGIN_DECLS

struct _SideReviewsExport
{
  SideReviewsForm  form;
  SideProject     *project;
  gint64           from_ms;
  gint64           to_ms;
  GString         *out;       /* since the last take */
  guint            n;         /* reviews */
};

/* An answer and what it comes to. */
typedef struct {
  const SideAnswer    *answer;
  const SideSection   *section;     /* nullable, like the next: not in the script as we have it */
  const SideCriterion *criterion;
  gboolean             applies;
  double               points;      /* of the criterion's weight; NaN where it does not count */
} SideReviewsAnswer;

void   _side_reviews_judge        (const SideReviewsEntry *entry, const SideAnswer *answer, SideReviewsAnswer *out);
char  *_side_reviews_say_answer   (const SideReviewsAnswer *judged);
char  *_side_reviews_local_time   (const SideReviewsExport *self, gint64 at_ms);
GPtrArray *_side_reviews_failed   (const SideReviewsEntry *entry);

void   _side_reviews_json_begin   (SideReviewsExport *self);
void   _side_reviews_json_add     (SideReviewsExport *self, const SideReviewsEntry *entry, const SideScore *score);
void   _side_reviews_json_end     (SideReviewsExport *self, gboolean complete);

G_END_DECLS
