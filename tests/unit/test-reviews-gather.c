/* test-reviews-gather.c - what a file of reviews is made of on a computer without a server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "../../app/ui/reviews/side-reviews-gather.h"
#include "side-wire.h"
#include "test-store-kit.h"

typedef struct {
  Kit          kit;
  SideProject *project;
  char        *script;
  char        *calibration;
  const char  *hidden[2];   /* calls the person has a blind review of to finish */
} Place;

static void
put (Place        *place,
     SideDocument *document)
{
  g_autoptr (SideDocument) owned = document;
  g_autoptr (GError) error = NULL;

  KIT_WAIT (place->kit.store, side_store_put_document, &error, owned, TRUE);
  g_assert_no_error (error);
}

static void
put_review (Place         *place,
            guint          n,
            const char    *call,
            int            version,
            SideSelection  selection,
            gboolean       finished)
{
  g_autofree char *id = kit_uuid (100 + n);
  g_autoptr (SideReview) review = side_review_new (id, "tea", call, place->script, version);

  side_review_claim (review, "anna", KIT_NOW_MS);
  side_review_set_answer (review, "1.1", 0.5, KIT_NOW_MS, 1000);
  review->selection = selection;
  if (selection == SIDE_SELECTION_CALIBRATION)
    review->plan = g_strdup (place->calibration);
  if (finished)
    side_review_finish (review, 1, KIT_NOW_MS - n);
  put (place, side_wire_document_for_review (review));
}

static void
set_up (Place         *place,
        gconstpointer  unused)
{
  g_autoptr (SideScript) script = NULL;
  g_autoptr (SideCalibration) calibration = NULL;
  g_autoptr (SideCall) call = kit_call ("leg-1", KIT_NOW_MS - 60000);

  kit_make (&place->kit);
  kit_open (&place->kit);
  place->project = side_project_new ("tea", "Чайная лавка", "Europe/Moscow", NULL);
  place->script = kit_uuid (1);
  place->calibration = kit_uuid (2);
  script = side_script_new (place->script, "tea", "Подбор чая", 2);
  side_section_add_criterion (side_script_add_section (script, "1", "Начало"), "1.1", "Здоровается", 100);
  put (place, side_wire_document_for_script (script));
  calibration = side_calibration_new (place->calibration, "tea", "Ноябрь", place->script, 2);
  put (place, side_wire_document_for_calibration (calibration));
  call->project = "tea";
  call->operator_name = "Сокол";
  kit_put_call (&place->kit, call);
  put_review (place, 1, "leg-1", 2, SIDE_SELECTION_RANDOM, TRUE);
  put_review (place, 2, "leg-gone", 2, SIDE_SELECTION_CHOSEN, TRUE);
  put_review (place, 3, "leg-1", 1, SIDE_SELECTION_SECOND, TRUE);
  put_review (place, 4, "leg-1", 2, SIDE_SELECTION_RANDOM, FALSE);
  put_review (place, 5, "leg-1", 2, SIDE_SELECTION_CALIBRATION, TRUE);
}

static void
tear_down (Place         *place,
           gconstpointer  unused)
{
  kit_clear (&place->kit);
  side_project_unref (place->project);
  g_free (place->script);
  g_free (place->calibration);
}

/* The reviews of the file, the one that was finished first at the beginning. */
static JsonNode *
gather (Place *place,
        guint  n,
        guint  n_held_back)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReviewsFile) file = KIT_WAIT (place->kit.store, side_reviews_gather, &error, place->project, SIDE_REVIEWS_JSON, place->hidden);
  g_autofree char *text = NULL;
  JsonNode *root;

  g_assert_no_error (error);
  g_assert_cmpuint (file->n, ==, n);
  g_assert_cmpuint (file->n_held_back, ==, n_held_back);
  text = g_strndup (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  return root;
}

static JsonObject *
review_at (JsonNode *root,
           guint     i)
{
  return json_array_get_object_element (json_object_get_array_member (json_node_get_object (root), "reviews"), i);
}

