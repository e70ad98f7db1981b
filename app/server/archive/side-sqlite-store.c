/* side-sqlite-store.c - the archive in a file of SQLite
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * THREADS. @db and @writer belong to whoever calls write(), one at a time.
 * A question takes a connection from @idle (or opens one), has it for itself,
 * and puts it back. SQLite's WAL lets all of them go on at once.
 */
#include "side-sqlite-store.h"

#include "side-sqlite-private.h"

struct _SideSqliteStore
{
  GObject           parent_instance;
  char             *path;
  sqlite3          *db;
  SideSqliteWriter *writer;
  GMutex            lock;
  GPtrArray        *idle;     /* of sqlite3 */
};

static void side_sqlite_store_iface_init (SideArchiveStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideSqliteStore, side_sqlite_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_ARCHIVE_STORE, side_sqlite_store_iface_init))

static sqlite3 *
take_reader (SideArchiveStore  *store,
             GError           **error)
{
  SideSqliteStore *self = SIDE_SQLITE_STORE (store);
  sqlite3 *db = NULL;

  g_mutex_lock (&self->lock);
  if (self->idle->len > 0)
    db = g_ptr_array_steal_index_fast (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->lock);
  return db != NULL ? db : side_sqlite_open_reader (self->path, error);
}

static void
give_back (SideArchiveStore *store,
           sqlite3          *db)
{
  SideSqliteStore *self = SIDE_SQLITE_STORE (store);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->idle, db);
  g_mutex_unlock (&self->lock);
}

/* Each question is its function in side-sqlite-read.c on a reader of its own. */
#define ASK(TYPE, nothing, call)                          \
  sqlite3 *db = take_reader (self, error);                \
  TYPE answer;                                            \
                                                          \
  if (db == NULL)                                         \
    return nothing;                                       \
  answer = call;                                          \
  give_back (self, db);                                   \
  return answer

static gboolean
store_write (SideArchiveStore        *self,
             SideArchiveItem *const  *items,
             guint                    n_items,
             GError                 **error)
{
  return side_sqlite_writer_write (SIDE_SQLITE_STORE (self)->writer, items, n_items, error);
}

static gboolean
read_position (sqlite3              *db,
               SideArchivePosition  *position,
               GError              **error)
{
  gint64 last = side_sqlite_get_number (db, "SELECT coalesce(max(seq), 0) FROM event", error);
  gint64 last_ms = last >= 0 ? side_sqlite_get_number (db, "SELECT coalesce(max(at_ms), 0) FROM event", error) : -1;
  gint64 heard_ms = last_ms >= 0 ? side_sqlite_get_number (db, "SELECT coalesce((SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'heard'), 0)", error) : -1;
  gint64 clean = heard_ms >= 0 ? side_sqlite_get_number (db, "SELECT count(*) FROM meta WHERE key = 'clean' AND value = '1'", error) : -1;

  position->last_seq = last > 0 ? (guint64) last : 0;
  position->last_ms = MAX (last_ms, 0);
  position->heard_ms = MAX (heard_ms, 0);
  position->clean = clean > 0;
  return clean >= 0 && side_sqlite_read_epoch (db, position->epoch, error);
}

static gboolean
store_get_position (SideArchiveStore     *self,
                    SideArchivePosition  *position,
                    GError              **error)
{
  ASK (gboolean, FALSE, read_position (db, position, error));
}

static gboolean
store_replay (SideArchiveStore  *self,
              gint64             from_ms,
              SideEventFunc      func,
              gpointer           user_data,
              GError           **error)
{
  ASK (gboolean, FALSE, side_sqlite_replay (db, from_ms, func, user_data, error));
}

static SideCallPage *
store_find_calls (SideArchiveStore     *self,
                  const SideArchiveQuery  *query,
                  GError              **error)
{
  ASK (SideCallPage *, NULL, side_sqlite_find_calls (db, query, error));
}

static SideCall *
store_get_call (SideArchiveStore   *self,
                const char         *id,
                const SideScope    *scope,
                gint64             *change,
                GError            **error)
{
  ASK (SideCall *, NULL, side_sqlite_get_call (db, id, scope, change, error));
}

