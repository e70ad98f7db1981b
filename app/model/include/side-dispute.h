/* side-dispute.h - an operator's word about how they were scored
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are documents of their own about one sealed revision of a review, so
 * that an operator never writes into a review. What a ruling may do to the
 * score is in side-dispute-rule.h, which can compute one.
 */
#pragma once

#include <glib-object.h>

#include "side-review.h"

G_BEGIN_DECLS

/* Working days a dispute may wait where the project says nothing. */
#define SIDE_DISPUTE_DAYS 5

typedef enum {
  SIDE_DISPUTE_OPEN,
  SIDE_DISPUTE_UPHELD,      /* the operator was right */
  SIDE_DISPUTE_REJECTED,
  SIDE_DISPUTE_WITHDRAWN,   /* by who wrote it */
} SideDisputeState;

typedef struct _SideDispute SideDispute;

/**
 * SideDispute:
 * @review_revision: the sealed revision it is about
 * @script: (nullable): id of the script the criterion is of
 * @asked: the answer the operator asks for; SIDE_ANSWER_NONE if they leave it open
 * @operator_id: (nullable): who answered the call
 * @author: (nullable): user who wrote it: the operator's own, or who did it for them
 * @on_behalf: somebody wrote down what an operator without a sign-in said
 * @due_ms: until when it should be judged
 * @judge: (nullable): user who ruled
 * @ruling: (nullable): the judge's words
 * @value: the answer it became; SIDE_ANSWER_NONE unless upheld
 */
struct _SideDispute
{
  gatomicrefcount   ref_count;
  char             *id;              /* UUID */
  char             *project;
  char             *call;
  char             *review;
  int               review_revision;
  char             *script;
  char             *criterion;
  double            asked;
  char             *reason;
  char             *operator_id;
  char             *author;
  gboolean          on_behalf;
  gint64            created_ms;
  gint64            due_ms;
  SideDisputeState  state;
  char             *judge;
  gint64            judged_ms;       /* also of a withdrawal */
  char             *ruling;
  double            value;
};

typedef struct _SideAcknowledgement SideAcknowledgement;

/**
 * SideAcknowledgement: an operator has read a review and takes note of it.
 * @id: side_acknowledgement_id(): one for a revision, whoever writes it
 */
struct _SideAcknowledgement
{
  gatomicrefcount  ref_count;
  char            *id;               /* UUID */
  char            *project;
  char            *call;
  char            *review;
  int              review_revision;
  char            *operator_id;
  char            *author;
  gboolean         on_behalf;
  gint64           at_ms;
};

#define SIDE_TYPE_DISPUTE (side_dispute_get_type ())
GType        side_dispute_get_type  (void);
SideDispute *side_dispute_new       (const char *id, const char *project, const char *call);
SideDispute *side_dispute_copy      (const SideDispute *self);
SideDispute *side_dispute_ref       (SideDispute *self);
void         side_dispute_unref     (SideDispute *self);

#define SIDE_TYPE_ACKNOWLEDGEMENT (side_acknowledgement_get_type ())
GType                side_acknowledgement_get_type (void);
SideAcknowledgement *side_acknowledgement_new      (const SideReview *review, const char *operator_id, const char *author,
                                                    gboolean on_behalf, gint64 now_ms);
SideAcknowledgement *side_acknowledgement_ref      (SideAcknowledgement *self);
void                 side_acknowledgement_unref    (SideAcknowledgement *self);
char                *side_acknowledgement_id       (const char *review, int revision);

/* The rules: side-dispute-life.c */
gboolean         side_review_is_of        (const SideReview *self, const char *user);
const GPtrArray *side_review_get_sealed   (const SideReview *self, int revision, const char **reviewer);
double           side_answers_get         (const GPtrArray *answers, const char *criterion);
gint64           side_dispute_due         (GTimeZone *zone, gint64 created_ms, int working_days);
gboolean         side_dispute_may_make    (const SideDispute *self, const SideReview *review, const GPtrArray *others, GError **error);
gboolean         side_dispute_may_judge   (const SideDispute *self, const SideReview *review, const char *user, GError **error);
gboolean         side_dispute_withdraw    (SideDispute *self, const char *user, gint64 now_ms, GError **error);
gboolean         side_dispute_same_matter (const SideDispute *self, const SideDispute *other);
SideReview      *side_dispute_apply       (const SideDispute *self, const SideReview *review, gint64 now_ms, GError **error);

const char       *side_dispute_state_to_string   (SideDisputeState state);
gboolean          side_dispute_state_from_string (const char *word, SideDisputeState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideDispute, side_dispute_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAcknowledgement, side_acknowledgement_unref)

G_END_DECLS
