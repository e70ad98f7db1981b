/* test-review-form.c - a review from the first key to the second revision
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "calls-place.h"
#include "form-place.h"
#include "side-board-fixture.h"
#include "side-calibration.h"
#include "side-criterion-row.h"
#include "side-plan.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-review-rows.h"
#include "side-settings.h"
#include "side-text.h"
#include "side-whatif-window.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define OTHER_SCRIPT "5b1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a22"
#define TEST_SCRIPT  "6c1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a33"

static gboolean
has_last_row (gpointer form)
{
  return form_place_row (form, "130") != NULL;
}

/* A long form is made while it is read, in the order of its questions. */
static void
test_long (FormScene     *scene,
           gconstpointer  role)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "A long one", 9);

  side_script_add_section (script, "1", "All");
  for (int i = 1; i <= 130; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      form_place_add (script, id, "Does what is asked here", 1);
    }
  form_place_receive_script (scene, script, 3);
  form_place_go_to (scene, 0);
  g_assert_nonnull (form_place_row (scene->form, "1"));
  side_test_wait_until (has_last_row, scene->form, 30000, "the last question");
  gtk_widget_grab_focus (form_place_row (scene->form, "130"));
  form_place_press (scene->form, GDK_KEY_y);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (scene->window)), scene->form));
  g_assert_cmpstr (side_criterion_row_get_id (SIDE_CRITERION_ROW (gtk_root_get_focus (GTK_ROOT (scene->window)))), ==, "1");
}

static const SideAnswer *
answer_of (FormScene  *scene,
           const char *criterion)
{
  return side_review_find_answer (side_review_keeper_get_review (scene->keeper), criterion);
}

/* From the first key to the button that ends it, without a mouse. */
static void
test_keyboard (FormScene     *scene,
               gconstpointer  role)
{
  form_place_begin (scene);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 0);
  g_assert_true (form_place_press (scene->form, GDK_KEY_y));
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");
  g_assert_cmpint (answer_of (scene, "1.1")->position_ms, ==, -1);   /* nothing was heard that it is the answer to */
  /* A fault asks for its cause before it is left. */
  form_place_press (scene->form, GDK_KEY_n);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");
  side_test_run_for (50);
  g_assert_true (form_place_says (form_place_row (scene->form, "1.2"), "Cause"));
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 41000);
  form_place_press (scene->form, GDK_KEY_e);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 47000);
  form_place_press (scene->form, GDK_KEY_d);
  form_place_press (scene->form, GDK_KEY_s);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");   /* the span has no end yet */
  form_place_press (scene->form, GDK_KEY_e);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  g_assert_cmpint (answer_of (scene, "1.2")->cause, ==, SIDE_CAUSE_SCRIPT);
  g_assert_cmpstr (answer_of (scene, "1.2")->detail, ==, "No stock list");
  g_assert_cmpint (answer_of (scene, "1.2")->position_ms, ==, 41000);
  g_assert_cmpint (answer_of (scene, "1.2")->to_ms, ==, 47000);
  side_test_run_for (50);
  g_assert_nonnull (form_place_button (form_place_row (scene->form, "1.2"), "0:41–0:47"));
  /* Here the script asks for words too; Enter in them is the end of it. */
  form_place_press (scene->form, GDK_KEY_p);
  form_place_press (scene->form, GDK_KEY_o);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  form_place_press (scene->form, GDK_KEY_Return);   /* without a span */
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (scene->window))));
  g_assert_false (form_place_press (scene->form, GDK_KEY_y));
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (scene->window))), "mumbled");
  g_signal_emit_by_name (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (scene->window)), GTK_TYPE_ENTRY), "activate");
  g_assert_cmpstr (answer_of (scene, "1.3")->comment, ==, "mumbled");
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.4");
  form_place_press (scene->form, GDK_KEY_y);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (scene->window)) == form_place_button (scene->form, "Finish review"));
  side_widget_test_click (gtk_root_get_focus (GTK_ROOT (scene->window)));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (scene->window)));
}

