/* test-store-damage.c - no room and damage cost nothing that was not sent
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A full disk is a limit on the size of files; damage is junk written over
 * pages of the database, found by what stands in them.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "test-store-kit.h"

#define PAGE_BYTES 4096

/* No room. */

static GPtrArray *
bulky_calls (guint n)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("bulk-%u", i);
      SideCall *call = kit_call (id, KIT_NOW_MS + i);

      call->note = g_strnfill (1000, (char) ('a' + i % 26));
      g_ptr_array_add (calls, call);
    }
  return calls;
}

static void
test_full (void)
{
  Kit kit;
  g_autoptr (GPtrArray) calls = bulky_calls (1000);
  g_autoptr (SideDocument) document = kit_document ("annotation", "big", "call-1", NULL);
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_limit_files (512 * 1024);
  KIT_WAIT (kit.store, side_store_put_calls, &error, calls, NULL);
  kit_limit_files (RLIM_INFINITY);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  g_clear_error (&error);
  /* All of it was taken back, and the rest is as it was. */
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1);
  kit_assert_sample (&kit);
  document->deleted = FALSE;
  document->body = g_strdup_printf ("{\"text\":\"%0800000d\"}", 0);
  kit_limit_files (512 * 1024);
  KIT_WAIT (kit.store, side_store_put_document, &error, document, TRUE);
  kit_limit_files (RLIM_INFINITY);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FULL);
  g_assert_null (kit_body (&kit, "annotation", "big"));
  kit_assert_sample (&kit);
  /* There is room again. */
  kit_put_calls (&kit, calls);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1001);
  kit_reopen (&kit);
  kit_assert_sample (&kit);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 1001);
  kit_clear (&kit);
}

/* Damage. */

static void
overwrite (const char *path,
           gint64      offset,
           gsize       len)
{
  g_autofree char *junk = g_strnfill (len, (char) 0xee);
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, junk, len, offset), ==, (gssize) len);
  close (fd);
}

/* Where the page lies that holds @text. */
static gint64
find_page (const char *path,
           const char *text)
{
  g_autofree char *data = NULL;
  gsize len;
  char *at;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  at = memmem (data, len, text, strlen (text));
  g_assert_nonnull (at);
  return (at - data) / PAGE_BYTES * PAGE_BYTES;
}

static gint64
root_page (const char *path,
           const char *name)
{
  sqlite3 *handle = kit_sqlite (path);
  g_autofree char *sql = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  gint64 page = kit_sql_int (handle, sql);

  sqlite3_close (handle);
  return (page - 1) * PAGE_BYTES;
}

static void
make_unsent (Kit   *kit,
             guint  n)
{
  kit_make (kit);
  kit_open (kit);
  kit_write_sample (kit);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = kit_uuid (n - i);
      g_autofree char *body = g_strdup_printf ("{\"text\":\"document %u %0500d\"}", i, 0);

      kit_put_local (kit, "annotation", id, "call-1", body);
    }
  kit_close (kit);
}

static void
assert_moved_aside (Kit *kit)
{
  const char *damaged = side_store_get_damaged_path (kit->store);
  g_autofree char *expected = g_strconcat (kit->path, ".damaged-20261118T110640Z", NULL);

  g_assert_cmpstr (damaged, ==, expected);
  g_assert_true (g_file_test (damaged, G_FILE_TEST_EXISTS));
}

static void
test_not_a_database (void)
{
  Kit kit;
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;

  kit_make (&kit);
  folder = g_path_get_dirname (kit.path);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (kit.path, "Once upon a time", -1, NULL));
  kit_open (&kit);
  assert_moved_aside (&kit);
  g_assert_true (g_file_get_contents (side_store_get_damaged_path (kit.store), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Once upon a time");
  g_assert_cmpuint (side_store_get_salvaged (kit.store), ==, 0);
  kit_write_sample (&kit);
  kit_reopen (&kit);
  g_assert_null (side_store_get_damaged_path (kit.store));
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

static void
assert_saved (Kit   *kit,
              guint  at_least,
              guint  at_most)
{
  guint saved = side_store_get_salvaged (kit->store);
  gint64 last = -1;   /* place of the one before */
  g_autofree char *body = kit_body (kit, "annotation", "mine");

  g_assert_cmpstr (body, ==, "{\"text\":\"unsent\"}");
  g_assert_cmpuint (saved, >=, at_least);
  g_assert_cmpuint (saved, <=, at_most);
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, saved);
  /* Each once, and in the order they were written where that could be read. */
  for (guint i = 0; i < saved; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideOutboxItem) item = KIT_WAIT (kit->store, side_store_next_outbox, &error);
      guint place = 0;

      g_assert_no_error (error);
      if (i > 0)
        g_assert_cmpint (sscanf (item->document->body, "{\"text\":\"document %u", &place), ==, 1);
      if (i > 0 && at_least == at_most)
        g_assert_cmpint (place, >, last);
      if (i > 0)
        last = place;
      KIT_WAIT (kit->store, side_store_mark_sent, &error, item, 1, 1);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, 0);
}

