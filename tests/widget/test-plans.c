/* test-plans.c - plans made, worked off and looked after, without a server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-calibrations.h"
#include "side-plan-dialog.h"
#include "side-plan-draw.h"
#include "side-plan-frame.h"
#include "side-plan-rows.h"
#include "side-plan-window.h"
#include "side-plan-words.h"
#include "side-plans.h"
#include "side-review-keeper.h"
#include "side-reviews-page.h"
#include "side-text.h"
#include "side-time.h"
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
      call->joined_ms = g_get_real_time () / 1000 - (i + 15) * 60000;
      call->ended_ms = call->joined_ms + 100000;
      call->answered_ms = call->answered_ms != 0 ? call->joined_ms + 11000 : 0;
      call->recording = g_strdup_printf ("recording-%d", i);
      call->order_id = i % 2 == 0 ? g_strdup ("A-1") : NULL;
      g_ptr_array_add (calls, call);
    }
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&result, 5000, "calls"), NULL));
}

/* One that has just ended: that it has its recording already is chance. */
static void
record_fresh_call (Place *place)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;
  SideCall *call = place_call (PLACE_CALLS);

  call->joined_ms = g_get_real_time () / 1000 - 2 * 60000;
  call->ended_ms = call->joined_ms + 100000;
  call->answered_ms = call->joined_ms + 11000;
  call->recording = g_strdup ("recording-fresh");
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (side_desk_get_store (place->desk), calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (side_desk_get_store (place->desk), side_test_wait_result (&result, 5000, "calls"), NULL));
}

/* It was in the middle of its conversation, or its server could not be reached. */
static void
record_late_call (Place  *place,
                  gint64  joined_ms)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;
  SideCall *call = place_call (PLACE_CALLS + 1);

  call->joined_ms = joined_ms;
  call->answered_ms = joined_ms;
  call->ended_ms = joined_ms + 100000;
  call->talk_ms = 100000;
  call->recording = g_strdup ("recording-late");
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (side_desk_get_store (place->desk), calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (side_desk_get_store (place->desk), side_test_wait_result (&result, 5000, "calls"), NULL));
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
finish_for (Place         *place,
            const char    *plan,
            const char    *call,
            SideSelection  selection)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, call, SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (PLACE_USER);
  review->plan = g_strdup (plan);
  review->selection = selection;
  side_review_set_answer (review, "1.1", 1.0, 1, -1);
  side_review_set_answer (review, "1.2", 0.0, 1, -1);
  side_review_set_answer (review, "1.3", 1.0, 1, -1);
  review->finished_ms = side_fixture_now_ms ();
  document = side_wire_document_for_review (review);
  place_receive (place, document);
}

static void
finish (Place         *place,
        const char    *call,
        SideSelection  selection)
{
  finish_for (place, PLAN_ID, call, selection);
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

static void
join_name (const char *name,
           int         share,
           gpointer    data)
{
  char **names = data;
  g_autofree char *before = *names;

  *names = g_strdup_printf ("%s%s%s %d", before != NULL ? before : "", before != NULL ? ", " : "", name, share);
}

static gboolean
says_late (gpointer window)
{
  return place_find_text (window, "1 call came late") != NULL;
}

/* What narrowed it stands there, and after a check what came late; another plan
 * of the same name is told apart. */
static void
check_words (Place          *place,
             const SidePlan *plan)
{
  SidePlans *plans = side_plans_get (place->desk);
  g_autofree char *id = g_strdup (plan->id), *title = NULL, *alone = side_plan_words_title (plans, plan);
  g_autoptr (SidePlan) twin = side_plan_copy (plan);
  GtkWindow *window = side_plan_window_new (NULL, place->desk, id);
  GtkWidget *root = GTK_WIDGET (window);
  Wait wait = { plans, 2 };

  gtk_window_present (window);
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (root, "Conversations of 30 seconds and more\nWith a recording, without test calls"));
  g_assert_nonnull (place_find_text (root, "Not all calls were there"));
  record_late_call (place, twin->to_ms - 1000);
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (root, "Check the Draw"), GTK_TYPE_BUTTON));
  side_test_wait_until (says_late, root, 5000, "the call that came late");
  g_assert_null (place_find_text (root, "1 call is not found any more"));
  gtk_window_destroy (window);
  g_assert_cmpstr (alone, ==, twin->title);
  g_free (twin->id);
  twin->id = side_id_new ();
  side_plans_put (plans, twin);
  side_test_wait_until (has_plans, &wait, 5000, "the other plan");
  title = side_plan_words_title (plans, side_plans_find (plans, id));
  g_assert_true (g_str_has_prefix (title, alone) && g_str_has_suffix (title, " · olga"));
}

