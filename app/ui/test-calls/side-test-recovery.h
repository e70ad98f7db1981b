/* side-test-recovery.h - test calls that were cut off when the program ended
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: recovered (const char *words): what was found, for whoever made the calls
 */
#pragma once

#include "side-document-shelf.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_RECOVERY (side_test_recovery_get_type ())
G_DECLARE_FINAL_TYPE (SideTestRecovery, side_test_recovery, SIDE, TEST_RECOVERY, SideDocumentShelf)

SideTestRecovery *side_test_recovery_get     (SideDesk *desk);
gboolean          side_test_recovery_is_done (SideTestRecovery *self);

G_END_DECLS