/* Calls are damaged: the server has them. What is unsent comes over whole. */
static void
test_damaged_calls (void)
{
  Kit kit;

  make_unsent (&kit, 60);
  overwrite (kit.path, root_page (kit.path, "calls_by_time"), PAGE_BYTES);
  kit_open (&kit);
  assert_moved_aside (&kit);
  assert_saved (&kit, 61, 61);
  g_assert_cmpint (kit_count (&kit, NULL), ==, 0);
  kit_clear (&kit);
}

/* A page of the documents is damaged too: those before and after it are saved. */
static void
test_damaged_documents (void)
{
  Kit kit;

  make_unsent (&kit, 200);
  overwrite (kit.path, root_page (kit.path, "calls_by_time"), PAGE_BYTES);
  overwrite (kit.path, find_page (kit.path, "document 100 "), PAGE_BYTES);
  kit_open (&kit);
  assert_moved_aside (&kit);
  assert_saved (&kit, 180, 200);
  kit_clear (&kit);
}

/* No room for what must be saved: the damaged file waits where it is. */
static void
test_damaged_and_full (void)
{
  Kit kit;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  make_unsent (&kit, 200);
  overwrite (kit.path, root_page (kit.path, "calls_by_time"), PAGE_BYTES);
  before = kit_checksum (kit.path);
  kit_limit_files (160 * 1024);
  kit_assert_open_fails (&kit, SIDE_ERROR_FULL);
  kit_limit_files (RLIM_INFINITY);
  after = kit_checksum (kit.path);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (side_store_get_damaged_path (kit.store));
  kit_open (&kit);
  assert_moved_aside (&kit);
  assert_saved (&kit, 201, 201);
  kit_clear (&kit);
}

static void
test_cut_short (void)
{
  Kit kit;

  make_unsent (&kit, 20);
  g_assert_cmpint (truncate (kit.path, 3 * PAGE_BYTES), ==, 0);
  kit_open (&kit);
  assert_moved_aside (&kit);
  kit_write_sample (&kit);
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

static void
take_damage (SideStore  *store,
             const char *path,
             guint       salvaged,
             char      **seen)
{
  *seen = g_strdup_printf ("%u", salvaged);
}

static gboolean
has_moved_aside (gpointer store)
{
  return side_store_get_damaged_path (store) != NULL;
}

/* The file breaks while it is open: the one who finds out is told, the next
 * one works again, and lists are empty rather than wrong. */
static void
test_damaged_while_open (void)
{
  Kit kit;
  SideCallList *list;
  g_autoptr (GPtrArray) calls = bulky_calls (400);
  g_autoptr (GPtrArray) got = NULL;
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_put_calls (&kit, calls);
  kit_reopen (&kit);
  list = side_call_list_new (kit.store);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 401);
  g_signal_connect (kit.store, "damaged", G_CALLBACK (take_damage), &seen);
  overwrite (kit.path, find_page (kit.path, "bulk-17"), PAGE_BYTES);
  got = KIT_WAIT (kit.store, side_store_list_calls, &error, query, 0);
  g_assert_null (got);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT);
  assert_moved_aside (&kit);
  g_assert_cmpstr (seen, ==, "1");
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load again");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 0);
  kit_put_calls (&kit, calls);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to fill again");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 400);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  g_assert_finalize_object (list);
  kit_clear (&kit);
}

/* Likewise when it is a list that finds out. */
static void
test_damaged_search (void)
{
  Kit kit;
  SideCallList *list;
  g_autoptr (GPtrArray) calls = bulky_calls (400);
  g_autoptr (SideCallQuery) query = side_call_query_new ();

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_put_calls (&kit, calls);
  kit_close (&kit);
  overwrite (kit.path, root_page (kit.path, "search_data"), PAGE_BYTES);
  kit_open (&kit);
  list = side_call_list_new (kit.store);
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 401);
  query->text = g_strdup ("aa");
  side_call_list_set_query (list, query);
  side_test_wait_until (has_moved_aside, kit.store, KIT_TIMEOUT_MS, "the damage to be found");
  side_test_wait_until (kit_list_is_at_rest, list, KIT_TIMEOUT_MS, "the list to load again");
  g_assert_cmpuint (side_call_list_get_total (list), ==, 0);
  g_assert_cmpuint (side_store_get_salvaged (kit.store), ==, 1);
  kit_put_calls (&kit, calls);
  g_assert_cmpint (kit_count (&kit, "aa"), ==, 16);
  g_assert_null (side_call_list_get_error (list));
  g_assert_finalize_object (list);
  kit_clear (&kit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-damage/full", test_full);
  g_test_add_func ("/store-damage/not-a-database", test_not_a_database);
  g_test_add_func ("/store-damage/damaged-calls", test_damaged_calls);
  g_test_add_func ("/store-damage/damaged-documents", test_damaged_documents);
  g_test_add_func ("/store-damage/damaged-and-full", test_damaged_and_full);
  g_test_add_func ("/store-damage/cut-short", test_cut_short);
  g_test_add_func ("/store-damage/damaged-while-open", test_damaged_while_open);
  g_test_add_func ("/store-damage/damaged-search", test_damaged_search);
  return g_test_run ();
}
