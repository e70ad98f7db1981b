/* test-review-form.c - a review from the first key to the second revision
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-calibration.h"
#include "side-criterion-row.h"
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

typedef struct {
  Place             place;
  SideReviewKeeper *keeper;
  SideSitting      *sitting;
  GtkWidget        *form;
  GtkWidget        *window;
  char             *toast;
} Scene;

static SideCriterion *
add (SideScript *script,
     const char *id,
     const char *text,
     double      weight)
{
  return side_section_add_criterion (g_ptr_array_index (script->sections, 0), id, text, weight);
}

static void
receive_script (Scene      *scene,
                SideScript *script,
                gint64      change)
{
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);

  document->revision = change;
  document->change = change * 10;
  place_receive (&scene->place, document);
}

/* Version 8: a condition, a comment that is asked for, causes and an exemplar. */
static void
receive_rich_script (Scene *scene)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "Order by phone", 8);
  SideCriterion *criterion;

  side_script_add_section (script, "1", "Greeting");
  add (script, "1.1", "Offers a size", 5);
  criterion = add (script, "1.2", "Names the right size", 5);
  criterion->only_if = g_strdup ("1.1");
  criterion->only_low = criterion->only_high = 1.0;
  g_ptr_array_add (criterion->causes, g_strdup ("No stock list"));
  g_ptr_array_add (criterion->causes, g_strdup ("Wrong list"));
  side_criterion_add_exemplar (criterion, 1.0, "call-3", 4000, 9000, "Asks twice");
  criterion = add (script, "1.3", "Asks the name", 5);
  criterion->comment = SIDE_COMMENT_ON_FAULT;
  add (script, "1.4", "Says goodbye", 5);
  receive_script (scene, script, 2);
}

static void
keep_toast (gpointer    form,
            const char *words,
            gpointer    data)
{
  Scene *scene = data;

  g_free (scene->toast);
  scene->toast = g_strdup (words);
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  receive_rich_script (scene);
  scene->keeper = side_review_keeper_new (scene->place.desk);
  scene->sitting = side_sitting_new (scene->place.desk);
  scene->form = side_review_form_new ();
  side_review_form_set_keeper (SIDE_REVIEW_FORM (scene->form), scene->keeper, scene->place.desk);
  side_review_form_set_sitting (SIDE_REVIEW_FORM (scene->form), scene->sitting);
  g_signal_connect (scene->form, "toast", G_CALLBACK (keep_toast), scene);
  scene->window = side_widget_test_show (scene->form, 400, 600);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  g_assert_finalize_object (scene->keeper);
  g_object_unref (scene->sitting);
  g_free (scene->toast);
  place_tear_down (&scene->place, NULL);
}

static gboolean
is_loaded (gpointer keeper)
{
  return !side_review_keeper_is_loading (keeper);
}

static void
go_to (Scene *scene,
       int    number)
{
  g_autoptr (SideCall) call = place_call (number);

  side_review_keeper_set_call (scene->keeper, call);
  side_sitting_set_call (scene->sitting, call);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the reviews");
}

static GtkWidget *
row_of (GtkWidget  *root,
        const char *criterion)
{
  if (SIDE_IS_CRITERION_ROW (root) && g_str_equal (side_criterion_row_get_id (SIDE_CRITERION_ROW (root)), criterion))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = row_of (child, criterion);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As the keyboard does it: to the questions, which take it before what has the focus. */
static gboolean
press (Scene *scene,
       guint  keyval)
{
  GtkWidget *rows = place_find (scene->form, "SideReviewRows");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (rows);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

static gboolean
has_last_row (gpointer form)
{
  return row_of (form, "130") != NULL;
}

/* A long form is made while it is read, in the order of its questions. */
static void
test_long (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "A long one", 9);

  side_script_add_section (script, "1", "All");
  for (int i = 1; i <= 130; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      add (script, id, "Does what is asked here", 1);
    }
  receive_script (scene, script, 3);
  go_to (scene, 0);
  g_assert_nonnull (row_of (scene->form, "1"));
  side_test_wait_until (has_last_row, scene->form, 30000, "the last question");
  gtk_widget_grab_focus (row_of (scene->form, "130"));
  press (scene, GDK_KEY_y);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (scene->window)), scene->form));
  g_assert_cmpstr (side_criterion_row_get_id (SIDE_CRITERION_ROW (gtk_root_get_focus (GTK_ROOT (scene->window)))), ==, "1");
}

