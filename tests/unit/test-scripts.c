/* test-scripts.c - drafts, the checker and the difference of two versions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-script-check.h"
#include "side-script-diff.h"
#include "side-wire.h"

#include "side-test.h"

#define UUID_A "0198b6a0-7d1e-7c11-8a00-000000000001"
#define UUID_B "0198b6a0-7d1e-7c11-8a00-000000000002"
#define NOW_MS G_GINT64_CONSTANT (1795269600000)

static SideCriterion *
add (SideSection *section,
     const char  *id,
     const char  *text,
     double       weight)
{
  SideCriterion *criterion = side_section_add_criterion (section, id, text, weight);

  criterion->allow_na = FALSE;
  side_criterion_add_exemplar (criterion, 0.0, NULL, 0, 0, "What not to do");
  return criterion;
}

/* Nothing is wrong with it. */
static SideScript *
make_script (void)
{
  SideScript *script = side_script_new (UUID_A, "tea", "Order by phone", 3);
  SideSection *greeting = side_script_add_section (script, "1", "Greeting");
  SideSection *closing = side_script_add_section (script, "2", "Closing");
  SideStep *step;

  add (greeting, "1.1", "Names the shop", 40);
  add (greeting, "1.2", "Asks the customer's name", 20);
  add (closing, "2.1", "Repeats the order", 40)->critical = SIDE_CRITICAL_SECTION;
  step = side_script_add_step (script, "s1", "Hello");
  step->say = g_strdup ("Good evening, this is the tea shop.");
  step->section = g_strdup ("1");
  side_step_add_branch (step, "a complaint", "s3");
  side_step_add_branch (step, NULL, "s2");
  side_script_add_step (script, "s2", "The order")->say = g_strdup ("What may I send you?");
  side_script_add_step (script, "s3", "Goodbye")->say = g_strdup ("Thank you.");
  return script;
}

static char *
as_json (const SideScript *script)
{
  return side_wire_script_to_json (script);
}

static void
test_copy_is_whole (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideScript) copy = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_ptr_array_add (script->queues, g_strdup ("tea-orders"));
  g_ptr_array_add (side_script_find_criterion (script, "1.1")->causes, g_strdup ("In a hurry"));
  script->above_100 = TRUE;
  script->whole_recording = TRUE;
  script->note = g_strdup ("Shorter");
  copy = side_script_copy (script);
  before = as_json (script);
  after = as_json (copy);
  g_assert_cmpstr (before, ==, after);
}

static void
test_draft_becomes_the_next_version (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autofree char *untouched = as_json (script);
  g_autoptr (SideScript) draft = side_script_draft (script, UUID_B);
  g_autoptr (SideScript) again = side_script_draft (draft, UUID_A);
  g_autoptr (SideScript) next = NULL;
  g_autoptr (SideScript) retired = NULL;
  g_autofree char *still = NULL;

  g_assert_cmpint (draft->state, ==, SIDE_SCRIPT_DRAFT);
  g_assert_cmpint (draft->version, ==, 4);
  g_assert_cmpstr (draft->id, ==, UUID_B);
  g_assert_cmpstr (draft->script, ==, UUID_A);
  g_assert_cmpint (again->version, ==, 4);
  g_assert_cmpstr (again->script, ==, UUID_A);
  side_section_add_criterion (g_ptr_array_index (draft->sections, 0), "1.3", "Smiles", 5);
  next = side_script_publish (draft, "anna", "A smile can be heard", NOW_MS);
  g_assert_cmpint (next->state, ==, SIDE_SCRIPT_IN_USE);
  g_assert_cmpstr (next->id, ==, UUID_A);
  g_assert_null (next->script);
  g_assert_cmpint (next->version, ==, 4);
  g_assert_cmpint (next->since_ms, ==, NOW_MS);
  g_assert_cmpstr (next->author, ==, "anna");
  g_assert_nonnull (side_script_find_criterion (next, "1.3"));
  retired = side_script_retire (next, NOW_MS + 5);
  g_assert_cmpint (retired->state, ==, SIDE_SCRIPT_RETIRED);
  g_assert_cmpint (retired->since_ms, ==, NOW_MS + 5);
  g_assert_cmpstr (retired->author, ==, "anna");
  still = as_json (script);
  g_assert_cmpstr (still, ==, untouched);
}

