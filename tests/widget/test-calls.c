/* test-calls.c - the calls page and its parts, over a real store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>

#include "side-call-detail.h"
#include "side-call-list.h"
#include "side-call-notes.h"
#include "side-calls-page.h"
#include "side-criterion-row.h"
#include "side-filter-chip.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-score-ring.h"
#include "side-board-fixture.h"
#include "side-test.h"
#include "side-text.h"
#include "side-wire.h"

#define SCRIPT_ID "3d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a11"

typedef struct {
  char     *folder;
  SideDesk *desk;
} Place;

static void
settle (void)
{
  side_test_run_for (200);
}

static SideStore *
open_store (const char *path)
{
  g_autoptr (SideClock) clock = side_clock_new_system ();
  SideStore *store = side_store_new (path, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_store_open_async (store, NULL, side_test_async_cb, &result);
  side_store_open_finish (store, side_test_wait_result (&result, 10000, "the store to open"), &error);
  g_assert_no_error (error);
  return store;
}

static void
put_session (SideStore *store,
             gboolean   may_write)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  if (!may_write)
    g_ptr_array_set_size (session->capabilities, 0);
  text = side_wire_session_to_json (session);
  side_store_put_setting_async (store, "session", text, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_setting_finish (store, side_test_wait_result (&result, 5000, "a setting"), NULL));
}

static void
put_script (SideStore *store)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "Order by phone", 7);
  SideSection *section = side_script_add_section (script, "1", "Greeting");
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  side_section_add_criterion (section, "1.1", "Names the shop", 5);
  side_section_add_criterion (section, "1.2", "Asks the name", 5);
  side_section_add_criterion (section, "1.3", "No rudeness", 0)->critical = SIDE_CRITICAL_SCRIPT;
  document = side_wire_document_for_script (script);
  document->revision = 1;
  document->change = 1;
  side_store_put_document_async (store, document, FALSE, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a script"), NULL));
}

static SideCall *
make_call (int number)
{
  g_autofree char *id = g_strdup_printf ("call-%d", number);
  SideCall *call = side_call_new (id);

  call->project = g_intern_static_string (SIDE_FIXTURE_PROJECT);
  call->queue = g_intern_string ("sneakers-orders");
  call->caller = g_strdup_printf ("7903555%04d", number);
  call->joined_ms = side_fixture_now_ms () - number * 60000;
  call->wait_ms = 11000;
  call->ended_ms = call->joined_ms + 100000;
  call->outcome = number % 3 == 2 ? SIDE_OUTCOME_ABANDONED : SIDE_OUTCOME_ANSWERED;
  if (call->outcome == SIDE_OUTCOME_ANSWERED)
    {
      call->answered_ms = call->joined_ms + 11000;
      call->talk_ms = 89000;
      call->operator_id = g_intern_static_string ("anna");
      call->operator_name = g_intern_static_string ("Anna Smirnova");
    }
  return call;
}

static void
put_calls (SideStore *store,
           int        n)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GAsyncResult) result = NULL;

  for (int i = 0; i < n; i++)
    g_ptr_array_add (calls, make_call (i));
  side_store_put_calls_async (store, calls, NULL, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_calls_finish (store, side_test_wait_result (&result, 5000, "calls"), NULL));
}

static void
set_up (Place         *place,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (SideStore) store = NULL;
  g_autoptr (SideServer) server = side_server_new ("http://127.0.0.1:1", "trainer", NULL);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  place->folder = side_test_tmp_dir ();
  path = g_build_filename (place->folder, "calls.db", NULL);
  store = open_store (path);
  put_session (store, data == NULL);
  put_script (store);
  put_calls (store, 12);
  side_store_close_async (store, NULL, side_test_async_cb, &closed);
  g_assert_true (side_store_close_finish (store, side_test_wait_result (&closed, 5000, "the store to close"), NULL));
  place->desk = side_desk_new (server, place->folder);
  side_desk_open_async (place->desk, "no-such-token", NULL, TRUE, NULL, side_test_async_cb, &opened);
  side_desk_open_finish (place->desk, side_test_wait_result (&opened, 20000, "the desk to open offline"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (side_desk_get_project (place->desk));
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) closed = NULL;

  side_desk_close_async (place->desk, FALSE, NULL, side_test_async_cb, &closed);
  side_desk_close_finish (place->desk, side_test_wait_result (&closed, 10000, "the desk to close"), NULL);
  g_clear_object (&closed);   /* it holds the desk */
  settle ();
  g_assert_finalize_object (place->desk);
  side_test_rm_rf (place->folder);
  g_free (place->folder);
}

