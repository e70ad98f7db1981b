/* side-review-keeper-private.h - a keeper's state, shared by its files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review-keeper.h"
#include "side-review-pen.h"
#include "side-review-reading.h"
#include "side-steps.h"

G_BEGIN_DECLS

/**
 * SideAnswerStep: an answer to be given, back or again.
 * @criterion: the criterion's id
 * @answer: (nullable): what is to stand there; %NULL takes it back
 * @script: (nullable): whose question was in sight
 * @stamp: when it was given or taken back, by side_steps_stamp()
 */
typedef struct {
  char       *criterion;
  SideAnswer *answer;
  char       *script;
  gint64      stamp;
} SideAnswerStep;

struct _SideReviewKeeper
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  SideCall     *call;
  SideScript   *script;       /* the version that is answered or was */
  SideScript   *in_use;       /* the newest version */
  SideReviewShelf *shelf;
  GPtrArray    *scripts;      /* of SideScript: what the call can be scored with */
  SideReview   *review;
  SideReviewPen *pen;         /* (nullable): of the review */
  GHashTable   *pens;         /* id of a review -> its pen, which is not on the disk yet */
  GPtrArray    *others;       /* of SideReview: finished by others and further ones of one's own, the newest first */
  GHashTable   *taken;        /* ids of the call's reviews */
  char         *chosen;       /* (nullable): id of the review to be shown */
  char         *chosen_script; /* (nullable): id of the script to be shown */
  GPtrArray    *undo;         /* of SideAnswerStep: what to answer to go back */
  GPtrArray    *redo;         /* of SideAnswerStep: what to answer to go forward again */
  gint64        made;         /* stamp of the newest answer */
  GPtrArray    *early;        /* of SideAnswerStep: answered before all was read */
  gint64        saved_ms;
  gboolean      loading;      /* another call's */
  gboolean      reading;
  gboolean      stale;        /* to be read once more when that is done */
  gboolean      own_only;     /* the person wants to score, whoever else did */
  gboolean      afresh;       /* once more, though they did already */
  SideReviewDue *due;         /* (nullable): what this person is asked for here */
  gulong        changed_id;
};

void     _side_answer_step_free           (gpointer step);
void     _side_review_put_answer          (SideReview *review, const char *criterion, const SideAnswer *answer, gint64 now_ms);
void     _side_review_keeper_ensure       (SideReviewKeeper *self);
void     _side_review_keeper_start        (SideReviewKeeper *self);
gboolean _side_review_keeper_can_change   (SideReviewKeeper *self);
void     _side_review_keeper_save         (SideReviewKeeper *self);
void     _side_review_keeper_step         (SideReviewKeeper *self, const char *criterion);
void     _side_review_keeper_forget_steps (SideReviewKeeper *self);
void     _side_review_keeper_init_sheet   (SideAnswerSheetInterface *iface);

G_END_DECLS