/* What hangs on another answer is folded until it is asked. */
static void
test_condition (FormScene     *scene,
                gconstpointer  role)
{
  GtkWidget *row;

  form_place_begin (scene);
  row = form_place_row (scene->form, "1.2");
  g_assert_true (form_place_says (row, "Only when “Offers a size” is “Yes”"));
  g_assert_false (gtk_widget_get_focusable (row));
  form_place_press (scene->form, GDK_KEY_n);
  form_place_press (scene->form, GDK_KEY_o);
  form_place_press (scene->form, GDK_KEY_Return);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  form_place_press (scene->form, GDK_KEY_Up);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.1");
  form_place_press (scene->form, GDK_KEY_y);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");
  side_test_run_for (50);
  g_assert_false (form_place_says (row, "Only when"));
  g_assert_nonnull (form_place_button (row, "Yes"));
  /* Undone, it folds under the keyboard, which is not lost. */
  g_assert_true (side_review_keeper_undo (scene->keeper));
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.1");
  g_assert_cmpint (answer_of (scene, "1.1")->cause, ==, SIDE_CAUSE_OPERATOR);
}

/* What is missing is named, and the keyboard goes there. */
static void
test_missing (FormScene     *scene,
              gconstpointer  role)
{
  form_place_begin (scene);
  form_place_press (scene->form, GDK_KEY_n);
  form_place_press (scene->form, GDK_KEY_o);
  form_place_press (scene->form, GDK_KEY_Return);
  form_place_press (scene->form, GDK_KEY_n);
  gtk_widget_grab_focus (form_place_row (scene->form, "1.1"));
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpstr (scene->toast, ==, "1 question has no answer yet; 1 fault has no cause yet");
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  form_place_press (scene->form, GDK_KEY_c);
  form_place_press (scene->form, GDK_KEY_Return);
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (scene->window))));
  form_place_press (scene->form, GDK_KEY_Escape);
  form_place_press (scene->form, GDK_KEY_Down);
  form_place_press (scene->form, GDK_KEY_y);
  /* Past the last one, back to what was passed by. */
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
}

/* A fault asks for what shows it too, until it is there or is passed by. */
static void
test_span (FormScene     *scene,
           gconstpointer  role)
{
  form_place_begin (scene);
  form_place_press (scene->form, GDK_KEY_n);
  form_place_press (scene->form, GDK_KEY_o);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.1");
  side_test_run_for (50);
  g_assert_true (form_place_says (form_place_row (scene->form, "1.1"), "Span: E begins, E ends, Enter goes on"));
  form_place_press (scene->form, GDK_KEY_e);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 3000);
  form_place_press (scene->form, GDK_KEY_e);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  side_test_run_for (50);
  g_assert_false (form_place_says (form_place_row (scene->form, "1.1"), "Span:"));
  form_place_press (scene->form, GDK_KEY_y);
  form_place_press (scene->form, GDK_KEY_n);
  g_assert_false (form_place_says (scene->form, "1 fault without a span"));   /* what is needed goes before */
  form_place_press (scene->form, GDK_KEY_c);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.4");
  form_place_press (scene->form, GDK_KEY_Return);
  side_test_run_for (50);
  g_assert_true (form_place_says (scene->form, "1 fault without a span"));
  /* What is no answer here does nothing anywhere. */
  gtk_widget_grab_focus (form_place_row (scene->form, "1.4"));
  g_assert_true (form_place_press (scene->form, GDK_KEY_7));
  g_assert_cmpfloat (answer_of (scene, "1.4")->value, ==, 0.0);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  /* What is empty is not asked for any more. */
  side_test_run_for (50);
  g_assert_null (form_place_button (scene->form, "Span (E)"));
  g_assert_false (form_place_has_entry (form_place_row (scene->form, "1.4")));
}

/* Without a recording there is nothing to show. */
static void
test_silent (FormScene     *scene,
             gconstpointer  role)
{
  form_place_begin (scene);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), -1);
  form_place_press (scene->form, GDK_KEY_n);
  form_place_press (scene->form, GDK_KEY_o);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
}