static void
test_score_ring (void)
{
  GtkWidget *ring = g_object_ref_sink (side_score_ring_new ());

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL, "No score yet");
  side_score_ring_set_score (SIDE_SCORE_RING (ring), 77.4);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL, "Score 77 of 100");
  g_assert_true (gtk_widget_has_css_class (ring, "score-fair"));
  side_score_ring_set_score (SIDE_SCORE_RING (ring), 92);
  g_assert_true (gtk_widget_has_css_class (ring, "score-good"));
  g_assert_false (gtk_widget_has_css_class (ring, "score-fair"));
  g_assert_finalize_object (ring);
}

static void
keep_value (gpointer  row,
            double    value,
            gpointer  data)
{
  *(double *) data = value;
}

static void
test_criterion_row (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Names the shop", 5);
  SideCriterionRow *row = SIDE_CRITERION_ROW (g_object_ref_sink (side_criterion_row_new (criterion)));
  double answered = -9;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Names the shop");
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  side_criterion_row_set_answer (row, 0.5, 1000);
  g_assert_cmpfloat (answered, ==, -9);   /* being shown is not being answered */
  g_assert_true (side_criterion_row_press (row, GDK_KEY_y));
  g_assert_cmpfloat (answered, ==, 1.0);
  g_assert_true (side_criterion_row_press (row, GDK_KEY_3));
  g_assert_cmpfloat (answered, ==, 0.0);
  g_assert_true (side_criterion_row_press (row, GDK_KEY_A));
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NA);
  g_assert_true (side_criterion_row_press (row, GDK_KEY_Delete));
  g_assert_cmpfloat (answered, ==, SIDE_ANSWER_NONE);
  g_assert_false (side_criterion_row_press (row, GDK_KEY_q));
  g_assert_finalize_object (row);
}

static void
test_scale_row (void)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, "p", "t", 1);
  SideSection *section = side_script_add_section (script, "1", "One");
  SideCriterion *criterion = side_section_add_criterion (section, "1.1", "Tone", 5);
  g_autoptr (GtkWidget) row = NULL;
  double answered = -9;

  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  row = g_object_ref_sink (side_criterion_row_new (criterion));
  g_signal_connect (row, "answered", G_CALLBACK (keep_value), &answered);
  g_assert_true (side_criterion_row_press (SIDE_CRITERION_ROW (row), GDK_KEY_0));
  g_assert_cmpfloat (answered, ==, 0.0);
  g_assert_true (side_criterion_row_press (SIDE_CRITERION_ROW (row), GDK_KEY_4));
  g_assert_cmpfloat_with_epsilon (answered, 0.8, 1e-9);
}

static void
count (gpointer  chip,
       gpointer  data)
{
  (*(int *) data)++;
}

static void
test_filter_chip (void)
{
  SideFilterChip *chip = SIDE_FILTER_CHIP (g_object_ref_sink (side_filter_chip_new ("Operator")));
  int changes = 0;

  g_signal_connect (chip, "changed", G_CALLBACK (count), &changes);
  side_filter_chip_set_chosen (chip, "anna");
  side_filter_chip_add (chip, "anna", "Anna Smirnova");
  g_assert_cmpstr (side_filter_chip_get_chosen (chip), ==, "anna");
  side_filter_chip_clear (chip);
  g_assert_cmpstr (side_filter_chip_get_chosen (chip), ==, "anna");
  g_assert_cmpint (changes, ==, 0);
  g_assert_finalize_object (chip);
}

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
  g_autoptr (SideCall) call = make_call (0);
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
  side_review_keeper_set_finished (keeper, TRUE);
  side_review_keeper_answer (keeper, "1.2", 0, 0);
  g_assert_cmpfloat (side_review_keeper_get_answer (keeper, "1.2"), ==, SIDE_ANSWER_NONE);
  settle ();
  again = side_review_keeper_new (place->desk);
  side_review_keeper_set_call (again, call);
  side_test_wait_until (is_loaded, again, 5000, "the review to be read again");
  g_assert_true (side_review_keeper_is_finished (again));
  g_assert_cmpfloat (side_review_keeper_get_answer (again, "1.1"), ==, 1.0);
  g_assert_cmpint (side_review_find_answer (side_review_keeper_get_review (again), "1.1")->position_ms, ==, 2000);
  g_assert_finalize_object (keeper);
}