static void
test_new_ids (void)
{
  g_autoptr (SideScript) script = side_script_new (UUID_A, "tea", "x", 1);
  SideSection *section = side_script_add_section (script, "2", "y");
  SideSection *other = side_script_add_section (script, "extra", "z");
  g_autofree char *section_id = NULL;
  g_autofree char *criterion_id = NULL;
  g_autofree char *step_id = NULL;
  g_autofree char *first = side_script_new_criterion_id (script, other);

  g_assert_cmpstr (first, ==, "extra.1");
  side_section_add_criterion (section, "2.1", "a", 1);
  side_section_add_criterion (other, "2.9", "moved here", 1);
  side_section_add_criterion (section, "2.10.3", "somebody's own", 1);
  side_script_add_step (script, "s6", "t");
  side_script_add_step (script, "start", "t");
  section_id = side_script_new_section_id (script);
  criterion_id = side_script_new_criterion_id (script, section);
  step_id = side_script_new_step_id (script);
  g_assert_cmpstr (section_id, ==, "3");
  g_assert_cmpstr (criterion_id, ==, "2.10");
  g_assert_cmpstr (step_id, ==, "s7");
}

/* What is found, as "severity code where other number", a line each. */
static char *
findings_of (const SideScript *script)
{
  g_autoptr (GPtrArray) findings = side_script_check (script);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const SideScriptFinding *each = g_ptr_array_index (findings, i);
      const char *where = each->criterion != NULL ? each->criterion : each->section != NULL ? each->section : each->step;

      g_string_append_printf (out, "%s%s %s", out->len > 0 ? "\n" : "", side_severity_to_string (each->severity),
                              side_script_fault_to_string (each->code));
      if (where != NULL)
        g_string_append_printf (out, " %s", where);
      if (each->other != NULL)
        g_string_append_printf (out, " %s", each->other);
      if (each->number > 0 || each->number < 0)
        g_string_append_printf (out, " %g", each->number);
    }
  return g_string_free (out, FALSE);
}

static void
assert_findings (const SideScript *script,
                 const char       *expected)
{
  g_autofree char *found = findings_of (script);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_check_nothing (void)
{
  g_autoptr (SideScript) script = make_script ();

  assert_findings (script, "");
}

static void
test_check_weights (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideScript) empty = side_script_new (UUID_A, "tea", " ", 1);

  side_script_find_criterion (script, "2.1")->weight = 30;
  assert_findings (script, "warning weight-sum 90");
  add (g_ptr_array_index (script->sections, 1), "2.2", "Offers a second kind of tea", 50)->bonus = TRUE;
  assert_findings (script, "warning weight-sum 90");
  /* Each section out of a hundred is another way to write it. */
  side_script_find_criterion (script, "1.1")->weight = 80;
  side_script_find_criterion (script, "2.1")->weight = 100;
  assert_findings (script, "");
  side_script_find_criterion (script, "2.2")->weight = 0;
  assert_findings (script, "hint no-points 2.2");
  side_script_find_criterion (script, "2.2")->weight = -1;
  assert_findings (script, "error bad-weight 2.2 -1");

  assert_findings (empty, "warning empty-title\nerror no-criteria");
  add (side_script_add_section (empty, "1", "Section"), "1.1", "Is polite", 0)->critical = SIDE_CRITICAL_SCRIPT;
  assert_findings (empty, "warning empty-title\nerror no-weight");
}

static void
test_check_texts (void)
{
  g_autoptr (SideScript) script = make_script ();
  SideCriterion *criterion = side_script_find_criterion (script, "1.1");

  side_script_add_section (script, "2", "");
  criterion->text[0] = '\0';
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 1001;
  side_script_find_criterion (script, "2.1")->bonus = TRUE;
  g_ptr_array_set_size (side_script_find_criterion (script, "2.1")->exemplars, 0);
  side_criterion_add_exemplar (side_script_find_criterion (script, "1.2"), 0.7, "leg-1", 500, 400, NULL);
  assert_findings (script, "warning weight-sum 60\n"
                           "error empty-text 1.1\nerror scale-max 1.1 1001\n"
                           "warning exemplar-value 1.2 0.7\nwarning exemplar-span 1.2\n"
                           "warning critical-bonus 2.1\nhint no-exemplars 2.1\n"
                           "warning empty-title 2\nerror duplicate-section 2\nwarning empty-section 2");
}

