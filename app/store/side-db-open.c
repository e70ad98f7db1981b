/* side-db-open.c - opening a cache's file, whatever state it is in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order matters. The first hundred bytes are read before SQLite is let
 * near the file, so that one of a newer version or of another program is not
 * touched at all. Then the lock is taken for good: the columns kept in memory
 * are only true while nobody else writes. Migrations run one by one, each in
 * a transaction of its own. A damaged file is moved aside, never deleted.
 */
#include "side-db.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "side-cache-resource.h"

#define HEADER_BYTES  100
#define HEADER_MAGIC  "SQLite format 3"   /* with its terminating zero: 16 bytes */
#define MMAP_BYTES    "8589934592"
#define BUSY_PAUSE_US (20 * 1000)
#define FACTS_VERSION 7   /* of the schema: the last one whose tables are filled by the program */

typedef enum {
  FILE_ABSENT,     /* or empty */
  FILE_OURS,
  FILE_DAMAGED,
  FILE_REFUSED,    /* error is set */
} FileState;

static guint32
big_endian (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
set_newer_error (const char  *path,
                 gint64       version,
                 GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_NEWER,
               "%s was written by a newer version of the program (version %" G_GINT64_FORMAT ", this one knows %d)",
               path, version, SIDE_DB_VERSION);
}

/* The header's fields: "The SQLite database file format", §1.3. */
static FileState
judge_header (const char    *path,
              const guint8  *header,
              gssize         len,
              GError       **error)
{
  guint32 version;
  guint32 application;

  if (len == 0)
    return FILE_ABSENT;
  if (len < HEADER_BYTES || memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) != 0)
    return FILE_DAMAGED;
  version = big_endian (header + 60);
  application = big_endian (header + 68);
  /* Both are 0 when the program died while it made the file. */
  if (application != SIDE_DB_APPLICATION_ID && (application != 0 || version != 0))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s is the database of another program", path);
      return FILE_REFUSED;
    }
  if (version > SIDE_DB_VERSION)
    {
      set_newer_error (path, version, error);
      return FILE_REFUSED;
    }
  return FILE_OURS;
}

static FileState
look_at_file (const char  *path,
              GError     **error)
{
  guint8 header[HEADER_BYTES];
  gssize len;
  int err;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0 && errno == ENOENT)
    return FILE_ABSENT;
  if (fd < 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "opening %s: %s", path, g_strerror (errno));
      return FILE_REFUSED;
    }
  len = read (fd, header, sizeof header);
  err = errno;
  g_close (fd, NULL);
  /* What could not be read is not damaged for that: a folder, a bad disk. */
  if (len < 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "reading %s: %s", path, g_strerror (err));
      return FILE_REFUSED;
    }
  return judge_header (path, header, len, error);
}

/* Others on the machine have no business with customers' numbers. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int err;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd >= 0)
        return g_close (fd, NULL);
    }
  err = errno;
  g_set_error (error, SIDE_ERROR,
               err == EACCES || err == EROFS || err == EPERM ? SIDE_ERROR_READ_ONLY
               : err == ENOSPC || err == EDQUOT ? SIDE_ERROR_FULL : SIDE_ERROR_FAILED,
               "making %s: %s", path, g_strerror (err));
  return FALSE;
}

static gboolean
may_write (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (path, W_OK) == 0 && g_access (folder, W_OK) == 0;
}

/* A file that cannot be written has no lock to take and nobody changes it:
 * SQLite calls that immutable. A log with content cannot be replayed then. */
static gboolean
open_read_only (SideDb  *self,
                GError **error)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *escaped = g_uri_escape_string (self->path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  GStatBuf info;
  int rc;

  if (g_stat (wal, &info) == 0 && info.st_size > 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY,
                   "%s cannot be written and was not closed properly; it can be read once it may be written", self->path);
      return FALSE;
    }
  self->read_only = TRUE;
  rc = sqlite3_open_v2 (uri, &self->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK)
    return TRUE;
  side_db_set_error (self->handle, rc, "opening the cache", error);
  return FALSE;
}

