/* test-link.c - requests: what goes out, what comes back, and every way to fail
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "link-peer.h"
#include "side-test.h"

#define WAIT_MS 10000
#define UUID_A  "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B  "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"

static SideLink *
new_link (const char *uri)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (1795269600000);

  return g_object_new (SIDE_TYPE_LINK, "base-uri", uri, "clock", clock, "timeout-s", 1, NULL);
}

/* Asks for the session and gives the error. */
static GError *
ask_session (SideLink     *link,
             SideSession **session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideSession) got = NULL;
  GError *error = NULL;

  side_link_open_session_async (link, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the session");
  got = side_link_open_session_finish (link, result, &error);
  g_assert_true ((got == NULL) == (error != NULL));
  if (session != NULL)
    *session = g_steal_pointer (&got);
  return error;
}

static void
assert_session_error (const char *uri,
                      SideError   code,
                      const char *words)
{
  g_autoptr (SideLink) link = new_link (uri);
  g_autoptr (GError) error = ask_session (link, NULL);

  g_assert_error (error, SIDE_ERROR, (int) code);
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_sign_in (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autofree char *json = link_sample_session_json (TRUE);
  g_autofree char *plain = link_sample_session_json (FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (SideSession) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  link_server_answer (server, "POST /session", 200, "application/json", json);
  link_server_answer (server, "GET /session", 200, "application/json", plain);
  side_link_set_token (link, "an-older-one");
  side_link_sign_in_async (link, "anna", "pass\"word", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the sign-in");
  session = side_link_sign_in_finish (link, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (server->body, ==, "{\"user\":\"anna\",\"password\":\"pass\\\"word\"}");
  g_assert_null (link_server_get_header (server, "authorization"));
  token = side_link_dup_token (link);
  g_assert_cmpstr (token, ==, "s3cr3t-t0ken");
  g_assert_null (session->token);
  g_assert_cmpstr (session->user, ==, "anna");
  /* The server's clock is five seconds ahead of ours, the way there is short. */
  g_assert_cmpint (side_link_get_server_offset_ms (link), >=, 5000);
  g_assert_cmpint (side_link_get_server_offset_ms (link), <, 8000);

  g_assert_null (ask_session (link, &again));
  g_assert_cmpstr (link_server_get_header (server, "authorization"), ==, "Bearer s3cr3t-t0ken");
  g_assert_true (side_link_get_session (link) == again);
  g_assert_cmpint (side_link_get_latency_ms (link), >=, 0);
}

static void
test_sign_in_without_token (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autofree char *json = link_sample_session_json (FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  link_server_answer (server, "POST /session", 200, "application/json", json);
  side_link_sign_in_async (link, "anna", "p", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the sign-in");
  g_assert_null (side_link_sign_in_finish (link, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_sign_out (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  link_server_answer (server, "DELETE /session", 204, NULL, NULL);
  side_link_set_token (link, "t0ken");
  side_link_sign_out_async (link, NULL, side_test_async_cb, &result);
  g_assert_null (side_link_dup_token (link));
  side_test_wait_result (&result, WAIT_MS, "the sign-out");
  g_assert_true (side_link_sign_out_finish (link, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (link_server_get_header (server, "authorization"), ==, "Bearer t0ken");
}

static void
test_problems (void)
{
  static const struct { guint status; const char *body; int code; } cases[] = {
    { 401, "{\"code\":\"unauthorized\",\"detail\":\"the token has ended\"}", SIDE_ERROR_UNAUTHORIZED },
    { 403, "{}", SIDE_ERROR_FORBIDDEN },
    { 404, "{\"detail\":\"no such call\"}", SIDE_ERROR_NOT_FOUND },
    { 409, "{}", SIDE_ERROR_CONFLICT },
    { 412, "{}", SIDE_ERROR_CONFLICT },
    { 413, "{}", SIDE_ERROR_TOO_LARGE },
    { 429, "{\"code\":\"rate-limited\"}", SIDE_ERROR_RATE_LIMITED },
    { 500, "not json at all", SIDE_ERROR_FAILED },
    { 503, "{\"code\":\"busy\"}", SIDE_ERROR_BUSY },
    { 400, "{\"code\":\"invalid\",\"detail\":\"what?\"}", SIDE_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LinkServer) server = link_server_new (NULL);

      link_server_answer (server, "GET /session", cases[i].status, "application/problem+json", cases[i].body);
      assert_session_error (server->uri, (SideError) cases[i].code, NULL);
    }
}

static void
say_retry_after (LinkServer        *server,
                 SoupServerMessage *message,
                 gpointer           data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "17");
}

static void
test_retry_after (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (GError) error = NULL;

  server->handler = say_retry_after;
  link_server_answer (server, "GET /session", 429, "application/problem+json", "{}");
  error = ask_session (link, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_RATE_LIMITED);
  g_assert_cmpint (side_link_get_retry_after_ms (link), ==, 17000);
}

static void
say_redirect (LinkServer        *server,
              SoupServerMessage *message,
              gpointer           data)
{
  soup_server_message_set_redirect (message, 302, data);
}

static void
test_other_servers (void)
{
  g_autoptr (LinkServer) web = link_server_new (NULL);
  g_autoptr (LinkServer) elsewhere = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (web->uri);
  g_autoptr (GError) error = NULL;

  /* A plain web server: its own 404 page, then a page for everything. */
  assert_session_error (web->uri, SIDE_ERROR_INVALID, "does not answer as a Sidetone server");
  link_server_answer (web, "GET /session", 200, "text/html; charset=utf-8", "<html>hello</html>");
  assert_session_error (web->uri, SIDE_ERROR_INVALID, "some other web page");
  link_server_answer (web, "GET /session", 200, "application/json", "{\"hello\":true}");
  assert_session_error (web->uri, SIDE_ERROR_INVALID, "does not answer as a Sidetone server");
  link_server_answer (web, "GET /session", 200, "application/json", "<html>");
  assert_session_error (web->uri, SIDE_ERROR_INVALID, NULL);
  link_server_answer (web, "GET /session", 200, "application/json", "");
  assert_session_error (web->uri, SIDE_ERROR_INVALID, NULL);

  /* A redirect is not followed: it would take the token elsewhere. */
  web->handler = say_redirect;
  web->handler_data = elsewhere->uri;
  side_link_set_token (link, "t0ken");
  error = ask_session (link, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_cmpuint (elsewhere->seen->len, ==, 0);
}

static void
test_unreachable (void)
{
  g_autofree char *gone = NULL;

  {
    g_autoptr (RawPeer) peer = raw_peer_new ("", 0, RAW_CLOSE);
    gone = g_strdup (peer->uri);
  }
  assert_session_error (gone, SIDE_ERROR_UNREACHABLE, "127.0.0.1");
  assert_session_error ("https://no-such-host.invalid", SIDE_ERROR_UNREACHABLE, "no-such-host.invalid");
  assert_session_error ("this is no address", SIDE_ERROR_INVALID, NULL);
  assert_session_error ("ftp://example.org", SIDE_ERROR_INVALID, NULL);
}

static void
test_unencrypted (void)
{
  g_autoptr (SideLink) link = new_link ("http://calls.invalid");
  g_autoptr (GError) error = ask_session (link, NULL);

  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_object_set (link, "allow-plain", TRUE, NULL);
  error = ask_session (link, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
}

#define JSON_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static void
test_scripted_peers (void)
{
  static const struct { const char *bytes; RawEnd end; int code; } cases[] = {
    { "", RAW_CLOSE, SIDE_ERROR_DISCONNECTED },
    { "", RAW_HOLD, SIDE_ERROR_TIMED_OUT },
    { "SSH-2.0-OpenSSH_9.2\r\n", RAW_CLOSE, -1 },
    { "\001\002\003\377\377garbage", RAW_CLOSE, -1 },
    { JSON_HEAD "Content-Length: 100\r\n\r\n{\"user\"", RAW_CLOSE, SIDE_ERROR_DISCONNECTED },
    { JSON_HEAD "Content-Length: 100\r\n\r\n{\"user\"", RAW_HALF_CLOSE, SIDE_ERROR_DISCONNECTED },
    { JSON_HEAD "Content-Length: 100\r\n\r\n{\"user\"", RAW_HOLD, SIDE_ERROR_TIMED_OUT },
    { JSON_HEAD "Content-Length: 2\r\n\r\n{}", RAW_DRIP, SIDE_ERROR_INVALID },
    { JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n", RAW_CLOSE, -1 },
    { "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", RAW_CLOSE, -1 },
    { "HTTP/1.1 204 No Content\r\n\r\n", RAW_CLOSE, SIDE_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawPeer) peer = raw_peer_new (cases[i].bytes, -1, cases[i].end);
      g_autoptr (SideLink) link = new_link (peer->uri);
      g_autoptr (GError) error = ask_session (link, NULL);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, error->message);
      g_assert_true (error->domain == SIDE_ERROR);
      if (cases[i].code >= 0)
        g_assert_error (error, SIDE_ERROR, cases[i].code);
    }
}

static void
test_too_large (void)
{
  g_autofree char *body = g_strnfill (SIDE_WIRE_MAX_MESSAGE + 10, ' ');
  g_autoptr (LinkServer) server = link_server_new (NULL);

  link_server_answer (server, "GET /session", 200, "application/json", body);
  assert_session_error (server->uri, SIDE_ERROR_TOO_LARGE, NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (RawPeer) peer = raw_peer_new ("", 0, RAW_HOLD);
  g_autoptr (SideLink) link = new_link (peer->uri);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  side_link_open_session_async (link, cancellable, side_test_async_cb, &result);
  side_test_run_for (50);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&result, WAIT_MS, "the cancelled session");
  g_assert_null (side_link_open_session_finish (link, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
  g_assert_true (side_error_is_cancelled (error));
}

static void
test_certificates (void)
{
  static const struct { const char *host; int from; int to; const char *words; } cases[] = {
    { "127.0.0.1", -1, 30, "nobody this computer knows" },
    { "other.example", -1, 30, "another host" },
    { "127.0.0.1", -30, -1, "expired" },
    { "127.0.0.1", 2, 30, "not valid yet" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dir = side_test_tmp_dir ();
      g_autoptr (GTlsCertificate) certificate = link_make_certificate (dir, cases[i].host, cases[i].from, cases[i].to);
      g_autoptr (LinkServer) server = link_server_new (certificate);

      assert_session_error (server->uri, SIDE_ERROR_UNTRUSTED, cases[i].words);
      assert_session_error (server->uri, SIDE_ERROR_UNTRUSTED, "127.0.0.1");
      g_assert_cmpuint (server->seen->len, ==, 0);
      side_test_rm_rf (dir);
    }
}

static void
test_pinned_certificate (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autoptr (GTlsCertificate) certificate = link_make_certificate (dir, "other.example", -1, 30);
  g_autoptr (LinkServer) server = link_server_new (certificate);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autofree char *json = link_sample_session_json (FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *pin = NULL;

  link_server_answer (server, "GET /session", 200, "application/json", json);
  side_link_pin_certificate (link, "00112233");
  error = ask_session (link, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED);
  pin = g_ascii_strup (side_link_get_refused_fingerprint (link), -1);
  g_assert_cmpuint (strlen (pin), ==, 64);
  side_link_pin_certificate (link, pin);
  g_assert_null (ask_session (link, NULL));
  g_assert_cmpuint (server->seen->len, ==, 1);
  side_test_rm_rf (dir);
}

static void
test_plain_behind_https (void)
{
  g_autoptr (RawPeer) peer = raw_peer_new ("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", -1, RAW_AT_ONCE);
  g_autofree char *secure = g_strconcat ("https", peer->uri + strlen ("http"), NULL);

  assert_session_error (secure, SIDE_ERROR_INVALID, "does not answer as a Sidetone server");
}

static void
test_list_calls (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (SideCallPage) page = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideHistoryQuery query = { .project = "tea & co", .queue = "q/1", .outcome = SIDE_OUTCOME_TIMED_OUT, .from_ms = 5,
                             .to_ms = 10, .cursor = "a=b&c", .limit = 5000 };

  link_server_answer (server, "GET /calls", 200, "application/json",
                      "{\"calls\":[{\"id\":\"b\",\"change\":9},{\"id\":\"a\",\"change\":4}],\"cursor\":\"next\"}");
  side_link_list_calls_async (link, &query, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "calls");
  page = side_link_list_calls_finish (link, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (server->seen, 0), ==,
                   "GET /calls?project=tea%20%26%20co&queue=q%2F1&outcome=timed-out&from=5&to=10&cursor=a%3Db%26c&limit=1000");
  g_assert_cmpuint (page->calls->len, ==, 2);
  g_assert_cmpint (side_call_page_get_change (page, 0), ==, 9);
  g_assert_cmpstr (page->cursor, ==, "next");

  g_clear_object (&result);
  query = (SideHistoryQuery) { .by_change = TRUE };
  side_link_list_calls_async (link, &query, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "calls by change");
  g_assert_cmpstr (g_ptr_array_index (server->seen, 1), ==, "GET /calls?changed_after=0");
}

static void
test_one_call_and_its_events (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (GAsyncResult) more = NULL;
  g_autoptr (GAsyncResult) third = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (SideBoard) board = NULL;

  link_server_answer (server, "GET /calls/a/b/events", 200, "application/json",
                      "{\"events\":[{\"kind\":\"call.joined\",\"at_ms\":1,\"seq\":2}]}");
  link_server_answer (server, "GET /board", 200, "application/json", "{\"seq\":4,\"at_ms\":2,\"projects\":[{\"id\":\"tea\"}]}");
  side_link_get_call_events_async (link, "a/b", NULL, side_test_async_cb, &more);
  side_link_get_board_async (link, "tea", NULL, side_test_async_cb, &third);
  side_test_wait_result (&more, WAIT_MS, "its events");
  side_test_wait_result (&third, WAIT_MS, "the board");
  events = side_link_get_call_events_finish (link, more, NULL);
  board = side_link_get_board_finish (link, third, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpuint (side_board_get_seq (board), ==, 4);
}

static SideDocument *
sample_document (gint64 revision)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "leg", 1, 2);
  SideDocument *document = side_wire_document_for_annotation (note);

  document->revision = revision;
  return document;
}

static SideDocument *
put (SideLink            *link,
     const SideDocument  *document,
     SideDocument       **current,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_link_put_document_async (link, document, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the document to be put");
  return side_link_put_document_finish (link, result, current, error);
}

static void
test_put_document (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (SideDocument) fresh = sample_document (0);
  g_autoptr (SideDocument) known = sample_document (7);
  g_autoptr (SideDocument) kept = NULL;
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = side_wire_document_to_json (known);
  g_autofree char *problem = NULL;
  g_autoptr (GError) conflict = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "too late");

  link_server_answer (server, "PUT /documents/annotation/" UUID_A, 200, "application/json", answer);
  kept = put (link, fresh, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kept->revision, ==, 7);
  g_assert_cmpstr (link_server_get_header (server, "if-none-match"), ==, "*");
  g_assert_null (link_server_get_header (server, "if-match"));
  g_assert_nonnull (strstr (server->body, "\"body\":{\"id\":\"" UUID_A "\""));

  known->author = g_strdup ("boris");
  known->revision = 8;
  problem = side_wire_problem_to_json (0, conflict, known);
  link_server_answer (server, "PUT /documents/annotation/" UUID_A, 412, "application/problem+json", problem);
  known->revision = 7;
  g_assert_null (put (link, known, &current, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpstr (link_server_get_header (server, "if-match"), ==, "\"7\"");
  g_assert_cmpint (current->revision, ==, 8);
  g_assert_cmpstr (current->author, ==, "boris");
}

static void
test_another_document (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (SideDocument) document = sample_document (0);
  g_autoptr (GError) error = NULL;

  link_server_answer (server, "PUT /documents/annotation/" UUID_A, 200, "application/json",
                      "{\"kind\":\"annotation\",\"id\":\"" UUID_B "\",\"project\":\"tea\",\"body\":{}}");
  g_assert_null (put (link, document, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_delete_and_get_document (void)
{
  static const char gone[] = "{\"kind\":\"annotation\",\"id\":\"" UUID_A "\",\"project\":\"tea\",\"deleted\":true,\"revision\":9}";
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (SideDocument) document = sample_document (8);
  g_autoptr (SideDocument) left = NULL;
  g_autoptr (SideDocument) got = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  link_server_answer (server, "DELETE /documents/annotation/" UUID_A, 200, "application/json", gone);
  link_server_answer (server, "GET /documents/annotation/" UUID_A, 200, "application/json", gone);
  side_link_delete_document_async (link, document, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the document to be deleted");
  left = side_link_delete_document_finish (link, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (left->deleted);
  g_assert_cmpint (left->revision, ==, 9);
  g_assert_cmpstr (link_server_get_header (server, "if-match"), ==, "\"8\"");
  side_link_get_document_async (link, "annotation", UUID_A, NULL, side_test_async_cb, &second);
  side_test_wait_result (&second, WAIT_MS, "the document");
  got = side_link_get_document_finish (link, second, &error);
  g_assert_no_error (error);
  g_assert_true (got->deleted);
}

static void
test_changes (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideChangePage) page = NULL;

  link_server_answer (server, "GET /changes", 200, "application/json", "{\"documents\":[],\"next\":12,\"more\":true}");
  side_link_list_changes_async (link, 5, 50, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the changes");
  page = side_link_list_changes_finish (link, result, NULL);
  g_assert_cmpint (page->next, ==, 12);
  g_assert_true (page->more);
  g_assert_cmpstr (g_ptr_array_index (server->seen, 0), ==, "GET /changes?since=5&limit=50");
}

static void
test_addresses (void)
{
  static const char *const good[][2] = {
    { "calls.example.org", "https://calls.example.org" },
    { "  calls.example.org:8443/ ", "https://calls.example.org:8443" },
    { "https://Calls.example.org/", "https://Calls.example.org" },
    { "https://example.org/sidetone/", "https://example.org/sidetone" },
    { "https://example.org/api/v1/", "https://example.org" },
    { "https://anna:secret@example.org/?x=1#y", "https://example.org" },
    { "http://example.org", "http://example.org" },
    { "localhost:8750", "http://localhost:8750" },
    { "127.0.0.1", "http://127.0.0.1" },
    { "[::1]:99", "http://[::1]:99" },
    { "пример.рф", "https://xn--e1afmkfd.xn--p1ai" },
  };
  static const char *const bad[] = { "", "   ", "two words", "ftp://example.org", "https://", "http://:80", "a<b>", "file:///etc" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = side_link_normalize_address (good[i][0], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, good[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = side_link_normalize_address (bad[i], &error);

      if (address != NULL)
        g_error ("“%s” became “%s”", bad[i], address);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static GString *captured;

static GLogWriterOutput
capture_log (GLogLevelFlags   level,
             const GLogField *fields,
             gsize            n_fields,
             gpointer         user_data)
{
  g_autofree char *line = g_log_writer_format_fields (level, fields, n_fields, FALSE);

  g_string_append (captured, line);
  g_string_append_c (captured, '\n');
  return G_LOG_WRITER_HANDLED;
}

/* Runs in a process of its own, because a log writer can be set once only. */
static void
test_no_secret_in_logs_child (void)
{
  g_autoptr (LinkServer) server = link_server_new (NULL);
  g_autoptr (SideLink) link = new_link (server->uri);
  g_autofree char *json = link_sample_session_json (TRUE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GError) error = NULL;

  captured = g_string_new (NULL);
  g_log_set_writer_func (capture_log, NULL, NULL);
  link_server_answer (server, "POST /session", 200, "application/json", json);
  link_server_answer (server, "GET /session", 401, "application/problem+json", "{}");
  side_link_sign_in_async (link, "anna", "p4ssw0rd", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the sign-in");
  session = side_link_sign_in_finish (link, result, &error);
  error = ask_session (link, NULL);
  side_link_start_live (link, 0, NULL);
  side_test_run_for (100);
  side_link_stop_live (link);
  /* Something was logged, and none of it is a secret. */
  g_assert_nonnull (strstr (captured->str, "/api/v1/session"));
  g_assert_null (strstr (captured->str, "s3cr3t"));
  g_assert_null (strstr (captured->str, "p4ssw0rd"));
  g_assert_null (strstr (error->message, "s3cr3t"));
  g_string_free (captured, TRUE);
}

static void
test_no_secret_in_logs (void)
{
  if (g_test_subprocess ())
    {
      test_no_secret_in_logs_child ();
      return;
    }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/session/sign-in", test_sign_in);
  g_test_add_func ("/link/session/without-token", test_sign_in_without_token);
  g_test_add_func ("/link/session/sign-out", test_sign_out);
  g_test_add_func ("/link/session/no-secret-in-logs", test_no_secret_in_logs);
  g_test_add_func ("/link/fail/problems", test_problems);
  g_test_add_func ("/link/fail/retry-after", test_retry_after);
  g_test_add_func ("/link/fail/other-servers", test_other_servers);
  g_test_add_func ("/link/fail/unreachable", test_unreachable);
  g_test_add_func ("/link/fail/unencrypted", test_unencrypted);
  g_test_add_func ("/link/fail/scripted-peers", test_scripted_peers);
  g_test_add_func ("/link/fail/too-large", test_too_large);
  g_test_add_func ("/link/fail/cancelled", test_cancelled);
  g_test_add_func ("/link/tls/certificates", test_certificates);
  g_test_add_func ("/link/tls/pinned", test_pinned_certificate);
  g_test_add_func ("/link/tls/plain-behind-https", test_plain_behind_https);
  g_test_add_func ("/link/history/calls", test_list_calls);
  g_test_add_func ("/link/history/one-call", test_one_call_and_its_events);
  g_test_add_func ("/link/documents/put", test_put_document);
  g_test_add_func ("/link/documents/another", test_another_document);
  g_test_add_func ("/link/documents/delete-and-get", test_delete_and_get_document);
  g_test_add_func ("/link/documents/changes", test_changes);
  g_test_add_func ("/link/address", test_addresses);
  return g_test_run ();
}
