/* test-plan.c - sampling plans: drawn, kept, shared out, replaced
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "side-error.h"
#include "side-pack.h"
#include "side-plan-draw.h"
#include "side-plan-rule.h"
#include "side-sample-size.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

#define PLAN   "11111111-1111-4111-8111-111111111111"
#define SCRIPT "22222222-2222-4222-8222-222222222222"
#define NOW_MS G_GINT64_CONSTANT (1790000000000)
#define DAY_MS G_GINT64_CONSTANT (86400000)

/* @n calls of three operators, one an hour. */
static GPtrArray *
make_calls (guint n)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("leg-%u", i);
      g_autofree char *who = g_strdup_printf ("op-%u", i % 3);
      SideCall *call = side_call_new (id);

      call->operator_id = g_intern_string (who);
      call->queue = g_intern_string (i % 2 == 0 ? "orders" : "returns");
      call->joined_ms = NOW_MS + i * SIDE_HOUR_MS;
      g_ptr_array_add (calls, call);
    }
  return calls;
}

static SidePlan *
make_plan (int         size,
           const char *seed)
{
  SidePlan *plan = side_plan_new (PLAN, "tea", "November");

  plan->script = g_strdup (SCRIPT);
  plan->seed = g_strdup (seed);
  plan->size = size;
  plan->strata = SIDE_PLAN_BY_OPERATOR;
  side_plan_add_reviewer (plan, "anna", 2);
  side_plan_add_reviewer (plan, "boris", 1);
  return plan;
}

static guint
count_tasks (const SidePlan *plan,
             const char     *reviewer,
             SideSelection   selection)
{
  guint n = 0;

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];

      n += (reviewer == NULL || g_str_equal (task->reviewer, reviewer)) && task->selection == selection;
    }
  return n;
}

/* Ids as they are given by lot: nothing in them repeats. */
static GPtrArray *
make_crowd (guint n)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = side_id_new ();

      g_ptr_array_add (calls, side_call_new (id));
    }
  return calls;
}

static void
assert_check (const SidePlan *plan,
              GPtrArray      *calls,
              SidePlanCheck   check,
              guint           late,
              guint           gone,
              guint           moved)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (SidePlanReport) report = side_plan_check (plan, calls, zone);

  g_assert_cmpint (report->check, ==, check);
  g_assert_cmpuint (report->late->len, ==, late);
  g_assert_cmpuint (report->gone->len, ==, gone);
  g_assert_cmpuint (report->moved->len, ==, moved);
}

/* A call that was over for days when somebody drew was not late: it was left out. */
static void
test_left_out (void)
{
  const gint64 day = 24 * 3600 * 1000;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90), more = make_calls (93);
  g_autoptr (SidePlan) plan = make_plan (12, "2026-11");
  g_autoptr (SidePlanReport) report = NULL, partial = NULL;

  plan->created_ms = G_GINT64_CONSTANT (1795000000000);
  side_plan_draw (plan, calls, zone);
  ((SideCall *) more->pdata[90])->ended_ms = plan->created_ms - 2 * day;
  ((SideCall *) more->pdata[91])->ended_ms = plan->created_ms - day / 2;
  ((SideCall *) more->pdata[92])->ended_ms = 0;
  report = side_plan_check (plan, more, zone);
  g_assert_cmpint (report->check, ==, SIDE_PLAN_CHECK_SAME);
  g_assert_cmpstr (report->left_out->pdata[0], ==, ((SideCall *) more->pdata[90])->id);
  g_assert_cmpuint (report->late->len, ==, 2);
  plan->frame_partial = TRUE;      /* it says itself that not all were there */
  partial = side_plan_check (plan, more, zone);
  g_assert_cmpuint (partial->late->len, ==, 3);
}

