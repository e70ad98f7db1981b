/* test-calibration.c - calls several people review apart
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-wire.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"

static SideCalibration *
sample (void)
{
  SideCalibration *self = side_calibration_new (UUID_A, "tea", "Заказы, ноябрь", UUID_B, 3);

  g_ptr_array_add (self->calls, g_strdup ("leg-1"));
  g_ptr_array_add (self->calls, g_strdup ("leg-2"));
  g_ptr_array_add (self->reviewers, g_strdup ("anna"));
  g_ptr_array_add (self->reviewers, g_strdup ("boris"));
  self->expert = g_strdup ("anna");
  self->due_ms = 2000;
  self->made_ms = 1000;
  self->author = g_strdup ("vera");
  return self;
}

static SideReview *
add_review (GPtrArray  *reviews,
            const char *call,
            const char *reviewer,
            const char *plan,
            gint64      finished_ms)
{
  SideReview *review = side_review_new (UUID_A, "tea", call, UUID_B, 3);

  review->reviewer = g_strdup (reviewer);
  review->plan = g_strdup (plan);
  review->selection = SIDE_SELECTION_CALIBRATION;
  review->finished_ms = finished_ms;
  g_ptr_array_add (reviews, review);
  return review;
}

static void
test_agree (void)
{
  g_autoptr (SideCalibration) self = sample ();
  const SideConsensus *found;

  side_calibration_agree (self, "leg-1", "c", 0, "vera", "she never asked", 10);
  side_calibration_agree (self, "leg-2", "c", SIDE_ANSWER_NA, "vera", NULL, 11);
  g_assert_null (side_calibration_find_consensus (self, "leg-1", "d"));
  found = side_calibration_find_consensus (self, "leg-1", "c");
  g_assert_cmpfloat (found->value, ==, 0);
  g_assert_cmpstr (found->reason, ==, "she never asked");
  side_calibration_agree (self, "leg-1", "c", 1, "anna", "she did, at 0:40", 12);
  g_assert_cmpuint (self->consensus->len, ==, 2);
  g_assert_cmpstr (found->author, ==, "anna");
  g_assert_cmpint (found->at_ms, ==, 12);
  /* Its own text given back is no trap. */
  side_calibration_agree (self, "leg-1", "c", 0.5, found->author, found->reason, 13);
  g_assert_cmpstr (found->reason, ==, "she did, at 0:40");
  side_calibration_agree (self, "leg-1", "c", SIDE_ANSWER_NONE, NULL, NULL, 0);
  g_assert_null (side_calibration_find_consensus (self, "leg-1", "c"));
  g_assert_cmpuint (self->consensus->len, ==, 1);
}

static void
test_blind (void)
{
  g_autoptr (SideCalibration) self = sample ();
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);

  add_review (reviews, "leg-1", "anna", UUID_A, 5);
  add_review (reviews, "leg-2", "anna", UUID_A, 5);
  add_review (reviews, "leg-1", "boris", UUID_A, 5);
  /* Not finished; not invited; not for this; not one of its calls. */
  add_review (reviews, "leg-2", "boris", UUID_A, 0);
  add_review (reviews, "leg-2", "gleb", UUID_A, 5);
  add_review (reviews, "leg-2", "boris", NULL, 5);
  add_review (reviews, "leg-3", "boris", UUID_A, 5);
  g_assert_cmpuint (side_calibration_count_finished (self, reviews), ==, 3);
  g_assert_true (side_calibration_is_blind (self, reviews));
  g_assert_null (side_calibration_find_review (self, reviews, "leg-2", "boris"));
  add_review (reviews, "leg-2", "boris", UUID_A, 6);
  g_assert_nonnull (side_calibration_find_review (self, reviews, "leg-2", "boris"));
  g_assert_false (side_calibration_is_blind (self, reviews));
  /* Whoever finished has finished, also while they write a revision. */
  side_review_reopen (reviews->pdata[0], "anna", "heard again", 7);
  g_assert_true (side_calibration_find_review (self, reviews, "leg-1", "anna") == reviews->pdata[0]);
  g_assert_false (side_calibration_is_blind (self, reviews));
  g_ptr_array_set_size (reviews, 1);
  g_assert_true (side_calibration_is_begun (self, reviews));
  self->state = SIDE_CALIBRATION_DISCUSSION;
  g_assert_false (side_calibration_is_blind (self, reviews));
}

