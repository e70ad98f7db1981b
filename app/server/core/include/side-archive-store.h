/* side-archive-store.h - the seam between the archive and its database
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a database must do to hold the server's history: write a batch as one
 * transaction and answer questions. All functions block; SideArchive calls
 * them in its own threads. An implementation sees to it that write() and the
 * questions may run at the same time in different threads.
 *
 * Every question that returns rows of projects takes the projects the asker
 * may see, and an empty list finds nothing: scope is decided here, in the
 * query itself, and not by whoever asks. An operator sees of these projects
 * only what is about them.
 */
#pragma once

#include <gio/gio.h>

#include "side-wire-http.h"

G_BEGIN_DECLS

#define SIDE_TOKEN_HASH_BYTES 32
#define SIDE_ARCHIVE_EPOCH_BYTES 33   /* 32 hex digits and their end */

/**
 * SideScope: what an asker may see.
 * @projects: ids of projects; never %NULL, and without any nothing
 * @only_operator: (nullable): of these, the calls this operator answered and
 *   what operators are shown of them; "" for nothing
 * @user: (nullable): the asker's name, whose own listenings an operator sees
 * @client: the asker has the calls answered by others, and is not told what
 *   those say among themselves
 */
typedef struct {
  const char *const *projects;
  const char        *only_operator;
  const char        *user;
  gboolean           client;
} SideScope;

/* All of @projects. */
#define SIDE_SCOPE(projects_) (&(SideScope) { (const char *const *) (projects_), NULL, NULL, FALSE })

/**
 * SideArchiveQuery: which calls.
 * @projects: what the asker may see; never %NULL
 * @only_operator: (nullable): as in SideScope
 * @from_ms: arrived at this instant or later; 0 for any
 * @to_ms: arrived before this instant; 0 for any
 * @queue: (nullable): of this queue
 * @operator_id: (nullable): answered by this operator
 * @journey: (nullable): legs of this journey
 * @number: (nullable): caller or dialled number contains these digits
 * @outcome: ended so; NONE for any
 * @changed_after: -1: newest arrival first; from 0: in the order of changes,
 *   those after this one
 * @cursor: (nullable): what the last page gave
 * @limit: 1..1000
 */
typedef struct {
  char       **projects;
  char        *only_operator;
  gint64       from_ms;
  gint64       to_ms;
  char        *queue;
  char        *operator_id;
  char        *journey;
  char        *number;
  SideOutcome  outcome;
  gint64       changed_after;
  char        *cursor;
  int          limit;
} SideArchiveQuery;

/**
 * SideEventQuery: which events.
 * @projects: what the asker may see; never %NULL
 * @from_ms: happened at this instant or later; 0 for any
 * @to_ms: happened before this instant; 0 for any
 * @after_seq: with a number greater than this
 * @limit: 1..1000
 */
typedef struct {
  char   **projects;
  gint64   from_ms;
  gint64   to_ms;
  gint64   after_seq;
  int      limit;
} SideEventQuery;

/**
 * SideRecording: the file of a call's sound, as it is served.
 * @path: where it lies; below a configured folder when it was published
 * @size: bytes of the file when it was published
 * @modified_ms: when it was last written, then
 * @header: (nullable): what is served in place of its first bytes, of the
 *   same length
 * @swap_bytes: exchange left and right, with samples of this size; 0 not to
 * @data_offset: where the samples begin
 * @data_bytes: how many bytes of samples
 * @sha256: of all that is served, hex
 */
typedef struct {
  gatomicrefcount ref_count;
  char    *id;
  char    *project;
  char    *call;
  char    *path;
  gint64   size;
  gint64   modified_ms;
  GBytes  *header;
  int      swap_bytes;
  gint64   data_offset;
  gint64   data_bytes;
  int      channels;
  gint64   duration_ms;
  char    *sha256;
} SideRecording;

/**
 * SideAccount: a user, with what a token or a sign-in needs.
 * @projects: ids of the projects granted
 * @operator_id: (nullable): of one with the role operator: which they are
 * @password_hash: (nullable): crypt(3) form
 * @expires_ms: of the token it was found by; 0 for never
 */
typedef struct {
  gatomicrefcount ref_count;
  gint64    id;
  char     *name;
  SideRole  role;
  char    **projects;
  char     *operator_id;
  char     *password_hash;
  gint64    expires_ms;
} SideAccount;