/* @data: a client, who may read */
static void
test_read_only (Place         *place,
                gconstpointer  data)
{
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideCall) call = make_call (0);

  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  g_assert_false (side_review_keeper_may_write (keeper));
  side_review_keeper_answer (keeper, "1.1", 1.0, 2000);
  g_assert_null (side_review_keeper_get_review (keeper));
  settle ();
}

static gboolean
has_one (gpointer data)
{
  return g_list_model_get_n_items (data) == 1;
}

static gboolean
has_none (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static void
test_notes (Place         *place,
            gconstpointer  data)
{
  SideCallNotes *notes = side_call_notes_new (place->desk);
  g_autoptr (SideCall) call = make_call (0);
  g_autoptr (SideNoteItem) item = NULL;

  side_call_notes_set_call (notes, call);
  side_call_notes_add (notes, 2000, 5000, "greeting", "Ёлки, хорошо");
  side_test_wait_until (has_one, notes, 5000, "the note to come back from the store");
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  g_assert_cmpstr (side_note_item_get_annotation (item)->text, ==, "Ёлки, хорошо");
  g_assert_cmpint (side_note_item_get_annotation (item)->to_ms, ==, 5000);
  side_call_notes_remove (notes, side_note_item_get_annotation (item)->id);
  side_test_wait_until (has_none, notes, 5000, "the note to go");
  g_assert_true (side_call_notes_undo (notes));
  side_test_wait_until (has_one, notes, 5000, "the note to be there again");
  settle ();
  g_assert_finalize_object (notes);
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *type_name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, type_name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_rows (gpointer data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (data);

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) == 12;
}

static void
test_page (Place         *place,
           gconstpointer  data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = side_calls_page_new (place->desk);
  GtkWidget *list, *form;

  gtk_window_set_default_size (GTK_WINDOW (window), 1150, 760);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  list = find_named (page, "GtkListView");
  g_assert_nonnull (list);
  side_test_wait_until (has_rows, list, 5000, "twelve calls in the list");
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 0);
  settle ();
  form = find_named (page, "SideCriterionRow");
  g_assert_nonnull (form);
  g_assert_nonnull (find_named (page, "SideCallRow"));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

/* The cache could not be opened: the page says so instead of “no calls”. */
static void
test_no_store (void)
{
  g_autoptr (SideDesk) desk = side_fixture_new_desk (4);
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = side_calls_page_new (desk);
  GtkWidget *stack;

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  stack = gtk_widget_get_ancestor (find_named (page, "GtkListView"), GTK_TYPE_STACK);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "error");
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/calls/score-ring", test_score_ring);
  g_test_add_func ("/calls/criterion-row", test_criterion_row);
  g_test_add_func ("/calls/scale-row", test_scale_row);
  g_test_add_func ("/calls/filter-chip", test_filter_chip);
  g_test_add ("/calls/keeper", Place, NULL, set_up, test_keeper, tear_down);
  g_test_add ("/calls/read-only", Place, "client", set_up, test_read_only, tear_down);
  g_test_add ("/calls/notes", Place, NULL, set_up, test_notes, tear_down);
  g_test_add_func ("/calls/no-store", test_no_store);
  g_test_add ("/calls/page", Place, NULL, set_up, test_page, tear_down);
  rc = g_test_run ();
  return rc;
}
