/* test-agreement-view.c - calibrations: blind, then talked over; and the report
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "calls-place.h"
#include "side-agreement-page.h"
#include "side-agreement-reader.h"
#include "side-agreement-view.h"
#include "side-agreement-words.h"
#include "side-assignments.h"
#include "side-board-fixture.h"
#include "side-calibration-dialog.h"
#include "side-calibration-view.h"
#include "side-calibration-words.h"
#include "side-calibrations.h"
#include "side-consensus-table.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define CALIBRATION "4d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a22"

static SideCalibration *
new_calibration (void)
{
  SideCalibration *calibration = side_calibration_new (CALIBRATION, SIDE_FIXTURE_PROJECT, "Greetings", SCRIPT_ID, 7);

  g_ptr_array_add (calibration->calls, g_strdup ("call-0"));
  g_ptr_array_add (calibration->calls, g_strdup ("call-1"));
  g_ptr_array_add (calibration->reviewers, g_strdup (PLACE_USER));
  g_ptr_array_add (calibration->reviewers, g_strdup ("boris"));
  calibration->author = g_strdup ("boris");
  calibration->made_ms = 1000;
  return calibration;
}

static void
receive_calibration (Place      *place,
                     const char *expert)    /* nullable */
{
  g_autoptr (SideCalibration) calibration = new_calibration ();
  g_autoptr (SideDocument) document = NULL;

  calibration->expert = g_strdup (expert);
  document = side_wire_document_for_calibration (calibration);
  document->revision = 1;
  document->change = 10;
  place_receive (place, document);
}

/* @values: of the script's three criteria */
static void
receive_review (Place         *place,
                const char    *call,
                const char    *reviewer,
                const double  *values,
                SideSelection  selection)
{
  static const char *const ids[] = { "1.1", "1.2", "1.3" };
  static gint64 change = 20;
  g_autofree char *name = g_strjoin ("\n", call, reviewer, side_selection_to_string (selection), NULL);
  g_autofree char *id = side_id_named (name);
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, call, SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (reviewer);
  review->selection = selection;
  review->plan = selection == SIDE_SELECTION_CALIBRATION ? g_strdup (CALIBRATION) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    side_review_set_answer (review, ids[i], values[i], side_fixture_now_ms (), i == 0 ? 41000 : -1);
  review->finished_ms = g_get_real_time () / 1000 - 1000;
  document = side_wire_document_for_review (review);
  document->revision = 1;
  document->change = ++change;
  document->author = g_strdup (reviewer);
  place_receive (place, document);
}

typedef struct {
  Place      *place;
  const char *text;
  GtkWidget  *root;
  gint64      stamp;   /* of the step before */
} Wanted;

static gboolean
is_read (gpointer data)
{
  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (side_calibrations_get (((Wanted *) data)->place->desk)));
}

static gboolean
has_text (gpointer data)
{
  Wanted *wanted = data;

  return place_find_text (wanted->root, wanted->text) != NULL;
}

static void
wait_for_text (Place      *place,
               GtkWidget  *root,
               const char *text)
{
  Wanted wanted = { place, text, root, 0 };

  side_test_wait_until (has_text, &wanted, 5000, text);
}

static GtkWidget *
open_tab (Place      *place,
          GtkWidget **view)
{
  Wanted wanted = { place, NULL, NULL, 0 };
  GtkWidget *window;

  *view = side_agreement_view_new (place->desk);
  g_assert_nonnull (*view);
  window = side_widget_test_show (*view, 1100, 700);
  side_test_wait_until (is_read, &wanted, 5000, "the calibrations to be read");
  return window;
}

static const SideCalibration *
stored (Place *place)
{
  return side_calibrations_find (side_calibrations_get (place->desk), CALIBRATION);
}

