/* side-db.h - the database of a cache, as its own thread sees it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A SideDb belongs to the thread that opened it; every function asserts that.
 * Functions that write leave the transaction to the caller: side_db_begin(),
 * any number of them, side_db_commit() - or side_db_rollback() after the first
 * failure, which leaves everything as it was.
 */
#pragma once

#include <sqlite3.h>

#include "side-call.h"
#include "side-document.h"
#include "side-error.h"
#include "side-outbox.h"
#include "side-script.h"
#include "side-sound-figures.h"

G_BEGIN_DECLS

#define SIDE_DB_VERSION        7
#define SIDE_DB_APPLICATION_ID 0x53494445   /* "SIDE" */

typedef struct _SideDb SideDb;

/**
 * SideDb:
 * @names: text of each number of the table names, interned; index 0 unused
 * @numbers: the other way round
 * @damaged_path: (nullable): where the damaged file was moved to
 * @salvaged: unsent documents brought over from it
 * @veil: (nullable): ids of the calls whose reviews are hidden
 */
struct _SideDb
{
  char       *path;
  GThread    *thread;
  sqlite3    *handle;
  GHashTable *statements;     /* SQL literal -> sqlite3_stmt */
  gboolean    read_only;
  gboolean    in_transaction;
  guint       busy_timeout_ms;
  GPtrArray  *names;
  GHashTable *numbers;
  gboolean    names_complete; /* all of the table names was read */
  char       *damaged_path;
  guint       salvaged;
  char      **veil;
};

/* side-db.c */
sqlite3_stmt *side_db_prepare       (SideDb *self, const char *sql, GError **error);
gboolean      side_db_step_done     (SideDb *self, sqlite3_stmt *stmt, GError **error);
int           side_db_step          (SideDb *self, sqlite3_stmt *stmt, GError **error);
gboolean      side_db_run           (SideDb *self, GError **error, const char *sql, const char *types, ...);
gboolean      side_db_get_int       (SideDb *self, gint64 *value, GError **error, const char *sql, const char *types, ...);
gboolean      side_db_script        (SideDb *self, const char *sql, GError **error);
gboolean      side_db_begin         (SideDb *self, gboolean durable, GError **error);
gboolean      side_db_commit        (SideDb *self, GError **error);
void          side_db_rollback      (SideDb *self);
void          side_db_set_error     (sqlite3 *handle, int rc, const char *doing, GError **error);
void          side_db_assert_thread (SideDb *self);
void          side_db_drop_statements (SideDb *self);

/* side-db-open.c */
SideDb       *side_db_open          (const char *path, guint busy_timeout_ms, gint64 now_ms, GError **error);
void          side_db_close         (SideDb *self);
gboolean      side_db_recover       (SideDb *self, gint64 now_ms, GError **error);

/* side-db-salvage.c */
char         *side_db_move_aside    (const char *path, gint64 now_ms, GError **error);
void          side_db_move_back     (const char *damaged, const char *path);
gboolean      side_db_salvage       (SideDb *self, const char *damaged, gint64 now_ms, GError **error);

/* side-db-names.c */
gint64        side_db_name_number   (SideDb *self, const char *text, GError **error);
const char   *side_db_name_text     (SideDb *self, gint64 number);
void          side_db_forget_names  (SideDb *self);
gboolean      side_db_load_names    (SideDb *self, GError **error);

/* side-db-calls.c */

/* What a call's row says that a SideCall does not. */
typedef struct {
  gint64   n;           /* 0: there is no such row */
  gint64   change;
  double   score;       /* -1 for none */
  gboolean imported;    /* of this computer alone */
} SideCallRow;

gboolean      side_db_find_call     (SideDb *self, const char *id, SideCallRow *row, GError **error);
gint64        side_db_put_call      (SideDb *self, const SideCall *call, gint64 change, gint64 free_n, gboolean *written, GError **error);
SideCall     *side_db_get_call      (SideDb *self, gint64 n, GError **error);
GPtrArray    *side_db_get_calls     (SideDb *self, const GArray *rows, guint n, GError **error);
SideCall     *side_db_call_from_row (SideDb *self, sqlite3_stmt *stmt);
const char   *side_db_page_sql      (void);
const char   *side_db_page_of_project_sql (void);
gboolean      side_db_put_events    (SideDb *self, const char *call, GPtrArray *events, GError **error);
GPtrArray    *side_db_get_events    (SideDb *self, const char *call, GError **error);
gboolean      side_db_forget_call   (SideDb *self, gint64 n, const char *id, GError **error);

/* side-db-sounds.c */

/* One row of the table of figures, and which call's. */
typedef void  (*SideSoundFunc)      (gint64 n, const SideSoundFigures *figures, gpointer data);

gboolean      side_db_put_sound     (SideDb *self, gint64 n, const SideSoundFigures *figures, GError **error);
gboolean      side_db_each_sound    (SideDb *self, gint64 after, gint64 upto, gint64 limit, SideSoundFunc func, gpointer data, GError **error);

/* side-db-imports.c */
gboolean      side_db_put_import    (SideDb *self, const SideCall *call, const char *sha256, const char *path, gint64 bytes, gint64 imported_ms, GError **error);
gboolean      side_db_is_imported   (SideDb *self, const char *call, gboolean *imported, GError **error);
char         *side_db_find_import   (SideDb *self, const char *sha256, GError **error);
char         *side_db_import_path   (SideDb *self, const char *call, GError **error);