static void
test_draw (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90), turned = make_calls (90), fewer = make_calls (89), more = make_calls (92);
  g_autoptr (SidePlan) plan = make_plan (12, "2026-11"), other = make_plan (12, "2026-12");

  side_plan_draw (plan, calls, zone);
  g_assert_cmpint (plan->frame_calls, ==, 90);
  g_assert_cmpuint (strlen (plan->frame_sha256), ==, 64);
  g_assert_cmpuint (plan->items->len, ==, 24);   /* and as many to stand in */
  for (guint i = 0; i < 24; i++)
    g_assert_cmpint (((SidePlanItem *) plan->items->pdata[i])->drawn, ==, i < 12);

  for (guint i = 0; i < 45; i++)
    {
      gpointer first = turned->pdata[i];

      turned->pdata[i] = turned->pdata[89 - i];
      turned->pdata[89 - i] = first;
    }
  assert_check (plan, turned, SIDE_PLAN_CHECK_SAME, 0, 0, 0);
  /* From the kept list it is the same draw, whatever became of the calls. */
  assert_check (plan, fewer, SIDE_PLAN_CHECK_SAME, 0, 1, 0);
  assert_check (plan, more, SIDE_PLAN_CHECK_SAME, 2, 0, 0);
  side_plan_draw (other, calls, zone);
  g_assert_cmpstr (((SidePlanItem *) other->items->pdata[0])->call, !=, ((SidePlanItem *) plan->items->pdata[0])->call);
  g_assert_cmpstr (other->frame_sha256, ==, plan->frame_sha256);

  /* Whoever puts another call into the list is found out. */
  g_free (((SidePlanItem *) plan->items->pdata[3])->call);
  ((SidePlanItem *) plan->items->pdata[3])->call = g_strdup ("leg-77");
  assert_check (plan, calls, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 0, 0);
  assert_check (plan, fewer, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 1, 0);
}

static guint
count_items (const SidePlan *plan,
             const char     *stratum,
             gboolean        drawn)
{
  guint n = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const SidePlanItem *item = plan->items->pdata[i];

      n += item->drawn == drawn && (stratum == NULL || g_str_equal (item->stratum, stratum));
    }
  return n;
}

/* A plan says what its strata had their shares by, and is checked by that: one of
 * before has no word for it. What it was is not changed afterwards. */
static void
test_former_draw (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90);
  g_autoptr (SidePlan) plan = make_plan (7, "s"), former = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  plan->strata = SIDE_PLAN_BY_OPERATOR | SIDE_PLAN_BY_HOUR;
  plan->author = g_strdup ("vera");
  side_plan_draw (plan, calls, zone);
  json = side_wire_plan_to_json (plan);
  g_assert_nonnull (strstr (json, "\"shares\":\"systematic\""));
  assert_check (plan, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);
  former = side_plan_copy (plan);
  former->shares = SIDE_PLAN_SHARES_REMAINDERS;
  assert_check (former, calls, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 0, 0);
  g_assert_false (side_plan_may_follow (former, plan, "vera", TRUE, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
}

/* The list of a plan of before, as it was drawn then: one each of three calls of two strata,
 * none of the third; as many to stand in. Sorted with another program's SHA-256. */
static void
test_former_list (void)
{
  static const char *const lines = "leg-0\ta\nleg-1\ta\nleg-2\ta\nleg-3\tb\nleg-4\tb\nleg-5\tb\nleg-6\tc\n";
  g_autoptr (SidePlan) plan = make_plan (2, "s");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  plan->frame = side_pack (lines);
  plan->frame_calls = 7;
  plan->frame_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines, -1);
  side_plan_add_item (plan, "leg-1", "a", 1, TRUE);
  side_plan_add_item (plan, "leg-4", "b", 1, TRUE);
  side_plan_add_item (plan, "leg-2", "a", 2, FALSE);
  side_plan_add_item (plan, "leg-5", "b", 2, FALSE);
  assert_check (plan, none, SIDE_PLAN_CHECK_SAME, 0, 7, 0);
}

/* In the smallest stratum more than one call can turn out to be nothing to review. */
static void
test_stand_ins (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90), crowd = make_calls (3000);
  g_autoptr (SidePlan) plan = make_plan (3, "s"), large = make_plan (SIDE_PLAN_MAX_SIZE, "s");
  g_autofree char *call = NULL;

  side_plan_draw (plan, calls, zone);
  side_plan_deal (plan, NOW_MS);
  call = g_strdup (((SidePlanTask *) plan->tasks->pdata[0])->call);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (side_plan_replace (plan, call, "no sound"));
      g_free (call);
      call = g_strdup (((SidePlanTask *) plan->tasks->pdata[0])->call);
    }
  assert_check (plan, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);

  /* No more than a plan holds, and of every stratum. */
  large->strata = SIDE_PLAN_BY_OPERATOR | SIDE_PLAN_BY_HOUR;
  side_plan_draw (large, crowd, zone);
  g_assert_cmpuint (count_items (large, NULL, TRUE), ==, SIDE_PLAN_MAX_SIZE);
  g_assert_cmpuint (large->items->len, ==, SIDE_PLAN_MAX_ITEMS);
  for (guint i = 0; i < large->items->len; i++)
    g_assert_cmpuint (count_items (large, ((SidePlanItem *) large->items->pdata[i])->stratum, FALSE), >, 3);
}

