/* side-import.h - recordings that lie on this computer already
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at files somebody wants to work with, and takes them over: one file as
 * it is, or two halves of a call as one recording with the operator on the
 * left. A recording is known by the hash of what it was made of.
 */
#pragma once

#include <gio/gio.h>

#include "side-job.h"

G_BEGIN_DECLS

/**
 * SideImportFacts:
 * @length_ms: how long it is
 * @format: container and coding, as "WAV, A-law"; no words to be translated
 * @sha256: of the file's content, hex; of two files, of both hashes in the
 *   order of the alphabet, so that it is the same whichever comes first
 */
typedef struct {
  gint64  length_ms;
  guint   n_channels;
  guint   rate;
  char   *format;
  char   *sha256;
} SideImportFacts;

void             side_import_facts_free   (SideImportFacts      *self);

SideImportFacts *side_import_look         (const char *const    *paths,
                                           GCancellable         *cancellable,
                                           GError              **error);
void             side_import_look_async   (const char *const    *paths,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
SideImportFacts *side_import_look_finish  (GAsyncResult         *result,
                                           GError              **error);

char            *side_import_take         (const char *const    *paths,
                                           const char           *sha256,
                                           const char           *folder,
                                           SideJobProgress       progress,
                                           gpointer              progress_data,
                                           GCancellable         *cancellable,
                                           GError              **error);
void             side_import_take_async   (const char *const    *paths,
                                           const char           *sha256,
                                           const char           *folder,
                                           SideJobProgress       progress,
                                           gpointer              progress_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
char            *side_import_take_finish  (GAsyncResult         *result,
                                           GError              **error);

GPtrArray       *side_import_find         (const char *const    *paths,
                                           GCancellable         *cancellable,
                                           GError              **error);
void             side_import_find_async   (const char *const    *paths,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray       *side_import_find_finish  (GAsyncResult         *result,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideImportFacts, side_import_facts_free)

G_END_DECLS