/* Not a word of another's answers, nor of whether they have answered. */
static void
test_blind (Place         *place,
            gconstpointer  data)
{
  static const double all[] = { 1, 1, 1 };
  GtkWidget *view, *window;
  SideAssignments *assignments = side_assignments_get (place->desk);
  const SideAssignment *assignment;

  receive_calibration (place, NULL);
  receive_review (place, "call-0", "boris", all, SIDE_SELECTION_CALIBRATION);
  receive_review (place, "call-1", "boris", all, SIDE_SELECTION_CALIBRATION);
  receive_review (place, "call-0", PLACE_USER, all, SIDE_SELECTION_CALIBRATION);
  window = open_tab (place, &view);
  wait_for_text (place, view, "Blind · 1 call for you");
  side_agreement_view_show (SIDE_AGREEMENT_VIEW (view), CALIBRATION);
  wait_for_text (place, view, "Answers stay hidden until everybody has finished, or the discussion is begun. You have finished 1 of 2 reviews.");
  g_assert_nonnull (place_find_text (view, "To be reviewed"));
  g_assert_nonnull (place_find_text (view, "Finished"));
  g_assert_null (place_find (view, "SideConsensusItem"));
  /* Somebody else called it, and this person is not the expert. */
  g_assert_false (gtk_widget_get_visible (side_widget_test_find_button (view, "Begin Discussion…")));
  g_assert_false (gtk_widget_get_mapped (place_find (view, "SideConsensusTable")));
  assignment = side_assignments_find (assignments, "call-1", NULL);
  g_assert_nonnull (assignment);
  g_assert_cmpint (assignment->selection, ==, SIDE_SELECTION_CALIBRATION);
  g_assert_cmpint (assignment->script_version, ==, 7);
  g_assert_cmpstr (assignment->plan, ==, CALIBRATION);
  g_assert_null (side_assignments_find (assignments, "call-5", NULL));
  side_widget_test_no_nameless (view);
  /* The last one finishes: all is on the table, and nobody is asked any more. */
  receive_review (place, "call-1", PLACE_USER, all, SIDE_SELECTION_CALIBRATION);
  wait_for_text (place, view, "All answers are the same");
  g_assert_true (gtk_widget_get_mapped (place_find (view, "SideConsensusTable")));
  side_widget_test_close (window);
}

static gboolean
has_question (gpointer data)
{
  return side_widget_test_find_question () != NULL;
}

/* It asks first, and says whom it would cut short. */
static void
begin_discussion (Place     *place,
                  GtkWidget *view)
{
  SideCalibrations *calibrations = side_calibrations_get (place->desk);
  g_autoptr (SideCalibrationProgress) progress = side_calibration_progress_new (3);
  g_autofree char *words = NULL;

  side_calibration_progress_add (progress, "anna", 3);
  side_calibration_progress_add (progress, "boris", 1);
  words = side_calibration_words_progress (calibrations, stored (place), progress);
  g_assert_true (g_str_has_suffix (words, "\n1 of 2 has finished. Not yet: boris (1 of 3)."));
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.discuss", NULL);
  side_test_wait_until (has_question, NULL, 10000, "the question");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (side_widget_test_find_question ()), "Nobody can answer blind any more"));
  side_widget_test_answer ("cancel");
  g_assert_cmpint (stored (place)->state, ==, SIDE_CALIBRATION_OPEN);
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.discuss", NULL);
  side_test_wait_until (has_question, NULL, 10000, "the question again");
  side_widget_test_answer ("begin");
}

static gboolean
press (GtkWidget *widget,
       guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !taken)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    }
  return taken;
}

static gboolean
has_consensus (gpointer data)
{
  const SideCalibration *calibration = stored (((Wanted *) data)->place);
  const SideConsensus *consensus = side_calibration_find_consensus (calibration, "call-0", "1.2");

  return consensus != NULL && g_strcmp0 (consensus->reason, "she did, at 0:41") == 0;
}

static gboolean
can_undo (gpointer data)
{
  SideStepsEnds ends;

  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (side_calibrations_get (((Wanted *) data)->place->desk))), &ends);
  return ends.done != ((Wanted *) data)->stamp;   /* the newest step is on the disk */
}

static gboolean
has_no_reason (gpointer data)
{
  const SideConsensus *consensus = side_calibration_find_consensus (stored (((Wanted *) data)->place), "call-0", "1.2");

  return consensus != NULL && consensus->reason == NULL;
}

