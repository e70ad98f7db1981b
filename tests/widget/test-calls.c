/* test-calls.c - the calls page and its parts, over a real store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>

#include "calls-place.h"
#include "side-store-sound.h"
#include "side-call-row.h"
#include "side-call-detail.h"
#include "side-call-list.h"
#include "side-call-notes.h"
#include "side-calls-page.h"
#include "side-outbox.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-board-fixture.h"
#include "side-test.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

static gboolean
is_loaded (gpointer data)
{
  return !side_review_keeper_is_loading (data);
}

static gboolean
is_saved (gpointer data)
{
  return side_review_keeper_get_saved_ms (data) != 0;
}

static void
test_keeper (Place         *place,
             gconstpointer  data)
{
  SideReviewKeeper *keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideReviewKeeper) again = NULL;
  g_autoptr (SideCall) call = place_call (0);
  SideScore score;

  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  g_assert_cmpstr (side_review_keeper_get_script (keeper)->title, ==, "Order by phone");
  g_assert_null (side_review_keeper_get_review (keeper));
  side_review_keeper_answer (keeper, "1.1", 1.0, 2000);
  side_review_keeper_answer (keeper, "1.2", 0.5, 9000);
  side_test_wait_until (is_saved, keeper, 5000, "the draft to be saved");
  side_review_keeper_get_score (keeper, &score);
  g_assert_cmpfloat_with_epsilon (score.score, 75, 1e-9);
  g_assert_true (side_review_keeper_undo (keeper));
  side_review_keeper_get_score (keeper, &score);
  g_assert_cmpfloat_with_epsilon (score.score, 100, 1e-9);
  g_assert_cmpint (score.answered, ==, 1);
  side_review_keeper_finish (keeper, -1);
  side_review_keeper_answer (keeper, "1.2", 0, 0);
  g_assert_cmpfloat (side_review_keeper_get_answer (keeper, "1.2"), ==, SIDE_ANSWER_NONE);
  place_settle ();
  again = side_review_keeper_new (place->desk);
  side_review_keeper_set_call (again, call);
  side_test_wait_until (is_loaded, again, 5000, "the review to be read again");
  g_assert_true (side_review_keeper_is_finished (again));
  g_assert_cmpfloat (side_review_keeper_get_answer (again, "1.1"), ==, 1.0);
  g_assert_cmpint (side_review_find_answer (side_review_keeper_get_review (again), "1.1")->position_ms, ==, 2000);
  g_assert_finalize_object (keeper);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *style)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, style))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, style);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
keep_position (gpointer form,
               gint64   position_ms,
               gpointer data)
{
  *(gint64 *) data = position_ms;
}

/* What is finished cannot be answered anew, but the moments it rests on are still gone to. */
static void
test_finished_form (Place         *place,
                    gconstpointer  data)
{
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  GtkWidget *form = side_review_form_new ();
  GtkWidget *window = side_widget_test_show (form, 400, 600);
  g_autoptr (SideCall) call = place_call (0);
  gint64 position_ms = -1;

  side_review_form_set_keeper (SIDE_REVIEW_FORM (form), keeper, place->desk);
  g_signal_connect (form, "seek-requested", G_CALLBACK (keep_position), &position_ms);
  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  side_review_keeper_answer (keeper, "1.1", 1.0, 2000);
  g_assert_true (gtk_widget_is_sensitive (find_button (form, "answer-yes")));
  side_review_keeper_finish (keeper, -1);
  g_assert_false (gtk_widget_is_sensitive (find_button (form, "answer-yes")));
  side_widget_test_click (find_button (form, "position"));
  g_assert_cmpint (position_ms, ==, 2000);
  side_test_wait_until (is_saved, keeper, 5000, "the review to be saved");
  side_widget_test_close (window);
}

/* @data: a client, who may read */
static void
test_read_only (Place         *place,
                gconstpointer  data)
{
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideCall) call = place_call (0);

  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  g_assert_false (side_review_keeper_may_write (keeper));
  side_review_keeper_answer (keeper, "1.1", 1.0, 2000);
  g_assert_null (side_review_keeper_get_review (keeper));
  place_settle ();
}

static void
remove_note (SideCallNotes *notes,
             SideNoteItem  *item)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_call_notes_remove_async (notes, item, side_test_async_cb, &result);
  side_call_notes_remove_finish (notes, side_test_wait_result (&result, 5000, "the note to go"), &error);
  g_assert_no_error (error);
}

