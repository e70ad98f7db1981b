/* side-quality.h - what an operator's reviews say, and how far it can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over facts of finished reviews. Scores of random reviews and
 * of chosen ones are always added up apart. No function here puts operators in
 * an order: two of them either differ or cannot be told apart.
 */
#pragma once

#include "side-review.h"
#include "side-stats.h"

G_BEGIN_DECLS

/* Below so many a mean is shown with a warning. */
#define SIDE_QUALITY_ENOUGH 20

/* Below so many nothing is compared with anything. */
#define SIDE_QUALITY_LEAST 5

/**
 * SideScores: scores added up.
 */
typedef struct {
  guint  n;
  double sum;
  double squares;
} SideScores;

void         side_scores_add           (SideScores *self, double score);
void         side_scores_join          (SideScores *self, const SideScores *other);
void         side_scores_take_away     (SideScores *self, const SideScores *other);
double       side_scores_get_mean      (const SideScores *self);
double       side_scores_get_deviation (const SideScores *self);
SideInterval side_scores_get_interval  (const SideScores *self);
SideInterval side_scores_get_share_interval (const SideScores *self);

/**
 * SideDifference: what can be said of two means, or of two shares.
 * @SIDE_DIFFERENCE_UNKNOWN: of one of them there are too few, or none
 * @SIDE_DIFFERENCE_NONE: their intervals overlap: they cannot be told apart
 * @SIDE_DIFFERENCE_LOWER: all of the first interval is below the second
 * @SIDE_DIFFERENCE_HIGHER: all of it is above
 */
typedef enum {
  SIDE_DIFFERENCE_UNKNOWN,
  SIDE_DIFFERENCE_NONE,
  SIDE_DIFFERENCE_LOWER,
  SIDE_DIFFERENCE_HIGHER,
} SideDifference;

SideDifference side_interval_compare   (SideInterval a, SideInterval b);
SideDifference side_scores_compare     (const SideScores *a, const SideScores *b);

/**
 * SideReviewFact: a finished review, counted.
 * @call: (nullable): the call it is about
 * @joined_ms: when the call came: the review belongs to that instant; 0 when
 *   the call is not known
 * @score: NaN when its script is not known
 * @counts: whether it speaks of the operator, and is the newest of its call
 *   with that script and kind of selection
 */
typedef struct {
  char          *review;
  char          *call;
  const char    *script;       /* interned */
  const char    *queue;        /* interned, nullable */
  const char    *reviewer;     /* interned, nullable */
  int            version;
  int            revision;
  SideSelection  selection;
  gint64         joined_ms;
  gint64         finished_ms;
  double         score;
  double         would_be;
  gboolean       critical;
  gboolean       test;
  gboolean       counts;
} SideReviewFact;

void         side_review_fact_clear    (SideReviewFact *self);
gboolean     side_review_fact_is_random (const SideReviewFact *self);
gboolean     side_review_fact_speaks   (const SideReviewFact *self);

typedef enum {
  SIDE_STEP_WEEK,     /* from Monday */
  SIDE_STEP_MONTH,
} SideQualityStep;

/**
 * SideQualityPoint: the reviews of a week or a month.
 */
typedef struct {
  gint64     from_ms;
  gint64     to_ms;
  SideScores random;
  SideScores chosen;
} SideQualityPoint;

GArray      *side_quality_series       (const GArray *facts, GTimeZone *zone, gint64 from_ms, gint64 to_ms, SideQualityStep step);
void         side_quality_sum          (const GArray *facts, gint64 from_ms, gint64 to_ms, SideScores *random, SideScores *chosen);

/**
 * SideCriterionFact: the answers to one criterion, in all versions of its script.
 * @title: (nullable): the script's, interned
 * @text: (nullable): its number and wording in the newest version that is known
 * @n: answers that apply
 * @full: those with a full mark
 * @sum: of their shares of a full mark
 * @bonus: its points come on top: less than a full mark is no fault
 * @causes: how many faults have each SideCause
 */
typedef struct {
  const char *script;      /* interned */
  const char *criterion;   /* interned */
  const char *title;
  char       *text;
  gboolean    random;
  gboolean    bonus;
  guint       n;
  guint       full;
  double      sum;
  guint       causes[SIDE_CAUSE_CUSTOMER + 1];
} SideCriterionFact;

void         side_criterion_fact_clear (SideCriterionFact *self);

/**
 * SideStrength: a criterion beside all others of the same operator.
 */
typedef enum {
  SIDE_STRENGTH_WEAK,      /* all of its interval is below what the rest has */
  SIDE_STRENGTH_USUAL,     /* cannot be told from the rest */
  SIDE_STRENGTH_STRONG,    /* all of it is above */
  SIDE_STRENGTH_BONUS,     /* not compared: nobody has to earn it */
} SideStrength;

SideStrength side_quality_get_strength (const GArray *criteria, guint place);

/**
 * SideProgress: answers to one criterion before and after an instant, as
 * scores from 0 to 100; random reviews and all others apart.
 */
typedef struct {
  SideScores random_before;
  SideScores random_after;
  SideScores chosen_before;
  SideScores chosen_after;
} SideProgress;

SideDifference side_progress_compare   (const SideProgress *self, gboolean *random);

G_END_DECLS
