/* test-store.c - what a store keeps it gives back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-event.h"
#include "side-wire.h"
#include "test-store-kit.h"

static void
test_new_destroy (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (KIT_NOW_MS);
  SideStore *store = side_store_new ("/nowhere/cache.db", clock);

  g_assert_cmpstr (side_store_get_path (store), ==, "/nowhere/cache.db");
  g_assert_false (side_store_is_open (store));
  g_assert_finalize_object (store);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    count)
{
  (*(int *) count)++;
}

static void
test_properties (void)
{
  Kit kit;
  int opened = 0;
  int limit = 0;
  int outbox = 0;
  guint length;

  kit_make (&kit);
  g_signal_connect (kit.store, "notify::opened", G_CALLBACK (count_notify), &opened);
  g_signal_connect (kit.store, "notify::recordings-limit", G_CALLBACK (count_notify), &limit);
  g_signal_connect (kit.store, "notify::outbox-length", G_CALLBACK (count_notify), &outbox);
  kit_open (&kit);
  g_assert_cmpint (opened, ==, 1);
  side_store_set_recordings_limit (kit.store, 5000);
  side_store_set_recordings_limit (kit.store, 5000);
  g_assert_cmpint (limit, ==, 1);
  g_assert_cmpuint (side_store_get_recordings_limit (kit.store), ==, 5000);
  g_assert_cmpint (outbox, ==, 0);
  kit_put_local (&kit, "annotation", "00000000-0000-4000-8000-000000000001", NULL, "{}");
  g_assert_cmpint (outbox, ==, 1);
  g_object_get (kit.store, "outbox-length", &length, NULL);
  g_assert_cmpuint (length, ==, 1);
  kit_clear (&kit);
}

static void
test_not_open (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  g_assert_null (KIT_WAIT (kit.store, side_store_get_call, &error, "1"));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  kit_open (&kit);
  kit_close (&kit);
  g_clear_error (&error);
  g_assert_null (KIT_WAIT (kit.store, side_store_get_call, &error, "1"));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  kit_open (&kit);
  kit_clear (&kit);
}

/* Every member of SideCall set to something, by its own table. */
static SideCall *
full_call (const char *id)
{
  SideCall *call = side_call_new (id);
  gsize n;
  const SideField *fields = side_call_get_fields (&n);

  for (gsize i = 0; i < n; i++)
    {
      guint8 *member = (guint8 *) call + fields[i].offset;
      g_autofree char *text = g_strdup_printf ("%s \"ё\" %zu", fields[i].name, i);

      if (fields[i].type == SIDE_FIELD_STRING && g_strcmp0 (fields[i].name, "id") != 0)
        *(char **) member = g_strdup (text);
      else if (fields[i].type == SIDE_FIELD_INTERNED)
        *(const char **) member = g_intern_string (text);
      else if (fields[i].type == SIDE_FIELD_INT || fields[i].type == SIDE_FIELD_BOOLEAN || fields[i].type == SIDE_FIELD_WORD)
        *(int *) member = 1;
      else if (fields[i].type == SIDE_FIELD_INT64)
        *(gint64 *) member = G_GINT64_CONSTANT (1795000000000) + (gint64) i;
      else
        g_assert_cmpstr (fields[i].name, ==, "id");
    }
  return call;
}

static void
test_calls (void)
{
  Kit kit;
  g_autoptr (SideCall) full = full_call ("1795000000.17");
  g_autoptr (SideCall) bare = kit_call ("1795000000.18", KIT_NOW_MS);
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_call (&kit, full);
  kit_put_call (&kit, bare);
  for (int round = 0; round < 2; round++)
    {
      g_autoptr (SideCall) got_full = kit_get_call (&kit, full->id);
      g_autoptr (SideCall) got_bare = kit_get_call (&kit, bare->id);

      g_assert_true (side_call_equal (got_full, full));
      g_assert_true (side_call_equal (got_bare, bare));
      g_assert_cmpfloat (got_full->score, ==, -1.0);
      kit_reopen (&kit);
    }
  g_assert_null (KIT_WAIT (kit.store, side_store_get_call, &error, "nobody"));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  kit_clear (&kit);
}