/* A list that was changed afterwards is no proof, and where none was kept the calls must be the same. */
static void
test_kept_frame (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90), fewer = make_calls (89), crowd = make_crowd (40000);
  g_autoptr (SidePlan) plan = make_plan (12, "s"), large = make_plan (12, "s");
  g_autofree char *json = NULL, *text = NULL;
  g_autoptr (SidePlan) read = NULL;
  g_autoptr (GError) error = NULL;

  plan->strata = SIDE_PLAN_BY_OPERATOR;
  side_plan_draw (plan, calls, zone);
  ((SideCall *) fewer->pdata[5])->operator_id = "somebody";
  assert_check (plan, fewer, SIDE_PLAN_CHECK_SAME, 0, 1, 1);
  json = side_wire_plan_to_json (plan);
  read = side_wire_plan_from_json (json, -1, &error);
  g_assert_no_error (error);
  assert_check (read, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);
  g_free (read->frame);
  read->frame = side_pack ("leg-1\t\n");
  assert_check (read, calls, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 0, 0);
  g_free (read->frame);
  read->frame = g_strdup ("no list");
  assert_check (read, calls, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 0, 0);
  g_clear_pointer (&read->frame, g_free);
  assert_check (read, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);
  assert_check (read, fewer, SIDE_PLAN_CHECK_OTHER_CALLS, 0, 0, 0);

  /* Too many to be kept: nothing is kept by halves. */
  side_plan_draw (large, crowd, zone);
  g_assert_null (large->frame);
  g_assert_cmpint (large->frame_calls, ==, 40000);
  text = side_unpack (plan->frame, 100, &error);
  g_assert_null (text);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
}

static void
test_strata (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Moscow");
  g_autoptr (SideCall) call = side_call_new ("a");
  g_autofree char *all = NULL, *none = NULL;

  call->operator_id = "op-1";
  call->joined_ms = side_time_from_iso ("2026-11-01T22:30:00Z", NULL, NULL);
  all = side_plan_stratum_of (SIDE_PLAN_BY_OPERATOR | SIDE_PLAN_BY_QUEUE | SIDE_PLAN_BY_HOUR, call, zone);
  none = side_plan_stratum_of (0, call, zone);
  g_assert_cmpstr (all, ==, "op-1 ·  · 01");
  g_assert_cmpstr (none, ==, "");
}

/* Everybody's steadiness is measured, and not that of whoever has every fourth turn. */
static void
test_deal_repeats (void)
{
  static const char *const names[] = { "anna", "boris", "vera" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90);
  g_autoptr (SidePlan) plan = make_plan (12, "s");

  g_ptr_array_set_size (plan->reviewers, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    side_plan_add_reviewer (plan, names[i], 1);
  side_plan_draw (plan, calls, zone);
  plan->repeat_every = 4;
  side_plan_deal (plan, NOW_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (count_tasks (plan, names[i], SIDE_SELECTION_REPEAT), ==, 1);
}

static void
test_deal (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (90);
  g_autoptr (SidePlan) plan = make_plan (30, "s"), alone = make_plan (30, "s");

  side_plan_draw (plan, calls, zone);
  plan->second_every = 5;
  plan->repeat_every = 10;
  plan->due_ms = NOW_MS + 4 * DAY_MS;
  side_plan_deal (plan, NOW_MS);
  g_assert_cmpuint (count_tasks (plan, NULL, SIDE_SELECTION_RANDOM), ==, 30);
  g_assert_cmpuint (count_tasks (plan, NULL, SIDE_SELECTION_SECOND), ==, 6);
  g_assert_cmpuint (count_tasks (plan, NULL, SIDE_SELECTION_REPEAT), ==, 3);
  {
    guint anna = count_tasks (plan, "anna", SIDE_SELECTION_RANDOM) + count_tasks (plan, "anna", SIDE_SELECTION_SECOND)
                 + count_tasks (plan, "anna", SIDE_SELECTION_REPEAT);

    g_assert_cmpuint (anna, >=, 25);   /* of 39, two parts of three */
    g_assert_cmpuint (anna, <=, 27);
  }
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i], *before = i > 0 ? plan->tasks->pdata[i - 1] : NULL;

      if (task->selection == SIDE_SELECTION_SECOND)
        g_assert_cmpstr (task->reviewer, !=, before->reviewer);
      if (task->selection == SIDE_SELECTION_REPEAT)
        {
          g_assert_cmpstr (task->reviewer, ==, before->reviewer);
          g_assert_cmpstr (task->call, ==, before->call);
          g_assert_cmpint (task->from_ms, ==, NOW_MS + 2 * DAY_MS);
        }
    }

  g_ptr_array_remove_index (alone->reviewers, 1);
  side_plan_draw (alone, calls, zone);
  alone->second_every = 1;
  side_plan_deal (alone, NOW_MS);
  g_assert_cmpuint (alone->tasks->len, ==, 30);
}

