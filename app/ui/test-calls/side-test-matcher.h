/* side-test-matcher.h - matches test calls that nobody looks at with the call centre's own calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_MATCHER (side_test_matcher_get_type ())
G_DECLARE_FINAL_TYPE (SideTestMatcher, side_test_matcher, SIDE, TEST_MATCHER, GObject)

SideTestMatcher *side_test_matcher_new (SideScenarios *shelf);

G_END_DECLS