/* A script for some queues is for their calls alone, and that is said. */
static void
test_script_queues (Place         *place,
                    gconstpointer  data)
{
  g_autoptr (SideScript) script = side_script_new ("cccccccc-cccc-4ccc-8ccc-cccccccccccc", SIDE_FIXTURE_PROJECT, "A returns", 1);
  g_autoptr (SideDocument) document = NULL;
  SideSection *section = side_script_add_section (script, "1", "One");
  GtkWindow *dialog;
  GtkWidget *row;
  GtkStringList *scripts;
  const char *words;
  gboolean is_second;

  read_plans (place);
  record_calls (place);
  side_section_add_criterion (section, "1.1", "Greets", 10);
  g_ptr_array_add (script->queues, g_strdup ("no-such-queue"));
  document = side_wire_document_for_script (script);
  place_receive (place, document);
  side_test_run_for (300);
  dialog = side_plan_dialog_new (NULL, place->desk);
  gtk_window_present (dialog);
  side_test_run_for (300);
  row = gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (dialog), "Script"), ADW_TYPE_COMBO_ROW);
  scripts = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (row)));
  is_second = g_str_equal (gtk_string_list_get_string (scripts, 1), "A returns");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), is_second ? 0 : 1);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "8 calls with a recording fit"));
  /* Calls are not in the language of the program. */
  words = gtk_editable_get_text (GTK_EDITABLE (place_find_entry (GTK_WIDGET (dialog), "Words of a complaint, with commas between them")));
  g_assert_true (strstr (words, "complain") != NULL && strstr (words, "жалоб") != NULL);
  g_assert_false (gtk_widget_is_visible (place_find_text (GTK_WIDGET (dialog), "Only calls of the script's queues")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), is_second ? 1 : 0);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "0 calls with a recording fit"));
  g_assert_true (gtk_widget_is_visible (place_find_text (GTK_WIDGET (dialog), "Only calls of the script's queues")));
  g_assert_true (gtk_widget_is_visible (place_find_text (GTK_WIDGET (dialog), "no-such-queue")));
  gtk_window_destroy (dialog);
  place_settle ();
}

