/* test-wire.c - records and boards survive JSON; bad input never does harm
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-test.h"
#include "side-wire.h"
#include "wire-random.h"

static void
test_events_survive (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 3000; i++)
    {
      g_autoptr (SideEvent) event = wire_random_event (rand);
      g_autofree char *json = side_wire_event_to_json (event);
      g_autoptr (GError) error = NULL;
      g_autoptr (SideEvent) back = side_wire_event_from_json (json, -1, &error);

      /* An event without an instant was never told by anybody. */
      if (event->at_ms == 0)
        {
          g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (error);
      if (!side_event_equal (event, back))
        g_error ("event changed on its way: %s", json);
    }
}

static void
test_calls_survive (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < 3000; i++)
    {
      g_autoptr (SideCall) call = wire_random_call (rand);
      g_autofree char *json = side_wire_call_to_json (call);
      g_autoptr (GError) error = NULL;
      g_autoptr (SideCall) back = side_wire_call_from_json (json, -1, &error);

      g_assert_no_error (error);
      if (!side_call_equal (call, back))
        g_error ("call changed on its way: %s", json);
    }
}

static void
assert_boards_equal (SideBoard *a,
                     SideBoard *b)
{
  g_autofree char *difference = NULL;

  if (!side_board_equal (a, b, &difference) || !side_board_equal (b, a, &difference))
    g_error ("boards differ: %s", difference);
}

static void
test_board_survives (void)
{
  for (guint seed = 0; seed < 40; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      guint n = (guint) g_rand_int_range (rand, 0, 1200);
      g_autoptr (SideBoard) board = wire_random_board (rand, n);
      g_autofree char *json = side_wire_board_to_json (board, NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SideBoard) back = side_wire_board_from_json (json, -1, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      assert_boards_equal (board, back);
      again = side_wire_board_to_json (back, NULL, NULL);
      g_assert_cmpstr (json, ==, again);
      /* The snapshot goes on with later events just as the original does. */
      for (guint i = 1; i <= 300; i++)
        {
          g_autoptr (SideEvent) event = wire_random_story (rand, n + i);

          side_board_apply (board, event);
          side_board_apply (back, event);
        }
      assert_boards_equal (board, back);
    }
}

static void
test_settings_come_with_the_board (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (SideBoard) board = wire_random_board (rand, 10);
  g_autofree char *json = side_wire_board_to_json (board, NULL, NULL);
  g_autoptr (SideBoard) back = side_wire_board_from_json (json, -1, NULL);
  SideBoardProject *project = side_board_get_project (back, "shop-0");

  g_assert_nonnull (project->config);
  g_assert_cmpstr (project->config->name, ==, "Первый магазин");
  g_assert_cmpint (side_project_find_queue (project->config, "queue-0")->wrap_up_ms, ==, 30000);
}

static void
test_scope (void)
{
  const char *const mine[] = { "shop-1", NULL };
  const char *const none[] = { NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (SideBoard) board = wire_random_board (rand, 500);
  g_autofree char *json = side_wire_board_to_json (board, mine, NULL);
  g_autofree char *nothing = side_wire_board_to_json (board, none, NULL);

  g_assert_nonnull (strstr (json, "shop-1/leg-"));
  g_assert_null (strstr (json, "shop-0"));
  g_assert_null (strstr (json, "shop-2"));
  g_assert_null (strstr (nothing, "shop-"));
}

static void
test_client_sees_aliases (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (SideBoard) board = wire_random_board (rand, 500);
  SideWireView view = side_wire_view_for_client (board);
  g_autofree char *json = side_wire_board_to_json (board, NULL, &view);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (SideBoard) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (strstr (json, "Настоящее"));
  g_assert_nonnull (strstr (json, "Alias"));
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (SideEvent) event = wire_random_story (rand, 501 + i);

      side_wire_append_event (events, event, &view);
    }
  g_assert_null (strstr (events->str, "Настоящее"));
  g_assert_null (strstr (events->str, "\"alias\""));
  g_assert_nonnull (strstr (events->str, "\"name\":\"Alias"));
  back = side_wire_board_from_json (json, -1, &error);
  g_assert_no_error (error);

  /* Where the contract says so, names are shown. */
  side_board_get_project (board, "shop-0")->config->full_names = TRUE;
  g_string_truncate (events, 0);
  side_wire_append_board (events, board, (const char *const[]) { "shop-0", NULL }, &view);
  g_assert_nonnull (strstr (events->str, "Настоящее"));
}

static void
test_no_alias_no_name (void)
{
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_QUEUE_MEMBER, 1000, "shop");
  SideWireView view = side_wire_view_for_client (board);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SideCall) call = side_call_new ("leg");

  event->operator_id = "201";
  event->name = "Secret Name";
  event->queue = "q";
  event->member = SIDE_MEMBER_ADDED;
  side_board_apply (board, event);
  call->project = "shop";
  call->operator_id = "201";
  call->operator_name = "Secret Name";
  side_wire_append_event (out, event, &view);
  side_wire_append_call (out, call, 0, &view);
  side_wire_append_board (out, board, NULL, &view);
  g_assert_null (strstr (out->str, "Secret"));
  /* And the record itself was not touched. */
  g_assert_cmpstr (event->name, ==, "Secret Name");
}

