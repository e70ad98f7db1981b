/* test-operators.c - the operators of a project, one by one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-coaching-group.h"
#include "side-operators-page.h"
#include "side-quality-chart.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define NBSP "\302\240"

typedef struct {
  Place      place;
  GtkWidget *page;
  GtkWidget *window;
} Scene;

/* A review of a call of Anna's; the first criterion is a fault of the script's. */
static void
receive_review (Scene         *scene,
                int            call,
                double         first,
                SideSelection  selection)
{
  g_autofree char *id = side_id_new ();
  g_autofree char *about = g_strdup_printf ("call-%d", call);
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, about, SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;
  SideAnswer *answer;

  review->reviewer = g_strdup ("olga");
  review->selection = selection;
  review->started_ms = review->changed_ms = review->finished_ms = side_fixture_now_ms ();
  answer = side_review_set_answer (review, "1.1", first, side_fixture_now_ms (), 2000);
  answer->cause = first < 1 ? SIDE_CAUSE_SCRIPT : SIDE_CAUSE_NONE;
  side_review_set_answer (review, "1.2", 1.0, side_fixture_now_ms (), 9000);
  side_review_set_answer (review, "1.3", 1.0, side_fixture_now_ms (), -1);
  document = side_wire_document_for_review (review);
  place_receive (&scene->place, document);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up (&scene->place, NULL);
  receive_review (scene, 0, 1.0, SIDE_SELECTION_RANDOM);
  receive_review (scene, 1, 0.0, SIDE_SELECTION_RANDOM);
  receive_review (scene, 3, 0.0, SIDE_SELECTION_CHOSEN);
  receive_review (scene, 4, 0.0, SIDE_SELECTION_REPEAT);
  scene->page = side_operators_page_new (scene->place.desk, NULL);
  scene->window = side_widget_test_show (scene->page, 1000, 700);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  place_tear_down (&scene->place, NULL);
}

typedef struct {
  GtkWidget  *root;
  const char *text;
} Words;

static gboolean
is_said (gpointer data)
{
  Words *words = data;

  return place_find_text (words->root, words->text) != NULL;
}

static gboolean
is_not_said (gpointer data)
{
  return !is_said (data);
}

static void
wait_for (Scene      *scene,
          const char *text)
{
  Words words = { scene->page, text };

  side_test_wait_until (is_said, &words, 10000, text);
}

/* Random and chosen reviews apart, repeats nowhere, and how far it can be trusted. */
static void
test_shows (Scene         *scene,
            gconstpointer  data)
{
  GtkWidget *chart;

  wait_for (scene, "75 (0–100, 2 reviews)");
  g_assert_nonnull (place_find_text (scene->page, "Anna Smirnova"));
  g_assert_nonnull (place_find_text (scene->page, "3 reviews"));
  g_assert_nonnull (place_find_text (scene->page, "50 (1 review)"));
  g_assert_nonnull (place_find_text (scene->page, "Nobody else has such reviews\nFewer than 20 reviews: a hint, not a result"));
  g_assert_nonnull (place_find_text (scene->page, "Random reviews: 50" NBSP "% of the mark · full in 1 of 2 (9–91" NBSP "%)\nFaults: script 1"));
  chart = place_find (scene->page, "SideQualityChart");
  g_assert_cmpstr (side_quality_chart_get_summary (SIDE_QUALITY_CHART (chart)), ==,
                   "Random: 75 (0–100, 2 reviews). Chosen: 50 (1 review)");
  side_quality_chart_choose (SIDE_QUALITY_CHART (chart), 12);
  g_assert_nonnull (strstr (side_quality_chart_get_summary (SIDE_QUALITY_CHART (chart)), "Week of"));
  side_widget_test_no_nameless (scene->page);
}

/* Who signed in as an operator is compared with nobody, and writes no notes. */
static void
test_of_operator (void)
{
  Scene scene;

  place_set_up_as (&scene.place, SIDE_ROLE_OPERATOR);
  receive_review (&scene, 0, 1.0, SIDE_SELECTION_RANDOM);
  scene.page = side_operators_page_new (scene.place.desk, NULL);
  scene.window = side_widget_test_show (scene.page, 1000, 700);
  wait_for (&scene, "100 (1 review)");
  g_assert_nonnull (place_find_text (scene.page, "Fewer than 20 reviews: a hint, not a result"));
  g_assert_false (gtk_widget_get_mapped (place_find (scene.page, "SideCoachingGroup")));
  tear_down (&scene, NULL);
}

/* What comes while the page is seen shows. */
static void
test_follows (Scene         *scene,
              gconstpointer  data)
{
  wait_for (scene, "75 (0–100, 2 reviews)");
  receive_review (scene, 6, 1.0, SIDE_SELECTION_RANDOM);
  wait_for (scene, "83 (12–100, 3 reviews)");
}

static void
test_search (Scene         *scene,
             gconstpointer  data)
{
  GtkWidget *search;

  wait_for (scene, "75 (0–100, 2 reviews)");
  search = place_find (scene->page, "GtkSearchEntry");
  gtk_editable_set_text (GTK_EDITABLE (search), "zoe");
  wait_for (scene, "Nobody found");
  gtk_editable_set_text (GTK_EDITABLE (search), "SMIR");
  wait_for (scene, "Anna Smirnova");
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), "SideCoachingDialog"))
        return window;   /* GTK keeps it */
    }
  return NULL;
}

static void
press_button (GtkWidget  *root,
              const char *label)
{
  GtkWidget *text = place_find_text (root, label);

  g_assert_nonnull (text);
  side_widget_test_click (gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON));
}

/* A note is written, deleted, and brought back. */
static void
test_coaching (Scene         *scene,
               gconstpointer  data)
{
  Words words = { scene->page, "Name the shop at once" };
  GtkWidget *dialog, *group;
  g_autoptr (GPtrArray) kept = NULL;

  wait_for (scene, "75 (0–100, 2 reviews)");
  group = place_find (scene->page, "SideCoachingGroup");
  press_button (group, "Add Note");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  press_button (dialog, "Save");
  g_assert_true (find_dialog () == dialog);   /* an empty one is not saved */
  gtk_editable_set_text (GTK_EDITABLE (place_find (dialog, "AdwEntryRow")), words.text);
  adw_combo_row_set_selected (ADW_COMBO_ROW (place_find (dialog, "AdwComboRow")), 1);
  press_button (dialog, "Save");
  side_test_wait_until (is_said, &words, 5000, "the note");
  g_assert_cmpuint (side_coaching_group_get_n_notes (SIDE_COACHING_GROUP (group)), ==, 1);
  kept = place_list (&scene->place, "coaching", NULL);
  g_assert_cmpuint (kept->len, ==, 1);
  side_widget_test_click (place_find_named (group, "Delete"));
  side_test_wait_until (is_not_said, &words, 5000, "the note to go");
  side_coaching_group_undo (SIDE_COACHING_GROUP (group));
  side_test_wait_until (is_said, &words, 5000, "the note to come back");
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/operators/shows", Scene, NULL, set_up, test_shows, tear_down);
  g_test_add_func ("/operators/of-operator", test_of_operator);
  g_test_add ("/operators/follows", Scene, NULL, set_up, test_follows, tear_down);
  g_test_add ("/operators/search", Scene, NULL, set_up, test_search, tear_down);
  g_test_add ("/operators/coaching", Scene, NULL, set_up, test_coaching, tear_down);
  return g_test_run ();
}
