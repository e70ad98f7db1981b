/* test-link-server.c - both ends of protocol v1 together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The app's link against the server's own HTTP side, in one process: that the
 * two agree, where test-link.c and test-http.c look at one of them alone.
 */
#include <string.h>

#include "server-rig.h"
#include "side-link.h"
#include "side-test.h"

#define WAIT_MS 20000
#define NOON    (RIG_DAY + 12 * 3600 * 1000)
#define UUID_A  "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"

extern const char *__asan_default_options (void);

/* See link-peer.c. */
const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

typedef struct {
  SideBoard *board;
  guint      n_snapshots;
} Mirror;

static void
on_snapshot (SideLink  *link,
             SideBoard *board,
             guint64    seq,
             gpointer   user_data)
{
  Mirror *mirror = user_data;

  mirror->n_snapshots++;
  g_set_object (&mirror->board, board);
}

static void
on_events (SideLink  *link,
           GPtrArray *events,
           guint64    seq,
           gpointer   user_data)
{
  Mirror *mirror = user_data;

  for (guint i = 0; i < events->len; i++)
    side_board_apply (mirror->board, g_ptr_array_index (events, i));
}

static SideSession *
sign_in (SideLink    *link,
         const char  *user,
         const char  *password,
         GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_link_sign_in_async (link, user, password, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the sign-in");
  return side_link_sign_in_finish (link, result, error);
}

/* A link of somebody who has signed in. */
static SideLink *
signed_in (Rig        *rig,
           SideRole    role,
           const char *projects)
{
  g_autofree char *token = rig_add_user (rig, "boris", role, projects, "correct horse");
  SideLink *link = side_link_new (rig->url, rig->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = sign_in (link, "boris", "correct horse", &error);

  g_assert_no_error (error);
  g_assert_nonnull (session);
  return link;
}

typedef struct { SideLink *link; SideLinkState state; guint64 seq; } LiveWait;

static gboolean
is_there (gpointer data)
{
  LiveWait *wait = data;

  return side_link_get_state (wait->link) == wait->state && side_link_get_seq (wait->link) >= wait->seq;
}

static void
wait_live (SideLink      *link,
           SideLinkState  state,
           guint64        seq,
           const char    *what)
{
  LiveWait wait = { link, state, seq };

  side_test_wait_until (is_there, &wait, WAIT_MS, what);
}

static void
test_session (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", "correct horse");
  g_autoptr (SideLink) link = side_link_new (rig->url, rig->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSession) session = NULL;

  g_assert_null (sign_in (link, "anna", "wrong horse", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  session = sign_in (link, "anna", "correct horse", &error);
  g_assert_no_error (error);
  g_assert_cmpint (session->role, ==, SIDE_ROLE_CLIENT);
  g_assert_cmpuint (session->projects->len, ==, 1);
  g_assert_nonnull (side_session_find_project (session, "tea"));
  g_assert_cmpstr (session->server_name, ==, "Test calls");
}

static void
test_live (void)
{
  const char *const tea[] = { "tea", NULL };
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = NULL;
  Mirror mirror = { NULL, 0 };
  SideWireView view = side_wire_view_for_client (side_hub_get_board (rig->hub));
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  rig_whole_call (rig, "tea", "before", NOON);
  link = signed_in (rig, SIDE_ROLE_CLIENT, "tea");
  g_signal_connect (link, "snapshot", G_CALLBACK (on_snapshot), &mirror);
  g_signal_connect (link, "events", G_CALLBACK (on_events), &mirror);
  side_link_start_live (link, 0, NULL);
  wait_live (link, SIDE_LINK_LIVE, 0, "the stream to be live");
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *call = g_strdup_printf ("call-%d", i);

      rig_whole_call (rig, "toys", call + 1, NOON + i * 1000);
      rig_whole_call (rig, "tea", call, NOON + i * 1000);
      if (i % 30 == 0)
        side_test_run_for (20);
    }
  wait_live (link, SIDE_LINK_LIVE, side_board_get_seq (side_hub_get_board (rig->hub)), "all events to arrive");

  /* The picture of the client is the server's, as far as they may see it. */
  ours = side_wire_board_to_json (mirror.board, NULL, NULL);
  theirs = side_wire_board_to_json (side_hub_get_board (rig->hub), tea, &view);
  g_assert_null (strstr (ours, "Secretova"));
  g_assert_nonnull (strstr (ours, "Anya"));
  g_assert_null (strstr (ours, "toys"));
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpuint (mirror.n_snapshots, ==, 1);
  side_link_stop_live (link);
  g_clear_object (&mirror.board);
}

/* Signing out elsewhere ends the stream for good. */
static void
test_revoked (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_SUPERVISOR, "tea");
  g_autofree char *token = side_link_dup_token (link);
  g_autoptr (RigAnswer) out = NULL;

  side_link_start_live (link, 0, NULL);
  wait_live (link, SIDE_LINK_LIVE, 0, "the stream to be live");
  out = rig_ask (rig, "DELETE", "/session", token, NULL, NULL, NULL);
  g_assert_cmpuint (out->status, ==, 204);
  wait_live (link, SIDE_LINK_OFFLINE, 0, "the stream to end");
  g_assert_error (side_link_get_reason (link), SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED);
}

static void
test_other_project (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_CLIENT, "tea");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rig_whole_call (rig, "toys", "secret", NOON);
  rig_settle (rig);
  side_link_get_call_events_async (link, "secret", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "another project's call");
  g_assert_null (side_link_get_call_events_finish (link, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

static SideCallPage *
list_calls (SideLink               *link,
            const SideHistoryQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideCallPage *page;

  side_link_list_calls_async (link, query, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "calls");
  page = side_link_list_calls_finish (link, result, &error);
  g_assert_no_error (error);
  return page;
}

/* A cache that follows the changes page by page has every call, once at the end. */
static void
test_history (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_SUPERVISOR, "tea toys");
  g_autoptr (GHashTable) cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  SideHistoryQuery query = { .by_change = TRUE, .limit = 7 };
  g_autoptr (SideCallPage) newest = NULL;
  guint pages = 0;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *call = g_strdup_printf ("call-%d", i);
      rig_whole_call (rig, i % 2 ? "tea" : "toys", call, NOON + i * 1000);
    }
  rig_settle (rig);
  for (gboolean more = TRUE; more && pages < 50; pages++)
    {
      g_autoptr (SideCallPage) page = list_calls (link, &query);

      for (guint i = 0; i < page->calls->len; i++)
        {
          const SideCall *call = g_ptr_array_index (page->calls, i);

          g_assert_cmpint (side_call_page_get_change (page, i), >, query.changed_after);
          query.changed_after = side_call_page_get_change (page, i);
          g_hash_table_add (cache, g_strdup (call->id));
        }
      more = page->cursor != NULL;
    }
  g_assert_cmpuint (g_hash_table_size (cache), ==, 40);
  g_assert_cmpuint (pages, >=, 6);

  query = (SideHistoryQuery) { .project = "tea", .limit = 3, .outcome = SIDE_OUTCOME_ANSWERED };
  newest = list_calls (link, &query);
  g_assert_cmpuint (newest->calls->len, ==, 3);
  g_assert_cmpstr (((SideCall *) g_ptr_array_index (newest->calls, 0))->id, ==, "call-39");
  g_assert_nonnull (newest->cursor);

  side_link_get_call_events_async (link, "call-39", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "events of a call");
  events = side_link_get_call_events_finish (link, result, NULL);
  g_assert_nonnull (events);
  g_assert_cmpuint (events->len, ==, 3);
}

static gboolean
has_recording (gpointer data)
{
  return ((SideCall *) data)->recording != NULL;
}

static void
test_recording (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *source = rig_write_wav (rig, "a.wav", 160000, TRUE);
  g_autofree char *target = g_build_filename (rig->dir, "fetched.wav", NULL);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_SUPERVISOR, "tea");
  g_autofree char *contents = NULL;
  gsize len;
  SideCall *call;

  rig_whole_call (rig, "tea", "a", NOON);
  side_source_emit_recording (rig->source, "tea", "a", source, 2);
  call = side_board_get_call (side_hub_get_board (rig->hub), "a");
  side_test_wait_until (has_recording, call, WAIT_MS, "the recording to be published");
  rig_settle (rig);
  /* Twice: whole, and gone on with from the middle. */
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *hash = NULL;

      side_link_fetch_recording_async (link, call->recording, target, call->sha256, NULL, NULL, NULL, side_test_async_cb, &result);
      side_test_wait_result (&result, WAIT_MS, "the recording");
      hash = side_link_fetch_recording_finish (link, result, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hash, ==, call->sha256);
      g_free (g_steal_pointer (&contents));
      g_assert_true (g_file_get_contents (target, &contents, &len, NULL));
      g_assert_cmpuint (len, ==, 44 + 4 * 160000);
      g_assert_true (g_file_set_contents (part, contents, 100001, NULL));
    }
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
test_documents (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_SUPERVISOR, "tea");
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "a", 1000, 2000);
  g_autoptr (SideDocument) document = side_wire_document_for_annotation (note);
  g_autoptr (SideDocument) first = NULL;
  g_autoptr (SideDocument) again = NULL;
  g_autoptr (SideDocument) second = NULL;
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (SideDocument) left = NULL;
  g_autoptr (SideChangePage) page = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) feed = NULL;
  g_autoptr (GError) error = NULL;

  first = put (link, document, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->revision, ==, 1);
  g_assert_cmpstr (first->author, ==, "boris");
  g_assert_cmpstr (first->body, ==, document->body);
  /* The answer got lost and the app sends it again. */
  again = put (link, document, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->revision, ==, 1);
  /* A second new one of that name, then one made of the old revision. */
  note->to_ms = 3000;
  g_clear_pointer (&document, side_document_unref);
  document = side_wire_document_for_annotation (note);
  g_assert_null (put (link, document, &current, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpint (current->revision, ==, 1);
  g_clear_error (&error);
  g_clear_pointer (&current, side_document_unref);
  document->revision = 1;
  second = put (link, document, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->revision, ==, 2);
  first->revision = 1;
  g_assert_null (put (link, first, &current, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpint (current->revision, ==, 2);
  g_clear_error (&error);

  side_link_delete_document_async (link, second, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the document to be deleted");
  left = side_link_delete_document_finish (link, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (left->deleted);
  side_link_list_changes_async (link, 0, 0, NULL, side_test_async_cb, &feed);
  side_test_wait_result (&feed, WAIT_MS, "the changes");
  page = side_link_list_changes_finish (link, feed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_true (((SideDocument *) g_ptr_array_index (page->documents, 0))->deleted);
  g_assert_cmpint (page->next, ==, left->change);
}

/* Who has finished is told to whoever called the others. */
static void
test_progress (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideLink) link = signed_in (rig, SIDE_ROLE_TRAINER, "tea");
  g_autoptr (SideCalibration) calibration = side_calibration_new (UUID_A, "tea", "November", UUID_A, 1);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideDocument) put_there = NULL;
  g_autoptr (SideCalibrationProgress) progress = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (calibration->calls, g_strdup ("a"));
  g_ptr_array_add (calibration->reviewers, g_strdup ("anna"));
  calibration->author = g_strdup ("boris");
  document = side_wire_document_for_calibration (calibration);
  put_there = put (link, document, NULL, &error);
  g_assert_no_error (error);
  side_link_get_progress_async (link, UUID_A, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "who has finished");
  progress = side_link_get_progress_finish (link, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress->people->len, ==, 1);
  g_assert_cmpuint (side_calibration_progress_count_done (progress), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-server/session", test_session);
  g_test_add_func ("/link-server/live", test_live);
  g_test_add_func ("/link-server/revoked", test_revoked);
  g_test_add_func ("/link-server/other-project", test_other_project);
  g_test_add_func ("/link-server/history", test_history);
  g_test_add_func ("/link-server/recording", test_recording);
  g_test_add_func ("/link-server/documents", test_documents);
  g_test_add_func ("/link-server/progress", test_progress);
  return g_test_run ();
}