/* What can be written. */
typedef enum {
  SIDE_ARCHIVE_EVENT,         /* event, numbered */
  SIDE_ARCHIVE_CALL,          /* call: its whole record */
  SIDE_ARCHIVE_PATCH,         /* event, about a leg the board does not hold: changes the leg as kept */
  SIDE_ARCHIVE_RECORDING,     /* recording */
  SIDE_ARCHIVE_DOCUMENT,      /* document; revision: the one it is based on, -1 for "must be new" */
  SIDE_ARCHIVE_TOKEN,         /* hash, account id in number, expires_ms in revision */
  SIDE_ARCHIVE_TOKEN_REVOKE,  /* hash */
  SIDE_ARCHIVE_AUDIT,         /* words: user, action, object, address, detail */
  SIDE_ARCHIVE_CLAIM,         /* words: test call, leg, project: with that leg came the header of that test call */
  SIDE_ARCHIVE_CLEAN,         /* number: 1 after an orderly end, at_ms, 0 while running */
  SIDE_ARCHIVE_HEARD,         /* at_ms: up to then the server was there to hear its sources */
} SideArchiveItemType;

/* The tag of the marks actions leave on calls. */
#define SIDE_ARCHIVE_ACTION_TAG "action"

/**
 * SideArchiveItem: one thing to write.
 * @supervisor: who writes the document may change what others noted
 * @only_operator: (nullable): the writer is this operator, who sees and writes
 *   only what is about them
 * @own: the server writes the document: nobody else may write a mark with
 *   SIDE_ARCHIVE_ACTION_TAG
 * @refusal: set by write() when the item, and only it, cannot be written:
 *   SIDE_ERROR_CONFLICT for a document somebody else changed, which is then
 *   in @result
 * @result: (nullable): a document as it was stored, or as it stands
 * @repeated: set by write(): the document stood there already
 */
typedef struct {
  SideArchiveItemType  type;
  SideEvent           *event;
  SideCall            *call;
  SideRecording       *recording;
  SideDocument        *document;
  gboolean             supervisor;
  char                *only_operator;
  gboolean             own;
  gint64               revision;
  gint64               number;
  gint64               at_ms;
  guint8               hash[SIDE_TOKEN_HASH_BYTES];
  char                *words[5];
  GError              *refusal;
  SideDocument        *result;
  gboolean             repeated;
} SideArchiveItem;

SideArchiveItem *side_archive_item_new  (SideArchiveItemType type, gint64 at_ms);
void             side_archive_item_free (SideArchiveItem *item);

SideArchiveQuery   *side_archive_query_new    (const char *const *projects);
void             side_archive_query_free   (SideArchiveQuery *query);
SideEventQuery  *side_event_query_new   (const char *const *projects);
void             side_event_query_free  (SideEventQuery *query);
SideRecording   *side_recording_new     (const char *id, const char *project, const char *call, const char *path);
SideRecording   *side_recording_ref     (SideRecording *self);
void             side_recording_unref   (SideRecording *self);
SideAccount     *side_account_new       (const char *name, SideRole role);
SideAccount     *side_account_ref       (SideAccount *self);
void             side_account_unref     (SideAccount *self);
char            *side_account_fold_name (const char *name);

typedef void (*SideEventFunc) (SideEvent *event, gpointer user_data);

/**
 * SideRecordingPathFunc:
 * @path: where a recording lies, as the PBX told it
 * @modified_ms: when it was last written, as it was published
 * @user_data: data
 */
typedef void (*SideRecordingPathFunc) (const char *path, gint64 modified_ms, gpointer user_data);

/**
 * SideCallEndFunc:
 * @id: of a leg that is over
 * @queue: (nullable): its queue
 * @answered: whether an operator took it
 * @user_data: data
 */
typedef void (*SideCallEndFunc) (const char *id, const char *queue, gboolean answered, gpointer user_data);

/**
 * SideArchivePosition: where the archive ended.
 * @last_seq: number of the last event kept
 * @last_ms: the newest instant any event tells of, 0 for none
 * @heard_ms: up to then at least a server was there to hear its sources; 0
 *   where none noted it
 * @clean: whether the server that wrote it ended in order
 * @epoch: which archive it is: another one's numbers mean other things
 */
typedef struct {
  guint64  last_seq;
  gint64   last_ms;
  gint64   heard_ms;
  gboolean clean;
  char     epoch[SIDE_ARCHIVE_EPOCH_BYTES];
} SideArchivePosition;

#define SIDE_TYPE_ARCHIVE_STORE (side_archive_store_get_type ())
G_DECLARE_INTERFACE (SideArchiveStore, side_archive_store, SIDE, ARCHIVE_STORE, GObject)

struct _SideArchiveStoreInterface
{
  GTypeInterface parent_iface;

