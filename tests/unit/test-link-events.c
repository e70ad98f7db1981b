/* test-link-events.c - pages of the log of events: their JSON, and asking for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "link-peer.h"
#include "side-test.h"
#include "wire-random.h"

#define WAIT_MS 10000

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (SideEventPage) page = side_event_page_new ();
  g_autoptr (SideEventPage) back = NULL;
  g_autoptr (SideEventPage) last = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  for (guint i = 1; i <= 300; i++)
    g_ptr_array_add (page->events, wire_random_story (rand, i));
  page->next = 9007199254740991;
  json = side_wire_event_page_to_json (page, NULL);
  back = side_wire_event_page_from_json (json, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->events->len, ==, 300);
  g_assert_cmpuint (back->next, ==, page->next);
  for (guint i = 0; i < 300; i++)
    g_assert_true (side_event_equal (g_ptr_array_index (back->events, i), g_ptr_array_index (page->events, i)));
  last = side_wire_event_page_from_json ("{\"events\":[],\"next\":null,\"newer\":{}}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last->next, ==, 0);
  g_assert_cmpuint (last->events->len, ==, 0);
}

/* A client's page has aliases only, as the live stream has. */
static void
test_view (void)
{
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideProject) project = side_project_new ("tea", "Tea", "UTC", NULL);
  g_autoptr (SideEventPage) page = side_event_page_new ();
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_OPERATOR_STATE, 1795269600000, "tea");
  g_autofree char *json = NULL;
  SideWireView view;

  event->seq = 1;
  event->operator_id = g_intern_string ("201");
  event->name = g_intern_string ("Anna Petrova");
  event->alias = g_intern_string ("Anna");
  event->state = SIDE_OPERATOR_READY;
  side_board_add_project (board, project);
  side_board_apply (board, event);
  g_ptr_array_add (page->events, side_event_ref (event));
  view = side_wire_view_for_client (board);
  json = side_wire_event_page_to_json (page, &view);
  g_assert_null (strstr (json, "Petrova"));
  g_assert_nonnull (strstr (json, "\"name\":\"Anna\""));
  g_assert_null (strstr (json, "alias"));
}

static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "", "[]", "{}", "{\"events\":{}}", "{\"events\":[1]}", "{\"events\":[],\"next\":\"5\"}", "{\"events\":[],\"next\":-1}",
    "{\"events\":[],\"next\":1.5}", "{\"events\":[],\"next\":9007199254740993}", "{\"events\":[{\"seq\":\"x\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_event_page_from_json (texts[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static SideEventPage *
ask (LinkServer               *server,
     const SideEventLogQuery  *query,
     GError                  **error)
{
  g_autoptr (SideLink) link = side_link_new (server->uri, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  side_link_set_token (link, "t0ken");
  side_link_list_events_async (link, query, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "a page of events");
  return side_link_list_events_finish (link, result, error);
}

static void
test_asking (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  SideEventLogQuery all = { 0 };
  SideEventLogQuery some = { "tea & biscuits", 1795208400000, 1795269600000, 4711, 5000 };
  g_autoptr (SideEventPage) first = NULL;
  g_autoptr (SideEventPage) second = NULL;
  g_autoptr (GError) error = NULL;

  link_server_answer (server, "GET /events", 200, "application/json",
                      "{\"events\":[{\"seq\":7,\"at_ms\":1795269600000,\"kind\":\"call.joined\",\"project\":\"tea\",\"call\":\"a\"}],\"next\":7}");
  first = ask (server, &all, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->next, ==, 7);
  g_assert_cmpstr (((SideEvent *) g_ptr_array_index (first->events, 0))->call, ==, "a");
  second = ask (server, &some, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (server->seen->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (server->seen, 0), ==, "GET /events?limit=200");
  g_assert_cmpstr (g_ptr_array_index (server->seen, 1), ==,
                   "GET /events?limit=1000&project=tea%20%26%20biscuits&from=1795208400000&to=1795269600000&after=4711");
}

static void
test_failing (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  SideEventLogQuery query = { 0 };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) nonsense = NULL;

  link_server_answer (server, "GET /events", 401, "application/problem+json",
                      "{\"status\":401,\"code\":\"unauthorized\",\"detail\":\"not signed in\"}");
  g_assert_null (ask (server, &query, &wrong));
  g_assert_error (wrong, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED);
  link_server_answer (server, "GET /events", 200, "application/json", "{\"events\":7}");
  g_assert_null (ask (server, &query, &nonsense));
  g_assert_error (nonsense, SIDE_ERROR, SIDE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-events/round-trip", test_round_trip);
  g_test_add_func ("/link-events/view", test_view);
  g_test_add_func ("/link-events/nonsense", test_nonsense);
  g_test_add_func ("/link-events/asking", test_asking);
  g_test_add_func ("/link-events/failing", test_failing);
  return g_test_run ();
}
