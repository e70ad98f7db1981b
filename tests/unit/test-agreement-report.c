/* test-agreement-report.c - criteria read in two ways, reviewers who drift
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reviews are made up answer by answer; what a table of the same answers comes
 * to is known from test-agreement.c and from counting by hand.
 */
#include <math.h>

#include "side-agreement-report.h"

#define SCRIPT "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define TO_MS  1000000

#define assert_near(a, b, eps) g_assert_cmpfloat_with_epsilon (a, b, eps)

typedef struct {
  SideScript *script;
  GPtrArray  *reviews;
  GPtrArray  *calibrations;
} Place;

static void
place_init (Place *place)
{
  SideSection *section;
  SideCriterion *criterion;

  place->script = side_script_new (SCRIPT, "tea", "Orders", 2);
  section = side_script_add_section (place->script, "s", "All");
  criterion = side_section_add_criterion (section, "yes", "Greets", 10);
  criterion->answers = SIDE_ANSWERS_YES_NO;
  criterion->critical = SIDE_CRITICAL_SCRIPT;
  side_section_add_criterion (section, "part", "Asks", 30)->answers = SIDE_ANSWERS_YES_PARTLY_NO;
  place->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  place->calibrations = g_ptr_array_new_with_free_func ((GDestroyNotify) side_calibration_unref);
}

