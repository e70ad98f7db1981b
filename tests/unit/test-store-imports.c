/* test-store-imports.c - calls of this computer alone: they stay, and stay here
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-imports.h"
#include "side-store-sound.h"
#include "test-store-kit.h"

#define PAGE_BYTES 4096

static char *
hash_of (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static SideCall *
imported_call (const char *text,
               gint64      joined_ms)
{
  g_autofree char *sha256 = hash_of (text);
  g_autofree char *id = side_import_dup_call_id (sha256);
  SideCall *call = kit_call (id, joined_ms);

  call->recording = side_import_dup_recording_id (sha256);
  call->sha256 = g_steal_pointer (&sha256);
  call->caller = (g_free (call->caller), g_strdup ("79161234567"));
  call->note = g_strdup ("q-600-79161234567.wav");
  return call;
}

/* Makes its file too, and one derived from it. */
static gboolean
try_import (Kit         *kit,
            SideCall    *call,
            char       **path,
            GError     **error)
{
  g_autofree char *derived = NULL;
  g_autofree char *name = g_strdup_printf ("%.32s.wav", call->sha256);

  *path = g_build_filename (kit->dir, name, NULL);
  derived = g_strconcat (*path, ".peaks", NULL);
  g_assert_true (g_file_set_contents (*path, "RIFF", 4, NULL));
  g_assert_true (g_file_set_contents (derived, "peaks", 5, NULL));
  return KIT_WAIT (kit->store, side_store_add_import, error, call, *path);
}

static char *
import (Kit      *kit,
        SideCall *call)
{
  g_autoptr (GError) error = NULL;
  char *path;

  try_import (kit, call, &path, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_found (Kit        *kit,
              const char *recording,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = KIT_WAIT (kit->store, side_store_find_recording, &error, recording);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, path);
}

static void
test_known_by_hash (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", KIT_NOW_MS);
  g_autoptr (SideCall) again = imported_call ("one", KIT_NOW_MS + 5);
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;
  g_autofree char *other = hash_of ("two");
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  {
    g_autofree char *known = KIT_WAIT (kit.store, side_store_find_import, &error, call->sha256);
    g_autofree char *unknown = KIT_WAIT (kit.store, side_store_find_import, &error, other);

    g_assert_no_error (error);
    g_assert_cmpstr (known, ==, call->id);
    g_assert_null (unknown);
  }
  g_assert_false (try_import (&kit, again, &second, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  {
    g_autoptr (SideCall) kept = kit_get_call (&kit, call->id);

    g_assert_true (kept->imported);
    g_assert_cmpint (kept->joined_ms, ==, KIT_NOW_MS);
  }
  assert_found (&kit, call->recording, path);
  g_assert_cmpint (kit_count (&kit, "1234567"), ==, 1);
  g_assert_cmpint (kit_count (&kit, "q-600"), ==, 1);
  kit_clear (&kit);
}

/* It is listened to as all that is here, and there is nothing to fetch. */
static void
test_is_here (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", KIT_NOW_MS);
  g_autoptr (SideCallQuery) all = side_call_query_new ();
  g_autoptr (GPtrArray) unheard = NULL;
  g_autoptr (GPtrArray) unfetched = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  unheard = KIT_WAIT (kit.store, side_store_list_unheard, &error, "7", 10);
  g_assert_no_error (error);
  g_assert_cmpuint (unheard->len, ==, 1);
  g_assert_cmpstr (((SideCall *) unheard->pdata[0])->id, ==, call->id);
  unfetched = KIT_WAIT (kit.store, side_store_list_unfetched, &error, all, NULL, 10);
  g_assert_no_error (error);
  g_assert_cmpuint (unfetched->len, ==, 0);
  kit_clear (&kit);
}

/* Whatever the server tells, and however often it begins anew. */
static void
test_survives (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", 1000);
  g_autoptr (SideCall) forged = kit_call (call->id, 2000);
  g_autoptr (SideCall) old = kit_call ("of-the-server", 1000);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gint64 change = 77;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  kit_put_call (&kit, old);
  g_ptr_array_add (calls, forged);
  g_array_append_val (changes, change);
  g_assert_true (KIT_WAIT (kit.store, side_store_put_calls, &error, calls, changes));
  g_assert_true (KIT_WAIT (kit.store, side_store_begin_epoch, &error, "first"));
  g_assert_true (KIT_WAIT (kit.store, side_store_begin_epoch, &error, "second"));
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_forget_calls, &error, KIT_NOW_MS), ==, 1);
  side_store_set_recordings_limit (kit.store, 1);
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_evict_recordings, &error), ==, 0);
  g_assert_no_error (error);
  kit_reopen (&kit);
  {
    g_autoptr (SideCall) kept = kit_get_call (&kit, call->id);

    g_assert_true (kept->imported);
    g_assert_cmpint (kept->joined_ms, ==, 1000);
    g_assert_cmpstr (kept->recording, ==, call->recording);
  }
  assert_found (&kit, call->recording, path);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1);
  kit_clear (&kit);
}