static void
put_with_change (Kit        *kit,
                 const char *note,
                 gint64      change)
{
  g_autoptr (SideCall) call = kit_call ("1", KIT_NOW_MS);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  call->note = g_strdup (note);
  g_ptr_array_add (calls, call);
  g_array_append_val (changes, change);
  KIT_WAIT (kit->store, side_store_put_calls, &error, calls, changes);
  g_assert_no_error (error);
}

static void
assert_note (Kit        *kit,
             const char *note)
{
  g_autoptr (SideCall) call = kit_get_call (kit, "1");

  g_assert_cmpstr (call->note, ==, note);
}

/* A page of history that was under way must not undo what came live. */
static void
test_late_change (void)
{
  Kit kit;

  kit_make (&kit);
  kit_open (&kit);
  put_with_change (&kit, "five", 5);
  put_with_change (&kit, "four", 4);
  assert_note (&kit, "five");
  put_with_change (&kit, "live", 0);
  assert_note (&kit, "live");
  put_with_change (&kit, "four", 4);
  assert_note (&kit, "live");
  put_with_change (&kit, "six", 6);
  assert_note (&kit, "six");
  kit_clear (&kit);
}

/* One that cannot be written takes back those before it, new names too. */
static void
test_all_or_none (void)
{
  Kit kit;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (SideCall) after = kit_call ("after", KIT_NOW_MS);
  g_autoptr (SideCall) got = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  g_ptr_array_add (calls, kit_call ("1", KIT_NOW_MS));
  g_ptr_array_add (calls, kit_call (NULL, KIT_NOW_MS));
  ((SideCall *) calls->pdata[0])->queue = g_intern_static_string ("never written");
  KIT_WAIT (kit.store, side_store_put_calls, &error, calls, NULL);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 0);
  kit_put_call (&kit, after);
  kit_reopen (&kit);
  got = kit_get_call (&kit, "after");
  g_assert_true (side_call_equal (got, after));
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1);
  kit_clear (&kit);
}

static void
take_ids (SideStore  *store,
          char      **ids,
          GPtrArray  *seen)
{
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (seen, g_strdup (ids[i]));
}

static void
take_document (SideStore  *store,
               const char *kind,
               const char *id,
               const char *call,
               GPtrArray  *seen)
{
  g_ptr_array_add (seen, g_strdup_printf ("%s %s %s", kind, id, call));
}

static void
test_signals (void)
{
  Kit kit;
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SideCall) call = kit_call ("call-1", KIT_NOW_MS);

  kit_make (&kit);
  kit_open (&kit);
  g_signal_connect (kit.store, "calls-changed", G_CALLBACK (take_ids), seen);
  g_signal_connect (kit.store, "documents-changed", G_CALLBACK (take_document), seen);
  kit_put_call (&kit, call);
  kit_put_local (&kit, "annotation", "a", "call-1", "{}");
  kit_put_remote (&kit, "script", "s", NULL, "{}", 1);
  g_assert_cmpuint (seen->len, ==, 3);
  g_assert_cmpstr (seen->pdata[0], ==, "call-1");
  g_assert_cmpstr (seen->pdata[1], ==, "annotation a call-1");
  g_assert_cmpstr (seen->pdata[2], ==, "script s ");
  /* The same version again changes nothing. */
  kit_put_remote (&kit, "script", "s", NULL, "{}", 1);
  g_assert_cmpuint (seen->len, ==, 3);
  kit_clear (&kit);
}