static char *
write_snapshot (SideBoard *board,
                gint64     at_ms,
                int        window)
{
  SideWireSnapshot snapshot = { at_ms, window, "0123456789abcdef0123456789abcdef", SIDE_WIRE_PART_BYTES };
  g_autoptr (GPtrArray) messages = side_wire_snapshot_messages (board, NULL, NULL, &snapshot);

  g_assert_cmpuint (messages->len, ==, 1);
  return g_strdup (g_ptr_array_index (messages, 0));
}

static SideBoard *
read_snapshot (GPtrArray *messages)
{
  g_autoptr (SideBoard) board = NULL;

  for (guint i = 0; i < messages->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideWireMessage) message = side_wire_message_from_json (g_ptr_array_index (messages, i), -1, &error);

      g_assert_no_error (error);
      g_assert_cmpint (message->type, ==, i == 0 ? SIDE_WIRE_SNAPSHOT : SIDE_WIRE_SNAPSHOT_PART);
      g_assert_cmpint (message->more, ==, i + 1 < messages->len);
      if (i == 0)
        board = g_object_ref (message->board);
      else
        side_wire_board_add (board, message->board);
    }
  return g_steal_pointer (&board);
}

/* However small the pieces are, they make the same board. */
static void
test_snapshot_parts (void)
{
  static const gsize sizes[] = { 1, 700, 5000, 1000000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (SideBoard) board = wire_random_board (rand, 300);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      SideWireSnapshot snapshot = { 1795269600123, 32, NULL, sizes[i] };
      g_autoptr (GPtrArray) messages = side_wire_snapshot_messages (board, NULL, NULL, &snapshot);
      g_autoptr (SideBoard) back = read_snapshot (messages);

      g_assert_true (sizes[i] < 1000 ? messages->len > 2 : messages->len >= 1);
      assert_boards_equal (back, board);
    }
}

/* A call centre's day of 60 000 calls: no message is too large to be read. */
static void
test_snapshot_large (void)
{
  SideWireSnapshot snapshot = { 1795269600123, 32, NULL, SIDE_WIRE_PART_BYTES };
  g_autoptr (SideBoard) board = side_board_new ();
  SideBoardProject *project = side_board_restore_project (board, g_intern_static_string ("tea"));
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (SideBoard) back = NULL;
  gsize total = 0;

  for (int i = 0; i < 60000; i++)
    {
      g_autofree char *id = g_strdup_printf ("1795219200.%d:tea-orders:1", i);
      g_autoptr (SideCall) call = side_call_new (id);

      call->journey = g_strdup (id);
      call->queue = g_intern_static_string ("tea-orders");
      call->caller = g_strdup_printf ("7916%07d", i);
      call->dialled = g_strdup ("78005550001");
      call->operator_id = g_intern_static_string ("PJSIP/201");
      call->operator_name = g_intern_static_string ("Анна Иванова");
      call->recording = g_strdup_printf ("0123456789abcdef0123456789abcdef0123456789abcdef%016d", i);
      call->joined_ms = 1795219200000 + i * 1000;
      call->answered_ms = call->joined_ms + 7000;
      call->ended_ms = call->joined_ms + 90000;
      call->outcome = SIDE_OUTCOME_ANSWERED;
      side_board_restore_call (board, project, call);
    }
  messages = side_wire_snapshot_messages (board, NULL, NULL, &snapshot);
  for (guint i = 0; i < messages->len; i++)
    {
      gsize len = strlen (g_ptr_array_index (messages, i));

      g_assert_cmpuint (len, <, SIDE_WIRE_MAX_MESSAGE / 2);
      total += len;
    }
  g_assert_cmpuint (total, >, SIDE_WIRE_MAX_MESSAGE);
  back = read_snapshot (messages);
  g_assert_cmpuint (side_board_restore_project (back, g_intern_static_string ("tea"))->calls->len, ==, 60000);
  assert_boards_equal (back, board);
}

