/* test-store-open.c - whoever had the file before, nothing is lost
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What takes another process - one that holds the lock, one without rights,
 * one that is killed while it writes - is this program again, started with
 * the name of a part to play.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "test-store-kit.h"

static char *program;

static GSubprocess *
play (GSubprocessFlags  flags,
      const char       *part,
      const char       *path)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  /* The leak checker cannot look into a process that gave up its rights. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, part, path, NULL);
  g_assert_no_error (error);
  return process;
}

/* Another process has it. */

static int
play_holder (const char *path)
{
  sqlite3 *handle = kit_sqlite (path);
  char line[8];

  kit_sql (handle, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  printf ("held\n");
  fflush (stdout);
  /* Until the test closes its end. */
  while (fgets (line, sizeof line, stdin) != NULL)
    ;
  sqlite3_close (handle);
  return EXIT_SUCCESS;
}

static void
test_busy (void)
{
  Kit kit;
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  gint64 start;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_close (&kit);
  g_object_unref (kit.store);
  kit.store = g_object_new (SIDE_TYPE_STORE, "path", kit.path, "clock", kit.clock, "busy-timeout", 300, NULL);
  holder = play (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, "hold", kit.path);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (holder));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "held");
  start = g_get_monotonic_time ();
  kit_assert_open_fails (&kit, SIDE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5000000);
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL));
  g_assert_true (g_subprocess_wait_check (holder, NULL, &error));
  kit_open (&kit);
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

