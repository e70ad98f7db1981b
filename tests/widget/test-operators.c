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
#include "side-time.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define NBSP    "\302\240"
#define WEEK_MS (7 * 24 * SIDE_HOUR_MS)

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
mentions (GtkWidget  *root,
          const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (mentions (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
is_mentioned (gpointer data)
{
  Words *words = data;

  return mentions (words->root, words->text);
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
  Words progress = { scene->page, "Random reviews: before 50 (9–91, 2 reviews), none since then" };
  GtkWidget *dialog, *group, *goal;
  g_autoptr (GPtrArray) kept = NULL;

  wait_for (scene, "75 (0–100, 2 reviews)");
  group = place_find (scene->page, "SideCoachingGroup");
  press_button (group, "Add Note");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  goal = place_find (dialog, "AdwEntryRow");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)), goal));
  /* Moments of all criteria, until one is chosen. */
  side_test_wait_until (is_mentioned, &(Words) { dialog, "The newest moments of all criteria" }, 5000, "moments of all criteria");
  press_button (dialog, "Save");
  g_assert_true (find_dialog () == dialog);   /* an empty one is not saved, and it says why */
  g_assert_nonnull (place_find_text (dialog, "Nothing is written yet: a goal, a criterion, or what was talked about is enough to save."));
  gtk_editable_set_text (GTK_EDITABLE (goal), words.text);
  adw_combo_row_set_selected (ADW_COMBO_ROW (place_find (dialog, "AdwComboRow")), 1);
  press_button (dialog, "Save");
  side_test_wait_until (is_said, &words, 5000, "the note");
  /* Like with like, and it says what. */
  side_test_wait_until (is_mentioned, &progress, 5000, progress.text);
  g_assert_cmpuint (side_coaching_group_get_n_notes (SIDE_COACHING_GROUP (group)), ==, 1);
  kept = place_list (&scene->place, "coaching", NULL);
  g_assert_cmpuint (kept->len, ==, 1);
  side_widget_test_click (place_find_named (group, "Delete"));
  side_test_wait_until (is_not_said, &words, 5000, "the note to go");
  side_coaching_group_undo (SIDE_COACHING_GROUP (group));
  side_test_wait_until (is_said, &words, 5000, "the note to come back");
}

/* The same words changed elsewhere while the dialog stands open are not lost unsaid: it is told, and can be undone. */
static void
test_coaching_meanwhile (Scene         *scene,
                         gconstpointer  data)
{
  Words first = { scene->page, "Name the shop" }, ours = { scene->page, "Name the shop at once" }, theirs = { scene->page, "Name the town" };
  Words told = { scene->page, "The same was changed elsewhere meanwhile: yours is kept" };
  g_autoptr (SideCoaching) coaching = side_coaching_new ("eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee", SIDE_FIXTURE_PROJECT, "anna");
  g_autoptr (SideDocument) before = NULL, after = NULL;
  GtkWidget *dialog, *group;

  wait_for (scene, "75 (0–100, 2 reviews)");
  group = place_find (scene->page, "SideCoachingGroup");
  coaching->created_ms = coaching->changed_ms = side_fixture_now_ms ();
  coaching->author = g_strdup (side_desk_get_user (scene->place.desk));
  coaching->goal = g_strdup (first.text);
  before = side_wire_document_for_coaching (coaching);
  place_receive (&scene->place, before);
  side_test_wait_until (is_said, &first, 5000, "the note");
  side_widget_test_click (place_find_named (group, "Edit"));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (place_find (dialog, "AdwEntryRow")), ours.text);
  g_free (coaching->goal);
  coaching->goal = g_strdup (theirs.text);
  after = side_wire_document_for_coaching (coaching);
  after->revision = 2;
  place_receive (&scene->place, after);
  side_test_wait_until (is_said, &theirs, 5000, "what was changed elsewhere");
  press_button (dialog, "Save");
  side_test_wait_until (is_said, &ours, 5000, "the note as it was written here");
  side_test_wait_until (is_said, &told, 5000, told.text);
  side_coaching_group_undo (SIDE_COACHING_GROUP (group));
  side_test_wait_until (is_said, &theirs, 5000, "what was changed elsewhere to come back");
}