static const char *
focused (Scene *scene)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (scene->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, SIDE_TYPE_CRITERION_ROW) : NULL;

  return row != NULL ? side_criterion_row_get_id (SIDE_CRITERION_ROW (row)) : NULL;
}

static gboolean
says (GtkWidget  *root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* A button of the form with that label, in sight. */
static GtkWidget *
button_of (GtkWidget  *root,
           const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = button_of (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const SideAnswer *
answer_of (Scene      *scene,
           const char *criterion)
{
  return side_review_find_answer (side_review_keeper_get_review (scene->keeper), criterion);
}

static void
begin (Scene *scene)
{
  go_to (scene, 0);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 1000);
  gtk_widget_grab_focus (row_of (scene->form, "1.1"));
  side_test_run_for (50);
}

/* From the first key to the button that ends it, without a mouse. */
static void
test_keyboard (Scene         *scene,
               gconstpointer  role)
{
  begin (scene);
  g_assert_true (press (scene, GDK_KEY_y));
  g_assert_cmpstr (focused (scene), ==, "1.2");
  /* A fault asks for its cause before it is left. */
  press (scene, GDK_KEY_n);
  g_assert_cmpstr (focused (scene), ==, "1.2");
  side_test_run_for (50);
  g_assert_true (says (row_of (scene->form, "1.2"), "Cause"));
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 41000);
  press (scene, GDK_KEY_e);
  side_review_form_set_position (SIDE_REVIEW_FORM (scene->form), 47000);
  press (scene, GDK_KEY_d);
  press (scene, GDK_KEY_s);
  g_assert_cmpstr (focused (scene), ==, "1.2");   /* the span has no end yet */
  press (scene, GDK_KEY_e);
  g_assert_cmpstr (focused (scene), ==, "1.3");
  g_assert_cmpint (answer_of (scene, "1.2")->cause, ==, SIDE_CAUSE_SCRIPT);
  g_assert_cmpstr (answer_of (scene, "1.2")->detail, ==, "No stock list");
  g_assert_cmpint (answer_of (scene, "1.2")->position_ms, ==, 41000);
  g_assert_cmpint (answer_of (scene, "1.2")->to_ms, ==, 47000);
  side_test_run_for (50);
  g_assert_nonnull (button_of (row_of (scene->form, "1.2"), "0:41–0:47"));
  /* Here the script asks for words too; Enter in them is the end of it. */
  press (scene, GDK_KEY_p);
  press (scene, GDK_KEY_o);
  g_assert_cmpstr (focused (scene), ==, "1.3");
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (scene->window))));
  g_assert_false (press (scene, GDK_KEY_y));
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (scene->window))), "mumbled");
  g_signal_emit_by_name (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (scene->window)), GTK_TYPE_ENTRY), "activate");
  g_assert_cmpstr (answer_of (scene, "1.3")->comment, ==, "mumbled");
  g_assert_cmpstr (focused (scene), ==, "1.4");
  press (scene, GDK_KEY_y);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (scene->window)) == button_of (scene->form, "Finish review"));
  side_widget_test_click (gtk_root_get_focus (GTK_ROOT (scene->window)));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (scene->window)));
}

/* What hangs on another answer is folded until it is asked. */
static void
test_condition (Scene         *scene,
                gconstpointer  role)
{
  GtkWidget *row;

  begin (scene);
  row = row_of (scene->form, "1.2");
  g_assert_true (says (row, "Only when “Offers a size” is “Yes”"));
  g_assert_false (gtk_widget_get_focusable (row));
  press (scene, GDK_KEY_n);
  press (scene, GDK_KEY_o);
  g_assert_cmpstr (focused (scene), ==, "1.3");
  press (scene, GDK_KEY_Up);
  g_assert_cmpstr (focused (scene), ==, "1.1");
  press (scene, GDK_KEY_y);
  g_assert_cmpstr (focused (scene), ==, "1.2");
  side_test_run_for (50);
  g_assert_false (says (row, "Only when"));
  g_assert_nonnull (button_of (row, "Yes"));
  /* Undone, it folds under the keyboard, which is not lost. */
  g_assert_true (side_review_keeper_undo (scene->keeper));
  g_assert_cmpstr (focused (scene), ==, "1.1");
  g_assert_cmpint (answer_of (scene, "1.1")->cause, ==, SIDE_CAUSE_OPERATOR);
}