static void
test_notes (Place         *place,
            gconstpointer  data)
{
  SideCallNotes *notes = side_call_notes_new (place->desk);
  g_autoptr (SideCall) call = place_call (0);
  g_autoptr (SideNoteItem) item = NULL;

  side_call_notes_set_call (notes, call);
  place_write_note (notes, side_call_notes_begin (notes, 2000, 5000), "greeting", "Ёлки, хорошо");
  side_test_wait_until (place_has_one, notes, 5000, "the note to come back from the store");
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  g_assert_cmpstr (side_note_item_get_annotation (item)->text, ==, "Ёлки, хорошо");
  g_assert_cmpint (side_note_item_get_annotation (item)->to_ms, ==, 5000);
  remove_note (notes, item);
  side_test_wait_until (place_has_none, notes, 5000, "the note to go");
  g_assert_true (side_call_notes_undo (notes));
  side_test_wait_until (place_has_one, notes, 5000, "the note to be there again");
  place_settle ();
  g_assert_finalize_object (notes);
}

static gboolean
has_rows (gpointer data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (data);

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) == 12;
}

static gboolean
has_form (gpointer page)
{
  return place_find (page, "SideCriterionRow") != NULL;
}

static void
test_page (Place         *place,
           gconstpointer  data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = side_calls_page_new (place->desk);
  GtkWidget *list;

  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 760);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  list = place_find (page, "GtkListView");
  g_assert_nonnull (list);
  side_test_wait_until (has_rows, list, 5000, "twelve calls in the list");
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 0);
  side_test_wait_until (has_form, page, 5000, "the form of the call");
  g_assert_nonnull (place_find (page, "SideCallRow"));
  gtk_window_destroy (GTK_WINDOW (window));
  place_settle ();
}

/* What the server marked stays as it is; nobody is offered to change it. */
static void
test_action_mark (Place         *place,
                  gconstpointer  data)
{
  SideCallNotes *notes = side_call_notes_new (place->desk);
  g_autoptr (SideCall) call = place_call (1);
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) mark = side_annotation_new (id, SIDE_FIXTURE_PROJECT, call->id, 5000, 5000);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideNoteItem) item = NULL;

  mark->tag = g_strdup ("action");
  mark->text = g_strdup ("hangup: rude");
  mark->author = g_strdup (PLACE_USER);
  document = side_wire_document_for_annotation (mark);
  place_receive (place, document);
  side_call_notes_set_call (notes, call);
  side_test_wait_until (place_has_one, notes, 5000, "the mark");
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  g_assert_false (side_call_notes_may_change (notes, item));
  g_assert_cmpstr (side_tags_label (side_tags_get (place->desk), "action"), ==, "Action");
  g_clear_object (&item);
  g_assert_finalize_object (notes);
}

static gboolean
first_is_filled (gpointer list)
{
  g_autoptr (SideCallItem) first = g_list_model_get_item (list, 0);

  return !side_call_list_get_loading (list) && first != NULL && side_call_item_get_call (first) != NULL;
}

static gboolean
says_figure (gpointer row)
{
  GtkWidget *label = place_find_text (row, "14 s dead air");

  return label != NULL && gtk_widget_get_visible (label);
}

static gboolean
says_none (gpointer row)
{
  return !says_figure (row);
}

/* A row says the figure its list is sorted by, as long as it is. */
static void
test_row_figure (Place         *place,
                 gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideCallList) list = side_call_list_new (store);
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (SideCall) call = place_call (4);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  g_autoptr (SideSoundFigures) figures = side_sound_figures_new (call->id, "r", "1");
  g_autoptr (GAsyncResult) put = NULL, heard = NULL;
  g_autoptr (GtkWidget) row = g_object_ref_sink (side_call_row_new (place->desk));
  g_autoptr (SideCallItem) item = NULL;

  call->recording = g_strdup ("r");
  g_ptr_array_add (calls, call);
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &put);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&put, 5000, "a call"), NULL));
  figures->longest_dead_air_ms = 14100;
  side_store_put_sound_async (store, figures, NULL, side_test_async_cb, &heard);
  g_assert_true (side_store_put_sound_finish (store, side_test_wait_result (&heard, 5000, "its figures"), NULL));
  query->sort = SIDE_CALL_SORT_SOUND + SIDE_SOUND_FIGURE_DEAD_AIR;
  side_call_list_set_query (list, query);
  side_test_wait_until (first_is_filled, list, 5000, "the list");
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (side_call_item_get_id (item), ==, call->id);
  side_call_row_set_item (SIDE_CALL_ROW (row), item);
  side_test_wait_until (says_figure, row, 5000, "the figure");
  query->sort = SIDE_CALL_SORT_TIME;
  side_call_list_set_query (list, query);
  side_test_wait_until (says_none, row, 5000, "the figure to go");
  query->min_sound[SIDE_SOUND_FIGURE_DEAD_AIR] = 10001;
  side_call_list_set_query (list, query);
  side_test_wait_until (says_figure, row, 5000, "the figure that is asked for");
  side_call_row_set_item (SIDE_CALL_ROW (row), NULL);
}

