/* side-review.h - one call scored by one person with one script version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marked with the answers given so far; what else people say about a call is
 * in side-annotation.h.
 */
#pragma once

#include <glib-object.h>

#include "side-annotation.h"

G_BEGIN_DECLS

#define SIDE_ANSWER_NONE (-2.0)   /* not answered yet */
#define SIDE_ANSWER_NA   (-1.0)   /* not applicable */

/**
 * SideAnswer:
 * @criterion: the criterion's id
 * @value: share of a full mark: 1 yes, 0.5 partly, 0 no; SIDE_ANSWER_NA
 * @given_ms: when it was given
 * @position_ms: where in the recording, or -1
 */
typedef struct {
  char   *criterion;
  double  value;
  gint64  given_ms;
  gint64  position_ms;
  char   *comment;         /* nullable */
} SideAnswer;

typedef struct _SideReview SideReview;

struct _SideReview
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  char            *script;         /* the script's id */
  int              script_version;
  char            *reviewer;
  gint64           started_ms;
  gint64           changed_ms;
  gint64           finished_ms;    /* 0 while it is a draft */
  char            *comment;        /* nullable */
  GPtrArray       *answers;        /* of SideAnswer */
};

#define SIDE_TYPE_REVIEW (side_review_get_type ())
GType           side_review_get_type       (void);
SideReview     *side_review_new            (const char *id, const char *project, const char *call,
                                            const char *script, int script_version);
SideReview     *side_review_copy           (const SideReview *self);
SideReview     *side_review_ref            (SideReview *self);
void            side_review_unref          (SideReview *self);
double          side_review_get_answer     (const SideReview *self, const char *criterion);
SideAnswer     *side_review_find_answer    (const SideReview *self, const char *criterion);
SideAnswer     *side_review_set_answer     (SideReview *self, const char *criterion, double value,
                                            gint64 given_ms, gint64 position_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReview, side_review_unref)

G_END_DECLS
