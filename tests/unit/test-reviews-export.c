/* test-reviews-export.c - reviews as tables and as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "side-csv.h"
#include "side-reviews-export.h"
#include "side-scorecards-export.h"

#define SCRIPT "4a844ec2-f6ee-58d8-97f2-8121a60fa973"
#define REVIEW "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define NOON_MS G_GINT64_CONSTANT (1795251600123)   /* 2026-11-21 09:00:00.123 UTC */

typedef struct {
  SideProject *project;
  SideScript  *script;
  SideReview  *review;
  SideCall    *call;
} Place;

static void
set_up (Place         *place,
        gconstpointer  unused)
{
  SideSection *section;
  SideCriterion *criterion;
  SideAnswer *answer;

  place->project = side_project_new ("tea", "Чайная лавка", "Europe/Moscow", NULL);
  place->script = side_script_new (SCRIPT, "tea", "Подбор чая", 2);
  section = side_script_add_section (place->script, "1", "Приветствие");
  side_section_add_criterion (section, "1.1", "Здоровается, называет лавку", 40);
  criterion = side_section_add_criterion (section, "1.2", "Темп", 40);
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion = side_section_add_criterion (section, "1.3", "Предлагает пробник", 20);
  criterion->only_if = g_strdup ("1.1");
  criterion->only_low = 1;
  criterion = side_section_add_criterion (section, "1.4", "Не грубит", 0);
  criterion->critical = SIDE_CRITICAL_SCRIPT;
  criterion->answers = SIDE_ANSWERS_YES_NO;

  place->call = side_call_new ("leg-1");
  place->call->queue = "tea-orders";
  place->call->operator_id = "op-7";
  place->call->operator_name = "Мария Иванова";
  place->call->joined_ms = NOON_MS;
  place->review = side_review_new (REVIEW, "tea", "leg-1", SCRIPT, 2);
  side_review_claim (place->review, "anna", NOON_MS);
  place->review->selection = SIDE_SELECTION_RANDOM;
  answer = side_review_set_answer (place->review, "1.1", 0.5, NOON_MS, 1500);
  answer->cause = SIDE_CAUSE_OPERATOR;
  answer->detail = g_strdup ("Торопился");
  answer->comment = g_strdup ("=1+1; имя, \"проглочено\"");
  answer->to_ms = 4250;
  side_review_set_answer (place->review, "1.2", 0.6, NOON_MS, -1);
  side_review_set_answer (place->review, "1.3", 1, NOON_MS, -1);
  side_review_set_answer (place->review, "1.4", 0, NOON_MS, -1);
  side_review_set_answer (place->review, "9.9", 0.25, NOON_MS, -1);
  side_review_finish (place->review, 0.75, NOON_MS + 3600000);
}

static void
tear_down (Place         *place,
           gconstpointer  unused)
{
  side_project_unref (place->project);
  side_script_unref (place->script);
  side_review_unref (place->review);
  side_call_unref (place->call);
}

static char *
export_one (Place           *place,
            SideReviewsForm  form,
            gboolean         with_script)
{
  g_autoptr (SideReviewsExport) export = side_reviews_export_new (form, place->project, 0, NOON_MS + 1);
  SideReviewsEntry entry = { .review = place->review, .script = with_script ? place->script : NULL, .call = place->call,
                             .operator_name = "Сокол" };
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  side_reviews_export_count_newest (&entry, 1);
  g_assert_true (side_reviews_export_add (export, &entry));
  start = side_reviews_export_take (export);
  end = side_reviews_export_finish (export, TRUE);
  g_assert_cmpuint (side_reviews_export_count (export), ==, 1);
  return g_strconcat (start, end, NULL);
}

