/* test-http-actions.c - who may act on what, and what stands of it afterwards
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-test.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define ID(n) "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b" n
#define PAUSE(id, reason) \
  "{\"request\":\"" id "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"" reason "\"}"
#define ON_CALL(id, call) "{\"request\":\"" id "\",\"call\":\"" call "\",\"reason\":\"complaint\"}"

typedef struct {
  Rig  *rig;
  char *anna;    /* a supervisor of "tea" with a telephone */
} Fixture;

/* A call of "tea" that is being talked on, "live"; one that is over, "a"; one of "toys", "other". */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char *const calls[][2] = { { "tea", "live" }, { "tea", "unknown" }, { "toys", "other" } };
  Rig *rig = fixture->rig = rig_new ();

  fixture->anna = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  rig_whole_call (rig, "tea", "a", NOON - 100000);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      SideEvent *event = rig_event (SIDE_EVENT_CALL_JOINED, calls[i][0], calls[i][1], NOON - 20000);

      rig_say (rig, event);
      event = rig_event (SIDE_EVENT_CALL_ANSWERED, calls[i][0], calls[i][1], NOON - 10000);
      event->operator_id = g_intern_string ("op-1");
      rig_say (rig, event);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_free (fixture->anna);
  rig_free (fixture->rig);
}

static RigAnswer *
post (Fixture    *fixture,
      const char *token,
      const char *action,
      const char *body)
{
  g_autofree char *path = g_strconcat ("/actions/", action, NULL);
  RigAnswer *answer = rig_ask (fixture->rig, "POST", path, token, NULL, NULL, body);

  g_test_message ("%s %s: %u %s", action, body, answer->status, answer->body);
  return answer;
}

static void
assert_post (Fixture    *fixture,
             const char *token,
             const char *action,
             const char *body,
             guint       status,
             const char *words)
{
  g_autoptr (RigAnswer) answer = post (fixture, token, action, body);

  g_assert_cmpuint (answer->status, ==, status);
  if (strstr (answer->body, words) == NULL)
    g_error ("“%s” is not in: %s", words, answer->body);
}

/* Rows of the audit log, without those that begin. */
static char *
read_audit (Fixture *fixture)
{
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  rig_settle (fixture->rig);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "sqlite3", fixture->rig->database,
                              "SELECT account, action, object, detail FROM audit WHERE action LIKE 'action.%' "
                              "ORDER BY rowid", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  return output;
}

static const SideAct *
last_act (Fixture *fixture)
{
  GPtrArray *told = fixture->rig->acts.told;

  g_assert_cmpuint (told->len, >, 0);
  return g_ptr_array_index (told, told->len - 1);
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *audit = NULL;
  g_autoptr (SideActionDone) done = NULL;
  g_autoptr (RigAnswer) answer = post (fixture, fixture->anna, "pause", PAUSE (ID ("11"), "Обед"));

  g_assert_cmpuint (answer->status, ==, 200);
  done = side_wire_action_done_from_json (answer->body, -1, NULL);
  g_assert_nonnull (done);
  g_assert_cmpint (done->kind, ==, SIDE_ACTION_PAUSE);
  g_assert_cmpstr (done->request, ==, ID ("11"));
  g_assert_cmpstr (done->project, ==, "tea");
  g_assert_cmpstr (done->operator_id, ==, "op-1");
  g_assert_cmpint (done->at_ms, ==, NOON);
  g_assert_null (done->annotation);
  g_assert_cmpstr (last_act (fixture)->project, ==, "tea");
  g_assert_cmpstr (last_act (fixture)->operator_id, ==, "op-1");
  g_assert_cmpstr (last_act (fixture)->text, ==, "Обед");
  g_assert_null (last_act (fixture)->phone);

  assert_post (fixture, fixture->anna, "pause",
               "{\"request\":\"" ID ("12") "\",\"project\":\"tea\",\"operator\":\"op-1\",\"queue\":\"tea-orders\","
               "\"reason\":\"asked for it\",\"break\":\"Lunch\"}", 200, "op-1");
  g_assert_cmpstr (last_act (fixture)->text, ==, "Lunch");
  g_assert_cmpstr (last_act (fixture)->queue, ==, "tea-orders");
  assert_post (fixture, fixture->anna, "resume", PAUSE (ID ("13"), "back"), 200, "resume");
  g_assert_null (last_act (fixture)->text);
  audit = read_audit (fixture);
  g_assert_cmpstr (audit, ==,
                   "anna|action.pause|tea/op-1|begun; reason: Обед; request " ID ("11") "\n"
                   "anna|action.pause|tea/op-1|done; reason: Обед; request " ID ("11") "\n"
                   "anna|action.pause|tea/op-1/tea-orders|begun; reason: asked for it; break: Lunch; request " ID ("12") "\n"
                   "anna|action.pause|tea/op-1/tea-orders|done; reason: asked for it; break: Lunch; request " ID ("12") "\n"
                   "anna|action.resume|tea/op-1|begun; reason: back; request " ID ("13") "\n"
                   "anna|action.resume|tea/op-1|done; reason: back; request " ID ("13") "\n");
}

