/* test-sync.c - a cache is brought up to a server, and to another archive of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The app's sync with its link and store, against a server that answers from a
 * few lists as the real one does.
 */
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "../../app/ui/side-sync.h"
#include "link-peer.h"
#include "side-outbox.h"
#include "side-test.h"

#define WAIT_MS 20000
#define NOON    G_GINT64_CONSTANT (1795262400000)
#define UUID_S  "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_R  "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define UUID_A  "7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13"

typedef struct {
  char        *dir;
  SideClock   *clock;
  LinkServer  *server;
  const char  *epoch;
  GPtrArray   *calls;       /* of SideCall, in the order of their changes */
  GPtrArray   *documents;   /* of SideDocument, as they are now */
  SideDocument *old_script;
  guint        n_put;
  guint        n_refused;
  SideLink    *link;
  SideStore   *store;
  SideSync    *sync;
} Place;

/* The server */

static gint64
number_in (const char *query,
           const char *name)
{
  g_autofree char *start = g_strconcat (name, "=", NULL);
  const char *at = query != NULL ? strstr (query, start) : NULL;

  return at != NULL ? g_ascii_strtoll (at + strlen (start), NULL, 10) : 0;
}

/* @json: (transfer full) */
static void
answer (SoupServerMessage *message,
        guint              status,
        char              *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, json, strlen (json));
}

static char *
list_calls (Place  *place,
            gint64  after)
{
  g_autoptr (SideCallPage) page = side_call_page_new ();

  for (guint i = (guint) after; i < place->calls->len; i++)
    side_call_page_add (page, side_call_ref (g_ptr_array_index (place->calls, i)), i + 1);
  return side_wire_calls_to_json (page, NULL);
}

static char *
list_changes (Place  *place,
              gint64  since)
{
  g_autoptr (SideChangePage) page = side_change_page_new ();

  for (guint i = (guint) since; i < place->documents->len; i++)
    g_ptr_array_add (page->documents, side_document_ref (g_ptr_array_index (place->documents, i)));
  page->next = place->documents->len;
  return side_wire_changes_to_json (page);
}

static void
serve (LinkServer        *server,
       SoupServerMessage *message,
       gpointer           data)
{
  Place *place = data;
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *epoch = query != NULL ? strstr (query, "epoch=") : NULL;

  if ((epoch != NULL && !g_str_has_prefix (epoch + strlen ("epoch="), place->epoch))
      || number_in (query, "changed_after") > place->calls->len || number_in (query, "since") > place->documents->len)
    {
      answer (message, 410, g_strdup ("{\"status\":410,\"code\":\"conflict\"}"));
    }
  else if (g_str_has_suffix (path, "/session"))
    {
      g_autoptr (SideSession) session = link_sample_session ();

      g_free (session->epoch);
      session->epoch = g_strdup (place->epoch);
      answer (message, 200, side_wire_session_to_json (session));
    }
  else if (g_str_has_suffix (path, "/calls"))
    answer (message, 200, list_calls (place, number_in (query, "changed_after")));
  else if (g_str_has_suffix (path, "/changes"))
    answer (message, 200, list_changes (place, number_in (query, "since")));
  else if (g_str_has_suffix (path, "/documents/script/" UUID_S) && number_in (query, "version") == 1)
    answer (message, 200, side_wire_document_to_json (place->old_script));
  else if (link_server_get_header (server, "if-none-match") != NULL)
    {
      g_autoptr (SideDocument) document = side_wire_document_from_json (server->body, -1, NULL);

      if (g_str_equal (document->kind, "plan"))
        {
          place->n_refused++;
          answer (message, 403, g_strdup ("{\"status\":403,\"code\":\"forbidden\",\"detail\":\"anna made the plan\"}"));
          return;
        }
      document->revision = 1;
      document->change = 1;
      place->n_put++;
      answer (message, 200, side_wire_document_to_json (document));
    }
}

static void
add_call (Place      *place,
          const char *id)
{
  SideCall *call = side_call_new (id);

  call->project = g_intern_static_string ("tea");
  call->joined_ms = NOON;
  call->ended_ms = NOON + 60000;
  call->outcome = SIDE_OUTCOME_ANSWERED;
  g_ptr_array_add (place->calls, call);
}

