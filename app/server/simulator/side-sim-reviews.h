/* side-sim-reviews.h - how the demo's calls have been judged
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-sim-review-texts.c has what the made-up reviewers find and say,
 * side-sim-reviews.c who reviews which call and what comes of it,
 * side-sim-review-talk.c what they and the operators say about that:
 * calibration, disputes, coaching.
 */
#pragma once

#include "side-plan.h"
#include "side-random.h"
#include "side-simulator.h"

G_BEGIN_DECLS

/* A way to fall short of a criterion. */
typedef struct {
  double      value;     /* share of a full mark that is left */
  SideCause   cause;
  const char *detail;    /* nullable: one of the criterion's own causes, word for word */
  const char *comment;   /* nullable */
} SideSimFault;

/**
 * SideSimHabit: how a criterion of a demo script fares.
 * @trouble: how much likelier a fault is than on average
 * @dissent: how likely a reviewer sees it otherwise than the others
 * @of_order: "not applicable" where nothing was ordered
 * @queue: (nullable): end of the id of the queues it applies to alone
 * @agreed: (nullable): why reviewers agree on half a mark where they differ
 */
typedef struct {
  const char   *script;
  const char   *criterion;
  double        trouble;
  double        dissent;
  gboolean      of_order;
  const char   *queue;
  const char   *agreed;
  SideSimFault  faults[3];
} SideSimHabit;

/* What an operator says against an answer, and what a colleague rules. */
typedef struct {
  const char *project;
  const char *criterion;
  const char *reason;
  const char *ruling;    /* NULL: it is open */
  gboolean    upheld;
} SideSimQuarrel;

/* What was agreed on with the operator who has most trouble with a criterion. */
typedef struct {
  const char *project;
  const char *criterion;
  double      target;
  const char *text;
  const char *goal;
  const char *bad, *good;   /* of the pieces to hear together */
} SideSimLesson;

/**
 * SideSimDesk: reviewing in one of the projects.
 * @script: of the calls drawn by lot
 * @size: how many a week
 * @title: of a week's draw, with its first and last day
 * @day: of these days, as g_date_time_format() has it
 * @reviewers: by name; the first one plans and calls calibrations
 */
typedef struct {
  const char *project;
  const char *script;
  int         size;
  const char *title;
  const char *day;
  const char *reviewers[4];
  const char *good[4];
  const char *bad[4];
} SideSimDesk;

const SideSimHabit   *side_sim_find_habit   (const char *script, const char *criterion);
const SideSimDesk    *side_sim_get_desk     (guint i);
const SideSimQuarrel *side_sim_get_quarrel  (guint i);
const SideSimLesson  *side_sim_get_lesson   (guint i);

/**
 * SideSimReviews: the past that is being made up.
 * @scripts: (element-type SideScript)
 * @calls: (element-type SideCall): recorded ones, in the order they ended
 * @by_id: the same calls by id
 * @reviews: (element-type SideReview): finished ones that count, as made so far
 * @documents: (element-type SideDocument): the result
 * @spoken_for: ids of calls that have been reviewed
 */
typedef struct {
  guint64     seed;
  gint64      now_ms;
  gint64      today_ms;      /* when it began, for the desk's project */
  GTimeZone  *zone;
  GPtrArray  *scripts;
  GPtrArray  *calls;
  GHashTable *by_id;
  GPtrArray  *reviews;
  GPtrArray  *documents;
  GHashTable *spoken_for;
} SideSimReviews;

void        _side_sim_keep_document (SideSimReviews *self, SideDocument *document, const char *author, gint64 at_ms);
SideScript *_side_sim_find_script   (const SideSimReviews *self, const char *id);
SideReview *_side_sim_review        (SideSimReviews *self, const SideSimDesk *desk, const SideScript *script,
                                     const SideCall *call, const char *reviewer, SideSelection selection,
                                     const char *plan, gint64 finished_ms);
GPtrArray  *_side_sim_list_calls    (const SideSimReviews *self, const SideScript *script, gint64 from_ms, gint64 to_ms);
void        _side_sim_calibrate     (SideSimReviews *self, const SideSimDesk *desk);
void        _side_sim_dispute       (SideSimReviews *self, const SideSimDesk *desk);
void        _side_sim_acknowledge   (SideSimReviews *self, const SideSimDesk *desk);
void        _side_sim_coach         (SideSimReviews *self, const SideSimDesk *desk);

G_END_DECLS