/* What is done to a call is marked on it, and the mark is the user's. */
static void
test_mark (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const tea[] = { "tea", NULL };
  SideArchiveStore *store = side_archive_get_store (fixture->rig->archive);
  g_autoptr (RigAnswer) answer = post (fixture, fixture->anna, "whisper", ON_CALL (ID ("21"), "live"));
  g_autoptr (SideActionDone) done = side_wire_action_done_from_json (answer->body, -1, NULL);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideAnnotation) mark = NULL;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (done);
  g_assert_cmpstr (last_act (fixture)->call, ==, "live");
  g_assert_cmpstr (last_act (fixture)->phone, ==, "PJSIP/301");
  document = side_archive_store_get_document (store, "annotation", done->annotation, SIDE_SCOPE (tea), NULL);
  g_assert_nonnull (document);
  g_assert_cmpstr (document->author, ==, "anna");
  g_assert_cmpstr (document->call, ==, "live");
  mark = side_wire_annotation_from_json (document->body, -1, NULL);
  g_assert_nonnull (mark);
  g_assert_cmpstr (mark->tag, ==, "action");
  g_assert_cmpstr (mark->text, ==, "whisper: complaint");
  g_assert_cmpint (mark->moment_ms, ==, NOON);
  {
    /* Nobody rewrites or removes what the server noted. */
    g_autofree char *path = g_strconcat ("/documents/annotation/", done->annotation, NULL);
    g_autofree char *body = side_wire_document_to_json (document);
    g_auto (GStrv) parts = g_strsplit (body, "complaint", -1);
    g_autofree char *other = g_strjoinv ("nothing", parts);
    g_autoptr (RigAnswer) changed = rig_ask (fixture->rig, "PUT", path, fixture->anna, "If-Match", "\"1\"", other);
    g_autoptr (RigAnswer) removed = rig_ask (fixture->rig, "DELETE", path, fixture->anna, "If-Match", "\"1\"", NULL);

    rig_assert_problem (changed, 403, "forbidden");
    rig_assert_problem (removed, 403, "forbidden");
  }
}

static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const names[] = { "listen", "whisper", "join", "pause", "resume", "hangup" };
  g_autofree char *client = rig_add_user (fixture->rig, "client", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *trainer = rig_add_user (fixture->rig, "trainer", SIDE_ROLE_TRAINER, "tea", NULL);
  const char *tokens[] = { client, trainer };
  g_autofree char *audit = NULL;

  for (gsize t = 0; t < G_N_ELEMENTS (tokens); t++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      {
        assert_post (fixture, tokens[t], names[i], i >= 3 && i < 5 ? PAUSE (ID ("31"), "x") : ON_CALL (ID ("32"), "live"), 403,
                     "only supervisors may act");
        assert_post (fixture, tokens[t], names[i], "nonsense", 403, "only supervisors may act");
      }
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 0);
  audit = read_audit (fixture);
  g_assert_nonnull (strstr (audit, "client|action.listen||refused (403): "));
  g_assert_nonnull (strstr (audit, "trainer|action.hangup||refused (403): "));
}

