/* side-reviews-gather.h - a project's finished reviews from this computer, as a file's content
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-reviews-export.h"
#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideReviewsFile: what side_reviews_gather_async() made.
 * @n: reviews in it
 * @n_held_back: reviews that are blind still: not in it
 */
typedef struct {
  GBytes *bytes;
  guint   n;
  guint   n_held_back;
} SideReviewsFile;

void             side_reviews_file_free      (SideReviewsFile     *self);
void             side_reviews_gather_async   (SideStore           *store,
                                              SideProject         *project,
                                              SideReviewsForm      form,
                                              const char *const   *hidden,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
SideReviewsFile *side_reviews_gather_finish  (SideStore           *store,
                                              GAsyncResult        *result,
                                              GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReviewsFile, side_reviews_file_free)

G_END_DECLS