static void
place_clear (Place *place)
{
  side_script_unref (place->script);
  g_ptr_array_unref (place->reviews);
  g_ptr_array_unref (place->calibrations);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* @yes, @part: SIDE_ANSWER_NONE leaves one out */
static SideReview *
add (Place      *place,
     guint       call,
     const char *reviewer,
     double      yes,
     double      part)
{
  g_autofree char *name = g_strdup_printf ("leg-%u", call);
  SideReview *review = side_review_new (SCRIPT, "tea", name, SCRIPT, 2);

  review->reviewer = g_strdup (reviewer);
  if (yes != SIDE_ANSWER_NONE)
    side_review_set_answer (review, "yes", yes, 1, -1);
  if (part != SIDE_ANSWER_NONE)
    side_review_set_answer (review, "part", part, 1, -1);
  review->finished_ms = 1000 + place->reviews->len;
  g_ptr_array_add (place->reviews, review);
  return review;
}

static SideAgreementReport *
report (Place *place,
        guint  n_windows)
{
  return side_agreement_report_new (place->script, place->reviews, place->calibrations, 0, TO_MS, n_windows);
}

static const SideCriterionAgreement *
criterion_of (SideAgreementReport *report,
              const char          *id)
{
  for (guint i = 0; i < report->criteria->len; i++)
    if (g_str_equal (((SideCriterionAgreement *) report->criteria->pdata[i])->criterion->id, id))
      return report->criteria->pdata[i];
  g_assert_not_reached ();
}

static const SideReviewerAgreement *
reviewer_of (SideAgreementReport *report,
             const char          *name)
{
  for (guint i = 0; i < report->reviewers->len; i++)
    if (g_str_equal (((SideReviewerAgreement *) report->reviewers->pdata[i])->reviewer, name))
      return report->reviewers->pdata[i];
  g_assert_not_reached ();
}

/* The table 130, 56, 9, 5 of test-agreement.c, answer by answer. */
static void
test_table (void)
{
  static const struct { guint n; double anna, boris; } cells[] = { { 130, 1, 1 }, { 56, 1, 0 }, { 9, 0, 1 }, { 5, 0, 0 } };
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;
  const SideCriterionAgreement *yes;
  guint call = 0;

  place_init (&place);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    for (guint k = 0; k < cells[i].n; k++, call++)
      {
        add (&place, call, "anna", cells[i].anna, SIDE_ANSWER_NONE);
        add (&place, call, "boris", cells[i].boris, SIDE_ANSWER_NONE);
      }
  /* One person alone agrees with nobody. */
  add (&place, 1000, "anna", 0, 1);
  found = report (&place, 1);
  g_assert_cmpuint (found->reviews, ==, 401);
  g_assert_cmpuint (found->calls, ==, 200);
  yes = criterion_of (found, "yes");
  g_assert_cmpint (yes->level, ==, SIDE_SCALE_NOMINAL);
  g_assert_cmpuint (yes->agreement.units, ==, 200);
  assert_near (yes->agreement.observed.value, 0.675, 0.00005);
  assert_near (yes->agreement.kappa.value, 0.0220, 0.00005);
  assert_near (yes->agreement.ac1.value, 0.5326, 0.00005);
  assert_near (yes->agreement.alpha.value, -0.0640, 0.00005);
  g_assert_cmpint (yes->verdict, ==, SIDE_VERDICT_TWO_WAYS);
  g_assert_cmpint (criterion_of (found, "part")->verdict, ==, SIDE_VERDICT_NONE);
  /* The worst first. */
  g_assert_true (found->criteria->pdata[0] == yes);
  assert_near (found->whole.alpha.value, -0.0640, 0.00005);
}

/* What counts, and what is held apart. */
static void
test_counts (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;
  SideReview *review;
  SideReviewRevision *sealed;

  place_init (&place);
  add (&place, 1, "anna", 1, 1);
  add (&place, 1, "boris", 1, 1)->selection = SIDE_SELECTION_SECOND;
  add (&place, 1, "vera", 0, 0)->script_version = 1;
  add (&place, 1, "gleb", 0, 0)->finished_ms = 0;
  add (&place, 1, "dina", 0, 0)->finished_ms = TO_MS;
  /* Who reviews a call once more on their own counts with the first. */
  add (&place, 1, "boris", 0, 0);
  /* Changed after it was talked about: what counts is what was thought before. */
  add (&place, 2, "boris", 0, 0);
  review = add (&place, 2, "anna", 0, 0);
  side_review_reopen (review, "anna", "dispute", 2000);
  side_review_set_answer (review, "yes", 1, 2000, -1);
  side_review_finish (review, 1, 2001);
  g_assert_cmpuint (review->history->len, ==, 1);
  sealed = review->history->pdata[0];
  g_assert_cmpint (sealed->finished_ms, <, 2000);
  found = report (&place, 1);
  g_assert_cmpuint (found->reviews, ==, 4);
  g_assert_cmpuint (found->calls, ==, 2);
  g_assert_cmpuint (found->seconds, ==, 1);
  g_assert_cmpuint (found->reviewers->len, ==, 2);
  assert_near (criterion_of (found, "yes")->agreement.observed.value, 1, 1e-9);
  g_assert_cmpint (criterion_of (found, "yes")->verdict, ==, SIDE_VERDICT_TOO_FEW);
}

/* After a ruling a review is the judge's: what was answered first is not. */
static void
test_ruled (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;

  place_init (&place);
  for (guint call = 0; call < 10; call++)
    {
      SideReview *review = add (&place, call, "boris", 0, 1);

      add (&place, call, "clara", 1, 1)->selection = SIDE_SELECTION_SECOND;
      side_review_reopen (review, "clara", "heard again", 2000);
      side_review_set_answer (review, "yes", 1, 2000, -1);
      if (call % 2 == 0)      /* the others are being revised */
        side_review_finish (review, 1, 2001);
    }
  found = report (&place, 1);
  g_assert_cmpuint (found->calls, ==, 10);
  g_assert_cmpuint (found->reviewers->len, ==, 2);
  g_assert_cmpuint (criterion_of (found, "yes")->agreement.units, ==, 10);
  assert_near (criterion_of (found, "yes")->agreement.observed.value, 0, 1e-9);
  assert_near (reviewer_of (found, "boris")->whole.mean, -25, 1e-9);
  assert_near (reviewer_of (found, "clara")->whole.mean, 25, 1e-9);
}

/* "Not applicable" is an answer to a question of yes and no, and none on a scale. */
static void
test_levels (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;

  place_init (&place);
  for (guint call = 0; call < 10; call++)
    {
      add (&place, call, "anna", SIDE_ANSWER_NA, SIDE_ANSWER_NA);
      add (&place, call, "boris", call < 5 ? SIDE_ANSWER_NA : 1, call < 5 ? 0.5 : 1);
    }
  found = report (&place, 1);
  g_assert_cmpuint (criterion_of (found, "yes")->agreement.units, ==, 10);
  assert_near (criterion_of (found, "yes")->agreement.observed.value, 0.5, 1e-9);
  g_assert_cmpint (criterion_of (found, "part")->level, ==, SIDE_SCALE_ORDINAL);
  g_assert_cmpuint (criterion_of (found, "part")->agreement.units, ==, 0);
  g_assert_cmpuint (criterion_of (found, "part")->left_out, ==, 10);
}

/* Each thing to do, from answers that call for it. */
static void
test_verdicts (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;

  place_init (&place);
  for (guint call = 0; call < 40; call++)
    {
      add (&place, call, "anna", 1, call % 2);
      add (&place, call, "boris", 1, call % 2);
      add (&place, call, "vera", 1, call % 3 == 0);
    }
  found = report (&place, 1);
  g_assert_cmpint (criterion_of (found, "yes")->verdict, ==, SIDE_VERDICT_ALL_SAME);
  g_assert_true (isnan (criterion_of (found, "yes")->agreement.alpha.value));
  g_assert_cmpfloat (criterion_of (found, "yes")->agreement.ac1.low, >, 0.8);
  g_assert_cmpint (criterion_of (found, "part")->verdict, ==, SIDE_VERDICT_ONE_DIFFERS);
  g_assert_cmpstr (criterion_of (found, "part")->odd, ==, "vera");
  g_assert_true (found->criteria->pdata[0] == criterion_of (found, "part"));
}

static void
test_more_verdicts (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;

  place_init (&place);
  for (guint call = 0; call < 200; call++)
    {
      add (&place, call, "anna", call % 100 != 0, call % 3 * 0.5);
      add (&place, call, "boris", call % 100 != 1, call % 3 * 0.5);
    }
  found = report (&place, 1);
  g_assert_cmpint (criterion_of (found, "yes")->verdict, ==, SIDE_VERDICT_ONE_SIDED);
  g_assert_cmpfloat (criterion_of (found, "yes")->agreement.alpha.value, <, 0.1);
  g_assert_cmpint (criterion_of (found, "part")->verdict, ==, SIDE_VERDICT_RELY);
}

static SideCalibration *
add_calibration (Place      *place,
                 const char *id,
                 guint       n_calls,
                 const char *expert)
{
  SideCalibration *self = side_calibration_new (id, "tea", "November", SCRIPT, 2);

  for (guint i = 0; i < n_calls; i++)
    g_ptr_array_add (self->calls, g_strdup_printf ("leg-%u", i));
  g_ptr_array_add (self->reviewers, g_strdup ("anna"));
  g_ptr_array_add (self->reviewers, g_strdup ("boris"));
  self->expert = g_strdup (expert);
  self->state = SIDE_CALIBRATION_CLOSED;
  g_ptr_array_add (place->calibrations, self);
  return self;
}

/* Of 20 calls with a fault boris misses 2, of 30 without he sees one in 3. */
static void
test_faults (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL, agreed = NULL;
  SideCalibration *calibration;
  const SideDetection *his, *all;

  place_init (&place);
  calibration = add_calibration (&place, "c", 50, "anna");
  for (guint call = 0; call < 50; call++)
    {
      gboolean fault = call < 20;

      add (&place, call, "anna", fault ? 0 : 1, 1);
      add (&place, call, "boris", fault ? call < 2 : call >= 23, 1);
    }
  found = report (&place, 1);
  his = &reviewer_of (found, "boris")->detection;
  all = &criterion_of (found, "yes")->detection;
  /* The expert is measured by nobody. */
  g_assert_cmpuint (reviewer_of (found, "anna")->detection.n, ==, 0);
  g_assert_cmpint (reviewer_of (found, "anna")->detection.verdict, ==, SIDE_DETECTION_UNKNOWN);
  g_assert_cmpuint (all->n, ==, 50);
  g_assert_cmpuint (his->faults, ==, 20);
  g_assert_cmpuint (his->missed, ==, 2);
  g_assert_cmpuint (his->false_alarms, ==, 3);
  assert_near (his->effectiveness.value, 0.9, 1e-9);
  assert_near (his->miss.value, 0.1, 1e-9);
  assert_near (his->false_alarm.value, 0.1, 1e-9);
  assert_near (his->effectiveness.low, 0.786, 0.0005);
  assert_near (his->effectiveness.high, 0.957, 0.0005);
  /* Two of twenty are more than 2 % for sure. */
  g_assert_cmpfloat (his->miss.low, >, SIDE_DETECTION_MAX_MISS);
  g_assert_cmpint (his->verdict, ==, SIDE_DETECTION_FAILS);
  g_assert_cmpuint (criterion_of (found, "part")->detection.n, ==, 0);
  /* What was agreed on outweighs the expert, who is measured by it too. */
  side_calibration_agree (calibration, "leg-0", "yes", 1, "vera", NULL, 1);
  agreed = report (&place, 1);
  g_assert_cmpuint (reviewer_of (agreed, "boris")->detection.missed, ==, 1);
  g_assert_cmpuint (reviewer_of (agreed, "anna")->detection.n, ==, 1);
  g_assert_cmpuint (reviewer_of (agreed, "anna")->detection.false_alarms, ==, 1);
}

/* Limits kept by figures alone prove nothing with few of them. */
static void
test_few_faults (void)
{
  for (guint n = 10; n <= 1000; n *= 100)
    {
      g_auto (Place) place = { 0 };
      g_autoptr (SideAgreementReport) found = NULL;

      place_init (&place);
      add_calibration (&place, "c", n, "anna");
      for (guint call = 0; call < n; call++)
        {
          add (&place, call, "anna", call % 2, 1);
          add (&place, call, "boris", call % 2, 1);
        }
      found = report (&place, 1);
      g_assert_cmpint (criterion_of (found, "yes")->detection.verdict, ==, n < 100 ? SIDE_DETECTION_WITHIN : SIDE_DETECTION_HOLDS);
    }
}

/* While it is blind nothing of it is told, in figures neither. */
static void
test_blind (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL, after = NULL, late = NULL, left = NULL;
  g_autoptr (SideCalibration) words = NULL;
  SideCalibration *calibration;

  place_init (&place);
  calibration = add_calibration (&place, "c", 2, NULL);
  calibration->state = SIDE_CALIBRATION_OPEN;
  for (guint i = 0; i < 3; i++)
    {
      SideReview *review = add (&place, i / 2, i % 2 == 0 ? "anna" : "boris", 1, 1);

      review->plan = g_strdup ("c");
      review->selection = SIDE_SELECTION_CALIBRATION;
    }
  found = report (&place, 1);
  g_assert_cmpuint (found->hidden, ==, 3);
  g_assert_cmpuint (found->calls, ==, 0);
  calibration->state = SIDE_CALIBRATION_DISCUSSION;
  after = report (&place, 1);
  g_assert_cmpuint (after->hidden, ==, 0);
  g_assert_cmpuint (after->calibrated, ==, 3);
  g_assert_cmpuint (after->calls, ==, 1);
  /* What was finished with the answers in sight stays, and says nothing here. */
  calibration->discussed_ms = 1001;
  late = report (&place, 1);
  g_assert_cmpuint (late->late, ==, 2);
  g_assert_cmpuint (late->calibrated, ==, 1);
  g_assert_cmpuint (late->calls, ==, 0);
  words = side_calibration_copy (calibration);
  g_assert_cmpint (words->discussed_ms, ==, 1001);
  /* Nor does what somebody answered who was left out. */
  calibration->discussed_ms = 0;
  g_ptr_array_set_size (calibration->reviewers, 1);
  left = report (&place, 1);
  g_assert_cmpuint (left->late, ==, 1);
}

/* boris gives 10 of 40 points less at first and as much as anna in the end. */
static void
test_drift (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;
  const SideReviewerAgreement *boris;
  const SideDrift *first, *last;

  place_init (&place);
  add_calibration (&place, "c", 20, "anna");
  for (guint call = 0; call < 20; call++)
    {
      add (&place, call, "anna", 1, 1);
      add (&place, call, "boris", call < 10 && call % 5 != 0 ? 0 : 1, call == 5 ? SIDE_ANSWER_NA : 1)->finished_ms =
        call < 10 ? 1 : TO_MS - 1;
    }
  found = report (&place, 4);
  boris = reviewer_of (found, "boris");
  g_assert_cmpuint (boris->whole.n, ==, 20);
  assert_near (boris->whole.mean, -10, 1e-9);
  g_assert_cmpuint (boris->windows->len, ==, 4);
  first = &g_array_index (boris->windows, SideDrift, 0);
  last = &g_array_index (boris->windows, SideDrift, 3);
  assert_near (first->mean, -20, 1e-9);
  /* Eight times -25 and twice 0: deviation 10.541, t 2.2622. */
  assert_near (first->interval.low, -20 - 2.2622 * 10.541 / sqrt (10), 0.001);
  assert_near (last->mean, 0, 1e-9);
  g_assert_cmpuint (g_array_index (boris->windows, SideDrift, 1).n, ==, 0);
  g_assert_true (isnan (g_array_index (boris->windows, SideDrift, 1).mean));
  g_assert_cmpint (boris->drift, ==, SIDE_DRIFT_MOVED);
  /* The expert is held against the others. */
  assert_near (reviewer_of (found, "anna")->whole.mean, 10, 1e-9);
  g_assert_cmpint (reviewer_of (found, "anna")->drift, ==, SIDE_DRIFT_MILDER);
}

/* The same call again, the first time before the period even. */
static void
test_repeats (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (SideAgreementReport) found = NULL;
  const SideReviewerAgreement *anna;

  place_init (&place);
  for (guint call = 0; call < 6; call++)
    {
      add (&place, call, "anna", call % 2, 1)->finished_ms = call == 0 ? 10 : 500;
      add (&place, call, "anna", call % 2, call == 1 ? 0.5 : 1)->selection = SIDE_SELECTION_REPEAT;
    }
  found = side_agreement_report_new (place.script, place.reviews, place.calibrations, 100, TO_MS, 1);
  g_assert_cmpuint (found->calls, ==, 0);
  anna = reviewer_of (found, "anna");
  g_assert_cmpuint (anna->repeats, ==, 6);
  g_assert_cmpuint (anna->again.units, ==, 12);
  assert_near (anna->again.observed.value, 11 / 12.0, 1e-9);
  g_assert_cmpfloat (anna->again.ac1.value, >, 0.8);
}

static void
test_script (void)
{
  g_auto (Place) place = { 0 };
  SideAgreement found;

  place_init (&place);
  g_assert_false (side_agreement_of_script (place.script, place.reviews, place.calibrations, &found));
  for (guint call = 0; call < 10; call++)
    {
      add (&place, call, "anna", call % 2, call % 3 * 0.5);
      add (&place, call, "boris", call % 2, call % 3 * 0.5);
    }
  g_assert_true (side_agreement_of_script (place.script, place.reviews, place.calibrations, &found));
  g_assert_cmpuint (found.units, ==, 20);
  g_assert_cmpuint (found.reviewers, ==, 2);
  g_assert_cmpuint (found.answers, ==, 40);
  assert_near (found.alpha.value, 1, 1e-9);
  /* Ten calls of ten prove little. */
  g_assert_cmpfloat (found.alpha.low, <, 0.8);
}

/* The sums come to what the general way comes to, for one criterion on a scale with gaps. */
static void
test_whole (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (SideRatings) ratings = side_ratings_new (3);
  static const char *const names[] = { "anna", "boris", "vera" };
  SideAgreement found, general;

  place_init (&place);
  for (guint call = 0; call < 40; call++)
    {
      char texts[3][G_ASCII_DTOSTR_BUF_SIZE];
      const char *row[3] = { NULL };

      for (guint i = 0; i < 3; i++)
        {
          double value = g_rand_int_range (rand, 0, 3) * 0.5;

          if (g_rand_int_range (rand, 0, 5) == 0)
            continue;
          row[i] = g_ascii_dtostr (texts[i], sizeof texts[i], value);
          add (&place, call, names[i], SIDE_ANSWER_NONE, value);
        }
      g_assert_true (side_ratings_add_unit (ratings, row, NULL));
    }
  g_assert_true (side_agreement_of_script (place.script, place.reviews, place.calibrations, &found));
  g_assert_true (side_ratings_measure (ratings, SIDE_SCALE_INTERVAL, &general, NULL));
  assert_near (found.alpha.value, general.alpha.value, 1e-9);
  g_assert_cmpuint (found.units, ==, general.units);
  g_assert_cmpuint (found.answers, ==, general.answers);
  /* One criterion a call: drawing calls is drawing units. */
  assert_near (found.alpha.low, general.alpha.low, 0.05);
  assert_near (found.alpha.high, general.alpha.high, 0.05);
  g_assert_true (side_ratings_estimate (ratings, SIDE_SCALE_INTERVAL, &general, NULL));
  assert_near (found.alpha.value, general.alpha.value, 1e-9);
  g_assert_true (isnan (general.alpha.low));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agreement-report/table", test_table);
  g_test_add_func ("/agreement-report/counts", test_counts);
  g_test_add_func ("/agreement-report/ruled", test_ruled);
  g_test_add_func ("/agreement-report/levels", test_levels);
  g_test_add_func ("/agreement-report/verdicts", test_verdicts);
  g_test_add_func ("/agreement-report/more-verdicts", test_more_verdicts);
  g_test_add_func ("/agreement-report/faults", test_faults);
  g_test_add_func ("/agreement-report/few-faults", test_few_faults);
  g_test_add_func ("/agreement-report/blind", test_blind);
  g_test_add_func ("/agreement-report/drift", test_drift);
  g_test_add_func ("/agreement-report/repeats", test_repeats);
  g_test_add_func ("/agreement-report/script", test_script);
  g_test_add_func ("/agreement-report/whole", test_whole);
  return g_test_run ();
}
