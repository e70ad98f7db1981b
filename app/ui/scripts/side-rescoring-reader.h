/* side-rescoring-reader.h - has a script's old reviews scored under another version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-job.h"
#include "side-rescoring.h"
#include "side-store.h"

G_BEGIN_DECLS

void           side_rescoring_read_async  (SideStore           *store,
                                           const SideScript    *script,
                                           gint64               from_ms,
                                           SideJobProgress      progress,
                                           gpointer             progress_data,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
SideRescoring *side_rescoring_read_finish (SideStore           *store,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
