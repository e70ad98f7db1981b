/* side-archive.h - the server's history, off the main thread
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owns a SideArchiveStore and the threads that use it: one writes what it is
 * given in batches, a few answer questions. Everything here is called in the
 * main context, never blocks, and answers there.
 *
 * ::failed (const char *message)
 *   nothing more can be kept, after all retries; the server has to end. What
 *   was not written is still in memory then, and is tried once more at the end.
 *   A full or read-only disk is no such failure: see side_archive_get_health().
 */
#pragma once

#include "side-archive-store.h"
#include "side-error.h"

G_BEGIN_DECLS

#define SIDE_ARCHIVE_BATCH_MS    100
#define SIDE_ARCHIVE_MAX_BATCH   2000
#define SIDE_ARCHIVE_MAX_PENDING 200000

#define SIDE_TYPE_ARCHIVE (side_archive_get_type ())
G_DECLARE_FINAL_TYPE (SideArchive, side_archive, SIDE, ARCHIVE, GObject)

/**
 * SideArchiveQuestion:
 * @store: the store, in a thread of the archive
 * @question: what side_archive_ask_async() was given
 * @error: return location
 *
 * Returns: (nullable): the answer, or %NULL with @error
 */
typedef gpointer (*SideArchiveQuestion) (SideArchiveStore *store, gpointer question, GError **error);

/**
 * SideArchiveHealth:
 * @writable: whether what is given is written
 * @held: why not, for now: SIDE_ERROR_FULL or SIDE_ERROR_READ_ONLY; of no
 *   meaning while it is writable
 * @n_waiting: items that are in memory and not in the database
 * @n_dropped: items that were in neither, since the start
 */
typedef struct {
  gboolean  writable;
  SideError held;
  guint     n_waiting;
  guint     n_dropped;
} SideArchiveHealth;

SideArchive      *side_archive_new          (SideArchiveStore *store);
SideArchiveStore *side_archive_get_store    (SideArchive *self);
void              side_archive_get_health   (SideArchive *self, SideArchiveHealth *health);
void              side_archive_set_retry    (SideArchive *self, guint attempts, guint first_pause_ms);

void              side_archive_put          (SideArchive *self, SideArchiveItem *item);
void              side_archive_write_async  (SideArchive *self, SideArchiveItem *item, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
gboolean          side_archive_write_finish (SideArchive *self, GAsyncResult *result, SideDocument **document, GError **error);
gboolean          side_archive_write_changed (GAsyncResult *result);

void              side_archive_wait         (SideArchive *self, guint n_left);

void              side_archive_ask_async    (SideArchive *self, SideArchiveQuestion ask, gpointer question,
                                             GDestroyNotify free_question, GDestroyNotify free_answer,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer          side_archive_ask_finish   (SideArchive *self, GAsyncResult *result, GError **error);

void              side_archive_close_async  (SideArchive *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean          side_archive_close_finish (SideArchive *self, GAsyncResult *result, GError **error);

G_END_DECLS