/* What the server says goes before any clock. */
static void
test_late (void)
{
  g_autoptr (SideCalibration) self = sample ();
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  SideReview *early = add_review (reviews, "leg-1", "anna", UUID_A, 2999), *after = add_review (reviews, "leg-1", "boris", UUID_A, 3000);

  side_calibration_begin_discussion (self, 3000);
  g_assert_false (side_calibration_is_late (self, early));
  g_assert_true (side_calibration_is_late (self, after));
  early->timing = SIDE_TIMING_LATE;
  after->timing = SIDE_TIMING_BLIND;
  g_assert_true (side_calibration_is_late (self, early));
  g_assert_false (side_calibration_is_late (self, after));
}

static void
test_survives (void)
{
  g_autoptr (SideCalibration) self = sample ();
  g_autoptr (SideCalibration) copy = NULL, back = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *again = NULL, *copied = NULL;

  side_calibration_begin_discussion (self, 3000);
  self->state = SIDE_CALIBRATION_CLOSED;
  side_calibration_agree (self, "leg-1", "c", 0.5, "anna", "“почти”", 10);
  side_calibration_agree (self, "leg-1", "d", SIDE_ANSWER_NA, NULL, NULL, 0);
  copy = side_calibration_copy (self);
  json = side_wire_calibration_to_json (self);
  copied = side_wire_calibration_to_json (copy);
  g_assert_cmpstr (copied, ==, json);
  back = side_wire_calibration_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_calibration_to_json (back);
  g_assert_cmpstr (again, ==, json);
  g_assert_cmpint (back->state, ==, SIDE_CALIBRATION_CLOSED);
  g_assert_cmpint (back->discussed_ms, ==, 3000);
  g_assert_true (side_calibration_asks (back, "boris"));
  g_assert_false (side_calibration_asks (back, NULL));
  g_assert_true (side_calibration_has_call (back, "leg-2"));
  document = side_wire_document_for_calibration (self);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  g_free (document->call);
  document->call = g_strdup ("leg-1");
  g_assert_false (side_wire_document_check_body (document, NULL));
}

static void
test_refused (void)
{
#define HEAD "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"script\":\"" UUID_B "\",\"script_version\":1,\"calls\":[\"a\"],"
  static const char *const wrong[] = {
    HEAD "\"state\":\"secret\"}",
    HEAD "\"reviewers\":[\"anna\"],\"expert\":\"boris\"}",
    HEAD "\"reviewers\":[\"anna\",\"anna\"]}",
    HEAD "\"reviewers\":[7]}",
    HEAD "\"consensus\":[{\"call\":\"a\",\"criterion\":\"c\"}]}",
    HEAD "\"consensus\":[{\"call\":\"a\",\"criterion\":\"c\",\"value\":1.5}]}",
    HEAD "\"consensus\":[{\"call\":\"a\",\"criterion\":\"c\",\"value\":1,\"na\":true}]}",
    HEAD "\"consensus\":[{\"call\":\"a\",\"criterion\":\"c\",\"value\":1},{\"call\":\"a\",\"criterion\":\"c\",\"value\":0}]}",
    HEAD "\"due_ms\":-1}",
    "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"script\":\"one\",\"calls\":[]}",
  };
  g_autoptr (SideCalibration) bare = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (side_wire_calibration_from_json (wrong[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
      g_clear_error (&error);
    }
  bare = side_wire_calibration_from_json (HEAD "\"newer\":{}}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bare->state, ==, SIDE_CALIBRATION_OPEN);
#undef HEAD
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calibration/agree", test_agree);
  g_test_add_func ("/calibration/blind", test_blind);
  g_test_add_func ("/calibration/late", test_late);
  g_test_add_func ("/calibration/survives", test_survives);
  g_test_add_func ("/calibration/refused", test_refused);
  return g_test_run ();
}
