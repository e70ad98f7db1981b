/* side-agreement-words.c - what figures of agreement mean, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: figures in, sentences and a table out. What the words rest on is in
 * docs/metrics.md.
 */
#include "side-agreement-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-csv.h"
#include "side-text.h"

static char *
number (double   value,
        gboolean percent)
{
  if (percent)
    return side_text_percent (value, 0);
  return g_strdup_printf ("%s%.2f", value <= -0.005 ? "−" : "", fabs (value));
}

/**
 * side_agreement_words_value:
 * @figure: a figure
 * @percent: whether it is a share
 *
 * Returns: (transfer full): "0.53", "68 %"; "–" where it is not defined
 */
char *
side_agreement_words_value (const SideCoefficient *figure,
                            gboolean               percent)
{
  return isnan (figure->value) ? g_strdup ("–") : number (figure->value, percent);
}

/**
 * side_agreement_words_interval:
 * @figure: a figure
 * @percent: whether it is a share
 *
 * Returns: (transfer full): its 95 % interval, "0.45…0.61"; "" where there is none
 */
char *
side_agreement_words_interval (const SideCoefficient *figure,
                               gboolean               percent)
{
  g_autofree char *low = NULL, *high = NULL;

  if (isnan (figure->value) || isnan (figure->low) || isnan (figure->high))
    return g_strdup ("");
  low = percent ? g_strdup_printf ("%.0f", figure->low * 100) : number (figure->low, FALSE);
  high = number (figure->high, percent);
  return g_strconcat (low, "…", high, NULL);
}

/**
 * side_agreement_words_figure:
 * @figure: a figure
 * @percent: whether it is a share
 *
 * Returns: (transfer full): value and interval, "0.53 (0.45…0.61)"
 */
char *
side_agreement_words_figure (const SideCoefficient *figure,
                             gboolean               percent)
{
  g_autofree char *value = side_agreement_words_value (figure, percent);
  g_autofree char *interval = side_agreement_words_interval (figure, percent);

  return *interval == '\0' ? g_steal_pointer (&value) : g_strdup_printf ("%s (%s)", value, interval);
}

/**
 * side_agreement_words_undefined:
 * @agreement: a criterion's figures
 * @figure: one of them
 *
 * Returns: (transfer full) (nullable): why it has no value, or no interval, in
 *   a sentence; %NULL where it has both
 */
char *
side_agreement_words_undefined (const SideAgreement   *agreement,
                                const SideCoefficient *figure)
{
  if (!isnan (figure->value))
    return isnan (figure->low) ? g_strdup (_("No interval: the calls do not differ from each other")) : NULL;
  if (agreement->units == 0)
    return g_strdup (_("No call was answered by two people"));
  if (figure == &agreement->kappa && agreement->reviewers > 2)
    return g_strdup_printf (ngettext ("Not defined: kappa compares exactly two reviewers, and %u answered. Look at AC1 and alpha",
                                      "Not defined: kappa compares exactly two reviewers, and %u answered. Look at AC1 and alpha",
                                      agreement->reviewers), agreement->reviewers);
  return g_strdup (_("Not defined: nobody gave another answer, so nothing varies. Look at AC1"));
}

/**
 * side_agreement_words_no_share:
 * @detection: how faults were found
 * @figure: one of its shares
 *
 * Returns: (transfer full) (nullable): why it has no value, in a sentence;
 *   %NULL where it has one
 */
char *
side_agreement_words_no_share (const SideDetection   *detection,
                               const SideCoefficient *figure)
{
  if (!isnan (figure->value))
    return NULL;
  if (detection->n == 0)
    return g_strdup (_("Nothing to measure by: there was no consensus and no expert"));
  return g_strdup (figure == &detection->miss ? _("There was no fault to miss") : _("Every call had the fault"));
}

/**
 * side_agreement_words_verdict:
 * @criterion: a criterion's figures
 *
 * Returns: (transfer full): what to do, in a sentence
 */
char *
side_agreement_words_verdict (const SideCriterionAgreement *criterion)
{
  switch (criterion->verdict)
    {
    case SIDE_VERDICT_TWO_WAYS:
      /* Translators: %s is the number of a criterion: "2.1" */
      return g_strdup_printf (_("Criterion %s is read in two ways: rewrite it"), criterion->number);
    case SIDE_VERDICT_ONE_DIFFERS:
      /* Translators: %s is the name of a reviewer */
      return g_strdup_printf (_("%s differs from all others: talk it over"), criterion->odd);
    case SIDE_VERDICT_ONE_SIDED:
      return g_strdup (_("Hardly anybody gives another answer: kappa and alpha say little, look at AC1"));
    case SIDE_VERDICT_TOO_FEW:
      /* Translators: n is how many calls were reviewed by two people */
      return g_strdup_printf (_("Too few to say (n = %u)"), criterion->agreement.units);
    case SIDE_VERDICT_TENTATIVE:
      return g_strdup (_("Good enough for cautious conclusions"));
    case SIDE_VERDICT_ALL_SAME:
      return g_strdup (_("Everybody gives the same answer: kappa and alpha are not defined, look at AC1"));
    case SIDE_VERDICT_RELY:
      return g_strdup (_("Can be relied on"));
    case SIDE_VERDICT_NONE:
    default:
      return g_strdup (_("No call was answered by two people"));
    }
}