static void
test_events (void)
{
  Kit kit;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) got = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4; i++)
    {
      SideEvent *event = side_event_new (SIDE_EVENT_CALL_JOINED + i, KIT_NOW_MS + i, "shop");

      event->seq = 100 - (guint64) i;   /* their order is the caller's, not the numbers' */
      event->call = g_strdup ("call-1");
      event->queue = g_intern_static_string ("orders");
      g_ptr_array_add (events, event);
    }
  kit_make (&kit);
  kit_open (&kit);
  KIT_WAIT (kit.store, side_store_put_call_events, &error, "call-1", events);
  g_assert_no_error (error);
  g_ptr_array_remove_index (events, 3);
  KIT_WAIT (kit.store, side_store_put_call_events, &error, "call-1", events);
  g_assert_no_error (error);
  kit_reopen (&kit);
  got = KIT_WAIT (kit.store, side_store_get_call_events, &error, "call-1");
  g_assert_no_error (error);
  g_assert_cmpuint (got->len, ==, 3);
  for (guint i = 0; i < got->len; i++)
    g_assert_true (side_event_equal (got->pdata[i], events->pdata[i]));
  none = KIT_WAIT (kit.store, side_store_get_call_events, &error, "call-2");
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  kit_clear (&kit);
}

static void
test_documents (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) of_call = NULL;
  g_autoptr (GPtrArray) scripts = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autofree char *body = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"text\":\"one\"}", 3);
  kit_put_remote (&kit, "annotation", "a", "call-1", "{\"text\":\"old\"}", 2);
  kit_put_remote (&kit, "annotation", "b", "call-2", "{}", 1);
  kit_put_remote (&kit, "review", "c", "call-1", "{}", 1);
  kit_put_remote (&kit, "script", "d", NULL, "{}", 1);
  kit_put_remote (&kit, "script", "e", NULL, NULL, 1);
  body = kit_body (&kit, "annotation", "a");
  g_assert_cmpstr (body, ==, "{\"text\":\"one\"}");
  of_call = KIT_WAIT (kit.store, side_store_list_documents, &error, NULL, NULL, "call-1");
  g_assert_no_error (error);
  g_assert_cmpuint (of_call->len, ==, 2);
  scripts = KIT_WAIT (kit.store, side_store_list_documents, &error, "script", "shop", NULL);
  g_assert_cmpuint (scripts->len, ==, 1);
  elsewhere = KIT_WAIT (kit.store, side_store_list_documents, &error, "script", "other", NULL);
  g_assert_cmpuint (elsewhere->len, ==, 0);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  kit_clear (&kit);
}

static void
test_changes (void)
{
  Kit kit;
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_get_change, &error), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = kit_uuid (i);
      SideDocument *document = kit_document ("annotation", id, "call-1", "{}");

      document->revision = 1;
      document->change = 40 + i;
      g_ptr_array_add (documents, document);
    }
  KIT_WAIT (kit.store, side_store_apply_changes, &error, documents, 42);
  g_assert_no_error (error);
  kit_reopen (&kit);
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_get_change, &error), ==, 42);
  g_assert_no_error (error);
  kit_clear (&kit);
}

