/* side-review-keeper-private.h - a keeper's state, shared by its files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review-keeper.h"
#include "side-review-pen.h"
#include "side-steps.h"

G_BEGIN_DECLS

/**
 * SideAnswerStep: an answer to be given, back or again.
 * @stamp: when it was given or taken back, by side_steps_stamp()
 */
typedef struct {
  char   *criterion;
  double  value;
  gint64  position_ms;
  char   *script;       /* (nullable): whose question was in sight */
  gint64  stamp;
} SideAnswerStep;

struct _SideReviewKeeper
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  SideCall     *call;
  SideScript   *script;       /* the version that is answered or was */
  SideScript   *in_use;       /* the newest version */
  char         *script_body;  /* of in_use */
  SideReview   *review;
  SideReviewPen *pen;         /* (nullable): of the review */
  GHashTable   *pens;         /* id of a review -> its pen, which is not on the disk yet */
  GPtrArray    *others;       /* of SideReview: finished by others and further ones of one's own, the newest first */
  char         *chosen;       /* (nullable): id of the review to be shown */
  GPtrArray    *undo;         /* of SideAnswerStep: what to answer to go back */
  GPtrArray    *redo;         /* of SideAnswerStep: what to answer to go forward again */
  gint64        made;         /* stamp of the newest answer */
  GPtrArray    *early;        /* of SideAnswerStep: answered before all was read */
  gint64        saved_ms;
  gboolean      loading;      /* another call's */
  gboolean      reading;
  gboolean      stale;        /* to be read once more when that is done */
  gboolean      own_only;     /* the person wants to score, whoever else did */
  gulong        changed_id;
};

void     _side_answer_step_free           (gpointer step);
gboolean _side_review_keeper_can_change   (SideReviewKeeper *self);
void     _side_review_keeper_save         (SideReviewKeeper *self);
void     _side_review_keeper_step         (SideReviewKeeper *self, const char *criterion);
void     _side_review_keeper_forget_steps (SideReviewKeeper *self);

G_END_DECLS
