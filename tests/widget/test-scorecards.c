/* test-scorecards.c - forms filled in about no call, and old reviews under another form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "calls-place.h"
#include "side-blind.h"
#include "side-board-fixture.h"
#include "side-date-row.h"
#include "side-scorecard-window.h"
#include "side-scorecards-window.h"
#include "side-scripts-page.h"
#include "side-store-veil.h"
#include "side-time.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place       place;
  SideScript *script;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->script = side_script_new (SCRIPT_ID, side_desk_get_project_id (scene->place.desk), "Выбор центра", 3);
  side_section_add_criterion (side_script_add_section (scene->script, "1", "Сведения"), "1.1", "Есть отзывы", 30);
  side_section_add_criterion (side_script_add_section (scene->script, "2", "Доступ"), "2.1", "Отчёты на сайте", 70);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  place_settle ();
  side_script_unref (scene->script);
  place_tear_down (&scene->place, NULL);
}

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (shelf));
}

static GPtrArray *
list_of (Scene *scene)
{
  return side_scorecards_list (side_scorecards_get (scene->place.desk), SCRIPT_ID);
}

static GtkWindow *
open_form (Scene               *scene,
           const SideScorecard *card)
{
  GtkWindow *window = side_scorecard_window_new (NULL, scene->place.desk, scene->script, card);

  gtk_window_present (window);
  side_test_run_for (150);
  return window;
}

static void
name_it (GtkWindow  *window,
         const char *subject)
{
  gtk_editable_set_text (GTK_EDITABLE (place_find_entry (GTK_WIDGET (window), "What is scored: a call centre, a site")), subject);
}

/* Without a name nothing is kept; with one all is, also what closing interrupts. */
static void
test_write (Scene         *scene,
            gconstpointer  role)
{
  SideScorecards *shelf = g_object_ref (side_scorecards_get (scene->place.desk));
  g_autoptr (GPtrArray) cards = NULL, after = NULL;
  g_autoptr (GPtrArray) stored = NULL;
  const SideScorecard *card;
  GtkWindow *window;

  side_test_wait_until (is_read, shelf, 5000, "the scorecards to be read");
  window = open_form (scene, NULL);
  g_assert_false (gtk_widget_is_sensitive (place_find (GTK_WIDGET (window), "SideCriterionRow")));
  name_it (window, "  Север  ");
  g_assert_true (gtk_widget_is_sensitive (place_find (GTK_WIDGET (window), "SideCriterionRow")));
  side_widget_test_click (gtk_widget_get_parent (place_find_text (GTK_WIDGET (window), "Yes")));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "1 of 2 answered"));
  gtk_window_close (window);
  side_test_run_for (50);
  cards = list_of (scene);
  g_assert_cmpuint (cards->len, ==, 1);
  card = cards->pdata[0];
  g_assert_cmpstr (card->subject, ==, "Север");
  g_assert_cmpstr (card->review->reviewer, ==, PLACE_USER);
  g_assert_cmpint (card->review->script_version, ==, 3);
  g_assert_cmpfloat (side_review_get_answer (card->review, "1.1"), ==, 1.0);
  g_assert_cmpint (card->at_ms, >, 0);

  window = open_form (scene, card);
  name_it (window, "Север, Тверь");
  gtk_window_close (window);
  side_test_run_for (300);
  after = list_of (scene);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((SideScorecard *) after->pdata[0])->subject, ==, "Север, Тверь");
  stored = place_list (&scene->place, "scorecard", NULL);
  g_assert_cmpuint (stored->len, ==, 1);
  g_object_unref (shelf);
}

static void
receive_card (Scene               *scene,
              const SideScorecard *card,
              gint64               revision)
{
  g_autoptr (SideDocument) document = side_wire_document_for_scorecard (card);

  document->revision = revision;
  document->author = g_strdup ("boris");
  place_receive (&scene->place, document);
}

static gboolean
has_card (gpointer shelf)
{
  g_autoptr (GPtrArray) cards = side_scorecards_list (shelf, SCRIPT_ID);

  return cards->len > 0;
}

static gboolean
is_two_answered (gpointer window)
{
  return place_find_text (window, "2 of 2 answered") != NULL;
}

/* What somebody else wrote, or a conflict was settled to, while the form stands open is not
 * written over by the next answer here. */