static void
test_messages (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (SideBoard) board = wire_random_board (rand, 100);
  g_autofree char *snapshot = write_snapshot (board, 1795269600123, 32);
  g_autofree char *tick = side_wire_tick_message (77, 1795269600124);
  g_autofree char *ack = side_wire_ack_message (99);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (SideWireMessage) a = side_wire_message_from_json (snapshot, -1, NULL);
  g_autoptr (SideWireMessage) b = side_wire_message_from_json (tick, -1, NULL);
  g_autoptr (SideWireMessage) c = side_wire_message_from_json (ack, -1, NULL);
  g_autoptr (SideWireMessage) d = NULL;
  g_autoptr (SideWireMessage) e = side_wire_message_from_json ("{\"type\":\"dance\",\"seq\":\"x\"}", -1, NULL);

  g_assert_cmpint (a->type, ==, SIDE_WIRE_SNAPSHOT);
  g_assert_cmpint (a->window, ==, 32);
  g_assert_cmpstr (a->epoch, ==, "0123456789abcdef0123456789abcdef");
  g_assert_false (a->more);
  g_assert_cmpuint (a->seq, ==, 100);
  assert_boards_equal (a->board, board);
  g_assert_cmpint (b->type, ==, SIDE_WIRE_TICK);
  g_assert_cmpint (b->at_ms, ==, 1795269600124);
  g_assert_cmpint (c->type, ==, SIDE_WIRE_ACK);
  g_assert_cmpuint (c->seq, ==, 99);
  g_assert_cmpint (e->type, ==, SIDE_WIRE_UNKNOWN);

  for (guint i = 1; i <= 20; i++)
    g_ptr_array_add (events, wire_random_story (rand, 100 + i));
  side_wire_append_events_message (text, (SideEvent **) events->pdata, events->len, 130, 1795269600125, NULL);
  d = side_wire_message_from_json (text->str, (gssize) text->len, NULL);
  g_assert_cmpint (d->type, ==, SIDE_WIRE_EVENTS);
  g_assert_cmpuint (d->seq, ==, 130);
  g_assert_cmpuint (d->events->len, ==, 20);
  for (guint i = 0; i < 20; i++)
    g_assert_true (side_event_equal (g_ptr_array_index (d->events, i), g_ptr_array_index (events, i)));
}

static void
test_newer_peer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideEvent) event =
    side_wire_event_from_json ("{\"kind\":\"call.danced\",\"at_ms\":5,\"seq\":7,\"mood\":[{\"a\":1}],\"state\":\"asleep\","
                               "\"outcome\":\"eaten\",\"note\":null}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (event->kind, ==, SIDE_EVENT_UNKNOWN);
  g_assert_cmpint (event->state, ==, SIDE_OPERATOR_UNKNOWN);
  g_assert_cmpint (event->outcome, ==, SIDE_OUTCOME_NONE);
  g_assert_cmpuint (event->seq, ==, 7);
}

