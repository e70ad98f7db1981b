/* side-marked-calls.h - the calls of a query that there is something to hear of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a playlist of moments is made from: the marks people set on the calls
 * of a query, and which of these calls have their recording on this computer.
 */
#pragma once

#include "side-annotation.h"
#include "side-store.h"

G_BEGIN_DECLS

typedef struct _SideMarkedCall SideMarkedCall;

/**
 * SideMarkedCall:
 * @call: the call
 * @marks: (element-type SideAnnotation): by their place; answers are not among them
 * @path: (nullable): its recording on this computer
 */
struct _SideMarkedCall
{
  gatomicrefcount  ref_count;
  SideCall        *call;
  GPtrArray       *marks;
  char            *path;
};

SideMarkedCall *side_marked_call_ref                 (SideMarkedCall       *self);
void            side_marked_call_unref               (SideMarkedCall       *self);

void            side_store_list_marked_calls_async   (SideStore            *self,
                                                      const SideCallQuery  *query,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GPtrArray      *side_store_list_marked_calls_finish  (SideStore            *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideMarkedCall, side_marked_call_unref)

G_END_DECLS
