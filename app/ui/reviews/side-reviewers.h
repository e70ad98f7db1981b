/* side-reviewers.h - who may be asked to review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

/**
 * SideReviewerFunc:
 * @owner: who asked
 * @name: a user's name; one may be told twice
 * @about: (nullable): what is known of them
 */
typedef void (*SideReviewerFunc) (gpointer owner, const char *name, const char *about);

gboolean  side_reviewers_are_told (SideDesk *desk);
void      side_reviewers_each     (SideDesk *desk, SideReviewerFunc func, gpointer owner);
void      side_reviewers_find     (SideDesk *desk, GCancellable *cancellable, SideReviewerFunc func, gpointer owner);
char     *side_reviewers_dup_name (const char *text);

G_END_DECLS
