/* side-agreement-reader.h - has the agreement of a script's reviewers worked out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-agreement-report.h"
#include "side-store.h"

G_BEGIN_DECLS

void                 side_agreement_read_async         (SideStore            *store,
                                                        SideScript           *script,
                                                        gint64                from_ms,
                                                        gint64                to_ms,
                                                        guint                 n_windows,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
SideAgreementReport *side_agreement_read_finish        (SideStore            *store,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void                 side_agreement_read_script_async  (SideStore            *store,
                                                        SideScript           *script,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             side_agreement_read_script_finish (SideStore            *store,
                                                        GAsyncResult         *result,
                                                        SideAgreement        *agreement,
                                                        GError              **error);

G_END_DECLS