static void
test_meanwhile (Scene         *scene,
                gconstpointer  role)
{
  SideScorecards *shelf = g_object_ref (side_scorecards_get (scene->place.desk));
  g_autoptr (SideScorecard) card = side_scorecard_new ("8c6a1d52-8c1d-4b0e-9a41-2f6d86a0c7aa", scene->script->project, "Север", SCRIPT_ID, 3);
  g_autoptr (GPtrArray) after = NULL;
  GtkWindow *window;

  side_test_wait_until (is_read, shelf, 5000, "the scorecards to be read");
  card->at_ms = card->review->started_ms = card->review->changed_ms = 1000;
  side_review_set_answer (card->review, "1.1", 1, 1000, -1);
  receive_card (scene, card, 1);
  side_test_wait_until (has_card, shelf, 10000, "the scorecard to be read");
  window = open_form (scene, card);
  card->review->changed_ms = 2000;
  card->review->comment = g_strdup ("Seen by both");
  side_review_set_answer (card->review, "2.1", 0, 2000, -1);
  receive_card (scene, card, 2);
  side_test_wait_until (is_two_answered, window, 10000, "their answer to be shown");
  name_it (window, "Север, Тверь");
  gtk_window_close (window);
  side_test_run_for (300);
  after = list_of (scene);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpfloat (side_review_get_answer (((SideScorecard *) after->pdata[0])->review, "1.1"), ==, 1.0);
  g_assert_cmpfloat (side_review_get_answer (((SideScorecard *) after->pdata[0])->review, "2.1"), ==, 0.0);
  g_assert_cmpstr (((SideScorecard *) after->pdata[0])->review->comment, ==, "Seen by both");
  g_assert_cmpstr (((SideScorecard *) after->pdata[0])->subject, ==, "Север, Тверь");
  g_object_unref (shelf);
}

/* What the server put together of theirs and ours has the time of ours: theirs is shown, and not written over. */
static void
test_merged (Scene         *scene,
             gconstpointer  role)
{
  SideScorecards *shelf = g_object_ref (side_scorecards_get (scene->place.desk));
  g_autoptr (SideScorecard) card = side_scorecard_new ("8c6a1d52-8c1d-4b0e-9a41-2f6d86a0c7ab", scene->script->project, "Север", SCRIPT_ID, 3);
  g_autoptr (GPtrArray) after = NULL;
  GtkWindow *window;

  side_test_wait_until (is_read, shelf, 5000, "the scorecards to be read");
  card->at_ms = card->review->started_ms = card->review->changed_ms = 1000;
  side_review_set_answer (card->review, "1.1", 1, 1000, -1);
  receive_card (scene, card, 1);
  side_test_wait_until (has_card, shelf, 10000, "the scorecard to be read");
  window = open_form (scene, card);
  side_review_set_answer (card->review, "2.1", 0, 900, -1);
  receive_card (scene, card, 2);
  side_test_wait_until (is_two_answered, window, 10000, "their answer to be shown");
  name_it (window, "Север, Тверь");
  gtk_window_close (window);
  side_test_run_for (300);
  after = list_of (scene);
  g_assert_cmpfloat (side_review_get_answer (((SideScorecard *) after->pdata[0])->review, "2.1"), ==, 0.0);
  g_object_unref (shelf);
}

/* Words about something that has no name yet are asked about before they go. */
static void
test_nameless (Scene         *scene,
               gconstpointer  role)
{
  SideScorecards *shelf = g_object_ref (side_scorecards_get (scene->place.desk));
  GtkWindow *window;
  g_autoptr (GPtrArray) cards = NULL;

  side_test_wait_until (is_read, shelf, 5000, "the scorecards to be read");
  window = open_form (scene, NULL);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_editable_set_text (GTK_EDITABLE (place_find_entry (GTK_WIDGET (window), "Comment")), "Answered in an hour");
  side_test_run_for (500);   /* longer than until it is written */
  gtk_window_close (window);
  side_test_run_for (50);
  g_assert_nonnull (window);
  side_widget_test_answer ("keep");
  g_assert_nonnull (window);
  name_it (window, "Юг");
  gtk_window_close (window);
  side_test_run_for (100);
  g_assert_null (side_widget_test_find_question ());
  g_assert_null (window);
  cards = list_of (scene);
  g_assert_cmpuint (cards->len, ==, 1);
  g_assert_cmpstr (((SideScorecard *) cards->pdata[0])->review->comment, ==, "Answered in an hour");
  g_object_unref (shelf);
}

