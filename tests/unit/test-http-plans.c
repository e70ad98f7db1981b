/* test-http-plans.c - plans are what lots gave, and are changed by whose they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A trainer makes a plan, another reviews for it; a supervisor manages all.
 */
#include <string.h>

#include "reviews-rig.h"
#include "side-dispute-rule.h"
#include "side-plan-draw.h"
#include "side-test.h"

#define PLAN DISPUTE

/* With this seed lots fall to "a", and "b" stands in. */
static SidePlan *
make_plan_of (const char *const *calls)
{
  SidePlan *plan = side_plan_new (PLAN, "tea", "November");
  g_autoptr (GPtrArray) frame = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (gsize i = 0; calls[i] != NULL; i++)
    g_ptr_array_add (frame, side_call_new (calls[i]));
  plan->author = g_strdup ("tom");
  plan->script = g_strdup (SCRIPT);
  plan->seed = g_strdup ("clover");
  plan->size = 1;
  plan->to_ms = NOON + 3600 * 1000;
  plan->created_ms = plan->to_ms;
  side_plan_draw (plan, frame, zone);
  side_plan_add_reviewer (plan, "rita", 1);
  side_plan_deal (plan, NOON);
  return plan;
}

static SidePlan *
make_plan (void)
{
  static const char *const calls[] = { "a", "b", NULL };
  SidePlan *plan = make_plan_of (calls);

  g_assert_cmpstr (((const SidePlanItem *) plan->items->pdata[0])->call, ==, "a");
  g_assert_true (((const SidePlanItem *) plan->items->pdata[0])->drawn);
  return plan;
}

static void
try_plan (Fixture        *f,
          const char     *token,
          const SidePlan *plan,
          gint64          base,
          guint           status)
{
  rig_expect_put (f->rig, token, side_wire_document_for_plan (plan), base, status);
}