static gboolean
is_sealed (gpointer data)
{
  FormScene *scene = data;
  g_autoptr (GPtrArray) list = place_list (&scene->place, "review", "call-0");
  g_autoptr (SideReview) review = NULL;

  if (list->len != 1)
    return FALSE;
  review = side_wire_review_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  return review->finished_ms != 0 && review->revision == 2 && review->history->len == 1;
}

/* A finished review changes by a new revision with a reason, and no other way. */
static void
test_sealed (FormScene     *scene,
             gconstpointer  role)
{
  const SideReview *review;
  const SideReviewRevision *first;

  form_place_begin (scene);
  form_place_press (scene->form, GDK_KEY_y);
  form_place_press (scene->form, GDK_KEY_y);
  form_place_press (scene->form, GDK_KEY_y);
  form_place_press (scene->form, GDK_KEY_y);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  form_place_press (scene->form, GDK_KEY_n);
  g_assert_false (side_review_keeper_undo (scene->keeper));
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.4"), ==, 1.0);
  side_test_run_for (50);
  g_assert_nonnull (form_place_button (scene->form, "Revise…"));
  gtk_widget_grab_focus (form_place_button (scene->form, "Revise…"));
  side_review_keeper_revise (scene->keeper, "The customer did say so");
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.1");
  side_review_keeper_answer (scene->keeper, "1.4", 0.0, 3000);
  review = side_review_keeper_get_review (scene->keeper);
  g_assert_cmpint (review->revision, ==, 2);
  g_assert_cmpuint (review->history->len, ==, 1);
  first = g_ptr_array_index (review->history, 0);
  g_assert_cmpuint (first->answers->len, ==, 4);
  g_assert_cmpstr (review->reason, ==, "The customer did say so");
  side_test_run_for (50);
  g_assert_true (gtk_widget_get_mapped (place_find_named (scene->form, "Revisions of this review")));
  side_review_keeper_finish (scene->keeper, -1);
  side_test_wait_until (is_sealed, scene, 5000, "the second revision on the disk");
}

static char *
receive_review (FormScene     *scene,
                const char    *reviewer,
                const char    *script,
                SideSelection  selection,
                gint64         finished_ms)
{
  char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-0", script, 8);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (reviewer);
  review->selection = selection;
  review->started_ms = review->changed_ms = side_fixture_now_ms ();
  review->finished_ms = finished_ms;
  side_review_set_answer (review, "1.1", 1.0, side_fixture_now_ms (), 2000);
  side_review_set_answer (review, "1.3", 0.5, side_fixture_now_ms (), 9000);
  document = side_wire_document_for_review (review);
  place_receive (&scene->place, document);
  return id;
}

/* Somebody's draft is theirs until it is taken over, and free when it is released. */
static void
test_hands (FormScene     *scene,
            gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, "vera", SCRIPT_ID, SIDE_SELECTION_NONE, 0);
  const SideReview *review;

  form_place_begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  g_assert_true (form_place_says (scene->form, "vera has begun this review, 2 of 4 answered"));
  g_assert_nonnull (form_place_button (scene->form, "Take Over…"));
  form_place_press (scene->form, GDK_KEY_n);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
  side_review_keeper_claim (scene->keeper);
  review = side_review_keeper_get_review (scene->keeper);
  g_assert_cmpstr (review->reviewer, ==, PLACE_USER);
  g_assert_cmpuint (review->holders->len, ==, 1);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.3"), ==, 0.5);
  side_review_keeper_answer (scene->keeper, "1.4", 1.0, -1);
  side_review_keeper_release (scene->keeper);
  side_test_run_for (200);
  g_assert_true (form_place_says (scene->form, "Released by " PLACE_USER ", 3 of 4 answered"));
  g_assert_nonnull (form_place_button (scene->form, "Claim"));
  side_widget_test_click (form_place_button (scene->form, "Claim"));
  g_assert_true (side_review_keeper_can_change (scene->keeper));
  g_assert_cmpuint (side_review_keeper_get_review (scene->keeper)->holders->len, ==, 2);
}