/* side-db-search.c */
gboolean      side_db_index_call    (SideDb *self, gint64 n, GError **error);
gboolean      side_db_call_text     (SideDb *self, gint64 n, gboolean reviews, char **text, GError **error);
char         *side_db_match_expression (const char *folded_word);

/* side-db-veil.c */
gboolean      side_db_make_veil     (SideDb *self, GError **error);
gboolean      side_db_set_veil      (SideDb *self, const char *const *calls, GPtrArray *changed, GError **error);
gboolean      side_db_is_veiled     (SideDb *self, const char *call);
gboolean      side_db_veil_text     (SideDb *self, const char *call, GError **error);
gboolean      side_db_veil_hits     (SideDb *self, const char *expression, guint8 *hits, guint size, GError **error);

/* side-db-score.c */
gboolean      side_db_keep_script   (SideDb *self, const SideDocument *document, GError **error);
SideScript   *side_db_get_script    (SideDb *self, const char *id, int version, GError **error);
gboolean      side_db_score_call    (SideDb *self, const char *call, GError **error);
gboolean      side_db_calls_of_script (SideDb *self, const char *script, GPtrArray *calls, GError **error);

/* side-db-facts.c */
gboolean      side_db_facts_of_review (SideDb *self, const SideDocument *document, GError **error);
gboolean      side_db_knows_form    (SideDb *self, const SideScript *script, const char *body, gboolean *known, GError **error);
gboolean      side_db_facts_of_script (SideDb *self, const char *script, int version, GError **error);
gboolean      side_db_facts_of_call (SideDb *self, const char *id, GError **error);
gboolean      side_db_facts_of_all  (SideDb *self, GError **error);
gboolean      side_db_forget_facts  (SideDb *self, const char *call, GError **error);

/* side-db-documents.c */
SideDocument *side_db_get_document  (SideDb *self, const char *kind, const char *id, gboolean *dirty, gint64 *edit, GError **error);
GPtrArray    *side_db_list_documents (SideDb *self, const char *kind, const char *project, const char *call, GError **error);
gboolean      side_db_put_document  (SideDb *self, const SideDocument *document, gboolean dirty, gint64 edit, GError **error);
gboolean      side_db_put_local     (SideDb *self, const SideDocument *document, const SideDocument *base, gint64 now_ms, GError **error);
gboolean      side_db_put_remote    (SideDb *self, const SideDocument *document, gboolean *changed, GError **error);

/* side-db-versions.c */

/* A member of a JSON body in SQL, NULL where the body is none. */
#define SIDE_DB_MEMBER(body, member) "CASE WHEN json_valid (" body ") THEN json_extract (" body ", '$." member "') END"

gboolean      side_db_note_version  (SideDb *self, const SideDocument *known, const SideDocument *document, GError **error);
gboolean      side_db_hand_out_version (SideDb *self, SideOutboxItem *item, GError **error);
gboolean      side_db_forget_versions (SideDb *self, const SideDocument *document, GError **error);
gboolean      side_db_take_echo     (SideDb *self, const SideDocument *theirs, gboolean *taken, GError **error);
gboolean      side_db_resolve_versions (SideDb *self, SideConflict *conflict, SideResolve how, char **merged, GError **error);
gboolean      side_db_discard_versions (SideDb *self, const char *script, const SideDocument *theirs, GError **error);

/* side-db-outbox.c */
gboolean      side_db_count_outbox  (SideDb *self, guint *unsent, guint *conflicts, guint *refused, GError **error);
SideOutboxItem *side_db_next_outbox (SideDb *self, GError **error);
gboolean      side_db_take_course   (SideDb *self, const SideDocument *mine, const SideDocument *theirs, gboolean *taken, GError **error);
gboolean      side_db_mark_sent     (SideDb *self, const SideOutboxItem *item, gint64 revision, gint64 change, GError **error);
gboolean      side_db_mark_refused  (SideDb *self, const SideOutboxItem *item, const char *message, GError **error);
GPtrArray    *side_db_list_refused  (SideDb *self, GError **error);
gboolean      side_db_retry_refused (SideDb *self, const char *kind, const char *id, GError **error);
gboolean      side_db_discard       (SideDb *self, const char *kind, const char *id, const SideDocument *theirs, GError **error);
gboolean      side_db_mark_failed   (SideDb *self, const SideOutboxItem *item, const char *message, GError **error);
gboolean      side_db_mark_conflict (SideDb *self, const SideOutboxItem *item, const SideDocument *theirs, GError **error);
gboolean      side_db_put_conflict  (SideDb *self, const SideDocument *theirs, GError **error);
gboolean      side_db_drop_conflict (SideDb *self, const char *kind, const char *id, GError **error);
GPtrArray    *side_db_list_conflicts (SideDb *self, GError **error);
gboolean      side_db_resolve       (SideDb *self, const char *kind, const char *id, gint64 shown, SideResolve how, const char *merged, gint64 now_ms, GError **error);
gboolean      side_db_same_content  (const SideDocument *a, const SideDocument *b);

static inline const char *
side_db_column_text (sqlite3_stmt *stmt,
                     int           column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

G_END_DECLS
