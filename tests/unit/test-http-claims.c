/* test-http-claims.c - what a review says of itself is what plans, calls and the clock say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reviews-rig.h"
#include "side-test.h"

/* One that is finished answers all that is asked, about a call there is. */
static void
test_complete (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (SideReview) partly = reviews_make_draft ("tom");
  g_autoptr (SideReview) revised = NULL;
  g_autoptr (SideReview) nowhere = side_review_new (OTHER, "tea", "nowhere", SCRIPT, 1);

  g_ptr_array_set_size (partly->answers, 1);
  side_review_finish (partly, 1, NOON + 1);
  g_assert_cmpuint (reviews_put (f, f->tom, partly, 0), ==, 403);
  /* One that stands like that is revised as it is. */
  rig_keep (f->rig, side_wire_document_for_review (partly), "tom", 0);
  revised = reviews_revise (partly, "tom", 1);
  g_assert_cmpuint (reviews_put (f, f->tom, revised, 1), ==, 200);

  side_review_claim (nowhere, "tom", NOON);
  g_assert_cmpuint (reviews_put (f, f->tom, nowhere, 0), ==, 200);   /* the call may be going on */
  side_review_set_answer (nowhere, "price", 1, NOON, 0);
  side_review_set_answer (nowhere, "greeting", 1, NOON, 0);
  side_review_finish (nowhere, 1, NOON + 1);
  g_assert_cmpuint (reviews_put (f, f->tom, nowhere, 1), ==, 404);
}

/* Only plans and calibrations ask for what measures reviewers. */
static void
test_unasked (Fixture       *f,
              gconstpointer  data)
{
  static const SideSelection selections[] = { SIDE_SELECTION_RANDOM, SIDE_SELECTION_REPEAT, SIDE_SELECTION_CALIBRATION, SIDE_SELECTION_SECOND };
  g_autoptr (SidePlan) plan = side_plan_new (DISPUTE, "tea", "November");

  plan->author = g_strdup ("chief");
  plan->script = g_strdup (SCRIPT);
  plan->kind = SIDE_PLAN_CHOSEN;
  side_plan_add_item (plan, "a", "", 1, TRUE);
  side_plan_add_item (plan, "b", "", 2, TRUE);
  side_plan_add_task (plan, "a", "rita", SIDE_SELECTION_CHOSEN);
  side_plan_add_task (plan, "b", "tom", SIDE_SELECTION_SECOND);
  g_assert_cmpuint (reviews_put_document (f, f->chief, side_wire_document_for_plan (plan), 0), ==, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (selections); i++)
    {
      g_autoptr (SideReview) review = reviews_make_draft ("tom");

      review->selection = selections[i];
      g_assert_cmpuint (reviews_put (f, f->tom, review, 0), ==, 403);
      review->plan = g_strdup (plan->id);
      if (selections[i] != SIDE_SELECTION_CALIBRATION)
        g_assert_cmpuint (reviews_put (f, f->tom, review, 0), ==, 403);
      g_free (review->call);
      review->call = g_strdup ("b");
      if (selections[i] == SIDE_SELECTION_SECOND)
        g_assert_cmpuint (reviews_put (f, f->tom, review, 0), ==, 200);
    }
}

static gboolean
has_recording (gpointer call)
{
  return ((SideCall *) call)->recording != NULL;
}

/* Where the script asks for the whole recording, who says nothing of it has not heard it. */
static void
test_heard (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SideScript) script = side_script_new (ID ("11"), "tea", "Heard", 1);
  SideSection *section = side_script_add_section (script, "s", "Order");
  SideCall *call = side_board_get_call (side_hub_get_board (f->rig->hub), "a");
  g_autofree char *path = rig_write_wav (f->rig, "a", 8000, TRUE);
  gint64 after_ms = side_clock_now_ms (f->rig->clock) + 1;
  static const struct { double heard; gint64 after_ms; guint status; } says[] = {
    { -1, 0, 403 }, { 0.5, 0, 403 }, { 1, 0, 200 }, { -1, -60000, 200 /* it came later */ },
  };

  script->whole_recording = TRUE;
  side_section_add_criterion (section, "price", "Names the price", 10);
  side_section_add_criterion (section, "greeting", "Greets", 10);
  g_assert_cmpuint (reviews_put_document (f, f->tom, side_wire_document_for_script (script), 0), ==, 200);
  side_source_emit_recording (f->rig->source, "tea", "a", path, 2);
  side_test_wait_until (has_recording, call, 10000, "the recording to be published");
  rig_settle (f->rig);
  for (gsize i = 0; i < G_N_ELEMENTS (says); i++)
    {
      g_autoptr (SideReview) review = reviews_make_draft ("tom");
      g_autofree char *id = g_strdup_printf (ID ("7%u"), (guint) i);

      g_free (review->script);
      review->script = g_strdup (script->id);
      g_free (review->id);
      review->id = g_strdup (id);
      side_review_finish (review, says[i].heard, after_ms + says[i].after_ms);
      g_assert_cmpuint (reviews_put (f, f->tom, review, 0), ==, says[i].status);
    }
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, reviews_set_up, func, reviews_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/http/claims/complete", test_complete);
  ADD ("/http/claims/unasked", test_unasked);
  ADD ("/http/claims/heard", test_heard);
  return g_test_run ();
}