/* Whoever was made to begin again has not the name of what was taken over. */
static void
test_taken (FormScene     *scene,
            gconstpointer  role)
{
  g_autofree char *first = NULL;

  form_place_begin (scene);
  form_place_press (scene->form, GDK_KEY_y);
  first = g_strdup (side_review_keeper_get_review (scene->keeper)->id);
  side_review_keeper_release (scene->keeper);
  side_test_run_for (200);
  side_review_keeper_choose (scene->keeper, NULL);
  side_test_wait_until (form_place_is_loaded, scene->keeper, 5000, "an empty form");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, -1);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, first);
}

static gboolean
sees_other (gpointer keeper)
{
  return side_review_keeper_get_others (keeper)->len == 1;
}

/* What measures the reviewer is made without knowing what others found. */
static void
test_blind (FormScene     *scene,
            gconstpointer  role)
{
  g_autofree char *others = receive_review (scene, "anna", SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *theirs = receive_review (scene, "boris", SCRIPT_ID, SIDE_SELECTION_CALIBRATION, side_fixture_now_ms ());
  g_autofree char *own = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_SECOND, 0);

  form_place_begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, own);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 0);
  g_assert_true (form_place_says (scene->form, "Second review, blind"));
  side_review_keeper_finish (scene->keeper, -1);
  side_test_wait_until (sees_other, scene->keeper, 5000, "what the other found");
  g_assert_cmpstr (((SideReview *) g_ptr_array_index (side_review_keeper_get_others (scene->keeper), 0))->id, ==, others);
}

static gboolean
sees_none (gpointer keeper)
{
  return side_review_keeper_get_others (keeper)->len == 0 && side_review_keeper_get_review (keeper) == NULL;
}

/* Whoever is invited to a calibration answers for it, and blind, though they reviewed the call before. */
static void
test_asked (FormScene     *scene,
            gconstpointer  role)
{
  g_autofree char *others = receive_review (scene, "anna", SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *before = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *id = side_id_new ();
  g_autoptr (SideCalibration) calibration = side_calibration_new (id, SIDE_FIXTURE_PROJECT, "November", SCRIPT_ID, 8);
  g_autoptr (SideDocument) document = NULL;

  g_ptr_array_add (calibration->calls, g_strdup ("call-0"));
  g_ptr_array_add (calibration->reviewers, g_strdup (PLACE_USER));
  g_ptr_array_add (calibration->reviewers, g_strdup ("anna"));
  document = side_wire_document_for_calibration (calibration);
  place_receive (&scene->place, document);
  side_test_run_for (300);
  form_place_begin (scene);
  side_test_wait_until (sees_none, scene->keeper, 5000, "an empty form");
  g_assert_true (form_place_says (scene->form, "For calibration “November”, blind"));
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, -1);
  g_assert_true (form_place_says (scene->form, "For calibration “November”, blind"));
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->plan, ==, id);
  g_assert_cmpint (side_review_keeper_get_review (scene->keeper)->selection, ==, SIDE_SELECTION_CALIBRATION);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, before);
  side_test_run_for (300);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 0);
}

/* Who reviews a call for the second time without being told sees a plan like any other. */
static void
test_plan (FormScene     *scene,
           gconstpointer  role)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SidePlan) plan = side_plan_new (id, SIDE_FIXTURE_PROJECT, "Tea");
  g_autoptr (SideDocument) document = NULL;

  plan->script = g_strdup (SCRIPT_ID);
  plan->seed = g_strdup ("s");
  plan->size = 1;
  side_plan_add_item (plan, "call-0", NULL, 1, TRUE);
  side_plan_add_reviewer (plan, PLACE_USER, 1);
  side_plan_add_task (plan, "call-0", PLACE_USER, SIDE_SELECTION_REPEAT);
  document = side_wire_document_for_plan (plan);
  place_receive (&scene->place, document);
  side_test_run_for (300);
  form_place_begin (scene);
  g_assert_true (form_place_says (scene->form, "Plan “Tea”"));
  g_assert_false (form_place_says (scene->form, "blind"));
}

