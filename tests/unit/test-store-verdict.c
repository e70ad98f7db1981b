/* test-store-verdict.c - what is not a review's writer's to say, in a cache
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server says how a calibration's answers came, and whether the call of a
 * draw was replaced; without one the cache says the latter itself.
 */
#include "side-wire.h"
#include "test-store-kit.h"

static SideReview *
make_review (SideSelection selection)
{
  g_autofree char *id = kit_uuid (1), *script = kit_uuid (2);
  SideReview *review = side_review_new (id, "shop", "call-1", script, 1);

  review->reviewer = g_strdup ("olga");
  review->selection = selection;
  review->plan = kit_uuid (3);
  review->finished_ms = KIT_NOW_MS;
  return review;
}

static void
put_review (Kit              *kit,
            const SideReview *review)
{
  g_autofree char *body = side_wire_review_to_json (review);

  kit_put_local (kit, "review", review->id, "call-1", body);
}

static SideReview *
get_review (Kit        *kit,
            const char *id)
{
  g_autofree char *body = kit_body (kit, "review", id);

  return side_wire_review_from_json (body, -1, NULL);
}

/* The echo of what was sent says more than that did, before the answer and after it. */
static void
test_echo (void)
{
  for (int before = 0; before < 2; before++)
    {
      Kit kit;
      g_autoptr (SideReview) review = make_review (SIDE_SELECTION_CALIBRATION);
      g_autoptr (SideReview) kept = NULL;
      g_autoptr (SideOutboxItem) item = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *told = NULL;

      kit_make (&kit);
      kit_open (&kit);
      put_review (&kit, review);
      item = kit_next (&kit);
      review->timing = SIDE_TIMING_LATE;
      told = side_wire_review_to_json (review);
      if (before)
        kit_put_remote (&kit, "review", review->id, "call-1", told, 1);
      KIT_WAIT (kit.store, side_store_mark_sent, &error, item, 1, 1);
      g_assert_no_error (error);
      if (!before)
        kit_put_remote (&kit, "review", review->id, "call-1", told, 1);
      g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
      g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
      kept = get_review (&kit, review->id);
      g_assert_cmpint (kept->timing, ==, SIDE_TIMING_LATE);
      kit_clear (&kit);
    }
}

static void
put_plan (Kit        *kit,
          const char *reason)     /* (nullable): why the call could not be reviewed */
{
  g_autofree char *id = kit_uuid (3), *script = kit_uuid (2), *body = NULL;
  g_autoptr (SidePlan) plan = side_plan_new (id, "shop", "November");

  plan->script = g_strdup (script);
  side_plan_add_item (plan, "call-1", "", 1, TRUE)->reason = g_strdup (reason);
  body = side_wire_plan_to_json (plan);
  kit_put_local (kit, "plan", id, NULL, body);
}

/* What is finished once another call stands in is no result of the draw, also
 * where no server says so; what was finished before stays it. */
static void
test_replaced (void)
{
  for (int late = 0; late < 2; late++)
    {
      Kit kit;
      g_autoptr (SideReview) review = make_review (SIDE_SELECTION_RANDOM);
      g_autoptr (SideReview) kept = NULL;

      kit_make (&kit);
      kit_open (&kit);
      put_plan (&kit, late ? "No recording" : NULL);
      put_review (&kit, review);
      put_plan (&kit, "No recording");
      review->comment = g_strdup ("heard again");
      put_review (&kit, review);
      kept = get_review (&kit, review->id);
      g_assert_cmpint (side_review_get_counted (kept), ==, late ? SIDE_SELECTION_NONE : SIDE_SELECTION_RANDOM);
      kit_clear (&kit);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-verdict/echo", test_echo);
  g_test_add_func ("/store-verdict/replaced", test_replaced);
  return g_test_run ();
}