static void
test_texts (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *board = NULL;
  g_autofree char *value = NULL;
  guint64 seq = 0;
  gint64 taken = 0;

  kit_make (&kit);
  kit_open (&kit);
  KIT_WAIT (kit.store, side_store_put_snapshot, &error, "", "{\"calls\":[]}", G_MAXINT64, KIT_NOW_MS);
  KIT_WAIT (kit.store, side_store_put_snapshot, &error, "", "{\"calls\":[1]}", 78, KIT_NOW_MS + 1);
  g_assert_no_error (error);
  side_store_get_snapshot_async (kit.store, "", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "the snapshot");
  board = side_store_get_snapshot_finish (kit.store, result, &seq, &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (board, ==, "{\"calls\":[1]}");
  g_assert_cmpuint (seq, ==, 78);
  g_assert_cmpint (taken, ==, KIT_NOW_MS + 1);
  g_clear_object (&result);
  side_store_get_snapshot_async (kit.store, "shoes", NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "no snapshot");
  g_assert_null (side_store_get_snapshot_finish (kit.store, result, NULL, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&result);

  KIT_WAIT (kit.store, side_store_put_setting, &error, "sort", "time");
  value = KIT_WAIT (kit.store, side_store_get_setting, &error, "sort");
  g_assert_cmpstr (value, ==, "time");
  KIT_WAIT (kit.store, side_store_put_setting, &error, "sort", NULL);
  g_assert_null (KIT_WAIT (kit.store, side_store_get_setting, &error, "sort"));
  g_assert_no_error (error);
  kit_clear (&kit);
}

/* One criterion of weight 60 and one of 40. */
static char *
script_body (const char *script,
             int         version,
             double      first)
{
  g_autoptr (SideScript) made = side_script_new (script, "shop", "Order", version);
  SideSection *section = side_script_add_section (made, "s", "Greeting");

  side_section_add_criterion (section, "hello", "Greets", first);
  side_section_add_criterion (section, "name", "Names the shop", 100 - first);
  return side_wire_script_to_json (made);
}

static char *
review_body (const char *id,
             const char *script,
             int         version,
             double      hello,
             gint64      finished_ms)
{
  g_autoptr (SideReview) review = side_review_new (id, "shop", "call-1", script, version);

  g_free (review->reviewer);
  review->reviewer = g_strdup ("olga");
  review->started_ms = KIT_NOW_MS;
  review->changed_ms = KIT_NOW_MS;
  review->finished_ms = finished_ms;
  side_review_set_answer (review, "hello", hello, KIT_NOW_MS, -1);
  side_review_set_answer (review, "name", 1.0, KIT_NOW_MS, -1);
  return side_wire_review_to_json (review);
}

static void
assert_score (Kit    *kit,
              double  score)
{
  g_autoptr (SideCall) call = kit_get_call (kit, "call-1");

  g_assert_cmpfloat_with_epsilon (call->score, score, 1e-9);
}

static void
test_score (void)
{
  Kit kit;
  g_autoptr (SideCall) call = kit_call ("call-1", KIT_NOW_MS);
  g_autofree char *script = kit_uuid (1);
  g_autofree char *first = kit_uuid (2);
  g_autofree char *second = kit_uuid (3);
  g_autofree char *v1 = script_body (script, 1, 60);
  g_autofree char *v2 = script_body (script, 2, 20);
  g_autofree char *draft = review_body (first, script, 1, 0.0, 0);
  g_autofree char *finished = review_body (first, script, 1, 0.0, KIT_NOW_MS);
  g_autofree char *later = review_body (second, script, 2, 0.0, KIT_NOW_MS + 1);

  kit_make (&kit);
  kit_open (&kit);
  /* The review comes before its call and before its script. */
  kit_put_remote (&kit, "review", first, "call-1", finished, 1);
  kit_put_call (&kit, call);
  assert_score (&kit, -1);
  kit_put_remote (&kit, "script", script, NULL, v1, 1);
  assert_score (&kit, 40);
  /* A new version of the script changes nothing for the old review. */
  kit_put_remote (&kit, "script", script, NULL, v2, 2);
  assert_score (&kit, 40);
  /* A call told again by the server keeps its score. */
  kit_put_call (&kit, call);
  assert_score (&kit, 40);
  kit_put_local (&kit, "review", second, "call-1", later);
  assert_score (&kit, 80);
  kit_reopen (&kit);
  assert_score (&kit, 80);
  kit_put_local (&kit, "review", second, "call-1", NULL);
  assert_score (&kit, 40);
  kit_put_local (&kit, "review", first, "call-1", draft);
  assert_score (&kit, -1);
  kit_clear (&kit);
}

/* What measures the reviewer is no score of the call; what is being revised
 * counts as it was sealed. */
static void
test_score_counts (void)
{
  Kit kit;
  g_autoptr (SideCall) call = kit_call ("call-1", KIT_NOW_MS);
  g_autofree char *script = kit_uuid (1);
  g_autofree char *first = kit_uuid (2);
  g_autofree char *second = kit_uuid (3);
  g_autofree char *v1 = script_body (script, 1, 60);
  g_autofree char *finished = review_body (first, script, 1, 0.0, KIT_NOW_MS);
  g_autofree char *repeat = NULL;
  g_autofree char *revised = NULL;
  g_autoptr (SideReview) review = side_wire_review_from_json (finished, -1, NULL);

  kit_make (&kit);
  kit_open (&kit);
  kit_put_call (&kit, call);
  kit_put_remote (&kit, "script", script, NULL, v1, 1);
  kit_put_remote (&kit, "review", first, "call-1", finished, 1);
  assert_score (&kit, 40);
  {
    g_autofree char *body = review_body (second, script, 1, 1.0, KIT_NOW_MS + 1);
    g_autoptr (SideReview) again = side_wire_review_from_json (body, -1, NULL);

    again->selection = SIDE_SELECTION_REPEAT;
    repeat = side_wire_review_to_json (again);
  }
  kit_put_remote (&kit, "review", second, "call-1", repeat, 1);
  assert_score (&kit, 40);
  side_review_reopen (review, "olga", "misheard", KIT_NOW_MS + 2);
  side_review_set_answer (review, "hello", 1.0, KIT_NOW_MS + 2, -1);
  revised = side_wire_review_to_json (review);
  kit_put_local (&kit, "review", first, "call-1", revised);
  assert_score (&kit, 40);
  kit_clear (&kit);
}

static void
test_forget (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_autofree char *sent = NULL;

  kit_make (&kit);
  kit_open (&kit);
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%d", i);
      g_autoptr (SideCall) call = kit_call (id, KIT_NOW_MS + i);

      kit_put_call (&kit, call);
    }
  kit_put_local (&kit, "annotation", "mine", "call-1", "{\"text\":\"unsent\"}");
  kit_put_remote (&kit, "annotation", "theirs", "call-2", "{}", 1);
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_forget_calls, &error, KIT_NOW_MS + 4), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 4);
  body = kit_body (&kit, "annotation", "mine");
  g_assert_cmpstr (body, ==, "{\"text\":\"unsent\"}");
  sent = kit_body (&kit, "annotation", "theirs");
  g_assert_cmpstr (sent, ==, "{}");
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  g_assert_cmpint (kit_count (&kit, "unsent"), ==, 1);
  kit_clear (&kit);
}

