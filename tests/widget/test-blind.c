/* test-blind.c - what a person is not to see until their own review is finished
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-blind-note.h"
#include "side-blind.h"
#include "side-board-fixture.h"
#include "side-call-row.h"
#include "side-plan-window.h"
#include "side-plans.h"
#include "side-review-keeper.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define PLAN_ID "11111111-1111-4111-8111-111111111111"

static gboolean
is_read (gpointer plans)
{
  return !side_plans_is_loading (plans);
}

static gboolean
is_loaded (gpointer keeper)
{
  return !side_review_keeper_is_loading (keeper);
}

/* One call, and whose it is first. */
static SidePlan *
new_plan (const char *first)
{
  SidePlan *plan = side_plan_new (PLAN_ID, SIDE_FIXTURE_PROJECT, "November");

  plan->script = g_strdup (SCRIPT_ID);
  plan->seed = g_strdup ("s");
  plan->size = 1;
  plan->second_every = 1;
  side_plan_add_item (plan, "call-1", NULL, 1, TRUE);
  side_plan_add_reviewer (plan, PLACE_USER, 1);
  side_plan_add_reviewer (plan, "boris", 1);
  side_plan_add_task (plan, "call-1", first, SIDE_SELECTION_RANDOM);
  return plan;
}

/* A finished review of it, with a word that nobody else wrote. */
static void
finish (Place         *place,
        const char    *reviewer,
        SideSelection  selection,
        const char    *comment)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-1", SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (reviewer);
  review->plan = g_strdup (PLAN_ID);
  review->selection = selection;
  review->comment = g_strdup (comment);
  side_review_set_answer (review, "1.1", 1.0, 1, -1);
  side_review_set_answer (review, "1.2", 0.0, 1, -1);
  side_review_set_answer (review, "1.3", 1.0, 1, -1);
  review->finished_ms = side_fixture_now_ms ();
  document = side_wire_document_for_review (review);
  place_receive (place, document);
}

typedef struct {
  Place     *place;
  GtkWidget *list;
  gboolean   hidden;
} Sight;

static guint
count_found (Place      *place,
             const char *text)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GAsyncResult) result = NULL;
  SideStore *store = side_desk_get_store (place->desk);

  query->text = g_strdup (text);
  side_store_count_calls_async (store, query, NULL, side_test_async_cb, &result);
  return (guint) side_store_count_calls_finish (store, side_test_wait_result (&result, 5000, "a search"), NULL);
}

static gboolean
is_in_sight (gpointer data)
{
  const Sight *sight = data;

  return (place_find_text (sight->list, "hidden") != NULL) == sight->hidden
         && (place_find_text (sight->list, "50") != NULL) != sight->hidden;
}

static GtkWidget *
show_calls (Place *place)
{
  SideCallList *list = side_call_list_new (side_desk_get_store (place->desk));
  g_autoptr (SideCallQuery) query = side_call_query_new ();

  query->project = g_strdup (SIDE_FIXTURE_PROJECT);
  side_call_list_set_query (list, query);
  return gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (list))), side_call_row_factory_new (place->desk));
}

/* Whoever is to review a call a second time sees nothing of the first result, in
 * no list and by no search, until their own is finished; of a repeat neither. */