static void
test_discussion (Place         *place,
                 gconstpointer  data)
{
  static const double mine[] = { 1, 0, 1 }, his[] = { 1, 1, 1 };
  GtkWidget *view, *window, *table, *column_view, *reason, *text;
  SideCalibrations *calibrations = side_calibrations_get (place->desk);
  Wanted wanted = { place, NULL, NULL, 0 };
  SideStepsEnds ends;

  receive_calibration (place, PLACE_USER);
  receive_review (place, "call-0", "boris", his, SIDE_SELECTION_CALIBRATION);
  receive_review (place, "call-0", PLACE_USER, mine, SIDE_SELECTION_CALIBRATION);
  window = open_tab (place, &view);
  side_agreement_view_show (SIDE_AGREEMENT_VIEW (view), CALIBRATION);
  begin_discussion (place, view);
  g_assert_cmpint (stored (place)->state, ==, SIDE_CALIBRATION_DISCUSSION);
  wait_for_text (place, view, "1 criterion answered differently");
  /* Nothing that Ctrl+Z would take back. */
  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (calibrations)), &ends);
  g_assert_cmpint (ends.done, ==, 0);
  side_widget_test_no_nameless (view);
  table = place_find (view, "SideConsensusTable");
  /* Where they differ stands first, and is chosen. */
  g_assert_cmpstr (side_consensus_table_get_criterion (SIDE_CONSENSUS_TABLE (table)), ==, "1.2");
  g_assert_nonnull (place_find_text (table, "0:41"));
  column_view = place_find (table, "GtkColumnView");
  /* The keys are for the row with the focus, also where a place in it has it. */
  gtk_widget_grab_focus (side_widget_test_find_button (table, "0:41"));
  g_assert_cmpstr (side_consensus_table_get_criterion (SIDE_CONSENSUS_TABLE (table)), ==, "1.1");
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (column_view))), 0);
  gtk_widget_grab_focus (column_view);
  g_assert_true (press (column_view, GDK_KEY_y));
  g_assert_cmpfloat (side_calibration_find_consensus (stored (place), "call-0", "1.2")->value, ==, 1);
  g_assert_cmpstr (side_calibration_find_consensus (stored (place), "call-0", "1.2")->author, ==, PLACE_USER);
  g_assert_true (press (column_view, GDK_KEY_Return));
  reason = place_find (table, "GtkEntry");
  text = gtk_root_get_focus (gtk_widget_get_root (view));
  g_assert_true (text != NULL && gtk_widget_is_ancestor (text, reason));
  side_test_wait_until (can_undo, &wanted, 10000, "the answer to be on the disk");
  side_steps_get_ends (side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (calibrations)), &ends);
  wanted.stamp = ends.done;
  gtk_editable_set_text (GTK_EDITABLE (reason), "she did, at 0:41");
  g_signal_emit_by_name (reason, "activate");
  side_test_wait_until (has_consensus, &wanted, 5000, "the reason to be kept");
  /* On to the next row; taken back by one key, and closed. */
  g_assert_cmpstr (side_consensus_table_get_criterion (SIDE_CONSENSUS_TABLE (table)), ==, "1.1");
  side_test_wait_until (can_undo, &wanted, 10000, "the reason to be on the disk");
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.undo", NULL);
  side_test_wait_until (has_no_reason, &wanted, 10000, "the reason to be taken back");
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.close", NULL);
  g_assert_cmpint (stored (place)->state, ==, SIDE_CALIBRATION_CLOSED);
  gtk_widget_grab_focus (column_view);
  g_assert_false (press (column_view, GDK_KEY_n));
  g_assert_null (side_calibration_find_consensus (stored (place), "call-0", "1.1"));
  g_assert_true (side_calibrations_list (calibrations)->len == 1);
  side_widget_test_close (window);
}

/* What is typed before there is an answer stays with its row, and what was
 * answered late is told from what was answered blind. */
