/* side-sqlite-private.h - SQLite's C interface in our terms of errors and records
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the archive: opening and migrating a database file, statements,
 * and rows that are described by a table of fields.
 */
#pragma once

#include <sqlite3.h>

#include "side-archive-store.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

#define SIDE_SQLITE_APPLICATION_ID 0x53544e41   /* "STNA" */
#define SIDE_SQLITE_VERSION        4

/* The account of a name (?1), which is folded (?2): two that differ in case
 * alone, of an older server, are told apart by the exact name. */
#define SIDE_SQLITE_FIND_ACCOUNT \
  "SELECT id FROM account WHERE folded = ?2 OR name = ?1 COLLATE BINARY ORDER BY name = ?1 COLLATE BINARY DESC LIMIT 1"

sqlite3      *side_sqlite_open         (const char *path, gboolean may_create, GError **error);
sqlite3      *side_sqlite_open_reader  (const char *path, GError **error);
gboolean      side_sqlite_fail         (sqlite3 *db, const char *path, GError **error);
gboolean      side_sqlite_exec         (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *side_sqlite_prepare      (sqlite3 *db, const char *sql, GError **error);
int           side_sqlite_step         (sqlite3_stmt *statement, GError **error);
gboolean      side_sqlite_run          (sqlite3_stmt *statement, GError **error);
gint64        side_sqlite_get_number   (sqlite3 *db, const char *sql, GError **error);

void          side_sqlite_bind_text    (sqlite3_stmt *statement, int index, const char *text);
void          side_sqlite_bind_fields  (sqlite3_stmt *statement, int first, const SideField *fields, gsize n, gconstpointer record);
void          side_sqlite_read_fields  (sqlite3_stmt *statement, int first, const SideField *fields, gsize n, gpointer record);
char         *side_sqlite_column_text  (sqlite3_stmt *statement, int column);
char         *side_sqlite_names        (const SideField *fields, gsize n);

/* The first column of what a question gives, each text read into what it says:
 * side_wire_…_from_json(). */
typedef gpointer (*SideSqliteReader) (const char *text, gssize len, GError **error);

GPtrArray    *side_sqlite_read_bodies  (sqlite3_stmt *statement, SideSqliteReader reader, GDestroyNotify free_func, GError **error);

/* Which archive it is. */
gboolean      side_sqlite_ensure_epoch (sqlite3 *db, GError **error);
gboolean      side_sqlite_read_epoch   (sqlite3 *db, char epoch[SIDE_ARCHIVE_EPOCH_BYTES], GError **error);
char         *side_sqlite_begin_epoch  (sqlite3 *db, const char *mark, GError **error);
char         *side_sqlite_make_mark    (sqlite3 *db, GError **error);

/* Whether the log beside a database is its own. */
typedef struct _SideSqliteWal SideSqliteWal;

gboolean       side_sqlite_is_in_use     (const char *path);
gboolean       side_sqlite_check_wal     (const char *path, GError **error);
SideSqliteWal *side_sqlite_wal_new       (sqlite3 *db, GError **error);
void           side_sqlite_wal_free      (SideSqliteWal *wal);
gboolean       side_sqlite_wal_begin     (SideSqliteWal *wal, GError **error);
void           side_sqlite_wal_committed (SideSqliteWal *wal);

/* Writing, in the archive's writer thread alone. */
typedef struct _SideSqliteWriter SideSqliteWriter;

SideSqliteWriter *side_sqlite_writer_new   (sqlite3 *db, GError **error);
void              side_sqlite_writer_free  (SideSqliteWriter *writer);
gboolean          side_sqlite_writer_write (SideSqliteWriter *writer, SideArchiveItem *const *items, guint n_items, GError **error);

/* Questions, on a connection of their own. */
SideCallPage   *side_sqlite_find_calls      (sqlite3 *db, const SideArchiveQuery *query, GError **error);
SideCall       *side_sqlite_get_call        (sqlite3 *db, const char *id, const SideScope *scope, gint64 *change, GError **error);
GPtrArray      *side_sqlite_get_call_events (sqlite3 *db, const char *id, const SideScope *scope, GError **error);
SideEventPage  *side_sqlite_find_events     (sqlite3 *db, const SideEventQuery *query, GError **error);
SideRecording  *side_sqlite_get_recording   (sqlite3 *db, const char *id, const SideScope *scope, GError **error);
gboolean        side_sqlite_each_recording  (sqlite3 *db, SideRecordingPathFunc func, gpointer user_data, GError **error);
gboolean        side_sqlite_each_ended      (sqlite3 *db, gint64 from_ms, SideCallEndFunc func, gpointer user_data, GError **error);
SideDocument   *side_sqlite_get_document    (sqlite3 *db, const char *kind, const char *id, const SideScope *scope, GError **error);
SideDocument   *side_sqlite_get_script      (sqlite3 *db, const char *id, int version, const SideScope *scope, GError **error);
SideChangePage *side_sqlite_find_changes    (sqlite3 *db, const SideScope *scope, gint64 since, int limit, GError **error);
SideAccount    *side_sqlite_find_token      (sqlite3 *db, const guint8 *hash, gint64 now_ms, GError **error);
SideAccount    *side_sqlite_find_account    (sqlite3 *db, const char *name, GError **error);
GPtrArray      *side_sqlite_find_people     (sqlite3 *db, const char *const *projects, GError **error);
gboolean        side_sqlite_replay          (sqlite3 *db, gint64 from_ms, SideEventFunc func, gpointer user_data, GError **error);

/* Of what is in the projects, what is an operator's own; "@" stands for their id. */
#define SIDE_SQLITE_OWN_CALL  " AND answered_ms != 0 AND operator = @"
#define SIDE_SQLITE_OWN_CALLS "SELECT own.id FROM call AS own WHERE own.operator = @ AND own.answered_ms != 0"
#define SIDE_SQLITE_OWN_DOCUMENT \
  " AND (kind IN ('review', 'dispute', 'acknowledgement', 'listening') AND call IN (" SIDE_SQLITE_OWN_CALLS ")" \
  " OR kind = 'coaching'" \
  " OR kind = 'script' AND id IN (SELECT json_extract (named.body, '$.script') FROM document AS named" \
  " WHERE named.kind = 'review' AND named.call IN (" SIDE_SQLITE_OWN_CALLS ") AND json_valid (named.body)" \
  " AND (json_extract (named.body, '$.finished_ms') > 0 OR json_array_length (named.body, '$.history') > 0)" \
  " AND coalesce (json_extract (named.body, '$.selection'), 'none') IN ('none', 'random', 'chosen')))"

/* Calls that somebody still has to review blind; of one person, while one question is answered. */
typedef struct {
  GHashTable *calls;
} SideSqliteOwed;

void            side_sqlite_owed_clear      (SideSqliteOwed *self);
gboolean        side_sqlite_is_owed         (sqlite3 *db, SideSqliteOwed *known, const SideDocument *document, const char *user, GError **error);
GPtrArray      *side_sqlite_find_owed       (sqlite3 *db, const SideDocument *document, gint64 now_ms);
gboolean        side_sqlite_tell_owed       (sqlite3 *db, const char *project, const GPtrArray *owed, gint64 now_ms, gint64 *change,
                                             GError **error);
gboolean        side_sqlite_move_reviews    (sqlite3 *db, const char *which, const char *first, const char *second, gint64 *change,
                                             GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideSqliteOwed, side_sqlite_owed_clear)

gboolean        side_sqlite_show            (sqlite3 *db, const SideScope *scope, SideSqliteOwed *owed, SideDocument *document, GError **error);
gboolean        side_sqlite_hides           (sqlite3 *db, const SideDocument *document, const char *body, const char *user, GError **error);
char           *side_sqlite_find_blind      (sqlite3 *db, const SideDocument *document, const SideDocument *current);
gboolean        side_sqlite_tell_anew       (sqlite3 *db, const char *project, const char *id, gint64 *change, GError **error);
SideCalibrationProgress *side_sqlite_get_progress (sqlite3 *db, const SideCalibration *calibration, GError **error);
gboolean        side_sqlite_is_begun        (sqlite3 *db, const SideCalibration *calibration);
char           *side_sqlite_dup_judged      (sqlite3 *db, const SideDocument *document, const SideDocument *current);
gboolean        side_sqlite_may_answer      (sqlite3 *db, const SideReview *review, const SideReview *old, GError **error);
gboolean        side_sqlite_is_blind        (sqlite3 *db, const char *project, const char *id, GError **error);
gboolean        side_sqlite_refuse_script   (sqlite3 *db, SideArchiveItem *item);
gboolean        side_sqlite_may_select      (sqlite3 *db, const SideReview *review, GError **error);
gboolean        side_sqlite_refuse_plan     (sqlite3 *db, SideArchiveItem *item, const SideDocument *current);
gboolean        side_sqlite_refuse_test_call (sqlite3 *db, SideArchiveItem *item, const SideDocument *current);
gboolean        side_sqlite_write_claim     (sqlite3 *db, const SideArchiveItem *item, GError **error);
gboolean        side_sqlite_is_claimed      (sqlite3 *db, const char *test, const char *call);
char          **side_sqlite_find_claimed    (sqlite3 *db, const char *test, const SideScope *scope, GError **error);
GPtrArray      *side_sqlite_judge_tests     (sqlite3 *db, const char *test, const char *const *calls, GPtrArray *projects, GError **error);
gboolean        side_sqlite_is_secret       (const SideDocument *document, const char *body, const char *user);
gboolean        side_sqlite_refuse_coaching (SideArchiveItem *item, const SideDocument *current);
gboolean        side_sqlite_refuse_scorecard (sqlite3 *db, SideArchiveItem *item, const SideDocument *current);
gboolean        side_sqlite_refuse_review   (sqlite3 *db, SideArchiveItem *item, const SideDocument *current);
gboolean        side_sqlite_refuse_answer   (sqlite3 *db, SideArchiveItem *item, const SideDocument *current);

SideCall       *side_sqlite_load_call       (sqlite3 *db, const char *id, GError **error);
SideDocument   *side_sqlite_load_document   (sqlite3 *db, const char *kind, const char *id, GError **error);
char           *side_sqlite_load_last_body  (sqlite3 *db, const char *kind, const char *id, const SideDocument *current);
SideScript     *side_sqlite_load_script     (sqlite3 *db, const char *project, const char *id, int version);

G_END_DECLS