static void
test_bad_events (void)
{
  static const char *const bad[] = {
    "", " ", "null", "[]", "{}", "{\"kind\":\"call.joined\"}", "{\"at_ms\":1}",
    "{\"kind\":1,\"at_ms\":1}",
    "{\"kind\":\"call.joined\",\"at_ms\":\"1\"}",
    "{\"kind\":\"call.joined\",\"at_ms\":1.5}",
    "{\"kind\":\"call.joined\",\"at_ms\":true}",
    "{\"kind\":\"call.joined\",\"at_ms\":1e300}",
    "{\"kind\":\"call.joined\",\"at_ms\":9007199254740991}",
    "{\"kind\":\"call.joined\",\"at_ms\":99999999999999999999}",
    "{\"kind\":\"call.joined\",\"at_ms\":-9223372036854775808}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"seq\":-1}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"position\":3000000000}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"call\":5}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"project\":[]}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"project\":{}}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"backfilled\":1}",
    "{\"kind\":\"call.joined\",\"at_ms\":1,\"backfilled\":\"true\"}",
    "{\"kind\":\"call.joined\",\"at_ms\":1}x",
    "{\"kind\":\"call.joined\",\"at_ms\":1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideEvent) event = side_wire_event_from_json (bad[i], -1, &error);

      if (event != NULL)
        g_error ("taken for an event: %s", bad[i]);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static void
test_bad_boards (void)
{
  static const char *const bad[] = {
    "{}", "{\"seq\":1}", "{\"seq\":1,\"projects\":{}}", "{\"seq\":\"1\",\"projects\":[]}",
    "{\"seq\":1,\"projects\":[1]}", "{\"seq\":1,\"projects\":[{}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"b\",\"time_zone\":\"UTC\"}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"a\",\"time_zone\":\"Mars/Olympus\"}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"a\",\"time_zone\":\"../../etc/passwd\"}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"a\",\"time_zone\":\"/etc/passwd\"}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"a\",\"time_zone\":\"UTC\",\"target\":2}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"config\":{\"id\":\"a\",\"time_zone\":\"UTC\",\"queues\":[{}]}}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"calls\":[{}]}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"operators\":[{\"id\":\"o\",\"queues\":[1]}]}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"operators\":[{\"id\":\"o\",\"spans\":[[]]}]}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"callbacks\":[{\"attempts\":-1}]}]}",
    "{\"seq\":1,\"projects\":[{\"id\":\"a\",\"gaps\":[{\"from_ms\":\"then\"}]}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideBoard) board = side_wire_board_from_json (bad[i], -1, &error);

      if (board != NULL)
        g_error ("taken for a board: %s", bad[i]);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

/* Every prefix of a good text, and the text with each byte changed, is either
 * read or refused; it never does anything else. */
static void
test_cut_and_changed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autoptr (SideBoard) board = wire_random_board (rand, 12);
  g_autofree char *json = write_snapshot (board, 1, 2);
  gsize len = strlen (json);

  for (gsize i = 0; i < len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideWireMessage) cut = side_wire_message_from_json (json, (gssize) i, &error);
      g_autofree char *changed = g_strndup (json, len);
      g_autoptr (SideWireMessage) other = NULL;

      g_assert_null (cut);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
      changed[i] = (char) g_rand_int_range (rand, 0, 256);
      g_clear_error (&error);
      other = side_wire_message_from_json (changed, (gssize) len, &error);
      g_assert_true ((other == NULL) == (error != NULL));
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_CALL_OUTCOME, 1, "shop");
  g_autofree char *json = NULL;
  g_autoptr (SideEvent) back = NULL;
  g_autoptr (GError) error = NULL;

  event->note = g_strdup ("caf\xe9 \xc0\x80 \xed\xa0\x80 end");
  json = side_wire_event_to_json (event);
  g_assert_true (g_utf8_validate (json, -1, NULL));
  back = side_wire_event_from_json (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (back->note, "caf"));
  g_assert_true (g_str_has_suffix (back->note, "end"));
}

static void
test_sizes (void)
{
  g_autofree char *long_text = g_strnfill (70000, 'x');
  g_autofree char *note = g_strdup_printf ("{\"kind\":\"call.outcome\",\"at_ms\":1,\"note\":\"%s\"}", long_text);
  g_autofree char *interned = g_strdup_printf ("{\"kind\":\"call.outcome\",\"at_ms\":1,\"topic\":\"%.600s\"}", long_text);
  g_autofree char *huge = g_strnfill (SIDE_WIRE_MAX_REQUEST + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (side_wire_event_from_json (note, -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (side_wire_event_from_json (interned, -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (side_wire_event_from_json (huge, -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
}

static gboolean
is_json (const char *text,
         gsize       max_bytes)
{
  g_autoptr (JsonNode) node = side_wire_parse (text, -1, max_bytes, NULL);

  return node != NULL;
}

static void
test_json_to_the_letter (void)
{
  static const char *const good[] = {
    "0", "-0", "1", "-1.5e+3", "1E2", "\"\"", "\"\\u0416\\n\\/\"", "\"\\ud83d\\ude00\"", "true", "false", "null",
    "[]", "{}", " [ 1 , 2 ] ", "{\"a\":{\"b\":[null,true]},\"c\":[]}", "999999999999999999", "1e308", "-1.7976931348623157e+308", "1e-999",
  };
  static const char *const bad[] = {
    "", "01", "+1", ".5", "1.", "1e", "--1", "NaN", "Infinity", "'a'", "\"a", "\"\t\"", "\"\\x41\"", "\"\\u00\"",
    "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "[", "]", "{", "[}", "{]", "[1]]", "// c\n1", "1 /* c */",
    "var x = 1;", "tru", "nullx", "1 2", "9999999999999999999", "1e309", "-1e999", "[1.5e999]", "\"\xff\"", "\xef\xbb\xbf{}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!is_json (good[i], 4096))
      g_error ("refused: %s", good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (is_json (bad[i], 4096))
      g_error ("taken: %s", bad[i]);
  g_assert_null (side_wire_parse ("[1,\0]", 5, 4096, NULL));
}

static void
test_depth_and_number (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("[0");

  for (int i = 0; i < SIDE_WIRE_MAX_DEPTH; i++)
    g_string_append_c (deep, '[');
  for (int i = 0; i < SIDE_WIRE_MAX_DEPTH; i++)
    g_string_append_c (deep, ']');
  g_assert_true (is_json (deep->str, 100000));
  g_string_insert_c (deep, 0, '[');
  g_string_append_c (deep, ']');
  g_assert_false (is_json (deep->str, 100000));
  g_string_set_size (deep, 0);
  for (int i = 0; i < 50000; i++)
    g_string_append (deep, "{\"a\":");
  g_assert_false (is_json (deep->str, 1000000));

  for (int i = 0; i < 20000; i++)
    g_string_append (wide, ",0");
  g_string_append_c (wide, ']');
  g_assert_true (is_json (wide->str, 1000000));
  g_assert_false (is_json (wide->str, 50000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/event/survives", test_events_survive);
  g_test_add_func ("/wire/event/newer-peer", test_newer_peer);
  g_test_add_func ("/wire/event/bad", test_bad_events);
  g_test_add_func ("/wire/event/not-utf8", test_not_utf8);
  g_test_add_func ("/wire/call/survives", test_calls_survive);
  g_test_add_func ("/wire/board/survives", test_board_survives);
  g_test_add_func ("/wire/board/settings", test_settings_come_with_the_board);
  g_test_add_func ("/wire/board/bad", test_bad_boards);
  g_test_add_func ("/wire/board/scope", test_scope);
  g_test_add_func ("/wire/view/aliases", test_client_sees_aliases);
  g_test_add_func ("/wire/view/no-alias-no-name", test_no_alias_no_name);
  g_test_add_func ("/wire/live/messages", test_messages);
  g_test_add_func ("/wire/live/snapshot-parts", test_snapshot_parts);
  g_test_add_func ("/wire/live/snapshot-large", test_snapshot_large);
  g_test_add_func ("/wire/live/cut-and-changed", test_cut_and_changed);
  g_test_add_func ("/wire/parse/sizes", test_sizes);
  g_test_add_func ("/wire/parse/to-the-letter", test_json_to_the_letter);
  g_test_add_func ("/wire/parse/depth-and-number", test_depth_and_number);
  return g_test_run ();
}
