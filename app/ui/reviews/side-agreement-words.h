/* side-agreement-words.h - what figures of agreement mean, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-agreement-report.h"
#include "side-calibration.h"

G_BEGIN_DECLS

char       *side_agreement_words_value     (const SideCoefficient *figure, gboolean percent);
char       *side_agreement_words_interval  (const SideCoefficient *figure, gboolean percent);
char       *side_agreement_words_figure    (const SideCoefficient *figure, gboolean percent);
char       *side_agreement_words_undefined (const SideAgreement *agreement, const SideCoefficient *figure);
char       *side_agreement_words_no_share  (const SideDetection *detection, const SideCoefficient *figure);
char       *side_agreement_words_verdict   (const SideCriterionAgreement *criterion);
const char *side_agreement_words_icon      (SideVerdict verdict);
char       *side_agreement_words_detection (const SideDetection *detection);
char       *side_agreement_words_points    (double points);
char       *side_agreement_words_drift     (const SideReviewerAgreement *reviewer);
char       *side_agreement_words_again     (const SideReviewerAgreement *reviewer);
char       *side_agreement_words_summary   (const SideAgreementReport *report);
char       *side_agreement_words_csv       (const SideAgreementReport *report);
const char *side_calibration_words_state   (SideCalibrationState state, gboolean blind);

G_END_DECLS
