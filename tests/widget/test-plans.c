/* test-plans.c - plans made, worked off and looked after, without a server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-plan-dialog.h"
#include "side-plan-draw.h"
#include "side-plan-frame.h"
#include "side-plan-window.h"
#include "side-plans.h"
#include "side-review-keeper.h"
#include "side-reviews-page.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "side-work-view.h"

#define PLAN_ID "11111111-1111-4111-8111-111111111111"

typedef struct {
  SidePlans *plans;
  guint      wanted;
} Wait;

/* The calls of the place, with recordings; every second one brought an order. */
static void
record_calls (Place *place)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;
  SideStore *store = side_desk_get_store (place->desk);

  for (int i = 0; i < PLACE_CALLS; i++)
    {
      SideCall *call = place_call (i);

      /* Within the last days, whenever the test runs. */
      call->joined_ms = g_get_real_time () / 1000 - (i + 5) * 60000;
      call->ended_ms = call->joined_ms + 100000;
      call->answered_ms = call->answered_ms != 0 ? call->joined_ms + 11000 : 0;
      call->recording = g_strdup_printf ("recording-%d", i);
      call->order_id = i % 2 == 0 ? g_strdup ("A-1") : NULL;
      g_ptr_array_add (calls, call);
    }
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&result, 5000, "calls"), NULL));
}

static gboolean
is_read (gpointer plans)
{
  return !side_plans_is_loading (plans);
}

static SidePlans *
read_plans (Place *place)
{
  SidePlans *plans = side_plans_get (place->desk);

  side_test_wait_until (is_read, plans, 5000, "the plans to be read");
  return plans;
}

static gboolean
has_plans (gpointer data)
{
  const Wait *wait = data;

  return side_plans_list (wait->plans)->len == wait->wanted && !side_plans_is_loading (wait->plans);
}

static gboolean
has_open (gpointer data)
{
  const Wait *wait = data;

  return side_plans_count_open (wait->plans) == wait->wanted;
}

/* Two calls for who is signed in, one of them once more. */
static SidePlan *
new_plan (void)
{
  SidePlan *plan = side_plan_new (PLAN_ID, SIDE_FIXTURE_PROJECT, "Tea & November");

  plan->script = g_strdup (SCRIPT_ID);
  plan->seed = g_strdup ("s");
  plan->size = 2;
  plan->due_ms = g_get_real_time () / 1000 - 3600 * 1000;
  side_plan_add_item (plan, "call-0", NULL, 1, TRUE);
  side_plan_add_item (plan, "call-1", NULL, 2, TRUE);
  side_plan_add_item (plan, "call-3", NULL, 3, FALSE);
  side_plan_add_reviewer (plan, PLACE_USER, 1);
  side_plan_add_reviewer (plan, "boris", 1);
  side_plan_add_task (plan, "call-0", PLACE_USER, SIDE_SELECTION_RANDOM);
  side_plan_add_task (plan, "call-0", PLACE_USER, SIDE_SELECTION_REPEAT)->from_ms = 1;
  side_plan_add_task (plan, "call-1", PLACE_USER, SIDE_SELECTION_RANDOM);
  return plan;
}

static void
put_plan (SidePlans *plans)
{
  g_autoptr (SidePlan) plan = new_plan ();
  Wait wait = { plans, 1 };

  side_plans_put (plans, plan);
  side_test_wait_until (has_plans, &wait, 5000, "the plan");
  wait.wanted = 2;
  side_test_wait_until (has_open, &wait, 5000, "its tasks");
}

static void
finish (Place         *place,
        const char    *call,
        SideSelection  selection)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, call, SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (PLACE_USER);
  review->plan = g_strdup (PLAN_ID);
  review->selection = selection;
  side_review_set_answer (review, "1.1", 1.0, 1, -1);
  side_review_set_answer (review, "1.2", 0.0, 1, -1);
  side_review_set_answer (review, "1.3", 1.0, 1, -1);
  review->finished_ms = side_fixture_now_ms ();
  document = side_wire_document_for_review (review);
  place_receive (place, document);
}

