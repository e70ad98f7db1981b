/* test-review-life.c - who has a review, its revisions, and scores with conditions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-rescoring.h"
#include "side-review-check.h"
#include "side-score.h"
#include "side-wire.h"

#define UUID_A "0198b6a0-7d1e-7c11-8a00-000000000001"
#define UUID_B "0198b6a0-7d1e-7c11-8a00-000000000002"
#define NOW_MS G_GINT64_CONSTANT (1795269600000)

static const char *
holder (const SideReview *review,
        guint             at)
{
  return g_ptr_array_index (review->holders, at);
}

static void
test_hands (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);

  side_review_release (review, NOW_MS);
  g_assert_cmpuint (review->holders->len, ==, 0);
  side_review_claim (review, "anna", NOW_MS);
  side_review_claim (review, "anna", NOW_MS + 1);
  g_assert_cmpint (review->started_ms, ==, NOW_MS);
  g_assert_cmpint (review->changed_ms, ==, NOW_MS + 1);
  g_assert_cmpuint (review->holders->len, ==, 0);
  side_review_set_answer (review, "a", 0.5, NOW_MS + 2, 100);
  side_review_claim (review, "boris", NOW_MS + 3);
  g_assert_cmpstr (holder (review, 0), ==, "anna");
  side_review_release (review, NOW_MS + 4);
  g_assert_null (review->reviewer);
  g_assert_cmpstr (holder (review, 1), ==, "boris");
  side_review_claim (review, "anna", NOW_MS + 5);
  g_assert_cmpuint (review->holders->len, ==, 2);
  g_assert_cmpfloat (side_review_get_answer (review, "a"), ==, 0.5);
  g_assert_cmpint (review->started_ms, ==, NOW_MS);
}

static void
test_answers (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  SideAnswer *answer = side_review_set_answer (review, "a", 0, NOW_MS, 100);

  g_assert_cmpint (answer->to_ms, ==, -1);
  answer->to_ms = 300;
  answer->cause = SIDE_CAUSE_SCRIPT;
  answer->detail = g_strdup ("Not in the script");
  answer->comment = g_strdup ("Twice");
  /* Still a fault, at the same place. */
  side_review_set_answer (review, "a", 0.5, NOW_MS, 100);
  g_assert_cmpint (answer->to_ms, ==, 300);
  g_assert_cmpint (answer->cause, ==, SIDE_CAUSE_SCRIPT);
  side_review_set_answer (review, "a", 1, NOW_MS, 200);
  g_assert_cmpint (answer->to_ms, ==, -1);
  g_assert_cmpint (answer->cause, ==, SIDE_CAUSE_NONE);
  g_assert_null (answer->detail);
  g_assert_cmpstr (answer->comment, ==, "Twice");
}

static void
test_sealed_revisions (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  g_autoptr (SideReview) copy = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const SideReviewRevision *sealed;

  side_review_claim (review, "anna", NOW_MS);
  side_review_set_answer (review, "a", 0, NOW_MS, 100)->comment = g_strdup ("Never said");
  review->comment = g_strdup ("Poor");
  g_assert_false (side_review_counts (review));
  side_review_finish (review, 1.5, NOW_MS + 1);
  g_assert_cmpfloat (review->heard, ==, 1.0);
  g_assert_true (side_review_counts (review));
  side_review_reopen (review, "boris", "Disputed", NOW_MS + 2);
  g_assert_false (side_review_counts (review));
  g_assert_cmpint (review->revision, ==, 2);
  g_assert_cmpstr (review->reason, ==, "Disputed");
  g_assert_cmpstr (review->reviewer, ==, "boris");
  g_assert_cmpfloat (review->heard, ==, -1.0);
  side_review_set_answer (review, "a", 1, NOW_MS + 3, 100);
  g_assert_cmpuint (review->history->len, ==, 1);
  sealed = g_ptr_array_index (review->history, 0);
  g_assert_cmpint (sealed->revision, ==, 1);
  g_assert_cmpint (sealed->finished_ms, ==, NOW_MS + 1);
  g_assert_cmpstr (sealed->reviewer, ==, "anna");
  g_assert_null (sealed->reason);
  g_assert_cmpstr (sealed->comment, ==, "Poor");
  g_assert_cmpfloat (((const SideAnswer *) g_ptr_array_index (sealed->answers, 0))->value, ==, 0);
  side_review_finish (review, -3, NOW_MS + 4);
  side_review_reopen (review, "boris", "Once more", NOW_MS + 5);
  sealed = g_ptr_array_index (review->history, 1);
  g_assert_cmpint (sealed->revision, ==, 2);
  g_assert_cmpstr (sealed->reason, ==, "Disputed");
  copy = side_review_copy (review);
  before = side_wire_review_to_json (review);
  after = side_wire_review_to_json (copy);
  g_assert_cmpstr (before, ==, after);
}