static void
add_document (Place        *place,
              SideDocument *document,
              gint64        revision)
{
  document->revision = revision;
  document->change = place->documents->len + 1;
  g_ptr_array_add (place->documents, side_document_ref (document));
}

/* The app */

static void
open_session (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (GError) error = NULL;

  side_link_open_session_async (place->link, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the session");
  session = side_link_open_session_finish (place->link, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (side_link_get_epoch (place->link), ==, place->epoch);
}

static void
set_up (Place        *place,
        gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  place->dir = side_test_tmp_dir ();
  path = g_build_filename (place->dir, "cache.db", NULL);
  place->clock = side_clock_new_manual (NOON);
  place->epoch = "one";
  place->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  place->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  place->server = link_server_new (NULL);
  place->server->handler = serve;
  place->server->handler_data = place;
  place->link = side_link_new (place->server->uri, place->clock);
  side_link_set_token (place->link, "t0ken");
  open_session (place);
  place->store = side_store_new (path, place->clock);
  side_store_open_async (place->store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the store to open");
  g_assert_true (side_store_open_finish (place->store, result, &error));
  g_assert_no_error (error);
  place->sync = side_sync_new (place->link, place->store);
}

static void
tear_down (Place        *place,
           gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_sync_stop (place->sync);
  side_test_run_for (100);
  side_store_close_async (place->store, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the store to close");
  g_assert_true (side_store_close_finish (place->store, result, NULL));
  g_assert_finalize_object (place->sync);
  g_object_unref (place->link);
  g_object_unref (place->store);
  link_server_free (place->server);
  g_clear_pointer (&place->old_script, side_document_unref);
  g_ptr_array_unref (place->calls);
  g_ptr_array_unref (place->documents);
  g_object_unref (place->clock);
  side_test_rm_rf (place->dir);
  g_free (place->dir);
}

/* What the store has, asked for until it has it. */
typedef void (*Ask) (Place *place, const char *id, GAsyncReadyCallback callback, gpointer data);
typedef gboolean (*Has) (Place *place, GAsyncResult *result);

static void
wait_for (Place      *place,
          const char *id,
          Ask         ask,
          Has         has)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_MS * G_GINT64_CONSTANT (1000);

  for (;;)
    {
      g_autoptr (GAsyncResult) result = NULL;

      ask (place, id, side_test_async_cb, &result);
      side_test_wait_result (&result, WAIT_MS, id);
      if (has (place, result))
        return;
      if (g_get_monotonic_time () > end_us)
        g_error ("in vain for %s", id);
      side_test_run_for (20);
    }
}

static void
ask_call (Place               *place,
          const char          *id,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  side_store_get_call_async (place->store, id, NULL, callback, data);
}

static gboolean
has_call (Place        *place,
          GAsyncResult *result)
{
  g_autoptr (SideCall) call = side_store_get_call_finish (place->store, result, NULL);

  return call != NULL;
}

static void
ask_script (Place               *place,
            const char          *id,
            GAsyncReadyCallback  callback,
            gpointer             data)
{
  side_store_get_script_async (place->store, id, 1, NULL, callback, data);
}

static gboolean
has_script (Place        *place,
            GAsyncResult *result)
{
  g_autoptr (SideScript) script = side_store_get_script_finish (place->store, result, NULL);

  return script != NULL && strcmp (script->title, "First form") == 0;
}

static void
ask_score (Place               *place,
           const char          *id,
           GAsyncReadyCallback  callback,
           gpointer             data)
{
  ask_call (place, id, callback, data);
}

static gboolean
has_score (Place        *place,
           GAsyncResult *result)
{
  g_autoptr (SideCall) call = side_store_get_call_finish (place->store, result, NULL);

  return call != NULL && !isnan (call->score);
}

static SideScript *
make_script (int version)
{
  SideScript *script = side_script_new (UUID_S, "tea", version == 1 ? "First form" : "Second form", version);
  SideSection *section = side_script_add_section (script, "s", "Greeting");

  side_section_add_criterion (section, version == 1 ? "hello" : "welcome", "Says hello", 10);
  return script;
}

/* A cache that begins when a script has its second version gets the first too,
 * because a review was made with it, and scores the call by it. */
static void
test_script_versions (Place        *place,
                      gconstpointer data)
{
  g_autoptr (SideScript) one = make_script (1);
  g_autoptr (SideScript) two = make_script (2);
  g_autoptr (SideReview) review = side_review_new (UUID_R, "tea", "a", UUID_S, 1);
  g_autoptr (SideDocument) second = side_wire_document_for_script (two);
  g_autoptr (SideDocument) third = NULL;

  place->old_script = side_wire_document_for_script (one);
  place->old_script->revision = 1;
  side_review_set_answer (review, "hello", 1.0, NOON, -1);
  review->finished_ms = NOON;
  third = side_wire_document_for_review (review);
  add_call (place, "a");
  add_document (place, second, 2);
  add_document (place, third, 1);
  side_sync_start (place->sync);
  wait_for (place, UUID_S, ask_script, has_script);
  wait_for (place, "a", ask_score, has_score);
}

static gboolean
nothing_unsent (gpointer data)
{
  return side_store_get_outbox_length (((Place *) data)->store) == 0;
}

static void
write_here (Place        *place,
            SideDocument *document)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_store_put_document_async (place->store, document, TRUE, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the document to be written");
  g_assert_true (side_store_put_document_finish (place->store, result, NULL));
}

/* The server comes back with another archive, whose numbers are lower than
 * those the cache has: what is in it comes all the same, what is here stays,
 * and what was written meanwhile is sent. */
static void
test_epoch (Place        *place,
            gconstpointer data)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "after", 1000, 2000);
  g_autoptr (SideDocument) document = side_wire_document_for_annotation (note);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("before-%d", i);

      add_call (place, id);
    }
  side_sync_start (place->sync);
  wait_for (place, "before-19", ask_call, has_call);
  side_test_run_for (200);
  side_sync_stop (place->sync);
  write_here (place, document);

  side_sync_start (place->sync);
  place->epoch = "two";
  g_ptr_array_set_size (place->calls, 0);
  add_call (place, "after");
  open_session (place);
  wait_for (place, "after", ask_call, has_call);
  wait_for (place, "before-3", ask_call, has_call);
  side_test_wait_until (nothing_unsent, place, WAIT_MS, "the note to be sent");
  g_assert_cmpuint (place->n_put, >=, 1);   /* once more if the first was under way: the server knows it again */
}