static guint
count_rows (GtkWidget *root)
{
  guint n = ADW_IS_ACTION_ROW (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

typedef struct {
  GtkWidget *root;
  guint      wanted;
} Rows;

static gboolean
has_rows (gpointer data)
{
  const Rows *rows = data;

  return count_rows (rows->root) == rows->wanted;
}

static void
wait_rows (GtkWidget *root,
           guint      wanted)
{
  Rows rows = { root, wanted };

  side_test_wait_until (has_rows, &rows, 5000, "the rows");
}

typedef struct {
  gboolean told;
  guint    left;
} Finished;

static void
finished_cb (Finished *finished,
             guint     left)
{
  finished->told = TRUE;
  finished->left = left;
}

static void
test_work (Place         *place,
           gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  GtkWidget *view = side_work_view_new (place->desk);
  GtkWidget *window = side_widget_test_show (view, 800, 600);
  Wait wait = { plans, 2 };
  SideSampleResult result;
  Finished finished = { FALSE, 0 };

  g_signal_connect_swapped (plans, "finished", G_CALLBACK (finished_cb), &finished);
  g_assert_nonnull (place_find_text (view, "Nothing to Review"));
  put_plan (plans);
  wait_rows (view, 2);
  g_assert_nonnull (place_find_text (view, "Tea & November"));
  g_assert_nonnull (place_find_text (view, "0 of 2 done"));
  side_widget_test_no_nameless (window);

  /* The same call comes again, and looks like any other. */
  finish (place, "call-0", SIDE_SELECTION_RANDOM);
  side_test_wait_flag (&finished.told, 5000, "the word that one is finished");
  g_assert_cmpuint (finished.left, ==, 2);
  wait_rows (view, 2);
  g_assert_nonnull (place_find_text (view, "1 of 3 done"));
  finish (place, "call-0", SIDE_SELECTION_REPEAT);
  finish (place, "call-1", SIDE_SELECTION_RANDOM);
  wait.wanted = 0;
  side_test_wait_until (has_open, &wait, 5000, "an empty list");
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (view, "Nothing to Review"));

  /* What measures the reviewer estimates nothing. */
  side_plans_get_result (plans, side_plans_find (plans, PLAN_ID), &result);
  g_assert_cmpuint (result.n, ==, 2);
  g_assert_cmpfloat_with_epsilon (result.mean, 50, 1e-9);
  g_signal_handlers_disconnect_by_data (plans, &finished);
  side_widget_test_close (window);
}

static gboolean
is_loaded (gpointer keeper)
{
  return !side_review_keeper_is_loading (keeper);
}

/* Whoever opens a call of theirs scores it for the plan. */
static void
test_bound (Place         *place,
            gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideCall) call = place_call (1);

  put_plan (plans);
  side_test_run_for (300);
  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the form");
  side_review_keeper_answer (keeper, "1.1", 1.0, -1);
  g_assert_cmpstr (side_review_keeper_get_review (keeper)->plan, ==, PLAN_ID);
  g_assert_cmpint (side_review_keeper_get_review (keeper)->selection, ==, SIDE_SELECTION_RANDOM);
  place_settle ();
}

/* From the dialog to a list that anybody can draw again. */
static void
test_draw (Place         *place,
           gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  GtkWindow *dialog;
  GtkWidget *button;
  const SidePlan *plan;
  g_autoptr (SidePlan) other = NULL;
  g_autoptr (GAsyncResult) checked = NULL, again = NULL;
  Wait wait = { plans, 1 };

  record_calls (place);
  dialog = side_plan_dialog_new (NULL, place->desk);
  gtk_window_present (dialog);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "8 calls with a recording fit"));
  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  button = gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (dialog), "Make the Plan"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_sensitive (button));
  side_widget_test_click (button);
  side_test_wait_until (has_plans, &wait, 5000, "the plan");
  plan = side_plans_list (plans)->pdata[0];
  g_assert_cmpint (plan->frame_calls, ==, 8);   /* all of them: 30 were asked for */
  g_assert_cmpuint (plan->tasks->len, ==, 8);
  g_assert_cmpstr (plan->author, ==, PLACE_USER);

  side_plan_frame_check_async (place->desk, plan, NULL, side_test_async_cb, &checked);
  g_assert_cmpint (side_plan_frame_check_finish (place->desk, side_test_wait_result (&checked, 5000, "the check"), NULL), ==,
                   SIDE_PLAN_CHECK_SAME);
  other = side_plan_copy (plan);
  g_free (other->seed);
  other->seed = g_strdup ("another");
  side_plan_frame_check_async (place->desk, other, NULL, side_test_async_cb, &again);
  g_assert_cmpint (side_plan_frame_check_finish (place->desk, side_test_wait_result (&again, 5000, "the check"), NULL), ==,
                   SIDE_PLAN_CHECK_OTHER_DRAW);
  side_test_run_for (100);
}

