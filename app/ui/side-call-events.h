/* side-call-events.h - what happened to a call, from wherever it can be had
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store is asked first, then the server, whose answer is kept. The payments
 * that the telephone exchange marked are told from them.
 */
#pragma once

#include <gio/gio.h>

#include "side-desk.h"

G_BEGIN_DECLS

void       side_call_events_async    (SideDesk             *desk,
                                      const SideCall       *call,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *side_call_events_finish   (GAsyncResult         *result,
                                      GError              **error);

/**
 * SidePayments: where callers paid, as the telephone exchange marked it.
 * @spans: call id -> (element-type SideSpan) GArray, ms of the call's recording
 * @n_unknown: calls of which it could not be asked, or not be said where in the
 *   recording it was
 */
typedef struct {
  GHashTable *spans;
  guint       n_unknown;
} SidePayments;

void          side_payments_ask_async  (SideDesk             *desk,
                                        GPtrArray            *calls,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
SidePayments *side_payments_ask_finish (GAsyncResult         *result,
                                        GError              **error);
const GArray *side_payments_get        (const SidePayments   *self,
                                        const char           *call);
void          side_payments_free       (SidePayments         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePayments, side_payments_free)

G_END_DECLS