/* What the header says may be older than what the log says. */
static gboolean
check_identity (SideDb  *self,
                gint64  *version,
                GError **error)
{
  gint64 application = 0;
  gint64 tables = 0;

  if (!side_db_get_int (self, version, error, "PRAGMA user_version", "")
      || !side_db_get_int (self, &application, error, "PRAGMA application_id", ""))
    return FALSE;
  if (*version > SIDE_DB_VERSION)
    {
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      set_newer_error (self->path, *version, error);
      return FALSE;
    }
  if (application == SIDE_DB_APPLICATION_ID)
    return TRUE;
  if (!side_db_get_int (self, &tables, error, "SELECT count(*) FROM sqlite_schema", ""))
    return FALSE;
  if (application != 0 || tables != 0)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s is the database of another program", self->path);
  return application == 0 && tables == 0;
}

/* The first read in this mode takes the lock, and it is kept. Only a file that
 * is ours is made to keep a log. */
static gboolean
take_lock (SideDb  *self,
           GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) self->busy_timeout_ms * 1000;

  if (!side_db_script (self, "PRAGMA locking_mode = EXCLUSIVE", error))
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;
      gint64 version = 0;

      if (check_identity (self, &version, &failure) && side_db_script (self, "PRAGMA journal_mode = WAL", &failure))
        return TRUE;
      if (!g_error_matches (failure, SIDE_ERROR, SIDE_ERROR_BUSY) || g_get_monotonic_time () >= until)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_usleep (BUSY_PAUSE_US);
    }
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static gboolean
open_handle (SideDb  *self,
             GError **error)
{
  int rc;

  self->read_only = FALSE;
  if (!may_write (self->path))
    {
      if (!open_read_only (self, error))
        return FALSE;
    }
  else
    {
      rc = sqlite3_open_v2 (self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
      if (rc != SQLITE_OK)
        {
          side_db_set_error (self->handle, rc, "opening the cache", error);
          return FALSE;
        }
    }
  sqlite3_extended_result_codes (self->handle, 1);
  /* A cache that may be read by whoever sends a damaged file must not run
   * what stands in its schema. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  /* The lock first: the other settings read the file. */
  return (self->read_only || take_lock (self, error))
         && side_db_script (self, "PRAGMA mmap_size = " MMAP_BYTES "; PRAGMA temp_store = MEMORY;"
                                  "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000", error);
}

static void
close_handle (SideDb *self)
{
  side_db_drop_statements (self);
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_warning ("the cache %s was closed while in use", self->path);
  self->handle = NULL;
  side_db_forget_names (self);
}

static gboolean
run_migration (SideDb  *self,
               int      version,
               GError **error)
{
  g_autofree char *name = g_strdup_printf ("/org/sidetone/store/%d.sql", version);
  g_autofree char *marks = NULL;
  g_autoptr (GBytes) sql = NULL;
  GError *failure = NULL;

  sql = g_resource_lookup_data (side_cache_get_resource (), name, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (sql == NULL || !side_db_begin (self, TRUE, error))
    return FALSE;
  marks = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d", version, SIDE_DB_APPLICATION_ID);
  /* A resource's data ends in a zero that its size does not count. */
  if (!side_db_script (self, g_bytes_get_data (sql, NULL), &failure)
      || (version == FACTS_VERSION && !side_db_facts_of_all (self, &failure))
      || !side_db_script (self, marks, &failure))
    {
      side_db_rollback (self);
      g_prefix_error (&failure, "bringing the cache to version %d: ", version);
      g_propagate_error (error, failure);
      return FALSE;
    }
  return side_db_commit (self, error);
}

static gboolean
bring_up_to_date (SideDb  *self,
                  GError **error)
{
  gint64 version = 0;

  if (!check_identity (self, &version, error))
    return FALSE;
  if (self->read_only && version < SIDE_DB_VERSION)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY,
                   "%s is of an older version and cannot be written to bring it up to date", self->path);
      return FALSE;
    }
  for (int next = (int) version + 1; next <= SIDE_DB_VERSION; next++)
    if (!run_migration (self, next, error))
      return FALSE;
  if (version < SIDE_DB_VERSION)
    side_db_drop_statements (self);
  return TRUE;
}