/* Rows as name -> cell, the head first; checks the table's form on the way. */
static GPtrArray *
read_rows (const char *text)
{
  g_autoptr (SideCsv) csv = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  g_assert_true (g_str_has_prefix (text, "\357\273\277") && g_str_has_suffix (text, "\r\n"));
  csv = side_csv_new (text, strlen (text));
  g_assert_true (side_csv_next (csv, &error));
  for (guint i = 0; i < side_csv_get_cells (csv)->len; i++)
    g_ptr_array_add (names, g_strdup (g_ptr_array_index (side_csv_get_cells (csv), i)));
  while (side_csv_next_filled (csv, &error))
    {
      GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      GPtrArray *cells = side_csv_get_cells (csv);

      g_assert_cmpuint (cells->len, ==, names->len);
      for (guint i = 0; i < cells->len; i++)
        g_hash_table_insert (row, g_strdup (g_ptr_array_index (names, i)), g_strdup (g_ptr_array_index (cells, i)));
      g_ptr_array_add (rows, row);
    }
  g_assert_no_error (error);
  return rows;
}

/* @expected: name, cell, name, cell... */
static void
assert_row (GPtrArray         *rows,
            guint              i,
            const char *const *expected)
{
  GHashTable *row = g_ptr_array_index (rows, i);

  for (; *expected != NULL; expected += 2)
    {
      g_test_message ("row %u, %s", i, expected[0]);
      g_assert_true (g_hash_table_contains (row, expected[0]));
      g_assert_cmpstr (g_hash_table_lookup (row, expected[0]), ==, expected[1]);
    }
}

static void
test_reviews (Place         *place,
              gconstpointer  unused)
{
  g_autofree char *text = export_one (place, SIDE_REVIEWS_CSV, TRUE);
  g_autoptr (GPtrArray) rows = read_rows (text);

  g_assert_cmpuint (rows->len, ==, 1);
  assert_row (rows, 0, (const char *const[]) { "review", REVIEW, "call", "leg-1", "queue", "tea-orders", "operator", "op-7",
              "operator_name", "Сокол", "joined", "2026-11-21T12:00:00.123+03:00", "joined_utc", "2026-11-21T09:00:00.123Z",
              "script", SCRIPT, "script_title", "Подбор чая", "script_version", "2", "reviewer", "anna", "selection", "random", "plan", "",
              "counts", "1", "finished", "2026-11-21T13:00:00.123+03:00", "revision", "1", "heard", "0.75", NULL });
  /* 1.3 does not apply: (0.5 × 40 + 0.6 × 40) / 80. */
  assert_row (rows, 0, (const char *const[]) { "score", "0", "would_be", "55", "critical_failed", "1", "failed_critical", "1.4",
              "answered", "3", "total", "3", "comment", "", NULL });
  g_assert_null (strstr (text, "Иванова"));
}

static void
test_answers (Place         *place,
              gconstpointer  unused)
{
  g_autofree char *text = export_one (place, SIDE_REVIEWS_CSV_ANSWERS, TRUE);
  g_autoptr (GPtrArray) rows = read_rows (text);

  g_assert_cmpuint (rows->len, ==, 5);
  assert_row (rows, 0, (const char *const[]) { "review", REVIEW, "criterion", "1.1", "section_title", "Приветствие", "criterion_text",
              "Здоровается, называет лавку", "answer", "partly", "share", "0.5", "points", "20", "weight", "40", "applies", "1",
              "critical", "no", "bonus", "0", "cause", "operator", "detail", "Торопился", "position_s", "1.5", "to_s", "4.25", NULL });
  /* What a spreadsheet would reckon stands behind an apostrophe. */
  assert_row (rows, 0, (const char *const[]) { "comment", "'=1+1; имя, \"проглочено\"", NULL });
  assert_row (rows, 1, (const char *const[]) { "criterion", "1.2", "answer", "3", "share", "0.6", "points", "24", "position_s", "", NULL });
  assert_row (rows, 2, (const char *const[]) { "criterion", "1.3", "answer", "yes", "applies", "0", "points", "", NULL });
  assert_row (rows, 3, (const char *const[]) { "criterion", "1.4", "answer", "no", "critical", "script", "points", "0", NULL });
  assert_row (rows, 4, (const char *const[]) { "criterion", "9.9", "criterion_text", "", "answer", "0.25", "weight", "", "applies", "", NULL });
}

