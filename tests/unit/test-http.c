/* test-http.c - protocol v1 against a whole server: session, history, documents, bounds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-error.h"
#include "side-test.h"
#include "side-users.h"
#include "side-wire-http.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define UUID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"

static RigAnswer *
sign_in (Rig        *rig,
         const char *user,
         const char *password)
{
  g_autofree char *body = side_wire_sign_in_to_json (user, password);

  return rig_ask (rig, "POST", "/session", NULL, NULL, NULL, body);
}

/* Session */

static void
test_health (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (RigAnswer) answer = rig_get (rig, "/health", NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->body, ==, "{\"status\":\"ok\"}");
  g_assert_cmpstr (rig_answer_header (answer, "Cache-Control"), ==, "no-store");
  g_assert_null (rig_answer_header (answer, "Server"));
}

static void
test_session (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *first = rig_add_user (rig, "Anna", SIDE_ROLE_SUPERVISOR, "tea gone", "correct horse");
  g_autoptr (RigAnswer) in = sign_in (rig, "anna", "correct horse");
  g_autoptr (SideSession) session = side_wire_session_from_json (in->body, (gssize) in->len, NULL);
  g_autoptr (RigAnswer) who = NULL;
  g_autoptr (RigAnswer) out = NULL;
  g_autoptr (RigAnswer) after = NULL;
  g_autoptr (RigAnswer) other = NULL;

  g_assert_cmpuint (in->status, ==, 200);
  g_assert_cmpstr (session->user, ==, "Anna");
  g_assert_cmpint (session->role, ==, SIDE_ROLE_SUPERVISOR);
  g_assert_cmpuint (session->projects->len, ==, 1);   /* "gone" is not configured */
  g_assert_cmpint (session->expires_ms, >, g_get_real_time () / 1000);
  g_assert_true (side_session_can (session, "documents"));
  who = rig_get (rig, "/session", session->token);
  g_assert_cmpuint (who->status, ==, 200);
  g_assert_null (strstr (who->body, session->token));
  out = rig_ask (rig, "DELETE", "/session", session->token, NULL, NULL, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  after = rig_get (rig, "/session", session->token);
  rig_assert_problem (after, 401, "unauthorized");
  g_assert_nonnull (rig_answer_header (after, "WWW-Authenticate"));
  other = rig_get (rig, "/session", first);
  g_assert_cmpuint (other->status, ==, 200);
}

static void
test_wrong_password (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", "correct horse");
  g_autofree char *no_password = rig_add_user (rig, "boris", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (RigAnswer) wrong = sign_in (rig, "anna", "wrong");
  g_autoptr (RigAnswer) nobody = sign_in (rig, "nobody", "wrong");
  g_autoptr (RigAnswer) token_only = sign_in (rig, "boris", "");
  g_autoptr (RigAnswer) nonsense = rig_ask (rig, "POST", "/session", NULL, NULL, NULL, "{\"user\":5}");

  g_assert_true (token != NULL && no_password != NULL);
  rig_assert_problem (wrong, 401, "unauthorized");
  rig_assert_problem (nobody, 401, "unauthorized");
  g_assert_cmpuint (token_only->status, >=, 400);
  rig_assert_problem (nonsense, 400, "invalid");
  g_assert_cmpstr (wrong->body, ==, nobody->body);
}

static void
test_attempts (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", "correct horse");
  g_autoptr (RigAnswer) late = NULL;
  g_autoptr (RigAnswer) by_token = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (RigAnswer) answer = sign_in (rig, i % 2 == 0 ? "anna" : "ANNA", "wrong");

      rig_assert_problem (answer, 401, "unauthorized");
    }
  late = sign_in (rig, "Anna", "correct horse");
  rig_assert_problem (late, 429, "rate-limited");
  g_assert_cmpint (g_ascii_strtoll (rig_answer_header (late, "Retry-After"), NULL, 10), >, 200);
  by_token = rig_get (rig, "/session", token);
  g_assert_cmpuint (by_token->status, ==, 200);
}

/* Nothing secret is ever in the audit log; what was done is. */
static void
test_audit (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", "correct horse");
  g_autoptr (RigAnswer) in = sign_in (rig, "anna", "correct horse");
  g_autoptr (RigAnswer) wrong = sign_in (rig, "anna", "wrong horse");
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_assert_true (token != NULL && in->status == 200 && wrong->status == 401);
  rig_settle (rig);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "sqlite3", rig->database,
                              "SELECT account, action, object, address, detail FROM audit ORDER BY id", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  g_assert_nonnull (strstr (output, "anna|session.create||127.0.0.1|"));
  g_assert_nonnull (strstr (output, "|session.refuse|anna|127.0.0.1|"));
  g_assert_null (strstr (output, "horse"));
  g_assert_null (strstr (output, token));
}

/* History */

static void
test_calls (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea toys", NULL);
  g_autoptr (RigAnswer) first = NULL;
  g_autoptr (RigAnswer) second = NULL;
  g_autoptr (RigAnswer) narrow = NULL;
  g_autoptr (RigAnswer) changed = NULL;
  g_autoptr (RigAnswer) one = NULL;
  g_autoptr (RigAnswer) events = NULL;
  g_autoptr (SideCallPage) page = NULL;
  g_autoptr (SideCallPage) rest = NULL;
  g_autoptr (SideCallPage) toys = NULL;
  g_autoptr (SideCallPage) changes = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *next = NULL;
  g_autofree char *escaped = NULL;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_whole_call (rig, "toys", "b", NOON + 1);
  rig_whole_call (rig, "tea", "c", NOON + 2);
  rig_settle (rig);
  first = rig_get (rig, "/calls?limit=2", token);
  g_assert_cmpuint (first->status, ==, 200);
  page = side_wire_calls_from_json (first->body, (gssize) first->len, NULL);
  g_assert_cmpuint (page->calls->len, ==, 2);
  g_assert_cmpstr (((SideCall *) g_ptr_array_index (page->calls, 0))->id, ==, "c");
  g_assert_cmpint (side_call_page_get_change (page, 0), >, side_call_page_get_change (page, 1));
  escaped = g_uri_escape_string (page->cursor, NULL, FALSE);
  next = g_strconcat ("/calls?limit=2&cursor=", escaped, NULL);
  second = rig_get (rig, next, token);
  rest = side_wire_calls_from_json (second->body, (gssize) second->len, NULL);
  g_assert_cmpuint (rest->calls->len, ==, 1);
  g_assert_null (rest->cursor);
  narrow = rig_get (rig, "/calls?project=toys&outcome=answered&limit=99999", token);
  toys = side_wire_calls_from_json (narrow->body, (gssize) narrow->len, NULL);
  g_assert_cmpuint (toys->calls->len, ==, 1);
  changed = rig_get (rig, "/calls?changed_after=0", token);
  changes = side_wire_calls_from_json (changed->body, (gssize) changed->len, NULL);
  g_assert_cmpuint (changes->calls->len, ==, 3);
  g_assert_cmpstr (((SideCall *) g_ptr_array_index (changes->calls, 0))->id, ==, "a");
  one = rig_get (rig, "/calls/a", token);
  g_assert_cmpuint (one->status, ==, 200);
  g_assert_nonnull (strstr (one->body, "Anna Secretova"));
  events = rig_get (rig, "/calls/a/events", token);
  list = side_wire_events_from_json (events->body, (gssize) events->len, NULL);
  g_assert_cmpuint (list->len, ==, 3);
}

static void
test_bad_questions (void)
{
  static const char *const paths[] = {
    "/calls?limit=0", "/calls?limit=x", "/calls?from=yesterday", "/calls?outcome=nice", "/calls?cursor=zzz",
    "/calls?changed_after=-4", "/calls?changed_after=0&cursor=zzz", "/changes?since=-1", "/changes?since=9007199254740992", "/calls?changed_after=9223372036854775807",
  };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (RigAnswer) nowhere = rig_get (rig, "/nowhere", token);
  g_autoptr (RigAnswer) below = rig_get (rig, "/calls/a/b/c", token);
  g_autoptr (RigAnswer) method = rig_ask (rig, "PUT", "/calls", token, NULL, NULL, "{}");
  g_autoptr (RigAnswer) none = rig_get (rig, "/calls/none", token);
  g_autoptr (RigAnswer) posted = rig_ask (rig, "POST", "/actions/hangup/a", token, NULL, NULL, "{}");

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RigAnswer) answer = rig_get (rig, paths[i], token);

      g_test_message ("%s", paths[i]);
      rig_assert_problem (answer, 400, "invalid");
    }
  rig_assert_problem (nowhere, 404, "not-found");
  rig_assert_problem (below, 404, "not-found");
  rig_assert_problem (none, 404, "not-found");
  rig_assert_problem (method, 405, "invalid");
  rig_assert_problem (posted, 404, "not-found");
}