/* What is missing is named, and the keyboard goes there. */
static void
test_missing (Scene         *scene,
              gconstpointer  role)
{
  begin (scene);
  press (scene, GDK_KEY_n);
  press (scene, GDK_KEY_o);
  press (scene, GDK_KEY_n);
  gtk_widget_grab_focus (row_of (scene->form, "1.1"));
  side_widget_test_click (button_of (scene->form, "Finish review"));
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpstr (scene->toast, ==, "1 question has no answer yet; 1 fault has no cause yet");
  g_assert_cmpstr (focused (scene), ==, "1.3");
  press (scene, GDK_KEY_c);
  g_assert_true (GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (scene->window))));
  press (scene, GDK_KEY_Escape);
  press (scene, GDK_KEY_Down);
  press (scene, GDK_KEY_y);
  /* Past the last one, back to what was passed by. */
  g_assert_cmpstr (focused (scene), ==, "1.3");
}

static gboolean
is_sealed (gpointer data)
{
  Scene *scene = data;
  g_autoptr (GPtrArray) list = place_list (&scene->place, "review", "call-0");
  g_autoptr (SideReview) review = NULL;

  if (list->len != 1)
    return FALSE;
  review = side_wire_review_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  return review->finished_ms != 0 && review->revision == 2 && review->history->len == 1;
}

/* A finished review changes by a new revision with a reason, and no other way. */
static void
test_sealed (Scene         *scene,
             gconstpointer  role)
{
  const SideReview *review;
  const SideReviewRevision *first;

  begin (scene);
  press (scene, GDK_KEY_y);
  press (scene, GDK_KEY_y);
  press (scene, GDK_KEY_y);
  press (scene, GDK_KEY_y);
  side_widget_test_click (button_of (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  press (scene, GDK_KEY_n);
  g_assert_false (side_review_keeper_undo (scene->keeper));
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.4"), ==, 1.0);
  side_test_run_for (50);
  g_assert_nonnull (button_of (scene->form, "Revise…"));
  gtk_widget_grab_focus (button_of (scene->form, "Revise…"));
  side_review_keeper_revise (scene->keeper, "The customer did say so");
  g_assert_cmpstr (focused (scene), ==, "1.1");
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
receive_review (Scene         *scene,
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
test_hands (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, "vera", SCRIPT_ID, SIDE_SELECTION_NONE, 0);
  const SideReview *review;

  begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  g_assert_true (says (scene->form, "vera has begun this review, 2 of 4 answered"));
  g_assert_nonnull (button_of (scene->form, "Take Over…"));
  press (scene, GDK_KEY_n);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
  side_review_keeper_claim (scene->keeper);
  review = side_review_keeper_get_review (scene->keeper);
  g_assert_cmpstr (review->reviewer, ==, PLACE_USER);
  g_assert_cmpuint (review->holders->len, ==, 1);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.3"), ==, 0.5);
  side_review_keeper_answer (scene->keeper, "1.4", 1.0, -1);
  side_review_keeper_release (scene->keeper);
  side_test_run_for (200);
  g_assert_true (says (scene->form, "Released by " PLACE_USER ", 3 of 4 answered"));
  g_assert_nonnull (button_of (scene->form, "Claim"));
  side_widget_test_click (button_of (scene->form, "Claim"));
  g_assert_true (side_review_keeper_can_change (scene->keeper));
  g_assert_cmpuint (side_review_keeper_get_review (scene->keeper)->holders->len, ==, 2);
}

/* Whoever was made to begin again has not the name of what was taken over. */
static void
test_taken (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *first = NULL;

  begin (scene);
  press (scene, GDK_KEY_y);
  first = g_strdup (side_review_keeper_get_review (scene->keeper)->id);
  side_review_keeper_release (scene->keeper);
  side_test_run_for (200);
  side_review_keeper_choose (scene->keeper, NULL);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "an empty form");
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
test_blind (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *others = receive_review (scene, "anna", SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *theirs = receive_review (scene, "boris", SCRIPT_ID, SIDE_SELECTION_CALIBRATION, side_fixture_now_ms ());
  g_autofree char *own = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_SECOND, 0);

  begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, own);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 0);
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
test_asked (Scene         *scene,
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
  begin (scene);
  side_test_wait_until (sees_none, scene->keeper, 5000, "an empty form");
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, -1);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->plan, ==, id);
  g_assert_cmpint (side_review_keeper_get_review (scene->keeper)->selection, ==, SIDE_SELECTION_CALIBRATION);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, before);
  side_test_run_for (300);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 0);
}