static SideScorecard *
add_card (Scene      *scene,
          const char *id,
          const char *subject,
          double      first,
          double      second)
{
  SideScorecard *card = side_scorecard_new (id, scene->script->project, subject, SCRIPT_ID, 3);

  side_review_set_answer (card->review, "1.1", first, 1, -1);
  side_review_set_answer (card->review, "2.1", second, 1, -1);
  side_scorecards_put (side_scorecards_get (scene->place.desk), card);
  return card;
}

/* Totals and sections side by side. */
static void
test_compare (Scene         *scene,
              gconstpointer  role)
{
  SideScorecards *shelf = g_object_ref (side_scorecards_get (scene->place.desk));
  g_autoptr (SideScorecard) north = NULL, south = NULL;
  GtkWindow *window;

  side_test_wait_until (is_read, shelf, 5000, "the scorecards to be read");
  window = side_scorecards_window_new (NULL, scene->place.desk, scene->script);
  gtk_window_present (window);
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "No Scorecards Yet"));
  north = add_card (scene, "5e0d3c1a-9f0b-4a7e-8d53-2b1d9a6c4f02", "Север", 1, 0);
  south = add_card (scene, "5e0d3c1a-9f0b-4a7e-8d53-2b1d9a6c4f03", "Юг", 0, 1);
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "Север"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "Юг"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "30"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "70"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (window), "2. Доступ"));
  side_scorecards_remove (shelf, south->review->id);
  side_test_run_for (50);
  g_assert_null (place_find_text (GTK_WIDGET (window), "Юг"));
  gtk_window_destroy (window);
  side_test_run_for (300);
  g_object_unref (shelf);
}

/* Others read them. */
static void
test_read_only (Scene         *scene,
                gconstpointer  role)
{
  g_autoptr (SideScorecard) card = side_scorecard_new ("5e0d3c1a-9f0b-4a7e-8d53-2b1d9a6c4f02", scene->script->project, "Север", SCRIPT_ID, 3);
  GtkWindow *window = open_form (scene, card);

  g_assert_false (gtk_widget_is_sensitive (place_find_entry (GTK_WIDGET (window), "Comment")));
  gtk_window_close (window);
  side_test_run_for (50);
}

/* A day that has been is today at the latest. */
static void
test_day (void)
{
  gint64 now_ms = G_GINT64_CONSTANT (1795251600000);
  SideDateRow *row = SIDE_DATE_ROW (g_object_ref_sink (side_date_row_new ("Day", NULL, now_ms)));
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *window, *calendar;
  g_autoptr (GDateTime) early = g_date_time_new_utc (2026, 11, 3, 12, 0, 0), late = g_date_time_new_utc (2026, 12, 24, 12, 0, 0);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (row));
  window = side_widget_test_show (group, 300, 100);
  side_date_row_set_past (row);
  side_date_row_set_due (row, side_date_row_in_days (row, 0));
  calendar = place_find (GTK_WIDGET (row), "GtkCalendar");
  gtk_calendar_select_day (GTK_CALENDAR (calendar), early);
  g_assert_cmpint (side_date_row_get_due (row), ==, g_date_time_to_unix (early) * 1000 + 12 * SIDE_HOUR_MS);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), late);
  g_assert_cmpint (side_date_row_get_due (row), ==, side_date_row_in_days (row, 0));
  side_widget_test_close (window);
  g_object_unref (row);
}

/* ---- what it would change ---- */

static void
put_review (Scene      *scene,
            guint       n,
            const char *call,
            int         selection)
{
  g_autofree char *id = g_strdup_printf ("5e0d3c1a-9f0b-4a7e-8d53-%012u", n);
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, call, SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->selection = (SideSelection) selection;
  side_review_set_answer (review, "1.1", 1, side_fixture_now_ms () - 2000, 0);
  side_review_set_answer (review, "1.2", 0, side_fixture_now_ms () - 2000, 0);
  side_review_set_answer (review, "1.3", 1, side_fixture_now_ms () - 2000, 0);
  side_review_finish (review, 1, side_fixture_now_ms () - 1000);
  document = side_wire_document_for_review (review);
  document->revision = 1;
  document->change = 500 + n;
  place_receive (&scene->place, document);
}

static GtkWidget *
find_window (const char *type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), type))
        return window;
    }
  return NULL;
}

static gboolean
has_report (gpointer window)
{
  return place_find_text (window, "Random reviews: mean 50.0 → 75.0, n = 1\nChosen reviews: mean 50.0 → 75.0, n = 1\n"
                                  "Scores: 2 higher, 0 lower, 0 as they were\nNo call fails a critical criterion, before or after") != NULL;
}