/* From the dialog to a list that anybody can draw again. */
static void
test_draw (Place         *place,
           gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  GtkWindow *dialog;
  GtkWidget *button, *entry;
  const SidePlan *plan;
  g_autoptr (SidePlan) other = NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) due = NULL;
  g_autoptr (GAsyncResult) checked = NULL, again = NULL;
  g_autoptr (SidePlanReport) report = NULL, found_out = NULL;
  Wait wait = { plans, 1 };

  record_calls (place);
  record_fresh_call (place);
  dialog = side_plan_dialog_new (NULL, place->desk);
  gtk_window_present (dialog);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "8 calls with a recording fit"));
  g_assert_true (gtk_widget_is_visible (place_find_text (GTK_WIDGET (dialog), "Not all calls are here")));   /* no server */
  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  /* Due through any day. */
  day = g_date_time_new_utc (2099, 3, 14, 0, 0, 0);
  gtk_calendar_select_day (GTK_CALENDAR (place_find (GTK_WIDGET (dialog), "GtkCalendar")), day);
  entry = place_find_entry (GTK_WIDGET (dialog), "Add a user by name");
  g_assert_true (gtk_widget_get_visible (entry));   /* the server tells of nobody */
  gtk_editable_set_text (GTK_EDITABLE (entry), " boris ");   /* counts as it is typed */
  button = gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (dialog), "Make the Plan"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_sensitive (button));
  side_widget_test_click (button);
  side_test_wait_until (has_plans, &wait, 5000, "the plan");
  plan = side_plans_list (plans)->pdata[0];
  g_assert_cmpint (plan->frame_calls, ==, 8);   /* all of them: 30 were asked for */
  g_assert_cmpuint (plan->tasks->len, ==, 8);
  g_assert_cmpuint (plan->reviewers->len, ==, 2);
  g_assert_cmpstr (((SidePlanReviewer *) plan->reviewers->pdata[1])->name, ==, "boris");
  g_assert_cmpstr (plan->author, ==, PLACE_USER);
  due = side_time_to_local (side_desk_get_project (place->desk)->time_zone, plan->due_ms);
  g_assert_cmpint (g_date_time_get_month (due), ==, 3);
  g_assert_cmpint (g_date_time_get_day_of_month (due), ==, 15);
  g_assert_cmpint (g_date_time_get_hour (due), ==, 0);

  side_plan_frame_check_async (place->desk, plan, NULL, side_test_async_cb, &checked);
  report = side_plan_frame_check_finish (place->desk, side_test_wait_result (&checked, 5000, "the check"), NULL);
  g_assert_cmpint (report->check, ==, SIDE_PLAN_CHECK_SAME);
  g_assert_true (report->kept);
  g_assert_true (plan->frame_partial);
  other = side_plan_copy (plan);
  g_free (other->seed);
  other->seed = g_strdup ("another");
  side_plan_frame_check_async (place->desk, other, NULL, side_test_async_cb, &again);
  found_out = side_plan_frame_check_finish (place->desk, side_test_wait_result (&again, 5000, "the check"), NULL);
  g_assert_cmpint (found_out->check, ==, SIDE_PLAN_CHECK_OTHER_DRAW);
  check_words (place, plan);
  place_settle ();
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
  side_widget_test_answer ("accept");
  side_test_wait_until (has_stand_in, &wait, 5000, "the stand-in");
  g_assert_cmpstr (side_plan_find_item (side_plans_find (plans, PLAN_ID), "call-1")->reason, ==, "No recording");
  side_test_run_for (300);
  /* What could not be reviewed is told as a person knows it. */
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "No recording"));
  g_assert_null (place_find_text (GTK_WIDGET (window), "call-1"));
  gtk_widget_activate_action (GTK_WIDGET (window), "plan.reassign", "(ss)", "call-3", PLACE_USER);
  side_test_run_for (100);
  side_widget_test_answer ("accept");
  side_test_wait_until (is_reassigned, &wait, 5000, "another reviewer");
  side_test_run_for (300);
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (window), "Close the Plan…"), GTK_TYPE_BUTTON));
  side_test_run_for (100);
  side_widget_test_answer ("close-plan");
  side_test_wait_until (is_closed, &wait, 5000, "a closed plan");
  g_assert_cmpuint (side_plans_count_open (plans), ==, 0);
  gtk_window_destroy (window);
  side_test_run_for (300);
}

static void
ask_for_more (GtkWindow  *window,
              const char *rest)
{
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), rest));
  adw_action_row_activate (ADW_ACTION_ROW (gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (window), rest), ADW_TYPE_ACTION_ROW)));
  side_test_run_for (300);
}

/* Of very many calls some are listed, and the others come when they are asked for. */
static void
test_many (Place         *place,
           gconstpointer  data)
{
  SidePlans *plans = read_plans (place);
  g_autoptr (SidePlan) plan = new_plan ();
  Wait wait = { plans, 1 };
  const char *unknown = "A call that is not on this computer yet";
  GtkWindow *window;
  GtkWidget *focus, *view = side_work_view_new (place->desk);

  for (guint i = 0; i < 168; i++)
    {
      g_autofree char *call = g_strdup_printf ("many-%u", i);

      side_plan_add_item (plan, call, NULL, i + 4, TRUE);
      side_plan_add_task (plan, call, PLACE_USER, SIDE_SELECTION_RANDOM);
    }
  side_plans_put (plans, plan);
  side_test_wait_until (has_plans, &wait, 5000, "the plan");
  window = side_plan_window_new (NULL, place->desk, PLAN_ID);
  gtk_window_present (window);
  side_test_run_for (300);
  g_assert_cmpuint (place_count_text (GTK_WIDGET (window), unknown), <=, 50);
  ask_for_more (window, "and 120 more");
  focus = gtk_window_get_focus (window);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), ==, unknown);
  ask_for_more (window, "and 20 more");
  g_assert_null (place_find_text (GTK_WIDGET (window), "Show More Calls"));
  g_assert_cmpuint (place_count_text (GTK_WIDGET (window), unknown), >=, 168);
  gtk_window_destroy (window);
  focus = side_widget_test_show (view, 800, 600);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (view, "168 calls are not on this computer yet"));
  side_widget_test_close (focus);
}

