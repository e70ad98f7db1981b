/* side-scorecard.h - something with a name, scored with a form without a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call centre that may be chosen, one of its sites, a reply to a request: what
 * no recording shows. Kept apart from reviews, so that it counts in nobody's
 * quality.
 */
#pragma once

#include "side-review.h"

G_BEGIN_DECLS

typedef struct _SideScorecard SideScorecard;

/**
 * SideScorecard:
 * @subject: what is scored: "Call Centre North, Tver"
 * @at_ms: an instant of the day it speaks of
 * @review: id, project, script, author and answers as those of a review; about no
 *   call, and never finished: it stays open to what is learnt
 */
struct _SideScorecard
{
  gatomicrefcount  ref_count;
  char            *subject;
  gint64           at_ms;
  SideReview      *review;
};

#define SIDE_TYPE_SCORECARD (side_scorecard_get_type ())
GType          side_scorecard_get_type (void);
SideScorecard *side_scorecard_new      (const char *id, const char *project, const char *subject, const char *script, int script_version);
SideScorecard *side_scorecard_copy     (const SideScorecard *self);
SideScorecard *side_scorecard_ref      (SideScorecard *self);
void           side_scorecard_unref    (SideScorecard *self);
int            side_scorecard_compare  (const SideScorecard *self, const SideScorecard *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideScorecard, side_scorecard_unref)

G_END_DECLS