/* Another project's call or operator is answered as one that does not exist. */
static void
test_scope (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *toys = rig_add_user (fixture->rig, "toys", SIDE_ROLE_SUPERVISOR, "toys", NULL);
  g_autofree char *nobody = rig_add_user (fixture->rig, "nobody", SIDE_ROLE_SUPERVISOR, "", NULL);
  struct { const char *token; const char *action; const char *body; } tries[] = {
    { fixture->anna, "hangup", ON_CALL (ID ("41"), "other") },
    { fixture->anna, "listen", ON_CALL (ID ("42"), "other") },
    { toys, "hangup", ON_CALL (ID ("43"), "live") },
    { toys, "pause", PAUSE (ID ("44"), "x") },
    { nobody, "hangup", ON_CALL (ID ("45"), "live") },
    { nobody, "resume", PAUSE (ID ("46"), "x") },
  };
  g_autoptr (RigAnswer) no_call = post (fixture, fixture->anna, "hangup", ON_CALL (ID ("47"), "nothing"));
  g_autoptr (RigAnswer) no_op =
      post (fixture, fixture->anna, "pause",
            "{\"request\":\"" ID ("48") "\",\"project\":\"tea\",\"operator\":\"nobody\",\"reason\":\"x\"}");

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (RigAnswer) answer = post (fixture, tries[i].token, tries[i].action, tries[i].body);

      g_assert_cmpuint (answer->status, ==, 404);
      g_assert_cmpstr (answer->body, ==, strstr (tries[i].body, "\"call\"") != NULL ? no_call->body : no_op->body);
    }
  assert_post (fixture, fixture->anna, "pause",
               "{\"request\":\"" ID ("49") "\",\"project\":\"tea\",\"operator\":\"op-1\",\"queue\":\"toys-orders\",\"reason\":\"x\"}",
               404, "not for you");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 0);
}

/* Nothing of what must not be sent gets beyond the form. */
static void
test_form (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const reasons[] = {
    "", " ", "Lunch\\r\\nAction: Command", "a\\nb", "a\\u0000b", "a\\tb", "a\\u001bb", "a\\u0085b", "a\\u2028b", "a\\u202eb",
    "a\\u007fb",
  };
  g_autofree char *long_text = g_strnfill (201, 'x');
  g_autofree char *too_long = g_strconcat ("{\"request\":\"" ID ("51") "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"",
                                           long_text, "\"}", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *reason = g_strdup_printf ("{\"request\":\"" ID ("52") "\",\"project\":\"tea\",\"operator\":\"op-1\","
                                                 "\"reason\":\"%s\"}", reasons[i]);
      g_autofree char *rest = g_strdup_printf ("{\"request\":\"" ID ("52") "\",\"project\":\"tea\",\"operator\":\"op-1\","
                                               "\"reason\":\"x\",\"break\":\"%s\"}", reasons[i]);

      assert_post (fixture, fixture->anna, "pause", reason, 400, "\"code\":\"invalid\"");
      assert_post (fixture, fixture->anna, "pause", rest, 400, "\"code\":\"invalid\"");
    }
  assert_post (fixture, fixture->anna, "pause", too_long, 400, "up to 200 characters");
  assert_post (fixture, fixture->anna, "hangup", "{\"request\":\"" ID ("53") "\",\"call\":\"live\"}", 400, "reason");
  assert_post (fixture, fixture->anna, "hangup", "{\"request\":\"1\",\"call\":\"live\",\"reason\":\"x\"}", 400, "UUID");
  assert_post (fixture, fixture->anna, "hangup", PAUSE (ID ("54"), "x"), 400, "call");
  assert_post (fixture, fixture->anna, "pause", ON_CALL (ID ("55"), "live"), 400, "operator");
  assert_post (fixture, fixture->anna, "explode", ON_CALL (ID ("56"), "live"), 404, "no such action");
  /* A telephone or a channel in the request is nobody's business. */
  assert_post (fixture, fixture->anna, "listen",
               "{\"request\":\"" ID ("57") "\",\"call\":\"live\",\"reason\":\"x\",\"phone\":\"PJSIP/201/sip:evil@example.org\","
               "\"channel\":\"/.*/\"}", 200, "listen");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 1);
  g_assert_cmpstr (last_act (fixture)->phone, ==, "PJSIP/301");
}