/**
 * side_agreement_words_icon:
 * @verdict: what to do
 *
 * Returns: (transfer none): an icon that says it without colour
 */
const char *
side_agreement_words_icon (SideVerdict verdict)
{
  switch (verdict)
    {
    case SIDE_VERDICT_TWO_WAYS:
    case SIDE_VERDICT_ONE_DIFFERS:
      return "side-over-symbolic";
    case SIDE_VERDICT_ONE_SIDED:
    case SIDE_VERDICT_TENTATIVE:
    case SIDE_VERDICT_ALL_SAME:
      return "side-near-symbolic";
    case SIDE_VERDICT_RELY:
      return "side-good-symbolic";
    case SIDE_VERDICT_TOO_FEW:
    case SIDE_VERDICT_NONE:
    default:
      return "content-loading-symbolic";
    }
}

/**
 * side_agreement_words_detection:
 * @detection: how faults were found
 *
 * Returns: (transfer full): how that keeps to the limits, in a sentence
 */
char *
side_agreement_words_detection (const SideDetection *detection)
{
  switch (detection->verdict)
    {
    case SIDE_DETECTION_FAILS:
      return g_strdup (_("Over a limit: practise with examples"));
    case SIDE_DETECTION_OUTSIDE:
      return g_strdup_printf (_("Over a limit so far, too few to be sure (n = %u)"), detection->n);
    case SIDE_DETECTION_WITHIN:
      return g_strdup_printf (_("Within the limits so far, too few to be sure (n = %u)"), detection->n);
    case SIDE_DETECTION_HOLDS:
      return g_strdup (_("Within the limits"));
    case SIDE_DETECTION_UNKNOWN:
    default:
      return g_strdup (_("Nothing to measure by: there was no consensus and no expert"));
    }
}

/**
 * side_agreement_words_points:
 * @points: a difference in points of the score
 *
 * Returns: (transfer full): "+3.2" or "−3.2"
 */
char *
side_agreement_words_points (double points)
{
  if (fabs (points) < 0.05)
    return g_strdup_printf ("%.1f", 0.0);
  return g_strdup_printf ("%s%.1f", points < 0 ? "−" : "+", fabs (points));
}

/**
 * side_agreement_words_drift:
 * @reviewer: a reviewer's figures
 *
 * Returns: (transfer full): how strict they are, in a sentence with figures
 */
char *
side_agreement_words_drift (const SideReviewerAgreement *reviewer)
{
  g_autofree char *mean = NULL, *low = NULL, *high = NULL;
  const char *words;

  if (reviewer->drift == SIDE_DRIFT_TOO_FEW)
    return g_strdup_printf (_("Too few to say (n = %u)"), reviewer->whole.n);
  mean = side_agreement_words_points (reviewer->whole.mean);
  low = side_agreement_words_points (reviewer->whole.interval.low);
  high = side_agreement_words_points (reviewer->whole.interval.high);
  words = reviewer->drift == SIDE_DRIFT_MOVED      ? _("Reviews otherwise than at the beginning")
          : reviewer->drift == SIDE_DRIFT_MILDER   ? _("Milder than the measure")
          : reviewer->drift == SIDE_DRIFT_STRICTER ? _("Stricter than the measure")
                                                   : _("No difference from the measure is proven");
  /* Translators: a sentence; then points of the score with their interval, and how many reviews */
  return g_strdup_printf (_("%s: %s points (%s…%s), n = %u"), words, mean, low, high, reviewer->whole.n);
}

/**
 * side_agreement_words_again:
 * @reviewer: a reviewer's figures
 *
 * Returns: (transfer full) (nullable): how often they said the same again;
 *   %NULL when they reviewed no call twice
 */
char *
side_agreement_words_again (const SideReviewerAgreement *reviewer)
{
  g_autofree char *calls = NULL, *same = NULL, *ac1 = NULL;

  if (reviewer->repeats == 0 || reviewer->again.units == 0)
    return NULL;
  same = side_agreement_words_figure (&reviewer->again.observed, TRUE);
  ac1 = side_agreement_words_figure (&reviewer->again.ac1, FALSE);
  calls = g_strdup_printf (ngettext ("%u call reviewed twice", "%u calls reviewed twice", reviewer->repeats), reviewer->repeats);
  /* Translators: "3 calls reviewed twice: 95 % (88…98 %) of the answers are the same, AC1 0.93 (0.85…1.00)" */
  return g_strdup_printf (_("%s: %s of the answers are the same, AC1 %s"), calls, same, ac1);
}