/* A server that was put back without noticing has fewer changes than we had of
 * it, and says so: all is fetched again. */
static void
test_put_back (Place        *place,
               gconstpointer data)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "after", 1000, 2000);
  g_autoptr (SideDocument) document = side_wire_document_for_annotation (note);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("before-%d", i);

      add_call (place, id);
    }
  side_sync_start (place->sync);
  wait_for (place, "before-19", ask_call, has_call);
  side_test_run_for (200);
  side_sync_stop (place->sync);
  write_here (place, document);

  g_ptr_array_set_size (place->calls, 3);
  add_call (place, "after");
  side_sync_start (place->sync);
  wait_for (place, "after", ask_call, has_call);
  wait_for (place, "before-19", ask_call, has_call);
  side_test_wait_until (nothing_unsent, place, WAIT_MS, "the note to be sent");
}

static gboolean
one_is_left (gpointer data)
{
  Place *place = data;
  guint refused;

  g_object_get (place->store, "refused", &refused, NULL);
  return refused == 1 && side_store_get_outbox_length (place->store) == 1 && place->n_put == 1;
}

/* What the rules do not allow is asked once, kept, and holds nothing back. */
static void
test_refused (Place        *place,
              gconstpointer data)
{
  g_autoptr (SidePlan) plan = side_plan_new (UUID_S, "tea", "November");
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "after", 1000, 2000);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideDocument) behind = side_wire_document_for_annotation (note);

  plan->script = g_strdup (UUID_R);
  document = side_wire_document_for_plan (plan);
  write_here (place, document);
  write_here (place, behind);
  side_sync_start (place->sync);
  side_test_wait_until (one_is_left, place, WAIT_MS, "the plan to be set aside");
  side_sync_run_now (place->sync);
  side_test_run_for (300);
  g_assert_cmpuint (place->n_refused, ==, 1);
}

static void
ask_annotation (Place               *place,
                const char          *id,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  side_store_get_document_async (place->store, "annotation", id, NULL, callback, data);
}