/* Two scripts number their criteria alike: each row says whose it is. */
static void
test_two_scripts (Scene         *scene,
                  gconstpointer  data)
{
  g_autoptr (SideScript) script = side_script_new ("cccccccc-cccc-4ccc-8ccc-cccccccccccc", SIDE_FIXTURE_PROJECT, "Returns", 1);
  g_autoptr (SideReview) review = side_review_new ("dddddddd-dddd-4ddd-8ddd-dddddddddddd", SIDE_FIXTURE_PROJECT, "call-0", script->id, 1);
  g_autoptr (SideDocument) form = NULL, document = NULL;
  Words first = { scene->page, "Returns\nRandom reviews: 100" }, second = { scene->page, "Order by phone\nRandom reviews: 50" };

  wait_for (scene, "75 (0–100, 2 reviews)");
  side_section_add_criterion (side_script_add_section (script, "1", "One"), "1.1", "Greets", 10);
  form = side_wire_document_for_script (script);
  place_receive (&scene->place, form);
  review->reviewer = g_strdup ("olga");
  review->selection = SIDE_SELECTION_RANDOM;
  review->started_ms = review->changed_ms = review->finished_ms = side_fixture_now_ms ();
  side_review_set_answer (review, "1.1", 1.0, side_fixture_now_ms (), -1);
  document = side_wire_document_for_review (review);
  place_receive (&scene->place, document);
  side_test_wait_until (is_mentioned, &first, 10000, first.text);
  g_assert_true (is_mentioned (&second));
}

static guint
count_texts (GskRenderNode *node)
{
  guint n = 0;

  if (node == NULL)
    return 0;
  if (gsk_render_node_get_node_type (node) == GSK_TEXT_NODE)
    return 1;
  if (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    return count_texts (gsk_transform_node_get_child (node));
  if (gsk_render_node_get_node_type (node) != GSK_CONTAINER_NODE)
    return 0;
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    n += count_texts (gsk_container_node_get_child (node, i));
  return n;
}

/* How many words the chart draws with @n reviews in each of 13 weeks. */
static guint
count_chart_texts (GtkWidget *chart,
                   guint      n)
{
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (SideQualityPoint));
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  guint texts;

  for (gint64 week = 0; week < 13; week++)
    {
      SideQualityPoint point = { .from_ms = week * WEEK_MS, .to_ms = (week + 1) * WEEK_MS };

      for (guint i = 0; i < n; i++)
        side_scores_add (&point.random, 70 + 10 * i);
      g_array_append_val (points, point);
    }
  side_quality_chart_set_points (SIDE_QUALITY_CHART (chart), zone, points, SIDE_STEP_WEEK);
  GTK_WIDGET_GET_CLASS (chart)->snapshot (chart, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texts = count_texts (node);
  g_clear_pointer (&node, gsk_render_node_unref);
  return texts;
}

/* Below every mean stands how many reviews it is of, also where not every week has its date. */
static void
test_counts (void)
{
  GtkWidget *chart = side_quality_chart_new ();
  GtkWidget *window = side_widget_test_show (chart, 640, 220);
  guint bare = count_chart_texts (chart, 0);

  g_assert_cmpuint (bare, >, 5);
  g_assert_cmpuint (bare, <, 5 + 13);
  g_assert_cmpuint (count_chart_texts (chart, 1), ==, bare + 1 + 13);
  g_assert_cmpuint (count_chart_texts (chart, 2), ==, bare + 1 + 13);
  side_widget_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/operators/shows", Scene, NULL, set_up, test_shows, tear_down);
  g_test_add ("/operators/two-scripts", Scene, NULL, set_up, test_two_scripts, tear_down);
  g_test_add_func ("/operators/counts", test_counts);
  g_test_add_func ("/operators/of-operator", test_of_operator);
  g_test_add ("/operators/follows", Scene, NULL, set_up, test_follows, tear_down);
  g_test_add ("/operators/search", Scene, NULL, set_up, test_search, tear_down);
  g_test_add ("/operators/coaching", Scene, NULL, set_up, test_coaching, tear_down);
  g_test_add ("/operators/coaching-meanwhile", Scene, NULL, set_up, test_coaching_meanwhile, tear_down);
  return g_test_run ();
}