static void
test_late (Place         *place,
           gconstpointer  data)
{
  static const double mine[] = { 1, 0, 1 }, his[] = { 1, 1, 1 };
  g_autoptr (SideCalibration) calibration = new_calibration ();
  g_autoptr (SideDocument) document = NULL;
  GtkWidget *view, *window, *table, *reason, *late;
  GtkSingleSelection *selection;
  Wanted wanted = { place, NULL, NULL, 0 };

  calibration->state = SIDE_CALIBRATION_DISCUSSION;
  receive_review (place, "call-0", PLACE_USER, mine, SIDE_SELECTION_CALIBRATION);
  side_test_run_for (20);
  calibration->discussed_ms = g_get_real_time () / 1000 - 1000;
  side_test_run_for (20);
  receive_review (place, "call-0", "boris", his, SIDE_SELECTION_CALIBRATION);
  document = side_wire_document_for_calibration (calibration);
  document->revision = 1;
  document->change = 10;
  place_receive (place, document);
  window = open_tab (place, &view);
  side_agreement_view_show (SIDE_AGREEMENT_VIEW (view), CALIBRATION);
  wait_for_text (place, view, "1 criterion answered differently");
  table = place_find (view, "SideConsensusTable");
  late = place_find_text (table, "late");   /* below his "Yes", and there alone */
  g_assert_nonnull (late);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (late), "counts in no figure of agreement"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (gtk_widget_get_prev_sibling (late)))), ==, "Yes");
  g_assert_nonnull (place_find_text (table, "boris: answered when the discussion had begun"));
  /* A reason without an answer, from row to row and from call to call. */
  reason = place_find (table, "GtkEntry");
  selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (place_find (table, "GtkColumnView"))));
  gtk_editable_set_text (GTK_EDITABLE (reason), "she did, at 0:41");
  g_assert_nonnull (place_find_text (table, "kept once there is an answer"));
  gtk_single_selection_set_selected (selection, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (reason)), ==, "");
  gtk_single_selection_set_selected (selection, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (reason)), ==, "she did, at 0:41");
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.next", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (reason)), ==, "");
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.previous", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (reason)), ==, "she did, at 0:41");
  gtk_widget_grab_focus (place_find (table, "GtkColumnView"));
  g_assert_true (press (place_find (table, "GtkColumnView"), GDK_KEY_y));
  side_test_wait_until (has_consensus, &wanted, 5000, "the reason to be kept with the answer");
  /* One that is being typed when the call is changed by a key is written down. */
  gtk_editable_set_text (GTK_EDITABLE (reason), "she did");
  gtk_widget_activate_action (place_find (view, "SideCalibrationView"), "calibration.next", NULL);
  g_assert_cmpstr (side_calibration_find_consensus (stored (place), "call-0", "1.2")->reason, ==, "she did");
  side_test_run_for (100);
  side_widget_test_close (window);
}

static gboolean
has_report (gpointer data)
{
  return side_agreement_page_get_report (data) != NULL;
}

/* A report of real reviews; and a calibration's review is nobody's score. */
/* Why there is no figure is said where it would stand. */
static void
check_why (void)
{
  const SideCoefficient none = { NAN, NAN, NAN };
  const SideAgreement three = { .units = 6, .reviewers = 3, .kappa = none, .observed = { 1, NAN, NAN } };
  const SideAgreement same = { .units = 6, .reviewers = 2, .kappa = none };
  g_autofree char *of_three = side_agreement_words_undefined (&three, &three.kappa);
  g_autofree char *wide = side_agreement_words_undefined (&three, &three.observed);
  g_autofree char *of_same = side_agreement_words_undefined (&same, &same.kappa);

  g_assert_cmpstr (of_three, ==, "Not defined: kappa compares exactly two reviewers, and 3 answered. Look at AC1 and alpha");
  g_assert_cmpstr (wide, ==, "No interval: the calls do not differ from each other");
  g_assert_cmpstr (of_same, ==, "Not defined: nobody gave another answer, so nothing varies. Look at AC1");
}

static void
test_report (Place         *place,
             gconstpointer  data)
{
  static const double mine[] = { 1, 0, 1 }, his[] = { 1, 1, 1 }, bad[] = { 0, 0, 0 };
  GtkWidget *view, *window, *page;
  const SideAgreementReport *report;
  g_autoptr (GAsyncResult) read = NULL, got = NULL;
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "", 7);
  g_autoptr (SideCall) call = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;
  SideStore *store = side_desk_get_store (place->desk);
  SideAgreement agreement;

  for (int i = 0; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%d", i);

      receive_review (place, id, "boris", his, SIDE_SELECTION_RANDOM);
      receive_review (place, id, PLACE_USER, i % 2 == 0 ? mine : his, SIDE_SELECTION_SECOND);
    }
  receive_calibration (place, NULL);
  receive_review (place, "call-0", PLACE_USER, bad, SIDE_SELECTION_CALIBRATION);
  side_store_get_call_async (store, "call-0", NULL, side_test_async_cb, &got);
  call = side_store_get_call_finish (store, side_test_wait_result (&got, 5000, "a call"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (call);
  window = open_tab (place, &view);
  page = place_find (view, "SideAgreementPage");
  side_test_wait_until (has_report, page, 10000, "the report to be worked out");
  report = side_agreement_page_get_report (SIDE_AGREEMENT_PAGE (page));
  g_assert_cmpuint (report->calls, ==, 6);
  g_assert_cmpuint (report->seconds, ==, 6);
  g_assert_cmpuint (report->hidden, ==, 1);
  g_assert_cmpuint (report->reviewers->len, ==, 2);
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (view, "1.2 Asks the name"));
  g_assert_nonnull (place_find_text (view, "Everybody gives the same answer: kappa and alpha are not defined, look at AC1"));
  check_why ();
  side_widget_test_no_nameless (view);
  csv = side_agreement_words_csv (report);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);   /* a heading, three criteria, and the end */
  g_assert_nonnull (strstr (csv, "1.2,1.2,Asks the name,ordinal,6,2,0,0.5000,"));
  g_assert_nonnull (strstr (csv, "1.1,1.1,Names the shop,ordinal,6,2,0,1.0000,"));
  side_agreement_read_script_async (store, script, NULL, side_test_async_cb, &read);
  g_assert_true (side_agreement_read_script_finish (store, side_test_wait_result (&read, 5000, "the agreement of a script"),
                                                    &agreement, &error));
  g_assert_no_error (error);
  /* The script that was given has no criteria: none of the answers is one of its. */
  g_assert_cmpuint (agreement.units, ==, 0);
  side_widget_test_close (window);
}

