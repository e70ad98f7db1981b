/* test-test-form.c - the form beside a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "calls-place.h"
#include "form-place.h"
#include "side-board-fixture.h"
#include "side-criterion-row.h"
#include "side-moment-button.h"
#include "side-score-ring.h"
#include "side-score.h"
#include "side-test-fact-row.h"
#include "side-test-form.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define FORM_SCRIPT "7d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a44"

typedef struct {
  Place          place;
  SideScenarios *shelf;
  SideScript    *script;
  SideTestCall  *call;
  GtkWidget     *form;
  GtkWidget     *window;
  guint          n_changed;
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static gboolean
has_script (gpointer shelf)
{
  GPtrArray *scripts = side_scenarios_get_scripts (shelf);

  for (guint i = 0; i < scripts->len; i++)
    if (g_str_equal (((const SideScript *) scripts->pdata[i])->id, FORM_SCRIPT))
      return TRUE;
  return FALSE;
}

/* Four questions: a plain one, a critical one, one on a scale and one that asks for words. */
static SideScript *
new_script (int version)
{
  SideScript *script = side_script_new (FORM_SCRIPT, SIDE_FIXTURE_PROJECT, "Return outside 14 days", version);
  SideCriterion *criterion;

  side_script_add_section (script, "1", "Conversation");
  form_place_add (script, "1.1", "Greets, names the shop and self", 10);
  criterion = form_place_add (script, "1.2", "Knows the 14-day rule and warranty law", 20);
  criterion->critical = SIDE_CRITICAL_SECTION;
  criterion = form_place_add (script, "1.3", "Stays polite when pressed", 10);
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion = form_place_add (script, "1.4", "Ends with a next step", 10);
  criterion->comment = SIDE_COMMENT_ON_FAULT;
  return script;
}

static SideScenario *
new_scenario (const char *script,
              int         version)
{
  g_autofree char *id = side_id_new ();
  SideScenario *scenario = side_scenario_new (id, SIDE_FIXTURE_PROJECT, "Return outside 14 days");
  SideScenarioFact *fact;

  scenario->number = g_strdup ("100");
  scenario->script = g_strdup (script);
  scenario->script_version = version;
  fact = side_scenario_add_fact (scenario, "law", "How long can the boots be returned?", "Two years for a defect");
  fact->note = g_strdup ("“The warranty term” counts as right");
  side_scenario_add_fact (scenario, "price", "What does the courier cost?", "300 ₽");
  return scenario;
}

static void
changed_cb (Scene *scene)
{
  scene->n_changed++;
}

static void
open_form (Scene    *scene,
           gboolean  read_only)
{
  scene->form = side_test_form_new ();
  g_signal_connect_swapped (scene->form, "changed", G_CALLBACK (changed_cb), scene);
  side_test_form_open (SIDE_TEST_FORM (scene->form), scene->shelf, scene->call, read_only);
  scene->window = side_widget_test_show (scene->form, 340, 900);
  side_test_run_for (100);
}