static void
test_cancel (void)
{
  Kit kit;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  g_ptr_array_add (calls, kit_call ("1", KIT_NOW_MS));
  g_cancellable_cancel (cancellable);
  side_store_put_calls_async (kit.store, calls, NULL, cancellable, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "the cancelled put");
  g_assert_false (side_store_put_calls_finish (kit.store, result, &error));
  g_assert_true (side_error_is_cancelled (error));
  g_clear_object (&result);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 0);
  kit_clear (&kit);
}

/* Both are done when they are taken back, and nobody was told yet. */
static void
test_cancel_late (void)
{
  Kit kit;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) put = NULL, listed = NULL;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  g_ptr_array_add (calls, kit_call ("1", KIT_NOW_MS));
  side_store_put_calls_async (kit.store, calls, NULL, cancellable, side_test_async_cb, &put);
  side_store_list_documents_async (kit.store, "tag", NULL, NULL, cancellable, side_test_async_cb, &listed);
  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&listed, KIT_TIMEOUT_MS, "the answer that was taken back");
  g_assert_true (side_store_put_calls_finish (kit.store, put, &error));
  g_assert_no_error (error);
  documents = side_store_list_documents_finish (kit.store, listed, &error);
  g_assert_null (documents);
  g_assert_true (side_error_is_cancelled (error));
  g_clear_object (&put);
  g_clear_object (&listed);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1);
  kit_clear (&kit);
}