static void
see_blind (Place         *place,
           const char    *first,
           SideSelection  selection)
{
  SidePlans *plans = side_plans_get (place->desk);
  g_autoptr (SidePlan) plan = new_plan (first);
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideCall) call = place_call (1);
  GtkWidget *calls = show_calls (place), *shown = side_widget_test_show (calls, 400, 600);
  GtkWindow *window = side_plan_window_new (NULL, place->desk, PLAN_ID);
  GtkWidget *note = g_object_ref_sink (side_blind_note_new (place->desk));
  Sight sight = { place, calls, FALSE };

  side_test_wait_until (is_read, plans, 5000, "the plans to be read");
  gtk_window_present (window);
  finish (place, first, SIDE_SELECTION_RANDOM, "splendid");
  side_test_wait_until (is_in_sight, &sight, 5000, "the score");
  g_assert_cmpuint (count_found (place, "splendid"), ==, 1);
  side_plan_add_task (plan, "call-1", PLACE_USER, selection)->from_ms = 1;
  side_plans_put (plans, plan);
  sight.hidden = TRUE;
  side_test_wait_until (is_in_sight, &sight, 5000, "the score to be hidden");
  side_test_run_for (300);
  g_assert_true (gtk_widget_get_visible (note));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (note)), "Reviews of 1 call are not here"));
  g_assert_cmpuint (count_found (place, "splendid"), ==, 0);
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "Done: hidden"));
  g_assert_null (place_find_text (GTK_WIDGET (window), "Done: 50"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "1 review is not counted in"));
  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the form");
  g_assert_null (side_review_keeper_get_review (keeper));
  g_assert_cmpuint (side_review_keeper_get_others (keeper)->len, ==, 0);

  finish (place, PLACE_USER, selection, NULL);
  sight.hidden = FALSE;
  side_test_wait_until (is_in_sight, &sight, 5000, "the score after all");
  side_test_run_for (300);
  g_assert_null (place_find_text (GTK_WIDGET (window), "Done: hidden"));
  g_assert_false (gtk_widget_get_visible (note));
  g_assert_cmpuint (count_found (place, "splendid"), ==, 1);
  g_object_unref (note);
  side_widget_test_close (shown);
  gtk_window_destroy (window);
  place_settle ();
}

static void
test_blind_second (Place         *place,
                   gconstpointer  data)
{
  see_blind (place, "boris", SIDE_SELECTION_SECOND);
}

static void
test_blind_repeat (Place         *place,
                   gconstpointer  data)
{
  see_blind (place, PLACE_USER, SIDE_SELECTION_REPEAT);
}

typedef struct {
  SideBlind  *blind;
  const char *call;
  gboolean    wanted;
} Hidden;

static gboolean
is_hidden (gpointer data)
{
  const Hidden *hidden = data;

  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (hidden->blind))
         && side_blind_hides_call (hidden->blind, hidden->call) == hidden->wanted;
}

/* Two whose reviews are held against one another: the first does not see the
 * second one's either, whoever comes first; and what another took over is done. */
static void
test_blind_first (Place         *place,
                  gconstpointer  data)
{
  SidePlans *plans = side_plans_get (place->desk);
  SideBlind *blind = side_blind_get (place->desk);
  g_autoptr (SidePlan) plan = new_plan (PLACE_USER);
  Hidden hidden = { blind, "call-1", TRUE };

  side_test_wait_until (is_read, plans, 5000, "the plans to be read");
  side_plan_add_task (plan, "call-1", "boris", SIDE_SELECTION_SECOND);
  side_plans_put (plans, plan);
  side_test_wait_until (is_hidden, &hidden, 5000, "the call to be blind");
  finish (place, "boris", SIDE_SELECTION_SECOND, NULL);
  side_test_run_for (200);
  g_assert_true (side_blind_hides_call (blind, "call-1"));
  g_assert_false (side_blind_hides_call (blind, "call-2"));
  finish (place, "vera", SIDE_SELECTION_RANDOM, NULL);
  hidden.wanted = FALSE;
  side_test_wait_until (is_hidden, &hidden, 5000, "the call to be seen");
  place_settle ();
}

int
main (int    argc,
      char **argv)
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/blind/second", Place, NULL, place_set_up, test_blind_second, place_tear_down);
  g_test_add ("/blind/repeat", Place, NULL, place_set_up, test_blind_repeat, place_tear_down);
  g_test_add ("/blind/first", Place, NULL, place_set_up, test_blind_first, place_tear_down);
  return g_test_run ();
}