static void
close_form (Scene *scene)
{
  side_widget_test_close (scene->window);
  scene->window = scene->form = NULL;
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  g_autoptr (SideScenario) scenario = new_scenario (FORM_SCRIPT, 3);
  g_autoptr (SideDocument) document = NULL;
  g_autofree char *id = side_id_new ();

  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  scene->script = new_script (3);
  document = side_wire_document_for_script (scene->script);
  place_receive (&scene->place, document);
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the scenarios to be read");
  side_test_wait_until (has_script, scene->shelf, 5000, "the script to be read");
  scene->call = side_test_call_new (id, SIDE_FIXTURE_PROJECT, "100");
  side_test_call_follow (scene->call, scenario);
  scene->call->review->reviewer = g_strdup (PLACE_USER);
  scene->call->dialled_ms = side_desk_get_write_ms (scene->place.desk);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  if (scene->window != NULL)
    close_form (scene);
  g_object_unref (scene->shelf);
  side_test_call_unref (scene->call);
  side_script_unref (scene->script);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static double
value_of (Scene      *scene,
          const char *criterion)
{
  return side_review_get_answer (scene->call->review, criterion);
}

static SideTestFactState
fact_of (Scene      *scene,
         const char *fact)
{
  return side_test_call_find_fact (scene->call, fact)->state;
}

static GtkWidget *
fact_row (GtkWidget  *root,
          const char *id)
{
  if (SIDE_IS_TEST_FACT_ROW (root) && g_str_equal (side_test_fact_row_get_id (SIDE_TEST_FACT_ROW (root)), id))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fact_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As the keyboard does it: to the list of facts, which takes it first. */
static gboolean
press_fact (Scene *scene,
            guint  keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (place_find (scene->form, "SideTestFacts"));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

/* The switch beside those words. */
static void
flip (Scene      *scene,
      const char *words)
{
  GtkWidget *label = place_find_text (scene->form, words);
  GtkWidget *field = gtk_widget_get_next_sibling (label);

  g_assert_true (GTK_IS_SWITCH (field) && gtk_widget_is_sensitive (field));
  gtk_switch_set_active (GTK_SWITCH (field), !gtk_switch_get_active (GTK_SWITCH (field)));
}

/* What is told is what the metric says, and what the ring shows. */
static void
assert_score (Scene *scene)
{
  SideScore score;
  g_autofree char *digits = NULL;

  side_score_compute (scene->script, scene->call->review, &score);
  digits = g_strdup_printf ("%.0f", score.score);
  side_test_run_for (50);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (place_find (place_find (scene->form, "SideScoreRing"), "GtkLabel"))), ==, digits);
}

/* From the first question to the last fact without a mouse. */
static void
test_keyboard (Scene         *scene,
               gconstpointer  data)
{
  g_autofree char *warning = NULL;
  SideScore score;

  open_form (scene, FALSE);
  g_assert_true (form_place_says (scene->form, "Score while you talk"));
  g_assert_true (form_place_says (scene->form, "4 questions have no answer yet"));
  side_widget_test_no_nameless (scene->form);
  side_test_form_set_live (SIDE_TEST_FORM (scene->form), 41000);
  gtk_widget_grab_focus (form_place_row (scene->form, "1.1"));
  form_place_press (scene->form, GDK_KEY_y);
  g_assert_cmpfloat (value_of (scene, "1.1"), ==, 1);
  g_assert_cmpint (side_review_find_answer (scene->call->review, "1.1")->position_ms, ==, 41000);
  g_assert_cmpint (side_review_find_answer (scene->call->review, "1.1")->given_ms, >, 0);
  g_assert_cmpuint (scene->n_changed, ==, 1);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");
  assert_score (scene);
  /* A fault asks for its cause; no span is asked for: nobody goes back in a call that goes on. */
  form_place_press (scene->form, GDK_KEY_n);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.2");
  assert_score (scene);
  side_score_compute (scene->script, scene->call->review, &score);
  g_assert_true (score.critical_failed);
  warning = g_strdup_printf ("A critical criterion was not met. Without it: %.0f.", score.would_be);
  g_test_message ("score %.1f, %s", score.score, warning);
  g_assert_true (form_place_says (scene->form, warning));
  form_place_press (scene->form, GDK_KEY_o);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  form_place_press (scene->form, GDK_KEY_4);
  g_assert_cmpfloat_with_epsilon (value_of (scene, "1.3"), 0.8, 1e-9);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.3");
  form_place_press (scene->form, GDK_KEY_o);
  g_assert_cmpstr (form_place_focused (scene->window), ==, "1.4");
  form_place_press (scene->form, GDK_KEY_y);
  assert_score (scene);
  /* The last question is done: on with the facts. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (scene->window)) == fact_row (scene->form, "law"));
  g_assert_true (form_place_says (fact_row (scene->form, "law"), "Right: Two years for a defect"));
  g_assert_true (press_fact (scene, GDK_KEY_n));
  g_assert_cmpint (fact_of (scene, "law"), ==, SIDE_TEST_FACT_WRONG);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (scene->window)) == fact_row (scene->form, "price"));
  g_assert_true (press_fact (scene, GDK_KEY_3));
  g_assert_cmpint (fact_of (scene, "price"), ==, SIDE_TEST_FACT_NOT_TOLD);
  g_assert_cmpint (scene->call->review->finished_ms, ==, 0);
}

/* By pointer, with what was heard; taken back step by step, and done again. */
static void
test_pointer (Scene         *scene,
              gconstpointer  data)
{
  GtkWidget *row;

  open_form (scene, FALSE);
  side_widget_test_click (form_place_button (form_place_row (scene->form, "1.1"), "Yes"));
  side_widget_test_click (form_place_button (form_place_row (scene->form, "1.2"), "Yes"));
  row = fact_row (scene->form, "law");
  side_widget_test_click (form_place_button (row, "Wrong"));
  gtk_editable_set_text (GTK_EDITABLE (place_find (row, "GtkEntry")), "Only 14 days");
  side_test_form_flush (SIDE_TEST_FORM (scene->form));
  g_assert_cmpstr (side_test_call_find_fact (scene->call, "law")->heard, ==, "Only 14 days");
  g_assert_cmpuint (scene->n_changed, ==, 4);
  /* What the call's clock and line say meanwhile is not taken back with it. */
  scene->call->ended_ms = scene->call->dialled_ms + 90000;
  side_test_call_add_note (scene->call, 5000, "Noisy line");
  gtk_widget_activate_action (scene->form, "test-form.undo", NULL);
  g_assert_null (side_test_call_find_fact (scene->call, "law")->heard);
  g_assert_cmpint (fact_of (scene, "law"), ==, SIDE_TEST_FACT_WRONG);
  gtk_widget_activate_action (scene->form, "test-form.undo", NULL);
  g_assert_cmpint (fact_of (scene, "law"), ==, SIDE_TEST_FACT_OPEN);
  gtk_widget_activate_action (scene->form, "test-form.undo", NULL);
  g_assert_cmpfloat (value_of (scene, "1.2"), ==, SIDE_ANSWER_NONE);
  g_assert_cmpfloat (value_of (scene, "1.1"), ==, 1);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form_place_button (form_place_row (scene->form, "1.2"), "Yes"))));
  assert_score (scene);
  gtk_widget_activate_action (scene->form, "test-form.redo", NULL);
  g_assert_cmpfloat (value_of (scene, "1.2"), ==, 1);
  g_assert_cmpint (scene->call->notes->len, ==, 1);
  g_assert_cmpint (scene->call->ended_ms, ==, scene->call->dialled_ms + 90000);
}

