/* test-link-recording.c - a recording comes whole, or not at all
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "link-peer.h"
#include "side-test.h"

#define WAIT_MS 10000
#define BYTES   (700 * 1024 + 13)   /* more than two chunks */

typedef struct {
  char       *dir;
  char       *path;
  char       *part;
  guint8     *data;
  char       *sha256;
  LinkServer *server;
  SideLink   *link;
  gboolean    no_ranges;     /* the server sends all whatever was asked */
  gboolean    no_etag;
  const char *other_etag;
  guint       n_progress;
  goffset     last_done;
  goffset     last_total;
} Fixture;

static void
serve (LinkServer        *server,
       SoupServerMessage *message,
       gpointer           user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *range = link_server_get_header (server, "range");
  g_autofree char *etag = g_strdup_printf ("\"%s\"", fixture->other_etag ? fixture->other_etag : fixture->sha256);
  guint64 from = 0;

  if (range != NULL && !fixture->no_ranges)
    g_assert_true (g_str_has_prefix (range, "bytes=") && g_str_has_suffix (range, "-"));
  if (range != NULL && !fixture->no_ranges)
    from = g_ascii_strtoull (range + strlen ("bytes="), NULL, 10);
  if (from >= BYTES)
    {
      soup_server_message_set_status (message, 416, NULL);
      return;
    }
  if (!fixture->no_etag)
    soup_message_headers_replace (headers, "ETag", etag);
  soup_server_message_set_response (message, "audio/wav", SOUP_MEMORY_COPY, (const char *) fixture->data + from, BYTES - from);
  if (from > 0)
    soup_message_headers_set_content_range (headers, (goffset) from, BYTES - 1, BYTES);
  /* Without a range of its own doing libsoup would cut once more. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  soup_server_message_set_status (message, from > 0 ? 206 : 200, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  fixture->dir = side_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->dir, "call.wav", NULL);
  fixture->part = g_strconcat (fixture->path, ".part", NULL);
  fixture->data = g_malloc (BYTES);
  for (gsize i = 0; i < BYTES; i++)
    fixture->data[i] = (guint8) g_rand_int (rand);
  fixture->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, fixture->data, BYTES);
  fixture->server = link_server_new (NULL);
  fixture->server->handler = serve;
  fixture->server->handler_data = fixture;
  fixture->link = g_object_new (SIDE_TYPE_LINK, "base-uri", fixture->server->uri, "timeout-s", 1, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_test_rm_rf (fixture->dir);
  g_object_unref (fixture->link);
  link_server_free (fixture->server);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->part);
  g_free (fixture->data);
  g_free (fixture->sha256);
}

static void
on_progress (goffset  done,
             goffset  total,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_progress++;
  g_assert_cmpint (done, >, fixture->last_done);
  fixture->last_done = done;
  fixture->last_total = total;
}

static char *
fetch (Fixture     *fixture,
       SideLink    *link,
       const char  *sha256,
       GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_link_fetch_recording_async (link, "rec/1", fixture->path, sha256, on_progress, fixture, NULL,
                                   side_test_async_cb, &result);
  side_test_wait_result (&result, WAIT_MS, "the recording");
  return side_link_fetch_recording_finish (link, result, error);
}

static void
assert_file (const char   *path,
             const guint8 *data,
             gsize         n)
{
  g_autofree char *contents = NULL;
  gsize len;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, &len, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (contents, len, data, n);
}

static void
assert_nothing (Fixture *fixture)
{
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
}

static void
assert_whole (Fixture *fixture,
              char    *hash,
              GError  *error)
{
  g_assert_no_error (error);
  g_assert_cmpstr (hash, ==, fixture->sha256);
  assert_file (fixture->path, fixture->data, BYTES);
  g_assert_false (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
  g_free (hash);
}

static void
leave_part (Fixture      *fixture,
            const guint8 *data,
            gsize         n)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->part, (const char *) data, (gssize) n, &error);
  g_assert_no_error (error);
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  assert_whole (fixture, fetch (fixture, fixture->link, NULL, &error), error);
  g_assert_cmpstr (g_ptr_array_index (fixture->server->seen, 0), ==, "GET /recordings/rec/1");
  g_assert_cmpuint (fixture->n_progress, ==, 3);
  g_assert_cmpint (fixture->last_done, ==, BYTES);
  g_assert_cmpint (fixture->last_total, ==, BYTES);
}

static void
test_resumed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *etag = g_strdup_printf ("\"%s\"", fixture->sha256);
  g_autoptr (GError) error = NULL;

  leave_part (fixture, fixture->data, 300000);
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
  g_assert_cmpstr (link_server_get_header (fixture->server, "range"), ==, "bytes=300000-");
  g_assert_cmpstr (link_server_get_header (fixture->server, "if-range"), ==, etag);
  g_assert_cmpint (fixture->last_total, ==, BYTES);
}

static void
test_range_ignored (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->no_ranges = TRUE;
  leave_part (fixture, fixture->data, 300000);
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
}

static void
test_unknown_hash_starts_anew (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->no_etag = TRUE;
  leave_part (fixture, (const guint8 *) "something else", 14);
  assert_whole (fixture, fetch (fixture, fixture->link, NULL, &error), error);
  g_assert_null (link_server_get_header (fixture->server, "range"));
}

static void
test_part_is_whole (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  leave_part (fixture, fixture->data, BYTES);
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
  g_assert_cmpuint (fixture->server->seen->len, ==, 0);
}

static void
test_part_is_too_long (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree guint8 *longer = g_malloc0 (BYTES + 100);
  g_autoptr (GError) error = NULL;

  leave_part (fixture, longer, BYTES + 100);
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
  g_assert_cmpuint (fixture->server->seen->len, ==, 2);
}

static void
test_part_is_wrong (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree guint8 *wrong = g_malloc0 (1000);
  g_autoptr (GError) error = NULL;

  leave_part (fixture, wrong, 1000);
  g_assert_null (fetch (fixture, fixture->link, fixture->sha256, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  assert_nothing (fixture);
  g_clear_error (&error);
  fixture->last_done = 0;
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
}

static void
test_wrong_hash (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *other = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;

  /* The server says at once that it has another one. */
  g_assert_null (fetch (fixture, fixture->link, other, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  g_assert_cmpuint (fixture->n_progress, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* It does not say, and it is found out at the end. */
  g_clear_error (&error);
  fixture->no_etag = TRUE;
  g_assert_null (fetch (fixture, fixture->link, other, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  assert_nothing (fixture);

  /* What comes is not what the ETag says. */
  g_clear_error (&error);
  fixture->no_etag = FALSE;
  fixture->other_etag = other;
  fixture->last_done = 0;
  g_assert_null (fetch (fixture, fixture->link, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  assert_nothing (fixture);
}

static void
test_keeps_the_old (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *other = g_strnfill (64, 'a');
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, "good", 4, &error);
  g_assert_no_error (error);
  g_assert_null (fetch (fixture, fixture->link, other, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  assert_file (fixture->path, (const guint8 *) "good", 4);
}

/* A peer that sends the first 400 000 bytes and then does as it was told. */
static RawPeer *
half_peer (Fixture *fixture,
           RawEnd   end)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  g_string_append_printf (bytes, "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nETag: \"%s\"\r\nContent-Length: %d\r\n\r\n",
                          fixture->sha256, BYTES);
  g_string_append_len (bytes, (const char *) fixture->data, 400000);
  return raw_peer_new (bytes->str, (gssize) bytes->len, end);
}

static void
test_broken_off (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (RawPeer) peer = half_peer (fixture, RAW_HALF_CLOSE);
  g_autoptr (SideLink) link = g_object_new (SIDE_TYPE_LINK, "base-uri", peer->uri, "timeout-s", 1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (fixture, link, fixture->sha256, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  assert_file (fixture->part, fixture->data, 400000);
  g_clear_error (&error);
  fixture->last_done = 0;
  assert_whole (fixture, fetch (fixture, fixture->link, fixture->sha256, &error), error);
  g_assert_cmpstr (link_server_get_header (fixture->server, "range"), ==, "bytes=400000-");
}

static void
test_stalled (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RawPeer) peer = half_peer (fixture, RAW_HOLD);
  g_autoptr (SideLink) link = g_object_new (SIDE_TYPE_LINK, "base-uri", peer->uri, "timeout-s", 1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (fixture, link, fixture->sha256, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT);
  assert_file (fixture->part, fixture->data, 400000);
}

static gboolean
has_progress (gpointer data)
{
  return ((Fixture *) data)->n_progress > 0;
}

static void
test_cancelled_and_busy (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (RawPeer) peer = half_peer (fixture, RAW_HOLD);
  g_autoptr (SideLink) link = g_object_new (SIDE_TYPE_LINK, "base-uri", peer->uri, "timeout-s", 30, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  side_link_fetch_recording_async (link, "r", fixture->path, fixture->sha256, on_progress, fixture, cancellable,
                                   side_test_async_cb, &result);
  side_test_wait_until (has_progress, fixture, WAIT_MS, "the first chunk");
  side_link_fetch_recording_async (link, "r", fixture->path, fixture->sha256, NULL, NULL, NULL, side_test_async_cb, &second);
  side_test_wait_result (&second, WAIT_MS, "the second fetch to be refused");
  g_assert_null (side_link_fetch_recording_finish (link, second, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_BUSY);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  side_test_wait_result (&result, WAIT_MS, "the fetch to be taken back");
  g_assert_null (side_link_fetch_recording_finish (link, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
  g_assert_true (g_file_test (fixture->part, G_FILE_TEST_EXISTS));
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->server->handler = NULL;
  link_server_answer (fixture->server, "GET /recordings/rec/1", 404, "application/problem+json",
                      "{\"code\":\"not-found\",\"detail\":\"no such recording\"}");
  g_assert_null (fetch (fixture, fixture->link, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "no such recording");
  g_clear_error (&error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->dir, "no", "such", "folder", NULL);
  g_assert_null (fetch (fixture, fixture->link, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
}

/* The name of the part is known beforehand: a link there is not followed. */
static void
test_link_in_the_way (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *victim = g_build_filename (fixture->dir, "victim", NULL);
  g_autoptr (GFile) part = g_file_new_for_path (fixture->part);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (victim, "mine", 4, &error);
  g_file_make_symbolic_link (part, victim, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (fetch (fixture, fixture->link, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FAILED);
  assert_file (victim, (const guint8 *) "mine", 4);
}

/* A limit on the size of files stands in for a full disk; it holds for the
 * whole process, so the test has one of its own. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  struct rlimit limit = { 100000, 100000 };
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (fetch (fixture, fixture->link, fixture->sha256, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  assert_nothing (fixture);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/link/recording/whole", test_whole);
  ADD ("/link/recording/resumed", test_resumed);
  ADD ("/link/recording/range-ignored", test_range_ignored);
  ADD ("/link/recording/unknown-hash", test_unknown_hash_starts_anew);
  ADD ("/link/recording/part-is-whole", test_part_is_whole);
  ADD ("/link/recording/part-is-too-long", test_part_is_too_long);
  ADD ("/link/recording/part-is-wrong", test_part_is_wrong);
  ADD ("/link/recording/wrong-hash", test_wrong_hash);
  ADD ("/link/recording/keeps-the-old", test_keeps_the_old);
  ADD ("/link/recording/broken-off", test_broken_off);
  ADD ("/link/recording/stalled", test_stalled);
  ADD ("/link/recording/cancelled-and-busy", test_cancelled_and_busy);
  ADD ("/link/recording/refusals", test_refusals);
  ADD ("/link/recording/link-in-the-way", test_link_in_the_way);
  ADD ("/link/recording/full-disk", test_full_disk);
  return g_test_run ();
}
