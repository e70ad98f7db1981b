/* test-archive-writer.c - the archive's threads when the database will not
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A store of our own says no as often as a test wants; a real one is locked
 * by another process, made read-only, or run into a full disk.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <signal.h>

#include "side-archive.h"
#include "side-error.h"
#include "side-sqlite-store.h"
#include "side-test.h"

/* A store that keeps numbers of audit rows in memory and fails on demand. */

#define STUBBORN_TYPE_STORE (stubborn_store_get_type ())
G_DECLARE_FINAL_TYPE (StubbornStore, stubborn_store, STUBBORN, STORE, GObject)

struct _StubbornStore
{
  GObject    parent_instance;
  GMutex     lock;
  GString   *kept;        /* the objects of the audit rows, in order */
  int        failures;    /* how many writes still fail; -1: all */
  SideError  code;
  guint      n_writes;
  gulong     slow_us;     /* how long each write takes */
};

static gboolean
stubborn_write (SideArchiveStore        *store,
                SideArchiveItem *const  *items,
                guint                    n_items,
                GError                 **error)
{
  StubbornStore *self = STUBBORN_STORE (store);
  gboolean fails;

  g_usleep (self->slow_us);
  g_mutex_lock (&self->lock);
  self->n_writes++;
  fails = self->failures != 0;
  if (self->failures > 0)
    self->failures--;
  for (guint i = 0; !fails && i < n_items; i++)
    g_string_append (self->kept, items[i]->words[2]);
  g_mutex_unlock (&self->lock);
  if (fails)
    g_set_error (error, SIDE_ERROR, (int) self->code, "will not");
  return !fails;
}

static void
stubborn_iface_init (SideArchiveStoreInterface *iface)
{
  iface->write = stubborn_write;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StubbornStore, stubborn_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_ARCHIVE_STORE, stubborn_iface_init))

static void
stubborn_store_finalize (GObject *object)
{
  StubbornStore *self = STUBBORN_STORE (object);

  g_string_free (self->kept, TRUE);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (stubborn_store_parent_class)->finalize (object);
}

static void
stubborn_store_class_init (StubbornStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stubborn_store_finalize;
}

static void
stubborn_store_init (StubbornStore *self)
{
  g_mutex_init (&self->lock);
  self->kept = g_string_new (NULL);
}

static StubbornStore *
stubborn_new (int       failures,
              SideError code)
{
  StubbornStore *self = g_object_new (STUBBORN_TYPE_STORE, NULL);

  self->failures = failures;
  self->code = code;
  return self;
}

static SideArchiveItem *
letter (const char *text)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_AUDIT, 1);

  item->words[1] = g_strdup ("test");
  item->words[2] = g_strdup (text);
  return item;
}

static gboolean
close_archive (SideArchive *archive,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_archive_close_async (archive, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "the archive to close");
  return side_archive_close_finish (archive, result, error);
}