/* Whom the server told of is offered, whoever is in the plan first, and nobody is typed. */
static void
test_people (Place         *place,
             gconstpointer  data)
{
  static const char *const offered[] = { "boris", "anna" };
  SidePlans *plans;
  GtkWidget *people, *holder, *drop_down;
  GtkWindow *window;
  g_autofree char *names = NULL;

  place_tell_people (place);
  plans = read_plans (place);
  put_plan (plans);
  people = side_plan_people_new (place->desk);
  holder = side_widget_test_show (people, 500, 500);
  g_assert_nonnull (place_find_text (people, "anna"));
  g_assert_nonnull (place_find_text (people, "boris"));
  g_assert_null (place_find_text (people, "vera"));   /* of another project */
  g_assert_false (gtk_widget_get_visible (place_find_entry (people, "Add a user by name")));
  side_plan_people_for_each (SIDE_PLAN_PEOPLE (people), join_name, &names);
  g_assert_cmpstr (names, ==, PLACE_USER " 1");
  side_widget_test_close (holder);

  window = side_plan_window_new (NULL, place->desk, PLAN_ID);
  gtk_window_present (window);
  side_test_run_for (300);
  gtk_widget_activate_action (GTK_WIDGET (window), "plan.reassign", "(ss)", "call-1", PLACE_USER);
  side_test_run_for (100);
  drop_down = place_find (GTK_WIDGET (side_widget_test_find_question ()), "GtkDropDown");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down))), ==, G_N_ELEMENTS (offered));
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down))), i), ==,
                     offered[i]);
  side_widget_test_answer ("cancel");
  gtk_window_destroy (window);
  side_test_run_for (300);
}

/* A blind calibration this person is invited to is work like any other. */
static void
test_calibration (Place         *place,
                  gconstpointer  data)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideCalibration) calibration = side_calibration_new (id, SIDE_FIXTURE_PROJECT, "November", SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;
  SideCalibrations *calibrations = side_calibrations_get (place->desk);
  GtkWidget *view, *window;
  g_autofree char *next = NULL;
  g_autofree char *other = NULL;

  g_ptr_array_add (calibration->calls, g_strdup ("call-0"));
  g_ptr_array_add (calibration->calls, g_strdup ("call-1"));
  g_ptr_array_add (calibration->reviewers, g_strdup ("boris"));
  g_ptr_array_add (calibration->reviewers, g_strdup (PLACE_USER));
  document = side_wire_document_for_calibration (calibration);
  document->revision = document->change = 1;
  read_plans (place);
  view = side_work_view_new (place->desk);
  window = side_widget_test_show (view, 800, 600);
  place_receive (place, document);
  wait_rows (view, 1);
  g_assert_nonnull (place_find_text (view, "November"));
  g_assert_nonnull (place_find_text (view, "2 calls to review"));
  g_assert_nonnull (place_find_text (view, "2 reviews to make"));
  next = side_calibrations_find_next (calibrations, NULL, NULL);
  g_assert_cmpstr (next, ==, "call-0");
  other = side_calibrations_find_next (calibrations, NULL, "call-0");
  g_assert_cmpstr (other, ==, "call-1");
  finish_for (place, id, "call-0", SIDE_SELECTION_CALIBRATION);
  finish_for (place, id, "call-1", SIDE_SELECTION_CALIBRATION);
  wait_rows (view, 0);
  g_assert_cmpuint (side_calibrations_count_open (calibrations, NULL), ==, 0);
  side_widget_test_close (window);
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
  g_test_add ("/plans/script-queues", Place, NULL, place_set_up, test_script_queues, place_tear_down);
  g_test_add ("/plans/draw", Place, NULL, place_set_up, test_draw, place_tear_down);
  g_test_add ("/plans/choose", Place, NULL, place_set_up, test_choose, place_tear_down);
  g_test_add ("/plans/manage", Place, NULL, place_set_up, test_manage, place_tear_down);
  g_test_add ("/plans/many", Place, NULL, place_set_up, test_many, place_tear_down);
  g_test_add ("/plans/people", Place, NULL, place_set_up, test_people, place_tear_down);
  g_test_add ("/plans/calibration", Place, NULL, place_set_up, test_calibration, place_tear_down);
  g_test_add ("/plans/client", Place, "client", place_set_up, test_client, place_tear_down);
  return g_test_run ();
}