static void
test_check_exemplars (void)
{
  g_autoptr (SideScript) script = make_script ();

  for (guint i = 0; i < 3; i++)
    g_ptr_array_set_size (side_script_find_criterion (script, i == 0 ? "1.1" : i == 1 ? "1.2" : "2.1")->exemplars, 0);
  assert_findings (script, "hint no-exemplars 2\nhint no-exemplars 2.1");
}

static void
condition (SideScript *script,
           const char *criterion,
           const char *other,
           double      low,
           double      high)
{
  SideCriterion *found = side_script_find_criterion (script, criterion);

  g_free (found->only_if);
  found->only_if = g_strdup (other);
  found->only_low = low;
  found->only_high = high;
}

static void
test_check_conditions (void)
{
  g_autoptr (SideScript) script = make_script ();

  add (g_ptr_array_index (script->sections, 1), "2.2", "Asks whether that is all", 0)->critical = SIDE_CRITICAL_SCRIPT;
  condition (script, "2.2", "1.1", 1, 1);
  assert_findings (script, "");
  condition (script, "2.2", "9", 1, 1);
  assert_findings (script, "error condition-unknown 2.2 9\nerror critical-unreachable 2.2 9");
  condition (script, "2.2", "2.2", 1, 1);
  assert_findings (script, "error condition-cycle 2.2 2.2\nerror critical-unreachable 2.2 2.2");
  /* No answer is a quarter of a mark; and where the one before never applies, nor does this one. */
  condition (script, "2.2", "1.1", 0.1, 0.4);
  assert_findings (script, "error condition-never 2.2 1.1\nerror critical-unreachable 2.2 1.1");
  condition (script, "1.2", "1.1", 0.6, 0.9);
  condition (script, "2.2", "1.2", 1, 1);
  assert_findings (script, "error condition-never 1.2 1.1\n"
                           "error condition-never 2.2 1.2\nerror critical-unreachable 2.2 1.2");
  condition (script, "1.1", "1.2", 1, 1);
  condition (script, "1.2", "1.1", 1, 1);
  assert_findings (script, "warning section-all-na 1\nerror condition-cycle 1.1 1.2\nerror condition-cycle 1.2 1.1\n"
                           "error condition-never 2.2 1.2\nerror critical-unreachable 2.2 1.2");
  side_script_find_criterion (script, "1.1")->answers = SIDE_ANSWERS_SCALE;
  side_script_find_criterion (script, "1.1")->scale_max = 5;
  condition (script, "1.1", NULL, 1, 1);
  condition (script, "1.2", "1.1", 0.6, 1);
  assert_findings (script, "");
}

static void
test_check_all_not_applicable (void)
{
  g_autoptr (SideScript) script = make_script ();

  side_script_find_criterion (script, "2.1")->allow_na = TRUE;
  assert_findings (script, "warning section-all-na 2");
  side_script_find_criterion (script, "2.1")->allow_na = FALSE;
  condition (script, "2.1", "1.1", 0.5, 1);
  assert_findings (script, "warning section-all-na 2");
  /* One of two criteria always applies. */
  add (g_ptr_array_index (script->sections, 1), "2.2", "Says sorry", 0)->bonus = TRUE;
  condition (script, "2.2", "1.1", 0, 0.4);
  assert_findings (script, "hint no-points 2.2");
  side_script_find_criterion (script, "1.1")->allow_na = TRUE;
  assert_findings (script, "warning section-all-na 2\nhint no-points 2.2");
}

