/* side-review.h - one call scored by one person with one script version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marked with the answers given so far; what else people say about a call is
 * in side-annotation.h. A finished review is sealed: who changes it makes a
 * new revision and says why, and the one before stays in its history.
 */
#pragma once

#include <glib-object.h>

#include "side-annotation.h"

G_BEGIN_DECLS

#define SIDE_ANSWER_NONE (-2.0)   /* not answered yet */
#define SIDE_ANSWER_NA   (-1.0)   /* not applicable */

/* Whose fault less than a full mark is. */
typedef enum {
  SIDE_CAUSE_NONE,
  SIDE_CAUSE_OPERATOR,
  SIDE_CAUSE_SCRIPT,
  SIDE_CAUSE_SYSTEM,
  SIDE_CAUSE_CUSTOMER,
} SideCause;

/* Why this call was reviewed. Only what fell to random reviews estimates;
 * calibration and repeats measure the reviewers and never the operator. */
typedef enum {
  SIDE_SELECTION_NONE,          /* somebody came upon it: counts with the chosen ones */
  SIDE_SELECTION_RANDOM,        /* drawn by a plan */
  SIDE_SELECTION_CHOSEN,        /* picked by a plan: complaints, long silences... */
  SIDE_SELECTION_SECOND,        /* the same call by a second reviewer */
  SIDE_SELECTION_REPEAT,        /* the same call by the same reviewer, who is not told */
  SIDE_SELECTION_CALIBRATION,
} SideSelection;

/**
 * SideTiming: how a calibration's answers came to the server.
 * @SIDE_TIMING_UNKNOWN: it has not said: they have not come, or came before it looked
 * @SIDE_TIMING_BLIND: before its discussion was begun
 * @SIDE_TIMING_LATE: after that, whenever they were given
 */
typedef enum {
  SIDE_TIMING_UNKNOWN,
  SIDE_TIMING_BLIND,
  SIDE_TIMING_LATE,
} SideTiming;

/**
 * SideAnswer:
 * @criterion: the criterion's id
 * @value: share of a full mark: 1 yes, 0.5 partly, 0 no; SIDE_ANSWER_NA
 * @given_ms: when it was given
 * @position_ms: where in the recording, or -1
 * @to_ms: end of the span that shows it, or -1 for a point
 * @cause: of less than a full mark
 * @detail: (nullable): one of the criterion's own causes
 */
typedef struct {
  char      *criterion;
  double     value;
  gint64     given_ms;
  gint64     position_ms;
  gint64     to_ms;
  SideCause  cause;
  char      *detail;
  char      *comment;         /* nullable */
} SideAnswer;

/**
 * SideReviewRevision: a state of a review that was sealed and then changed.
 * @reason: (nullable): why it was made; the first one has none
 */
typedef struct {
  int        revision;
  gint64     finished_ms;
  char      *reviewer;
  char      *reason;
  char      *comment;
  GPtrArray *answers;         /* of SideAnswer */
} SideReviewRevision;

typedef struct _SideReview SideReview;

/**
 * SideReview:
 * @reviewer: (nullable): who has it; %NULL when it was released for anybody to claim
 * @holders: (element-type utf8): who had it before, oldest first
 * @plan: (nullable): UUID of the sampling plan or calibration it belongs to
 * @replaced: of a random one, whether its plan had another call stand in before it was finished
 * @timing: of one for a calibration, what the server says of its first answers
 * @revision: from 1; grows with each change after it was finished
 * @reason: (nullable): why this revision was made
 * @heard: share of the recording that its reviewer had heard when it was
 *   finished, 0 to 1; -1 when it is not known
 */
struct _SideReview
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *call;
  char            *script;         /* the script's id */
  int              script_version;
  char            *reviewer;
  GPtrArray       *holders;
  SideSelection    selection;
  char            *plan;
  gboolean         replaced;
  SideTiming       timing;
  gint64           started_ms;
  gint64           changed_ms;
  gint64           finished_ms;    /* 0 while it is a draft */
  int              revision;
  char            *reason;
  double           heard;
  char            *comment;        /* nullable */
  GPtrArray       *answers;        /* of SideAnswer */
  GPtrArray       *history;        /* of SideReviewRevision, oldest first */
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
SideAnswer     *side_answer_copy           (const SideAnswer *self);
void            side_answer_free           (SideAnswer *self);
SideReviewRevision *side_review_add_revision (SideReview *self);

/* Who has it, and its revisions: side-review-life.c */
void            side_review_claim          (SideReview *self, const char *reviewer, gint64 now_ms);
void            side_review_release        (SideReview *self, gint64 now_ms);
void            side_review_finish         (SideReview *self, double heard, gint64 now_ms);
void            side_review_reopen         (SideReview *self, const char *reviewer, const char *reason, gint64 now_ms);
gboolean        side_review_counts         (const SideReview *self);
SideSelection   side_review_get_counted    (const SideReview *self);
SideReview     *side_review_dup_sealed     (const SideReview *self);

const char     *side_cause_to_string       (SideCause cause);
SideCause       side_cause_from_string     (const char *word);
const char     *side_selection_to_string   (SideSelection selection);
SideSelection   side_selection_from_string (const char *word);
const char     *side_timing_to_string      (SideTiming timing);
SideTiming      side_timing_from_string    (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReview, side_review_unref)

G_END_DECLS