static gboolean
is_idle (gpointer data)
{
  Wanted *wanted = data;
  SideCallQuery *query = side_call_query_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  SideStore *store = side_desk_get_store (wanted->place->desk);

  query->text = g_strdup ("79035550000");
  side_store_list_calls_async (store, query, 10, NULL, side_test_async_cb, &result);
  calls = side_store_list_calls_finish (store, side_test_wait_result (&result, 5000, "calls"), NULL);
  side_call_query_free (query);
  return calls != NULL && calls->len == 1;
}

/* A review made for a calibration leaves the score of the call as it was. */
static double
score_of (Place      *place,
          const char *id)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SideCallQuery *query = side_call_query_new ();
  SideStore *store = side_desk_get_store (place->desk);
  Wanted wanted = { place, NULL, NULL, 0 };

  g_assert_true (is_idle (&wanted));
  query->scored = SIDE_CALL_MATCH_YES;
  query->min_score = 99;
  side_store_list_calls_async (store, query, 100, NULL, side_test_async_cb, &result);
  calls = side_store_list_calls_finish (store, side_test_wait_result (&result, 5000, "scored calls"), NULL);
  side_call_query_free (query);
  for (guint i = 0; i < calls->len; i++)
    if (g_str_equal (((SideCall *) calls->pdata[i])->id, id))
      return 100;
  return 0;
}

static void
test_apart (Place         *place,
            gconstpointer  data)
{
  static const double good[] = { 1, 1, 1 }, bad[] = { 0, 0, 0 };

  receive_review (place, "call-0", "boris", good, SIDE_SELECTION_RANDOM);
  g_assert_cmpfloat (score_of (place, "call-0"), ==, 100);
  receive_calibration (place, NULL);
  receive_review (place, "call-0", PLACE_USER, bad, SIDE_SELECTION_CALIBRATION);
  receive_review (place, "call-1", PLACE_USER, good, SIDE_SELECTION_CALIBRATION);
  g_assert_cmpfloat (score_of (place, "call-0"), ==, 100);
  g_assert_cmpfloat (score_of (place, "call-1"), ==, 0);
}

static void
put_recording (Place *place)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;
  SideStore *store = side_desk_get_store (place->desk);
  SideCall *call = place_call (3);

  call->recording = g_strdup ("call-3");
  call->recording_ms = 89000;
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&result, 5000, "a call"), NULL));
}

/* The row of a call, by the operator in its title. */
static GtkWidget *
find_row (GtkWidget  *root,
          const char *part)
{
  GtkWidget *found = ADW_IS_ACTION_ROW (root)
                         && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), part) != NULL ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, part);
  return found;
}

static gboolean
has_row (gpointer data)
{
  return find_row (((Wanted *) data)->root, ((Wanted *) data)->text) != NULL;
}

static void
made_cb (char       **made,
         const char  *id)
{
  *made = g_strdup (id);
}

