/* side-test-keepers.h - test calls that were made, while they are judged and corrected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-draft-keeper.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

const SideTestCall *side_test_keepers_find     (SideScenarios *shelf, const char *id);
gboolean            side_test_keepers_may_edit (SideScenarios *shelf, const SideTestCall *call);
SideDraftKeeper    *side_test_keepers_get      (SideScenarios *shelf, const char *id);
void                side_test_keepers_assign   (SideTestCall *work, const SideTestCall *from);

G_END_DECLS