static void
test_replace (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (30);
  g_autoptr (SidePlan) plan = make_plan (3, "s");
  g_autofree char *gone = NULL, *stratum = NULL, *next = NULL;

  side_plan_draw (plan, calls, zone);
  side_plan_deal (plan, NOW_MS);
  gone = g_strdup (((SidePlanItem *) plan->items->pdata[1])->call);
  stratum = g_strdup (((SidePlanItem *) plan->items->pdata[1])->stratum);
  next = g_strdup (side_plan_find_stand_in (plan, gone)->call);
  g_assert_cmpstr (side_plan_find_item (plan, next)->stratum, ==, stratum);
  g_assert_true (side_plan_replace (plan, gone, "no recording"));
  g_assert_false (side_plan_replace (plan, gone, "again"));
  g_assert_cmpstr (((SidePlanTask *) plan->tasks->pdata[1])->call, ==, next);
  assert_check (plan, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);

  /* Nobody is left to stand in: then the plan is a call shorter. */
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (side_plan_replace (plan, next, "wrong number"));
      g_free (next);
      next = g_strdup (((SidePlanTask *) plan->tasks->pdata[1])->call);
    }
  g_assert_false (side_plan_replace (plan, next, "wrong number"));
  g_assert_true (side_plan_drop (plan, next, "wrong number"));
  g_assert_cmpuint (plan->tasks->len, ==, 2);
  assert_check (plan, calls, SIDE_PLAN_CHECK_SAME, 0, 0, 0);

  /* A stand-in of another stratum was never next. */
  g_free (side_plan_find_item (plan, gone)->replaced_by);
  for (guint i = 3; i < plan->items->len; i++)
    if (!g_str_equal (((SidePlanItem *) plan->items->pdata[i])->stratum, stratum))
      side_plan_find_item (plan, gone)->replaced_by = ((SidePlanItem *) plan->items->pdata[i])->call;
  assert_check (plan, calls, SIDE_PLAN_CHECK_OTHER_DRAW, 0, 0, 0);
  side_plan_find_item (plan, gone)->replaced_by = NULL;
}

static SideReview *
make_review (const SidePlan     *plan,
             const SidePlanTask *task,
             gint64              finished_ms)
{
  g_autofree char *id = side_id_new ();
  SideReview *review = side_review_new (id, "tea", task->call, SCRIPT, 1);

  review->plan = g_strdup (plan->id);
  review->selection = task->selection;
  review->reviewer = g_strdup (task->reviewer);
  review->finished_ms = finished_ms;
  return review;
}