/* Two programs of ours at once: the second is told so. */
static void
test_second (void)
{
  Kit kit;
  Kit second;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  second = kit;
  second.store = g_object_new (SIDE_TYPE_STORE, "path", kit.path, "clock", kit.clock, "busy-timeout", 100, NULL);
  kit_assert_open_fails (&second, SIDE_ERROR_BUSY);
  g_assert_finalize_object (g_steal_pointer (&second.store));
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

/* No rights. */

static int
play_reader (const char *path)
{
  Kit kit = { .path = g_strdup (path), .dir = NULL, .clock = side_clock_new_manual (KIT_NOW_MS) };
  g_autoptr (SideCallList) list = NULL;
  g_autoptr (SideCallItem) item = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = kit_document ("annotation", "new", "call-1", "{}");

  if (geteuid () == 0 && setuid (65534) != 0)
    return 77;
  prctl (PR_SET_DUMPABLE, 1);
  kit.store = side_store_new (path, kit.clock);
  if (!kit_try_open (&kit, &error))
    {
      printf ("code %d\n", error->code);
      return EXIT_SUCCESS;
    }
  g_assert_true (side_store_is_read_only (kit.store));
  kit_assert_sample (&kit);
  list = side_call_list_new (kit.store);
  while (side_call_list_get_total (list) == 0)
    g_main_context_iteration (NULL, TRUE);
  KIT_WAIT (kit.store, side_store_put_document, &error, document, TRUE);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_null (KIT_WAIT (kit.store, side_store_next_outbox, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY);
  printf ("read\n");
  return EXIT_SUCCESS;
}

static void
assert_reader_says (const char *path,
                    const char *expected)
{
  g_autoptr (GSubprocess) reader = play (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "read", path);
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  g_subprocess_communicate_utf8 (reader, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (output, ==, expected);
  g_assert_true (g_subprocess_get_if_exited (reader));
  g_assert_cmpint (g_subprocess_get_exit_status (reader), ==, 0);
}

static void
test_read_only (void)
{
  Kit kit;
  g_autofree char *folder = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *read_only = g_strdup_printf ("code %d\n", SIDE_ERROR_READ_ONLY);

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_close (&kit);
  folder = g_path_get_dirname (kit.path);
  wal = g_strconcat (kit.path, "-wal", NULL);
  missing = g_build_filename (folder, "missing.db", NULL);
  g_chmod (kit.dir, 0755);
  g_chmod (folder, 0555);
  g_chmod (kit.path, 0444);
  assert_reader_says (kit.path, "read\n");
  assert_reader_says (missing, read_only);
  /* What stands in a log that cannot be replayed would be missing. */
  g_chmod (folder, 0755);
  g_assert_true (g_file_set_contents (wal, "unfinished", -1, NULL));
  g_chmod (folder, 0555);
  assert_reader_says (kit.path, read_only);
  g_chmod (folder, 0755);
  g_chmod (kit.path, 0644);
  g_remove (wal);
  kit_open (&kit);
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

/* Not ours to touch. */

static void
test_newer (void)
{
  Kit kit;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *wal = NULL;
  sqlite3 *handle;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_close (&kit);
  handle = kit_sqlite (kit.path);
  kit_sql (handle, "PRAGMA user_version = 99");
  sqlite3_close (handle);
  before = kit_checksum (kit.path);
  wal = g_strconcat (kit.path, "-wal", NULL);
  kit_assert_open_fails (&kit, SIDE_ERROR_NEWER);
  after = kit_checksum (kit.path);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  kit_clear (&kit);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (from, &data, &len, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) len, NULL));
}

/* The newer version died before its log went into the file. */
static void
test_newer_in_log (void)
{
  Kit kit;
  sqlite3 *handle;
  g_autofree char *other = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *other_wal = NULL;
  g_autofree char *before = NULL;
  g_autofree char *before_wal = NULL;
  g_autofree char *after = NULL;
  g_autofree char *after_wal = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_write_sample (&kit);
  kit_close (&kit);
  wal = g_strconcat (kit.path, "-wal", NULL);
  other = g_build_filename (kit.dir, "other.db", NULL);
  other_wal = g_strconcat (other, "-wal", NULL);
  handle = kit_sqlite (kit.path);
  kit_sql (handle, "PRAGMA user_version = 99");
  copy_file (kit.path, other);
  copy_file (wal, other_wal);
  sqlite3_close (handle);
  before = kit_checksum (other);
  before_wal = kit_checksum (other_wal);
  g_object_unref (kit.store);
  kit.store = side_store_new (other, kit.clock);
  kit_assert_open_fails (&kit, SIDE_ERROR_NEWER);
  after = kit_checksum (other);
  after_wal = kit_checksum (other_wal);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (before_wal, ==, after_wal);
  kit_clear (&kit);
}

static void
test_foreign (void)
{
  Kit kit;
  g_autofree char *folder = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  sqlite3 *handle;

  kit_make (&kit);
  folder = g_path_get_dirname (kit.path);
  g_mkdir_with_parents (folder, 0700);
  handle = kit_sqlite (kit.path);
  kit_sql (handle, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
  sqlite3_close (handle);
  before = kit_checksum (kit.path);
  kit_assert_open_fails (&kit, SIDE_ERROR_INVALID);
  after = kit_checksum (kit.path);
  g_assert_cmpstr (before, ==, after);
  kit_clear (&kit);
}

/* The program died while it made the file: nothing was in it yet. */
static void
test_unfinished (void)
{
  Kit kit;
  g_autofree char *folder = NULL;
  sqlite3 *handle;

  kit_make (&kit);
  folder = g_path_get_dirname (kit.path);
  g_mkdir_with_parents (folder, 0700);
  handle = kit_sqlite (kit.path);
  kit_sql (handle, "PRAGMA journal_mode = WAL");
  sqlite3_close (handle);
  kit_open (&kit);
  g_assert_null (side_store_get_damaged_path (kit.store));
  kit_write_sample (&kit);
  kit_assert_sample (&kit);
  kit_clear (&kit);
}

/* Older versions. */

static void
make_version (Kit        *kit,
              const char *fixture)
{
  g_autofree char *folder = NULL;
  g_autofree char *source = g_build_filename ("unit", fixture, NULL);
  g_autofree char *path = side_test_data (source);
  g_autofree char *sql = NULL;
  sqlite3 *handle;

  kit_make (kit);
  folder = g_path_get_dirname (kit->path);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  handle = kit_sqlite (kit->path);
  kit_sql (handle, sql);
  sqlite3_close (handle);
}

/* All of the schema as one text. */
static char *
schema_of (const char *path)
{
  sqlite3 *handle = kit_sqlite (path);
  sqlite3_stmt *stmt;
  GString *out = g_string_new (NULL);

  sqlite3_prepare_v2 (handle, "SELECT replace (coalesce (sql, name), '\"', '') FROM sqlite_schema ORDER BY name", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (out, "%s\n", sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return g_string_free (out, FALSE);
}

static void
assert_same_schema (Kit *kit)
{
  Kit fresh;
  g_autofree char *theirs = schema_of (kit->path);
  g_autofree char *ours = NULL;

  kit_make (&fresh);
  kit_open (&fresh);
  kit_close (&fresh);
  ours = schema_of (fresh.path);
  g_assert_cmpstr (theirs, ==, ours);
  kit_clear (&fresh);
}

static void
assert_version_1_content (Kit *kit)
{
  g_autoptr (SideCall) call = kit_get_call (kit, "call-1");
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (call->operator_name, ==, "Алёна Королёва");
  g_assert_cmpint (call->talk_ms, ==, 60000);
  g_assert_cmpint (kit_count (kit, "ёл"), ==, 1);
  g_assert_cmpint (kit_count (kit, "перезв"), ==, 1);
  events = KIT_WAIT (kit->store, side_store_get_call_events, &error, "call-2");
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (KIT_WAIT (kit->store, side_store_get_change, &error), ==, 11);
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, 1);
  item = KIT_WAIT (kit->store, side_store_next_outbox, &error);
  g_assert_cmpstr (item->document->body, ==, "{\"text\":\"перезвонить\"}");
  g_assert_cmpuint (item->attempts, ==, 3);
}

/* A review made now of a script that was there before. */
static void
assert_old_script_counts (Kit *kit)
{
  g_autoptr (SideCall) call = NULL;

  kit_put_local (kit, "review", "00000000-0000-4000-8000-000000000003", "call-1",
                 "{\"id\":\"00000000-0000-4000-8000-000000000003\",\"project\":\"shop\",\"call\":\"call-1\","
                 "\"script\":\"00000000-0000-4000-8000-000000000002\",\"script_version\":3,\"reviewer\":\"olga\","
                 "\"started_ms\":1795000000000,\"changed_ms\":1795000000000,\"finished_ms\":1795000000000,"
                 "\"answers\":[{\"criterion\":\"hello\",\"value\":1.0}]}");
  call = kit_get_call (kit, "call-1");
  g_assert_cmpfloat (call->score, ==, 100.0);
}

static void
test_from_version_1 (void)
{
  Kit kit;

  make_version (&kit, "test-store-v1.sql");
  kit_open (&kit);
  assert_version_1_content (&kit);
  assert_old_script_counts (&kit);
  kit_close (&kit);
  assert_same_schema (&kit);
  kit_clear (&kit);
}

/* The same file as it was after each later version. */
static void
test_from_every_version (void)
{
  for (int version = 2; version < 7; version++)
    {
      Kit kit;
      sqlite3 *handle;
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version);

      make_version (&kit, "test-store-v1.sql");
      handle = kit_sqlite (kit.path);
      for (int step = 2; step <= version; step++)
        {
          g_autofree char *name = g_strdup_printf ("/org/sidetone/store/%d.sql", step);
          g_autoptr (GBytes) sql = g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

          g_assert_nonnull (sql);
          kit_sql (handle, g_bytes_get_data (sql, NULL));
        }
      kit_sql (handle, mark);
      sqlite3_close (handle);
      kit_open (&kit);
      assert_version_1_content (&kit);
      kit_close (&kit);
      assert_same_schema (&kit);
      kit_clear (&kit);
    }
}

/* A migration that finds no room leaves the old version as it was. */
static void
test_migration_full (void)
{
  Kit kit;
  sqlite3 *handle;

  make_version (&kit, "test-store-v1.sql");
  handle = kit_sqlite (kit.path);
  kit_sql (handle, "WITH RECURSIVE c (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM c WHERE i < 500) "
                   "INSERT INTO search (rowid, body) SELECT i, printf ('%0900d', i) FROM c");
  sqlite3_close (handle);
  kit_limit_files (600 * 1024);
  kit_assert_open_fails (&kit, SIDE_ERROR_FULL);
  kit_limit_files (RLIM_INFINITY);
  handle = kit_sqlite (kit.path);
  g_assert_cmpint (kit_sql_int (handle, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (kit_sql_int (handle, "SELECT count(*) FROM sqlite_schema WHERE name = 'script_versions'"), ==, 0);
  sqlite3_close (handle);
  kit_open (&kit);
  assert_version_1_content (&kit);
  kit_clear (&kit);
}

/* Death in the middle. */

#define BATCH 40

static void
say_written (GObject      *store,
             GAsyncResult *result,
             gpointer      batch)
{
  g_autoptr (GError) error = NULL;

  side_store_put_document_finish (SIDE_STORE (store), result, &error);
  g_assert_no_error (error);
  printf ("%d\n", GPOINTER_TO_INT (batch));
  fflush (stdout);
}

/* Writes batch after batch, each with an unsent document, until killed. */
static int
play_writer (const char *path)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (KIT_NOW_MS);
  SideStore *store = side_store_new (path, clock);

  side_store_open_async (store, NULL, NULL, NULL);
  for (int batch = 0; batch < 100000; batch++)
    {
      g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
      g_autofree char *id = kit_uuid ((guint) batch);
      g_autoptr (SideDocument) document = kit_document ("annotation", id, NULL, "{}");

      for (int i = 0; i < BATCH; i++)
        {
          g_autofree char *call = g_strdup_printf ("%d-%d", batch, i);

          g_ptr_array_add (calls, kit_call (call, KIT_NOW_MS + i));
        }
      side_store_put_calls_async (store, calls, NULL, NULL, NULL, NULL);
      side_store_put_document_async (store, document, TRUE, NULL, say_written, GINT_TO_POINTER (batch));
      g_main_context_iteration (NULL, batch % 8 == 7);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  return EXIT_SUCCESS;
}

/* Kills a writer after a while; returns the last batch it said was written. */
static int
kill_writer (const char *path)
{
  g_autoptr (GSubprocess) writer = play (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "write", path);
  GInputStream *output = g_subprocess_get_stdout_pipe (writer);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (output);
  int last = -1;
  char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_usleep ((gulong) g_test_rand_int_range (0, 150) * 1000);
  g_subprocess_force_exit (writer);
  for (; line != NULL; line = g_data_input_stream_read_line (lines, NULL, NULL, NULL))
    {
      last = MAX (last, atoi (line));
      g_free (line);
    }
  g_subprocess_wait (writer, NULL, NULL);
  return last;
}

static void
test_killed (void)
{
  for (int round = 0; round < 6; round++)
    {
      Kit kit;
      int last;
      gssize calls;
      guint unsent;
      g_autoptr (GPtrArray) documents = NULL;
      g_autoptr (GError) error = NULL;

      kit_make (&kit);
      last = kill_writer (kit.path);
      kit_open (&kit);
      g_assert_null (side_store_get_damaged_path (kit.store));
      calls = kit_count (&kit, NULL);
      unsent = side_store_get_outbox_length (kit.store);
      documents = KIT_WAIT (kit.store, side_store_list_documents, &error, "annotation", NULL, NULL);
      g_test_message ("killed after batch %d: %zd calls, %u unsent", last, calls, unsent);
      /* What was said to be written is there; batches are whole; nothing twice. */
      g_assert_cmpint (calls % BATCH, ==, 0);
      g_assert_cmpint (calls / BATCH, >=, last + 1);
      g_assert_cmpuint (documents->len, ==, unsent);
      g_assert_cmpint (calls / BATCH - (gssize) unsent, >=, 0);
      g_assert_cmpint (calls / BATCH - (gssize) unsent, <=, 1);
      for (guint i = 0; i < unsent; i++)
        {
          g_autofree char *id = kit_uuid (i);

          g_assert_cmpstr (((SideDocument *) documents->pdata[i])->id, ==, id);
        }
      kit_clear (&kit);
    }
}

/* What cannot be read is not damaged for that. */
static void
test_unreadable (void)
{
  Kit kit;

  kit_make (&kit);
  g_assert_cmpint (g_mkdir_with_parents (kit.path, 0700), ==, 0);
  kit_assert_open_fails (&kit, SIDE_ERROR_FAILED);
  g_assert_true (g_file_test (kit.path, G_FILE_TEST_IS_DIR));
  kit_clear (&kit);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "hold"))
    return play_holder (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "read"))
    return play_reader (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "write"))
    return play_writer (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-open/busy", test_busy);
  g_test_add_func ("/store-open/second", test_second);
  g_test_add_func ("/store-open/read-only", test_read_only);
  g_test_add_func ("/store-open/newer", test_newer);
  g_test_add_func ("/store-open/newer-in-log", test_newer_in_log);
  g_test_add_func ("/store-open/foreign", test_foreign);
  g_test_add_func ("/store-open/unfinished", test_unfinished);
  g_test_add_func ("/store-open/from-version-1", test_from_version_1);
  g_test_add_func ("/store-open/from-every-version", test_from_every_version);
  g_test_add_func ("/store-open/migration-full", test_migration_full);
  g_test_add_func ("/store-open/killed", test_killed);
  g_test_add_func ("/store-open/unreadable", test_unreadable);
  return g_test_run ();
}