/* Who answered, hidden from clients unless somebody says otherwise; a promise to call back. */
static void
test_outcome (Scene         *scene,
              gconstpointer  data)
{
  GtkWidget *name;
  gint64 due_ms;

  scene->call->pinned->callback_ms = 7200000;
  scene->call->ended_ms = scene->call->dialled_ms + 60000;
  open_form (scene, FALSE);
  g_assert_false (form_place_says (scene->form, "Score while you talk"));
  g_assert_nonnull (place_find_text (scene->form, "Clients may read the name"));
  g_assert_false (scene->call->names_shown);
  name = place_find (place_find (scene->form, "SideTestOutcome"), "GtkEntry");
  gtk_editable_set_text (GTK_EDITABLE (name), "Olga");
  side_test_form_flush (SIDE_TEST_FORM (scene->form));
  g_assert_cmpstr (scene->call->operator_name, ==, "Olga");
  flip (scene, "They promised to call back");
  g_assert_cmpint (scene->call->callback, ==, SIDE_TEST_CALLBACK_OPEN);
  due_ms = scene->call->ended_ms + 7200000;
  g_assert_cmpint (scene->call->callback_due_ms, ==, due_ms);
  flip (scene, "They called back");
  g_assert_cmpint (scene->call->callback, ==, SIDE_TEST_CALLBACK_KEPT);
  g_assert_true (form_place_says (scene->form, "They called back in time."));
  /* Two moments are shown now: until when, and when it came. */
  side_moment_button_set (SIDE_MOMENT_BUTTON (place_find (scene->form, "SideMomentButton")), scene->call->callback_came_ms - 60000);
  g_assert_cmpint (scene->call->callback, ==, SIDE_TEST_CALLBACK_LATE);
  flip (scene, "They promised to call back");
  g_assert_cmpint (scene->call->callback, ==, SIDE_TEST_CALLBACK_NONE);
  g_assert_cmpint (scene->call->callback_due_ms, ==, 0);
  g_assert_cmpint (scene->call->callback_came_ms, ==, 0);
}