static void
test_tasks (void)
{
  g_autoptr (SidePlan) plan = make_plan (1, "s");
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  SidePlanTask *first = side_plan_add_task (plan, "leg-1", "anna", SIDE_SELECTION_RANDOM);
  SidePlanTask *repeat = side_plan_add_task (plan, "leg-1", "anna", SIDE_SELECTION_REPEAT);

  repeat->from_ms = NOW_MS;
  g_assert_true (side_plan_is_task_open (plan, first, reviews, NOW_MS));
  g_assert_false (side_plan_is_task_open (plan, repeat, reviews, NOW_MS));
  g_ptr_array_add (reviews, make_review (plan, first, 0));
  g_assert_true (side_plan_is_task_open (plan, first, reviews, NOW_MS));
  g_assert_true (side_plan_find_review (plan, first, reviews) == reviews->pdata[0]);
  g_assert_null (side_plan_find_review (plan, repeat, reviews));
  ((SideReview *) reviews->pdata[0])->finished_ms = NOW_MS;
  g_assert_false (side_plan_is_task_open (plan, first, reviews, NOW_MS));
  g_assert_true (side_plan_is_task_open (plan, repeat, reviews, NOW_MS));
  g_assert_false (side_plan_is_task_open (plan, repeat, reviews, NOW_MS - 1));
  g_assert_cmpuint (side_plan_reassign (plan, "leg-1", "anna", "boris"), ==, 1);
  g_assert_cmpuint (plan->tasks->len, ==, 1);   /* a repeat is worth nothing with somebody else */
  g_assert_cmpuint (side_plan_reassign (plan, "leg-1", "anna", "boris"), ==, 0);
  plan->closed_ms = NOW_MS;
  g_ptr_array_set_size (reviews, 0);
  g_assert_false (side_plan_is_task_open (plan, plan->tasks->pdata[0], reviews, NOW_MS));
}

/* Three drawn, @reserve to stand in; one of the drawn ones goes to a second reviewer. */
static SidePlan *
make_dealt (int reserve)
{
  SidePlan *plan = make_plan (3, "s");

  for (int i = 1; i <= 3 + reserve; i++)
    {
      g_autofree char *call = g_strdup_printf ("leg-%d", i);

      side_plan_add_item (plan, call, "", i, i <= 3);
    }
  plan->second_every = 3;
  side_plan_deal (plan, NOW_MS);
  return plan;
}

static void
assert_in_order (const SidePlan *plan)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      const SidePlanItem *item = side_plan_find_item (plan, task->call);

      g_assert_nonnull (item);
      g_assert_null (item->reason);
      for (guint k = 0; k < i; k++)
        {
          const SidePlanTask *other = plan->tasks->pdata[k];

          g_assert_false (g_str_equal (other->call, task->call)
                          && (other->selection == task->selection || g_str_equal (other->reviewer, task->reviewer)));
        }
    }
}

static SidePlanTask *
find_task (const SidePlan *plan,
           const char     *call,
           SideSelection   selection)
{
  for (guint i = 0; i < plan->tasks->len; i++)
    {
      SidePlanTask *task = plan->tasks->pdata[i];

      if (g_str_equal (task->call, call) && task->selection == selection)
        return task;
    }
  return NULL;
}

/* Two people replace two calls apart; the same one stands in for both, and what
 * was put together has tasks for it alone. */
static void
test_settle_stand_ins (void)
{
  for (int reserve = 1; reserve <= 2; reserve++)
    {
      g_autoptr (SidePlan) base = make_dealt (reserve);
      g_autoptr (SidePlan) mine = side_plan_copy (base), theirs = side_plan_copy (base);
      g_autoptr (SidePlan) both = NULL;
      const SidePlan *versions[] = { mine, theirs, base };

      g_assert_true (side_plan_replace (mine, "leg-1", "no sound"));
      g_assert_true (side_plan_replace (theirs, "leg-2", "a robot"));
      both = side_plan_copy (mine);
      g_clear_pointer (&side_plan_find_item (both, "leg-2")->reason, g_free);
      side_plan_find_item (both, "leg-2")->reason = g_strdup ("a robot");
      side_plan_find_item (both, "leg-2")->replaced_by = g_strdup ("leg-4");
      g_ptr_array_remove (both->tasks, find_task (both, "leg-2", SIDE_SELECTION_RANDOM));
      side_plan_settle (both, versions, 3);
      assert_in_order (both);
      g_assert_nonnull (find_task (both, "leg-4", SIDE_SELECTION_RANDOM));
      g_assert_cmpstr (side_plan_find_item (both, "leg-2")->replaced_by, ==, reserve == 2 ? "leg-5" : NULL);
      g_assert_cmpuint (both->tasks->len, ==, reserve == 2 ? base->tasks->len : base->tasks->len - 1);
      if (reserve == 2)
        g_assert_cmpstr (find_task (both, "leg-5", SIDE_SELECTION_RANDOM)->reviewer, ==,
                         find_task (base, "leg-2", SIDE_SELECTION_RANDOM)->reviewer);
    }
}