/* Names: clients see aliases, unless the project says otherwise. */
static void
test_names (void)
{
  static const char *const paths[] = { "/board", "/calls", "/calls/%s", "/calls/%s/events" };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *tea = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *toys = rig_add_user (rig, "other", SIDE_ROLE_CLIENT, "toys", NULL);

  rig_whole_call (rig, "tea", "a", NOON);
  rig_whole_call (rig, "toys", "b", NOON);
  rig_settle (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (GStrv) parts = g_strsplit (paths[i], "%s", 2);
      g_autofree char *path_a = g_strjoinv ("a", parts);
      g_autofree char *path_b = g_strjoinv ("b", parts);
      g_autoptr (RigAnswer) hidden = rig_get (rig, path_a, tea);
      g_autoptr (RigAnswer) shown = rig_get (rig, path_b, toys);

      g_test_message ("%s", path_a);
      g_assert_cmpuint (hidden->status, ==, 200);
      g_assert_null (strstr (hidden->body, "Secretova"));
      g_assert_cmpuint (shown->status, ==, 200);
      if (i < 3)
        {
          g_assert_nonnull (strstr (hidden->body, "Anya"));
          g_assert_nonnull (strstr (shown->body, "Secretova"));
        }
    }
}

/* Places in the order of changes belong to one archive. */
static void
test_epoch (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autoptr (RigAnswer) session = rig_get (rig, "/session", token);
  g_autoptr (SideSession) read = side_wire_session_from_json (session->body, -1, NULL);
  g_autofree char *own = NULL;
  g_autofree char *again = NULL;

  g_assert_nonnull (read);
  g_assert_cmpuint (strlen (read->epoch), ==, 32);
  own = g_strconcat ("/changes?since=0&epoch=", read->epoch, NULL);
  {
    g_autoptr (RigAnswer) fine = rig_get (rig, own, token);
    g_autoptr (RigAnswer) unsaid = rig_get (rig, "/changes?since=0", token);
    g_autoptr (RigAnswer) beyond = rig_get (rig, "/changes?since=3", token);
    g_autoptr (RigAnswer) calls_beyond = rig_get (rig, "/calls?changed_after=1000", token);
    g_autoptr (RigAnswer) other = rig_get (rig, "/changes?since=3&epoch=another", token);
    g_autoptr (RigAnswer) calls = rig_get (rig, "/calls?changed_after=3&epoch=another", token);

    g_assert_cmpuint (fine->status, ==, 200);
    g_assert_cmpuint (unsaid->status, ==, 200);
    rig_assert_problem (beyond, 410, "conflict");
    rig_assert_problem (calls_beyond, 410, "conflict");
    rig_assert_problem (other, 410, "conflict");
    rig_assert_problem (calls, 410, "conflict");
  }
  /* it stays the same over a restart */
  rig_stop (rig);
  rig_start (rig);
  again = g_strdup (side_hub_get_epoch (rig->hub));
  g_assert_cmpstr (again, ==, read->epoch);
}

