/* side-store-answers.h - reviews with what the operators answered to them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-dispute.h"
#include "side-script.h"
#include "side-store.h"

G_BEGIN_DECLS

typedef struct _SideAnswered SideAnswered;

/**
 * SideAnswered: a finished review that counts, and what was answered to it.
 * @call: whose review it is
 * @script: (nullable): the version it was made with, where it is here
 * @disputes: (element-type SideDispute): of any of its revisions, the newest first
 * @read: (nullable): that the newest revision was acknowledged
 * @document: the review as it is kept: what a change of it is based on
 * @papers: (element-type SideDocument): the disputes as they are kept
 */
struct _SideAnswered
{
  gatomicrefcount      ref_count;
  SideCall            *call;
  SideReview          *review;
  SideScript          *script;
  GPtrArray           *disputes;
  SideAcknowledgement *read;
  SideDocument        *document;
  GPtrArray           *papers;
};

SideAnswered *side_answered_ref                (SideAnswered        *self);
void          side_answered_unref              (SideAnswered        *self);
SideDocument *side_answered_find_paper         (SideAnswered        *self,
                                                const char          *id);

void          side_store_list_answered_async   (SideStore           *self,
                                                const char          *project,
                                                gint64               since_ms,
                                                guint                limit,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
GPtrArray    *side_store_list_answered_finish  (SideStore           *self,
                                                GAsyncResult        *result,
                                                GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAnswered, side_answered_unref)

G_END_DECLS