static void
test_documents_stay_here (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", KIT_NOW_MS);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) stale = NULL;
  g_autoptr (SideDocument) newer = NULL;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  kit_put_local (&kit, "annotation", "note", call->id, "{\"text\":\"greeting\"}");
  kit_put_local (&kit, "listening", "heard", call->id, "{\"heard\":[]}");
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 0);
  g_assert_null (kit_next (&kit));
  g_assert_cmpint (kit_count (&kit, "greeting"), ==, 1);
  /* Two windows: what was not in sight is not written over, and is no conflict with anybody. */
  stale = kit_document ("annotation", "note", call->id, "{\"text\":\"something else\"}");
  newer = kit_document ("annotation", "note", call->id, "{\"text\":\"mine\"}");
  g_assert_false (KIT_WAIT (kit.store, side_store_edit_document, &error, newer, stale));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpuint (side_store_get_conflicts (kit.store), ==, 0);
  kit_put_local (&kit, "annotation", "note", call->id, "{\"text\":\"farewell\"}");
  kit_assert_body (&kit, "note", "{\"text\":\"farewell\"}");
  kit_reopen (&kit);
  kit_assert_body (&kit, "note", "{\"text\":\"farewell\"}");
  newer->deleted = TRUE;
  g_clear_error (&error);
  g_assert_true (KIT_WAIT (kit.store, side_store_put_document, &error, newer, TRUE));
  kit_assert_body (&kit, "note", NULL);
  g_assert_null (kit_next (&kit));
  /* About a call of the server's all is as ever. */
  kit_put_local (&kit, "annotation", "other", "call-1", "{\"text\":\"x\"}");
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  kit_clear (&kit);
}

static void
test_remove (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", KIT_NOW_MS);
  g_autoptr (SideCall) second = imported_call ("two", KIT_NOW_MS);
  g_autoptr (SideCall) theirs = kit_call ("call-1", KIT_NOW_MS);
  const char *both[] = { NULL, "call-1", "nobody", NULL };
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autofree char *derived = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  other = import (&kit, second);
  derived = g_strconcat (path, ".peaks", NULL);
  kit_put_call (&kit, theirs);
  kit_put_local (&kit, "annotation", "note", call->id, "{\"text\":\"greeting\"}");
  both[0] = call->id;
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_remove_imports, &error, both), ==, 1);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (derived, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpint (kit_count (&kit, NULL), ==, 2);
  g_assert_cmpint (kit_count (&kit, "greeting"), ==, 0);
  kit_assert_body (&kit, "note", NULL);
  assert_found (&kit, call->recording, NULL);
  /* It may come again. */
  g_free (path);
  path = import (&kit, call);
  assert_found (&kit, call->recording, path);
  kit_clear (&kit);
}

/* The cache is damaged where the calls are: the server's come again from
 * there, what was imported and written about it is brought over. */
static void
test_salvage (void)
{
  Kit kit;
  g_autoptr (SideCall) call = imported_call ("one", KIT_NOW_MS);
  g_autofree char *path = NULL;
  g_autofree char *junk = g_strnfill (PAGE_BYTES, (char) 0xee);
  sqlite3 *handle;
  gint64 page;
  int fd;

  kit_make (&kit);
  kit_open (&kit);
  path = import (&kit, call);
  kit_put_local (&kit, "annotation", "note", call->id, "{\"text\":\"greeting\"}");
  kit_write_sample (&kit);
  kit_close (&kit);
  handle = kit_sqlite (kit.path);
  page = kit_sql_int (handle, "SELECT rootpage FROM sqlite_schema WHERE name = 'calls_by_time'");
  sqlite3_close (handle);
  fd = g_open (kit.path, O_WRONLY, 0);
  g_assert_cmpint (pwrite (fd, junk, PAGE_BYTES, (page - 1) * PAGE_BYTES), ==, PAGE_BYTES);
  close (fd);
  kit_open (&kit);
  g_assert_nonnull (side_store_get_damaged_path (kit.store));
  g_assert_cmpuint (side_store_get_salvaged (kit.store), ==, 1);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  {
    g_autoptr (SideCall) kept = kit_get_call (&kit, call->id);

    g_assert_true (kept->imported);
    g_assert_cmpstr (kept->note, ==, call->note);
  }
  kit_assert_body (&kit, "note", "{\"text\":\"greeting\"}");
  assert_found (&kit, call->recording, path);
  g_assert_cmpint (kit_count (&kit, "greeting"), ==, 1);
  kit_clear (&kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-imports/known-by-hash", test_known_by_hash);
  g_test_add_func ("/store-imports/is-here", test_is_here);
  g_test_add_func ("/store-imports/survives", test_survives);
  g_test_add_func ("/store-imports/documents-stay-here", test_documents_stay_here);
  g_test_add_func ("/store-imports/remove", test_remove);
  g_test_add_func ("/store-imports/salvage", test_salvage);
  return g_test_run ();
}