static void
test_hurdles (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { SideHurdle hurdle; guint status; const char *words; } hurdles[] = {
    { SIDE_HURDLE_CONFIGURATION, 403, "the server's configuration does not allow it" },
    { SIDE_HURDLE_RIGHT, 403, "manager.conf" },
    { SIDE_HURDLE_LINK, 502, "not connected" },
    { SIDE_HURDLE_SOURCE, 422, "cannot be done where" },
  };
  g_autofree char *vera = rig_add_user (fixture->rig, "vera", SIDE_ROLE_SUPERVISOR, "tea", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hurdles); i++)
    {
      fixture->rig->acts.hurdle = hurdles[i].hurdle;
      assert_post (fixture, fixture->anna, "hangup", ON_CALL (ID ("61"), "live"), hurdles[i].status, hurdles[i].words);
    }
  fixture->rig->acts.hurdle = SIDE_HURDLE_NONE;
  assert_post (fixture, vera, "listen", ON_CALL (ID ("62"), "live"), 403, "no telephone of yours");
  assert_post (fixture, fixture->anna, "hangup", ON_CALL (ID ("63"), "a"), 409, "the call is over");
  assert_post (fixture, fixture->anna, "hangup", ON_CALL (ID ("64"), "unknown"), 409, "does not know the call");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 0);
  assert_post (fixture, vera, "hangup", ON_CALL (ID ("65"), "live"), 200, "hangup");
}

/* How the PBX failed is told as it is, with its words. */
static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { SideError code; guint status; } failures[] = {
    { SIDE_ERROR_FAILED, 502 }, { SIDE_ERROR_TIMED_OUT, 504 }, { SIDE_ERROR_DISCONNECTED, 502 },
    { SIDE_ERROR_CONFLICT, 409 }, { SIDE_ERROR_FORBIDDEN, 403 },
  };
  g_autofree char *audit = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"request\":\"" ID ("7%u") "\",\"call\":\"live\",\"reason\":\"x\"}", (guint) i);

      fixture->rig->acts.error = g_error_new_literal (SIDE_ERROR, (int) failures[i].code, "words of the PBX");
      assert_post (fixture, fixture->anna, "hangup", body, failures[i].status, "words of the PBX");
    }
  audit = read_audit (fixture);
  g_assert_nonnull (strstr (audit, "anna|action.hangup|live|failed (504): words of the PBX; reason: x"));
}

/* Whom a request names besides its aim, neither the log nor the answer does. */
static void
test_aim (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *audit = NULL;
  g_autoptr (RigAnswer) answer =
      post (fixture, fixture->anna, "hangup",
            "{\"request\":\"" ID ("79") "\",\"call\":\"live\",\"project\":\"toys\",\"operator\":\"op-1\",\"reason\":\"x\"}");

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_null (strstr (answer->body, "op-1"));
  audit = read_audit (fixture);
  g_assert_nonnull (strstr (audit, "anna|action.hangup|live|begun"));
  g_assert_nonnull (strstr (audit, "anna|action.hangup|live|done"));
  g_assert_null (strstr (audit, "toys/op-1"));
}

/* Where the PBX was silent it may have been done: that stands on the call, with a question mark. */
static void
test_doubt (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const tea[] = { "tea", NULL };
  SideArchiveStore *store = side_archive_get_store (fixture->rig->archive);
  g_autoptr (SideChangePage) page = NULL;
  g_autofree char *audit = NULL;

  fixture->rig->acts.error = side_act_doubt (SIDE_ERROR_TIMED_OUT, "the PBX did not answer in time");
  assert_post (fixture, fixture->anna, "listen", ON_CALL (ID ("75"), "live"), 504,
               "the PBX did not answer in time; whether it was done is not known");
  audit = read_audit (fixture);
  g_assert_nonnull (strstr (audit, "anna|action.listen|live|failed (504): the PBX did not answer in time; whether it was done is not known; "));
  page = side_archive_store_find_changes (store, SIDE_SCOPE (tea), 0, 10, NULL);
  g_assert_nonnull (page);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_nonnull (strstr (((const SideDocument *) g_ptr_array_index (page->documents, 0))->body, "\"listen (?): complaint\""));
}

static gboolean
holds_one (gpointer data)
{
  return ((Fixture *) data)->rig->acts.held->len == 1;
}