/* What was said comes back from what is written of it, with the same score. */
static void
test_reopened (Scene         *scene,
               gconstpointer  data)
{
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideTestCall) again = NULL;
  g_autoptr (GError) error = NULL;

  open_form (scene, FALSE);
  gtk_widget_grab_focus (form_place_row (scene->form, "1.1"));
  form_place_press (scene->form, GDK_KEY_p);
  form_place_press (scene->form, GDK_KEY_s);
  gtk_widget_grab_focus (fact_row (scene->form, "price"));
  press_fact (scene, GDK_KEY_y);
  document = side_wire_document_for_test_call (scene->call);
  close_form (scene);
  again = side_wire_test_call_from_json (document->body, -1, &error);
  g_assert_no_error (error);
  side_test_call_unref (scene->call);
  scene->call = g_steal_pointer (&again);
  open_form (scene, TRUE);
  g_assert_cmpfloat (value_of (scene, "1.1"), ==, 0.5);
  g_assert_cmpint (side_review_find_answer (scene->call->review, "1.1")->cause, ==, SIDE_CAUSE_SCRIPT);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form_place_button (form_place_row (scene->form, "1.1"), "Partly"))));
  assert_score (scene);
  /* Nothing can be said where it is only shown. */
  scene->n_changed = 0;
  gtk_widget_grab_focus (form_place_row (scene->form, "1.1"));
  form_place_press (scene->form, GDK_KEY_y);
  gtk_widget_grab_focus (fact_row (scene->form, "price"));
  press_fact (scene, GDK_KEY_n);
  gtk_widget_activate_action (scene->form, "test-form.undo", NULL);
  g_assert_cmpuint (scene->n_changed, ==, 0);
  g_assert_cmpint (fact_of (scene, "price"), ==, SIDE_TEST_FACT_RIGHT);
  g_assert_false (gtk_widget_get_sensitive (form_place_button (fact_row (scene->form, "price"), "Wrong")));
}

static gboolean
has_rows (gpointer form)
{
  return form_place_row (form, "1.1") != NULL;
}

/* The script went on to another version: the call keeps its own. */
static void
test_pinned_version (Scene         *scene,
                     gconstpointer  data)
{
  g_autoptr (SideScript) newer = new_script (4);
  g_autoptr (SideDocument) document = NULL;
  SideCriterion *criterion;

  criterion = side_script_find_criterion (newer, "1.1");
  g_free (criterion->text);
  criterion->text = g_strdup ("Says something else");
  document = side_wire_document_for_script (newer);
  document->revision = 2;
  document->change = 20;
  place_receive (&scene->place, document);
  side_test_run_for (300);
  open_form (scene, FALSE);
  side_test_wait_until (has_rows, scene->form, 5000, "the pinned version of the script");
  g_assert_true (form_place_says (scene->form, "version 3"));
  g_assert_true (form_place_says (scene->form, "Greets, names the shop and self"));
  g_assert_false (form_place_says (scene->form, "Says something else"));
}

/* A scenario without a script, and one whose script is not here, say so. */
static void
test_no_script (Scene         *scene,
                gconstpointer  data)
{
  g_autofree char *id = side_id_new ();

  g_clear_pointer (&scene->call->review->script, g_free);
  open_form (scene, FALSE);
  g_assert_true (form_place_says (scene->form, "This scenario has no script to score with."));
  g_assert_nonnull (fact_row (scene->form, "law"));
  close_form (scene);
  scene->call->review->script = g_steal_pointer (&id);
  open_form (scene, FALSE);
  side_test_run_for (200);
  g_assert_true (form_place_says (scene->form, "The script of this call is not on this computer."));
}

/* Words of other languages are longer: nothing asks for more width than the column has. */
static void
test_width (Scene         *scene,
            gconstpointer  data)
{
  int minimum;

  open_form (scene, FALSE);
  gtk_widget_measure (scene->form, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_test_message ("least width: %d", minimum);
  g_assert_cmpint (minimum, <=, 320);
}

static void
test_new_destroy (void)
{
  side_widget_test_new_destroy (side_test_form_new ());
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/test-form/new-destroy", test_new_destroy);
  g_test_add ("/test-form/keyboard", Scene, NULL, set_up, test_keyboard, tear_down);
  g_test_add ("/test-form/pointer", Scene, NULL, set_up, test_pointer, tear_down);
  g_test_add ("/test-form/outcome", Scene, NULL, set_up, test_outcome, tear_down);
  g_test_add ("/test-form/reopened", Scene, NULL, set_up, test_reopened, tear_down);
  g_test_add ("/test-form/pinned-version", Scene, NULL, set_up, test_pinned_version, tear_down);
  g_test_add ("/test-form/no-script", Scene, NULL, set_up, test_no_script, tear_down);
  g_test_add ("/test-form/width", Scene, NULL, set_up, test_width, tear_down);
  return g_test_run ();
}