static gboolean
write_now (SideArchive *archive,
           const char  *text,
           GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_archive_write_async (archive, letter (text), NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a write to be answered");
  return side_archive_write_finish (archive, result, NULL, error);
}

static void
failed_cb (SideArchive *archive,
           const char  *message,
           int         *n)
{
  ++*n;
}

static void
test_order (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (0, SIDE_ERROR_FAILED);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;

  side_archive_put (archive, letter ("a"));
  side_archive_put (archive, letter ("b"));
  g_assert_true (write_now (archive, "c", &error));
  side_archive_put (archive, letter ("d"));
  g_assert_true (close_archive (archive, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (store->kept->str, ==, "abcd");
  g_assert_cmpuint (store->n_writes, <=, 3);
  g_assert_false (write_now (archive, "e", &error));
  g_assert_nonnull (error);
}

/* Whoever waits for all of it finds the database at rest, not at work on the last batch. */
static void
test_wait (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (0, SIDE_ERROR_FAILED);
  g_autoptr (SideArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  store->slow_us = 300 * 1000;
  archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  side_archive_put (archive, letter ("a"));
  side_archive_put (archive, letter ("b"));
  side_archive_wait (archive, 0);
  g_mutex_lock (&store->lock);
  g_assert_cmpstr (store->kept->str, ==, "ab");
  g_mutex_unlock (&store->lock);
  g_assert_true (close_archive (archive, &error));
  g_assert_no_error (error);
}

static void
test_retry (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (3, SIDE_ERROR_BUSY);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;
  int n_failed = 0;

  g_signal_connect (archive, "failed", G_CALLBACK (failed_cb), &n_failed);
  side_archive_set_retry (archive, 5, 5);
  side_archive_put (archive, letter ("a"));
  g_assert_true (write_now (archive, "b", &error));
  g_assert_cmpstr (store->kept->str, ==, "ab");
  g_assert_cmpuint (store->n_writes, ==, 4);
  g_assert_cmpint (n_failed, ==, 0);
  g_assert_true (close_archive (archive, &error));
}

static gboolean
has_failed (gpointer data)
{
  return *(int *) data > 0;
}

/* After the last attempt: said once, nothing forgotten, tried again at the end. */
static void
test_failure_keeps_all (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (-1, SIDE_ERROR_BUSY);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;
  int n_failed = 0;

  g_signal_connect (archive, "failed", G_CALLBACK (failed_cb), &n_failed);
  side_archive_set_retry (archive, 2, 5);
  side_archive_put (archive, letter ("a"));
  side_archive_put (archive, letter ("b"));
  side_test_wait_until (has_failed, &n_failed, 5000, "the failure to be told");
  side_archive_put (archive, letter ("c"));
  side_test_run_for (50);
  g_mutex_lock (&store->lock);
  store->failures = 0;
  g_mutex_unlock (&store->lock);
  g_assert_true (close_archive (archive, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (store->kept->str, ==, "abc");
  g_assert_cmpint (n_failed, ==, 1);
}

static void
test_failure_to_the_end (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (-1, SIDE_ERROR_CORRUPT);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;
  int n_failed = 0;

  g_signal_connect (archive, "failed", G_CALLBACK (failed_cb), &n_failed);
  side_archive_put (archive, letter ("a"));
  side_test_wait_until (has_failed, &n_failed, 5000, "the failure to be told");
  /* a damaged file is not tried again and again */
  g_assert_cmpuint (store->n_writes, ==, 1);
  g_assert_false (close_archive (archive, &error));
  g_assert_nonnull (strstr (error->message, "1 items"));
}

static gboolean
is_held (gpointer data)
{
  SideArchiveHealth health;

  side_archive_get_health (data, &health);
  return !health.writable;
}

static gboolean
is_writable (gpointer data)
{
  return !is_held (data);
}

/* A full disk is no end: whoever waits is told at once, the rest is kept. */
static void
test_held (gconstpointer data)
{
  SideError code = (SideError) GPOINTER_TO_INT (data);
  g_autoptr (StubbornStore) store = stubborn_new (-1, code);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;
  SideArchiveHealth health;
  gint64 begun_us = g_get_monotonic_time ();
  int n_failed = 0;

  g_test_expect_message ("side-server", G_LOG_LEVEL_WARNING, "*nothing can be written for now*");
  g_signal_connect (archive, "failed", G_CALLBACK (failed_cb), &n_failed);
  side_archive_put (archive, letter ("a"));
  g_assert_false (write_now (archive, "x", &error));
  g_assert_error (error, SIDE_ERROR, (int) code);
  g_clear_error (&error);
  side_archive_put (archive, letter ("b"));
  g_assert_false (write_now (archive, "y", &error));
  g_assert_error (error, SIDE_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, 2 * G_USEC_PER_SEC);
  side_archive_get_health (archive, &health);
  g_assert_false (health.writable);
  g_assert_cmpint (health.held, ==, (int) code);
  g_assert_cmpuint (health.n_waiting, ==, 2);
  g_assert_cmpuint (health.n_dropped, ==, 0);
  side_archive_wait (archive, 0);   /* does not wait for somebody to make room */
  g_mutex_lock (&store->lock);
  store->failures = 0;
  g_mutex_unlock (&store->lock);
  side_test_wait_until (is_writable, archive, 10000, "the archive to be written again");
  g_assert_true (write_now (archive, "c", &error));
  g_assert_true (close_archive (archive, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (store->kept->str, ==, "abc");
  g_assert_cmpint (n_failed, ==, 0);
  g_test_assert_expected_messages ();
}

/* More than may wait is dropped, counted, and told of by the health alone. */
static void
test_held_for_long (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (-1, SIDE_ERROR_FULL);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;
  SideArchiveHealth health;
  int n_failed = 0;

  g_test_expect_message ("side-server", G_LOG_LEVEL_WARNING, "*nothing can be written for now*");
  g_test_expect_message ("side-server", G_LOG_LEVEL_WARNING, "*not kept*");
  g_signal_connect (archive, "failed", G_CALLBACK (failed_cb), &n_failed);
  side_archive_put (archive, letter ("a"));
  side_test_wait_until (is_held, archive, 5000, "the archive to hold");
  for (guint i = 0; i < SIDE_ARCHIVE_MAX_PENDING + 5; i++)
    side_archive_put (archive, letter ("b"));
  side_archive_get_health (archive, &health);
  g_assert_cmpuint (health.n_waiting, >=, SIDE_ARCHIVE_MAX_PENDING - SIDE_ARCHIVE_MAX_BATCH);
  g_assert_cmpuint (health.n_dropped, >, 0);
  g_assert_cmpuint (health.n_dropped, <=, 6);
  g_assert_false (write_now (archive, "x", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  g_clear_error (&error);
  g_mutex_lock (&store->lock);
  store->failures = 0;
  g_mutex_unlock (&store->lock);
  side_test_wait_until (is_writable, archive, 10000, "the archive to be written again");
  g_assert_true (write_now (archive, "c", &error));
  g_assert_true (close_archive (archive, &error));
  g_assert_cmpint (n_failed, ==, 0);
  g_test_assert_expected_messages ();
}

/* At the end it is tried once more, and what is lost is said. */
static void
test_held_to_the_end (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (-1, SIDE_ERROR_FULL);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GError) error = NULL;

  g_test_expect_message ("side-server", G_LOG_LEVEL_WARNING, "*nothing can be written for now*");
  side_archive_put (archive, letter ("a"));
  side_test_wait_until (is_held, archive, 5000, "the archive to hold");
  g_assert_false (close_archive (archive, &error));
  g_assert_nonnull (strstr (error->message, "1 items"));
  g_test_assert_expected_messages ();
}

/* A real file, locked by somebody else for a while. */
static void
test_locked (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideArchiveStore) store = side_sqlite_store_new (path, &error);
  g_autoptr (SideArchive) archive = side_archive_new (store);
  g_autoptr (GAsyncResult) result = NULL;
  sqlite3 *other = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  side_archive_write_async (archive, letter ("a"), NULL, side_test_async_cb, &result);
  side_test_run_for (300);
  g_assert_null (result);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  side_test_wait_result (&result, 10000, "the write after the lock was gone");
  g_assert_true (side_archive_write_finish (archive, result, NULL, &error));
  g_assert_no_error (error);
  sqlite3_close (other);
  g_assert_true (close_archive (archive, &error));
  side_test_rm_rf (dir);
}

/* A real file on a full disk: the limit on file sizes stands in for one. */
static void
test_full (void)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideArchiveStore) store = side_sqlite_store_new (path, &error);
  g_autoptr (SideArchiveItem) item = letter ("x");
  struct rlimit old;
  struct rlimit tight;
  g_autofree char *long_text = g_strnfill (300000, 'x');

  g_assert_no_error (error);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = old;
  tight.rlim_cur = 200000;
  g_free (item->words[4]);
  item->words[4] = g_steal_pointer (&long_text);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_false (side_archive_store_write (store, &item, 1, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_test_message ("%s", error->message);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  /* nothing was half written, and the same goes once there is room */
  g_assert_true (side_archive_store_write (store, &item, 1, &error));
  g_assert_no_error (error);
  side_test_rm_rf (dir);
}

static gpointer
ask_thread (SideArchiveStore  *store,
            gpointer           question,
            GError           **error)
{
  return g_thread_self ();
}

static void
test_ask (void)
{
  g_autoptr (StubbornStore) store = stubborn_new (0, SIDE_ERROR_FAILED);
  g_autoptr (SideArchive) archive = side_archive_new (SIDE_ARCHIVE_STORE (store));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  side_archive_ask_async (archive, ask_thread, g_strdup ("q"), g_free, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "an answer");
  g_assert_true (side_archive_ask_finish (archive, result, &error) != g_thread_self ());
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  side_archive_ask_async (archive, ask_thread, NULL, NULL, NULL, cancellable, side_test_async_cb, &cancelled);
  side_test_wait_result (&cancelled, 5000, "a cancelled answer");
  g_assert_null (side_archive_ask_finish (archive, cancelled, &error));
  g_assert_true (side_error_is_cancelled (error));
  g_assert_true (close_archive (archive, NULL));
}

/* When a leg ended was a guess; what is known then goes into the archive too. */
static void
test_end_corrected (void)
{
  static const char *const projects[] = { "tea", NULL };
  gint64 joined_ms = G_GINT64_CONSTANT (1795219200000);
  gint64 ends[] = { joined_ms + 20000, joined_ms + 95000 };
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autoptr (GError) error = NULL;
  SideArchiveStore *store = side_sqlite_store_new (path, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (SideArchiveItem) patch = side_archive_item_new (SIDE_ARCHIVE_PATCH, joined_ms);
      g_autoptr (SideCall) call = NULL;

      patch->event = side_event_new (SIDE_EVENT_CALL_ENDED, ends[i], "tea");
      patch->event->seq = 9 + i;
      patch->event->call = g_strdup ("a");
      patch->event->queue = g_intern_static_string ("orders");
      patch->event->outcome = SIDE_OUTCOME_ANSWERED;
      patch->event->joined_ms = joined_ms;
      patch->event->answered_ms = joined_ms + 15000;
      patch->event->talk_ms = ends[i] - patch->event->answered_ms;
      g_assert_true (side_archive_store_write (store, &patch, 1, &error));
      g_assert_no_error (error);
      call = side_archive_store_get_call (store, "a", SIDE_SCOPE (projects), NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (call->ended_ms, ==, ends[i]);
      g_assert_cmpint (call->talk_ms, ==, ends[i] - call->answered_ms);
    }
  g_clear_object (&store);
  side_test_rm_rf (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive-writer/order", test_order);
  g_test_add_func ("/archive-writer/wait", test_wait);
  g_test_add_func ("/archive-writer/retry", test_retry);
  g_test_add_func ("/archive-writer/failure-keeps-all", test_failure_keeps_all);
  g_test_add_func ("/archive-writer/failure-to-the-end", test_failure_to_the_end);
  g_test_add_data_func ("/archive-writer/held/full", GINT_TO_POINTER (SIDE_ERROR_FULL), test_held);
  g_test_add_data_func ("/archive-writer/held/read-only", GINT_TO_POINTER (SIDE_ERROR_READ_ONLY), test_held);
  g_test_add_func ("/archive-writer/held/for-long", test_held_for_long);
  g_test_add_func ("/archive-writer/held/to-the-end", test_held_to_the_end);
  g_test_add_func ("/archive-writer/locked", test_locked);
  g_test_add_func ("/archive-writer/full", test_full);
  g_test_add_func ("/archive-writer/ask", test_ask);
  g_test_add_func ("/archive-writer/end-corrected", test_end_corrected);
  return g_test_run ();
}
