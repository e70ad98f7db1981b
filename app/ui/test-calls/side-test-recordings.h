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

G_END_DECLS