static gboolean
has_annotation (Place        *place,
                GAsyncResult *result)
{
  g_autoptr (SideDocument) note = side_store_get_document_finish (place->store, result, NULL);

  return note != NULL;
}

/* What a colleague writes comes when the server hints at it, long before the next turn. */
static void
test_hint (Place        *place,
           gconstpointer data)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "a", 1000, 2000);
  g_autoptr (SideDocument) document = side_wire_document_for_annotation (note);

  add_call (place, "a");
  side_sync_start (place->sync);
  wait_for (place, "a", ask_call, has_call);
  side_test_run_for (200);
  add_document (place, document, 1);
  g_signal_emit_by_name (place->link, "documents");
  wait_for (place, UUID_A, ask_annotation, has_annotation);
}

static void
limit_disk (rlim_t bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

typedef struct {
  guint n_failed, n_written;
} Told;

static void
written_cb (SideSync     *sync,
            const GError *error,
            Told         *told)
{
  if (error != NULL)
    told->n_failed++;
  else
    told->n_written++;
}

static gboolean
told_failure (gpointer told)
{
  return ((Told *) told)->n_failed > 0;
}

static gboolean
told_success (gpointer told)
{
  return ((Told *) told)->n_written > 0;
}

/* A call that ends while there is no room: it is said, and the call comes with
 * a later run though the one before went as far. */
static void
test_no_room (Place        *place,
              gconstpointer data)
{
  g_autoptr (SideCall) call = NULL;
  Told told = { 0 };

  add_call (place, "a");
  side_sync_start (place->sync);
  wait_for (place, "a", ask_call, has_call);
  side_test_run_for (200);
  g_signal_connect (place->sync, "written", G_CALLBACK (written_cb), &told);
  limit_disk (0);
  add_call (place, "b");
  call = side_call_copy (g_ptr_array_index (place->calls, 1));
  side_sync_add_call (place->sync, call);
  side_test_wait_until (told_failure, &told, WAIT_MS, "the word that there is no room");
  limit_disk (RLIM_INFINITY);
  g_assert_cmpuint (told.n_written, ==, 0);
  side_sync_run_now (place->sync);
  side_test_wait_until (told_success, &told, WAIT_MS, "the word that there is room again");
  wait_for (place, "b", ask_call, has_call);
  g_signal_handlers_disconnect_by_data (place->sync, &told);
}

static void
incomplete_cb (SideSync   *sync,
               GParamSpec *pspec,
               GString    *told)
{
  g_string_append (told, side_sync_is_incomplete (sync) ? "incomplete " : "whole ");
}

static gboolean
is_whole (gpointer data)
{
  return g_str_has_suffix (((GString *) data)->str, "whole ");
}

/* Who has not met the server before is told until all has come, and never again. */
static void
test_incomplete (Place        *place,
                 gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);

  add_call (place, "a");
  g_assert_false (side_sync_is_incomplete (place->sync));
  g_signal_connect (place->sync, "notify::incomplete", G_CALLBACK (incomplete_cb), told);
  side_sync_start (place->sync);
  side_test_wait_until (is_whole, told, WAIT_MS, "the first meeting to be over");
  g_assert_cmpstr (told->str, ==, "incomplete whole ");
  wait_for (place, "a", ask_call, has_call);

  side_sync_stop (place->sync);
  side_test_run_for (100);
  add_call (place, "b");
  side_sync_start (place->sync);
  wait_for (place, "b", ask_call, has_call);
  side_test_run_for (100);
  g_assert_cmpstr (told->str, ==, "incomplete whole ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/script-versions", Place, NULL, set_up, test_script_versions, tear_down);
  g_test_add ("/sync/hint", Place, NULL, set_up, test_hint, tear_down);
  g_test_add ("/sync/put-back", Place, NULL, set_up, test_put_back, tear_down);
  g_test_add ("/sync/incomplete", Place, NULL, set_up, test_incomplete, tear_down);
  g_test_add ("/sync/epoch", Place, NULL, set_up, test_epoch, tear_down);
  g_test_add ("/sync/refused", Place, NULL, set_up, test_refused, tear_down);
  g_test_add ("/sync/no-room", Place, NULL, set_up, test_no_room, tear_down);
  return g_test_run ();
}