static void
test_what_counts (void)
{
  static const gboolean counts[] = { TRUE, TRUE, TRUE, FALSE, FALSE, FALSE };
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);

  side_review_finish (review, 1, NOW_MS);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      review->selection = (SideSelection) i;
      g_assert_cmpint (side_review_counts (review), ==, counts[i]);
      g_assert_cmpint (side_selection_from_string (side_selection_to_string (review->selection)), ==, (int) i);
    }
  review->replaced = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      review->selection = (SideSelection) i;
      g_assert_cmpint (side_review_get_counted (review), ==, i == SIDE_SELECTION_RANDOM ? SIDE_SELECTION_NONE : i);
    }
  g_assert_cmpint (side_selection_from_string ("by-lot"), ==, SIDE_SELECTION_NONE);
  g_assert_cmpint (side_cause_from_string ("customer"), ==, SIDE_CAUSE_CUSTOMER);
}

static void
assert_near (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-9);
}

static SideCriterion *
add (SideSection *section,
     const char  *id,
     double       weight,
     const char  *only_if,
     double       low,
     double       high)
{
  SideCriterion *criterion = side_section_add_criterion (section, id, id, weight);

  criterion->only_if = g_strdup (only_if);
  criterion->only_low = low;
  criterion->only_high = high;
  return criterion;
}

/* a; b only where a is a yes; c only where b has lost points; d and e wait for each other; f for nobody. */
static SideScript *
conditional_script (void)
{
  SideScript *script = side_script_new (UUID_B, "tea", "x", 3);
  SideSection *section = side_script_add_section (script, "1", "y");

  add (section, "a", 40, NULL, 0, 0);
  add (section, "b", 30, "a", 1, 1);
  add (section, "c", 30, "b", 0, 0.5)->critical = SIDE_CRITICAL_SCRIPT;
  add (section, "d", 10, "e", 0, 1);
  add (section, "e", 10, "d", 0, 1);
  add (section, "f", 10, "nobody", 0, 1);
  return script;
}

static void
assert_score (const SideScript *script,
              const SideReview *review,
              double            expected,
              guint             answered,
              guint             total)
{
  SideScore score;

  side_score_compute (script, review, &score);
  assert_near (score.score, expected);
  g_assert_cmpuint (score.answered, ==, answered);
  g_assert_cmpuint (score.total, ==, total);
}

static void
test_conditions (void)
{
  g_autoptr (SideScript) script = conditional_script ();
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  const SideCriterion *b = side_script_find_criterion (script, "b");
  const SideCriterion *c = side_script_find_criterion (script, "c");
  SideScore score;

  side_score_compute (script, review, &score);
  g_assert_true (isnan (score.score));
  g_assert_cmpuint (score.total, ==, 1);
  g_assert_false (side_score_applies (script, review, b));
  side_review_set_answer (review, "a", 1, 1, 0);
  g_assert_true (side_score_applies (script, review, b));
  g_assert_false (side_score_applies (script, review, c));
  assert_score (script, review, 100, 1, 2);
  side_review_set_answer (review, "b", 0.5, 1, 0);
  g_assert_true (side_score_applies (script, review, c));
  assert_score (script, review, 55.0 / 70 * 100, 2, 3);
  side_review_set_answer (review, "c", 0, 1, 0);
  assert_score (script, review, 0, 3, 3);
  /* b no longer applies, so what was answered to it, and to c behind it, counts no more. */
  side_review_set_answer (review, "a", 0.5, 1, 0);
  g_assert_false (side_score_applies (script, review, c));
  assert_score (script, review, 50, 1, 1);
  side_review_set_answer (review, "a", SIDE_ANSWER_NA, 1, 0);
  g_assert_false (side_score_applies (script, review, b));
  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_set_answer (review, "b", SIDE_ANSWER_NA, 1, 0);
  assert_score (script, review, 100, 2, 2);
  /* A circle, and a condition on nothing, never hold, whatever is answered. */
  side_review_set_answer (review, "d", 0, 1, 0);
  side_review_set_answer (review, "e", 0, 1, 0);
  side_review_set_answer (review, "f", 0, 1, 0);
  side_review_set_answer (review, "nobody", 1, 1, 0);
  assert_score (script, review, 100, 2, 2);
}