/* A store that goes without being closed has still done what it was asked. */
static void
test_let_go (void)
{
  Kit kit;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  kit_make (&kit);
  kit_open (&kit);
  g_ptr_array_add (calls, kit_call ("1", KIT_NOW_MS));
  side_store_put_calls_async (kit.store, calls, NULL, NULL, NULL, NULL);
  side_test_run_for (1);
  g_object_unref (kit.store);
  kit.store = side_store_new (kit.path, kit.clock);
  kit_open (&kit);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1);
  kit_clear (&kit);
}

static void
test_groups (void)
{
  Kit kit;
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GPtrArray) operators = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GPtrArray) longest = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%d", i);
      g_autoptr (SideCall) call = kit_call (id, KIT_NOW_MS + i);

      call->outcome = i < 3 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_ABANDONED;
      call->operator_id = i < 3 ? g_intern_static_string ("op-7") : NULL;
      call->operator_name = i == 2 ? g_intern_static_string ("Анна С.") : i < 2 ? g_intern_static_string ("Anna") : NULL;
      call->talk_ms = i * 1000;
      kit_put_call (&kit, call);
    }
  operators = KIT_WAIT (kit.store, side_store_group_calls, &error, query, SIDE_CALL_GROUP_OPERATOR);
  g_assert_no_error (error);
  g_assert_cmpuint (operators->len, ==, 2);
  for (guint i = 0; i < operators->len; i++)
    {
      SideCallGroup *group = operators->pdata[i];

      g_assert_cmpuint (group->calls, ==, *group->id == '\0' ? 2 : 3);
      if (*group->id != '\0')
        g_assert_cmpstr (group->name, ==, "Анна С.");
    }
  outcomes = KIT_WAIT (kit.store, side_store_group_calls, &error, query, SIDE_CALL_GROUP_OUTCOME);
  g_assert_cmpuint (outcomes->len, ==, 2);
  g_assert_cmpstr (((SideCallGroup *) outcomes->pdata[0])->id, ==, "abandoned");
  query->sort = SIDE_CALL_SORT_TALK;
  longest = KIT_WAIT (kit.store, side_store_list_calls, &error, query, 2);
  g_assert_cmpuint (longest->len, ==, 2);
  g_assert_cmpstr (((SideCall *) longest->pdata[0])->id, ==, "call-4");
  kit_clear (&kit);
}

/* The schema keeps these numbers: an enumeration may only grow at its end. */
static void
test_numbers_of_words (void)
{
  g_assert_cmpint (SIDE_OUTCOME_ANSWERED, ==, 1);
  g_assert_cmpint (SIDE_OUTCOME_LOST, ==, 9);
  g_assert_cmpint (SIDE_PARTY_SYSTEM, ==, 3);
  g_assert_cmpint (SIDE_TRANSFER_ATTENDED, ==, 2);
  g_assert_cmpint (SIDE_CALLBACK_DONE, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/new-destroy", test_new_destroy);
  g_test_add_func ("/store/properties", test_properties);
  g_test_add_func ("/store/not-open", test_not_open);
  g_test_add_func ("/store/calls", test_calls);
  g_test_add_func ("/store/late-change", test_late_change);
  g_test_add_func ("/store/all-or-none", test_all_or_none);
  g_test_add_func ("/store/signals", test_signals);
  g_test_add_func ("/store/events", test_events);
  g_test_add_func ("/store/documents", test_documents);
  g_test_add_func ("/store/changes", test_changes);
  g_test_add_func ("/store/texts", test_texts);
  g_test_add_func ("/store/score", test_score);
  g_test_add_func ("/store/score-counts", test_score_counts);
  g_test_add_func ("/store/forget", test_forget);
  g_test_add_func ("/store/cancel", test_cancel);
  g_test_add_func ("/store/cancel/late", test_cancel_late);
  g_test_add_func ("/store/let-go", test_let_go);
  g_test_add_func ("/store/groups", test_groups);
  g_test_add_func ("/store/numbers-of-words", test_numbers_of_words);
  return g_test_run ();
}