/* Bounds */

static void
test_too_large (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *body = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *spaces = g_strnfill (20000, ' ');
  g_autofree char *junk = g_strnfill (8000, 'x');
  g_autofree char *long_path = g_strconcat ("/calls?number=", junk, NULL);
  g_autoptr (RigAnswer) document = rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-None-Match", "*", body);
  g_autoptr (RigAnswer) session = rig_ask (rig, "POST", "/session", NULL, NULL, NULL, spaces);
  g_autoptr (RigAnswer) address = rig_get (rig, long_path, token);

  rig_assert_problem (document, 413, "too-large");
  rig_assert_problem (session, 413, "too-large");
  rig_assert_problem (address, 414, "too-large");
}

typedef struct {
  GSocketConnection *connection;
  GString           *heard;
  gboolean           closed;
} Raw;

static gpointer
read_raw (gpointer data)
{
  Raw *raw = data;
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (raw->connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (raw->heard, buffer, n);
  g_atomic_int_set (&raw->closed, TRUE);
  return NULL;
}

static gboolean
raw_is_closed (gpointer data)
{
  return g_atomic_int_get (&((Raw *) data)->closed);
}

static gboolean
no_connections (gpointer data)
{
  return side_http_server_count_connections (((Rig *) data)->server) == 0;
}

/* How much say_and_wait() says at once. */
static gsize piece = G_MAXSIZE;

/* Says something to the server's socket, with an end to it or not, and waits
 * until the server closes. */
static char *
say_and_wait (Rig        *rig,
              const char *bytes,
              gsize       len,
              gboolean    end)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Raw raw = { NULL, g_string_new (NULL), FALSE };
  GThread *thread;
  GSocket *socket;
  gsize done = 0;

  raw.connection = g_socket_client_connect_to_host (client, "127.0.0.1", side_http_server_get_port (rig->server), NULL, NULL);
  g_assert_nonnull (raw.connection);
  socket = g_socket_connection_get_socket (raw.connection);
  thread = g_thread_new ("raw", read_raw, &raw);
  while (done < len)
    {
      gssize n = g_socket_send_with_blocking (socket, bytes + done, MIN (len - done, piece), FALSE, NULL, NULL);

      if (n > 0)
        done += (gsize) n;
      else if (raw_is_closed (&raw))
        break;
      side_test_run_for (1);
    }
  if (end)
    g_socket_shutdown (socket, FALSE, TRUE, NULL);
  g_test_message ("said %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", done, len);
  side_test_wait_until (raw_is_closed, &raw, 20000, "the server to close the connection");
  g_thread_join (thread);
  g_object_unref (raw.connection);
  return g_string_free (raw.heard, FALSE);
}