static gboolean
open_here (SideDb  *self,
           GError **error)
{
  guint unsent;
  guint conflicts;
  guint refused;

  if (open_handle (self, error) && bring_up_to_date (self, error) && side_db_make_veil (self, error)
      && side_db_count_outbox (self, &unsent, &conflicts, &refused, error))
    return TRUE;
  close_handle (self);
  return FALSE;
}

/* Moves what is there aside, makes a new file, brings over what it can. When
 * that cannot be done now everything is put back for the next time. */
static gboolean
start_afresh (SideDb  *self,
              gint64   now_ms,
              GError **error)
{
  g_autofree char *moved = side_db_move_aside (self->path, now_ms, error);

  if (moved == NULL)
    return FALSE;
  if (!make_file (self->path, error) || !open_here (self, error) || !side_db_salvage (self, moved, now_ms, error))
    {
      close_handle (self);
      side_db_move_back (moved, self->path);
      g_prefix_error (error, "replacing a damaged file: ");
      return FALSE;
    }
  g_free (self->damaged_path);
  self->damaged_path = g_steal_pointer (&moved);
  g_message ("the cache was damaged: kept as %s, %u unsent documents brought over", self->damaged_path, self->salvaged);
  return TRUE;
}

/**
 * side_db_open:
 * @path: the file, made with its folder when there is none
 * @busy_timeout_ms: how long to wait for another process to let go of it
 * @now_ms: the present instant, for the name of a file moved aside
 * @error: (out): BUSY, FULL, READ_ONLY, NEWER, INVALID for another program's
 *   file, FAILED
 *
 * A file that cannot be written is opened for reading: see read_only. A
 * damaged one is moved aside and replaced: see damaged_path.
 *
 * Returns: (transfer full) (nullable): the database, owned by this thread
 */
SideDb *
side_db_open (const char  *path,
              guint        busy_timeout_ms,
              gint64       now_ms,
              GError     **error)
{
  SideDb *self = g_new0 (SideDb, 1);
  g_autoptr (GError) failure = NULL;
  FileState state;
  gboolean opened;

  self->path = g_strdup (path);
  self->thread = g_thread_self ();
  self->busy_timeout_ms = busy_timeout_ms;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  self->names = g_ptr_array_new ();
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  state = look_at_file (path, &failure);
  opened = state == FILE_OURS || (state == FILE_ABSENT && make_file (path, &failure));
  if (opened)
    opened = open_here (self, &failure);
  if (state == FILE_DAMAGED || g_error_matches (failure, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    {
      g_clear_error (&failure);
      opened = start_afresh (self, now_ms, &failure);
    }
  if (!opened)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      g_clear_pointer (&self, side_db_close);
    }
  return self;
}

/**
 * side_db_recover:
 * @self: the database, found damaged while open; not in a transaction
 * @now_ms: the present instant
 * @error: (out): why there is no database any more
 *
 * The same as opening a damaged file: see side_db_open().
 *
 * Returns: %TRUE when @self can be used again, with a new file
 */
gboolean
side_db_recover (SideDb  *self,
                 gint64   now_ms,
                 GError **error)
{
  side_db_assert_thread (self);
  if (self->read_only)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "%s is damaged and cannot be replaced", self->path);
      return FALSE;
    }
  /* Without this the damaged log would be written into the damaged file. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  close_handle (self);
  return start_afresh (self, now_ms, error);
}

/**
 * side_db_close:
 * @self: (transfer full): the database
 */
void
side_db_close (SideDb *self)
{
  side_db_assert_thread (self);
  close_handle (self);
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->names);
  g_strfreev (self->veil);
  g_free (self->damaged_path);
  g_free (self->path);
  g_free (self);
}