/* Several scripts on one call, each with its own review; one for test calls is not among them. */
static void
test_scripts (FormScene     *scene,
              gconstpointer  role)
{
  g_autoptr (SideScript) other = side_script_new (OTHER_SCRIPT, SIDE_FIXTURE_PROJECT, "Politeness", 8);
  g_autoptr (SideScript) trial = side_script_new (TEST_SCRIPT, SIDE_FIXTURE_PROJECT, "First trial", 1);
  GtkDropDown *chooser;

  side_script_add_section (other, "1", "Tone");
  form_place_add (other, "1.1", "Does not interrupt", 5);
  form_place_receive_script (scene, other, 3);
  side_script_add_section (trial, "1", "Trial");
  trial->purpose = SIDE_SCRIPT_FOR_TEST_CALLS;
  form_place_receive_script (scene, trial, 4);
  form_place_begin (scene);
  g_assert_cmpuint (side_review_keeper_get_scripts (scene->keeper)->len, ==, 2);
  form_place_press (scene->form, GDK_KEY_y);
  chooser = GTK_DROP_DOWN (place_find_named (scene->form, "Which script"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (chooser)));
  gtk_drop_down_set_selected (chooser, 1);
  side_test_wait_until (form_place_is_loaded, scene->keeper, 5000, "the other script");
  g_assert_cmpstr (side_review_keeper_get_script (scene->keeper)->title, ==, "Politeness");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, -1);
  gtk_drop_down_set_selected (chooser, 0);
  side_test_wait_until (form_place_is_loaded, scene->keeper, 5000, "the first script");
  side_test_run_for (200);
  g_assert_cmpstr (side_review_keeper_get_script (scene->keeper)->title, ==, "Order by phone");
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
}

/* The same person once more, only when they choose so. */
static void
test_again (FormScene     *scene,
            gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());

  form_place_begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  gtk_widget_activate_action (scene->form, "review.again", NULL);
  side_test_wait_until (form_place_is_loaded, scene->keeper, 5000, "an empty form");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, -1);
  side_test_run_for (200);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, id);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 1);
}

/* How much was heard is shown, kept with the review, and can be asked for. */
static void
test_heard (FormScene     *scene,
            gconstpointer  role)
{
  form_place_begin (scene);
  side_sitting_set_length (scene->sitting, 10000);
  side_sitting_add (scene->sitting, 0, 8300, 1.0);
  for (int i = 0; i < 4; i++)
    form_place_press (scene->form, GDK_KEY_y);
  side_test_run_for (50);
  g_assert_true (form_place_says (scene->form, "Heard 83 % of 0:10") || form_place_says (scene->form, "Heard 83\u00a0% of 0:10")
                 || form_place_says (scene->form, "Heard 83% of 0:10"));
  g_settings_set_boolean (side_settings_get (), "review-whole-recording", TRUE);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_settings_set_boolean (side_settings_get (), "review-whole-recording", FALSE);
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (strstr (scene->toast, "the whole recording is to be heard first"));
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpfloat_with_epsilon (side_review_keeper_get_review (scene->keeper)->heard, 0.83, 1e-9);
}

/* Who heard hardly anything is asked, and may. */
static void
test_unheard (FormScene     *scene,
              gconstpointer  role)
{
  GtkWidget *finish;

  form_place_begin (scene);
  side_sitting_set_length (scene->sitting, 10000);
  for (int i = 0; i < 4; i++)
    form_place_press (scene->form, GDK_KEY_y);
  finish = form_place_button (scene->form, "Finish review");
  side_widget_test_click (finish);
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (side_widget_test_find_question ());
  g_assert_cmpstr (adw_message_dialog_get_default_response (side_widget_test_find_question ()), ==, "cancel");
  g_assert_cmpstr (adw_message_dialog_get_body (side_widget_test_find_question ()), ==, "You have not heard the recording.");
  side_widget_test_answer ("cancel");
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  side_sitting_add (scene->sitting, 0, 1290, 1.0);
  side_widget_test_click (finish);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (side_widget_test_find_question ()), "You heard 12"));
  side_widget_test_answer ("finish");
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpfloat_with_epsilon (side_review_keeper_get_review (scene->keeper)->heard, 0.129, 1e-9);
}