/* The version is nowhere to be had: what was answered is told all the same. */
static void
test_without_script (Place         *place,
                     gconstpointer  unused)
{
  g_autofree char *reviews = export_one (place, SIDE_REVIEWS_CSV, FALSE);
  g_autofree char *answers = export_one (place, SIDE_REVIEWS_CSV_ANSWERS, FALSE);
  g_autoptr (GPtrArray) of_reviews = read_rows (reviews);
  g_autoptr (GPtrArray) of_answers = read_rows (answers);

  assert_row (of_reviews, 0, (const char *const[]) { "script_title", "", "score", "", "critical_failed", "", "answered", "5", "total", "", NULL });
  assert_row (of_answers, 0, (const char *const[]) { "criterion", "1.1", "answer", "0.5", "share", "0.5", "points", "", NULL });
}

static void
test_json (Place         *place,
           gconstpointer  unused)
{
  g_autofree char *text = export_one (place, SIDE_REVIEWS_JSON, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  JsonObject *object, *review, *answer;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "project"), ==, "tea");
  g_assert_cmpstr (json_object_get_string_member (object, "time_zone"), ==, "Europe/Moscow");
  g_assert_false (json_object_has_member (object, "from_ms"));
  g_assert_cmpint (json_object_get_int_member (object, "to_ms"), ==, NOON_MS + 1);
  g_assert_cmpint (json_object_get_int_member (object, "count"), ==, 1);
  g_assert_true (json_object_get_boolean_member (object, "complete"));
  review = json_array_get_object_element (json_object_get_array_member (object, "reviews"), 0);
  g_assert_cmpstr (json_object_get_string_member (review, "joined"), ==, "2026-11-21T12:00:00.123+03:00");
  g_assert_cmpstr (json_object_get_string_member (review, "operator_name"), ==, "Сокол");
  g_assert_cmpfloat (json_object_get_double_member (review, "score"), ==, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (review, "would_be"), 55, 1e-9);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (review, "sections")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (review, "answers")), ==, 5);
  answer = json_array_get_object_element (json_object_get_array_member (review, "answers"), 0);
  g_assert_cmpstr (json_object_get_string_member (answer, "comment"), ==, "=1+1; имя, \"проглочено\"");
  answer = json_array_get_object_element (json_object_get_array_member (review, "answers"), 2);
  g_assert_true (json_object_get_null_member (answer, "points"));
  g_assert_false (json_object_get_boolean_member (answer, "applies"));
  g_assert_null (strstr (text, "Иванова"));
}

/* As metrics.md has it: the newest of a call for each script, the random ones apart. */
static void
test_counts (Place         *place,
             gconstpointer  unused)
{
  static const struct { const char *id; const char *call; SideSelection selection; gint64 finished_ms; gboolean scored; gboolean counts; } cases[] = {
    { "a", "leg-1", SIDE_SELECTION_RANDOM, 10, TRUE, FALSE },         /* b is newer */
    { "b", "leg-1", SIDE_SELECTION_RANDOM, 20, TRUE, TRUE },
    { "c", "leg-1", SIDE_SELECTION_CHOSEN, 5, TRUE, FALSE },          /* d is newer, and no random one either */
    { "d", "leg-1", SIDE_SELECTION_NONE, 6, TRUE, TRUE },
    { "e", "leg-1", SIDE_SELECTION_SECOND, 30, TRUE, FALSE },
    { "f", "leg-1", SIDE_SELECTION_CALIBRATION, 30, TRUE, FALSE },
    { "g", "leg-1", SIDE_SELECTION_RANDOM, 40, FALSE, FALSE },        /* its version is nowhere: no score */
    { "h", "leg-2", SIDE_SELECTION_RANDOM, 1, TRUE, TRUE },
    { "j", "leg-2", SIDE_SELECTION_NONE, 7, TRUE, FALSE },
    { "k", "leg-2", SIDE_SELECTION_CHOSEN, 7, TRUE, TRUE },           /* the same instant: by id, always the same one */
    { "l", "leg-t", SIDE_SELECTION_RANDOM, 1, TRUE, FALSE },          /* a test call */
  };
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  g_autoptr (SideCall) test = side_call_new ("leg-t");
  SideReviewsEntry entries[G_N_ELEMENTS (cases) + 1] = { { .review = NULL } };

  test->test = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SideReview *review = side_review_new (cases[i].id, "tea", cases[i].call, SCRIPT, 2);

      review->selection = cases[i].selection;
      side_review_set_answer (review, "1.1", 1, NOON_MS, -1);
      side_review_finish (review, 1, cases[i].finished_ms);
      g_ptr_array_add (reviews, review);
      entries[i] = (SideReviewsEntry) { .review = review, .script = cases[i].scored ? place->script : NULL, .counts = TRUE,
                                        .call = g_str_equal (cases[i].call, "leg-t") ? test : NULL };
    }
  /* The same call with another script is another matter. */
  entries[G_N_ELEMENTS (cases)] = (SideReviewsEntry) { .review = place->review, .script = place->script, .call = place->call };
  g_free (place->review->script);
  place->review->script = g_strdup ("another");
  place->review->finished_ms = 1;
  side_reviews_export_count_newest (entries, G_N_ELEMENTS (entries));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("review %s", cases[i].id);
      g_assert_cmpint (entries[i].counts, ==, cases[i].counts);
    }
  g_assert_true (entries[G_N_ELEMENTS (cases)].counts);
}