  gboolean        (*write)           (SideArchiveStore *self, SideArchiveItem *const *items, guint n_items, GError **error);
  gboolean        (*get_position)    (SideArchiveStore *self, SideArchivePosition *position, GError **error);
  gboolean        (*replay)          (SideArchiveStore *self, gint64 from_ms, SideEventFunc func, gpointer user_data, GError **error);
  SideCallPage   *(*find_calls)      (SideArchiveStore *self, const SideArchiveQuery *query, GError **error);
  SideCall       *(*get_call)        (SideArchiveStore *self, const char *id, const SideScope *scope, gint64 *change, GError **error);
  GPtrArray      *(*get_call_events) (SideArchiveStore *self, const char *id, const SideScope *scope, GError **error);
  SideEventPage  *(*find_events)     (SideArchiveStore *self, const SideEventQuery *query, GError **error);
  SideRecording  *(*get_recording)   (SideArchiveStore *self, const char *id, const SideScope *scope, GError **error);
  gboolean        (*each_recording)  (SideArchiveStore *self, SideRecordingPathFunc func, gpointer user_data, GError **error);
  gboolean        (*each_ended)      (SideArchiveStore *self, gint64 from_ms, SideCallEndFunc func, gpointer user_data, GError **error);
  SideDocument   *(*get_document)    (SideArchiveStore *self, const char *kind, const char *id, const SideScope *scope, GError **error);
  SideDocument   *(*get_script)      (SideArchiveStore *self, const char *id, int version, const SideScope *scope, GError **error);
  SideChangePage *(*find_changes)    (SideArchiveStore *self, const SideScope *scope, gint64 since, int limit, GError **error);
  SideAccount    *(*find_token)      (SideArchiveStore *self, const guint8 *hash, gint64 now_ms, GError **error);
  SideAccount    *(*find_account)    (SideArchiveStore *self, const char *name, GError **error);
  GPtrArray      *(*find_people)     (SideArchiveStore *self, const char *const *projects, GError **error);
  char          **(*find_claimed)    (SideArchiveStore *self, const char *test, const SideScope *scope, GError **error);
  GPtrArray      *(*judge_tests)     (SideArchiveStore *self, const char *test, const char *const *calls, GPtrArray *projects, GError **error);
  SideCalibrationProgress *(*get_progress) (SideArchiveStore *self, const SideCalibration *calibration, GError **error);
};

gboolean        side_archive_store_write           (SideArchiveStore *self, SideArchiveItem *const *items, guint n_items, GError **error);
gboolean        side_archive_store_get_position    (SideArchiveStore *self, SideArchivePosition *position, GError **error);
gboolean        side_archive_store_replay          (SideArchiveStore *self, gint64 from_ms, SideEventFunc func, gpointer user_data, GError **error);
SideCallPage   *side_archive_store_find_calls      (SideArchiveStore *self, const SideArchiveQuery *query, GError **error);
SideCall       *side_archive_store_get_call        (SideArchiveStore *self, const char *id, const SideScope *scope, gint64 *change, GError **error);
GPtrArray      *side_archive_store_get_call_events (SideArchiveStore *self, const char *id, const SideScope *scope, GError **error);
SideEventPage  *side_archive_store_find_events     (SideArchiveStore *self, const SideEventQuery *query, GError **error);
SideRecording  *side_archive_store_get_recording   (SideArchiveStore *self, const char *id, const SideScope *scope, GError **error);
gboolean        side_archive_store_each_recording  (SideArchiveStore *self, SideRecordingPathFunc func, gpointer user_data, GError **error);
gboolean        side_archive_store_each_ended      (SideArchiveStore *self, gint64 from_ms, SideCallEndFunc func, gpointer user_data, GError **error);
SideDocument   *side_archive_store_get_document    (SideArchiveStore *self, const char *kind, const char *id, const SideScope *scope, GError **error);
SideDocument   *side_archive_store_get_script      (SideArchiveStore *self, const char *id, int version, const SideScope *scope, GError **error);
SideChangePage *side_archive_store_find_changes    (SideArchiveStore *self, const SideScope *scope, gint64 since, int limit, GError **error);
SideAccount    *side_archive_store_find_token      (SideArchiveStore *self, const guint8 *hash, gint64 now_ms, GError **error);
SideAccount    *side_archive_store_find_account    (SideArchiveStore *self, const char *name, GError **error);
GPtrArray      *side_archive_store_find_people     (SideArchiveStore *self, const char *const *projects, GError **error);
char          **side_archive_store_find_claimed    (SideArchiveStore *self, const char *test, const SideScope *scope, GError **error);
GPtrArray      *side_archive_store_judge_tests     (SideArchiveStore *self, const char *test, const char *const *calls, GPtrArray *projects, GError **error);
SideCalibrationProgress *side_archive_store_get_progress (SideArchiveStore *self, const SideCalibration *calibration, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideArchiveItem, side_archive_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideArchiveQuery, side_archive_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideEventQuery, side_event_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRecording, side_recording_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAccount, side_account_unref)

G_END_DECLS