/* A task of a replaced call goes on to the one that stands in, with who has it by now. */
static void
test_settle_moved (void)
{
  g_autoptr (SidePlan) plan = make_dealt (1);
  g_autoptr (SidePlan) same = side_plan_copy (plan);
  g_autofree char *before = side_wire_plan_to_json (plan);
  g_autofree char *after = NULL;
  SidePlanTask *task;

  /* What is in order stays as it is. */
  side_plan_settle (same, NULL, 0);
  after = side_wire_plan_to_json (same);
  g_assert_cmpstr (after, ==, before);

  g_assert_true (side_plan_replace (plan, "leg-1", "no sound"));
  side_plan_add_reviewer (plan, "rita", 1);
  side_plan_add_task (plan, "leg-1", "rita", SIDE_SELECTION_RANDOM);
  side_plan_add_task (plan, "leg-9", "rita", SIDE_SELECTION_RANDOM);   /* of no call of the plan */
  side_plan_settle (plan, NULL, 0);
  assert_in_order (plan);
  g_assert_cmpuint (plan->tasks->len, ==, 4);
  g_assert_cmpstr (find_task (plan, "leg-4", SIDE_SELECTION_RANDOM)->reviewer, ==, "rita");

  /* Given to one of its two reviewers by each of two people: the second one is another. */
  task = find_task (plan, "leg-3", SIDE_SELECTION_SECOND);
  g_free (task->reviewer);
  task->reviewer = g_strdup (find_task (plan, "leg-3", SIDE_SELECTION_RANDOM)->reviewer);
  side_plan_settle (plan, NULL, 0);
  assert_in_order (plan);
  g_assert_cmpuint (plan->tasks->len, ==, 4);
}

static void
test_wire (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = make_calls (30);
  g_autoptr (SidePlan) plan = make_plan (6, "s"), back = NULL, copy = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *again = NULL, *copied = NULL;

  plan->filters = g_strdup ("[view]\nqueue=orders\n");
  plan->from_ms = NOW_MS;
  plan->to_ms = NOW_MS + DAY_MS;
  plan->author = g_strdup ("vera");
  plan->script_version = 3;
  plan->second_every = 3;
  plan->repeat_every = 4;
  plan->created_ms = plan->changed_ms = NOW_MS;
  plan->closed_ms = NOW_MS + 1;
  side_plan_draw (plan, calls, zone);
  side_plan_deal (plan, NOW_MS);
  g_assert_true (side_plan_replace (plan, ((SidePlanItem *) plan->items->pdata[0])->call, "no recording"));
  ((SidePlanItem *) plan->items->pdata[1])->rule = SIDE_PLAN_RULE_COMPLAINT;
  copy = side_plan_copy (plan);
  text = side_wire_plan_to_json (plan);
  copied = side_wire_plan_to_json (copy);
  g_assert_cmpstr (copied, ==, text);
  back = side_wire_plan_from_json (text, -1, &error);
  g_assert_no_error (error);
  again = side_wire_plan_to_json (back);
  g_assert_cmpstr (again, ==, text);
  document = side_wire_document_for_plan (plan);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
}

