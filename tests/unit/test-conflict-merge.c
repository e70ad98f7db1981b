/* test-conflict-merge.c - two versions of one document and what they were made from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>

#include "../../app/ui/conflicts/side-conflict-merge.h"
#include "../../app/ui/conflicts/side-conflict-scorecard.h"
#include "side-test.h"
#include "side-wire.h"

static GPtrArray *
list_asked (GPtrArray *fields)
{
  GPtrArray *asked = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    if (!((SideConflictField *) fields->pdata[i])->settled)
      g_ptr_array_add (asked, fields->pdata[i]);
  return asked;
}

/* What both changed differently has to be named in @asked, "member" or "member key", space after each. */
static char *
merge (const char *base,
       const char *mine,
       const char *theirs,
       const char *wanted)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (mine, theirs, base);
  g_autoptr (GPtrArray) asked = list_asked (fields);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < asked->len; i++)
    {
      const SideConflictField *field = asked->pdata[i];

      g_assert_true (field->take_mine);
      g_string_append_printf (names, "%s%s%s;", field->member, field->key != NULL ? " " : "", field->key != NULL ? field->key : "");
    }
  g_assert_cmpstr (names->str, ==, wanted);
  return side_conflict_merge (mine, theirs, fields);
}

static void
assert_json (const char *got,
             const char *wanted)
{
  g_autoptr (JsonNode) a = json_from_string (got, NULL);
  g_autoptr (JsonNode) b = json_from_string (wanted, NULL);

  if (!json_node_equal (a, b))
    g_error ("got %s, wanted %s", got, wanted);
}

#define MINE "{\"text\":\"hello\",\"tag\":\"greeting\",\"changed_ms\":20,\"answers\":[" \
             "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"b\",\"value\":0}]}"
#define THEIRS "{\"text\":\"hallo\",\"tag\":\"greeting\",\"changed_ms\":10,\"comment\":\"mine too\",\"answers\":[" \
               "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"c\",\"value\":0.5}]}"

static SideConflictField *
find (GPtrArray  *fields,
      const char *member,
      const char *key)
{
  for (guint i = 0; i < fields->len; i++)
    {
      SideConflictField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->member, member) && g_strcmp0 (field->key, key) == 0)
        return field;
    }
  return NULL;
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (MINE, THEIRS, NULL);

  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_cmpstr (find (fields, "text", NULL)->mine, ==, "hello");
  g_assert_cmpstr (find (fields, "text", NULL)->theirs, ==, "hallo");
  g_assert_null (find (fields, "comment", NULL)->mine);
  g_assert_null (find (fields, "answers", "b")->theirs);
  g_assert_null (find (fields, "answers", "c")->mine);
  g_assert_null (find (fields, "answers", "a"));
  g_assert_null (find (fields, "tag", NULL));
  g_assert_null (find (fields, "changed_ms", NULL));
  /* Who just saves loses nothing that only one of the two wrote. */
  g_assert_true (find (fields, "text", NULL)->take_mine);
  g_assert_true (find (fields, "answers", "b")->take_mine);
  g_assert_false (find (fields, "comment", NULL)->take_mine);
  g_assert_false (find (fields, "answers", "c")->take_mine);
}

static void
test_chosen (void)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (MINE, THEIRS, NULL);
  g_autofree char *merged = NULL;

  find (fields, "comment", NULL)->take_mine = FALSE;
  find (fields, "answers", "c")->take_mine = FALSE;
  merged = side_conflict_merge (MINE, THEIRS, fields);
  assert_json (merged, "{\"text\":\"hello\",\"tag\":\"greeting\",\"changed_ms\":20,\"comment\":\"mine too\",\"answers\":["
                       "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"c\",\"value\":0.5},{\"criterion\":\"b\",\"value\":0}]}");
}