static GPtrArray *
store_get_call_events (SideArchiveStore   *self,
                       const char         *id,
                       const SideScope    *scope,
                       GError            **error)
{
  ASK (GPtrArray *, NULL, side_sqlite_get_call_events (db, id, scope, error));
}

static SideEventPage *
store_find_events (SideArchiveStore      *self,
                   const SideEventQuery  *query,
                   GError               **error)
{
  ASK (SideEventPage *, NULL, side_sqlite_find_events (db, query, error));
}

static SideRecording *
store_get_recording (SideArchiveStore   *self,
                     const char         *id,
                     const SideScope    *scope,
                     GError            **error)
{
  ASK (SideRecording *, NULL, side_sqlite_get_recording (db, id, scope, error));
}

static gboolean
store_each_recording (SideArchiveStore       *self,
                      SideRecordingPathFunc   func,
                      gpointer                user_data,
                      GError                **error)
{
  ASK (gboolean, FALSE, side_sqlite_each_recording (db, func, user_data, error));
}

static gboolean
store_each_ended (SideArchiveStore  *self,
                  gint64             from_ms,
                  SideCallEndFunc    func,
                  gpointer           user_data,
                  GError           **error)
{
  ASK (gboolean, FALSE, side_sqlite_each_ended (db, from_ms, func, user_data, error));
}

static SideDocument *
store_get_document (SideArchiveStore   *self,
                    const char         *kind,
                    const char         *id,
                    const SideScope    *scope,
                    GError            **error)
{
  ASK (SideDocument *, NULL, side_sqlite_get_document (db, kind, id, scope, error));
}

static SideDocument *
store_get_script (SideArchiveStore   *self,
                  const char         *id,
                  int                 version,
                  const SideScope    *scope,
                  GError            **error)
{
  ASK (SideDocument *, NULL, side_sqlite_get_script (db, id, version, scope, error));
}

static SideChangePage *
store_find_changes (SideArchiveStore   *self,
                    const SideScope    *scope,
                    gint64              since,
                    int                 limit,
                    GError            **error)
{
  ASK (SideChangePage *, NULL, side_sqlite_find_changes (db, scope, since, limit, error));
}

static SideAccount *
store_find_token (SideArchiveStore  *self,
                  const guint8      *hash,
                  gint64             now_ms,
                  GError           **error)
{
  ASK (SideAccount *, NULL, side_sqlite_find_token (db, hash, now_ms, error));
}

static SideAccount *
store_find_account (SideArchiveStore  *self,
                    const char        *name,
                    GError           **error)
{
  ASK (SideAccount *, NULL, side_sqlite_find_account (db, name, error));
}

static GPtrArray *
store_find_people (SideArchiveStore   *self,
                   const char *const  *projects,
                   GError            **error)
{
  ASK (GPtrArray *, NULL, side_sqlite_find_people (db, projects, error));
}

static SideCalibrationProgress *
store_get_progress (SideArchiveStore       *self,
                    const SideCalibration  *calibration,
                    GError                **error)
{
  ASK (SideCalibrationProgress *, NULL, side_sqlite_get_progress (db, calibration, error));
}

static char **
store_find_claimed (SideArchiveStore  *self,
                    const char        *test,
                    const SideScope   *scope,
                    GError           **error)
{
  ASK (char **, NULL, side_sqlite_find_claimed (db, test, scope, error));
}

static GPtrArray *
store_judge_tests (SideArchiveStore   *self,
                   const char         *test,
                   const char *const  *calls,
                   GPtrArray          *projects,
                   GError            **error)
{
  ASK (GPtrArray *, NULL, side_sqlite_judge_tests (db, test, calls, projects, error));
}