/* Who made a plan manages it, and supervisors; the draw nobody changes. */
static void
test_plan (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_plan ();
  g_autoptr (SidePlan) closed = side_plan_copy (plan);
  g_autoptr (SidePlan) seeded = side_plan_copy (plan);
  g_autoptr (SidePlan) swapped = side_plan_copy (plan);
  g_autoptr (SidePlan) slipped = side_plan_copy (plan);
  g_autoptr (SidePlan) mixed = side_plan_copy (plan);
  g_autoptr (SidePlan) replaced = side_plan_copy (plan);
  g_autoptr (SidePlan) silent = NULL;
  g_autoptr (RigAnswer) removed = NULL;
  const char *const managers[] = { f->tom, f->chief };

  closed->closed_ms = NOON;
  g_free (seeded->seed);
  seeded->seed = g_strdup ("luckier");
  ((SidePlanItem *) swapped->items->pdata[1])->drawn = TRUE;
  side_plan_add_task (slipped, "b", "rita", SIDE_SELECTION_RANDOM);
  side_plan_add_task (mixed, "a", "rita", SIDE_SELECTION_CHOSEN);
  g_assert_true (side_plan_replace (replaced, "a", "No recording"));
  try_plan (f, f->rita, plan, 0, 403);
  try_plan (f, f->tom, mixed, 0, 400);
  try_plan (f, f->tom, plan, 0, 200);
  try_plan (f, f->rita, closed, 1, 403);
  try_plan (f, f->rita, replaced, 1, 403);
  removed = rig_ask (f->rig, "DELETE", "/documents/plan/" PLAN, f->rita, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (removed->status, ==, 403);
  for (gsize i = 0; i < G_N_ELEMENTS (managers); i++)
    {
      try_plan (f, managers[i], seeded, 1, 403);
      try_plan (f, managers[i], swapped, 1, 403);
      try_plan (f, managers[i], slipped, 1, 403);
      try_plan (f, managers[i], mixed, 1, 400);
    }
  try_plan (f, f->tom, replaced, 1, 200);
  silent = side_plan_copy (replaced);
  g_clear_pointer (&((SidePlanItem *) silent->items->pdata[0])->reason, g_free);
  try_plan (f, f->tom, silent, 2, 403);
  side_plan_reassign (replaced, "b", "rita", "chief");
  replaced->closed_ms = NOON;
  try_plan (f, f->chief, replaced, 2, 200);
}

/* What says that lots were drawn holds what they gave: nobody writes it by hand. */
static void
test_plan_forged (Fixture       *f,
                  gconstpointer  data)
{
  static const char *const strange[] = { "a", "b", "nowhere", NULL }, *const foreign[] = { "a", "b", "toys1", NULL };
  g_autoptr (SidePlan) plan = make_plan ();
  g_autoptr (SidePlan) seedless = side_plan_copy (plan);
  g_autoptr (SidePlan) frameless = side_plan_copy (plan);
  g_autoptr (SidePlan) many = side_plan_copy (plan);
  g_autoptr (SidePlan) reseeded = side_plan_copy (plan);
  g_autoptr (SidePlan) swapped = side_plan_copy (plan);
  g_autoptr (SidePlan) fewer = side_plan_copy (plan);
  g_autoptr (SidePlan) earlier = side_plan_copy (plan);
  g_autoptr (SidePlan) before_it = side_plan_copy (plan);
  g_autoptr (SidePlan) timeless = side_plan_copy (plan);
  g_autoptr (SidePlan) chosen = side_plan_copy (plan);
  g_autoptr (SidePlan) unknown = make_plan_of (strange);
  g_autoptr (SidePlan) others = make_plan_of (foreign);

  g_clear_pointer (&seedless->seed, g_free);
  g_clear_pointer (&frameless->frame, g_free);
  g_clear_pointer (&many->frame, g_free);
  many->frame_calls = 20000;      /* it says; the server knows of three */
  g_free (reseeded->seed);
  reseeded->seed = g_strdup ("nettle");
  ((SidePlanItem *) swapped->items->pdata[0])->drawn = FALSE;
  ((SidePlanItem *) swapped->items->pdata[1])->drawn = TRUE;
  g_ptr_array_set_size (swapped->tasks, 0);
  side_plan_add_task (swapped, "b", "rita", SIDE_SELECTION_RANDOM);
  g_ptr_array_set_size (fewer->items, 1);
  earlier->to_ms = NOON;          /* before either call came */
  try_plan (f, f->tom, seedless, 0, 403);
  try_plan (f, f->tom, frameless, 0, 403);
  try_plan (f, f->tom, many, 0, 403);
  try_plan (f, f->tom, reseeded, 0, 403);
  try_plan (f, f->tom, swapped, 0, 403);
  try_plan (f, f->chief, swapped, 0, 403);
  try_plan (f, f->tom, fewer, 0, 403);
  before_it->created_ms = NOON - 3600 * 1000;
  timeless->created_ms = 0;
  try_plan (f, f->tom, earlier, 0, 403);
  try_plan (f, f->tom, before_it, 0, 403);
  try_plan (f, f->tom, timeless, 0, 403);
  try_plan (f, f->tom, unknown, 0, 403);
  try_plan (f, f->tom, others, 0, 403);
  /* What was chosen says so. */
  chosen->kind = SIDE_PLAN_CHOSEN;
  g_clear_pointer (&chosen->seed, g_free);
  g_clear_pointer (&chosen->frame, g_free);
  ((SidePlanTask *) chosen->tasks->pdata[0])->selection = SIDE_SELECTION_CHOSEN;
  try_plan (f, f->tom, chosen, 0, 200);
}

/* One that was stored before lots were drawn again is managed as before. */
static void
test_plan_of_before (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_plan ();

  g_clear_pointer (&plan->frame, g_free);
  rig_keep (f->rig, side_wire_document_for_plan (plan), "tom", 0);
  plan->closed_ms = NOON;
  try_plan (f, f->tom, plan, 1, 200);
}

static void
assert_removed (Fixture    *f,
                const char *token,
                const char *path,
                guint       status)
{
  g_autoptr (RigAnswer) removed = rig_ask (f->rig, "DELETE", path, token, "If-Match", "\"1\"", NULL);

  g_test_message ("DELETE %s: %u %s", path, removed->status, removed->body);
  g_assert_cmpuint (removed->status, ==, status);
}

/* A plan that reviews were made for stays. */
static void
test_plan_reviewed (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_plan ();
  g_autoptr (SideReview) made = side_review_new (REVIEW, "tea", "a", SCRIPT, 1);
  g_autoptr (SideReview) stray = side_review_new (REVIEW, "tea", "b", SCRIPT, 1);

  side_review_claim (made, "rita", NOON);
  side_review_claim (stray, "rita", NOON);
  made->selection = stray->selection = SIDE_SELECTION_RANDOM;
  made->plan = g_strdup (PLAN);
  try_plan (f, f->tom, plan, 0, 200);
  /* Only what the plan drew is random. */
  stray->plan = g_strdup (PLAN);
  rig_expect_put (f->rig, f->rita, side_wire_document_for_review (stray), 0, 403);
  g_clear_pointer (&stray->plan, g_free);
  rig_expect_put (f->rig, f->rita, side_wire_document_for_review (stray), 0, 403);
  rig_expect_put (f->rig, f->rita, side_wire_document_for_review (made), 0, 200);
  assert_removed (f, f->tom, "/documents/plan/" PLAN, 403);
  assert_removed (f, f->rita, "/documents/review/" REVIEW, 200);
  assert_removed (f, f->tom, "/documents/plan/" PLAN, 200);
}

/* What was drawn stays drawn once its result is known, and once the plan is closed. */
static void
test_plan_result (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_plan ();
  g_autoptr (SidePlan) replaced = side_plan_copy (plan);
  g_autoptr (SidePlan) closed = side_plan_copy (plan);
  g_autoptr (SideReview) made = side_review_new (REVIEW, "tea", "a", SCRIPT, 1);

  g_assert_true (side_plan_replace (replaced, "a", "Poor result"));
  closed->closed_ms = NOON;
  side_review_claim (made, "rita", NOON);
  made->selection = SIDE_SELECTION_RANDOM;
  made->plan = g_strdup (PLAN);
  side_review_set_answer (made, "price", 0, NOON, -1);
  side_review_set_answer (made, "greeting", 0, NOON, -1);
  side_review_finish (made, 1, NOON + 1000);
  try_plan (f, f->tom, plan, 0, 200);
  rig_expect_put (f->rig, f->rita, side_wire_document_for_review (made), 0, 200);
  try_plan (f, f->chief, replaced, 1, 403);
  try_plan (f, f->tom, closed, 1, 200);
  replaced->closed_ms = NOON;
  try_plan (f, f->chief, replaced, 2, 403);
}

static void
assert_replaced (Fixture    *f,
                 const char *id,
                 gboolean    replaced)
{
  g_autofree char *path = g_strdup_printf ("/documents/review/%s", id);
  g_autoptr (RigAnswer) answer = rig_get (f->rig, path, f->rita);
  g_autoptr (SideDocument) document = side_wire_document_from_json (answer->body, (gssize) answer->len, NULL);
  g_autoptr (SideReview) review = side_wire_review_from_json (document->body, -1, NULL);

  g_assert_cmpint (review->replaced, ==, replaced);
  g_assert_cmpint (side_review_get_counted (review), ==, replaced ? SIDE_SELECTION_NONE : SIDE_SELECTION_RANDOM);
}

/* A review that was under way when another call came to stand in for its own is
 * taken, and counts with the others: the draw has one result of the two. */
static void
test_plan_stand_in (Fixture       *f,
                    gconstpointer  data)
{
  static const char *const ids[] = { ID ("60"), ID ("61") }, *const calls[] = { "a", "b" };
  g_autoptr (SidePlan) plan = make_plan ();
  g_autoptr (SideReview) claimed = NULL;

  try_plan (f, f->tom, plan, 0, 200);
  g_assert_true (side_plan_replace (plan, "a", "No recording"));
  try_plan (f, f->tom, plan, 1, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (SideReview) review = side_review_new (ids[i], "tea", calls[i], SCRIPT, 1);

      side_review_claim (review, "rita", NOON);
      review->selection = SIDE_SELECTION_RANDOM;
      review->plan = g_strdup (PLAN);
      side_review_set_answer (review, "price", 0, NOON, -1);
      side_review_set_answer (review, "greeting", 0, NOON, -1);
      g_assert_cmpuint (reviews_put (f, f->rita, review, 0), ==, 200);
      assert_replaced (f, ids[i], FALSE);
      side_review_finish (review, 1, NOON + 1);
      review->replaced = i == 1;                                     /* that is not theirs to say */
      g_assert_cmpuint (reviews_put (f, f->rita, review, 1), ==, 200);
      assert_replaced (f, ids[i], i == 0);
      if (i == 0)
        claimed = side_review_copy (review);
    }
  /* Nor to take back. */
  side_review_reopen (claimed, "rita", "heard again", NOON + 2);
  side_review_finish (claimed, 1, NOON + 3);
  g_assert_cmpuint (reviews_put (f, f->rita, claimed, 2), ==, 200);
  assert_replaced (f, ids[0], TRUE);
}

/* ---- two who review a call apart ---- */

#define SECRET "Zzyzx"
/* The next of the draw stands in, and no other. */
static void
test_plan_picked (Fixture       *f,
                  gconstpointer  data)
{
  static const char *const calls[] = { "a", "b", "c", NULL };
  g_autoptr (SidePlan) plan = NULL, picked = NULL;
  SidePlanItem *next, *last;

  rig_whole_call (f->rig, "tea", "c", NOON + 300000);
  rig_settle (f->rig);
  plan = make_plan_of (calls);
  next = plan->items->pdata[1];
  last = plan->items->pdata[2];
  try_plan (f, f->tom, plan, 0, 200);
  g_assert_true (side_plan_replace (plan, ((SidePlanItem *) plan->items->pdata[0])->call, "No recording"));
  g_assert_cmpstr (((SidePlanItem *) plan->items->pdata[0])->replaced_by, ==, next->call);
  picked = side_plan_copy (plan);
  g_free (((SidePlanItem *) picked->items->pdata[0])->replaced_by);
  ((SidePlanItem *) picked->items->pdata[0])->replaced_by = g_strdup (last->call);
  for (guint i = 0; i < picked->tasks->len; i++)
    {
      SidePlanTask *task = picked->tasks->pdata[i];

      if (g_str_equal (task->call, next->call))
        {
          g_free (task->call);
          task->call = g_strdup (last->call);
        }
    }
  try_plan (f, f->tom, picked, 1, 403);
  try_plan (f, f->tom, plan, 1, 200);
}

#define FIRST  ID ("50")
#define SECOND ID ("51")

/* "a" is reviewed by tom and by rita, neither knowing of the other. */
static SidePlan *
make_double (void)
{
  SidePlan *plan = side_plan_new (PLAN, "tea", "November");

  plan->author = g_strdup ("chief");
  plan->script = g_strdup (SCRIPT);
  plan->kind = SIDE_PLAN_CHOSEN;
  plan->second_every = 1;
  side_plan_add_item (plan, "a", "", 1, TRUE);
  side_plan_add_task (plan, "a", "tom", SIDE_SELECTION_CHOSEN);
  side_plan_add_task (plan, "a", "rita", SIDE_SELECTION_SECOND);
  return plan;
}

static void
answer_task (Fixture       *f,
             const char    *token,
             const char    *id,
             const char    *reviewer,
             SideSelection  selection)
{
  g_autoptr (SideReview) review = reviews_make_draft (reviewer);

  g_free (review->id);
  review->id = g_strdup (id);
  review->selection = selection;
  review->plan = g_strdup (PLAN);
  review->comment = g_strconcat (SECRET " of ", reviewer, NULL);
  side_review_finish (review, 1, NOON + 1);
  g_assert_cmpuint (reviews_put (f, token, review, 0), ==, 200);
}

static void
assert_seen (Fixture    *f,
             const char *token,
             gint64     *since,
             const char *id,
             const char *reviewer,
             gboolean    seen)
{
  g_autofree char *feed = rig_read_on (f->rig, token, since);
  g_autofree char *path = g_strdup_printf ("/documents/review/%s", id);
  g_autofree char *words = g_strconcat (SECRET " of ", reviewer, NULL);
  g_autoptr (RigAnswer) single = rig_get (f->rig, path, token);
  g_autoptr (RigAnswer) removed = rig_ask (f->rig, "DELETE", path, token, "If-Match", "\"1\"", NULL);

  g_assert_cmpint (strstr (feed, words) != NULL, ==, seen);
  g_assert_cmpuint (single->status, ==, seen ? 200 : 404);
  g_assert_cmpuint (removed->status, ==, seen ? 403 : 404);
  if (seen)
    g_assert_cmpstr (rig_answer_header (single, "ETag"), ==, "\"1\"");
}

/* Whoever is second is handed the first one's review when they have finished
 * theirs; and the first one the second's, where that comes before. */
static void
test_apart (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_double ();
  gint64 toms = 0, ritas = 0, chiefs = 0;

  try_plan (f, f->chief, plan, 0, 200);
  answer_task (f, f->tom, FIRST, "tom", SIDE_SELECTION_CHOSEN);
  assert_seen (f, f->rita, &ritas, FIRST, "tom", FALSE);
  assert_seen (f, f->chief, &chiefs, FIRST, "tom", TRUE);
  assert_seen (f, f->tom, &toms, FIRST, "tom", TRUE);
  answer_task (f, f->rita, SECOND, "rita", SIDE_SELECTION_SECOND);
  assert_seen (f, f->rita, &ritas, FIRST, "tom", TRUE);
  assert_seen (f, f->tom, &toms, SECOND, "rita", TRUE);
}

/* A dispute tells what was answered: it is kept back with the review it is about. */
static void
test_apart_disputed (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_double ();
  g_autoptr (SideDispute) dispute = side_dispute_new (ID ("60"), "tea", "a");
  g_autoptr (SideCall) call = side_call_copy (side_board_get_call (side_hub_get_board (f->rig->hub), "a"));
  g_autoptr (RigAnswer) hidden = NULL, shown = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gint64 ritas = 0;

  try_plan (f, f->chief, plan, 0, 200);
  answer_task (f, f->tom, FIRST, "tom", SIDE_SELECTION_CHOSEN);
  dispute->review = g_strdup (FIRST);
  dispute->review_revision = 1;
  dispute->criterion = g_strdup ("price");
  dispute->reason = g_strdup ("It was named at once");
  dispute->operator_id = g_strdup (call->operator_id);
  dispute->author = g_strdup ("chief");
  dispute->on_behalf = TRUE;
  dispute->created_ms = NOON + 2;
  dispute->due_ms = side_dispute_due (NULL, NOON + 2, SIDE_DISPUTE_DAYS);
  g_assert_cmpuint (reviews_put_document (f, f->chief, side_wire_document_for_dispute (dispute), 0), ==, 200);
  before = rig_read_on (f->rig, f->rita, &ritas);
  g_assert_null (strstr (before, "named at once"));
  hidden = rig_get (f->rig, "/documents/dispute/" ID ("60"), f->rita);
  g_assert_cmpuint (hidden->status, ==, 404);
  answer_task (f, f->rita, SECOND, "rita", SIDE_SELECTION_SECOND);
  after = rig_read_on (f->rig, f->rita, &ritas);
  g_assert_nonnull (strstr (after, "named at once"));
  shown = rig_get (f->rig, "/documents/dispute/" ID ("60"), f->rita);
  g_assert_cmpuint (shown->status, ==, 200);
}

static void
test_apart_reversed (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_double ();
  gint64 toms = 0;

  try_plan (f, f->chief, plan, 0, 200);
  answer_task (f, f->rita, SECOND, "rita", SIDE_SELECTION_SECOND);
  assert_seen (f, f->tom, &toms, SECOND, "rita", FALSE);
  answer_task (f, f->tom, FIRST, "tom", SIDE_SELECTION_CHOSEN);
  assert_seen (f, f->tom, &toms, SECOND, "rita", TRUE);
}

/* Once nothing is asked any more nothing is hidden. */
static void
test_apart_closed (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (SidePlan) plan = make_double ();
  gint64 ritas = 0;

  try_plan (f, f->chief, plan, 0, 200);
  answer_task (f, f->tom, FIRST, "tom", SIDE_SELECTION_CHOSEN);
  assert_seen (f, f->rita, &ritas, FIRST, "tom", FALSE);
  plan->closed_ms = NOON + 5;
  try_plan (f, f->chief, plan, 1, 200);
  assert_seen (f, f->rita, &ritas, FIRST, "tom", TRUE);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  reviews_set_up (f, data);
  rig_whole_call (f->rig, "toys", "toys1", NOON + 200000);
  rig_settle (f->rig);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, reviews_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/http/plans/managed", test_plan);
  ADD ("/http/plans/forged", test_plan_forged);
  ADD ("/http/plans/of-before", test_plan_of_before);
  ADD ("/http/plans/reviewed", test_plan_reviewed);
  ADD ("/http/plans/result", test_plan_result);
  ADD ("/http/plans/stand-in", test_plan_stand_in);
  ADD ("/http/plans/picked", test_plan_picked);
  ADD ("/http/plans/apart", test_apart);
  ADD ("/http/plans/apart-disputed", test_apart_disputed);
  ADD ("/http/plans/apart-reversed", test_apart_reversed);
  ADD ("/http/plans/apart-closed", test_apart_closed);
  return g_test_run ();
}