/* All of one side gives that side, whatever the two are. */
static void
test_one_side (void)
{
  static const char *const bodies[] = { MINE, THEIRS, "{}", "{\"text\":\"x\",\"answers\":[]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (bodies); k++)
      {
        g_autoptr (GPtrArray) fields = side_conflict_list_fields (bodies[i], bodies[k], NULL);
        g_autoptr (GPtrArray) left = NULL;
        g_autofree char *mine = NULL;

        for (guint n = 0; n < fields->len; n++)
          ((SideConflictField *) g_ptr_array_index (fields, n))->take_mine = TRUE;
        mine = side_conflict_merge (bodies[i], bodies[k], fields);
        left = side_conflict_list_fields (bodies[i], mine, NULL);
        for (guint n = 0; n < left->len; n++)
          {
            /* An empty list and none at all say the same. */
            const SideConflictField *field = g_ptr_array_index (left, n);

            g_assert_cmpstr (field->member, ==, "answers");
          }
      }
}

/* A draft is decided about criterion by criterion. */
static void
test_draft (void)
{
  static const char mine[] =
      "{\"title\":\"Order\",\"sections\":["
      "{\"id\":\"1\",\"title\":\"Greeting\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"mine\"},{\"id\":\"1.2\",\"text\":\"same\"}]},"
      "{\"id\":\"3\",\"title\":\"New here\",\"criteria\":[]}]}";
  static const char theirs[] =
      "{\"title\":\"Order\",\"sections\":["
      "{\"id\":\"1\",\"title\":\"Hello\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"theirs\"},{\"id\":\"1.2\",\"text\":\"same\"},"
      "{\"id\":\"1.3\",\"text\":\"new there\"}]}]}";
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (mine, theirs, NULL);
  g_autofree char *merged = NULL;

  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_nonnull (find (fields, "sections", "1/1.1"));
  g_assert_null (find (fields, "sections", "1/1.3")->mine);
  g_assert_false (find (fields, "sections", "1/1.3")->take_mine);
  g_assert_null (find (fields, "sections", "3")->theirs);
  find (fields, "sections", "1")->take_mine = FALSE;
  merged = side_conflict_merge (mine, theirs, fields);
  assert_json (merged, "{\"title\":\"Order\",\"sections\":["
                       "{\"id\":\"1\",\"title\":\"Hello\",\"criteria\":[{\"id\":\"1.1\",\"text\":\"mine\"},{\"id\":\"1.2\",\"text\":\"same\"},"
                       "{\"id\":\"1.3\",\"text\":\"new there\"}]},{\"id\":\"3\",\"title\":\"New here\",\"criteria\":[]}]}");
}

/* One criterion, two calls: two things that were agreed on. */
static void
test_consensus (void)
{
  static const char mine[] = "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":1},{\"call\":\"b\",\"criterion\":\"1\",\"value\":0}]}";
  static const char theirs[] = "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":0},{\"call\":\"c\",\"criterion\":\"1\",\"value\":1}]}";
  g_autoptr (GPtrArray) fields = side_conflict_list_fields (mine, theirs, NULL);
  g_autofree char *merged = side_conflict_merge (mine, theirs, fields);

  g_assert_cmpuint (fields->len, ==, 3);
  assert_json (merged, "{\"consensus\":[{\"call\":\"a\",\"criterion\":\"1\",\"value\":1},{\"call\":\"c\",\"criterion\":\"1\",\"value\":1},"
                       "{\"call\":\"b\",\"criterion\":\"1\",\"value\":0}]}");
}

/* What one side wrote or took away is taken from that side; it is asked about the rest. */
static void
test_sides (void)
{
  static const struct { const char *base, *mine, *theirs, *asked, *merged; } cases[] = {
    { "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}", "", "{\"a\":2,\"b\":2}" },
    { "{\"a\":1,\"b\":1}", "{\"a\":1}", "{\"b\":1}", "", "{}" },
    { "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "a;", "{\"a\":2}" },
    { "{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "", "{\"a\":2}" },
    { "{\"a\":1}", "{}", "{\"a\":3}", "a;", "{}" },
    { "{}", "{\"a\":1}", "{\"a\":2}", "a;", "{\"a\":1}" },
    { "{\"l\":[{\"id\":\"x\",\"v\":1},{\"id\":\"y\",\"v\":1},{\"id\":\"z\",\"v\":1}]}",
      "{\"l\":[{\"id\":\"x\",\"v\":2},{\"id\":\"z\",\"v\":1},{\"id\":\"new\"}]}",
      "{\"l\":[{\"id\":\"x\",\"v\":1},{\"id\":\"y\",\"v\":1},{\"id\":\"z\",\"v\":3},{\"id\":\"other\"}]}", "",
      "{\"l\":[{\"id\":\"x\",\"v\":2},{\"id\":\"z\",\"v\":3},{\"id\":\"other\"},{\"id\":\"new\"}]}" },
    { "{\"l\":[{\"id\":\"x\",\"v\":1}]}", "{\"l\":[]}", "{\"l\":[{\"id\":\"x\",\"v\":2}]}", "l x;", "{\"l\":[]}" },
    { "{\"sections\":[{\"id\":\"1\",\"t\":\"s\",\"criteria\":[{\"id\":\"1.1\"},{\"id\":\"1.2\"}]}]}",
      "{\"sections\":[{\"id\":\"1\",\"t\":\"m\",\"criteria\":[{\"id\":\"1.1\",\"v\":1},{\"id\":\"1.2\"}]}]}",
      "{\"sections\":[{\"id\":\"1\",\"t\":\"s\",\"criteria\":[{\"id\":\"1.1\",\"v\":2}]}]}", "sections 1/1.1;",
      "{\"sections\":[{\"id\":\"1\",\"t\":\"m\",\"criteria\":[{\"id\":\"1.1\",\"v\":1}]}]}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *merged = merge (cases[i].base, cases[i].mine, cases[i].theirs, cases[i].asked);

      assert_json (merged, cases[i].merged);
    }
}

/* Without it nobody knows who took what away: both are shown, and nothing written goes by itself. */
static void
test_unknown (void)
{
  g_autoptr (GPtrArray) fields = side_conflict_list_fields ("{\"a\":1}", "{\"b\":1}", NULL);
  g_autoptr (GPtrArray) asked = list_asked (fields);
  g_autofree char *merged = side_conflict_merge ("{\"a\":1}", "{\"b\":1}", fields);

  g_assert_cmpuint (asked->len, ==, 2);
  assert_json (merged, "{\"a\":1,\"b\":1}");
}

static SidePlan *
make_plan (void)
{
  SidePlan *plan = side_plan_new ("11111111-1111-4111-8111-111111111111", "shop", "November");

  plan->script = g_strdup ("22222222-2222-4222-8222-222222222222");
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *call = g_strdup_printf ("leg-%d", i);

      side_plan_add_item (plan, call, "", i, i <= 3);
    }
  side_plan_add_reviewer (plan, "anna", 1);
  side_plan_add_reviewer (plan, "tom", 1);
  side_plan_deal (plan, 1000);
  return plan;
}

static SidePlan *
merge_plans (const SidePlan *base,
             const SidePlan *mine,
             const SidePlan *theirs,
             const char     *asked)
{
  g_autofree char *before = side_wire_plan_to_json (base);
  g_autofree char *here = side_wire_plan_to_json (mine);
  g_autofree char *there = side_wire_plan_to_json (theirs);
  g_autofree char *merged = merge (before, here, there, asked);
  g_autoptr (GError) error = NULL;
  SidePlan *plan = side_wire_plan_from_json (merged, -1, &error);

  g_assert_no_error (error);
  return plan;
}

static void
assert_task (const SidePlan *plan,
             const char     *call,
             const char     *reviewer)
{
  guint n = 0;

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];

      if (!g_str_equal (task->call, call))
        continue;
      g_assert_cmpstr (task->reviewer, ==, reviewer);
      n++;
    }
  g_assert_cmpuint (n, ==, reviewer != NULL ? 1 : 0);
}

/* One replaces a call, the other hands two over and closes the plan: nobody is asked. */
static void
test_plan (void)
{
  g_autoptr (SidePlan) base = make_plan ();
  g_autoptr (SidePlan) mine = side_plan_copy (base);
  g_autoptr (SidePlan) theirs = side_plan_copy (base);
  g_autoptr (SidePlan) merged = NULL;

  g_assert_true (side_plan_replace (mine, "leg-1", "no sound"));
  g_assert_cmpuint (side_plan_reassign (theirs, "leg-2", "tom", "anna"), ==, 1);
  g_assert_cmpuint (side_plan_reassign (theirs, "leg-3", "anna", "tom"), ==, 1);
  theirs->closed_ms = 5000;
  merged = merge_plans (base, mine, theirs, "");
  g_assert_cmpint (merged->closed_ms, ==, 5000);
  g_assert_cmpuint (merged->tasks->len, ==, 3);
  assert_task (merged, "leg-1", NULL);
  assert_task (merged, "leg-2", "anna");
  assert_task (merged, "leg-3", "tom");
  assert_task (merged, "leg-4", "anna");
  g_assert_cmpstr (side_plan_find_item (merged, "leg-1")->replaced_by, ==, "leg-4");
}

/* Both give one call away: it goes to one of them, not to both. */
static void
test_plan_reviewer (void)
{
  g_autoptr (SidePlan) base = make_plan ();
  g_autoptr (SidePlan) mine = NULL, theirs = NULL, merged = NULL;

  side_plan_add_reviewer (base, "rita", 1);
  mine = side_plan_copy (base);
  theirs = side_plan_copy (base);
  side_plan_reassign (mine, "leg-1", "anna", "rita");
  side_plan_reassign (theirs, "leg-1", "anna", "tom");
  merged = merge_plans (base, mine, theirs, "tasks leg-1 · random;");
  assert_task (merged, "leg-1", "rita");
  g_assert_cmpuint (merged->tasks->len, ==, 3);
}

/* One answers, the other answers something else and writes a comment. */
static void
test_review (void)
{
  g_autoptr (SideReview) base = side_review_new ("33333333-3333-4333-8333-333333333333", "shop", "leg-1", "22222222-2222-4222-8222-222222222222", 1);
  g_autoptr (SideReview) mine = NULL, theirs = NULL, merged = NULL;
  g_autofree char *before = NULL, *here = NULL, *there = NULL, *both = NULL;

  side_review_claim (base, "anna", 1000);
  side_review_set_answer (base, "1.1", 0, 1000, -1);
  side_review_set_answer (base, "1.2", 0, 1000, -1);
  mine = side_review_copy (base);
  theirs = side_review_copy (base);
  side_review_set_answer (mine, "1.1", 1, 2000, -1);
  side_review_set_answer (theirs, "1.2", 1, 3000, -1);
  theirs->comment = g_strdup ("Well done");
  before = side_wire_review_to_json (base);
  here = side_wire_review_to_json (mine);
  there = side_wire_review_to_json (theirs);
  both = merge (before, here, there, "");
  merged = side_wire_review_from_json (both, -1, NULL);
  g_assert_cmpfloat (side_review_get_answer (merged, "1.1"), ==, 1);
  g_assert_cmpfloat (side_review_get_answer (merged, "1.2"), ==, 1);
  g_assert_cmpstr (merged->comment, ==, "Well done");
}

/* Two who answered the same at different times are not asked which of the two. */
static void
test_same_answer (void)
{
  const char *base = "{\"answers\":[]}";
  const char *mine = "{\"answers\":[{\"criterion\":\"a\",\"value\":1,\"given_ms\":10},{\"criterion\":\"b\",\"value\":1,\"given_ms\":10}]}";
  const char *theirs = "{\"answers\":[{\"criterion\":\"a\",\"value\":1,\"given_ms\":20},{\"criterion\":\"b\",\"value\":0,\"given_ms\":20}]}";
  g_autofree char *merged = merge (base, mine, theirs, "answers b;");

  assert_json (merged, "{\"answers\":[{\"criterion\":\"a\",\"value\":1,\"given_ms\":20},{\"criterion\":\"b\",\"value\":1,\"given_ms\":10}]}");
}

/* A scorecard bears the name of who puts it together, and goes on with the newer
 * form; nobody is asked about either. */
static void
test_scorecard (void)
{
  const char *base = "{\"author\":\"anna\",\"script_version\":1,\"comment\":\"a\",\"answers\":[]}";
  const char *mine = "{\"author\":\"anna\",\"script_version\":2,\"comment\":\"a\",\"answers\":[{\"criterion\":\"a\",\"value\":1}]}";
  const char *theirs = "{\"author\":\"boris\",\"script_version\":1,\"comment\":\"b\",\"answers\":[{\"criterion\":\"b\",\"value\":0}]}";
  g_autoptr (GPtrArray) fields = side_conflict_scorecard_list_fields (mine, theirs, base);
  g_autoptr (GPtrArray) asked = list_asked (fields);
  g_autofree char *merged = side_conflict_scorecard_merge (mine, theirs, fields);

  g_assert_cmpuint (asked->len, ==, 0);
  assert_json (merged, "{\"author\":\"anna\",\"script_version\":2,\"comment\":\"b\",\"answers\":[{\"criterion\":\"b\",\"value\":0},"
                       "{\"criterion\":\"a\",\"value\":1}]}");
  for (guint i = 0; i < fields->len; i++)
    ((SideConflictField *) fields->pdata[i])->take_mine = FALSE;
  g_assert_null (side_conflict_scorecard_merge (mine, theirs, fields));
}

/* A test call that was marked on two computers has the notes of both. */
static void
test_notes (void)
{
#define NOTE(id, more) "{\"id\":\"" id "\"," more "}"
#define ONE   NOTE ("1", "\"at_ms\":1000,\"text\":\"bored\"")
#define MOVED NOTE ("1", "\"at_ms\":1500,\"to_ms\":4000,\"tag\":\"payment\",\"text\":\"bored\"")
#define OTHER NOTE ("1", "\"at_ms\":1000,\"text\":\"very bored\"")
#define TWO   NOTE ("2", "\"at_ms\":1000,\"text\":\"\",\"tag\":\"greeting\"")
#define THREE NOTE ("3", "\"at_ms\":9000,\"text\":\"loud\"")
#define CALL(notes) "{\"notes\":[" notes "],\"facts\":[]}"
  g_autofree char *both = merge (CALL (ONE), CALL (ONE "," TWO), CALL (MOVED "," THREE), "");
  g_autofree char *gone = merge (CALL (ONE "," TWO), CALL (TWO), CALL (ONE "," TWO "," THREE), "");
  g_autofree char *asked = merge (CALL (ONE), CALL (OTHER), CALL (MOVED), "notes 1;");
  /* Older programs gave them no ids. */
  g_autofree char *older = merge (CALL ("{\"at_ms\":5,\"text\":\"a\"}"), CALL ("{\"at_ms\":5,\"text\":\"a\"}," TWO),
                                  CALL ("{\"at_ms\":5,\"text\":\"b\"}"), "");
  g_autofree char *facts = merge ("{\"facts\":[]}", "{\"facts\":[{\"fact\":\"f\",\"state\":\"right\"}]}",
                                  "{\"facts\":[{\"fact\":\"g\",\"state\":\"wrong\"}]}", "");

  assert_json (both, CALL (MOVED "," THREE "," TWO));
  assert_json (gone, CALL (TWO "," THREE));
  assert_json (asked, CALL (OTHER));
  assert_json (older, CALL ("{\"at_ms\":5,\"text\":\"b\"}," TWO));
  assert_json (facts, "{\"facts\":[{\"fact\":\"g\",\"state\":\"wrong\"},{\"fact\":\"f\",\"state\":\"right\"}]}");
#undef CALL
#undef THREE
#undef TWO
#undef OTHER
#undef MOVED
#undef ONE
#undef NOTE
}

/* Both began the discussion of a calibration: it began when the first did, and nobody is asked. */
static void
test_begun (void)
{
  g_autofree char *both = merge ("{\"state\":\"open\"}", "{\"state\":\"discussed\",\"discussed_ms\":30}",
                                 "{\"state\":\"discussed\",\"discussed_ms\":20}", "");
  g_autofree char *ours = merge ("{\"state\":\"open\"}", "{\"state\":\"discussed\",\"discussed_ms\":30}", "{\"state\":\"open\",\"title\":\"x\"}", "");

  assert_json (both, "{\"state\":\"discussed\",\"discussed_ms\":20}");
  assert_json (ours, "{\"state\":\"discussed\",\"discussed_ms\":30,\"title\":\"x\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conflict-merge/fields", test_fields);
  g_test_add_func ("/conflict-merge/chosen", test_chosen);
  g_test_add_func ("/conflict-merge/one-side", test_one_side);
  g_test_add_func ("/conflict-merge/draft", test_draft);
  g_test_add_func ("/conflict-merge/consensus", test_consensus);
  g_test_add_func ("/conflict-merge/sides", test_sides);
  g_test_add_func ("/conflict-merge/unknown", test_unknown);
  g_test_add_func ("/conflict-merge/plan", test_plan);
  g_test_add_func ("/conflict-merge/plan-reviewer", test_plan_reviewer);
  g_test_add_func ("/conflict-merge/review", test_review);
  g_test_add_func ("/conflict-merge/same-answer", test_same_answer);
  g_test_add_func ("/conflict-merge/scorecard", test_scorecard);
  g_test_add_func ("/conflict-merge/notes", test_notes);
  g_test_add_func ("/conflict-merge/begun", test_begun);
  return g_test_run ();
}