/* Somebody writes the next revision of the first review. */
static void
revise (Place *place)
{
  g_autofree char *id = kit_uuid (101);
  g_autoptr (SideReview) review = side_review_new (id, "tea", "leg-1", place->script, 2);

  side_review_claim (review, "anna", KIT_NOW_MS);
  side_review_set_answer (review, "1.1", 0.5, KIT_NOW_MS, 1000);
  review->selection = SIDE_SELECTION_RANDOM;
  side_review_finish (review, 1, KIT_NOW_MS - 1);
  side_review_reopen (review, "boris", "Heard again", KIT_NOW_MS);
  side_review_set_answer (review, "1.1", 0, KIT_NOW_MS, 1000);
  put (place, side_wire_document_for_review (review));
}

/* What was sealed is in the file, and nothing that is only being written. */
static void
test_gathered (Place         *place,
               gconstpointer  unused)
{
  g_autoptr (JsonNode) root = NULL;

  revise (place);
  root = gather (place, 3, 1);
  /* An older version that never came here: no score, and the rest all the same. */
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 0), "selection"), ==, "second");
  g_assert_true (json_object_get_null_member (review_at (root, 0), "score"));
  /* A call that was forgotten. */
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 1), "call"), ==, "leg-gone");
  g_assert_false (json_object_has_member (review_at (root, 1), "operator_name"));
  g_assert_cmpfloat (json_object_get_double_member (review_at (root, 1), "score"), ==, 50);
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 2), "selection"), ==, "random");
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 2), "operator_name"), ==, "Сокол");
  g_assert_cmpfloat (json_object_get_double_member (review_at (root, 2), "score"), ==, 50);
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 2), "reviewer"), ==, "anna");
  g_assert_cmpint (json_object_get_int_member (review_at (root, 2), "joined_ms"), ==, KIT_NOW_MS - 60000);
}

/* What somebody is to review blind does not come to them in a file. */
static void
test_hidden (Place         *place,
             gconstpointer  unused)
{
  g_autoptr (JsonNode) root = NULL;

  place->hidden[0] = "leg-1";
  root = gather (place, 1, 3);
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 0), "call"), ==, "leg-gone");
}

/* Of one call the newest review counts. */
static void
test_counts (Place         *place,
             gconstpointer  unused)
{
  g_autoptr (JsonNode) root = NULL;

  put_review (place, 6, "leg-1", 2, SIDE_SELECTION_RANDOM, TRUE);
  put_review (place, 7, "leg-1", 2, SIDE_SELECTION_CHOSEN, TRUE);
  root = gather (place, 5, 1);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (json_object_get_boolean_member (review_at (root, i), "counts"), ==,
                     strstr ("chosen random", json_object_get_string_member (review_at (root, i), "selection")) != NULL
                     && !g_str_has_suffix (json_object_get_string_member (review_at (root, i), "id"), "106"));
}

/* Once all answers are on the table, those of the calibration are in the file. */
static void
test_opened (Place         *place,
             gconstpointer  unused)
{
  g_autoptr (SideCalibration) calibration = side_calibration_new (place->calibration, "tea", "Ноябрь", place->script, 2);
  g_autoptr (JsonNode) root = NULL;

  calibration->state = SIDE_CALIBRATION_DISCUSSION;
  put (place, side_wire_document_for_calibration (calibration));
  root = gather (place, 4, 0);
  g_assert_cmpstr (json_object_get_string_member (review_at (root, 0), "selection"), ==, "calibration");
}

static void
test_taken_back (Place         *place,
                 gconstpointer  unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_reviews_gather_async (place->kit.store, place->project, SIDE_REVIEWS_CSV, place->hidden, cancellable, side_test_async_cb, &result);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "what was taken back");
  g_assert_null (side_reviews_gather_finish (place->kit.store, result, &error));
  g_assert_true (side_error_is_cancelled (error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reviews-gather/gathered", Place, NULL, set_up, test_gathered, tear_down);
  g_test_add ("/reviews-gather/hidden", Place, NULL, set_up, test_hidden, tear_down);
  g_test_add ("/reviews-gather/counts", Place, NULL, set_up, test_counts, tear_down);
  g_test_add ("/reviews-gather/opened", Place, NULL, set_up, test_opened, tear_down);
  g_test_add ("/reviews-gather/taken-back", Place, NULL, set_up, test_taken_back, tear_down);
  return g_test_run ();
}