/* One section: 20 + 20 critical for it + 10 "not applicable"; another: 40; a bonus of 10. */
static void
test_critical_bonus_and_na_together (void)
{
  g_autoptr (SideScript) script = side_script_new (UUID_B, "tea", "x", 3);
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  SideSection *one = side_script_add_section (script, "1", "y");
  SideSection *two = side_script_add_section (script, "2", "z");
  SideScore score;

  add (one, "a", 20, NULL, 0, 0);
  add (one, "b", 20, NULL, 0, 0)->critical = SIDE_CRITICAL_SECTION;
  add (one, "c", 10, NULL, 0, 0);
  add (two, "d", 40, NULL, 0, 0);
  add (two, "e", 10, NULL, 0, 0)->bonus = TRUE;
  script->above_100 = TRUE;
  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_set_answer (review, "b", 0, 1, 0);
  side_review_set_answer (review, "c", SIDE_ANSWER_NA, 1, 0);
  side_review_set_answer (review, "d", 0.5, 1, 0);
  side_review_set_answer (review, "e", 1, 1, 0);
  side_score_compute (script, review, &score);
  /* The failed section's 20 points are gone, its weight of 40 is not: (20 + 10) of 80. */
  assert_near (score.score, 37.5);
  assert_near (score.would_be, 62.5);
  assert_near (score.applicable_weight, 80);
  g_assert_true (score.critical_failed);
  side_score_section (script, one, review, &score);
  assert_near (score.score, 0);
  assert_near (score.would_be, 50);
  side_score_section (script, two, review, &score);
  assert_near (score.score, 75);
}

/* 13 sections of ten, each criterion depending on the one before it. */
static void
test_many_criteria (void)
{
  g_autoptr (SideScript) script = side_script_new (UUID_B, "tea", "x", 3);
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  g_autofree char *before = NULL;
  SideSection *section = NULL;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u.%u", i / 10 + 1, i % 10 + 1);

      if (i % 10 == 0)
        {
          g_autofree char *section_id = g_strdup_printf ("%u", i / 10 + 1);

          section = side_script_add_section (script, section_id, "y");
          g_clear_pointer (&before, g_free);
        }
      add (section, id, 1, before, 0.5, 1);
      side_review_set_answer (review, id, i % 10 < 8 ? 1 : 0.5, 1, 0);
      g_free (before);
      before = g_strdup (id);
    }
  assert_score (script, review, 90, 130, 130);
  side_review_set_answer (review, "3.1", 0, 1, 0);
  assert_score (script, review, 12 * 9.0 / 121 * 100, 121, 121);
}

static void
test_rescore (void)
{
  g_autoptr (SideScript) old = conditional_script ();
  g_autoptr (SideScript) draft = side_script_draft (old, UUID_A);
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 3);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SideSection *section = g_ptr_array_index (draft->sections, 0);
  SideCriterion *criterion = side_script_find_criterion (draft, "a");
  SideRescore out;

  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_set_answer (review, "b", 0.5, 1, 0);
  side_review_set_answer (review, "c", SIDE_ANSWER_NA, 1, 0);
  side_review_set_answer (review, "f", 0, 1, 0);
  before = side_wire_review_to_json (review);
  side_score_rescore (old, draft, review, &out);
  assert_near (out.after.score, out.before.score);
  g_assert_cmpuint (out.carried, ==, 3);
  g_assert_cmpuint (out.unanswered, ==, 0);

  /* a is weighed anew on a scale, c must be answered, b is gone and with it what hung on it, g is new. */
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion->weight = 50;
  g_ptr_array_remove_index (section->criteria, 1);
  criterion = side_script_find_criterion (draft, "c");
  criterion->allow_na = FALSE;
  g_clear_pointer (&criterion->only_if, g_free);
  add (section, "g", 50, NULL, 0, 0);
  side_score_rescore (old, draft, review, &out);
  assert_near (out.before.score, 55.0 / 70 * 100);
  assert_near (out.after.score, 100);
  g_assert_cmpuint (out.converted, ==, 1);
  g_assert_cmpuint (out.carried, ==, 0);
  g_assert_cmpuint (out.dropped, ==, 1);
  g_assert_cmpuint (out.unanswered, ==, 2);
  after = side_wire_review_to_json (review);
  g_assert_cmpstr (before, ==, after);
}

static void
rescore_one (SideRescoring *rescoring,
             const char    *call,
             int            version,
             SideSelection  selection,
             double         a,
             double         b)
{
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", call, UUID_B, version);

  review->selection = selection;
  side_review_set_answer (review, "a", a, 1, 0);
  side_review_set_answer (review, "b", b, 1, 0);
  side_review_finish (review, 1, 5);
  side_rescoring_add (rescoring, review, "Anna", 7);
}