static void
test_dialog (Place         *place,
             gconstpointer  data)
{
  GtkWindow *window;
  GtkWidget *other;
  SideCalibrationDialog *dialog;
  g_autofree char *made = NULL;
  const SideCalibration *calibration;
  Wanted wanted = { place, NULL, NULL, 0 };

  put_recording (place);
  side_calibrations_get (place->desk);
  side_test_wait_until (is_read, &wanted, 5000, "the calibrations to be read");
  window = side_calibration_dialog_new (NULL, place->desk);
  dialog = SIDE_CALIBRATION_DIALOG (window);
  g_signal_connect_swapped (dialog, "made", G_CALLBACK (made_cb), &made);
  gtk_window_present (window);
  wait_for_text (place, GTK_WIDGET (window), "It needs a title.");
  side_widget_test_no_nameless (GTK_WIDGET (window));
  gtk_editable_set_text (GTK_EDITABLE (place_find (GTK_WIDGET (window), "AdwEntryRow")), " November ");
  /* what is missing is named in the order of the form */
  wait_for_text (place, GTK_WIDGET (window), "Invite two people or more.");
  g_assert_false (side_calibration_dialog_add_person (dialog, "  "));
  other = place_find_entry (GTK_WIDGET (window), "Another user's name");
  g_assert_true (gtk_widget_get_visible (other));   /* the server tells of nobody */
  gtk_editable_set_text (GTK_EDITABLE (other), PLACE_USER);
  wait_for_text (place, GTK_WIDGET (window), "Invite two people or more.");
  gtk_editable_set_text (GTK_EDITABLE (other), " boris ");   /* counts as it is typed */
  wait_for_text (place, GTK_WIDGET (window), "Choose a call or more.");
  wanted = (Wanted) { place, "Anna", GTK_WIDGET (window), 0 };
  side_test_wait_until (has_row, &wanted, 10000, "the calls to be offered");
  gtk_widget_activate (find_row (GTK_WIDGET (window), "Anna"));
  wait_for_text (place, GTK_WIDGET (window), "2 reviews to be made");
  gtk_widget_activate_action (GTK_WIDGET (window), "calibration.begin", NULL);
  g_assert_nonnull (made);
  calibration = side_calibrations_find (side_calibrations_get (place->desk), made);
  g_assert_nonnull (calibration);
  g_assert_cmpstr (calibration->title, ==, "November");
  g_assert_cmpstr (calibration->script, ==, SCRIPT_ID);
  g_assert_cmpint (calibration->script_version, ==, 7);
  g_assert_cmpuint (calibration->calls->len, ==, 1);
  g_assert_cmpstr (calibration->calls->pdata[0], ==, "call-3");
  g_assert_true (side_calibration_asks (calibration, PLACE_USER));
  g_assert_true (side_calibration_asks (calibration, "boris"));
  g_assert_null (calibration->expert);
  g_assert_cmpint (calibration->due_ms, >, calibration->made_ms);
  side_test_run_for (200);
}

static void
list_names (GtkWidget *root,
            GString   *out)
{
  const char *title = ADW_IS_ACTION_ROW (root) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)) : NULL;

  if (title != NULL && place_find (root, "GtkCheckButton") != NULL && g_str_is_ascii (title) && strchr (title, ' ') == NULL)
    g_string_append_printf (out, "%s:%s ", title, adw_action_row_get_subtitle (ADW_ACTION_ROW (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_names (child, out);
}

/* Whom the server told of is offered without the server, oneself first; who is
 * known from what they wrote alone comes last; nothing has to be typed. */
static void
test_people (Place         *place,
             gconstpointer  data)
{
  g_autoptr (SideCalibration) calibration = new_calibration ();
  g_autoptr (SideDocument) document = side_wire_document_for_calibration (calibration);
  g_autoptr (GString) names = g_string_new (NULL);
  GtkWindow *window;
  Wanted wanted = { place, NULL, NULL, 0 };

  place_tell_people (place);
  g_free (document->author);
  document->author = g_strdup ("zoe");
  place_receive (place, document);
  side_calibrations_get (place->desk);
  side_test_wait_until (is_read, &wanted, 5000, "the calibrations to be read");
  window = side_calibration_dialog_new (NULL, place->desk);
  gtk_window_present (window);
  wanted = (Wanted) { place, "zoe", GTK_WIDGET (window), 0 };
  side_test_wait_until (has_row, &wanted, 10000, "who wrote something");
  side_widget_test_no_nameless (GTK_WIDGET (window));
  list_names (GTK_WIDGET (window), names);
  g_assert_cmpstr (names->str, ==, "olga:trainer anna:supervisor boris:trainer zoe:not among this project’s reviewers now ");
  g_assert_false (gtk_widget_get_visible (place_find_entry (GTK_WIDGET (window), "Another user's name")));
  gtk_window_destroy (window);
  side_test_run_for (200);
}

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place_set_up_as (place, SIDE_ROLE_TRAINER);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/agreement-view/" name, Place, NULL, set_up, test, place_tear_down)
  ADD ("blind", test_blind);
  ADD ("discussion", test_discussion);
  ADD ("late", test_late);
  ADD ("report", test_report);
  ADD ("apart", test_apart);
  ADD ("dialog", test_dialog);
  ADD ("people", test_people);
#undef ADD
  return g_test_run ();
}