/* A draft is its writer's alone; no review at all is a whole document, too. */
static void
test_drafts (Place         *place,
             gconstpointer  unused)
{
  g_autoptr (SideReviewsExport) export = side_reviews_export_new (SIDE_REVIEWS_JSON, place->project, 1, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  side_review_reopen (place->review, "anna", "Оспорено", NOON_MS + 7200000);
  g_assert_false (side_reviews_export_add (export, &(SideReviewsEntry) { .review = place->review, .script = place->script }));
  text = side_reviews_export_finish (export, FALSE);
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "count"), ==, 0);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (root), "complete"));
}

/* What is no call stands side by side in a table of its own. */
static void
test_scorecards (Place         *place,
                 gconstpointer  unused)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scorecard_unref);
  SideScorecard *card = side_scorecard_new (REVIEW, "tea", "=Север", SCRIPT, 2);
  g_autofree char *csv = NULL, *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *first;

  card->at_ms = NOON_MS;
  card->review->reviewer = g_strdup ("anna");
  side_review_set_answer (card->review, "1.1", 0.5, NOON_MS, -1);
  side_review_set_answer (card->review, "1.2", SIDE_ANSWER_NA, NOON_MS, -1);
  g_ptr_array_add (cards, card);
  g_ptr_array_add (cards, side_scorecard_new (REVIEW, "tea", "Юг", SCRIPT, 2));
  g_assert_cmpint (side_scorecard_compare (cards->pdata[0], cards->pdata[0]), ==, 0);
  g_assert_cmpint (side_scorecard_compare (cards->pdata[0], cards->pdata[1]), !=, 0);

  csv = side_scorecards_to_csv (place->project, place->script, cards);
  g_assert_true (g_str_has_prefix (csv, "\357\273\277subject,date,author,script_version,score,would_be,answered,total,Приветствие,"));
  g_assert_nonnull (strstr (csv, "\r\n\"'=Север\",2026-11-21,anna,2,50,50,2,3,50,0.5,na,,,\r\n"));
  g_assert_nonnull (strstr (csv, "\r\nЮг,,,2,,,0,3,,,,,,\r\n"));
  json = side_scorecards_to_json (place->project, place->script, cards);
  node = json_from_string (json, NULL);
  first = json_array_get_object_element (json_object_get_array_member (json_node_get_object (node), "scorecards"), 0);
  g_assert_cmpstr (json_object_get_string_member (first, "subject"), ==, "=Север");
  g_assert_cmpfloat (json_object_get_double_member (first, "score"), ==, 50.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reviews-export/reviews", Place, NULL, set_up, test_reviews, tear_down);
  g_test_add ("/reviews-export/answers", Place, NULL, set_up, test_answers, tear_down);
  g_test_add ("/reviews-export/without-script", Place, NULL, set_up, test_without_script, tear_down);
  g_test_add ("/reviews-export/json", Place, NULL, set_up, test_json, tear_down);
  g_test_add ("/reviews-export/counts", Place, NULL, set_up, test_counts, tear_down);
  g_test_add ("/reviews-export/drafts", Place, NULL, set_up, test_drafts, tear_down);
  g_test_add ("/reviews-export/scorecards", Place, NULL, set_up, test_scorecards, tear_down);
  return g_test_run ();
}