static void
test_check_punished_twice (void)
{
  g_autoptr (SideScript) script = make_script ();
  SideSection *section = g_ptr_array_index (script->sections, 1);

  add (section, "2.2", "«Repeats» the ORDER.", 0)->critical = SIDE_CRITICAL_SCRIPT;
  assert_findings (script, "warning same-wording 2.2 2.1 1");
  g_free (side_script_find_criterion (script, "2.2")->text);
  side_script_find_criterion (script, "2.2")->text = g_strdup ("Answers within 20 seconds, not later than that");
  add (section, "2.3", "Answers within 60 seconds, not later than that", 0)->critical = SIDE_CRITICAL_SCRIPT;
  assert_findings (script, "");
  add (section, "2.4", "Not later than within 20 seconds he answers that", 0)->critical = SIDE_CRITICAL_SCRIPT;
  assert_findings (script, "hint same-wording 2.4 2.2 0.941176");
  /* They are never asked for together; but where 2.2 is, 1.1 has lost points already. */
  condition (script, "2.4", "1.1", 1, 1);
  condition (script, "2.2", "1.1", 0.5, 0.5);
  assert_findings (script, "hint fails-together 2.2 1.1");
}

static void
test_check_same_hint (void)
{
  g_autoptr (SideScript) script = make_script ();

  side_script_find_criterion (script, "1.1")->hint = g_strdup ("The name of the shop");
  side_script_find_criterion (script, "1.2")->hint = g_strdup ("the name of the shop!");
  assert_findings (script, "");
  side_script_find_criterion (script, "1.1")->critical = SIDE_CRITICAL_SECTION;
  assert_findings (script, "warning same-hint 1.2 1.1");
  condition (script, "1.2", "1.1", 0, 0);
  assert_findings (script, "warning same-hint 1.2 1.1\nwarning fails-together 1.2 1.1");
  side_script_find_criterion (script, "1.1")->critical = SIDE_CRITICAL_NO;
  assert_findings (script, "hint fails-together 1.2 1.1");
}

static void
test_check_steps (void)
{
  g_autoptr (SideScript) script = make_script ();
  SideStep *step = side_script_find_step (script, "s1");

  step->section[0] = '7';
  side_step_add_branch (step, "a wrong number", "s9");
  g_free (((SideBranch *) g_ptr_array_index (step->branches, 0))->step);
  ((SideBranch *) g_ptr_array_index (step->branches, 0))->step = g_strdup ("s2");
  side_step_add_branch (side_script_find_step (script, "s2"), NULL, "s2");
  side_script_add_step (script, "s2", " ");
  assert_findings (script, "error step-section s1 7\nerror branch-nowhere s1 s9\n"
                           "warning step-endless s2\nwarning step-unreached s3\n"
                           "warning empty-title s2\nhint empty-step s2\nerror duplicate-step s2\nwarning step-unreached s2");
}

/* What differs, as "kind part id field before after", a line each. */
static char *
differences (const SideScript *before,
             const SideScript *after)
{
  g_autoptr (GPtrArray) changes = side_script_diff (before, after);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const SideScriptChange *each = g_ptr_array_index (changes, i);

      g_string_append_printf (out, "%s%s %s", out->len > 0 ? "\n" : "", side_change_kind_to_string (each->kind),
                              side_script_part_to_string (each->part));
      if (each->id != NULL)
        g_string_append_printf (out, " %s", each->id);
      if (each->field != NULL)
        g_string_append_printf (out, " %s (%s) (%s)", each->field, each->before != NULL ? each->before : "",
                                each->after != NULL ? each->after : "");
    }
  return g_string_free (out, FALSE);
}

static void
assert_differences (const SideScript *before,
                    const SideScript *after,
                    const char       *expected)
{
  g_autofree char *found = differences (before, after);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_diff_of_a_draft (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideScript) draft = side_script_draft (script, UUID_B);
  SideCriterion *criterion = side_script_find_criterion (draft, "1.1");

  assert_differences (script, draft, "");
  criterion->weight = 35.5;
  criterion->hint = g_strdup ("");
  criterion->allow_na = TRUE;
  g_ptr_array_add (criterion->causes, g_strdup ("In a hurry"));
  g_ptr_array_add (criterion->causes, g_strdup ("Not told"));
  criterion->only_if = g_strdup ("1.2");
  side_script_find_criterion (draft, "2.1")->critical = SIDE_CRITICAL_SCRIPT;
  side_step_add_branch (side_script_find_step (draft, "s2"), "no tea", NULL);
  draft->language = g_strdup ("en");
  draft->whole_recording = TRUE;
  assert_differences (script, draft,
                      "changed script language () (en)\n"
                      "changed script whole_recording (false) (true)\n"
                      "changed criterion 1.1 weight (40) (35.5)\n"
                      "changed criterion 1.1 allow_na (false) (true)\n"
                      "changed criterion 1.1 causes () (In a hurry\nNot told)\n"
                      "changed criterion 1.1 only_if () (1.2)\n"
                      "changed criterion 2.1 critical (section) (script)\n"
                      "changed step s2 branches () (no tea\t)");
}

