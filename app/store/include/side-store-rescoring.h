/* side-store-rescoring.h - the reviews of a script's earlier versions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First which there are, then their bodies some at a time: of a hundred
 * thousand reviews never more than a page is in memory.
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideReviewPlace: a finished review that counts.
 * @n: its number in this cache, good until the store is closed
 * @operator_name: (nullable): interned: who took the call
 * @joined_ms: when the call came
 */
typedef struct {
  gint64      n;
  const char *operator_name;
  gint64      joined_ms;
} SideReviewPlace;

/**
 * SideReviewPlaces:
 * @places: (element-type SideReviewPlace)
 * @scripts: (element-type utf8): JSON of the versions they were made with
 */
typedef struct {
  GArray    *places;
  GPtrArray *scripts;
} SideReviewPlaces;

void              side_review_places_free               (SideReviewPlaces    *self);
void              side_store_list_review_places_async   (SideStore           *self,
                                                         const char          *script,
                                                         int                  before_version,
                                                         gboolean             test,
                                                         gint64               from_ms,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
SideReviewPlaces *side_store_list_review_places_finish  (SideStore           *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);
void              side_store_read_reviews_async         (SideStore           *self,
                                                         const SideReviewPlace *places,
                                                         guint                n,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
GPtrArray        *side_store_read_reviews_finish        (SideStore           *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewPlaces, side_review_places_free)

G_END_DECLS
