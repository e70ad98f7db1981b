/* side-store-private.h - what the files of this layer share about SideStore
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-list.h"
#include "side-store.h"
#include "side-worker.h"

G_BEGIN_DECLS

#define SIDE_STORE_CHANGE_KEY "store.change"   /* setting: how far the feed of documents was read */

/* Hands @job to the thread; its result goes to @callback. Takes @job. */
void     side_store_start           (SideStore *self, gpointer tag, SideJob *job, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* The same without a GTask: @done is called unless the store is gone; FALSE
 * when the store is not open, and then @job is freed. */
gboolean side_store_start_plain     (SideStore *self, SideJob *job, SideJobDone done, gpointer user_data);

gboolean side_store_finish_boolean  (SideStore *self, GAsyncResult *result, gpointer tag, GError **error);
gint64   side_store_finish_int      (SideStore *self, GAsyncResult *result, gpointer tag, GError **error);
gpointer side_store_finish_pointer  (SideStore *self, GAsyncResult *result, gpointer tag, GError **error);

/* Grows with each opening: row numbers are only good for one. */
guint    side_store_get_epoch       (SideStore *self);
guint    side_store_register_list   (SideStore *self, SideCallList *list);
SideCallList *side_store_lookup_list (SideStore *self, guint id);
void     side_store_unregister_list (SideStore *self, guint id);

/* side-recording-cache.c */
gboolean side_store_remove_recording_files (const char *path);

/* side-call-list.c */
void     side_call_list_take_news   (SideCallList *self, SideListNews *news);
SideStore *side_call_list_get_store (SideCallList *self);
gboolean side_call_list_find_row    (SideCallList *self, guint32 row, guint *position);
void     side_call_list_reset       (SideCallList *self);
void     side_call_list_refresh     (SideCallList *self, const GArray *rows);

G_END_DECLS