static void
test_diff_added_and_removed (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideScript) draft = side_script_draft (script, UUID_B);

  g_ptr_array_remove_index (((SideSection *) g_ptr_array_index (draft->sections, 0))->criteria, 0);
  g_ptr_array_remove_index (draft->sections, 1);
  add (side_script_add_section (draft, "3", "Extra"), "3.1", "Smiles", 40);
  g_ptr_array_remove_index (draft->steps, 1);
  assert_differences (script, draft,
                      "removed criterion 1.1\nadded section 3\nadded criterion 3.1\n"
                      "removed section 2\nremoved criterion 2.1\nremoved step s2");
  assert_differences (draft, script,
                      "added criterion 1.1\nadded section 2\nadded criterion 2.1\n"
                      "removed section 3\nremoved criterion 3.1\nadded step s2");
}

static gpointer
take (GPtrArray *list,
      guint      at)
{
  return g_ptr_array_steal_index (list, at);
}

static void
test_diff_moved (void)
{
  g_autoptr (SideScript) script = make_script ();
  g_autoptr (SideScript) draft = side_script_draft (script, UUID_B);
  SideSection *one = g_ptr_array_index (draft->sections, 0);
  SideSection *two = g_ptr_array_index (draft->sections, 1);

  /* To another section, and reworded there. */
  g_ptr_array_insert (two->criteria, 0, take (one->criteria, 0));
  g_free (side_script_find_criterion (draft, "1.1")->text);
  side_script_find_criterion (draft, "1.1")->text = g_strdup ("Says the shop's name");
  /* The last step first: one step moved, not three. */
  g_ptr_array_insert (draft->steps, 0, take (draft->steps, 2));
  assert_differences (script, draft,
                      "moved criterion 1.1 section (1) (2)\n"
                      "changed criterion 1.1 text (Names the shop) (Says the shop's name)\n"
                      "moved step s3 place (3) (1)");
  g_ptr_array_insert (draft->sections, 0, take (draft->sections, 1));
  g_ptr_array_insert (one->criteria, 0, take (two->criteria, 0));
  g_ptr_array_insert (one->criteria, 1, take (one->criteria, 0));
  g_ptr_array_insert (draft->steps, 2, take (draft->steps, 0));
  assert_differences (script, draft,
                      "moved section 2 place (2) (1)\n"
                      "moved criterion 1.2 place (2) (1)\n"
                      "changed criterion 1.1 text (Names the shop) (Says the shop's name)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scripts/copy", test_copy_is_whole);
  g_test_add_func ("/scripts/draft", test_draft_becomes_the_next_version);
  g_test_add_func ("/scripts/ids", test_new_ids);
  g_test_add_func ("/scripts/check/nothing", test_check_nothing);
  g_test_add_func ("/scripts/check/weights", test_check_weights);
  g_test_add_func ("/scripts/check/texts", test_check_texts);
  g_test_add_func ("/scripts/check/exemplars", test_check_exemplars);
  g_test_add_func ("/scripts/check/conditions", test_check_conditions);
  g_test_add_func ("/scripts/check/all-not-applicable", test_check_all_not_applicable);
  g_test_add_func ("/scripts/check/punished-twice", test_check_punished_twice);
  g_test_add_func ("/scripts/check/same-hint", test_check_same_hint);
  g_test_add_func ("/scripts/check/steps", test_check_steps);
  g_test_add_func ("/scripts/diff/draft", test_diff_of_a_draft);
  g_test_add_func ("/scripts/diff/added-and-removed", test_diff_added_and_removed);
  g_test_add_func ("/scripts/diff/moved", test_diff_moved);
  return g_test_run ();
}
