/* side-test-pick.h - picks a test call among the call centre's own calls by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   picked (const char *id)   that call of theirs; "" for none of them
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_PICK (side_test_pick_get_type ())
G_DECLARE_FINAL_TYPE (SideTestPick, side_test_pick, SIDE, TEST_PICK, AdwWindow)

GtkWidget *side_test_pick_new (SideScenarios *shelf, const SideTestCall *call);

G_END_DECLS