/* The cache could not be opened: the page says so instead of “no calls”. */
static void
test_no_store (void)
{
  g_autoptr (SideDesk) desk = side_fixture_new_desk (4);
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = side_calls_page_new (desk);
  GtkWidget *stack;

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 740);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  place_settle ();
  stack = gtk_widget_get_ancestor (place_find (page, "GtkListView"), GTK_TYPE_STACK);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "error");
  gtk_window_destroy (GTK_WINDOW (window));
  place_settle ();
}

/* The keys of a call are heard wherever the focus is in the window. */
static void
test_keys (Place         *place,
           gconstpointer  data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = side_calls_page_new (place->desk);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  guint n_global = 0;

  adw_window_set_content (ADW_WINDOW (window), page);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) first = NULL;
      g_autofree char *trigger = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) || g_list_model_get_n_items (G_LIST_MODEL (controller)) == 0)
        continue;
      first = g_list_model_get_item (G_LIST_MODEL (controller), 0);
      trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (first));
      if (strstr (trigger, "space") == NULL)
        continue;
      g_assert_cmpint (gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller)), ==,
                       GTK_SHORTCUT_SCOPE_GLOBAL);
      n_global++;
    }
  g_assert_cmpuint (n_global, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  place_settle ();
}

static gboolean
is_filled (gpointer list)
{
  return gtk_widget_get_first_child (list) != NULL && gtk_widget_get_mapped (gtk_widget_get_first_child (list));
}

/* By Tab past all calls in one step, and in again; Enter opens the call it led to. */
static void
test_tab (Place         *place,
          gconstpointer  data)
{
  GtkWidget *page = side_calls_page_new (place->desk);
  GtkWidget *window = side_widget_test_show (page, 1300, 740);
  GtkWidget *list = place_find (page, "GtkListView");
  GtkSelectionModel *selection = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  side_test_wait_until (is_filled, list, 10000, "the calls to be shown");
  side_widget_test_tab_walk (window, list);
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_null (gtk_widget_get_focus_child (list));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_nonnull (gtk_widget_get_focus_child (list));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_null (gtk_widget_get_focus_child (list));
  side_widget_test_tab_walk (window, list);
  g_assert_null (gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (selection)));
  g_assert_true (gtk_widget_activate (gtk_widget_get_focus_child (list)));
  g_assert_nonnull (gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (selection)));
  place_settle ();
  side_widget_test_close (window);
  place_settle ();
}

/* Whoever answers calls has their own alone. */
static void
test_operator (void)
{
  Place place = { 0 };
  GtkWidget *page, *window, *chip;

  place_set_up_as (&place, SIDE_ROLE_OPERATOR);
  page = side_calls_page_new (place.desk);
  window = side_widget_test_show (page, 1100, 700);
  side_test_run_for (200);
  chip = place_find_text (page, "+ Operator");
  g_assert_true (chip == NULL || !gtk_widget_get_mapped (chip));
  g_assert_true (gtk_widget_get_mapped (place_find_text (page, "+ Queue")));
  g_assert_nonnull (place_find_text (page, "Calls that you answered appear here. Past ones are fetched from the server meanwhile. "
                                           "What others said of them is under Reviews."));
  /* They are not told to do what is not theirs. */
  g_assert_null (place_find_text (page, "Choose a call on the left to hear it, make notes and score it."));
  g_assert_nonnull (place_find_text (page, "Choose a call on the left to hear it and to see how it was scored."));
  side_widget_test_close (window);
  place_settle ();
  place_tear_down (&place, NULL);
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/calls/tab", Place, NULL, place_set_up, test_tab, place_tear_down);
  g_test_add ("/calls/keeper", Place, NULL, place_set_up, test_keeper, place_tear_down);
  g_test_add ("/calls/finished-form", Place, NULL, place_set_up, test_finished_form, place_tear_down);
  g_test_add ("/calls/read-only", Place, "client", place_set_up, test_read_only, place_tear_down);
  g_test_add ("/calls/notes", Place, NULL, place_set_up, test_notes, place_tear_down);
  g_test_add ("/calls/action-mark", Place, NULL, place_set_up, test_action_mark, place_tear_down);
  g_test_add ("/calls/row-figure", Place, NULL, place_set_up, test_row_figure, place_tear_down);
  g_test_add_func ("/calls/no-store", test_no_store);
  g_test_add_func ("/calls/operator", test_operator);
  g_test_add ("/calls/page", Place, NULL, place_set_up, test_page, place_tear_down);
  g_test_add ("/calls/keys", Place, NULL, place_set_up, test_keys, place_tear_down);
  rc = g_test_run ();
  return rc;
}