/* Asked again, before or after the answer, it is not done again. */
static void
test_repeat (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *boris = rig_add_user (fixture->rig, "boris", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *uri = g_strconcat (fixture->rig->url, SIDE_WIRE_PREFIX "/actions/hangup", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", fixture->anna, NULL);
  g_autoptr (GBytes) sent = g_bytes_new_static (ON_CALL (ID ("81"), "live"), strlen (ON_CALL (ID ("81"), "live")));
  GAsyncResult *results[2] = { NULL, NULL };
  GBytes *bodies[2] = { NULL, NULL };
  g_autoptr (RigAnswer) again = NULL;

  fixture->rig->acts.hold = TRUE;
  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
      soup_message_set_request_body_from_bytes (message, "application/json", sent);
      soup_session_send_and_read_async (fixture->rig->session, message, 0, NULL, side_test_async_cb, &results[i]);
      side_test_wait_until (holds_one, fixture, 5000, "the source to be asked");
    }
  side_test_run_for (200);
  g_assert_null (results[0]);
  g_assert_null (results[1]);
  rig_let_act (fixture->rig);
  for (gsize i = 0; i < 2; i++)
    {
      side_test_wait_result (&results[i], 5000, "the answer");
      bodies[i] = soup_session_send_and_read_finish (fixture->rig->session, results[i], NULL);
      g_assert_nonnull (bodies[i]);
    }
  g_assert_true (g_bytes_equal (bodies[0], bodies[1]));
  again = post (fixture, fixture->anna, "hangup", ON_CALL (ID ("81"), "live"));
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpmem (again->body, again->len, g_bytes_get_data (bodies[0], NULL), g_bytes_get_size (bodies[0]));
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 1);

  assert_post (fixture, fixture->anna, "listen", ON_CALL (ID ("81"), "live"), 409, "something else was asked for");
  assert_post (fixture, fixture->anna, "hangup", "{\"request\":\"" ID ("81") "\",\"call\":\"live\",\"reason\":\"another\"}",
               409, "something else was asked for");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 1);
  /* Another user's ids are their own. */
  assert_post (fixture, boris, "hangup", ON_CALL (ID ("81"), "live"), 200, "hangup");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 2);
  for (gsize i = 0; i < 2; i++)
    {
      g_object_unref (results[i]);
      g_bytes_unref (bodies[i]);
    }
}

static void
test_rate (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *boris = rig_add_user (fixture->rig, "boris", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  guint refused = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"request\":\"" ID ("%02u") "\",\"call\":\"live\",\"reason\":\"x\"}", i);
      g_autoptr (RigAnswer) answer = post (fixture, fixture->anna, "hangup", body);

      g_assert_true (answer->status == 200 || answer->status == 429);
      g_assert_true (answer->status == 200 || rig_answer_header (answer, "Retry-After") != NULL);
      refused += answer->status == 429;
    }
  g_assert_cmpuint (refused, ==, 10);
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 30);
  assert_post (fixture, boris, "hangup", ON_CALL (ID ("91"), "live"), 200, "hangup");
}

