/* side-outbox.h - what was written here and is not on the server yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions of SideStore for whoever carries local documents to the server:
 * take the oldest, send it, say how it went. Several edits of one document are
 * one item. What is in conflict and what the server does not take at all is set
 * aside until a person has decided.
 * Nothing unsent is ever thrown away by the store itself.
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideOutboxItem: one document to send.
 * @id: grows with the age of the first unsent edit
 * @document: the local version; document->deleted asks for a DELETE
 * @base_revision: the server's revision it was made from (If-Match); 0 for a new one
 * @edit: which local edit it is: what is edited while this one is under way is
 *   sent after it
 * @attempts: how often it was handed out, this time included
 * @error: (nullable): what went wrong the last time
 */
typedef struct {
  gint64        id;
  SideDocument *document;
  gint64        base_revision;
  gint64        edit;
  guint         attempts;
  char         *error;
} SideOutboxItem;

#define SIDE_TYPE_OUTBOX_ITEM (side_outbox_item_get_type ())
GType           side_outbox_item_get_type      (void);
SideOutboxItem *side_outbox_item_copy          (const SideOutboxItem *self);
void            side_outbox_item_free          (SideOutboxItem       *self);

/**
 * SideConflict: a document changed both here and on the server.
 * @base: (nullable): body of what both were made from, as far as that is known
 */
typedef struct {
  SideDocument *mine;
  SideDocument *theirs;
  char         *base;
} SideConflict;

void            side_conflict_free             (SideConflict         *self);

typedef enum {
  SIDE_RESOLVE_KEEP_MINE,
  SIDE_RESOLVE_TAKE_THEIRS,
  SIDE_RESOLVE_MERGED,
} SideResolve;

guint           side_store_get_outbox_length   (SideStore            *self);
guint           side_store_get_conflicts       (SideStore            *self);

void            side_store_next_outbox_async   (SideStore            *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
SideOutboxItem *side_store_next_outbox_finish  (SideStore            *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_mark_sent_async     (SideStore            *self,
                                                const SideOutboxItem *item,
                                                gint64                revision,
                                                gint64                change,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_mark_sent_finish    (SideStore            *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_mark_failed_async   (SideStore            *self,
                                                const SideOutboxItem *item,
                                                const char           *message,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_mark_failed_finish  (SideStore            *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_mark_refused_async  (SideStore            *self,
                                                const SideOutboxItem *item,
                                                const char           *message,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_mark_refused_finish (SideStore            *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_list_refused_async  (SideStore            *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray      *side_store_list_refused_finish (SideStore            *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_decide_refused_async (SideStore           *self,
                                                const char           *kind,
                                                const char           *id,
                                                gboolean              again,
                                                SideDocument         *theirs,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_decide_refused_finish (SideStore          *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_mark_conflict_async (SideStore            *self,
                                                const SideOutboxItem *item,
                                                SideDocument         *theirs,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_mark_conflict_finish (SideStore           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_list_conflicts_async (SideStore           *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray      *side_store_list_conflicts_finish (SideStore          *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            side_store_resolve_conflict_async (SideStore         *self,
                                                const char           *kind,
                                                const char           *id,
                                                gint64                shown,
                                                SideResolve           how,
                                                const char           *merged,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        side_store_resolve_conflict_finish (SideStore        *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideOutboxItem, side_outbox_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideConflict, side_conflict_free)

G_END_DECLS
