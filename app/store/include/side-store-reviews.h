/* side-store-reviews.h - reviews that are held against one another
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a hundred thousand reviews only those of calls that were reviewed more
 * than once say something about agreement; they are found by the derived tables.
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideSharedScript: a version of a script with which calls were reviewed more than once.
 * @script: the script's UUID
 * @calls: how many calls
 * @newest_ms: when the last of these reviews was finished
 */
typedef struct {
  char   *script;
  int     version;
  guint   calls;
  gint64  newest_ms;
} SideSharedScript;

void       side_shared_script_free                (SideSharedScript    *self);
void       side_store_list_shared_scripts_async   (SideStore           *self,
                                                   const char          *project,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GPtrArray *side_store_list_shared_scripts_finish  (SideStore           *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);
void       side_store_list_shared_reviews_async   (SideStore           *self,
                                                   const char          *script,
                                                   int                  version,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GPtrArray *side_store_list_shared_reviews_finish  (SideStore           *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);
void       side_store_list_reviews_of_calls_async (SideStore           *self,
                                                   const char *const   *calls,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GPtrArray *side_store_list_reviews_of_calls_finish (SideStore          *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);

G_END_DECLS