/* Several scripts on one call, each with its own review; one for test calls is not among them. */
static void
test_scripts (Scene         *scene,
              gconstpointer  role)
{
  g_autoptr (SideScript) other = side_script_new (OTHER_SCRIPT, SIDE_FIXTURE_PROJECT, "Politeness", 8);
  g_autoptr (SideScript) trial = side_script_new (TEST_SCRIPT, SIDE_FIXTURE_PROJECT, "First trial", 1);
  GtkDropDown *chooser;

  side_script_add_section (other, "1", "Tone");
  add (other, "1.1", "Does not interrupt", 5);
  receive_script (scene, other, 3);
  side_script_add_section (trial, "1", "Trial");
  trial->purpose = SIDE_SCRIPT_FOR_TEST_CALLS;
  receive_script (scene, trial, 4);
  begin (scene);
  g_assert_cmpuint (side_review_keeper_get_scripts (scene->keeper)->len, ==, 2);
  press (scene, GDK_KEY_y);
  chooser = GTK_DROP_DOWN (place_find_named (scene->form, "Which script"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (chooser)));
  gtk_drop_down_set_selected (chooser, 1);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the other script");
  g_assert_cmpstr (side_review_keeper_get_script (scene->keeper)->title, ==, "Politeness");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, -1);
  gtk_drop_down_set_selected (chooser, 0);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the first script");
  side_test_run_for (200);
  g_assert_cmpstr (side_review_keeper_get_script (scene->keeper)->title, ==, "Order by phone");
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
}

/* The same person once more, only when they choose so. */
static void
test_again (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());

  begin (scene);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  gtk_widget_activate_action (scene->form, "review.again", NULL);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "an empty form");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, -1);
  side_test_run_for (200);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, id);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 1);
}

/* How much was heard is shown, kept with the review, and can be asked for. */
static void
test_heard (Scene         *scene,
            gconstpointer  role)
{
  begin (scene);
  side_sitting_set_length (scene->sitting, 10000);
  side_sitting_add (scene->sitting, 0, 8300, 1.0);
  for (int i = 0; i < 4; i++)
    press (scene, GDK_KEY_y);
  side_test_run_for (50);
  g_assert_true (says (scene->form, "Heard 83 % of 0:10") || says (scene->form, "Heard 83\u00a0% of 0:10")
                 || says (scene->form, "Heard 83% of 0:10"));
  g_settings_set_boolean (side_settings_get (), "review-whole-recording", TRUE);
  side_widget_test_click (button_of (scene->form, "Finish review"));
  g_settings_set_boolean (side_settings_get (), "review-whole-recording", FALSE);
  g_assert_false (side_review_keeper_is_finished (scene->keeper));
  g_assert_nonnull (strstr (scene->toast, "the whole recording is to be heard first"));
  side_widget_test_click (button_of (scene->form, "Finish review"));
  g_assert_true (side_review_keeper_is_finished (scene->keeper));
  g_assert_cmpfloat_with_epsilon (side_review_keeper_get_review (scene->keeper)->heard, 0.83, 1e-9);
}

static gboolean
has_versions (gpointer window)
{
  return says (window, "Nothing is changed by looking");
}

/* Under another version: another score, and the review stays as it is. */
static void
test_what_if (Scene         *scene,
              gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, PLACE_USER, SCRIPT_ID, SIDE_SELECTION_NONE, side_fixture_now_ms ());
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) before = place_list (&scene->place, "review", "call-0");
  g_autoptr (GPtrArray) after = NULL;
  GtkWindow *window;

  begin (scene);
  body = g_strdup (((SideDocument *) before->pdata[0])->body);
  window = side_whatif_window_new (GTK_WINDOW (scene->window), scene->place.desk, side_review_keeper_get_script (scene->keeper),
                                   side_review_keeper_get_review (scene->keeper));
  gtk_window_present (window);
  side_test_wait_until (has_versions, window, 5000, "version 7");
  g_assert_true (says (GTK_WIDGET (window), "not in this version"));
  g_assert_true (says (GTK_WIDGET (window), "Says goodbye"));
  gtk_window_destroy (window);
  after = place_list (&scene->place, "review", "call-0");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) after->pdata[0])->body, ==, body);
}

#define ADD(path, test) \
  g_test_add ("/review-form/" path, Scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("keyboard", test_keyboard);
  ADD ("condition", test_condition);
  ADD ("missing", test_missing);
  ADD ("sealed", test_sealed);
  ADD ("hands", test_hands);
  ADD ("taken", test_taken);
  ADD ("blind", test_blind);
  ADD ("asked", test_asked);
  ADD ("long", test_long);
  ADD ("scripts", test_scripts);
  ADD ("again", test_again);
  ADD ("heard", test_heard);
  ADD ("what-if", test_what_if);
  return g_test_run ();
}
