/* side-test-recordings.h - where the recordings of test calls are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"
#include "side-test-call.h"

G_BEGIN_DECLS

char *side_test_recordings_dup_folder (SideDesk *desk);
char *side_test_recordings_dup_path   (SideDesk *desk, const SideTestCall *call);
void  side_test_recordings_hash_async (const char          *path,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
char *side_test_recordings_hash_finish (GAsyncResult *result, GError **error);

G_END_DECLS