static char *
say_raw (Rig        *rig,
         const char *bytes,
         gsize       len)
{
  return say_and_wait (rig, bytes, len, TRUE);
}

/* What is said to be too large is refused before it comes, and what turns out
 * to be as soon as it does; neither is waited for, nor kept. */
static void
test_too_large_at_once (void)
{
  static const char announced[] = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n";
  static const char asked[] =
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n";
  static const char nowhere[] = "GET /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n";
  static const char *const heads[] = { announced, asked, nowhere };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *chunked = g_strconcat ("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                                          filler, NULL);
  g_autoptr (RigAnswer) alive = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      gint64 began_us = g_get_monotonic_time ();
      g_autofree char *heard = say_and_wait (rig, heads[i], strlen (heads[i]), FALSE);

      g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 413 "));
      g_assert_nonnull (strstr (heard, "too-large"));
      g_assert_cmpint (g_get_monotonic_time () - began_us, <, 4 * G_USEC_PER_SEC);
    }
  {
    g_autofree char *heard = say_and_wait (rig, chunked, strlen (chunked), FALSE);

    g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 413 "));
  }
  /* likewise where it comes in one piece with its head */
  for (gsize i = 0; i < 5; i++)
    {
      static const char *const lengths[] = { "16385", "20000", "40000", "99999", "2000000" };
      g_autofree char *whole = g_strconcat ("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: ", lengths[i], "\r\n\r\n",
                                            filler, NULL);
      gsize len = strlen (whole) - strlen (filler) + MIN (strlen (filler), (gsize) g_ascii_strtoull (lengths[i], NULL, 10));
      g_autofree char *heard = say_and_wait (rig, whole, len, FALSE);

      g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 413 "));
      g_assert_nonnull (strstr (heard, "too-large"));
    }
  alive = rig_get (rig, "/health", NULL);
  g_assert_cmpuint (alive->status, ==, 200);
  side_test_wait_until (no_connections, rig, 20000, "the server to let go of the connections");
}

