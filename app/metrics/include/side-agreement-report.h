/* side-agreement-report.h - what the reviews of one script say about its criteria and its reviewers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls that two or more people reviewed with the same version of a script:
 * where they mean the same, which wording is read in two ways, who is stricter
 * than the others, and what would be overlooked. docs/metrics.md says how.
 */
#pragma once

#include "side-agreement.h"
#include "side-calibration.h"
#include "side-script.h"
#include "side-stats.h"

G_BEGIN_DECLS

#define SIDE_AGREEMENT_RELY       0.800
#define SIDE_AGREEMENT_TENTATIVE  0.667
#define SIDE_AGREEMENT_MIN_UNITS  5

/**
 * SideVerdict: what to do about a criterion; the worst first.
 * @SIDE_VERDICT_TWO_WAYS: it is read in two ways: rewrite it
 * @SIDE_VERDICT_ONE_DIFFERS: one reviewer differs from all others
 * @SIDE_VERDICT_ONE_SIDED: hardly anybody ever gives another answer: kappa and
 *   alpha say little, AC1 is good
 * @SIDE_VERDICT_TOO_FEW: it may be good or bad
 * @SIDE_VERDICT_TENTATIVE: good enough for cautious conclusions
 * @SIDE_VERDICT_ALL_SAME: nobody gave another answer: kappa and alpha are not defined
 * @SIDE_VERDICT_RELY: it can be relied on
 * @SIDE_VERDICT_NONE: no call was answered by two people
 */
typedef enum {
  SIDE_VERDICT_TWO_WAYS,
  SIDE_VERDICT_ONE_DIFFERS,
  SIDE_VERDICT_ONE_SIDED,
  SIDE_VERDICT_TOO_FEW,
  SIDE_VERDICT_TENTATIVE,
  SIDE_VERDICT_ALL_SAME,
  SIDE_VERDICT_RELY,
  SIDE_VERDICT_NONE,
} SideVerdict;

/**
 * SideDetectionVerdict: how a critical criterion's faults are found.
 * @SIDE_DETECTION_UNKNOWN: nothing to measure it by
 * @SIDE_DETECTION_FAILS: a limit is missed, with its whole interval
 * @SIDE_DETECTION_OUTSIDE: a limit is missed, but the interval reaches over it
 * @SIDE_DETECTION_WITHIN: no limit is missed, but an interval reaches over one
 * @SIDE_DETECTION_HOLDS: all limits are kept, with the whole intervals
 */
typedef enum {
  SIDE_DETECTION_UNKNOWN,
  SIDE_DETECTION_FAILS,
  SIDE_DETECTION_OUTSIDE,
  SIDE_DETECTION_WITHIN,
  SIDE_DETECTION_HOLDS,
} SideDetectionVerdict;

#define SIDE_DETECTION_MIN_EFFECTIVENESS 0.90
#define SIDE_DETECTION_MAX_MISS          0.02
#define SIDE_DETECTION_MAX_FALSE_ALARM   0.05

/**
 * SideDetection: decisions against what the consensus or the expert says.
 * @n: decisions
 * @faults: of them, where there was a fault
 * @missed: faults that were not seen
 * @false_alarms: faults seen where there were none
 * @effectiveness: right decisions / @n
 * @miss: @missed / @faults
 * @false_alarm: @false_alarms / (@n - @faults)
 *
 * Shares 0..1 with Wilson's interval; NaN out of none.
 */
typedef struct {
  guint                 n;
  guint                 faults;
  guint                 missed;
  guint                 false_alarms;
  SideCoefficient       effectiveness;
  SideCoefficient       miss;
  SideCoefficient       false_alarm;
  SideDetectionVerdict  verdict;
} SideDetection;

/**
 * SideCriterionAgreement:
 * @criterion: (transfer none): of the report's script
 * @number: where it stands in that script: "2.1"
 * @level: nominal for yes and no, ordinal for all else
 * @left_out: answers "not applicable" that an ordinal level has no place for
 * @odd: (nullable): the reviewer who differs from all others
 * @detection: of a critical criterion
 */
typedef struct {
  const SideCriterion *criterion;
  char                *number;
  SideScale            level;
  SideAgreement        agreement;
  guint                left_out;
  SideVerdict          verdict;
  char                *odd;
  SideDetection        detection;
} SideCriterionAgreement;

/**
 * SideDrift: how much milder somebody was than the measure, in a stretch of time.
 * @n: reviews
 * @mean: in points of the score, above 0 for milder; NaN for none
 * @interval: Student's, of the mean; NaN below two
 */
typedef struct {
  gint64       from_ms;
  gint64       to_ms;
  guint        n;
  double       mean;
  SideInterval interval;
} SideDrift;

/**
 * SideDriftVerdict:
 * @SIDE_DRIFT_TOO_FEW: fewer than two reviews to measure
 * @SIDE_DRIFT_NONE: the interval holds nought
 * @SIDE_DRIFT_STRICTER: all of it lies below
 * @SIDE_DRIFT_MILDER: all of it lies above
 * @SIDE_DRIFT_MOVED: the last stretch's interval lies apart from the first one's
 */
typedef enum {
  SIDE_DRIFT_TOO_FEW,
  SIDE_DRIFT_NONE,
  SIDE_DRIFT_STRICTER,
  SIDE_DRIFT_MILDER,
  SIDE_DRIFT_MOVED,
} SideDriftVerdict;

/**
 * SideReviewerAgreement:
 * @reviews: of theirs on calls that somebody else reviewed too
 * @whole: over the whole period
 * @windows: (element-type SideDrift): over its parts, oldest first
 * @repeats: calls they reviewed twice without being told
 * @again: with themselves, over all criteria of those; @kappa is not asked for
 * @detection: over all critical criteria
 */
typedef struct {
  char             *reviewer;
  guint             reviews;
  SideDrift         whole;
  GArray           *windows;
  SideDriftVerdict  drift;
  guint             repeats;
  SideAgreement     again;
  SideDetection     detection;
} SideReviewerAgreement;

/**
 * SideAgreementReport:
 * @script: in the version that is reported on
 * @reviews: finished ones in the period
 * @calls: reviewed by two people or more
 * @seconds: of @reviews, made as second reviews
 * @calibrated: of @reviews, made for calibrations
 * @hidden: left out, because their calibration is still blind
 * @late: left out, because their calibration was not blind any more, or had left their reviewer out
 * @whole: over all criteria of all calls, at the level of intervals
 * @criteria: (element-type SideCriterionAgreement): the worst first
 * @reviewers: (element-type SideReviewerAgreement): by name
 */
typedef struct {
  SideScript    *script;
  gint64         from_ms;
  gint64         to_ms;
  guint          reviews;
  guint          calls;
  guint          seconds;
  guint          calibrated;
  guint          hidden;
  guint          late;
  SideAgreement  whole;
  GPtrArray     *criteria;
  GPtrArray     *reviewers;
} SideAgreementReport;

SideAgreementReport *side_agreement_report_new  (SideScript *script, GPtrArray *reviews, GPtrArray *calibrations,
                                                 gint64 from_ms, gint64 to_ms, guint n_windows);
void                 side_agreement_report_free (SideAgreementReport *self);
gboolean             side_agreement_of_script   (SideScript *script, GPtrArray *reviews, GPtrArray *calibrations,
                                                 SideAgreement *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAgreementReport, side_agreement_report_free)

G_END_DECLS