/* Half of it is enough, and so is any call without a recording. */
static void
test_half_heard (FormScene     *scene,
                 gconstpointer  role)
{
  form_place_begin (scene);
  side_sitting_set_length (scene->sitting, 10000);
  side_sitting_add (scene->sitting, 0, 5000, 1.0);
  for (int i = 0; i < 4; i++)
    form_place_press (scene->form, GDK_KEY_y);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
}

/* A reason that is typed is not lost by Escape. */
static void
test_reason (FormScene     *scene,
             gconstpointer  role)
{
  AdwMessageDialog *dialog;

  g_free (receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ()));
  form_place_begin (scene);
  side_widget_test_click (form_place_button (scene->form, "Revise…"));
  dialog = side_widget_test_find_question ();
  g_assert_nonnull (dialog);
  g_assert_false (side_widget_test_escape (GTK_WIDGET (dialog)));
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "heard again");
  g_assert_true (side_widget_test_escape (GTK_WIDGET (dialog)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What the script asks for no preference takes back. */
static void
test_whole_recording (FormScene     *scene,
                      gconstpointer  role)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "All of it", 9);

  side_script_add_section (script, "1", "All");
  form_place_add (script, "1", "Says goodbye", 1);
  script->whole_recording = TRUE;
  form_place_receive_script (scene, script, 3);
  form_place_go_to (scene, 0);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 0);
  gtk_widget_grab_focus (form_place_row (scene->form, "1"));
  form_place_press (scene->form, GDK_KEY_y);
  side_test_run_for (50);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpstr (scene->toast, ==, "This script asks for the whole recording to be heard first");
  side_sitting_set_length (scene->sitting, 10000);
  side_sitting_add (scene->sitting, 0, 8300, 1.0);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (strstr (scene->toast, ": this script asks for the whole recording"));
  side_sitting_add (scene->sitting, 8300, 9950, 1.0);
  side_widget_test_click (form_place_button (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
}

static gboolean
has_versions (gpointer window)
{
  return form_place_says (window, "Nothing is changed by looking");
}

/* Under another version: another score, and the review stays as it is. */
static void
test_what_if (FormScene     *scene,
              gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) before = place_list (&scene->place, "review", "call-0");
  g_autoptr (GPtrArray) after = NULL;
  GtkWindow *window;

  form_place_begin (scene);
  body = g_strdup (((SideDocument *) before->pdata[0])->body);
  window = side_whatif_window_new (GTK_WINDOW (scene->window), scene->place.desk, side_review_keeper_get_script (scene->keeper),
                                   side_review_keeper_get_review (scene->keeper));
  gtk_window_present (window);
  side_test_wait_until (has_versions, window, 5000, "version 7");
  g_assert_true (form_place_says (GTK_WIDGET (window), "not in this version"));
  g_assert_true (form_place_says (GTK_WIDGET (window), "Says goodbye"));
  gtk_window_destroy (window);
  after = place_list (&scene->place, "review", "call-0");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) after->pdata[0])->body, ==, body);
}

#define ADD(path, test) \
  g_test_add ("/review-form/" path, FormScene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), form_place_set_up, test, form_place_tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("keyboard", test_keyboard);
  ADD ("condition", test_condition);
  ADD ("missing", test_missing);
  ADD ("span", test_span);
  ADD ("silent", test_silent);
  ADD ("sealed", test_sealed);
  ADD ("hands", test_hands);
  ADD ("taken", test_taken);
  ADD ("blind", test_blind);
  ADD ("asked", test_asked);
  ADD ("plan", test_plan);
  ADD ("long", test_long);
  ADD ("scripts", test_scripts);
  ADD ("again", test_again);
  ADD ("heard", test_heard);
  ADD ("unheard", test_unheard);
  ADD ("half-heard", test_half_heard);
  ADD ("reason", test_reason);
  ADD ("whole-recording", test_whole_recording);
  ADD ("what-if", test_what_if);
  return g_test_run ();
}