/* Whatever role, and however wrong: beyond the limit it is a row a minute. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *client = rig_add_user (fixture->rig, "client", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *audit = NULL;
  g_auto (GStrv) rows = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (RigAnswer) answer = post (fixture, client, "listen", "{\"x\":1}");

      g_assert_cmpuint (answer->status, ==, i < 30 ? 403 : 429);
    }
  audit = read_audit (fixture);
  rows = g_strsplit (audit, "\n", -1);
  g_assert_cmpuint (g_strv_length (rows) - 1, ==, 31);
  g_assert_nonnull (strstr (audit, "client|action.listen||refused (429): too often"));
}

static SideHurdle
offered (Fixture        *fixture,
         const char     *token,
         SideActionKind  kind)
{
  g_autoptr (RigAnswer) answer = rig_get (fixture->rig, "/actions", token);
  g_autoptr (SideActionOffers) offers = side_wire_action_offers_from_json (answer->body, -1, NULL);

  g_test_message ("%s", answer->body);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (offers);
  g_assert_cmpuint (offers->places->len, ==, 1);
  return side_action_offers_get (offers, "tea", kind);
}

static gboolean
has_capability (Fixture    *fixture,
                const char *token)
{
  g_autoptr (RigAnswer) answer = rig_get (fixture->rig, "/session", token);

  return strstr (answer->body, "\"actions\"") != NULL;
}

/* What could be done and what stands in its way is told before. */
static void
test_offers (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *vera = rig_add_user (fixture->rig, "vera", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *client = rig_add_user (fixture->rig, "client", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autoptr (RigAnswer) answer = rig_get (fixture->rig, "/actions", fixture->anna);

  g_assert_nonnull (strstr (answer->body, "\"phone\":\"PJSIP/301\""));
  g_assert_cmpint (offered (fixture, fixture->anna, SIDE_ACTION_LISTEN), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (offered (fixture, vera, SIDE_ACTION_LISTEN), ==, SIDE_HURDLE_PHONE);
  g_assert_cmpint (offered (fixture, vera, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (offered (fixture, client, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_ROLE);
  g_assert_true (has_capability (fixture, vera));
  g_assert_false (has_capability (fixture, client));
  fixture->rig->acts.hurdle = SIDE_HURDLE_LINK;
  g_assert_cmpint (offered (fixture, fixture->anna, SIDE_ACTION_HANGUP), ==, SIDE_HURDLE_LINK);
  g_assert_true (has_capability (fixture, fixture->anna));
  fixture->rig->acts.hurdle = SIDE_HURDLE_CONFIGURATION;
  g_assert_cmpint (offered (fixture, fixture->anna, SIDE_ACTION_HANGUP), ==, SIDE_HURDLE_CONFIGURATION);
  g_assert_cmpint (offered (fixture, vera, SIDE_ACTION_LISTEN), ==, SIDE_HURDLE_CONFIGURATION);
  g_assert_false (has_capability (fixture, fixture->anna));
}

/* Where breaks have names, a pause has one of them. */
static void
test_breaks (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const breaks[] = { "Lunch", "Training", NULL };

  fixture->rig->breaks = breaks;
  rig_stop (fixture->rig);
  rig_start (fixture->rig);
  assert_post (fixture, fixture->anna, "pause", PAUSE (ID ("a1"), "Lunch"), 400, "must be one of those");
  assert_post (fixture, fixture->anna, "pause",
               "{\"request\":\"" ID ("a2") "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"x\",\"break\":\"Nap\"}", 400,
               "must be one of those");
  g_assert_cmpuint (fixture->rig->acts.told->len, ==, 0);
  assert_post (fixture, fixture->anna, "pause",
               "{\"request\":\"" ID ("a3") "\",\"project\":\"tea\",\"operator\":\"op-1\",\"reason\":\"x\",\"break\":\"Training\"}",
               200, "pause");
  g_assert_cmpstr (last_act (fixture)->text, ==, "Training");
  assert_post (fixture, fixture->anna, "resume", PAUSE (ID ("a4"), "enough"), 200, "resume");
}

/* A server that stops while it waits for the PBX answers nobody and hangs on nothing. */
static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fixture->rig->url, SIDE_WIRE_PREFIX "/actions/hangup", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", fixture->anna, NULL);
  g_autoptr (GBytes) sent = g_bytes_new_static (ON_CALL (ID ("b1"), "live"), strlen (ON_CALL (ID ("b1"), "live")));
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (GAsyncResult) result = NULL;

  fixture->rig->acts.hold = TRUE;
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  soup_session_send_and_read_async (fixture->rig->session, message, 0, NULL, side_test_async_cb, &result);
  side_test_wait_until (holds_one, fixture, 5000, "the source to be asked");
  fixture->rig->acts.error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "stopped");
  side_http_server_stop (fixture->rig->server);
  rig_let_act (fixture->rig);
  side_test_wait_result (&result, 5000, "the connection to end");
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/http-actions/pause", test_pause }, { "/http-actions/mark", test_mark }, { "/http-actions/roles", test_roles },
    { "/http-actions/scope", test_scope }, { "/http-actions/form", test_form }, { "/http-actions/hurdles", test_hurdles },
    { "/http-actions/failures", test_failures }, { "/http-actions/repeat", test_repeat }, { "/http-actions/rate", test_rate },
    { "/http-actions/flood", test_flood }, { "/http-actions/aim", test_aim }, { "/http-actions/doubt", test_doubt },
    { "/http-actions/offers", test_offers }, { "/http-actions/breaks", test_breaks }, { "/http-actions/stop", test_stop },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