static void
side_sqlite_store_iface_init (SideArchiveStoreInterface *iface)
{
  iface->write = store_write;
  iface->get_position = store_get_position;
  iface->replay = store_replay;
  iface->find_calls = store_find_calls;
  iface->get_call = store_get_call;
  iface->get_call_events = store_get_call_events;
  iface->find_events = store_find_events;
  iface->get_recording = store_get_recording;
  iface->each_recording = store_each_recording;
  iface->each_ended = store_each_ended;
  iface->get_document = store_get_document;
  iface->get_script = store_get_script;
  iface->find_changes = store_find_changes;
  iface->find_token = store_find_token;
  iface->find_account = store_find_account;
  iface->find_people = store_find_people;
  iface->get_progress = store_get_progress;
  iface->find_claimed = store_find_claimed;
  iface->judge_tests = store_judge_tests;
}

static void
close_db (gpointer db)
{
  sqlite3_close (db);
}

static void
side_sqlite_store_finalize (GObject *object)
{
  SideSqliteStore *self = SIDE_SQLITE_STORE (object);

  /* The writer closes last: it is the one that clears the WAL away. */
  g_ptr_array_unref (self->idle);
  g_clear_pointer (&self->writer, side_sqlite_writer_free);
  g_clear_pointer (&self->db, close_db);
  g_free (self->path);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (side_sqlite_store_parent_class)->finalize (object);
}

static void
side_sqlite_store_class_init (SideSqliteStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_sqlite_store_finalize;
}

static void
side_sqlite_store_init (SideSqliteStore *self)
{
  g_mutex_init (&self->lock);
  self->idle = g_ptr_array_new_with_free_func (close_db);
}

/**
 * side_sqlite_store_new:
 * @path: the database file, made when it is not there
 * @error: return location
 *
 * Blocks while it migrates an older file.
 *
 * Returns: (transfer full) (nullable): the store; %NULL with
 *   SIDE_ERROR_NOT_FOUND (no such folder), BUSY, FULL, READ_ONLY, CORRUPT,
 *   NEWER (of a newer server), INVALID (another program's file) or CONFLICT
 *   (a WAL that is not its own lies beside it)
 */
SideArchiveStore *
side_sqlite_store_new (const char  *path,
                       GError     **error)
{
  g_autoptr (SideSqliteStore) self = g_object_new (SIDE_TYPE_SQLITE_STORE, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  /* A server locks its archive before it comes here: nobody else has it. */
  if (!side_sqlite_check_wal (path, error))
    return NULL;
  self->db = side_sqlite_open (path, TRUE, error);
  if (self->db != NULL && side_sqlite_ensure_epoch (self->db, error))
    self->writer = side_sqlite_writer_new (self->db, error);
  return self->writer != NULL ? SIDE_ARCHIVE_STORE (g_steal_pointer (&self)) : NULL;
}

/**
 * side_sqlite_store_begin:
 * @self: a store of side_sqlite_store_new(), which nothing was asked yet
 * @mark: (nullable): what lay beside the archive since its last server: what
 *   this function or side_sqlite_store_end() returned then
 * @error: return location
 *
 * Counts this start. An archive that is not the one @mark is of has been put
 * in its place (from a backup, or by somebody's hand), and its numbers will be
 * given a second time: it becomes another epoch, and readers begin anew.
 *
 * Returns: (transfer full) (nullable): the mark to be put beside it now
 */
char *
side_sqlite_store_begin (SideSqliteStore  *self,
                         const char       *mark,
                         GError          **error)
{
  g_return_val_if_fail (SIDE_IS_SQLITE_STORE (self), NULL);
  return side_sqlite_begin_epoch (self->db, mark, error);
}

/**
 * side_sqlite_store_end:
 * @path: the archive of a server that has closed it
 * @error: return location
 *
 * Notes that this start is over, which a backup taken before does not have.
 *
 * Returns: (transfer full) (nullable): the mark to be put beside it at the end
 */
char *
side_sqlite_store_end (const char  *path,
                            GError     **error)
{
  sqlite3 *db = side_sqlite_open (path, FALSE, error);
  char *mark = NULL;

  if (db != NULL && side_sqlite_exec (db, "INSERT OR REPLACE INTO meta (key, value) VALUES ('ended', '1')", error))
    mark = side_sqlite_make_mark (db, error);

  close_db (db);
  return mark;
}