/* What estimates and what does not are never in one plan. */
static void
test_unmixed (void)
{
  static const char *const bad[] = {
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"script\":\"" SCRIPT "\",\"selected\":\"random\",\"items\":[],"
    "\"tasks\":[{\"call\":\"a\",\"reviewer\":\"anna\",\"selection\":\"chosen\"}]}",
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"script\":\"" SCRIPT "\",\"selected\":\"chosen\",\"items\":[],"
    "\"tasks\":[{\"call\":\"a\",\"reviewer\":\"anna\",\"selection\":\"random\"}]}",
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"script\":\"" SCRIPT "\",\"selected\":\"both\",\"items\":[],\"tasks\":[]}",
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"script\":\"" SCRIPT "\",\"items\":[],\"tasks\":[]}",
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"selected\":\"chosen\",\"items\":[],\"tasks\":[]}",
    "{\"id\":\"" PLAN "\",\"project\":\"tea\",\"script\":\"" SCRIPT "\",\"selected\":\"chosen\",\"strata\":[\"moon\"],\"items\":[],\"tasks\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_plan_from_json (bad[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static void
test_size (void)
{
  SideSampleSize size;
  SideInterval interval = side_sample_size_interval (84, 16, 12, 0);

  g_assert_cmpuint (side_stats_sample_size (0.05, 0.5, 1000), ==, 278);
  g_assert_cmpfloat_with_epsilon (interval.low, 71.1, 0.05);
  g_assert_cmpfloat_with_epsilon (interval.high, 91.8, 0.05);
  side_sample_size_describe (278, 1000, 84, 16, &size);
  g_assert_cmpfloat_with_epsilon (size.margin, 0.05, 0.0003);
  side_sample_size_describe (10, 0, 84, 16, &size);
  g_assert_cmpfloat_with_epsilon (size.unseen, 0.259, 0.0005);
  side_sample_size_describe (60, 0, 84, 16, &size);
  g_assert_cmpfloat_with_epsilon (size.unseen, 0.049, 0.0005);
  side_sample_size_describe (0, 0, 84, 16, &size);
  g_assert_cmpfloat (size.interval.low, ==, 0);
  g_assert_cmpfloat (size.interval.high, ==, 100);
  g_assert_cmpfloat (size.unseen, ==, 1);
  /* All of them heard: nothing is left to be estimated. */
  side_sample_size_describe (40, 40, 84, 16, &size);
  g_assert_cmpfloat_with_epsilon (size.interval.low, 84, 1e-6);
  g_assert_cmpfloat_with_epsilon (size.interval.high, 84, 1e-6);
  g_assert_cmpfloat (size.unseen, ==, 0);
  side_sample_size_describe (12, 0, 100, 16, &size);
  g_assert_cmpfloat (size.interval.high, <=, 100);
}

static void
test_result (void)
{
  /* Mean 80, deviation 10: 67.6 to 92.4. */
  static const double scores[] = { 65.857864, 80, 80, 80, 94.142136 };
  static const double full[] = { 100, 100, 100, 100, 100 };
  SideSampleResult result;

  side_sample_result_compute (scores, 5, &result);
  g_assert_cmpfloat_with_epsilon (result.mean, 80, 1e-6);
  g_assert_cmpfloat_with_epsilon (result.interval.low, 67.6, 0.05);
  g_assert_cmpfloat_with_epsilon (result.interval.high, 92.4, 0.05);
  g_assert_cmpuint (result.full, ==, 0);
  g_assert_true (result.few);
  side_sample_result_compute (full, 5, &result);
  g_assert_cmpuint (result.full, ==, 5);
  g_assert_cmpfloat_with_epsilon (result.full_interval.low, 0.566, 0.0005);
  g_assert_cmpfloat_with_epsilon (result.interval.low, 87.6, 0.05);   /* five times 100 is not 100 for certain */
  side_sample_result_compute (full, 0, &result);
  g_assert_true (isnan (result.mean));
  g_assert_true (isnan (result.full_interval.low));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/left-out", test_left_out);
  g_test_add_func ("/plan/draw", test_draw);
  g_test_add_func ("/plan/former-draw", test_former_draw);
  g_test_add_func ("/plan/former-list", test_former_list);
  g_test_add_func ("/plan/stand-ins", test_stand_ins);
  g_test_add_func ("/plan/kept-frame", test_kept_frame);
  g_test_add_func ("/plan/strata", test_strata);
  g_test_add_func ("/plan/deal", test_deal);
  g_test_add_func ("/plan/deal-repeats", test_deal_repeats);
  g_test_add_func ("/plan/replace", test_replace);
  g_test_add_func ("/plan/tasks", test_tasks);
  g_test_add_func ("/plan/settle-stand-ins", test_settle_stand_ins);
  g_test_add_func ("/plan/settle-moved", test_settle_moved);
  g_test_add_func ("/plan/wire", test_wire);
  g_test_add_func ("/plan/unmixed", test_unmixed);
  g_test_add_func ("/plan/size", test_size);
  g_test_add_func ("/plan/result", test_result);
  return g_test_run ();
}
