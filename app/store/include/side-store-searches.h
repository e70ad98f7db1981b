/* side-store-searches.h - searches that have a name
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideSearch: filters, words and order under a name.
 * @id: a UUID
 * @project: the project it is for
 * @name: as the person wrote it
 * @view: the text that the calls page makes of what it shows
 */
typedef struct {
  char *id;
  char *project;
  char *name;
  char *view;
} SideSearch;

SideSearch *side_search_new                   (const char           *id,
                                               const char           *project,
                                               const char           *name,
                                               const char           *view);
SideSearch *side_search_copy                  (const SideSearch     *self);
void        side_search_free                  (SideSearch           *self);

void        side_store_put_search_async       (SideStore            *self,
                                               const SideSearch     *search,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean    side_store_put_search_finish      (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void        side_store_delete_search_async    (SideStore            *self,
                                               const char           *id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean    side_store_delete_search_finish   (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void        side_store_list_searches_async    (SideStore            *self,
                                               const char           *project,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray  *side_store_list_searches_finish   (SideStore            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSearch, side_search_free)

G_END_DECLS