/* Many at once: the same reviews before and after, random ones and chosen ones apart. */
static void
test_rescoring (void)
{
  g_autoptr (SideScript) old = side_script_new (UUID_B, "tea", "x", 1);
  g_autoptr (SideScript) draft = NULL;
  g_autoptr (SideRescoring) rescoring = NULL;
  const SideRescored *first;

  add (side_script_add_section (old, "1", "y"), "a", 50, NULL, 0, 0);
  add (g_ptr_array_index (old->sections, 0), "b", 50, NULL, 0, 0);
  draft = side_script_draft (old, UUID_A);
  side_script_find_criterion (draft, "a")->weight = 100;
  side_script_find_criterion (draft, "b")->critical = SIDE_CRITICAL_SCRIPT;
  add (g_ptr_array_index (draft->sections, 0), "c", 10, NULL, 0, 0);
  rescoring = side_rescoring_new (draft);
  side_rescoring_add_version (rescoring, side_script_copy (old));
  rescore_one (rescoring, "same", 1, SIDE_SELECTION_RANDOM, 1, 1);
  rescore_one (rescoring, "higher", 1, SIDE_SELECTION_RANDOM, 1, 0.5);
  rescore_one (rescoring, "fails", 1, SIDE_SELECTION_CHOSEN, 1, 0);
  rescore_one (rescoring, "na", 1, SIDE_SELECTION_CHOSEN, SIDE_ANSWER_NA, SIDE_ANSWER_NA);
  rescore_one (rescoring, "no such version", 9, SIDE_SELECTION_CHOSEN, 1, 1);
  side_rescoring_sort (rescoring);
  g_assert_cmpuint (rescoring->rows->len, ==, 4);
  g_assert_cmpuint (rescoring->random.before.n, ==, 2);
  assert_near (side_scores_get_mean (&rescoring->random.before), 87.5);
  assert_near (side_scores_get_mean (&rescoring->random.after), (100 + 125.0 / 150 * 100) / 2);
  g_assert_cmpuint (rescoring->chosen.after.n, ==, 1);
  assert_near (side_scores_get_mean (&rescoring->chosen.after), 0);
  g_assert_cmpuint (rescoring->higher, ==, 1);
  g_assert_cmpuint (rescoring->lower, ==, 1);
  g_assert_cmpuint (rescoring->unscored, ==, 1);
  g_assert_cmpuint (rescoring->failed_before, ==, 0);
  g_assert_cmpuint (rescoring->newly_failed, ==, 1);
  g_assert_cmpuint (side_rescoring_get_missing (rescoring, "c"), ==, 4);
  g_assert_cmpuint (side_rescoring_get_missing (rescoring, "a"), ==, 0);
  first = rescoring->rows->pdata[0];
  g_assert_cmpstr (first->call, ==, "fails");
  g_assert_cmpstr (first->missing, ==, "1.3");
  g_assert_cmpstr (((const SideRescored *) rescoring->rows->pdata[1])->call, ==, "higher");
}

/* Who says how much they heard has heard it all, where the script asks for it. */
static void
test_heard_whole (void)
{
  g_autoptr (SideScript) script = side_script_new (UUID_B, "tea", "x", 1);
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 1);
  g_autoptr (SideCall) call = side_call_new ("leg-1");
  g_autoptr (GError) error = NULL;

  add (side_script_add_section (script, "1", "y"), "a", 100, NULL, 0, 0);
  side_review_set_answer (review, "a", 1, 1, 0);
  side_review_finish (review, 0.8, 5);
  g_assert_true (side_review_check_content (review, NULL, script, call, 10, NULL));
  script->whole_recording = TRUE;
  g_assert_true (side_review_check_content (review, NULL, script, call, 10, NULL));   /* there is no recording */
  call->recording = g_strdup ("leg-1");
  g_assert_false (side_review_check_content (review, NULL, script, call, 10, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  review->heard = 0.995;
  g_assert_true (side_review_check_content (review, NULL, script, call, 10, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/hands", test_hands);
  g_test_add_func ("/review/answers", test_answers);
  g_test_add_func ("/review/revisions", test_sealed_revisions);
  g_test_add_func ("/review/counts", test_what_counts);
  g_test_add_func ("/review/score/conditions", test_conditions);
  g_test_add_func ("/review/score/all-together", test_critical_bonus_and_na_together);
  g_test_add_func ("/review/score/130-criteria", test_many_criteria);
  g_test_add_func ("/review/score/what-if", test_rescore);
  g_test_add_func ("/review/score/what-if-all", test_rescoring);
  g_test_add_func ("/review/heard-whole", test_heard_whole);
  return g_test_run ();
}
