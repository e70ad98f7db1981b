/* test-archive-wal.c - what a crash left beside the archive, and what was put back there
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log is taken over the database it is of, and no other.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "side-error.h"
#include "side-sqlite-store.h"
#include "side-test.h"

#define DAY G_GINT64_CONSTANT (1795219200000)   /* 2026-11-21T00:00:00Z */

static const char *const tea[] = { "tea", NULL };

typedef struct {
  char             *dir;
  char             *path;
  SideArchiveStore *store;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "archive.db", NULL);
  f->store = side_sqlite_store_new (f->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->store);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
}

static void
write_call (SideArchiveStore *store,
            const char       *id,
            const char       *project,
            gint64            joined_ms,
            SideOutcome       outcome)
{
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_CALL, joined_ms);
  g_autoptr (GError) error = NULL;

  item->call = side_call_new (id);
  item->call->project = g_intern_string (project);
  item->call->joined_ms = joined_ms;
  item->call->outcome = outcome;
  g_assert_true (side_archive_store_write (store, &item, 1, &error));
  g_assert_no_error (error);
}

static void
run_sql (const char *path,
         const char *sql)
{
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "sqlite3", path, sql, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *bytes = NULL;
  gsize len;
  FILE *file = fopen (to, "w");   /* as cp does: the same file with other contents */

  g_assert_true (g_file_get_contents (from, &bytes, &len, NULL));
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, len, file), ==, len);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* What a crash left goes on; laid beside a copy that was put back, it is not
 * mixed with that. */
static void
test_foreign_wal (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "archive.db", NULL);
  g_autofree char *path_wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *own_wal = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *backup = g_build_filename (folder, "backup.db", NULL);
  g_autofree char *backup_sql = g_strdup_printf ("VACUUM INTO '%s'", backup);
  g_autofree char *kept = NULL, *still = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideArchiveStore) store = NULL;
  g_autoptr (SideArchiveStore) restored = NULL;
  gint64 change;
  gsize kept_len, still_len;

  run_sql (f->path, backup_sql);
  write_call (f->store, "after-the-backup", "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
  copy_file (f->path, path);
  copy_file (own_wal, path_wal);
  g_assert_true (side_sqlite_store_check (path, &error));
  store = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  side_call_unref (side_archive_store_get_call (store, "after-the-backup", SIDE_SCOPE (tea), &change, &error));
  g_assert_no_error (error);
  g_clear_object (&store);

  copy_file (f->path, path);
  copy_file (own_wal, path_wal);
  copy_file (backup, path);
  g_assert_false (side_sqlite_store_check (path, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &kept, &kept_len, NULL));
  g_assert_null (side_sqlite_store_new (path, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "archive.db-wal"));
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &still, &still_len, NULL));
  g_assert_cmpmem (kept, kept_len, still, still_len);
  g_assert_cmpint (g_unlink (path_wal), ==, 0);
  restored = side_sqlite_store_new (path, &error);
  g_assert_no_error (error);
  g_assert_null (side_archive_store_get_call (restored, "after-the-backup", SIDE_SCOPE (tea), &change, &error));
  g_clear_object (&restored);
  side_test_rm_rf (folder);
}

#define ROUNDS 60

/* A copy of any moment, laid under the log of a crash: refused, or, where that
 * log was begun before the copy was made, brought to where the crash was. */
static void
test_copies_under_wal (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "archive.db", NULL);
  g_autofree char *path_wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *own_wal = g_strconcat (f->path, "-wal", NULL);
  guint n_refused = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *backup = g_strdup_printf ("%s/backup-%u.db", folder, i);
      g_autofree char *command = g_strdup_printf (".backup '%s'", backup);

      g_autofree char *copy = g_strdup_printf ("cp '%s' '%s'", f->path, backup);

      /* By another process: closing the file here would end SQLite's locks. */
      if (i % 2 == 0)
        run_sql (f->path, command);
      else
        g_assert_true (g_spawn_command_line_sync (copy, NULL, NULL, NULL, NULL));
      for (guint k = 0; k < 12; k++)
        {
          g_autofree char *id = g_strdup_printf ("%u-%u", i, k);

          write_call (f->store, id, "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
        }
    }
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *backup = g_strdup_printf ("%s/backup-%u.db", folder, i);
      g_autoptr (SideArchiveStore) store = NULL;
      g_autoptr (GError) error = NULL;
      gboolean fine;

      copy_file (backup, path);
      copy_file (own_wal, path_wal);
      fine = side_sqlite_store_check (path, &error);
      g_test_message ("%u: %s", i, fine ? "fine" : error->message);
      g_assert_true (!fine || i % 2 == 1);
      if (fine)
        {
          gint64 change;

          store = side_sqlite_store_new (path, &error);
          g_assert_no_error (error);
          side_call_unref (side_archive_store_get_call (store, "0-0", SIDE_SCOPE (tea), &change, &error));
          g_assert_no_error (error);
          side_call_unref (side_archive_store_get_call (store, "59-11", SIDE_SCOPE (tea), &change, &error));
          g_assert_no_error (error);
          run_sql (path, "CREATE TABLE whole AS SELECT 1 / (integrity_check = 'ok') FROM pragma_integrity_check");
        }
      else
        {
          g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
          n_refused++;
        }
      g_clear_object (&store);
      g_unlink (path_wal);
    }
  g_assert_cmpuint (n_refused, >=, ROUNDS / 2 + 1);
  g_assert_cmpuint (n_refused, <, ROUNDS);
  side_test_rm_rf (folder);
}

/* A server that runs is not taken for one that crashed, whatever the files' times. */
static void
test_running_server (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *path_lock = g_strconcat (f->path, ".lock", NULL);
  g_autofree char *backup = g_strconcat (f->path, ".copy", NULL);
  g_autoptr (GError) error = NULL;
  int fd = open (path_lock, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  write_call (f->store, "one", "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
  g_assert_cmpint (g_chmod (f->path, 0600), ==, 0);
  g_assert_cmpint (link (f->path, backup), ==, 0);
  g_assert_true (side_sqlite_store_check (f->path, &error));
  g_assert_no_error (error);
  close (fd);
  /* nor one that crashed for another */
  g_assert_true (side_sqlite_store_check (f->path, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/archive-wal/foreign", Fixture, NULL, set_up, test_foreign_wal, tear_down);
  g_test_add ("/archive-wal/copies", Fixture, NULL, set_up, test_copies_under_wal, tear_down);
  g_test_add ("/archive-wal/running-server", Fixture, NULL, set_up, test_running_server, tear_down);
  return g_test_run ();
}