static void
test_choose (Place         *place,
             gconstpointer  data)
{
  g_autoptr (SidePlan) plan = side_plan_new (PLAN_ID, SIDE_FIXTURE_PROJECT, "Lost");
  SidePlanLimits limits = { { 0 }, NULL };
  g_autoptr (GAsyncResult) result = NULL;

  record_calls (place);
  plan->kind = SIDE_PLAN_CHOSEN;
  limits.most[SIDE_PLAN_RULE_LOST_SALE] = 3;
  limits.most[SIDE_PLAN_RULE_COMPLAINT] = 3;
  limits.words = (char *) "rude, complain";
  side_plan_frame_choose_async (place->desk, plan, &limits, NULL, side_test_async_cb, &result);
  g_assert_true (side_plan_frame_finish (place->desk, side_test_wait_result (&result, 5000, "the choice"), NULL));
  g_assert_cmpuint (plan->items->len, ==, 3);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const SidePlanItem *item = plan->items->pdata[i];
      int number = item->call[strlen ("call-")] - '0';

      g_assert_cmpint (item->rule, ==, SIDE_PLAN_RULE_LOST_SALE);
      g_assert_cmpint (number % 2, ==, 1);   /* no order */
      g_assert_cmpint (number % 3, !=, 2);   /* answered */
    }
}

static void
answer (const char *response)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  AdwMessageDialog *question = NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      question = l->data;
  g_assert_nonnull (question);
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
}

static gboolean
has_stand_in (gpointer data)
{
  const Wait *wait = data;
  const SidePlan *plan = side_plans_find (wait->plans, PLAN_ID);

  return plan != NULL && g_strcmp0 (((SidePlanTask *) plan->tasks->pdata[2])->call, "call-3") == 0;
}

static gboolean
is_reassigned (gpointer data)
{
  const Wait *wait = data;
  const SidePlan *plan = side_plans_find (wait->plans, PLAN_ID);

  return plan != NULL && g_strcmp0 (((SidePlanTask *) plan->tasks->pdata[2])->reviewer, "boris") == 0;
}

static gboolean
is_closed (gpointer data)
{
  const Wait *wait = data;
  const SidePlan *plan = side_plans_find (wait->plans, PLAN_ID);

  return plan != NULL && plan->closed_ms != 0;
}

/* A call is replaced, given away, and the plan closed. */
static void
test_manage (Place         *place,
             gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  GtkWindow *window;
  Wait wait = { plans, 0 };

  put_plan (plans);
  window = side_plan_window_new (NULL, place->desk, PLAN_ID);
  gtk_window_present (window);
  side_test_run_for (300);
  side_widget_test_no_nameless (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "plan.replace", "s", "call-1");
  side_test_run_for (100);
  answer ("accept");
  side_test_wait_until (has_stand_in, &wait, 5000, "the stand-in");
  g_assert_cmpstr (side_plan_find_item (side_plans_find (plans, PLAN_ID), "call-1")->reason, ==, "No recording");
  side_test_run_for (300);
  gtk_widget_activate_action (GTK_WIDGET (window), "plan.reassign", "(ss)", "call-3", PLACE_USER);
  side_test_run_for (100);
  answer ("accept");
  side_test_wait_until (is_reassigned, &wait, 5000, "another reviewer");
  side_test_run_for (300);
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (window), "Close the Plan…"), GTK_TYPE_BUTTON));
  side_test_run_for (100);
  answer ("close-plan");
  side_test_wait_until (is_closed, &wait, 5000, "a closed plan");
  g_assert_cmpuint (side_plans_count_open (plans), ==, 0);
  gtk_window_destroy (window);
  side_test_run_for (300);
}

/* The client reads what came of it and is given nothing to do. */
static void
test_client (Place         *place,
             gconstpointer  data)
{
  g_autoptr (SidePlan) plan = new_plan ();
  g_autoptr (SideDocument) document = side_wire_document_for_plan (plan);
  SidePlans *plans = read_plans (place);
  GtkWidget *page, *window;
  Wait wait = { plans, 1 };

  document->revision = document->change = 1;
  place_receive (place, document);
  side_test_wait_until (has_plans, &wait, 5000, "the plan");
  g_assert_null (side_work_view_new (place->desk));
  page = side_reviews_page_new (place->desk, NULL);
  window = side_widget_test_show (page, 900, 600);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (page, "Tea & November"));
  g_assert_null (place_find_text (page, "New Plan…"));
  side_widget_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/plans/work", Place, NULL, place_set_up, test_work, place_tear_down);
  g_test_add ("/plans/bound", Place, NULL, place_set_up, test_bound, place_tear_down);
  g_test_add ("/plans/draw", Place, NULL, place_set_up, test_draw, place_tear_down);
  g_test_add ("/plans/choose", Place, NULL, place_set_up, test_choose, place_tear_down);
  g_test_add ("/plans/manage", Place, NULL, place_set_up, test_manage, place_tear_down);
  g_test_add ("/plans/client", Place, "client", place_set_up, test_client, place_tear_down);
  return g_test_run ();
}