/* What cannot be read is answered as a problem too, and the connection ends. */
static void
test_unreadable (void)
{
  static const char *const heads[] = {
    "GET /api/v1/calls/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /api/v1/calls/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /api/v1/calls/..%2f HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /api/v1/calls/..%2fx HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\n{}{}{",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 2\r\n\r\n{}{}{",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}{}{",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n{}{}{",
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n{}{}{",
  };
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (RigAnswer) alive = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      gint64 began_us = g_get_monotonic_time ();
      g_autofree char *heard = say_and_wait (rig, heads[i], strlen (heads[i]), FALSE);

      g_test_message ("%s: %s", heads[i], heard);
      /* A newer libsoup refuses two lengths by itself, in words of ours and as HTTP 1.0. */
      g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 40") || g_str_has_prefix (heard, "HTTP/1.0 400 "));
      g_assert_nonnull (strstr (heard, "\r\nContent-Type: application/problem+json"));
      g_assert_nonnull (strstr (heard, "\"code\":"));
      g_assert_true (strstr (heads[i], "Content-Length") == NULL || strstr (heard, "Content-Length is no length") != NULL
                     || strstr (heard, "cannot be read") != NULL);
      g_assert_cmpint (g_get_monotonic_time () - began_us, <, 8 * G_USEC_PER_SEC);
    }
  alive = rig_get (rig, "/health", NULL);
  g_assert_cmpuint (alive->status, ==, 200);
  g_assert_cmpstr (alive->body, ==, "{\"status\":\"ok\"}");
}

/* A body in chunks is taken as HTTP says, cut anywhere; what only looks like one
 * is refused, and nothing that comes after it is a request. */
static void
test_chunks (void)
{
  static const char head[] = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  static const char *const bad[] = {
    "zz\r\n", "-1\r\nxx", "+2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n", "\r\n", ";x\r\n",
    "ffffffffffffffff\r\nxx", "10000000000000002\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}xx\r\n0\r\n\r\n",
    "2\r\n{}\r\nGET /api/v1/health HTTP/1.1\r\n\r\n",
  };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *both = g_strconcat ("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                                       "Transfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n", NULL);
  g_autofree char *good = g_strconcat (head, "1\r\n{\r\n01;a=\"b\"\r\n}\r\n0\r\nX: y\r\n\r\n", NULL);
  g_autofree char *heard = say_and_wait (rig, good, strlen (good), FALSE);
  g_autofree char *two = say_and_wait (rig, both, strlen (both), FALSE);

  /* It was read: what it says is no sign-in. */
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 400 "));
  g_assert_null (strstr (heard, "chunked"));
  g_assert_true (g_str_has_prefix (two, "HTTP/1.1 400 "));
  for (gsize i = 0; i < G_N_ELEMENTS (bad) * 3; i++)
    {
      /* With the head, as the next thing after a good chunk, and bit by bit. */
      g_autofree char *said = g_strconcat (head, i % 3 == 0 ? "" : "1\r\n{\r\n", bad[i / 3], NULL);
      gint64 began_us = g_get_monotonic_time ();
      g_autofree char *answer = NULL;

      piece = i % 3 == 2 ? 5 : G_MAXSIZE;
      answer = say_and_wait (rig, said, strlen (said), FALSE);
      g_test_message ("%s: %s", bad[i / 3], answer);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
      g_assert_nonnull (strstr (answer, "Transfer-Encoding: chunked means"));
      g_assert_null (strstr (answer + 1, "HTTP/1.1"));
      g_assert_cmpint (g_get_monotonic_time () - began_us, <, 8 * G_USEC_PER_SEC);
    }
  piece = G_MAXSIZE;
  side_test_wait_until (no_connections, rig, 20000, "the server to let go of the connections");
}

static void
test_nonsense (void)
{
  static const char bad_address[] = "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n";
  static const char climbing[] = "GET /api/v1/%2e%2e/health HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *filler = g_strnfill (200000, 'x');
  g_autofree char *endless = g_strconcat ("GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX: ", filler, NULL);
  g_autofree char *first = say_raw (rig, "\r\n\0\xff\r\n\r\n", 8);
  g_autofree char *second = say_raw (rig, endless, strlen (endless));
  g_autofree char *third = say_raw (rig, bad_address, strlen (bad_address));
  g_autofree char *dots = say_raw (rig, climbing, strlen (climbing));
  g_autoptr (RigAnswer) alive = rig_get (rig, "/health", NULL);

  g_assert_null (strstr (second, "200 OK"));
  g_assert_null (strstr (third, "200 OK"));
  g_assert_null (strstr (dots, "200 OK"));
  g_assert_true (first != NULL);
  g_assert_cmpuint (alive->status, ==, 200);
}

static void
assert_refuses (const char *listen,
                const char *certificate,
                SideError   code)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideHttpServer) server = side_http_server_new (rig->hub);
  SideHttpSettings settings = { .name = "x", .listen = listen, .tls_certificate = certificate, .tls_key = certificate };
  g_autoptr (GError) error = NULL;

  g_assert_false (side_http_server_start (server, &settings, &error));
  g_assert_error (error, SIDE_ERROR, (int) code);
}

static void
test_start (void)
{
  assert_refuses ("0.0.0.0", NULL, SIDE_ERROR_FORBIDDEN);
  assert_refuses ("::", NULL, SIDE_ERROR_FORBIDDEN);
  assert_refuses ("nonsense", NULL, SIDE_ERROR_INVALID);
  assert_refuses ("127.0.0.1", "/nonexistent.pem", SIDE_ERROR_INVALID);
  assert_refuses ("192.0.2.1", "/nonexistent.pem", SIDE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/health", test_health);
  g_test_add_func ("/http/session", test_session);
  g_test_add_func ("/http/wrong-password", test_wrong_password);
  g_test_add_func ("/http/attempts", test_attempts);
  g_test_add_func ("/http/audit", test_audit);
  g_test_add_func ("/http/calls", test_calls);
  g_test_add_func ("/http/bad-questions", test_bad_questions);
  g_test_add_func ("/http/names", test_names);
  g_test_add_func ("/http/epoch", test_epoch);
  g_test_add_func ("/http/too-large", test_too_large);
  g_test_add_func ("/http/too-large-at-once", test_too_large_at_once);
  g_test_add_func ("/http/unreadable", test_unreadable);
  g_test_add_func ("/http/chunks", test_chunks);
  g_test_add_func ("/http/nonsense", test_nonsense);
  g_test_add_func ("/http/start", test_start);
  return g_test_run ();
}
