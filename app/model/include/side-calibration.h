/* side-calibration.h - calls several people review apart, to find out whether they mean the same
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is asked answers for themselves: their answers are ordinary reviews that
 * name this as their plan. Here stands who is asked about what, how far it has
 * come, and what they agreed on in the end.
 */
#pragma once

#include "side-review.h"

G_BEGIN_DECLS

/**
 * SideCalibrationState:
 * @SIDE_CALIBRATION_OPEN: blind: nobody sees what another has answered
 * @SIDE_CALIBRATION_DISCUSSION: all answers are on the table
 * @SIDE_CALIBRATION_CLOSED: what was agreed on stands
 */
typedef enum {
  SIDE_CALIBRATION_OPEN,
  SIDE_CALIBRATION_DISCUSSION,
  SIDE_CALIBRATION_CLOSED,
} SideCalibrationState;

/**
 * SideConsensus: what a criterion's answer is for one call, as all see it now.
 * @value: share of a full mark, 0 to 1; SIDE_ANSWER_NA
 * @author: (nullable): who wrote it down
 * @reason: (nullable): why it is this answer
 */
typedef struct {
  char   *call;
  char   *criterion;
  double  value;
  char   *author;
  char   *reason;
  gint64  at_ms;
} SideConsensus;

typedef struct _SideCalibration SideCalibration;

/**
 * SideCalibration:
 * @script: the script's id
 * @calls: (element-type utf8): ids of the calls, in the order they are talked about
 * @reviewers: (element-type utf8): who is invited, the expert among them
 * @expert: (nullable): the one of them whose answers are the measure until
 *   there is a consensus
 * @due_ms: until when the answers are wanted; 0 for no date
 * @discussed_ms: when the discussion was begun; 0 before that, and in those
 *   from before it was written down
 * @author: (nullable): who called it
 * @consensus: (element-type SideConsensus): one a call and criterion at most
 */
struct _SideCalibration
{
  gatomicrefcount       ref_count;
  char                 *id;             /* UUID */
  char                 *project;
  char                 *title;
  char                 *script;
  int                   script_version;
  GPtrArray            *calls;
  GPtrArray            *reviewers;
  char                 *expert;
  SideCalibrationState  state;
  gint64                due_ms;
  gint64                discussed_ms;
  char                 *author;
  gint64                made_ms;
  gint64                changed_ms;
  GPtrArray            *consensus;
};

/**
 * SideCalibrationPerson:
 * @name: the user's name
 * @finished: how many of the calls they have finished
 */
typedef struct {
  char  *name;
  guint  finished;
} SideCalibrationPerson;

/**
 * SideCalibrationProgress: who has finished, and nothing of what they answered.
 * @calls: how many calls each one is asked about
 * @people: (element-type SideCalibrationPerson): those invited
 */
typedef struct {
  guint      calls;
  GPtrArray *people;
} SideCalibrationProgress;

#define SIDE_TYPE_CALIBRATION (side_calibration_get_type ())
GType            side_calibration_get_type       (void);
SideCalibration *side_calibration_new            (const char *id, const char *project, const char *title,
                                                  const char *script, int script_version);
SideCalibration *side_calibration_copy           (const SideCalibration *self);
SideCalibration *side_calibration_ref            (SideCalibration *self);
void             side_calibration_unref          (SideCalibration *self);
gboolean         side_calibration_has_call       (const SideCalibration *self, const char *call);
gboolean         side_calibration_asks           (const SideCalibration *self, const char *reviewer);
SideConsensus   *side_calibration_find_consensus (const SideCalibration *self, const char *call, const char *criterion);
void             side_calibration_agree          (SideCalibration *self, const char *call, const char *criterion,
                                                  double value, const char *author, const char *reason, gint64 at_ms);
const SideReview *side_calibration_find_review   (const SideCalibration *self, GPtrArray *reviews, const char *call,
                                                  const char *reviewer);
guint            side_calibration_count_finished (const SideCalibration *self, GPtrArray *reviews);
gboolean         side_calibration_is_blind       (const SideCalibration *self, GPtrArray *reviews);
gboolean         side_calibration_is_begun       (const SideCalibration *self, GPtrArray *reviews);
gboolean         side_calibration_is_late        (const SideCalibration *self, const SideReview *review);
void             side_calibration_begin_discussion (SideCalibration *self, gint64 now_ms);

/* What somebody thought by themselves, whoever has the review now. */
const GPtrArray *side_review_get_first           (const SideReview *self, const char **reviewer, gint64 *finished_ms);

SideCalibrationProgress *side_calibration_progress_new  (guint calls);
SideCalibrationProgress *side_calibration_get_progress  (const SideCalibration *self, GPtrArray *reviews);
void             side_calibration_progress_free         (SideCalibrationProgress *self);
void             side_calibration_progress_add          (SideCalibrationProgress *self, const char *name, guint finished);
guint            side_calibration_progress_count_done   (const SideCalibrationProgress *self);

const char      *side_calibration_state_to_string   (SideCalibrationState state);
gboolean         side_calibration_state_from_string (const char *word, SideCalibrationState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCalibration, side_calibration_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCalibrationProgress, side_calibration_progress_free)

G_END_DECLS
