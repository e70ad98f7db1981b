/* test-wire-actions.c - actions on their way between the two programs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-test.h"
#include "side-wire-actions.h"

#define UUID "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"

static void
test_words (void)
{
  for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
    g_assert_cmpint (side_action_kind_from_string (side_action_kind_to_string (kind)), ==, kind);
  for (guint hurdle = SIDE_HURDLE_LINK; hurdle <= SIDE_HURDLE_UNKNOWN; hurdle++)
    {
      g_assert_cmpint (side_hurdle_from_string (side_hurdle_to_string (hurdle)), ==, hurdle);
      g_assert_cmpuint (strlen (side_hurdle_get_words (hurdle)), >, 10);
    }
  g_assert_cmpint (side_action_kind_from_string ("unknown"), ==, SIDE_ACTION_UNKNOWN);
  g_assert_cmpint (side_action_kind_from_string (NULL), ==, SIDE_ACTION_UNKNOWN);
  g_assert_cmpint (side_hurdle_from_string ("of a newer server"), ==, SIDE_HURDLE_UNKNOWN);
  g_assert_cmpint (side_hurdle_from_string ("none"), ==, SIDE_HURDLE_UNKNOWN);
  g_assert_false (side_action_kind_is_on_call (SIDE_ACTION_PAUSE));
  g_assert_true (side_action_kind_is_on_call (SIDE_ACTION_HANGUP));
  g_assert_false (side_action_kind_needs_phone (SIDE_ACTION_HANGUP));
  g_assert_true (side_action_kind_needs_phone (SIDE_ACTION_JOIN));
}

static void
test_texts (void)
{
  static const char *const fine[] = { "x", "Обед", "жалоба: «не слышно» — 3-й раз", "a|b", "\xf0\x9f\x98\x80" };
  static const char *const wrong[] = {
    "", " ", "\xc2\xa0", "a\nb", "a\rb", "a\tb", "a\x7f", "a\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xae", "\xff", "a\xc3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    g_assert_true (side_action_text_is_fine (fine[i], 40));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (side_action_text_is_fine (wrong[i], 40));
  g_assert_false (side_action_text_is_fine (NULL, 40));
  g_assert_true (side_action_text_is_fine ("щщщ", 3));
  g_assert_false (side_action_text_is_fine ("щщщщ", 3));
}

static void
test_request (void)
{
  g_autoptr (SideActionRequest) request = side_action_request_new (SIDE_ACTION_PAUSE, UUID, "he \"asked\" for it");
  g_autoptr (SideActionRequest) back = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  request->project = g_strdup ("tea");
  request->operator_id = g_strdup ("op-1");
  request->break_reason = g_strdup ("Обед");
  json = side_wire_action_request_to_json (request);
  back = side_wire_action_request_from_json (SIDE_ACTION_PAUSE, json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_action_request_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (back->kind, ==, SIDE_ACTION_PAUSE);
  g_assert_null (side_wire_action_request_from_json (SIDE_ACTION_HANGUP, json, -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

/* What an action is not done to has no business in what is kept of it. */
static void
test_other_aims (void)
{
  static const char body[] = "{\"request\":\"" UUID "\",\"call\":\"c\",\"project\":\"tea\",\"operator\":\"op-1\",\"queue\":\"q\","
                             "\"break\":\"Lunch\",\"reason\":\"x\"}";
  g_autoptr (SideActionRequest) hangup = side_wire_action_request_from_json (SIDE_ACTION_HANGUP, body, -1, NULL);
  g_autoptr (SideActionRequest) pause = side_wire_action_request_from_json (SIDE_ACTION_PAUSE, body, -1, NULL);
  g_autoptr (SideActionRequest) resume = side_wire_action_request_from_json (SIDE_ACTION_RESUME, body, -1, NULL);

  g_assert_nonnull (hangup);
  g_assert_cmpstr (hangup->call, ==, "c");
  g_assert_null (hangup->project);
  g_assert_null (hangup->operator_id);
  g_assert_null (hangup->queue);
  g_assert_null (hangup->break_reason);
  g_assert_nonnull (pause);
  g_assert_null (pause->call);
  g_assert_cmpstr (pause->operator_id, ==, "op-1");
  g_assert_cmpstr (pause->queue, ==, "q");
  g_assert_cmpstr (pause->break_reason, ==, "Lunch");
  g_assert_nonnull (resume);
  g_assert_null (resume->break_reason);
}

static void
test_offers (void)
{
  g_autoptr (SideActionOffers) offers = side_action_offers_new ();
  SideActionPlace *place = side_action_offers_add (offers, "tea");
  g_autoptr (SideActionOffers) back = NULL;
  g_autoptr (SideActionOffers) newer = NULL;
  g_autofree char *json = NULL;

  place->hurdles[SIDE_ACTION_PAUSE] = SIDE_HURDLE_NONE;
  place->hurdles[SIDE_ACTION_LISTEN] = SIDE_HURDLE_PHONE;
  json = side_wire_action_offers_to_json (offers);
  back = side_wire_action_offers_from_json (json, -1, NULL);
  g_assert_nonnull (back);
  g_assert_cmpint (side_action_offers_get (back, "tea", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (side_action_offers_get (back, "tea", SIDE_ACTION_LISTEN), ==, SIDE_HURDLE_PHONE);
  g_assert_cmpint (side_action_offers_get (back, "tea", SIDE_ACTION_HANGUP), ==, SIDE_HURDLE_UNKNOWN);
  g_assert_cmpint (side_action_offers_get (back, "toys", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_UNKNOWN);
  g_assert_null (back->phone);

  /* Words of a newer server are passed over, and allow nothing. */
  newer = side_wire_action_offers_from_json ("{\"projects\":[{\"project\":\"tea\",\"actions\":[{\"action\":\"fly\",\"allowed\":true},"
                                             "{\"action\":\"join\",\"allowed\":false,\"why\":\"weather\"}]}],\"breaks\":[]}", -1, NULL);
  g_assert_nonnull (newer);
  g_assert_cmpint (side_action_offers_get (newer, "tea", SIDE_ACTION_UNKNOWN), ==, SIDE_HURDLE_UNKNOWN);
  g_assert_cmpint (side_action_offers_get (newer, "tea", SIDE_ACTION_JOIN), ==, SIDE_HURDLE_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-actions/words", test_words);
  g_test_add_func ("/wire-actions/texts", test_texts);
  g_test_add_func ("/wire-actions/request", test_request);
  g_test_add_func ("/wire-actions/other-aims", test_other_aims);
  g_test_add_func ("/wire-actions/offers", test_offers);
  return g_test_run ();
}
