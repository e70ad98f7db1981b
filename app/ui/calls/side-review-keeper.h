/* side-review-keeper.h - finds the script for a call and keeps its review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands behind the scoring form: which script a call of that queue is
 * scored with, this person's review of it, and a draft that is saved with
 * each answer, with or without a network. Reviews of others can be shown in its
 * place, and are not changed, unless an unfinished one is taken over first.
 */
#pragma once

#include "side-answer-sheet.h"
#include "side-desk.h"
#include "side-review.h"
#include "side-score.h"
#include "side-script.h"
#include "side-steps.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REVIEW_KEEPER (side_review_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SideReviewKeeper, side_review_keeper, SIDE, REVIEW_KEEPER, GObject)

/* Signals:
 *   loaded ()               another call, script or review: draw all anew
 *   flush ()                another version came: save now what is half written
 *   changed ()              an answer, the comment or the state changed
 *   failed (GError *error)  reading or writing did not work */
SideReviewKeeper *side_review_keeper_new          (SideDesk *desk);
void              side_review_keeper_set_call     (SideReviewKeeper *self, const SideCall *call);

const char       *side_review_keeper_get_call     (SideReviewKeeper *self);
const SideScript *side_review_keeper_get_script   (SideReviewKeeper *self);
const SideReview *side_review_keeper_get_review   (SideReviewKeeper *self);
GPtrArray        *side_review_keeper_get_others   (SideReviewKeeper *self);
GPtrArray        *side_review_keeper_get_scripts  (SideReviewKeeper *self);
SideSelection     side_review_keeper_get_selection (SideReviewKeeper *self, const char **plan);
void              side_review_keeper_choose       (SideReviewKeeper *self, const char *id);
void              side_review_keeper_choose_script (SideReviewKeeper *self, const char *id);
void              side_review_keeper_begin_again  (SideReviewKeeper *self);
gboolean          side_review_keeper_is_own       (SideReviewKeeper *self);
gboolean          side_review_keeper_is_unsaved   (SideReviewKeeper *self);
gboolean          side_review_keeper_may_write    (SideReviewKeeper *self);
gboolean          side_review_keeper_is_loading   (SideReviewKeeper *self);
gboolean          side_review_keeper_is_finished  (SideReviewKeeper *self);
gboolean          side_review_keeper_is_outdated  (SideReviewKeeper *self);
int               side_review_keeper_get_version_in_use (SideReviewKeeper *self);
gint64            side_review_keeper_get_saved_ms (SideReviewKeeper *self);
void              side_review_keeper_get_score    (SideReviewKeeper *self, SideScore *score);
double            side_review_keeper_get_answer   (SideReviewKeeper *self, const char *criterion);

void              side_review_keeper_answer       (SideReviewKeeper *self, const char *criterion, double value,
                                                   gint64 position_ms);
void              side_review_keeper_explain      (SideReviewKeeper *self, const SideAnswer *answer);
gboolean          side_review_keeper_undo         (SideReviewKeeper *self);
gboolean          side_review_keeper_redo         (SideReviewKeeper *self);
void              side_review_keeper_get_ends     (SideReviewKeeper *self, SideStepsEnds *ends);
const char       *side_review_keeper_get_step     (SideReviewKeeper *self, gboolean redo);
void              side_review_keeper_set_comment  (SideReviewKeeper *self, const char *comment);

/* Who has it, and when it is sealed: side-review-keeper-life.c */
gboolean          side_review_keeper_keeps_rulings (SideReviewKeeper *self);
void              side_review_keeper_finish       (SideReviewKeeper *self, double heard);
void              side_review_keeper_revise       (SideReviewKeeper *self, const char *reason);
void              side_review_keeper_claim        (SideReviewKeeper *self);
void              side_review_keeper_release      (SideReviewKeeper *self);
gboolean          side_review_keeper_can_change   (SideReviewKeeper *self);
gboolean          side_review_keeper_can_claim    (SideReviewKeeper *self);
gboolean          side_review_keeper_can_revise   (SideReviewKeeper *self);
gboolean          side_review_keeper_can_release  (SideReviewKeeper *self);
gboolean          side_review_keeper_can_begin_again (SideReviewKeeper *self);

G_END_DECLS