static void
show_call_cb (GSimpleAction  *action,
              GVariant       *parameter,
              char          **told)
{
  g_free (*told);
  *told = g_variant_dup_string (parameter, NULL);
}

static void
check_opens (GtkWidget *beside,
             GtkWidget *window)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-call", G_VARIANT_TYPE_STRING);
  g_autofree char *told = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (show_call_cb), &told);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (beside, "win", G_ACTION_GROUP (group));
  g_signal_emit_by_name (place_find (place_find (window, "GtkPaned"), "GtkListView"), "activate", 1u);
  g_assert_cmpstr (told, ==, "call-1");
  gtk_widget_insert_action_group (beside, "win", NULL);
}

static gboolean
are_scripts_read (gpointer page)
{
  return side_script_shelf_is_loaded (side_scripts_page_get_shelf (page));
}

static SideDraftKeeper *
begin_draft (GtkWidget *page)
{
  SideScriptShelf *shelf = side_scripts_page_get_shelf (SIDE_SCRIPTS_PAGE (page));
  SideDraftKeeper *keeper;
  SideScript *draft;

  gtk_widget_activate_action (place_find (page, "SideScriptView"), "script.edit", NULL);
  keeper = side_script_shelf_get_keeper (shelf, side_script_shelf_find_draft_of (shelf, SCRIPT_ID));
  draft = side_draft_keeper_begin (keeper);
  side_script_find_criterion (draft, "1.1")->weight = 15;
  side_section_add_criterion (g_ptr_array_index (draft->sections, 0), "1.9", "Smiles", 5);
  side_draft_keeper_put (keeper, draft, "changed", NULL);
  return keeper;
}

static gboolean
is_saved (gpointer keeper)
{
  return !side_draft_keeper_is_busy (keeper);
}

/* All reviews that count of the version before, under the draft. What is reviewed blind is not told. */
static void
test_whatif (Scene         *scene,
             gconstpointer  role)
{
  static const char *const hidden[] = { "call-3", NULL };
  GtkWidget *page = side_scripts_page_new (scene->place.desk, NULL), *beside = side_widget_test_show (page, 1150, 700), *window;
  SideDraftKeeper *keeper;

  put_review (scene, 1, "call-0", SIDE_SELECTION_RANDOM);
  put_review (scene, 2, "call-1", SIDE_SELECTION_CHOSEN);
  put_review (scene, 3, "call-3", SIDE_SELECTION_RANDOM);
  put_review (scene, 4, "call-1", SIDE_SELECTION_SECOND);
  side_test_wait_until (are_scripts_read, page, 5000, "the scripts to be read");
  side_test_wait_until (is_read, side_blind_get (scene->place.desk), 5000, "what is hidden to be known");
  side_test_run_for (300);
  side_store_set_veil_async (side_desk_get_store (scene->place.desk), hidden, NULL, NULL, NULL);
  keeper = begin_draft (page);
  gtk_widget_activate_action (place_find (page, "SideScriptView"), "script.whatif", NULL);
  window = find_window ("SideRescoringWindow");
  g_assert_nonnull (window);
  side_test_wait_until (has_report, window, 5000, "the reviews to be scored");
  side_test_run_for (100);
  g_assert_nonnull (place_find_text (window, "50 → 75"));
  g_assert_nonnull (place_find_text (window, "Random · version 7 · Anna Smirnova · no answer to 1.4"));
  g_assert_nonnull (place_find_text (window, "1.4 Smiles: no answer in 2 of 2\nA question without an answer is left out of the score."));
  side_widget_test_no_nameless (window);
  check_opens (beside, window);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_wait_until (is_saved, keeper, 5000, "the draft to be saved");
  side_widget_test_close (beside);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);

  g_test_add ("/scorecards/meanwhile", Scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), set_up, test_meanwhile, tear_down);
  g_test_add ("/scorecards/merged", Scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), set_up, test_merged, tear_down);
  g_test_add ("/scorecards/write", Scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), set_up, test_write, tear_down);
  g_test_add ("/scorecards/nameless", Scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER), set_up, test_nameless, tear_down);
  g_test_add ("/scorecards/compare", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_compare, tear_down);
  g_test_add ("/scorecards/read-only", Scene, GINT_TO_POINTER (SIDE_ROLE_CLIENT), set_up, test_read_only, tear_down);
  g_test_add_func ("/scorecards/day", test_day);
  g_test_add ("/what-if/all", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_whatif, tear_down);
  return g_test_run ();
}