/**
 * side_agreement_words_summary:
 * @report: a report
 *
 * Returns: (transfer full): what it rests on, in a line
 */
char *
side_agreement_words_summary (const SideAgreementReport *report)
{
  g_autofree char *alpha = side_agreement_words_figure (&report->whole.alpha, FALSE);
  g_autofree char *calls = g_strdup_printf (ngettext ("%u call reviewed by two people or more", "%u calls reviewed by two people or more",
                                                      report->calls), report->calls);
  GString *out = g_string_new (calls);

  if (report->seconds > 0)
    g_string_append_printf (out, " · %s %u", _("second reviews:"), report->seconds);
  if (report->calibrated > 0)
    g_string_append_printf (out, " · %s %u", _("for calibrations:"), report->calibrated);
  if (!isnan (report->whole.alpha.value))
    /* Translators: Krippendorff's alpha of all criteria at once, with its interval */
    g_string_append_printf (out, " · %s α %s", _("all criteria:"), alpha);
  if (report->hidden > 0)
    {
      g_autofree char *hidden = g_strdup_printf (ngettext ("%u review is left out while its calibration is blind",
                                                           "%u reviews are left out while their calibration is blind",
                                                           report->hidden), report->hidden);

      g_string_append_printf (out, " · %s", hidden);
    }
  if (report->late > 0)
    {
      g_autofree char *late = g_strdup_printf (ngettext ("%u review is left out, because it was not made blind for its calibration",
                                                         "%u reviews are left out, because they were not made blind for their calibration",
                                                         report->late), report->late);

      g_string_append_printf (out, " · %s", late);
    }
  return g_string_free (out, FALSE);
}

static void
append_figure (GString               *out,
               const SideCoefficient *figure)
{
  side_csv_append_number (out, "%.4f", figure->value);
  side_csv_append_number (out, "%.4f", figure->low);
  side_csv_append_number (out, "%.4f", figure->high);
}

/**
 * side_agreement_words_csv:
 * @report: a report
 *
 * Returns: (transfer full): its criteria as a table with a heading, in their
 *   order, every figure with its interval; empty where it is not defined
 */
char *
side_agreement_words_csv (const SideAgreementReport *report)
{
  static const char *const levels[] = { "nominal", "ordinal", "interval", "ratio" };
  GString *out = g_string_new ("criterion,number,text,level,calls,reviewers,not_applicable_left_out,observed,observed_low,observed_high,"
                               "kappa,kappa_low,kappa_high,ac1,ac1_low,ac1_high,alpha,alpha_low,alpha_high,decisions,faults,missed,"
                               "false_alarms,effectiveness,effectiveness_low,effectiveness_high,miss,miss_low,miss_high,"
                               "false_alarm,false_alarm_low,false_alarm_high,what_to_do\r\n");

  for (guint i = 0; i < report->criteria->len; i++)
    {
      const SideCriterionAgreement *each = report->criteria->pdata[i];
      g_autofree char *verdict = side_agreement_words_verdict (each);

      side_csv_append_cell (out, each->criterion->id);
      g_string_append_printf (out, ",%s,", each->number);
      side_csv_append_cell (out, each->criterion->text);
      g_string_append_printf (out, ",%s,%u,%u,%u", levels[each->level], each->agreement.units, each->agreement.reviewers,
                              each->left_out);
      append_figure (out, &each->agreement.observed);
      append_figure (out, &each->agreement.kappa);
      append_figure (out, &each->agreement.ac1);
      append_figure (out, &each->agreement.alpha);
      g_string_append_printf (out, ",%u,%u,%u,%u", each->detection.n, each->detection.faults, each->detection.missed,
                              each->detection.false_alarms);
      append_figure (out, &each->detection.effectiveness);
      append_figure (out, &each->detection.miss);
      append_figure (out, &each->detection.false_alarm);
      g_string_append_c (out, ',');
      side_csv_append_cell (out, verdict);
      g_string_append (out, "\r\n");
    }
  return g_string_free (out, FALSE);
}

/**
 * side_calibration_words_state:
 * @state: a calibration's state
 * @blind: whether answers are hidden
 *
 * Returns: (transfer none): its word
 */
const char *
side_calibration_words_state (SideCalibrationState state,
                              gboolean             blind)
{
  if (state == SIDE_CALIBRATION_CLOSED)
    return C_("calibration", "Closed");
  if (state == SIDE_CALIBRATION_DISCUSSION)
    return C_("calibration", "Discussion");
  return blind ? C_("calibration", "Blind") : C_("calibration", "All have finished");
}
