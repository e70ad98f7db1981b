/* side-store-evidence.h - pieces of calls that show what an answer was given for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-marked-calls.h"
#include "side-quality.h"
#include "side-store.h"

G_BEGIN_DECLS

/**
 * SideEvidencePiece: where in a call a criterion was answered.
 * @value: share of a full mark, 0..1
 * @joined_ms: when the call came
 * @to_ms: its end, or -1 for a point
 */
typedef struct {
  char   *call;
  double  value;
  gint64  joined_ms;
  gint64  from_ms;
  gint64  to_ms;
  char   *script;
  char   *criterion;
} SideEvidencePiece;

void       side_evidence_piece_free             (SideEvidencePiece   *self);

void       side_store_list_evidence_async       (SideStore           *self,
                                                 const char          *project,
                                                 const char          *operator_id,
                                                 const char          *script,
                                                 const char          *criterion,
                                                 gint64               from_ms,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
GPtrArray *side_store_list_evidence_finish      (SideStore           *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);

void       side_store_get_progress_async        (SideStore           *self,
                                                 const char          *project,
                                                 const char          *operator_id,
                                                 const char          *script,
                                                 const char          *criterion,
                                                 gint64               at_ms,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean   side_store_get_progress_finish       (SideStore           *self,
                                                 GAsyncResult        *result,
                                                 SideProgress        *progress,
                                                 GError             **error);

void       side_store_get_marked_calls_async    (SideStore           *self,
                                                 const char *const   *ids,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
GPtrArray *side_store_get_marked_calls_finish   (SideStore           *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);

G_END_DECLS
