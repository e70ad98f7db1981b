/* side-store.h - the app's offline cache
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SideStore keeps calls, what people wrote about them and what is not sent
 * yet in one SQLite file for each server and user. One thread of its own owns
 * the file; everything here is called from, and reports to, the main context
 * the store was made in. Errors are of SIDE_ERROR: BUSY, FULL, READ_ONLY,
 * CORRUPT, NEWER, NOT_FOUND, INVALID, CANCELLED or FAILED.
 */
#pragma once

#include <gio/gio.h>

#include "side-call.h"
#include "side-call-query.h"
#include "side-clock.h"
#include "side-document.h"
#include "side-script.h"

G_BEGIN_DECLS

/* The score of a call is the store's own work: it is counted anew whenever a
 * finished review or its script is written.
 *
 * Properties: "path", "busy-timeout" (uint, ms, construct), "opened" (boolean),
 * "read-only" (boolean), "damaged-path" (string, NULL when nothing was moved
 * aside), "salvaged" (uint, unsent documents brought over from it),
 * "outbox-length" (uint, unsent documents, those in conflict too),
 * "conflicts" (uint), "refused" (uint), "recordings-limit" (uint64, bytes).
 *
 * Signals, in the store's main context, after the data can be read:
 *   calls-changed (GStrv ids)
 *   documents-changed (const char *kind, const char *id, const char *call): call is "" when there is none
 *   damaged (const char *path, guint salvaged): the file broke while open and was replaced */
#define SIDE_TYPE_STORE (side_store_get_type ())
G_DECLARE_FINAL_TYPE (SideStore, side_store, SIDE, STORE, GObject)

SideStore    *side_store_new                    (const char           *path,
                                                 SideClock            *clock);
void          side_store_open_async             (SideStore            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_open_finish            (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_close_async            (SideStore            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_close_finish           (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
const char   *side_store_get_path               (SideStore            *self);
gboolean      side_store_is_open                (SideStore            *self);
gboolean      side_store_is_read_only           (SideStore            *self);
const char   *side_store_get_damaged_path       (SideStore            *self);
guint         side_store_get_salvaged           (SideStore            *self);

/* Calls */
void          side_store_put_calls_async        (SideStore            *self,
                                                 GPtrArray            *calls,
                                                 GArray               *changes,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_put_calls_finish       (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_call_async         (SideStore            *self,
                                                 const char           *id,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
SideCall     *side_store_get_call_finish        (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_list_calls_async       (SideStore            *self,
                                                 const SideCallQuery  *query,
                                                 guint                 limit,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray    *side_store_list_calls_finish      (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_count_calls_async      (SideStore            *self,
                                                 const SideCallQuery  *query,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gssize        side_store_count_calls_finish     (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * SideCallGroup: how many calls of a query have one value.
 * @id: the queue's or operator's id, the outcome's word; "" for none
 * @name: the operator's name as last seen, otherwise the same as @id
 */
typedef struct {
  char  *id;
  char  *name;
  guint  calls;
} SideCallGroup;

void          side_call_group_free              (SideCallGroup        *self);

typedef enum {
  SIDE_CALL_GROUP_QUEUE,
  SIDE_CALL_GROUP_OPERATOR,
  SIDE_CALL_GROUP_OUTCOME,
} SideCallGroupBy;

void          side_store_group_calls_async      (SideStore            *self,
                                                 const SideCallQuery  *query,
                                                 SideCallGroupBy       by,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray    *side_store_group_calls_finish     (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

void          side_store_forget_calls_async     (SideStore            *self,
                                                 gint64                before_ms,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gssize        side_store_forget_calls_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Events of a call */
void          side_store_put_call_events_async  (SideStore            *self,
                                                 const char           *call,
                                                 GPtrArray            *events,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_put_call_events_finish (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_call_events_async  (SideStore            *self,
                                                 const char           *call,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray    *side_store_get_call_events_finish (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Documents */
void          side_store_put_document_async     (SideStore            *self,
                                                 SideDocument         *document,
                                                 gboolean              local,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_put_document_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_edit_document_async    (SideStore            *self,
                                                 SideDocument         *document,
                                                 SideDocument         *base,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_edit_document_finish   (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_script_async       (SideStore            *self,
                                                 const char           *id,
                                                 int                   version,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
SideScript   *side_store_get_script_finish      (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_apply_changes_async    (SideStore            *self,
                                                 GPtrArray            *documents,
                                                 gint64                change,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_apply_changes_finish   (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_change_async       (SideStore            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gint64        side_store_get_change_finish      (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_document_async     (SideStore            *self,
                                                 const char           *kind,
                                                 const char           *id,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
SideDocument *side_store_get_document_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_list_documents_async   (SideStore            *self,
                                                 const char           *kind,
                                                 const char           *project,
                                                 const char           *call,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray    *side_store_list_documents_finish  (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

void          side_store_list_authors_async     (SideStore            *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray    *side_store_list_authors_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/**
 * SideScriptRef: one version of a script, as a review names it.
 * @id: the script's UUID
 * @version: its version
 */
typedef struct {
  char *id;
  int   version;
} SideScriptRef;

void          side_script_ref_free                   (SideScriptRef       *self);
void          side_store_list_missing_scripts_async  (SideStore           *self,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
GPtrArray    *side_store_list_missing_scripts_finish (SideStore           *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
void          side_store_keep_script_async           (SideStore           *self,
                                                      SideDocument        *document,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
gboolean      side_store_keep_script_finish          (SideStore           *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);

/* How far the order of changed calls was read, as the sync keeps it: a setting. */
#define SIDE_STORE_CALLS_CHANGE "calls-change"

void          side_store_begin_epoch_async      (SideStore            *self,
                                                 const char           *epoch,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_begin_epoch_finish     (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Board snapshots, settings: texts kept as they are */

/* @project "" stands for the snapshot of all projects of the session. */
void          side_store_put_snapshot_async     (SideStore            *self,
                                                 const char           *project,
                                                 const char           *body,
                                                 guint64               seq,
                                                 gint64                taken_ms,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_put_snapshot_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_snapshot_async     (SideStore            *self,
                                                 const char           *project,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char         *side_store_get_snapshot_finish    (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 guint64              *seq,
                                                 gint64               *taken_ms,
                                                 GError              **error);

void          side_store_put_setting_async      (SideStore            *self,
                                                 const char           *key,
                                                 const char           *value,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean      side_store_put_setting_finish     (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          side_store_get_setting_async      (SideStore            *self,
                                                 const char           *key,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char         *side_store_get_setting_finish     (SideStore            *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
