/* side-test-finder.h - finds a test call among the call centre's own calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   found ()     another call of theirs is known now, or none any more
 *   looked ()    it has looked, with whatever result
 *   matched ()   the test call was given the call that was found; it is to be written
 */
#pragma once

#include "side-call-query.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_FINDER (side_test_finder_get_type ())
G_DECLARE_FINAL_TYPE (SideTestFinder, side_test_finder, SIDE, TEST_FINDER, GObject)

SideTestFinder *side_test_finder_new        (SideScenarios *shelf, SideTestCall *call);
void            side_test_finder_look       (SideTestFinder *self);
SideCall       *side_test_finder_get_call   (SideTestFinder *self);
gboolean        side_test_finder_is_held    (SideScenarios *shelf, const char *id);
SideCallQuery  *side_test_finder_new_query  (const SideTestCall *call);

G_END_DECLS
