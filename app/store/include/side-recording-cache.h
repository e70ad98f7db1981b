/* side-recording-cache.h - which recordings lie on this machine
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions of SideStore that keep the books of the recordings fetched so far.
 * The files lie outside the database. Their sum is bounded by the store's
 * "recordings-limit"; the longest unused go first, a pinned one never.
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

void       side_store_add_recording_async     (SideStore            *self,
                                               const char           *id,
                                               const char           *call,
                                               const char           *sha256,
                                               const char           *path,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean   side_store_add_recording_finish    (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void       side_store_find_recording_async    (SideStore            *self,
                                               const char           *id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char      *side_store_find_recording_finish   (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void       side_store_pin_recording           (SideStore            *self,
                                               const char           *id);
void       side_store_unpin_recording         (SideStore            *self,
                                               const char           *id);
void       side_store_evict_recordings_async  (SideStore            *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gint64     side_store_evict_recordings_finish (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void       side_store_sweep_recordings_async  (SideStore            *self,
                                               const char           *folder,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gint64     side_store_sweep_recordings_finish (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void       side_store_clear_recordings_async  (SideStore            *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gint64     side_store_clear_recordings_finish (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void       side_store_measure_recordings_async  (SideStore           *self,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gint64     side_store_measure_recordings_finish (SideStore           *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
void       side_store_set_recordings_limit    (SideStore            *self,
                                               guint64               bytes);
guint64    side_store_get_recordings_limit    (SideStore            *self);

G_END_DECLS
